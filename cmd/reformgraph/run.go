package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// Main is one run of the program.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Version        string

	config Config
}

// usageError is a mistake of the caller: exit status 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errReported ends a command whose failures have been told already.
var errReported = errors.New("some articles failed")

// Run runs the command that args name and returns the exit status.
func (m *Main) Run(ctx context.Context, args []string) int {
	root := m.command()
	root.SetArgs(args)
	root.SetIn(m.Stdin)
	root.SetOut(m.Stdout)
	root.SetErr(m.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case err == errReported: // and nothing joined to it
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(m.Stderr, "reformgraph: %v\nRun `%s --help` to see how it is used.\n", err, cmd.CommandPath())
		return exitUsage
	}
	fmt.Fprintf(m.Stderr, "reformgraph: %v\n", err)
	return exitFailed
}

// command builds the tree of commands.
func (m *Main) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "reformgraph",
		Short:         "A knowledge graph of local reform in Chinese cities",
		Long:          "reformgraph reads news articles into a graph of cities, reforms, pilots, leaders and\nrecognitions, and answers which experience spread where, when, and how we know.",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name a command: %s", strings.Join(names(cmd), ", "))
			}
			return usagef("there is no command %q: use one of %s", args[0], strings.Join(names(cmd), ", "))
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	configFile := root.PersistentFlags().String("config", "", "settings `FILE` (default reformgraph.yaml in the working folder, if there)")
	addFlag(root.PersistentFlags(), "store")
	addFlag(root.PersistentFlags(), "neo4j.user")
	addFlag(root.PersistentFlags(), "neo4j.database")
	addFlag(root.PersistentFlags(), "quiet")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		v := newViper()
		bindFlags(v, cmd.Flags())
		config, err := readConfig(v, *configFile)
		if err != nil {
			return usageError{err}
		}
		m.config = config
		return nil
	}
	root.AddCommand(m.loadCommand(), m.extractCommand(), m.forgetCommand(), m.changesCommand(), m.reextractCommand(), m.queryCommand(),
		m.serveCommand(), m.dumpCommand(), m.exportCommand(), m.restoreCommand(), m.evalCommand(), m.sampleCommand(), m.tokenCommand(), m.versionCommand())
	return root
}

func names(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// atLeast wants n arguments or more, of the kind that what names.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return usagef("give %s", what)
		}
		return nil
	}
}

// atMost wants no more than n arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > n {
			return usagef("too many arguments: %q is one too much", args[n])
		}
		return nil
	}
}
