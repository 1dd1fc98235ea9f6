package server_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"reformgraph/graph"
)

func TestServer_metrics(t *testing.T) {
	s := &moody{Store: sqliteStore(t)}
	load(t, s.Store)
	web := serve(t, s, ingester{s.Store}, nil)
	for range 3 {
		web.get(t, "/api/v1/places/place:370300")
	}
	web.get(t, "/api/v1/places/place:999999")
	web.get(t, "/made/up/4711")
	web.do(t, "BREW", "/about", "")
	web.do(t, "POST", "/api/v1/articles", `{"id":"n","text":"一句。"}`, "Authorization", "Bearer "+token, "Content-Type", "application/json")
	a := web.get(t, "/metrics")
	if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") {
		t.Fatalf("got status %d, type %q", a.status, a.header.Get("Content-Type"))
	}
	for _, want := range []string{
		`reformgraph_http_requests_total{method="GET",route="/api/v1/places/*",status="200"} 3`,
		`reformgraph_http_requests_total{method="GET",route="/api/v1/places/*",status="404"} 1`,
		`reformgraph_http_request_seconds_count{route="/api/v1/places/*"} 4`,
		`reformgraph_http_requests_in_flight 1`,
		`reformgraph_articles_total{outcome="new"} 1`,
		`reformgraph_build_info{version="test"} 1`,
		`reformgraph_store_up 1`,
		fmt.Sprintf("reformgraph_store_articles %d", len(fixture(t))+1),
		`reformgraph_store_revision 2`,
	} {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(want) + `$`).MatchString(a.body) {
			t.Errorf("got no line %s", want)
		}
	}
	for _, madeUp := range []string{"4711", "BREW", "place:370300"} {
		if strings.Contains(a.body, madeUp) {
			t.Errorf("got %s in a label, which clients choose", madeUp)
		}
	}
	gone := fmt.Errorf("x: %w", graph.ErrUnavailable)
	s.fail.Store(&gone)
	if a := web.get(t, "/metrics"); a.status != 200 || !strings.Contains(a.body, "reformgraph_store_up 0") {
		t.Errorf("without a store: got status %d, want 200 and reformgraph_store_up 0", a.status)
	}
}
