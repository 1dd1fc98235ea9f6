package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"reformgraph/graph"
)

func (m *Main) dumpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "dump [FILE]",
		Short: "Write the whole graph as sorted NDJSON",
		Long: `Dump writes every node and edge, sorted, to a file or to standard output. It is the
backup, the proof that two graphs are equal, and what restore reads into another store.`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.withStore(cmd.Context(), toRead, func(s graph.Store) error {
				write := func(w io.Writer) error { return graph.Dump(cmd.Context(), s, w) }
				if len(args) == 0 || args[0] == "-" {
					return write(m.Stdout)
				}
				if err := writeAtomic(args[0], write); err != nil {
					return err
				}
				if !m.config.Quiet {
					fmt.Fprintf(m.Stdout, "dumped %s to %s\n", m.config.Store, args[0])
				}
				return nil
			})
		},
	}
}
