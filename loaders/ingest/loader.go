package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"

	"reformgraph/graph"
	"reformgraph/loaders/article"
)

// Chain reads articles. Its methods are called by several goroutines at once,
// and answer the same for the same article.
type Chain interface {
	// Edition names the extractor version, gazetteer and lexicon.
	Edition() string
	// Prepare fills in the metadata that the article's source did not give.
	Prepare(graph.Article) graph.Article
	// Extract reads a prepared article.
	Extract(graph.Article) graph.Facts
}

// Loader brings articles into a store.
type Loader struct {
	Store graph.Store
	Chain Chain
	// Today is the day of loading, ISO 8601: an article of a later date is refused.
	Today string
	// Workers is how many articles are read at once; 0 stands for GOMAXPROCS.
	Workers int
}

// ErrPause, as the error of a sequence of articles, is no article: it says that the
// next one may be long in coming, so that those before it are not kept waiting.
var ErrPause = errors.New("no article is at hand")

// Load reads all articles and writes those that are new or changed. It calls
// each for every article once its outcome is sure, in the order of reading. An
// article that cannot be loaded is reported as failed and the run goes on; an
// error of the sequence is such an article.
//
// When ctx is cancelled the batch in hand is finished and the run stops. Then,
// and when the store fails, the error is a *StoppedError: what it does not name
// as committed is loaded by running again. A store of another edition is
// refused with graph.ErrEdition before anything is read.
func (l *Loader) Load(ctx context.Context, articles iter.Seq2[article.Item, error], each func(Report)) (Summary, error) {
	info, err := l.Store.Info(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("load: %w", err)
	}
	if info.Edition != "" && info.Edition != l.Chain.Edition() {
		return Summary{}, fmt.Errorf("load: %w: it holds edition %s and this program makes %s: run `reformgraph reextract` once, then load again",
			graph.ErrEdition, info.Edition, l.Chain.Edition())
	}
	r := &reader{Loader: l, seen: map[string]origin{}}
	w := &writer{store: l.Store, edition: l.Chain.Edition(), revision: info.Revision, each: each}
	return l.run(ctx, r.chunks(ctx, articles), w)
}

// run extracts and writes chunks of articles: while one chunk is written, the
// next is extracted.
func (l *Loader) run(ctx context.Context, chunks iter.Seq2[[]*item, error], w *writer) (Summary, error) {
	type extracted struct {
		chunk []*item
		err   error
	}
	queue := make(chan extracted)
	// reading ends when the writer has failed: nobody takes from the queue any more.
	reading, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(queue)
		for chunk, err := range chunks {
			if err == nil {
				l.extract(reading, chunk)
			}
			select {
			case queue <- extracted{chunk, err}:
			case <-reading.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	for {
		// Checked first: a full queue and a cancelled context are both ready.
		if err := ctx.Err(); err != nil {
			return w.summary, w.stopped(err)
		}
		select {
		case <-ctx.Done():
			return w.summary, w.stopped(ctx.Err())
		case next, open := <-queue:
			if !open {
				return w.summary, nil
			}
			if next.err == nil {
				next.err = w.write(ctx, next.chunk)
			}
			if next.err != nil {
				return w.summary, w.stopped(next.err)
			}
		}
	}
}

// extract reads those articles of a chunk that are to be written. A cancelled
// context leaves the rest unread.
func (l *Loader) extract(ctx context.Context, chunk []*item) {
	l.parallel(len(chunk), func(i int) {
		it := chunk[i]
		if it.report.Outcome != "" || ctx.Err() != nil {
			return
		}
		it.guard(func() {
			it.facts = l.Chain.Extract(it.article)
			it.facts.Complete()
		})
		it.report.note(it.facts)
	})
}

// guard runs one stage of the chain on an article. A chain that breaks on one
// article must not take the others with it.
func (it *item) guard(stage func()) {
	defer func() {
		if cause := recover(); cause != nil {
			it.fail(fmt.Errorf("the extractor broke on it (%v): this is a fault of the program, please report it with the article", cause))
		}
	}()
	stage()
}

func (l *Loader) workers() int {
	if l.Workers > 0 {
		return l.Workers
	}
	return runtime.GOMAXPROCS(0)
}
