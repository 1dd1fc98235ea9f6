package neo4jstore_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/sqlitestore"
)

// Both stores hold the same graph, to the byte of its dump, and tell the same of
// each batch: through new, changed and forgotten articles and a change of edition.
func TestSameAsSQLite(t *testing.T) {
	n := open(t)
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "reform.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := newMaker(8)
	rng := rand.New(rand.NewPCG(8, 8))
	edition := m.edition
	var articles []graph.Facts
	apply := func(b graph.Batch) {
		t.Helper()
		got, err := n.Apply(t.Context(), b)
		if err != nil {
			t.Fatal(err)
		}
		want, err := s.Apply(t.Context(), b)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(got), fmt.Sprint(want); got != want {
			t.Fatalf("got result %s, want %s", got, want)
		}
	}
	same := func() {
		t.Helper()
		if got, want := graphtest.Dump(t, n), graphtest.Dump(t, s); got != want {
			t.Fatalf("got another dump (%d bytes) than SQLite's (%d bytes)", len(got), len(want))
		}
		var changes [2]string
		for i, st := range []graph.Store{n, s} {
			c, err := st.Changes(t.Context(), 0, 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			changes[i] = fmt.Sprint(c)
		}
		if changes[0] != changes[1] {
			t.Fatal("got another change log than SQLite's")
		}
	}
	for round := range 6 {
		b := graph.Batch{Edition: edition}
		for i := range 40 {
			id := fmt.Sprint(rng.IntN(80)*100 + i) // some new, some with other content
			b.Load = append(b.Load, m.article(id, 1+rng.IntN(12)))
		}
		if round > 0 {
			for _, f := range articles[:10] {
				b.Forget = append(b.Forget, f.Article.ID)
			}
		}
		loaded := map[string]bool{}
		for _, f := range b.Load {
			loaded[f.Article.ID] = true
		}
		var forget []string
		for _, id := range b.Forget {
			if !loaded[id] {
				forget = append(forget, id)
			}
		}
		b.Forget = forget
		apply(b)
		articles = b.Load
		same()
	}
	edition = "made-2"
	all, err := n.Articles(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for part := range slices.Chunk(all, graph.MaxBatchArticles) {
		b := graph.Batch{Edition: edition, Reextract: true}
		for _, a := range part {
			f := m.article(strings.TrimPrefix(a.ID, "article:"), 4)
			for i := range f.Places {
				f.Places[i].Lat += 0.5 // another gazetteer
			}
			b.Load = append(b.Load, f)
		}
		apply(b)
	}
	same()
	for _, st := range []graph.Store{n, s} {
		if err := st.SetEdition(t.Context(), edition); err != nil {
			t.Fatal(err)
		}
	}
	same()
}
