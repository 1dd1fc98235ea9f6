package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"reformgraph/loaders/extract"
)

func (m *Main) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of what it makes of articles",
		Args:  atMost(0),
		RunE: func(*cobra.Command, []string) error {
			chain, err := extract.Load()
			if err != nil {
				return err
			}
			fmt.Fprintf(m.Stdout, "reformgraph %s\nedition %s\n%s %s/%s\n", m.Version, chain.Edition(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}
