package neo4jstore_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
)

// session gives a test the database beside the store.
func session(t *testing.T, srv neo4jtest.Server) neo4j.SessionWithContext {
	t.Helper()
	d, err := neo4j.NewDriverWithContext(srv.URI, neo4j.BasicAuth(srv.User, srv.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	se := d.NewSession(t.Context(), neo4j.SessionConfig{DatabaseName: srv.Database})
	t.Cleanup(func() {
		se.Close(context.Background())
		d.Close(context.Background())
	})
	return se
}

func run(t *testing.T, se neo4j.SessionWithContext, cypher string) {
	t.Helper()
	res, err := se.Run(t.Context(), cypher, nil)
	if err == nil {
		_, err = res.Consume(t.Context())
	}
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
}

// Loaders on several machines give what one gives.
func TestApplyFromSeveralStores(t *testing.T) {
	srv := neo4jtest.Open(t)
	const loaders, each = 3, 6
	batches := make([][]graph.Batch, loaders)
	fill := func() {
		m := newMaker(4)
		for l := range loaders {
			batches[l] = nil
			for range each {
				b := graph.Batch{Edition: m.edition}
				for range 4 {
					// Few ids: loaders write the same articles with other content.
					b.Load = append(b.Load, m.article(strings.Repeat("x", len(b.Load)+1)+string(rune('a'+len(batches[l]))), 6))
				}
				batches[l] = append(batches[l], b)
			}
		}
	}
	fill()
	var wg sync.WaitGroup
	for l := range loaders {
		wg.Go(func() {
			s, err := neo4jstore.Open(t.Context(), config(srv))
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for _, b := range batches[l] {
				if _, err := s.Apply(t.Context(), b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s, err := neo4jstore.Open(t.Context(), config(srv))
	if err != nil {
		t.Fatal(err)
	}
	// Whoever came last with an article, this one comes after.
	for _, b := range batches[0] {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	got := graphtest.Dump(t, s)
	info, err := s.Info(t.Context())
	if err != nil || info.Revision < loaders*each {
		t.Errorf("got %+v, %v, want a revision for each of %d batches", info, err, loaders*each)
	}
	s.Close()
	s = open(t)
	for _, b := range batches[0] {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if want := graphtest.Dump(t, s); got != want {
		t.Errorf("got another graph (%d bytes) than a single loader's (%d bytes)", len(got), len(want))
	}
}

// A writer that holds the store for too long is named as what it is, and does not
// keep readers out.
func TestApplyBusy(t *testing.T) {
	srv := neo4jtest.Open(t)
	cfg := config(srv)
	cfg.BusyTime, cfg.WriteTimeout = time.Second, 2*time.Second
	s, err := neo4jstore.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other, err := session(t, srv).BeginTransaction(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	res, err := other.Run(t.Context(), "MATCH (m:Meta) SET m.held = true", nil)
	if err == nil {
		_, err = res.Consume(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	m := newMaker(5)
	b := graph.Batch{Edition: m.edition, Load: []graph.Facts{m.article("a", 3)}}
	if _, err := s.Apply(t.Context(), b); !errors.Is(err, graph.ErrBusy) {
		t.Errorf("got %v, want %v", err, graph.ErrBusy)
	}
	if _, err := s.Info(t.Context()); err != nil {
		t.Errorf("reading meanwhile: %v", err)
	}
	if err := other.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	patient, err := neo4jstore.Open(t.Context(), config(srv))
	if err != nil {
		t.Fatal(err)
	}
	defer patient.Close()
	if _, err := patient.Apply(t.Context(), b); err != nil {
		t.Errorf("once the other writer is gone: %v", err)
	}
}

func TestOpenNewerSchema(t *testing.T) {
	srv := neo4jtest.Open(t)
	s, err := neo4jstore.Open(t.Context(), config(srv))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	run(t, session(t, srv), "MATCH (m:Meta) SET m.schema = 99")
	if s, err := neo4jstore.Open(t.Context(), config(srv)); !errors.Is(err, graph.ErrSchema) {
		t.Errorf("got %v, %v, want %v", s, err, graph.ErrSchema)
	}
	// Nor does a store write that was open when another program upgraded the schema.
	m := newMaker(7)
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: m.edition, Load: []graph.Facts{m.article("a", 1)}}); !errors.Is(err, graph.ErrSchema) {
		t.Errorf("got %v, want %v", err, graph.ErrSchema)
	}
}

func TestOpenForeignData(t *testing.T) {
	srv := neo4jtest.Open(t)
	run(t, session(t, srv), "CREATE (:Entity {name: 'of somebody else'})")
	if _, err := neo4jstore.Open(t.Context(), config(srv)); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "Entity") {
		t.Errorf("got %v, want %v that says what it found", err, graph.ErrInvalid)
	}
}
