package server_test

import (
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/queries/export"
	"reformgraph/queries/querytest"
	"reformgraph/server"
)

func TestServer_etag(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, nil, nil)
	newer := serve(t, s, nil, func(c *server.Config) { c.Version = "newer" })
	paths := []string{q("spread", "experience", "有解思维"), q("spread", "experience", "有解思维", "format", "csv"), "/api/v1/places",
		"/api/v1/places?limit=2", "/api/v1/places/place:370300", "/api/v1/queries", "/about"}
	tags := map[string]string{}
	for _, p := range paths {
		tag := web.get(t, p).header.Get("ETag")
		if tag == "" || tags[tag] != "" {
			t.Errorf("%s: got ETag %q, which %q has too", p, tag, tags[tag])
		}
		tags[tag] = p
		for _, field := range []string{tag, `"other", W/` + tag, "*"} {
			if a := web.do(t, "GET", p, "", "If-None-Match", field); a.status != 304 || a.body != "" || a.header.Get("ETag") != tag {
				t.Errorf("%s, If-None-Match %s: got status %d, ETag %q, want 304 and %q", p, field, a.status, a.header.Get("ETag"), tag)
			}
		}
		if a := newer.do(t, "GET", p, "", "If-None-Match", tag); a.status != 200 {
			t.Errorf("%s of another version: got status %d, want 200", p, a.status)
		}
	}
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Forget: []string{"article:retracted-1"}}); err != nil {
		t.Fatal(err)
	}
	for tag, p := range tags {
		if a := web.do(t, "GET", p, "", "If-None-Match", tag); a.status != 200 {
			t.Errorf("%s after a change: got status %d, want 200", p, a.status)
		}
	}
	for _, p := range []string{q("spread", "experience", "无"), "/api/v1/places/place:999999", q("spread")} {
		if a := web.get(t, p); a.header.Get("ETag") != "" {
			t.Errorf("%s: got ETag %q on status %d, want none", p, a.header.Get("ETag"), a.status)
		}
	}
}

func TestServer_gzip(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, nil, nil)
	for _, p := range []string{q("spread", "experience", "有解思维"), "/api/v1/places?format=ndjson", "/api/v1/places/place:370300"} {
		plain := web.do(t, "GET", p, "", "Accept-Encoding", "identity")
		zipped := web.do(t, "GET", p, "", "Accept-Encoding", "br, gzip;q=0.5")
		if zipped.header.Get("Content-Encoding") != "gzip" || plain.header.Get("Content-Encoding") != "" {
			t.Fatalf("%s: got Content-Encoding %q and %q", p, zipped.header.Get("Content-Encoding"), plain.header.Get("Content-Encoding"))
		}
		z, err := gzip.NewReader(strings.NewReader(zipped.body))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(z); err != nil || string(got) != plain.body {
			t.Errorf("%s: got %d bytes, %v, want the same %d bytes", p, len(got), err, len(plain.body))
		}
		if plain.header.Get("ETag") == zipped.header.Get("ETag") || !strings.Contains(zipped.header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: got one ETag for both codings, or Vary %q", p, zipped.header.Get("Vary"))
		}
		if len(zipped.body) >= len(plain.body) {
			t.Errorf("%s: got %d bytes zipped, %d plain", p, len(zipped.body), len(plain.body))
		}
	}
	if a := web.do(t, "GET", "/api/v1/places", "", "Accept-Encoding", "gzip;q=0"); a.header.Get("Content-Encoding") != "" {
		t.Error("gzip;q=0: got gzip")
	}
	if a := web.do(t, "GET", q("spread", "experience", "无"), "", "Accept-Encoding", "gzip"); a.status != 404 || a.problem(t)["field"] != "experience" {
		t.Errorf("an error: got status %d: %s", a.status, a.body)
	}
}

