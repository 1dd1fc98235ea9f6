package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reformgraph/graph/neo4jstore/neo4jtest"
	"reformgraph/queries"
)

// tiny runs everything at a size that says nothing of speed.
func tiny(t *testing.T, bolt, api string) string {
	t.Helper()
	b := &bench{scale: scales["tiny"], dir: t.TempDir(), bolt: bolt, api: api, log: t.Output()}
	parts := []string{"load", "queries", "spread"}
	if err := b.run(t.Context(), parts); err != nil {
		t.Fatal(err)
	}
	return b.report.String()
}

// holds requires each of the parts in the report.
func holds(t *testing.T, report string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(report, part) {
			t.Errorf("got no %q in the report:\n%s", part, report)
		}
	}
}

func TestBench_sqlite(t *testing.T) {
	report := tiny(t, "", "")
	holds(t, report, "Measured 20", "### Questions to SQLite, 40 articles", "### Loading SQLite", "in SQLite of growing size", "\n| 80 |")
	for _, q := range queries.Catalogue() {
		holds(t, report, "\n| `"+q.Name+"` | ")
	}
}

func TestBench_neo4j(t *testing.T) {
	server := neo4jtest.Open(t)
	report := tiny(t, server.URI, os.Getenv(httpVariable))
	holds(t, report, "### Loading Neo4j", "bare UNWIND of the same rows", "### Questions to Neo4j, 40 articles", "in Neo4j of growing size")
	if os.Getenv(httpVariable) != "" {
		holds(t, report, "Query API p50")
	}
	_, rows, _ := strings.Cut(report, "### Questions to Neo4j")
	rows, _, _ = strings.Cut(rows, "###")
	for _, q := range queries.Catalogue() {
		holds(t, rows, "\n| `"+q.Name+"` | ")
	}
}

func TestBench_writesBetweenMarks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	os.WriteFile(file, []byte("before\n"+beginMark+"\nold\n"+endMark+"\nafter\n"), 0o666)
	if err := writeBetween(file, "new\n"); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(file)
	if want := "before\n" + beginMark + "\n\nnew\n\n" + endMark + "\nafter\n"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
	os.WriteFile(file, []byte("no marks"), 0o666)
	if err := writeBetween(file, "new"); err == nil {
		t.Error("got no error for a file without marks")
	}
	page, err := os.ReadFile("../../docs/benchmarks.md")
	if err != nil || !strings.Contains(string(page), beginMark) || !strings.Contains(string(page), endMark) {
		t.Errorf("docs/benchmarks.md lacks the marks: %v", err)
	}
}
