package graphtest

import (
	"fmt"
	"sync"
	"testing"

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