func TestServer_cors(t *testing.T) {
	s := sqliteStore(t)
	const site, other = "https://example.org", "https://example.com"
	preflight := []string{"Access-Control-Request-Method", "POST", "Origin"}
	off := serve(t, s, nil, nil)
	one := serve(t, s, nil, func(c *server.Config) { c.CORSOrigins = []string{site} })
	all := serve(t, s, nil, func(c *server.Config) { c.CORSOrigins = []string{"*"} })
	for _, tt := range []struct {
		name, origin string
		web          interface {
			do(testing.TB, string, string, string, ...string) answer
		}
		allowed bool
	}{{"Off", site, off, false}, {"Named", site, one, true}, {"NotNamed", other, one, false}, {"All", other, all, true}} {
		t.Run(tt.name, func(t *testing.T) {
			want := ""
			if tt.allowed {
				want = tt.origin
			}
			a := tt.web.do(t, "GET", "/about", "", "Origin", tt.origin)
			if got := a.header.Get("Access-Control-Allow-Origin"); a.status != 200 || got != want {
				t.Errorf("got status %d, Allow-Origin %q, want 200 and %q", a.status, got, want)
			}
			a = tt.web.do(t, "OPTIONS", "/api/v1/articles", "", append(preflight, tt.origin)...)
			if got := a.header.Get("Access-Control-Allow-Origin"); a.status != http.StatusNoContent || got != want {
				t.Errorf("preflight: got status %d, Allow-Origin %q, want 204 and %q", a.status, got, want)
			}
			if tt.allowed && !strings.Contains(a.header.Get("Access-Control-Allow-Headers"), "Authorization") {
				t.Errorf("preflight: got Allow-Headers %q", a.header.Get("Access-Control-Allow-Headers"))
			}
		})
	}
}

// With tokens for reading, nothing but the probes is open, and only a token for
// writing changes anything. Statements in SQL and Cypher read.
func TestServer_readTokens(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, ingester{s}, func(c *server.Config) { c.ReadTokenHashes = []string{hashOf("reader")} })
	for _, r := range server.Routes() {
		path := strings.NewReplacer(":name", "experiences", "*", "x:y").Replace(r[1])
		probe := path == "/healthz" || path == "/readyz"
		writes := r[0] != "GET" && path != "/api/v1/sql" && path != "/api/v1/cypher"
		if a := web.do(t, r[0], path, ""); (a.status == 401) == probe {
			t.Errorf("%s %s without a token: got status %d", r[0], path, a.status)
		}
		if a := web.do(t, r[0], path, "", "Authorization", "Bearer reader"); (a.status == 401) != writes {
			t.Errorf("%s %s as a reader: got status %d", r[0], path, a.status)
		}
		if a := web.do(t, r[0], path, "", "Authorization", "Bearer "+token); a.status == 401 {
			t.Errorf("%s %s as a writer: got status %d", r[0], path, a.status)
		}
	}
}

// With publish_text=quotes no answer holds more of an article than its claims quote.
func TestServer_publishQuotes(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, nil, func(c *server.Config) { c.PublishText = server.PublishQuotes })
	full := serve(t, s, nil, nil)
	const path = "/api/v1/articles/article:zibo-1"
	got, want := web.get(t, path).json(t), full.get(t, path).json(t)
	if text, there := got["text"]; text != nil || !there {
		t.Errorf("got text %v, present %t, want null", text, there)
	}
	for _, key := range []string{"title", "url", "text_sha256", "claim_count"} {
		if got[key] != want[key] {
			t.Errorf("got %s %v, want %v", key, got[key], want[key])
		}
	}
	if quote := got["claims"].([]any)[0].(map[string]any)["quote"]; quote == "" || !strings.Contains(want["text"].(string), quote.(string)) {
		t.Errorf("got quote %q, want words of the text", quote)
	}
}

// unquoted lists the parts of the articles, of some length, that no claim quotes and
// no name or title repeats.
func unquoted(facts []graph.Facts) (parts []string) {
	const least = 12
	var names strings.Builder
	for _, f := range facts {
		names.WriteString(f.Article.Title + "\n")
		for _, m := range f.Mentions {
			names.WriteString(m.Name + "\n" + strings.Join(m.Aliases, "\n") + "\n")
		}
	}
	for _, f := range facts {
		text := []rune(f.Article.Text)
		for _, c := range f.Claims {
			for i := c.Start; i < c.End; i++ {
				text[i] = '\n'
			}
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if utf8.RuneCountInString(line) >= least && !strings.Contains(names.String(), line) {
				parts = append(parts, line)
			}
		}
	}
	return parts
}

