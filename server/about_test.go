package server_test

import (
	"fmt"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/queries/querytest"
	"reformgraph/server"
)

func TestServer_aboutSqlite(t *testing.T) { about(t, sqliteStore(t)) }

func TestServer_aboutNeo4j(t *testing.T) { about(t, neo4jStore(t)) }

// What /about counts is what the facts hold, and follows a change.
func about(t *testing.T, s graph.Store) {
	web := serve(t, s, nil, func(c *server.Config) { c.PublishText = server.PublishQuotes })
	empty := web.get(t, "/about").json(t)
	if fmt.Sprint(empty["nodes"], empty["claims"]) != "map[] map[]" || empty["published_from"] != nil || empty["edition"] != nil {
		t.Errorf("empty: got %v, want no counts, dates and edition", empty)
	}
	load(t, s)
	check := func(facts []graph.Facts) {
		t.Helper()
		var first, last string
		claims := map[string]any{}
		seen := map[string]bool{}
		for _, f := range facts {
			if p := f.Article.Published; p != "" {
				if first == "" || p < first {
					first = p
				}
				last = max(last, p)
			}
			for _, c := range f.Claims {
				n, _ := claims[string(c.Predicate)].(float64)
				claims[string(c.Predicate)] = n + 1
			}
			for _, m := range f.Mentions {
				if l, _ := graph.LabelOf(m.Node); l != graph.LabelPlace { // places have parents that nobody mentions
					seen[m.Node] = true
				}
			}
		}
		nodes := map[string]any{"Article": float64(len(facts))}
		for id := range seen {
			l, _ := graph.LabelOf(id)
			n, _ := nodes[string(l)].(float64)
			nodes[string(l)] = n + 1
		}
		got := web.get(t, "/about").json(t)
		places, _ := got["nodes"].(map[string]any)["Place"].(float64)
		if places == 0 {
			t.Error("got no places")
		}
		delete(got["nodes"].(map[string]any), "Place")
		if fmt.Sprint(got["claims"]) != fmt.Sprint(claims) || fmt.Sprint(got["nodes"]) != fmt.Sprint(nodes) {
			t.Errorf("got claims %v and nodes %v, want %v and %v", got["claims"], got["nodes"], claims, nodes)
		}
		if got["published_from"] != first || got["published_until"] != last || got["publish_text"] != "quotes" {
			t.Errorf("got %v to %v, %v, want %s to %s, quotes", got["published_from"], got["published_until"], got["publish_text"], first, last)
		}
		for _, part := range []string{got["revision"].(string), got["edition"].(string), first, last} {
			if !strings.Contains(got["citation"].(string), part) {
				t.Errorf("got citation %q, want one that names %s", got["citation"], part)
			}
		}
	}
	facts := fixture(t)
	check(facts)
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Forget: []string{facts[0].Article.ID}}); err != nil {
		t.Fatal(err)
	}
	check(facts[1:])
}
