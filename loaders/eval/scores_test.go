package eval

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"reformgraph/loaders/extract"
	"reformgraph/loaders/ingest"
)

var update = flag.Bool("update", false, "write testdata/scores.txt anew")

const scoresFile = "testdata/scores.txt"

// TestScores holds the quality of the extraction to the committed figures, so
// that a change of either shows in a diff.
func TestScores(t *testing.T) {
	set, chain := openTestdata(t)
	report, err := set.Measure(t.Context(), &ingest.Loader{Chain: chain})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := report.Write(&b); err != nil {
		t.Fatal(err)
	}
	if p := report.Articles.Provenance; p.Of == 0 || p.Right != p.Of {
		t.Errorf("got %d of %d mentions and quotes at their offsets, want all", p.Right, p.Of)
	}
	if *update {
		if err := os.WriteFile(scoresFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(scoresFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := differing(string(want), b.String()); diff != "" {
		t.Errorf("the figures are not those of %s: run go test ./loaders/eval -run TestScores -update and look at what changed\n%s", scoresFile, diff)
	}
}

// differing lists the lines of a that are not in b, and those of b not in a.
func differing(a, b string) string {
	x, y := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	var out strings.Builder
	for _, side := range []struct {
		sign        string
		lines, them []string
	}{{"-", x, y}, {"+", y, x}} {
		for _, l := range side.lines {
			if !slices.Contains(side.them, l) {
				out.WriteString(side.sign + l)
			}
		}
	}
	if out.Len() == 0 && a != b {
		return "the same lines in another order"
	}
	return out.String()
}

// openTestdata opens the project's own set, and the chain to measure.
func openTestdata(t *testing.T) (*Set, *extract.Chain) {
	t.Helper()
	set, err := OpenSet([]string{"testdata"}, "")
	if err != nil {
		t.Fatal(err)
	}
	chain, err := extract.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set, chain
}