func TestServer_publishQuotesSqlite(t *testing.T) {
	testNoTexts(t, sqliteStore(t), []string{"json", "csv", "ndjson"}, export.Formats())
}

func TestServer_publishQuotesNeo4j(t *testing.T) {
	testNoTexts(t, neo4jStore(t), []string{"json"}, export.Formats()[:1])
}

// No route in any of the formats gives words of an article that no claim quotes.
func testNoTexts(t *testing.T, s graph.Store, rows, graphs []string) {
	load(t, s)
	// Some words that no claim is about, and their like in an article without any claim.
	const silent = "这一句没有任何说法，只是为了看它会不会被人看见。"
	facts := append(fixture(t), graph.Facts{Article: graph.Article{ID: "article:silent", Title: "无话", URL: "https://example.org/silent", Text: silent}})
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Load: facts[len(facts)-1:]}); err != nil {
		t.Fatal(err)
	}
	parts := unquoted(facts)
	if len(parts) < 3 {
		t.Fatalf("got %q, want some parts that no claim quotes", parts)
	}
	web := serve(t, s, ingester{s}, func(c *server.Config) { c.PublishText, c.Adhoc = server.PublishQuotes, server.AdhocOpen })
	full := serve(t, s, ingester{s}, nil)
	var paths []string
	each := func(path string, formats []string) {
		for _, f := range formats {
			paths = append(paths, path+"format="+f)
		}
	}
	for _, q := range queries.Catalogue() {
		params := maps.Clone(q.Example)
		params.Set("limit", "1000")
		each("/api/v1/queries/"+q.Name+"?"+params.Encode()+"&", rows)
		if queries.HasGraph(q.Name) {
			each("/api/v1/queries/"+q.Name+"?"+params.Encode()+"&", graphs)
		}
	}
	for _, part := range parts { // what is searched for is in the answer's params
		each(q("search", "q", string([]rune(part)[:4]), "limit", "1000")+"&", rows)
	}
	info, err := s.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	paths = append(paths, "/", "/about", "/api/v1/changes?limit=1000&since="+info.StoreID+"-0")
	each("/api/v1/graph?", graphs)
	for _, r := range server.Routes() {
		if base, ok := strings.CutSuffix(r[1], "/*"); ok && r[0] == "GET" {
			each(base+"?limit=1000&", rows)
			limit := "limit=2"
			if base == "/api/v1/articles" {
				limit = "limit=1000"
			}
			for _, n := range web.get(t, base+"?"+limit).json(t)["items"].([]any) {
				paths = append(paths, base+"/"+url.PathEscape(n.(map[string]any)["id"].(string)))
			}
		}
	}
	shown := map[string]bool{} // parts that are in an answer with publish_text=full
	for _, path := range paths {
		a, b := web.get(t, path), full.get(t, path)
		if a.status != 200 || b.status != 200 {
			t.Errorf("%s: got status %d and %d: %.200s", path, a.status, b.status, a.body)
		}
		for _, part := range parts {
			if strings.Contains(a.body, part) {
				t.Errorf("%s: the answer has %q", path, part)
			}
			if strings.Contains(b.body, part) {
				shown[part] = true
			}
		}
	}
	if len(shown) != len(parts) {
		t.Errorf("with publish_text=full %d of %d parts are shown: the check above says little", len(shown), len(parts))
	}
	for _, language := range []string{"sql", "cypher"} {
		if a := web.statement(t, "/api/v1/"+language, "SELECT text FROM articles"); a.status != 501 {
			t.Errorf("%s: got status %d: %s", language, a.status, a.body)
		}
	}
	a := web.get(t, "/api/v1/articles/article:silent").json(t)
	if a["text"] != nil || a["url"] != "https://example.org/silent" {
		t.Errorf("got text %v and url %v, want the link alone", a["text"], a["url"])
	}
}
