package graph_test

import (
	"os"
	"strings"
	"testing"

	"reformgraph/graph"
)

// TestSchemaDocumented holds docs/graph.md to the schema: each label, edge and
// property of an edge must stand in it.
func TestSchemaDocumented(t *testing.T) {
	b, err := os.ReadFile("../docs/graph.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(b)
	for _, l := range graph.Labels() {
		if !strings.Contains(doc, "| `"+string(l)+"`") {
			t.Errorf("docs/graph.md has no row for label %s", l)
		}
	}
	for _, s := range graph.EdgeSchemas() {
		var row string
		for line := range strings.Lines(doc) {
			if strings.HasPrefix(line, "| `"+string(s.Predicate)+"`") {
				row = line
				break
			}
		}
		if row == "" {
			t.Errorf("docs/graph.md has no row for edge %s", s.Predicate)
		}
		for p := range s.Props {
			if !strings.Contains(row, p) {
				t.Errorf("docs/graph.md: row of %s lacks the property %s", s.Predicate, p)
			}
		}
	}
}
