package queries

import (
	"context"
	"sync"
	"sync/atomic"

	"reformgraph/graph"
)

// Watched is a store that remembers the last revision that it told. An answer from
// it has to ask for the revision once, at its end: that the revision is still the
// one remembered, which was told before the answer began, shows that the graph did
// not change meanwhile. Answers that end together share that question. Where many
// answers come from one store this spares each a round trip or two.
func Watched(s graph.Store) graph.Store { return &watched{Store: s} }

type watched struct {
	graph.Store
	last atomic.Pointer[graph.Info]

	mu     sync.Mutex
	asking bool     // a question is on its way to the store
	next   *inquiry // the question after that one, for those who came too late for it
}

// inquiry is a question that several wait for.
type inquiry struct {
	done chan struct{} // closed when it is answered
	info graph.Info
	err  error
}

// Info implements graph.Store: what it returns was read after the call.
func (w *watched) Info(ctx context.Context) (graph.Info, error) {
	w.mu.Lock()
	if !w.asking {
		w.asking = true
		w.mu.Unlock()
		defer w.goOn(ctx)
		return w.ask(ctx)
	}
	if w.next == nil {
		w.next = &inquiry{done: make(chan struct{})}
	}
	q := w.next
	w.mu.Unlock()
	select {
	case <-q.done:
		return q.info, q.err
	case <-ctx.Done():
		return graph.Info{}, ctx.Err()
	}
}

func (w *watched) ask(ctx context.Context) (graph.Info, error) {
	info, err := w.Store.Info(ctx)
	if err == nil {
		w.last.Store(&info)
	}
	return info, err
}

// goOn asks the next question if anybody waits for it. That the caller before them
// gives up does not end it.
func (w *watched) goOn(ctx context.Context) {
	w.mu.Lock()
	q := w.next
	w.next = nil
	w.asking = q != nil
	w.mu.Unlock()
	if q == nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	go func() {
		defer w.goOn(ctx)
		defer close(q.done)
		q.info, q.err = w.ask(ctx)
	}()
}
