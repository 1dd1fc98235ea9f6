package eval

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"reformgraph/loaders/extract"
	"reformgraph/loaders/ingest"
)

var update = flag.Bool("update", false, "write testdata/scores.txt anew")

const scoresFile = "testdata/scores.txt"

// TestScores holds the quality of the extraction to the committed figures, so
// that a change of either shows in a diff.
func TestScores(t *testing.T) {
	set, err := OpenSet([]string{"testdata"}, "")
	if err != nil {
		t.Fatal(err)
	}
	chain, err := extract.Load()
	if err != nil {
		t.Fatal(err)
	}
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
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("the figures are not those of %s: run go test ./loaders/eval -run TestScores -update and look at what changed\n%s", scoresFile, diff)
	}
}
