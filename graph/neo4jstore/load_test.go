package neo4jstore_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore/neo4jtest"
)

// BenchmarkLoad loads a made corpus of the size of the real one, 3,807 articles
// with some 200,000 edges, into an empty database, then once more, unchanged, and
// once more as another edition.
func BenchmarkLoad(b *testing.B) {
	neo4jtest.Open(b)
	articles := 3807
	if n, err := strconv.Atoi(os.Getenv("REFORMGRAPH_BENCH_ARTICLES")); err == nil {
		articles = n
	}
	batches := newMaker(1).batches(articles, 16)
	for b.Loop() {
		s := open(b)
		run := func(what string, reextract bool) {
			start, worst, rows := time.Now(), time.Duration(0), 0
			for _, batch := range batches {
				batch.Reextract = reextract
				if reextract {
					batch.Edition = "made-2"
				}
				began := time.Now()
				if _, err := s.Apply(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
				worst = max(worst, time.Since(began))
				for _, f := range batch.Load {
					rows += f.Rows()
				}
			}
			b.Logf("%s: %v, slowest batch %v, %d batches, %d rows", what, time.Since(start).Round(time.Millisecond), worst.Round(time.Millisecond), len(batches), rows)
		}
		run("new", false)
		run("unchanged", false)
		start := time.Now()
		edges := map[graph.Predicate]int{}
		if err := s.Export(b.Context(), func(r graph.Record) error {
			if r.Edge != nil {
				edges[r.Edge.Type]++
			} else {
				edges["nodes"]++
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		b.Logf("export: %v, %v", time.Since(start).Round(time.Millisecond), edges)
		run("reextracted", true)
	}
}
