package neo4jstore_test

import (
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
	"reformgraph/graph/script"
)

// A store of the schema before search is made searchable when it is opened, and
// its dump stays as it was.
func TestOpenMakesSearchable(t *testing.T) {
	srv := neo4jtest.Open(t)
	s := open(t)
	m := newMaker(5)
	b := graph.Batch{Edition: m.edition}
	for _, id := range []string{"1", "2", "3"} {
		b.Load = append(b.Load, m.article(id, 90)) // more nodes than one transaction fills
	}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	before := graphtest.Dump(t, s)
	words := func(s graph.Store) map[string]any {
		t.Helper()
		out := map[string]any{}
		err := s.Run(t.Context(), graph.Statement{Cypher: "MATCH (n:Entity) RETURN n.id AS id, n._words AS words"}, nil, func(r graph.Row) error {
			out[r["id"].(string)] = r["words"]
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	want := words(s)
	se := session(t, srv)
	for _, cypher := range []string{"MATCH (n:Entity) REMOVE n._words", "DROP INDEX article_words", "DROP INDEX node_words", "MATCH (m:Meta) SET m.schema = 1"} {
		run(t, se, cypher)
	}
	again, err := neo4jstore.Open(t.Context(), config(srv))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	got := words(again)
	if len(got) != len(want) || len(got) < 250 {
		t.Fatalf("got %d nodes, want %d", len(got), len(want))
	}
	for id, w := range want {
		if got[id] != w || w == nil {
			t.Errorf("%s: got words %v, want %v", id, got[id], w)
		}
	}
	var found []any
	err = again.Run(t.Context(), graph.Statement{Cypher: "CALL db.index.fulltext.queryNodes('article_words', $words) YIELD node RETURN node.id AS id"},
		map[string]any{"words": script.PhraseQuery([][]rune{script.Phrase("报道2。")})}, func(r graph.Row) error {
			found = append(found, r["id"])
			return nil
		})
	if err != nil || len(found) != 1 || found[0] != "article:2" {
		t.Errorf("got %v, %v, want article:2", found, err)
	}
	if graphtest.Dump(t, again) != before {
		t.Error("got another dump than before")
	}
	run(t, se, "MATCH (m:Meta) WITH m, 1 / (m.schema - 1) AS x RETURN x") // fails if it is still 1
}
