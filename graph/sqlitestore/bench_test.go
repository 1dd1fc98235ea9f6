package sqlitestore_test

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/sqlitestore"
)

// reports makes articles of one hub, named by each in one of five ways, and of
// other nodes that about twenty of them share; each has the given claims.
func reports(n, claims int) []graph.Facts {
	const hub = "experience:有解思维"
	cn := graph.Place{ID: "place:CN", Name: "中国", Level: "country", Today: "CN"}
	text := strings.Repeat("某市今年推出一项新办法，各区都来学习。\n", 60)
	facts := make([]graph.Facts, 0, n)
	for i := range n {
		f := graph.Facts{Article: graph.Article{ID: fmt.Sprintf("article:%06d", i), Title: "报道", Text: fmt.Sprint(text, i)}}
		f.Mentions = append(f.Mentions, graph.Mention{Node: hub, Name: fmt.Sprint("有解", i%5), Aliases: []string{"有解"}, Props: graph.Props{"domain": "governance"}, Starts: []int{0}, Ends: []int{2}})
		for k := range claims {
			city := graph.Place{ID: fmt.Sprintf("place:%d", 100000+(i*7+k)%3000), Name: "某市", Level: "prefecture", Today: fmt.Sprint(100000 + (i*7+k)%3000), City: true, Parent: cn.ID}
			initiative := fmt.Sprintf("initiative:%s:办法%d", graph.PlaceCode(city.ID), k%4)
			f.Places = append(f.Places, city, cn)
			if k%2 == 0 {
				f.Mentions = append(f.Mentions, graph.Mention{Node: initiative, Name: "办法", Props: graph.Props{"kind": "method"}, Starts: []int{k}, Ends: []int{k + 2}})
				f.Claims = append(f.Claims, graph.Claim{Subject: initiative, Predicate: graph.Applies, Object: hub, Props: graph.Props{"since": "2020-05", "precision": "month", "basis": "stated"}})
			} else {
				f.Claims = append(f.Claims, graph.Claim{Subject: city.ID, Predicate: graph.LearnedFrom, Object: hub, Props: graph.Props{"how": "visit"}})
			}
			c := &f.Claims[len(f.Claims)-1]
			c.Start, c.End, c.Status, c.Confidence, c.Rule = k*20, k*20+19, "done", 0.9, "bench"
			c.Quote = string([]rune(text)[c.Start:c.End])
		}
		f.Complete()
		facts = append(facts, f)
	}
	return facts
}

// BenchmarkApply loads 3,800 articles with 200,000 edges: the size of the study
// corpus. ns/op is the time of the whole load.
func BenchmarkApply(b *testing.B) {
	facts := reports(3800, 35)
	edges := 0
	for _, f := range facts {
		edges += len(f.Claims) + len(f.Mentions)
	}
	for b.Loop() {
		s, err := sqlitestore.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"))
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; i < len(facts); i += 100 {
			if _, err := s.Apply(b.Context(), graph.Batch{Edition: "bench", Load: facts[i:min(i+100, len(facts))]}); err != nil {
				b.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(edges*b.N)/b.Elapsed().Seconds(), "edges/s")
}

// BenchmarkHub shows what a batch costs when 20,000 articles mention its hub
// already, against the first batch's cost: the two must be alike.
func BenchmarkHub(b *testing.B) {
	for _, before := range []int{0, 20000} {
		b.Run(fmt.Sprint(before), func(b *testing.B) {
			facts := reports(before+100, 1)
			s, err := sqlitestore.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"))
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			apply := func(batch graph.Batch) {
				if _, err := s.Apply(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
			}
			for i := 0; i < before; i += 200 {
				apply(graph.Batch{Edition: "bench", Load: facts[i : i+200]})
			}
			last := graph.Batch{Edition: "bench", Load: facts[before:]}
			var undo graph.Batch
			for _, f := range last.Load {
				undo.Forget = append(undo.Forget, f.Article.ID)
			}
			for b.Loop() {
				apply(last)
				apply(undo)
			}
		})
	}
}

// BenchmarkDump writes the graph of BenchmarkApply.
func BenchmarkDump(b *testing.B) {
	facts := reports(3800, 35)
	s, err := sqlitestore.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for i := 0; i < len(facts); i += 100 {
		if _, err := s.Apply(b.Context(), graph.Batch{Edition: "bench", Load: facts[i:min(i+100, len(facts))]}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if err := graph.Dump(b.Context(), s, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
