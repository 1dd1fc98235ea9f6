package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/url"

	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/loaders/ingest"
	"reformgraph/queries"
	"reformgraph/server"
)

func (m *Main) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer questions over HTTP",
		Long: `Serve answers the named questions, and shows the nodes of the graph, under /api/v1. It
runs until it is interrupted, and lets requests in hand finish. Who sends articles to it
needs a token: see reformgraph token --help.`,
		Args: atMost(0),
	}
	addFlag(cmd.Flags(), "listen")
	addFlag(cmd.Flags(), "lexicon")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return m.withStore(cmd.Context(), toServe, func(s graph.Store) error {
			chain, err := m.chain()
			if err != nil {
				return err
			}
			level := slog.LevelInfo
			if m.config.Quiet {
				level = slog.LevelWarn
			}
			cfg := server.Config{
				Version:         m.Version,
				TokenHashes:     m.config.TokenHashes,
				ReadTokenHashes: m.config.ReadTokens,
				PublishText:     m.config.PublishText,
				Adhoc:           m.config.Adhoc,
				CORSOrigins:     m.config.CORSOrigins,
				TrustedProxies:  m.config.TrustedProxies,
				RequestTimeout:  m.config.RequestTimeout,
				Log:             slog.New(slog.NewTextHandler(m.Stderr, &slog.HandlerOptions{Level: level})),
			}
			handler, err := server.New(cfg, s, &ingester{store: s, loader: ingest.Loader{Store: s, Chain: chain, Workers: m.config.Workers}})
			if err != nil {
				return usageError{err}
			}
			l, busy, err := listen(m.config.Listen)
			if err != nil {
				return err
			}
			if busy {
				fmt.Fprintf(m.Stderr, "%s is taken: serving on %s instead\n", m.config.Listen, l.Addr())
			}
			fmt.Fprintf(m.Stdout, "serving %s on %s; worth opening:\n", m.config.Store, site(l.Addr()))
			for _, u := range worthOpening(cmd.Context(), s) {
				fmt.Fprintf(m.Stdout, "  %s%s\n", site(l.Addr()), u)
			}
			return server.Serve(cmd.Context(), l, handler, cfg)
		})
	}
	return cmd
}

// site is the address as a browser takes it.
func site(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return "http://" + a.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// worthOpening returns three paths to begin with: the spread of the experience
// that spread widest before all.
func worthOpening(ctx context.Context, s graph.Store) []string {
	const api = "/api/v1/queries"
	first := "/about"
	answer, err := queries.Run(ctx, s, "experiences", url.Values{"limit": {"1"}})
	if err == nil && len(answer.Rows) > 0 {
		var row struct {
			Experience string `json:"experience"`
		}
		if b, err := json.Marshal(answer.Rows[0]); err == nil && json.Unmarshal(b, &row) == nil {
			first = api + "/spread?" + url.Values{"experience": {row.Experience}}.Encode()
		}
	}
	return []string{first, api + "/experiences", api}
}
