package graphtest

import (
	"errors"
	"testing"

	"reformgraph/graph"
)

func testEditionRefused(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2")))
	b := load(adoption("2"), adoption("3"))
	b.Edition = "edition-2"
	f.refuse(b, graph.ErrEdition)
	b.Load = b.Load[:1] // an article that is loaded under the store's edition
	f.refuse(b, graph.ErrEdition)
	if err := f.store.SetEdition(t.Context(), "edition-2"); !errors.Is(err, graph.ErrEdition) {
		t.Errorf("set edition: got %v, want %v", err, graph.ErrEdition)
	}
	f.check()
	if err := f.store.SetEdition(t.Context(), Edition); err != nil {
		t.Errorf("set the edition it has: %v", err)
	}
	f.check()
	b = forget("2") // needs no edition
	f.apply(b)
	f.check()
}

func testEditionReextracted(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2"), adoption("3")))
	again := func(facts ...graph.Facts) graph.Batch {
		b := load(facts...)
		b.Edition, b.Reextract = "edition-2", true
		return b
	}
	// The same text read anew: other claims, and a view of a node less.
	other := adoption("2")
	other.Claims, other.Mentions = other.Claims[:4], other.Mentions[:4]
	f.apply(again(adoption("1"), other))
	f.check()
	states, err := f.store.States(t.Context(), []string{"article:1", "article:3"})
	if err != nil || states["article:1"].Edition != "edition-2" || states["article:3"].Edition != Edition {
		t.Errorf("got %v, %v, want article 1 under the new edition, 3 under the old", states, err)
	}
	if err := f.store.SetEdition(t.Context(), "edition-2"); !errors.Is(err, graph.ErrEdition) {
		t.Errorf("set edition: got %v, want %v while an article is left", err, graph.ErrEdition)
	}
	f.check()
	// Interrupted and started anew, it finds two of three done.
	f.apply(again(adoption("1"), other, adoption("3")))
	if err := f.store.SetEdition(t.Context(), "edition-2"); err != nil {
		t.Fatal(err)
	}
	f.model.setEdition("edition-2")
	f.check()
	f.refuse(load(adoption("4")), graph.ErrEdition)
}
