package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

func (m *Main) versionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of what it makes of articles",
		Args:  atMost(0),
		RunE: func(*cobra.Command, []string) error {
			chain, err := m.chain()
			if err != nil {
				return err
			}
			fmt.Fprintf(m.Stdout, "reformgraph %s\nedition %s\n%s %s/%s\n", m.Version, chain.Edition(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
	addFlag(cmd.Flags(), "lexicon")
	return cmd
}
