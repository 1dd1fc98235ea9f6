package server_test

import (
	"fmt"
	"net/url"
	"testing"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/queries/querytest"
)

func TestServer_forgetArticle(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, nil, nil)
	path := "/api/v1/articles/" + url.PathEscape("article:zibo-1")
	if a := web.do(t, "DELETE", path, ""); a.status != 401 {
		t.Fatalf("without a token: got status %d, want 401", a.status)
	}
	auth := []string{"Authorization", "Bearer " + token}
	a := web.do(t, "DELETE", path, "", auth...)
	if body := a.json(t); a.status != 200 || body["outcome"] != "forgotten" || len(body["claims_removed"].([]any)) == 0 {
		t.Fatalf("got status %d: %s", a.status, a.body)
	}
	if got := web.get(t, path); got.status != 404 {
		t.Errorf("forgotten article: got status %d, want 404", got.status)
	}
	for _, again := range []string{path, "/api/v1/articles/place:370300"} {
		if a := web.do(t, "DELETE", again, "", auth...); a.status != 404 || a.problem(t)["field"] != "id" {
			t.Errorf("%s: got status %d, want 404: %s", again, a.status, a.body)
		}
	}
}

func TestServer_changesSqlite(t *testing.T) { changes(t, sqliteStore(t)) }

func TestServer_changesNeo4j(t *testing.T) { changes(t, neo4jStore(t)) }

func changes(t *testing.T, s graph.Store) {
	facts := fixture(t)
	for i := range 5 {
		if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Load: facts[i : i+1]}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Apply(t.Context(), graph.Batch{Forget: []string{facts[0].Article.ID}}); err != nil {
		t.Fatal(err)
	}
	info, err := s.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := func(n int64) string { return fmt.Sprintf("%s-%d", info.StoreID, n) }
	web := serve(t, s, nil, nil)
	var got []string
	for cursor := ""; ; {
		a := web.get(t, "/api/v1/changes?since="+at(2)+"&limit=2&cursor="+cursor)
		if a.status != 200 {
			t.Fatalf("got status %d: %s", a.status, a.body)
		}
		body := a.json(t)
		for _, c := range body["changes"].([]any) {
			c := c.(map[string]any)
			got = append(got, fmt.Sprint(c["revision"], " ", c["article"], " ", c["outcome"], " +", len(c["claims_added"].([]any)), " -", len(c["claims_removed"].([]any))))
		}
		if body["revision"] != queries.Revision(info) {
			t.Errorf("got revision %v, want %s", body["revision"], queries.Revision(info))
		}
		if cursor = body["next"].(string); (cursor != "") != body["truncated"].(bool) {
			t.Errorf("got truncated %v with next %q", body["truncated"], cursor)
		}
		if cursor == "" {
			break
		}
	}
	var want []string
	for i := 2; i < 5; i++ {
		want = append(want, fmt.Sprint(at(int64(i+1)), " ", facts[i].Article.ID, " new +", len(facts[i].Claims), " -0"))
	}
	want = append(want, fmt.Sprint(at(6), " ", facts[0].Article.ID, " forgotten +0 -", len(facts[0].Claims)))
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got changes\n%v, want\n%v", got, want)
	}
	for since, status := range map[string]int{at(6): 200, at(7): 400, at(-1): 400, "another-3": 410, info.StoreID: 400, "": 400, "3": 400, "-3": 400} {
		a := web.get(t, "/api/v1/changes?since="+url.QueryEscape(since))
		if a.status != status {
			t.Errorf("since %q: got status %d, want %d: %s", since, a.status, status, a.body)
		} else if status != 200 && a.problem(t)["field"] != "since" {
			t.Errorf("since %q: got field %v, want since", since, a.problem(t)["field"])
		}
	}
	if a := web.get(t, "/api/v1/changes?since="+at(3)+"&cursor="+at(2)); a.status != 400 || a.problem(t)["field"] != "cursor" {
		t.Errorf("a cursor before since: got status %d, want 400: %s", a.status, a.body)
	}
}
