package queries_test

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/queries/querytest"
)

// counted is a store that counts the questions for its revision. Each takes a
// while, and tells its own number as the revision.
type counted struct {
	graph.Store
	mu    sync.Mutex
	asked int64
	err   error
}

func (c *counted) Info(context.Context) (graph.Info, error) {
	c.mu.Lock()
	c.asked++
	n := c.asked
	c.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	return graph.Info{Revision: n}, c.err
}

func (c *counted) count() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked
}

// Calls share questions, but none is answered by one that was asked before it.
func TestWatched_shares(t *testing.T) {
	c := &counted{}
	s := queries.Watched(c)
	var group sync.WaitGroup
	const calls = 100
	for range calls {
		group.Go(func() {
			before := c.count()
			info, err := s.Info(t.Context())
			if err != nil || info.Revision <= before {
				t.Errorf("got the answer to question %d, %v, want that to one after %d", info.Revision, err, before)
			}
		})
	}
	group.Wait()
	if got := c.count(); got > calls/2 {
		t.Errorf("got %d questions for %d calls at once, want few", got, calls)
	}
	asked := c.count()
	if _, err := s.Info(t.Context()); err != nil || c.count() != asked+1 {
		t.Errorf("got %d more questions for a call alone, %v, want 1", c.count()-asked, err)
	}
}

// A caller that gives up does not take the others with it, and an error reaches all.
func TestWatched_givingUp(t *testing.T) {
	c := &counted{}
	s := queries.Watched(c)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			if i%2 == 0 {
				s.Info(gone)
			} else if _, err := s.Info(t.Context()); err != nil {
				t.Errorf("got %v because another caller gave up", err)
			}
		})
	}
	group.Wait()
	c.err = graph.ErrUnavailable
	for range 20 {
		group.Go(func() {
			if _, err := s.Info(t.Context()); !errors.Is(err, graph.ErrUnavailable) {
				t.Errorf("got %v, want %v", err, graph.ErrUnavailable)
			}
		})
	}
	group.Wait()
}

// What was loaded since the revision was last told is in the next answer, which is
// of the new revision.
func TestWatched_seesLoads(t *testing.T) {
	plain := openSQLite(t)
	s := queries.Watched(plain)
	load(t, plain, "reform.txt")
	ask := func() *queries.Answer {
		t.Helper()
		a, err := queries.Run(t.Context(), s, "coverage", url.Values{"by": {"year"}})
		if err != nil {
			t.Fatal(err)
		}
		info, err := plain.Info(t.Context())
		if err != nil || a.Revision != queries.Revision(info) {
			t.Fatalf("got revision %s, want %s, %v", a.Revision, queries.Revision(info), err)
		}
		return a
	}
	first := ask()
	states, err := plain.Articles(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plain.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Forget: []string{states[0].ID}}); err != nil {
		t.Fatal(err)
	}
	if second := ask(); second.Revision == first.Revision {
		t.Errorf("got revision %s after a change, want another", second.Revision)
	}
}
