package main

import (
	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/queries"
)

func (m *Main) sampleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Draw claims at random, to be judged by hand",
		Long: `Sample draws claims of the graph at random and prints each with the sentence it was read
from as CSV, with an empty last column for your verdict. The same graph and seed give the
same sample.`,
		Example: "  reformgraph sample --n 200 --seed 1 > sample.csv",
		Args:    atMost(0),
	}
	n := cmd.Flags().Int("n", 200, "how many `CLAIMS` to draw")
	seed := cmd.Flags().Int64("seed", 1, "`NUMBER` that decides the draw")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *n < 1 {
			return usagef("--n %d: draw at least one claim", *n)
		}
		return m.withStore(cmd.Context(), toRead, func(s graph.Store) error {
			claims, err := queries.Sample(cmd.Context(), s, *n, *seed)
			if err != nil {
				return err
			}
			return queries.WriteSample(m.Stdout, claims)
		})
	}
	return cmd
}
