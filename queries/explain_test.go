package queries_test

import (
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/queries"
)

// scans lists the operators of a Neo4j plan that read all nodes or edges of a
// kind, and cannot be had in the questions about one thing.
var scans = []string{"AllNodesScan", "NodeByLabelScan", "IntersectionNodeByLabelsScan", "UnionNodeByLabelsScan",
	"DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan", "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan"}

// whole names the statements that read all of something by their nature, and why.
var whole = map[string]string{
	"extent":             "the size of the whole graph, counted once a revision",
	"all_adoptions":      "experiences without a place: every adoption counts",
	"ties":               "flows: every stated tie",
	"pilot_claims":       "pilots: every pilot",
	"posts":              "leaders: every post",
	"promotion_claims":   "promotions and reach: every promotion",
	"recognition_claims": "recognitions: every recognition",
	"all_initiatives":    "initiatives without a place: every one",
	"rival_claims":       "conflicts: every claim that may have a rival",
	"coverage":           "every article counts",
	"last_published":     "the last of all articles",
	"all_places":         "risk-set: every place may adopt",
	"unresolved":         "every article with unresolved mentions",
	"claim_ids":          "a sample: every claim may be drawn",
}

// fullText names the statements that must find what they read in an index of words,
// and the index: the same in both stores.
var fullText = map[string]string{"found_nodes": "node_words", "found_articles": "article_words", "found_places": "article_words"}

// TestQueries_neo4jPlans requires of every .cypher file that it only reads, and
// that it finds what it reads by an index unless it is listed in whole.
func TestQueries_neo4jPlans(t *testing.T) {
	s := openNeo4j(t)
	explainer, ok := graph.Unwrap(s).(graph.Explainer)
	if !ok {
		t.Fatal("the Neo4j store explains nothing")
	}
	for name, st := range queries.Statements() {
		params := map[string]any{}
		for _, p := range queries.TwinParams()[name] {
			params[p] = nil
		}
		kind, operators, err := explainer.Explain(t.Context(), st.Cypher, params)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if kind != "r" {
			t.Errorf("%s: is of kind %q, want r", name, kind)
		}
		var found []string
		for _, o := range operators {
			if slices.Contains(scans, o) {
				found = append(found, o)
			}
		}
		if whole[name] == "" && len(found) > 0 {
			t.Errorf("%s: reads all of something: %v in %v", name, found, operators)
		}
		if index := fullText[name]; index != "" && (!slices.Contains(operators, "ProcedureCall db.index.fulltext.queryNodes") || !strings.Contains(st.Cypher, "'"+index+"'")) {
			t.Errorf("%s: does not go by the index %s: %v", name, index, operators)
		}
	}
}

// TestQueries_sqlitePlans requires that no statement scans a table but those
// listed in whole.
func TestQueries_sqlitePlans(t *testing.T) {
	s := openSQLite(t)
	load(t, s, "reform.txt")
	for name, st := range queries.Statements() {
		params := map[string]any{}
		for _, p := range queries.TwinParams()[name] {
			params[p] = "[]"
			if p == "limit" {
				params[p] = int64(1)
			}
		}
		var found, lines []string
		explain := graph.Statement{Name: name, SQL: "EXPLAIN QUERY PLAN " + st.SQL}
		err := s.Run(t.Context(), explain, params, func(r graph.Row) error {
			detail, _ := r["detail"].(string)
			lines = append(lines, detail)
			if scansTable(detail) {
				found = append(found, detail)
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if whole[name] == "" && len(found) > 0 {
			t.Errorf("%s: reads a whole table: %v", name, found)
		}
		// M and a number: the plan of a MATCH on the first column.
		if index := fullText[name]; index != "" && (!strings.Contains(lines[0], "SCAN w VIRTUAL TABLE INDEX 0:M") || !strings.Contains(st.SQL, index+" AS w")) {
			t.Errorf("%s: does not go by the index %s: %q", name, index, lines)
		}
	}
}

// tables of the schema, by the names that statements give them.
var tables = []string{"a", "c", "k", "m", "n", "article", "claim", "mention", "node", "node_key"}

// scansTable tells a line of SQLite's plan that reads a table from end to end.
func scansTable(detail string) bool {
	words := strings.Fields(detail)
	return len(words) > 1 && words[0] == "SCAN" && slices.Contains(tables, words[1])
}
