package main

import (
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"reformgraph/graph"
	"reformgraph/loaders"
	"reformgraph/loaders/article"
	"reformgraph/loaders/explain"
	"reformgraph/loaders/ingest"
)

func (m *Main) extractCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "extract FILE…",
		Short: "Print what articles say, without any store",
		Long: `Extract reads files as load does and prints one JSON object for each article, one a
line, in the order of reading. Files that cannot be read are named on standard error;
then the exit status is 1.

With --explain it shows the text with what was found in it, and for each claim the rule
that made it and why: at the terminal, or with --explain=html as one web page.`,
		Example: "  reformgraph extract article.txt\n  reformgraph extract --format table article.txt\n  reformgraph extract --explain article.txt\n  reformgraph extract --explain=html article.txt > article.html",
		Args:    atLeast(1, "at least one file or folder to read, or - for standard input"),
	}
	format := cmd.Flags().String("format", "json", "`FORMAT` of what is printed: json or table")
	how := cmd.Flags().String("explain", "", "show how the articles were read, as text or html (`HOW`)")
	cmd.Flags().Lookup("explain").NoOptDefVal = "text"
	colour := cmd.Flags().String("color", "auto", "`WHEN` --explain uses colours: auto (at a terminal, unless NO_COLOR is set), always or never")
	addFlag(cmd.Flags(), "workers")
	addFlag(cmd.Flags(), "lexicon")
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		if *how != "" && cmd.Flags().Changed("format") {
			return usagef("--explain and --format exclude each other: use one")
		}
		coloured, err := m.coloured(*colour)
		if err != nil {
			return err
		}
		chain, err := m.chain()
		if err != nil {
			return err
		}
		var write func(io.Writer, graph.Facts) error
		done := func() error { return nil }
		switch {
		case *how == "text":
			write = func(w io.Writer, f graph.Facts) error { return explain.Text(w, chain.Trace(f.Article), coloured) }
		case *how == "html":
			page, err := explain.NewHTML(m.Stdout)
			if err != nil {
				return fmt.Errorf("extract: %w", err)
			}
			write = func(_ io.Writer, f graph.Facts) error { return page.Article(chain.Trace(f.Article)) }
			done = page.Close
		case *how != "":
			return usagef("--explain=%s is unknown: use text or html", *how)
		case *format == "json":
			write = loaders.WriteJSON
		case *format == "table":
			write = writeFactsTable
		default:
			return usagef("format %q is unknown: use json or table", *format)
		}
		// Notes come while articles are read, failures while they are printed.
		var mu sync.Mutex
		line := func(format string, args ...any) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(m.Stderr, format+"\n", args...)
		}
		options := article.Options{Stdin: m.Stdin, Note: func(source, reason string) {
			if !m.config.Quiet {
				line("note: %s: %s", source, reason)
			}
		}}
		l := &ingest.Loader{Chain: chain, Workers: m.config.Workers}
		failed := false
		for facts, err := range l.Extract(cmd.Context(), article.Read(cmd.Context(), paths, options)) {
			if cmd.Context().Err() != nil {
				return fmt.Errorf("interrupted: %w", cmd.Context().Err())
			}
			if err != nil {
				failed = true
				line("failed: %v", err)
				continue
			}
			if err := write(m.Stdout, facts); err != nil {
				return fmt.Errorf("extract: %w", err)
			}
		}
		if err := done(); err != nil {
			return fmt.Errorf("extract: %w", err)
		}
		if failed {
			return errReported
		}
		return nil
	}
	return cmd
}

// coloured says whether what goes to standard output may have colours.
func (m *Main) coloured(when string) (bool, error) {
	switch when {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		f, ok := m.Stdout.(*os.File)
		return ok && os.Getenv("NO_COLOR") == "" && term.IsTerminal(int(f.Fd())), nil
	}
	return false, usagef("--color=%s is unknown: use auto, always or never", when)
}

// writeFactsTable writes facts for a person to read: the article, its nodes, and
// its claims with their quotes.
func writeFactsTable(w io.Writer, f graph.Facts) error {
	a := f.Article
	if _, err := fmt.Fprintf(w, "%s  %s\n  %s  %s  home %s\n", a.ID, a.Title, or(a.Outlet, "no outlet"), or(a.Published, "no date"), or(a.Home, "unknown")); err != nil {
		return err
	}
	fmt.Fprintf(w, "%d nodes\n", len(f.Mentions))
	for _, n := range f.Mentions {
		fmt.Fprintf(w, "  %s  %s  at %d", n.Node, n.Name, n.Starts[0])
		if len(n.Starts) > 1 {
			fmt.Fprintf(w, " and %d more", len(n.Starts)-1)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%d claims\n", len(f.Claims))
	for _, c := range f.Claims {
		fmt.Fprintf(w, "  %s %s %s", c.Subject, c.Predicate, c.Object)
		if len(c.Props) > 0 {
			fmt.Fprintf(w, " %s", graph.CanonicalJSON(c.Props))
		}
		fmt.Fprintf(w, "\n    %s, %.2f, %s, %d-%d: %s\n", c.Status, c.Confidence, c.Rule, c.Start, c.End, c.Quote)
	}
	fmt.Fprintf(w, "%d unresolved\n", len(f.Unresolved))
	for _, u := range f.Unresolved {
		fmt.Fprintf(w, "  %d-%d %s: %s\n", u.Start, u.End, u.Text, u.Why)
	}
	_, err := fmt.Fprintln(w)
	return err
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
