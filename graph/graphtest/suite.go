package graphtest

import (
	"bytes"
	"context"
	"testing"

	"reformgraph/graph"
)

// Options adapt the suite to a store.
type Options struct {
	// Sequences is how many random histories the property test tries.
	Sequences int
	// ServerShared says that all stores of the factory are one database: tests that
	// need two at once run one after the other.
	Language Language
}

// Language is what a store's statements are written in.
type Language string

// The languages of statements.
const (
	SQL    Language = "sql"
	Cypher Language = "cypher"
)

// Run runs the suite. The factory gives a fresh, empty store, checked as
// graph.Checked does, and closes it when the test ends.
func Run(t *testing.T, factory func(t *testing.T) graph.Store, o Options) {
	t.Run("Load", func(t *testing.T) { testLoad(t, factory(t)) })
}

func dump(t *testing.T, s graph.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := graph.Dump(t.Context(), s, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func apply(t *testing.T, s graph.Store, b graph.Batch) graph.Result {
	t.Helper()
	res, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func info(t *testing.T, s graph.Store) graph.Info {
	t.Helper()
	i, err := s.Info(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return i
}
