package graphtest

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"testing"

	"reformgraph/graph"
)

// model is what the graph has to be, computed from the loaded facts by the
// definitions of design.md section 3 alone: no store, no order, no history.
type model struct {
	graph.Store // nil: a dump needs only Info and Export

	edition string
	loaded  map[string]loaded
	n       int64
}

type loaded struct {
	facts   graph.Facts
	edition string
}

func newModel() *model { return &model{loaded: map[string]loaded{}} }

// apply does to the model what a batch does to a store and returns what the store
// has to answer.
func (m *model) apply(b graph.Batch) graph.Result {
	var res graph.Result
	changed := false
	for _, f := range b.Load {
		id := f.Article.ID
		old, ok := m.loaded[id]
		r := graph.ArticleResult{Article: id, Outcome: graph.OutcomeNew}
		switch {
		case ok && old.facts.Article.Hash() == f.Article.Hash() && old.edition == b.Edition:
			r.Outcome = graph.OutcomeUnchanged
			res.Articles = append(res.Articles, r)
			continue
		case ok:
			r.Outcome = graph.OutcomeChanged
		}
		changed = true
		r.Added, r.Removed = claimsBeside(f, old.facts), claimsBeside(old.facts, f)
		m.loaded[id] = loaded{f, b.Edition}
		res.Articles = append(res.Articles, r)
		if m.edition == "" {
			m.edition = b.Edition
		}
	}
	for _, id := range b.Forget {
		r := graph.ArticleResult{Article: id, Outcome: graph.OutcomeUnknown}
		if old, ok := m.loaded[id]; ok {
			changed = true
			r.Outcome, r.Removed = graph.OutcomeForgotten, claimsBeside(old.facts, graph.Facts{})
			delete(m.loaded, id)
		}
		res.Articles = append(res.Articles, r)
	}
	if len(m.loaded) == 0 {
		m.edition = ""
	}
	if changed {
		m.n++
	}
	res.Revision = m.n
	return res
}

func (m *model) setEdition(edition string) {
	if m.edition != edition && len(m.loaded) > 0 {
		m.edition = edition
		m.n++
	}
}

// claimsBeside returns the sorted ids of the claims that a has beside those of b.
func claimsBeside(a, b graph.Facts) []string {
	has := map[string]bool{}
	for _, c := range b.Claims {
		has[c.ID] = true
	}
	var out []string
	for _, c := range a.Claims {
		if !has[c.ID] {
			out = append(out, c.ID)
		}
	}
	slices.Sort(out)
	return out
}

// facts returns the loaded facts in order of article ids.
func (m *model) facts() []graph.Facts {
	var out []graph.Facts
	for _, id := range slices.Sorted(maps.Keys(m.loaded)) {
		out = append(out, m.loaded[id].facts)
	}
	return out
}

// Info implements graph.Store.
func (m *model) Info(context.Context) (graph.Info, error) {
	return graph.Info{Edition: m.edition, Articles: len(m.loaded), Revision: m.n}, nil
}

// Export implements graph.Store.
func (m *model) Export(_ context.Context, each func(graph.Record) error) error {
	return graph.Records(m.facts(), each)
}

// Dump returns what graph.Dump writes of a store.
func Dump(t testing.TB, s graph.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := graph.Dump(t.Context(), s, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
