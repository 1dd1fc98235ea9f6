package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/queries/export"
)

func (m *Main) exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write the whole graph for other programs: GraphML, GEXF",
		Long: `Export writes every node and edge to a file or to standard output, in a format that programs
for networks read: GraphML, or GEXF with the times of what is dated. The texts of articles are
left out; what is complete, and restore reads back, is a dump.`,
		Example: "  reformgraph export --format gexf reform.gexf",
		Args:    atMost(1),
	}
	format := cmd.Flags().String("format", "graphml", "`FORMAT` of the file: "+strings.Join(export.Formats(), ", "))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(export.Formats(), *format) {
			return usagef("format %q is unknown: use %s", *format, strings.Join(export.Formats(), ", "))
		}
		return m.withStore(cmd.Context(), toRead, func(s graph.Store) error {
			write := func(w io.Writer) error { return export.Whole(cmd.Context(), s, w, *format) }
			if len(args) == 0 || args[0] == "-" {
				return write(m.Stdout)
			}
			if err := writeAtomic(args[0], write); err != nil {
				return err
			}
			if !m.config.Quiet {
				fmt.Fprintf(m.Stdout, "exported %s to %s\n", m.config.Store, args[0])
			}
			return nil
		})
	}
	return cmd
}
