package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/queries/export"
)

func (m *Main) queryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "query [NAME key=value…]",
		Short: "Answer a question from the graph",
		Long: `Query answers one of the named questions. Without a name it lists them; with a name and
--help it lists the parameters of that one.

In CSV a cell that a spreadsheet would take for a formula has an apostrophe in front. The
answers of neighbours, path, spread and flows can also be graphs. CSV, NDJSON and graphs that
leave rows out say so on standard error; JSON and tables say it themselves.`,
		Example: "  reformgraph query\n  reformgraph query spread --help\n  reformgraph query spread experience=河长制 --format table",
	}
	formats := append(queries.Formats(), export.Formats()...)
	format := cmd.Flags().String("format", "json", "`FORMAT` of the answer: "+strings.Join(formats, ", "))
	bom := cmd.Flags().Bool("bom", false, "begin CSV with a byte-order mark, which Excel needs")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(formats, *format) {
			return usagef("format %q is unknown: use %s", *format, strings.Join(formats, ", "))
		}
		if *bom && *format != "csv" {
			return usagef("--bom is for --format csv")
		}
		if len(args) == 0 {
			return writeCatalogue(m.Stdout)
		}
		if _, ok := queries.Find(args[0]); !ok {
			return usagef("there is no query %q: use one of %s", args[0], strings.Join(queryNames(), ", "))
		}
		isGraph := slices.Contains(export.Formats(), *format)
		if isGraph && !queries.HasGraph(args[0]) {
			return usagef("the rows of %s are no graph, as format %s needs", args[0], *format)
		}
		values, err := queryValues(args[1:])
		if err != nil {
			return err
		}
		return m.withStore(cmd.Context(), toRead, func(s graph.Store) error {
			answer, err := queries.Run(cmd.Context(), s, args[0], values)
			if errors.Is(err, graph.ErrInvalid) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			if answer.Truncated && (isGraph || *format == "csv" || *format == "ndjson") {
				fmt.Fprintf(m.Stderr, "cut off after %d rows; next page: cursor=%s\n", len(answer.Rows), answer.Next)
			}
			if isGraph {
				g, err := answer.Graph(cmd.Context(), s)
				if err != nil {
					return err
				}
				return export.Answer(answer, g, m.Stdout, *format)
			}
			if *bom {
				if _, err := io.WriteString(m.Stdout, queries.BOM); err != nil {
					return err
				}
			}
			return answer.Write(m.Stdout, *format)
		})
	}
	plain := cmd.HelpFunc()
	cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		for _, a := range args {
			if q, ok := queries.Find(a); ok {
				writeQueryHelp(m.Stdout, q)
				return
			}
		}
		plain(cmd, args)
	})
	return cmd
}

func queryNames() []string {
	var names []string
	for _, q := range queries.Catalogue() {
		names = append(names, q.Name)
	}
	return names
}

// queryValues reads parameters written as key=value.
func queryValues(args []string) (url.Values, error) {
	values := url.Values{}
	for _, a := range args {
		key, value, ok := strings.Cut(a, "=")
		if !ok || key == "" {
			return nil, usagef("%q is no parameter: write key=value, as in experience=河长制", a)
		}
		values.Add(key, value)
	}
	return values, nil
}

func writeCatalogue(w io.Writer) error {
	for _, q := range queries.Catalogue() {
		if _, err := fmt.Fprintf(w, "%-12s %s\n", q.Name, q.Title); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, "\nreformgraph query NAME --help lists the parameters of one.")
	return err
}

func writeQueryHelp(w io.Writer, q *queries.Query) {
	fmt.Fprintf(w, "%s: %s\n\n%s\n\nParameters:\n", q.Name, q.Title, q.Description)
	for _, p := range q.Params {
		var facts []string
		if p.Required {
			facts = append(facts, "required")
		}
		if len(p.Values) > 0 {
			facts = append(facts, "one of "+strings.Join(p.Values, ", "))
		}
		if p.Default != "" {
			facts = append(facts, "default "+p.Default)
		}
		fmt.Fprintf(w, "  %s=%s", p.Name, strings.ToUpper(p.Type))
		if len(facts) > 0 {
			fmt.Fprintf(w, " (%s)", strings.Join(facts, "; "))
		}
		fmt.Fprintf(w, "\n      %s\n", p.Description)
	}
	fmt.Fprintln(w, "\nColumns:")
	for _, c := range q.Columns {
		fmt.Fprintf(w, "  %-22s %s\n", c.Name, c.Description)
	}
	var example []string
	for _, key := range slices.Sorted(maps.Keys(q.Example)) {
		example = append(example, key+"="+q.Example.Get(key))
	}
	fmt.Fprintf(w, "\nExample:\n  reformgraph query %s %s\n", q.Name, strings.Join(example, " "))
}
