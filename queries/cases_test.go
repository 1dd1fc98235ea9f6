package queries_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
	"reformgraph/graph/sqlitestore"
	"reformgraph/queries"
	"reformgraph/queries/querytest"
)

var update = flag.Bool("update", false, "write the rows that are answered into testdata; read the difference before you keep it")

// load puts a fixture into a store. The article retracted-1 is loaded and
// forgotten again.
func load(t *testing.T, s graph.Store, fixture string) {
	t.Helper()
	querytest.Load(t, s, filepath.Join("testdata", fixture))
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Forget: []string{"article:retracted-1"}}); err != nil {
		t.Fatal(err)
	}
}

func openSQLite(t *testing.T) graph.Store {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// openNeo4j skips the test where there is no server.
func openNeo4j(t *testing.T) graph.Store {
	t.Helper()
	srv := neo4jtest.Open(t)
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URL: srv.URI, User: srv.User, Password: srv.Password, Database: srv.Database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestQueries_sqlite and TestQueries_neo4j run testdata/NAME.txt, one file a query:
// one expectation for both stores. A file is a list of cases, set apart by blank lines:
//
//	case TITLE
//	query NAME key=value …    + in a value stands for a space
//	show COLUMN …
//	rows | empty | error FIELD TEXT
//	VALUE | VALUE …    a line each row; "evidence" shows the quotes
//
// The first line of a file is "load FIXTURE".
func TestQueries_sqlite(t *testing.T) { expectations(t, openSQLite, *update) }

func TestQueries_neo4j(t *testing.T) { expectations(t, openNeo4j, false) }

func expectations(t *testing.T, open func(*testing.T) graph.Store, update bool) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, loaded := open(t), ""
	covered := map[string]bool{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		blocks := strings.Split(strings.TrimSpace(string(text)), "\n\n")
		fixture, ok := strings.CutPrefix(blocks[0], "load ")
		if !ok {
			continue // a fixture
		}
		switch loaded {
		case "":
			load(t, s, fixture)
			loaded = fixture
		case fixture:
		default:
			t.Fatalf("%s loads %s, other files %s: all share one", path, fixture, loaded)
		}
		for i, block := range blocks[1:] {
			c, err := parseCase(block)
			if err != nil {
				t.Fatalf("%s: case %d: %v", path, i+1, err)
			}
			covered[c.query] = true
			t.Run(filepath.Base(path)+"/"+strings.ReplaceAll(c.title, " ", "_"), func(t *testing.T) {
				got := c.run(t.Context(), s)
				if update {
					blocks[i+1] = got
				} else if got != block {
					t.Errorf("got\n%s\nwant\n%s", got, block)
				}
			})
		}
		if update {
			if err := os.WriteFile(path, []byte(strings.Join(blocks, "\n\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, q := range queries.Catalogue() {
		if !covered[q.Name] {
			t.Errorf("testdata has no case for the query %s", q.Name)
		}
	}
}

type queryCase struct {
	title, query string
	params       url.Values
	show         []string
	head         string // the lines up to show
	outcome      string // rows, empty or error
}

func parseCase(block string) (queryCase, error) {
	c := queryCase{params: url.Values{}}
	lines := strings.Split(block, "\n")
	var head []string
	for _, line := range lines {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "case":
			c.title = rest
		case "query":
			words := strings.Fields(rest)
			c.query = words[0]
			for _, w := range words[1:] {
				k, v, _ := strings.Cut(w, "=")
				c.params.Add(k, strings.ReplaceAll(v, "+", " "))
			}
		case "show":
			c.show = strings.Fields(rest)
		case "rows", "empty", "error":
			c.outcome = word
		default:
			return c, fmt.Errorf("line %q stands before rows, empty or error", line)
		}
		if c.outcome != "" {
			break
		}
		head = append(head, line)
	}
	c.head = strings.Join(head, "\n")
	if c.title == "" || c.query == "" || c.outcome == "" {
		return c, fmt.Errorf("want case, query, and rows, empty or error")
	}
	return c, nil
}

// run answers the case and writes it as its block should stand in the file. A
// case that expects rows is not met by none, nor one that expects none by rows.
func (c queryCase) run(ctx context.Context, s graph.Store) string {
	a, err := queries.Run(ctx, s, c.query, c.params)
	if err != nil {
		return c.head + "\nerror " + describe(err)
	}
	if len(a.Rows) == 0 {
		return c.head + "\nempty"
	}
	lines := []string{c.head, "rows"}
	for _, row := range a.Rows {
		var fields map[string]any
		b, err := json.Marshal(row)
		if err == nil {
			err = json.Unmarshal(b, &fields)
		}
		if err != nil {
			return err.Error()
		}
		var cells []string
		for _, name := range c.show {
			cells = append(cells, cellOf(fields, name))
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	if a.Truncated {
		lines = append(lines, "truncated")
	}
	return strings.Join(lines, "\n")
}

func cellOf(fields map[string]any, name string) string {
	v, ok := fields[name]
	switch x := v.(type) {
	case nil:
		if !ok {
			return "NO SUCH COLUMN"
		}
		return "null"
	case string:
		return x
	case []any:
		var quotes []string
		for _, e := range x {
			quotes = append(quotes, e.(map[string]any)["quote"].(string))
		}
		return strings.Join(quotes, " ")
	default:
		b, _ := json.Marshal(x)
		return string(b)
	}
}

func describe(err error) string {
	var invalid *graph.InvalidError
	var missing *queries.NotFoundError
	var ambiguous *queries.AmbiguousError
	switch {
	case errors.As(err, &ambiguous):
		var ids []string
		for _, c := range ambiguous.Choices {
			ids = append(ids, c.ID)
		}
		return ambiguous.Field + " is ambiguous: " + strings.Join(ids, " ")
	case errors.As(err, &missing):
		return missing.Field + " is not found"
	case errors.As(err, &invalid):
		return invalid.Field + " " + invalid.Reason
	}
	return err.Error()
}

// TestQueries_files holds the statement files to their Params structs.
func TestQueries_files(t *testing.T) {
	for name, want := range queries.TwinParams() {
		for _, f := range []struct{ ext, sign string }{{".cypher", "$"}, {".sql", ":"}} {
			b, err := os.ReadFile(filepath.Join("files", name+f.ext))
			if err != nil {
				t.Errorf("statement %s: %v", name, err)
				continue
			}
			if got := parametersOf(string(b), f.sign); !slices.Equal(got, want) {
				t.Errorf("files/%s%s uses the parameters %v, want %v", name, f.ext, got, want)
			}
		}
	}
	paths, _ := filepath.Glob("files/*")
	for _, p := range paths {
		base := filepath.Base(p)
		name := strings.TrimSuffix(base, filepath.Ext(base))
		if _, ok := queries.TwinParams()[name]; !ok {
			t.Errorf("%s belongs to no statement", p)
		}
	}
}
