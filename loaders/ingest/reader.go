package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/article"
)

// A chunk is what is prepared, looked up and extracted together: at most as many
// articles as a batch holds, and not many more bytes of text than one article
// may have, so that memory stays bounded.
const (
	chunkArticles = graph.MaxBatchArticles
	chunkBytes    = 8 << 20
)

// reader brings a sequence of articles into chunks of items.
type reader struct {
	*Loader
	seen map[string]origin // articles of this run, by id
}

// origin is where an article of this run was read, and its content.
type origin struct{ hash, source string }

// chunks prepares the articles and settles those that need no extraction. An
// error is the store's and the last thing it yields.
func (r *reader) chunks(ctx context.Context, articles iter.Seq2[article.Item, error]) iter.Seq2[[]*item, error] {
	return func(yield func([]*item, error) bool) {
		var chunk []*item
		size := 0
		flush := func() bool {
			if len(chunk) == 0 {
				return true
			}
			err := r.settle(ctx, chunk)
			ok := yield(chunk, err) && err == nil
			chunk, size = nil, 0
			return ok
		}
		for in, err := range articles {
			if ctx.Err() != nil {
				return
			}
			if err == ErrPause {
				if !flush() {
					return
				}
				continue
			}
			it := newItem(in.Article)
			it.byText = in.ByText
			if err != nil {
				it.unread(err)
			}
			chunk = append(chunk, it)
			size += len(in.Article.Text)
			if len(chunk) == chunkArticles || size >= chunkBytes {
				if !flush() {
					return
				}
			}
		}
		flush()
	}
}

// settle gives those articles of a chunk their outcome that are not to be
// extracted: refused, repeated, or loaded already.
func (r *reader) settle(ctx context.Context, chunk []*item) error {
	hashes := make([]string, len(chunk))
	r.parallel(len(chunk), func(i int) {
		if it := chunk[i]; it.report.Outcome == "" {
			it.guard(func() { it.article = r.Chain.Prepare(it.article) })
			hashes[i] = it.article.Hash()
		}
	})
	var ids []string
	for i, it := range chunk {
		if it.report.Outcome != "" {
			continue
		}
		a := it.article
		it.report.Article = a.ID
		if err := article.CheckDate(a.Published, r.Today); err != nil {
			it.fail(&graph.InvalidError{Field: "published", Reason: strings.TrimPrefix(err.Error(), "published: ")})
			continue
		}
		first, repeated := r.seen[a.ID]
		switch {
		case repeated && first.hash == hashes[i]:
			it.report.Outcome = graph.OutcomeUnchanged
			it.report.Notes = append(it.report.Notes, fmt.Sprintf("the same article as %s", first.source))
		case repeated:
			it.fail(fmt.Errorf("%s has the id of an article with other content in %s: give one of them another id or url, or leave one out", a.ID, first.source))
		default:
			r.seen[a.ID] = origin{hashes[i], a.Source}
			ids = append(ids, a.ID)
		}
	}
	states, err := r.Store.States(ctx, ids)
	if err != nil {
		return fmt.Errorf("look up what is loaded: %w", err)
	}
	for i, it := range chunk {
		if it.report.Outcome != "" {
			continue
		}
		if s, loaded := states[it.article.ID]; loaded && s.Hash == hashes[i] && s.Edition == r.Chain.Edition() {
			it.report.Outcome = graph.OutcomeUnchanged
		}
	}
	return r.noteKnownSources(ctx, chunk, states)
}

// unread fails an item with the reason for which its source could not be read.
func (it *item) unread(err error) {
	var e *article.Error
	if !errors.As(err, &e) {
		it.fail(err)
		return
	}
	it.report.Source = e.Source
	if e.Line > 0 {
		it.report.Source = fmt.Sprintf("%s:%d", e.Source, e.Line)
	}
	it.fail(errors.New(e.Reason))
}
