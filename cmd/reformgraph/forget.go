package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"reformgraph/graph"
)

func (m *Main) forgetCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "forget ID…",
		Short:   "Take articles out of the graph, with all that only they say",
		Example: "  reformgraph forget article:3f2a9c0d1b4e5f60",
		Args:    atLeast(1, "at least one article id, such as article:3f2a9c0d1b4e5f60"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var ids []string
			for _, id := range args {
				if l, ok := graph.LabelOf(id); !ok || l != graph.LabelArticle {
					return usagef("%q is no article id: it begins with article:", id)
				}
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
			return m.withStore(cmd.Context(), toChange, func(s graph.Store) error {
				var unknown []string
				for batch := range slices.Chunk(ids, graph.MaxBatchArticles) {
					result, err := s.Apply(cmd.Context(), graph.Batch{Forget: batch})
					if err != nil {
						return fmt.Errorf("forget: %w", err)
					}
					for _, r := range result.Articles {
						if r.Outcome == graph.OutcomeUnknown {
							unknown = append(unknown, r.Article)
						} else if !m.config.Quiet {
							fmt.Fprintf(m.Stdout, "forgotten: %s (%d claims)\n", r.Article, len(r.Removed))
						}
					}
				}
				if len(unknown) > 0 {
					return fmt.Errorf("forget: %w: %s", graph.ErrNotFound, strings.Join(unknown, ", "))
				}
				return nil
			})
		},
	}
}
