package main

import (
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/queries"
)

func (m *Main) changesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "changes --since REVISION",
		Short: "Say what loads did to the graph since a revision",
		Long: `Changes prints, a JSON object a line, each article that was loaded, changed or forgotten
after the revision, in order, with the claims that came and went. Each line has the
revision that followed; the last one is what to ask about the next time. STOREID-0 asks
for everything; reformgraph query shows a revision in each answer.`,
		Example: "  reformgraph changes --since 3f2a9c0d1b4e5f60-12",
		Args:    atMost(0),
	}
	since := cmd.Flags().String("since", "", "`REVISION` of an earlier answer of this graph")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *since == "" {
			return usagef("give --since REVISION: the revision of an earlier answer of this graph")
		}
		return m.withStore(cmd.Context(), toRead, func(s graph.Store) error {
			enc := json.NewEncoder(m.Stdout)
			enc.SetEscapeHTML(false)
			for cursor := ""; ; {
				page, err := queries.ChangesSince(cmd.Context(), s, *since, cursor, queries.MaxLimit)
				if errors.Is(err, graph.ErrInvalid) {
					return usageError{err}
				}
				if err != nil {
					return err
				}
				for _, c := range page.Changes {
					if err := enc.Encode(c); err != nil {
						return err
					}
				}
				if cursor = page.Next; cursor == "" {
					return nil
				}
			}
		})
	}
	return cmd
}
