package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"reformgraph/graph"
)

func (m *Main) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Read a dump into an empty store",
		Long:  `Restore reads what dump wrote, from a file (also with gzip) or from standard input as "-".`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := atLeast(1, "the file of a dump, or - for standard input")(cmd, args); err != nil {
				return err
			}
			return atMost(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			in := m.Stdin
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return fmt.Errorf("restore: %w", err)
				}
				defer f.Close()
				in = f
			}
			in, err := unzipped(in)
			if err != nil {
				return fmt.Errorf("restore %s: %w", args[0], err)
			}
			return m.withStore(cmd.Context(), toLoad, func(s graph.Store) error {
				if err := graph.Restore(cmd.Context(), s, in); err != nil {
					return err
				}
				info, err := s.Info(cmd.Context())
				if err == nil && !m.config.Quiet {
					fmt.Fprintf(m.Stdout, "restored %d articles into %s\n", info.Articles, m.config.Store)
				}
				return err
			})
		},
	}
}

// unzipped takes gzip off a stream that has it.
func unzipped(in io.Reader) (io.Reader, error) {
	r := bufio.NewReader(in)
	if head, _ := r.Peek(2); string(head) == "\x1f\x8b" {
		return gzip.NewReader(r)
	}
	return r, nil
}
