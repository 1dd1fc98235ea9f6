package main

import (
	"context"

	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/loaders/ingest"
)

func (m *Main) reextractCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reextract",
		Short: "Rebuild all claims from the stored texts with this program's edition",
		Long: `Reextract reads the texts in the graph anew: with the extractor, gazetteer and lexicon
of this program. It needs no source files. An interrupted run is completed by running
it again; until then the graph refuses other loads.`,
		Args: atMost(0),
	}
	addFlag(cmd.Flags(), "workers")
	addFlag(cmd.Flags(), "lexicon")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return m.withStore(cmd.Context(), toChange, func(s graph.Store) error {
			chain, err := m.chain()
			if err != nil {
				return err
			}
			info, err := s.Info(cmd.Context())
			if err != nil {
				return err
			}
			return m.ingest(cmd.Context(), "reextracted", nil, func(c *console, ctx context.Context) (ingest.Summary, error) {
				c.bar.total(info.Articles)
				l := &ingest.Loader{Store: s, Chain: chain, Workers: m.config.Workers}
				return l.Reextract(ctx, c.article)
			})
		})
	}
	return cmd
}
