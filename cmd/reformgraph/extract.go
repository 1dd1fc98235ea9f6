package main

import (
	"fmt"
	"io"
	"sync"

	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/loaders"
	"reformgraph/loaders/article"
	"reformgraph/loaders/extract"
	"reformgraph/loaders/ingest"
)

func (m *Main) extractCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "extract FILE…",
		Short: "Print what articles say, without any store",
		Long: `Extract reads files as load does and prints one JSON object for each article, one a
line, in the order of reading. Files that cannot be read are named on standard error;
then the exit status is 1.`,
		Example: "  reformgraph extract article.txt\n  reformgraph extract --format table article.txt",
		Args:    atLeast(1, "at least one file or folder to read, or - for standard input"),
	}
	format := cmd.Flags().String("format", "json", "`FORMAT` of what is printed: json or table")
	addFlag(cmd.Flags(), "workers")
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		write := loaders.WriteJSON
		switch *format {
		case "json":
		case "table":
			write = writeFactsTable
		default:
			return usagef("format %q is unknown: use json or table", *format)
		}
		chain, err := extract.Load()
		if err != nil {
			return err
		}
		// Notes come while articles are read, failures while they are printed.
		var mu sync.Mutex
		line := func(format string, args ...any) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(m.Stderr, format+"\n", args...)
		}
		options := article.Options{Stdin: m.Stdin, Note: func(source, reason string) {
			if !m.config.Quiet {
				line("note: %s: %s", source, reason)
			}
		}}
		l := &ingest.Loader{Chain: chain, Workers: m.config.Workers}
		failed := false
		for facts, err := range l.Extract(cmd.Context(), article.Read(cmd.Context(), paths, options)) {
			if cmd.Context().Err() != nil {
				return fmt.Errorf("interrupted: %w", cmd.Context().Err())
			}
			if err != nil {
				failed = true
				line("failed: %v", err)
				continue
			}
			if err := write(m.Stdout, facts); err != nil {
				return fmt.Errorf("extract: %w", err)
			}
		}
		if failed {
			return errReported
		}
		return nil
	}
	return cmd
}

// writeFactsTable writes facts for a person to read: the article, its nodes, and
// its claims with their quotes.
func writeFactsTable(w io.Writer, f graph.Facts) error {
	a := f.Article
	if _, err := fmt.Fprintf(w, "%s  %s\n  %s  %s  home %s\n", a.ID, a.Title, or(a.Outlet, "no outlet"), or(a.Published, "no date"), or(a.Home, "unknown")); err != nil {
		return err
	}
	fmt.Fprintf(w, "%d nodes\n", len(f.Mentions))
	for _, n := range f.Mentions {
		fmt.Fprintf(w, "  %s  %s  at %d", n.Node, n.Name, n.Starts[0])
		if len(n.Starts) > 1 {
			fmt.Fprintf(w, " and %d more", len(n.Starts)-1)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%d claims\n", len(f.Claims))
	for _, c := range f.Claims {
		fmt.Fprintf(w, "  %s %s %s", c.Subject, c.Predicate, c.Object)
		if len(c.Props) > 0 {
			fmt.Fprintf(w, " %s", graph.CanonicalJSON(c.Props))
		}
		fmt.Fprintf(w, "\n    %s, %.2f, %s, %d-%d: %s\n", c.Status, c.Confidence, c.Rule, c.Start, c.End, c.Quote)
	}
	fmt.Fprintf(w, "%d unresolved\n", len(f.Unresolved))
	for _, u := range f.Unresolved {
		fmt.Fprintf(w, "  %d-%d %s: %s\n", u.Start, u.End, u.Text, u.Why)
	}
	_, err := fmt.Fprintln(w)
	return err
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
