package graphtest

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"reformgraph/graph"
)

func testRestore(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	facts := adoption("1")
	facts.Unresolved = []graph.Unresolved{{Start: 0, End: 1, Text: "𠮷", Why: "no such place"}}
	home := article("2", "", nil, map[string]view{yuhang: {}})
	home.Article.Home, home.Places = zibo, allPlaces()
	f.apply(load(facts, adoption("3"), home))
	f.check()
	full := Dump(t, f.store)
	if err := graph.Restore(t.Context(), f.store, strings.NewReader(full)); !errors.Is(err, graph.ErrNotEmpty) {
		t.Errorf("restore into a full store: got %v, want %v", err, graph.ErrNotEmpty)
	}
	f.check()

	f = newFixture(t, factory, o)
	empty := Dump(t, f.store)
	lines := strings.SplitAfter(full, "\n")
	for name, text := range map[string]string{
		"Empty":     "",
		"NoHeader":  strings.Join(lines[1:], ""),
		"NoArticle": strings.Join(lines[:20], ""),
		"CutOff":    full[:len(full)/3],
		"NoJSON":    lines[0] + "{\n",
	} {
		if err := graph.Restore(t.Context(), f.store, strings.NewReader(text)); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrInvalid)
		}
		same(t, Dump(t, f.store), empty)
	}
	if err := graph.Restore(t.Context(), f.store, strings.NewReader(empty)); err != nil {
		t.Errorf("restore an empty dump: %v", err)
	}
	if err := graph.Restore(t.Context(), f.store, bytes.NewReader([]byte(full))); err != nil {
		t.Fatal(err)
	}
	same(t, Dump(t, f.store), full)
	if i := f.info(); i.Edition != Edition || i.Articles != 3 {
		t.Errorf("got %+v, want 3 articles of %s", i, Edition)
	}
}
