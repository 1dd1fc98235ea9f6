package ingest

import (
	"context"
	"fmt"
	"iter"

	"reformgraph/graph"
	"reformgraph/loaders/article"
)

// Extract yields the facts of each article in the order of reading, without a
// store; an error for one that could not be read, whose place it names. A
// cancelled context ends the sequence.
func (l *Loader) Extract(ctx context.Context, articles iter.Seq2[article.Item, error]) iter.Seq2[graph.Facts, error] {
	return func(yield func(graph.Facts, error) bool) {
		reading, stop := context.WithCancel(ctx)
		defer stop()
		// The queue of articles under way keeps their order, and bounds them.
		queue := make(chan chan *item, 2*l.workers())
		slots := make(chan struct{}, l.workers())
		go func() {
			defer close(queue)
			for in, err := range articles {
				if err == ErrPause {
					continue
				}
				it := newItem(in.Article)
				done := make(chan *item, 1)
				select {
				case queue <- done:
				case <-reading.Done():
					return
				}
				if err != nil {
					it.unread(err)
					done <- it
					continue
				}
				slots <- struct{}{}
				go func() {
					defer func() { <-slots }()
					it.guard(func() {
						it.facts = l.Chain.Extract(l.Chain.Prepare(it.article))
						it.facts.Complete()
					})
					done <- it
				}()
			}
		}()
		for {
			select {
			case <-ctx.Done():
				return
			case done, open := <-queue:
				if !open {
					return
				}
				it := <-done
				var err error
				if it.report.Outcome == OutcomeFailed {
					err = it.report.Err
					if it.report.Source != "" {
						err = fmt.Errorf("%s: %w", it.report.Source, err)
					}
				}
				if !yield(it.facts, err) {
					return
				}
			}
		}
	}
}
