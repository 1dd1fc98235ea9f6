package ingest

import (
	"context"
	"errors"

	"reformgraph/graph"
)

// item is one article on its way through the loader. A report with an outcome
// is final: the article failed or is loaded already.
type item struct {
	article graph.Article
	byText  bool // see article.Item
	facts   graph.Facts
	report  Report
}

func newItem(a graph.Article) *item {
	return &item{article: a, report: Report{Source: a.Source, Added: []string{}, Removed: []string{}}}
}

func (it *item) fail(err error) {
	it.report.Outcome = OutcomeFailed
	it.report.Reason, it.report.Err = err.Error(), err
}

// writer brings extracted articles into the store, in batches and in order.
type writer struct {
	store     graph.Store
	edition   string
	reextract bool
	revision  int64 // of the store, as last seen
	each      func(Report)
	summary   Summary
	last      Report // the last article reported that is in the store
	refused   error  // why the store last refused an article that is valid
}

func (w *writer) stopped(err error) error { return &StoppedError{Last: w.last, Err: err} }

// write commits the chunk. A cancelled context stops it between two batches.
func (w *writer) write(ctx context.Context, chunk []*item) error {
	for len(chunk) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		var batch []*item
		n, rows := 0, 0
		for ; n < len(chunk); n++ {
			if chunk[n].report.Outcome != "" {
				continue
			}
			r := chunk[n].facts.Rows()
			if len(batch) == graph.MaxBatchArticles || len(batch) > 0 && rows+r > graph.MaxBatchRows {
				break
			}
			batch = append(batch, chunk[n])
			rows += r
		}
		// The batch in hand is finished even when the run is told to stop.
		w.refused = nil
		committed, err := w.apply(context.WithoutCancel(ctx), batch)
		if err == nil && committed == 0 && len(batch) > 1 {
			err = w.refused // no article of several is to blame: it is the store
		}
		for _, it := range chunk[:n] {
			if it.report.Outcome == "" {
				break // not committed: err says why
			}
			w.report(it.report)
		}
		if err != nil {
			return err
		}
		chunk = chunk[n:]
	}
	return nil
}

func (w *writer) report(r Report) {
	r.Revision = w.revision
	if r.Outcome != OutcomeFailed {
		w.last = r
	}
	w.summary.add(r)
	if w.each != nil {
		w.each(r)
	}
}

// apply writes the batch in one transaction. If the store refuses it, it is
// halved until the culprit stands alone; that one is marked as failed and the
// rest is committed. The error is one that ends the run: the store is out of
// reach, in use, or full even for one article.
func (w *writer) apply(ctx context.Context, batch []*item) (committed int, err error) {
	if len(batch) == 0 {
		return 0, nil
	}
	b := graph.Batch{Edition: w.edition, Reextract: w.reextract}
	for _, it := range batch {
		b.Load = append(b.Load, it.facts)
	}
	result, err := w.store.Apply(ctx, b)
	switch {
	case err == nil:
		w.revision = result.Revision
		for i, r := range result.Articles {
			batch[i].report.Outcome, batch[i].report.Added, batch[i].report.Removed = r.Outcome, list(r.Added), list(r.Removed)
		}
		return len(batch), nil
	case stops(err) || len(batch) == 1 && errors.Is(err, graph.ErrFull):
		return 0, err
	case len(batch) == 1:
		batch[0].fail(err)
		if !errors.Is(err, graph.ErrInvalid) {
			w.refused = err
		}
		return 0, nil
	}
	half := len(batch) / 2
	left, err := w.apply(ctx, batch[:half])
	if err != nil {
		return left, err
	}
	right, err := w.apply(ctx, batch[half:])
	return left + right, err
}

// list makes an absent list an empty one, which is what a report shows.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
