package graph

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestCanonicalJSON(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{Props(nil), "{}"},
		{Props{"b": 1.0, "a": int64(2), "Ａ": "x", "Z": true}, `{"Z":true,"a":2,"b":1,"Ａ":"x"}`},
		{"<a & b>", `"<a & b>"`},
		{0.30000000000000004, "0.30000000000000004"},
		{1e21, "1e+21"},
		{1e20, "100000000000000000000"},
		{1e-7, "1e-7"},
		{math.Copysign(0, -1), "-0"},
		{"\t\n\"\\\u0001𠮷", `"\t\n\"\\\u0001𠮷"`},
		{[]int64{3, 1}, "[3,1]"},
	} {
		if got := string(CanonicalJSON(c.v)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func dumped(t testing.TB, facts ...Facts) string {
	t.Helper()
	for i := range facts {
		facts[i].Complete()
		if err := facts[i].Validate(); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := Dump(t.Context(), &fakeStore{edition: "e", facts: facts}, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDumpIsSorted(t *testing.T) {
	text := dumped(t, sample("2"), sample("1"))
	header, rest, _ := strings.Cut(text, "\n")
	if want := `{"edition":"e","format":"reformgraph-dump-1"}`; header != want {
		t.Errorf("got first line %s, want %s", header, want)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(rest, "\n"), "\n")
	if !slices.IsSorted(lines) {
		t.Error("the lines are not in byte order")
	}
	if got, want := len(lines), 2+5+8+4+2*9+2*4; got != want { // articles, places, nodes, PART_OF, mentions, claims
		t.Errorf("got %d lines, want %d", got, want)
	}
	for _, hidden := range []string{"here.txt", "Source", "hash"} {
		if strings.Contains(text, hidden) {
			t.Errorf("the dump holds %s, which is operational", hidden)
		}
	}
}

// A dump larger than memory allows is merged from files and is the same.
func TestDumpSpills(t *testing.T) {
	var facts []Facts
	for _, id := range []string{"1", "2", "3", "4", "5"} {
		facts = append(facts, sample(id))
	}
	want := dumped(t, slices.Clone(facts)...)
	defer func(n int) { dumpChunk = n }(dumpChunk)
	t.Setenv("TMPDIR", t.TempDir())
	for _, dumpChunk = range []int{1, 500, 3000} {
		if got := dumped(t, slices.Clone(facts)...); got != want {
			t.Errorf("chunks of %d bytes: the dump differs", dumpChunk)
		}
	}
	left, err := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, %v, want no file", left, err)
	}
}

// Sorted records are those of the dump, nodes before edges, whether or not they fit
// in memory.
func TestExportSorted(t *testing.T) {
	var facts []Facts
	for _, id := range []string{"3", "1", "2"} {
		facts = append(facts, sample(id))
	}
	var nodes, edges []string
	lines := strings.Split(strings.TrimSuffix(dumped(t, facts...), "\n"), "\n")
	for _, l := range lines[1:] {
		if strings.HasPrefix(l, `{"edge":`) {
			edges = append(edges, l)
		} else {
			nodes = append(nodes, l)
		}
	}
	want := append(nodes, edges...)
	whole := func(r Record) Record { return r }
	t.Setenv("TMPDIR", t.TempDir())
	defer func(n int) { dumpChunk = n }(dumpChunk)
	for _, dumpChunk = range []int{1, 700, dumpChunk} {
		var got []string
		err := ExportSorted(t.Context(), &fakeStore{edition: "e", facts: facts}, whole, func(r Record) error {
			got = append(got, string(dumpLine(r)))
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("chunks of %d bytes: %v, %d records, want %d, those of the dump", dumpChunk, err, len(got), len(want))
		}
	}
	stop := errors.New("stop")
	if err := ExportSorted(t.Context(), &fakeStore{edition: "e", facts: facts}, whole, func(Record) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got %v, want the error of each", err)
	}
	left, err := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, %v, want no file", left, err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestDumpSaysThatItCouldNotWrite(t *testing.T) {
	f := sample("1")
	f.Complete()
	if err := Dump(t.Context(), &fakeStore{edition: "e", facts: []Facts{f}}, brokenWriter{}); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("got %v, want the writer's error", err)
	}
}
