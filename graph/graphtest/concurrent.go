package graphtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"reformgraph/graph"
)

// Several loaders at once, on articles of their own and on those of all, leave
// what one after the other would.
func testConcurrentLoads(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	const loaders, batches = 4, 4
	var mu sync.Mutex
	added := map[string]int{}
	revisions := map[int64]int{}
	changed := 0
	var wg sync.WaitGroup
	for l := range loaders {
		wg.Go(func() {
			for n := range batches {
				b := load(adoption(fmt.Sprintf("own-%d-%d", l, n)), adoption(fmt.Sprint("all-", (l+n)%batches)), adoption(fmt.Sprint("all-", n)))
				if (l+n)%batches == n {
					b.Load = b.Load[:2]
				}
				res, err := f.store.Apply(t.Context(), b)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				revisions[res.Revision]++
				changed++
				for _, r := range res.Articles {
					if r.Outcome == graph.OutcomeNew {
						added[r.Article]++
					}
				}
				f.model.apply(b)
				mu.Unlock()
				if _, err := f.store.Info(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	f.model.n = int64(changed)
	f.check()
	for id, n := range added {
		if n != 1 {
			t.Errorf("%s was new %d times", id, n)
		}
	}
	for n := range int64(changed) {
		if revisions[n+1] != 1 {
			t.Errorf("got revision %d from %d batches, want 1", n+1, revisions[n+1])
		}
	}
}

func testExportIsOneSnapshot(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2")))
	before := dump(t, f.store)
	change := load(article("1", "2022", []statement{{taian, graph.LearnedFrom, zibo, nil, ""}}, nil))
	change.Forget = []string{"article:2"}
	done := make(chan error, 1)
	started := false
	var b bytes.Buffer
	err := graph.Dump(t.Context(), interrupted{f.store, func() {
		if started {
			return
		}
		started = true
		go func() {
			_, err := f.store.Apply(t.Context(), change)
			done <- err
		}()
		// A store may let the writer wait until the export is over.
		select {
		case err := <-done:
			done <- err
		case <-time.After(200 * time.Millisecond):
		}
	}}, &b)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	same(t, b.String(), before)
	f.model.apply(change)
	f.check()
}

// interrupted calls f before each record of an export.
type interrupted struct {
	graph.Store
	f func()
}

func (s interrupted) Export(ctx context.Context, each func(graph.Record) error) error {
	return s.Store.Export(ctx, func(r graph.Record) error {
		s.f()
		return each(r)
	})
}

func testExportStops(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1")))
	stop := errors.New("enough")
	records := 0
	err := f.store.Export(t.Context(), func(graph.Record) error {
		records++
		if records == 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || records != 3 {
		t.Errorf("got %v after %d records, want %v after 3", err, records, stop)
	}
	f.check()
}
