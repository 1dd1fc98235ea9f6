package neo4jstore_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
)

// A commit whose answer is lost is told as what it was, and leaves the revision
// that it made.
func TestApplyLostCommit(t *testing.T) {
	p, cfg := newProxy(t, neo4jtest.Open(t))
	s, err := neo4jstore.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := newMaker(1)
	b := graph.Batch{Edition: m.edition, Load: []graph.Facts{m.article("a", 5), m.article("b", 5)}}
	p.mu.Lock()
	p.cutCommit = true
	p.mu.Unlock()
	res, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	cuts := p.cuts
	p.mu.Unlock()
	if cuts != 1 {
		t.Fatalf("got %d connections cut, want 1: the test does not test", cuts)
	}
	if res.Revision != 1 || res.Articles[0].Outcome != graph.OutcomeNew || len(res.Articles[1].Added) != len(b.Load[1].Claims) {
		t.Errorf("got %+v, want revision 1 and two new articles", res)
	}
	info, err := s.Info(t.Context())
	if err != nil || info.Revision != 1 || info.Articles != 2 {
		t.Errorf("got %+v, %v, want revision 1 and 2 articles", info, err)
	}
}

// A server that goes away in the middle of a load is told within seconds; once it
// is back, the same store goes on and ends with the graph of an undisturbed load.
func TestApplyServerGoesAway(t *testing.T) {
	srv := neo4jtest.Open(t)
	m := newMaker(2)
	var batches []graph.Batch
	for i := range 12 {
		b := graph.Batch{Edition: m.edition}
		for k := range 10 {
			b.Load = append(b.Load, m.article(strings.Repeat("x", i)+string(rune('a'+k)), 8))
		}
		batches = append(batches, b)
	}
	load := func(s graph.Store, from int, done func(int)) error {
		for i := from; i < len(batches); i++ {
			if _, err := s.Apply(t.Context(), batches[i]); err != nil {
				return err
			}
			done(i)
		}
		return nil
	}
	undisturbed := func() string {
		s, err := neo4jstore.Open(t.Context(), config(srv))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := load(s, 0, func(int) {}); err != nil {
			t.Fatal(err)
		}
		return graphtest.Dump(t, s)
	}
	want := undisturbed()
	neo4jtest.Open(t)

	p, cfg := newProxy(t, srv)
	cfg.RetryTime = 2 * time.Second
	s, err := neo4jstore.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	next := 0
	err = load(s, 0, func(i int) {
		next = i + 1
		if i == 3 {
			time.AfterFunc(20*time.Millisecond, p.stop)
		}
	})
	if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), p.addr) {
		t.Fatalf("got %v, want %v that names the address", err, graph.ErrUnavailable)
	}
	if next < 4 {
		t.Fatalf("got %d batches before the end, want at least 4", next)
	}
	for name, call := range map[string]func() error{
		"info":   func() error { _, err := s.Info(t.Context()); return err },
		"run":    func() error { return s.Run(t.Context(), graph.Statement{Cypher: "RETURN 1"}, nil, nil) },
		"export": func() error { return s.Export(t.Context(), func(graph.Record) error { return nil }) },
	} {
		start := time.Now()
		if err := call(); !errors.Is(err, graph.ErrUnavailable) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrUnavailable)
		}
		if d := time.Since(start); d > 8*time.Second {
			t.Errorf("%s: got an answer after %v, want one soon after %v", name, d, cfg.RetryTime)
		}
	}
	p.start(t)
	if err := load(s, 0, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if got := graphtest.Dump(t, s); got != want {
		t.Errorf("got a dump of %d bytes that differs from that of an undisturbed load (%d bytes)", len(got), len(want))
	}
}

// A short outage is waited for.
func TestApplyShortOutage(t *testing.T) {
	p, cfg := newProxy(t, neo4jtest.Open(t))
	s, err := neo4jstore.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p.stop()
	time.AfterFunc(time.Second, func() { p.start(t) })
	m := newMaker(3)
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: m.edition, Load: []graph.Facts{m.article("a", 5)}}); err != nil {
		t.Error(err)
	}
}

func TestOpenNoServer(t *testing.T) {
	p, cfg := newProxy(t, neo4jtest.Server{URI: "bolt://127.0.0.1:1"})
	p.stop()
	cfg.RetryTime = time.Second
	for _, scheme := range []string{"bolt://", "neo4j://"} {
		cfg.URL = scheme + p.addr
		start := time.Now()
		_, err := neo4jstore.Open(t.Context(), cfg)
		if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), cfg.URL) {
			t.Errorf("%s: got %v, want %v that names the URL", scheme, err, graph.ErrUnavailable)
		}
		if d := time.Since(start); d > 6*time.Second {
			t.Errorf("%s: got the error after %v, want it soon after %v", scheme, d, cfg.RetryTime)
		}
	}
}

func TestOpenBadSettings(t *testing.T) {
	for url, want := range map[string]string{
		"":                           "scheme",
		"http://localhost:7474":      "scheme",
		"neo4j://u:secret@host:7687": "settings of their own",
		"neo4j://":                   "no host",
		"neo4j://host:7687/reform":   "database",
		"bolt://host:7687?policy=x":  "",
		"neo4j://host:port":          "URL",
	} {
		_, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URL: url, RetryTime: time.Millisecond})
		if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %v with %q", url, err, graph.ErrInvalid, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got a password in %q", url, err)
		}
	}
}

func TestOpenUnknownDatabase(t *testing.T) {
	cfg := config(neo4jtest.Open(t))
	cfg.Database = "elsewhere"
	_, err := neo4jstore.Open(t.Context(), cfg)
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) || invalid.Field != "database" || !strings.Contains(err.Error(), "elsewhere") {
		t.Errorf("got %v, want an error of the database's name", err)
	}
}

// Stores that open an empty database at the same time make one store.
func TestOpenAtOnce(t *testing.T) {
	cfg := config(neo4jtest.Open(t))
	type opened struct {
		id  string
		err error
	}
	results := make(chan opened)
	const n = 6
	for range n {
		go func() {
			s, err := neo4jstore.Open(t.Context(), cfg)
			if err != nil {
				results <- opened{err: err}
				return
			}
			defer s.Close()
			info, err := s.Info(t.Context())
			results <- opened{info.StoreID, err}
		}()
	}
	var ids []string
	for range n {
		r := <-results
		if r.err != nil {
			t.Error(r.err)
		}
		ids = append(ids, r.id)
	}
	slices.Sort(ids)
	if got := slices.Compact(ids); len(got) != 1 || got[0] == "" {
		t.Errorf("got stores %q, want one", got)
	}
}
