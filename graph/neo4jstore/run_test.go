package neo4jstore_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
)

func TestExplain(t *testing.T) {
	s := open(t)
	explainer, ok := graph.Unwrap(s).(graph.Explainer)
	if !ok {
		t.Fatal("the store offers no graph.Explainer")
	}
	for _, test := range []struct {
		cypher, kind string
		operators    []string // some of those of the plan
	}{
		{"MATCH (n:Entity {id: $id}) RETURN n.name AS name", "r", []string{"ProduceResults", "Projection", "NodeUniqueIndexSeek"}},
		{"MATCH (n:Entity) SET n.name = 'x'", "w", []string{"SetProperty"}},
		{"MERGE (n:Entity {id: 'x'}) RETURN n", "rw", []string{"Merge"}},
		{"CREATE INDEX x FOR (n:X) ON (n.x)", "s", []string{"CreateIndex"}},
		{"CALL db.labels() YIELD label RETURN label", "r", []string{"ProcedureCall db.labels"}},
		// Both branches of a plan that forks.
		{"LOAD CSV FROM 'file:///x' AS l MATCH (n:Entity {id: l[0]}) RETURN n", "r", []string{"LoadCSV", "NodeUniqueIndexSeek"}},
		{"CALL () { CALL db.labels() YIELD label RETURN label UNION LOAD CSV FROM 'file:///x' AS q RETURN q AS label } RETURN label", "r",
			[]string{"LoadCSV", "ProcedureCall db.labels"}},
	} {
		kind, operators, err := explainer.Explain(t.Context(), test.cypher, map[string]any{"id": "x"})
		if err != nil {
			t.Errorf("%s: %v", test.cypher, err)
			continue
		}
		if kind != test.kind {
			t.Errorf("%s: got kind %q, want %q", test.cypher, kind, test.kind)
		}
		for _, op := range test.operators {
			if !slices.Contains(operators, op) {
				t.Errorf("%s: got operators %q, want %q among them", test.cypher, operators, op)
			}
		}
	}
	if _, _, err := explainer.Explain(t.Context(), "MATCH (n RETURN n", nil); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("got %v, want %v", err, graph.ErrInvalid)
	}
	if info, err := s.Info(t.Context()); err != nil || info.Revision != 0 {
		t.Errorf("got %+v, %v, want nothing changed", info, err)
	}
}

func TestRunPlainValues(t *testing.T) {
	s := open(t)
	m := newMaker(1)
	f := m.article("a", 3)
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: m.edition, Load: []graph.Facts{f}}); err != nil {
		t.Fatal(err)
	}
	for cypher, want := range map[string]any{
		"MATCH (n:Article) RETURN n {.title, .given} AS v":                     map[string]any{"title": "题a", "given": []any{"title"}},
		"MATCH (n:Place {id: 'place:CN'}) RETURN n AS v":                       map[string]any{"id": "place:CN", "labels": []any{"Entity", "Place"}, "props": map[string]any{"name": "中国", "level": "country", "today": "CN"}},
		"MATCH (:Place)-[e:PART_OF]->({id: 'place:CN'}) RETURN e AS v LIMIT 1": map[string]any{"type": "PART_OF", "props": map[string]any{}},
		"MATCH p = ({id: 'place:CN'}) RETURN [length(p), size(nodes(p))] AS v": []any{int64(0), int64(1)},
		"RETURN [1, 2.5, true, null, 'x'] AS v":                                []any{int64(1), 2.5, true, nil, "x"},
		"RETURN date('2020-05-06') AS v":                                       "2020-05-06",
		"RETURN duration('P1M') AS v":                                          "P1M0DT0S",
	} {
		var got []any
		err := s.Run(t.Context(), graph.Statement{Cypher: cypher}, nil, func(r graph.Row) error {
			got = append(got, r["v"])
			return nil
		})
		if err != nil || !reflect.DeepEqual(got, []any{want}) {
			t.Errorf("%s: got %#v, %v, want %#v", cypher, got, err, want)
		}
	}
}

// A question that asks too much is cut off by time or memory, as ErrLimit, and
// soon: it is not tried again.
func TestRunLimits(t *testing.T) {
	cfg := config(neo4jtest.Open(t))
	cfg.ReadTimeout = time.Second
	s, err := neo4jstore.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, cypher := range []string{
		"UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a = -b RETURN count(*) AS n",
		"UNWIND range(1, 100000000) AS a RETURN count(DISTINCT a) AS n",
	} {
		start := time.Now()
		err := s.Run(t.Context(), graph.Statement{Name: "long", Cypher: cypher}, nil, func(graph.Row) error { return nil })
		if !errors.Is(err, graph.ErrLimit) || !strings.Contains(err.Error(), "long") {
			t.Errorf("%s: got %v, want %v that names the query", cypher, err, graph.ErrLimit)
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s: got the error after %v", cypher, d)
		}
	}
	if _, err := s.Info(t.Context()); err != nil {
		t.Errorf("after a query that was cut off: %v", err)
	}
}
