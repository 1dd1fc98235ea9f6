package graphtest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"reformgraph/graph"
)

func testExportIsOneSnapshot(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2")))
	before := Dump(t, f.store)
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

// Records hold the kinds of values that graph.Props names, whatever the store
// makes of them.
func testExportKinds(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	whole := article("2", "2020", []statement{{zibo, graph.Measured, "figure:增速", graph.Props{"value": 5.0, "rank": int64(1)}, ""}}, nil)
	facts := adoption("1")
	facts.Unresolved = []graph.Unresolved{{Start: 0, End: 1, Why: "no such place"}}
	f.apply(load(facts, whole))
	records := func(s graph.Store) []graph.Record {
		t.Helper()
		var out []graph.Record
		if err := s.Export(t.Context(), func(r graph.Record) error {
			out = append(out, r)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		key := func(r graph.Record) string {
			if r.Node != nil {
				return r.Node.ID
			}
			claim, _ := r.Edge.Props["claim"].(string)
			return string(r.Edge.Type) + r.Edge.From + r.Edge.To + claim
		}
		slices.SortFunc(out, func(a, b graph.Record) int { return cmp.Compare(key(a), key(b)) })
		return out
	}
	got, want := records(f.store), records(f.model)
	if len(got) != len(want) {
		t.Fatalf("got %d records, want %d", len(got), len(want))
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("got %#v %#v\nwant %#v %#v", got[i].Node, got[i].Edge, want[i].Node, want[i].Edge)
		}
	}
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
