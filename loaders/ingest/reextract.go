package ingest

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"reformgraph/graph"
)

// Reextract rebuilds all claims of the store from the stored texts with the
// loader's edition, and then declares the store to be of that edition. Metadata
// that the source did not give is found anew. It needs no source files, and an
// interrupted run is completed by running it again. Reports and errors are those
// of Load; when an article failed, the store keeps its edition.
func (l *Loader) Reextract(ctx context.Context, each func(Report)) (Summary, error) {
	summary, err := l.run(ctx, l.stored(ctx), &writer{store: l.Store, edition: l.Chain.Edition(), reextract: true, each: each})
	if err != nil {
		return summary, err
	}
	if summary.Failed > 0 || summary.Total() == 0 {
		return summary, nil
	}
	if err := l.Store.SetEdition(ctx, l.Chain.Edition()); err != nil {
		return summary, fmt.Errorf("reextract: %w", err)
	}
	return summary, nil
}

// stored yields the store's articles in chunks. Those that an interrupted run
// has brought to the edition are unchanged.
func (l *Loader) stored(ctx context.Context) iter.Seq2[[]*item, error] {
	return func(yield func([]*item, error) bool) {
		after := ""
		for {
			articles, err := l.Store.Articles(ctx, after, chunkArticles)
			if err != nil {
				yield(nil, fmt.Errorf("read stored articles: %w", err))
				return
			}
			if len(articles) == 0 {
				return
			}
			after = articles[len(articles)-1].ID
			ids := make([]string, len(articles))
			for i, a := range articles {
				ids[i] = a.ID
			}
			states, err := l.Store.States(ctx, ids)
			if err != nil {
				yield(nil, fmt.Errorf("look up what is loaded: %w", err))
				return
			}
			chunk := make([]*item, len(articles))
			l.parallel(len(articles), func(i int) {
				a := articles[i]
				it := newItem(a)
				it.report.Article = a.ID
				chunk[i] = it
				if states[a.ID].Edition == l.Chain.Edition() {
					it.report.Outcome = graph.OutcomeUnchanged
					return
				}
				it.guard(func() { it.article = l.Chain.Prepare(asGiven(a)) })
			})
			if !yield(chunk, nil) {
				return
			}
		}
	}
}

// asGiven takes from an article what another edition found in its text.
func asGiven(a graph.Article) graph.Article {
	given := func(field string) bool { return slices.Contains(a.Given, field) }
	if !given("title") {
		a.Title = ""
	}
	if !given("outlet") {
		a.Outlet = ""
	}
	if !given("url") {
		a.URL = ""
	}
	if !given("published") {
		a.Published, a.PublishedPrecision = "", ""
	}
	if !given("authors") {
		a.Authors = nil
	}
	a.Script, a.Home = "", ""
	return a
}
