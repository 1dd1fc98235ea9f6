package graphtest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"reformgraph/graph"
)

func testArgumentsRefused(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1")))
	noEdition := load(adoption("2"))
	noEdition.Edition = ""
	f.refuse(noEdition, graph.ErrInvalid)
	f.refuse(load(adoption("2"), adoption("2")), graph.ErrInvalid)
	both := load(adoption("1"))
	both.Forget = []string{"article:1"}
	f.refuse(both, graph.ErrInvalid)
	f.refuse(graph.Batch{Forget: []string{"article:1", "place:370300"}}, graph.ErrInvalid)
	f.refuse(graph.Batch{Forget: []string{"article:1", "article:1"}}, graph.ErrInvalid)
	for name, err := range map[string]error{
		"states":   second(f.store.States(t.Context(), []string{"1"})),
		"articles": second(f.store.Articles(t.Context(), "", 0)),
		"changes":  second(f.store.Changes(t.Context(), -1, 1)),
		"edition":  f.store.SetEdition(t.Context(), ""),
		"run":      f.store.Run(t.Context(), query("RETURN $x AS x", "SELECT :x AS x"), map[string]any{"x": 1}, func(graph.Row) error { return nil }),
	} {
		if !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrInvalid)
		}
	}
	f.check()
}

func second[T any](_ T, err error) error { return err }

func testBatchLimits(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	many := load()
	for i := range graph.MaxBatchArticles + 1 {
		many.Load = append(many.Load, article(fmt.Sprint(i), "2020", nil, map[string]view{youjie: {}, zibo: {}}))
	}
	f.refuse(many, graph.ErrInvalid)
	many.Load = many.Load[1:]
	f.apply(many)
	f.check()
	// One article may be larger than any batch.
	statements := []statement{{zibo, graph.Measured, "figure:增速", nil, ""}}
	large := article("large", "2020", statements, nil)
	for i := range graph.MaxBatchRows {
		c := large.Claims[0]
		c.Props = graph.Props{"value": float64(i)}
		large.Claims = append(large.Claims, c)
	}
	f.refuse(load(large, adoption("1")), graph.ErrInvalid)
	f.apply(load(large))
	f.check()
	f.apply(forget("large"))
	f.check()
}

// A batch of which one article is wrong leaves no trace of the others: neither
// when the contract refuses it, nor when the store itself runs into it.
func testFailureLeavesNothing(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2")))
	changed := article("1", "2022", []statement{{taian, graph.LearnedFrom, zibo, nil, ""}}, nil)
	wrong := adoption("3")
	wrong.Claims[0].Quote = "an invented quote"
	b := load(changed, adoption("0"), wrong)
	f.refuse(b, graph.ErrInvalid)
	var invalid *graph.InvalidError
	if _, err := f.store.Apply(t.Context(), b); !errors.As(err, &invalid) || invalid.Article != "article:3" || invalid.Field != "claims[0].quote" {
		t.Errorf("got %v, want an error that names the article and the field", err)
	}
	// Past the contract: an edge whose end is no node.
	dangling := adoption("3")
	dangling.Claims[0].Object = "experience:nobody mentions it"
	dangling.Claims[0].ID = graph.ClaimID(dangling.Claims[0])
	b = load(changed, adoption("0"))
	b.Load = append(b.Load, dangling)
	b.Forget = []string{"article:2"}
	if _, err := graph.Unwrap(f.store).Apply(t.Context(), b); err == nil {
		t.Error("an edge to no node: got no error")
	}
	f.check()
	f.apply(load(changed, adoption("0")))
	f.check()
}

func testCancelLeavesNothing(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1")))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.store.Apply(ctx, load(adoption("2"))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	f.check()
	var facts []graph.Facts
	for i := range 100 {
		facts = append(facts, adoption(fmt.Sprint("c", i)))
	}
	b := load(facts...)
	b.Forget = []string{"article:1"}
	cancelled := 0
	for wait := time.Millisecond; ; wait *= 2 {
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		_, err := f.store.Apply(ctx, b)
		cancel()
		if err == nil {
			f.model.apply(b)
			break
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("after %v: got %v, want %v", wait, err, context.DeadlineExceeded)
		}
		cancelled++
		f.check()
	}
	if cancelled == 0 {
		t.Error("no call was cancelled: give it more to do")
	}
	f.check()
}
