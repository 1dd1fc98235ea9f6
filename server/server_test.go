package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
	"reformgraph/graph/sqlitestore"
	"reformgraph/queries"
	"reformgraph/queries/querytest"
	"reformgraph/server"
)

// reform is the fixture that the tests of queries use.
const reform = "../queries/testdata/reform.txt"

// fixture returns the facts of reform.
func fixture(t testing.TB) []graph.Facts {
	t.Helper()
	return querytest.Read(t, reform)
}

func sqliteStore(t testing.TB) graph.Store {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func neo4jStore(t testing.TB) graph.Store {
	t.Helper()
	srv := neo4jtest.Open(t)
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URL: srv.URI, User: srv.User, Password: srv.Password, Database: srv.Database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func load(t testing.TB, s graph.Store) {
	t.Helper()
	querytest.Load(t, s, reform)
}

const token = "a token for tests"

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// syncBuffer is a log that several goroutines write.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// site is a server under test on a real port.
type site struct {
	url string
	log *syncBuffer
}

func serve(t testing.TB, s graph.Store, in server.Ingester, change func(*server.Config)) site {
	t.Helper()
	log := &syncBuffer{}
	cfg := server.Config{Version: "test", TokenHashes: []string{hashOf("another"), hashOf(token)}, Log: slog.New(slog.NewJSONHandler(log, nil))}
	if change != nil {
		change(&cfg)
	}
	h, err := server.New(cfg, s, in)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return site{srv.URL, log}
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) problem(t testing.TB) map[string]any {
	t.Helper()
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("Content-Type %q, want application/problem+json; body %s", got, a.body)
	}
	return a.json(t)
}

func (a answer) json(t testing.TB) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(a.body), &m); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return m
}

func (s site) do(t testing.TB, method, path, body string, header ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(b)}
}

func (s site) get(t testing.TB, path string) answer { t.Helper(); return s.do(t, "GET", path, "") }

func q(name string, kv ...string) string {
	v := url.Values{}
	for i := 0; i < len(kv); i += 2 {
		v.Add(kv[i], kv[i+1])
	}
	return "/api/v1/queries/" + name + "?" + v.Encode()
}

func TestServer_sqlite(t *testing.T) { answers(t, sqliteStore(t)) }

func TestServer_neo4j(t *testing.T) { answers(t, neo4jStore(t)) }

// answers checks one answer of every route on a store.
func answers(t *testing.T, s graph.Store) {
	load(t, s)
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Forget: []string{"article:retracted-1"}}); err != nil {
		t.Fatal(err)
	}
	web := serve(t, s, nil, nil)

	t.Run("Catalogue", func(t *testing.T) {
		var got struct {
			Queries []struct {
				Name, Title, Description, Example string
				Params                            []map[string]any
				Columns                           []map[string]any
			}
		}
		if err := json.Unmarshal([]byte(web.get(t, "/api/v1/queries").body), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Queries) != len(queries.Catalogue()) {
			t.Fatalf("%d queries, want %d", len(got.Queries), len(queries.Catalogue()))
		}
		for _, d := range got.Queries {
			if d.Name == "" || d.Title == "" || d.Description == "" || len(d.Params) == 0 || len(d.Columns) == 0 {
				t.Errorf("query %q is not fully described", d.Name)
			}
			for _, c := range d.Columns {
				if c["description"] == "" {
					t.Errorf("query %s: column %v is not described", d.Name, c["name"])
				}
			}
			if a := web.get(t, d.Example); a.status != 200 {
				t.Errorf("example %s: status %d: %s", d.Example, a.status, a.body)
			}
		}
	})
	t.Run("Spread", func(t *testing.T) {
		a := web.get(t, q("spread", "experience", "有解思維"))
		body := a.json(t)
		if a.status != 200 || a.header.Get("Content-Type") != "application/json" {
			t.Fatalf("status %d, type %q", a.status, a.header.Get("Content-Type"))
		}
		if got := body["params"].(map[string]any)["experience"]; got != "experience:有解思维" {
			t.Errorf("params.experience = %v, want the id", got)
		}
		info, _ := s.Info(t.Context())
		if got, want := body["revision"], fmt.Sprintf("%s-%d", info.StoreID, info.Revision); got != want {
			t.Errorf("revision %v, want %v", got, want)
		}
		rows := body["rows"].([]any)
		if len(rows) != 8 {
			t.Fatalf("%d rows, want 8", len(rows))
		}
		first := rows[0].(map[string]any)
		for k, want := range map[string]any{"place": "place:370300", "place_name": "淄博市", "since": "2019-09", "precision": "month", "basis": "stated",
			"lag_days": 0.0, "direction": "origin", "article_count": 2.0} {
			if first[k] != want {
				t.Errorf("first row: %s = %v, want %v", k, first[k], want)
			}
		}
		last := rows[7].(map[string]any)
		for _, k := range []string{"since", "lag_days", "direction"} {
			if v, ok := last[k]; !ok || v != nil {
				t.Errorf("undated row: %s = %v, present %t; want null", k, v, ok)
			}
		}
		quote := first["evidence"].([]any)[0].(map[string]any)
		article := web.get(t, "/api/v1/articles/"+url.PathEscape(quote["article"].(string))).json(t)
		text := []rune(article["text"].(string))
		if got := string(text[int(quote["start"].(float64)):int(quote["end"].(float64))]); got != quote["quote"] {
			t.Errorf("the article has %q at the offsets of %q", got, quote["quote"])
		}
	})
	t.Run("Pages", func(t *testing.T) {
		var places []any
		cursor := ""
		for range 10 {
			body := web.get(t, q("spread", "experience", "有解思维", "limit", "3", "cursor", cursor)).json(t)
			for _, r := range body["rows"].([]any) {
				places = append(places, r.(map[string]any)["place"])
			}
			cursor = body["next"].(string)
			if (cursor != "") != body["truncated"].(bool) {
				t.Fatalf("truncated %v, next %q", body["truncated"], cursor)
			}
			if cursor == "" {
				break
			}
		}
		if len(places) != 8 || len(slices.CompactFunc(slices.Clone(places), func(a, b any) bool { return a == b })) != 8 {
			t.Errorf("pages hold %v, want 8 places once each", places)
		}
		first := web.get(t, q("spread", "experience", "有解思维", "limit", "3")).json(t)["next"].(string)
		if a := web.get(t, q("spread", "experience", "接诉即办", "cursor", first)); a.status != 400 || a.problem(t)["field"] != "cursor" {
			t.Errorf("another query's cursor: %d %s", a.status, a.body)
		}
	})
	t.Run("CSV", func(t *testing.T) {
		a := web.get(t, q("spread", "experience", "有解思维", "format", "csv", "limit", "3"))
		rows, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
		if err != nil || len(rows) != 4 {
			t.Fatalf("%d lines, %v; want a header and 3 rows", len(rows), err)
		}
		at := slices.Index(rows[0], "evidence_quote")
		if at < 0 || rows[1][at] != "淄博自2019年9月起以有解思维破解改革难题。" {
			t.Errorf("evidence_quote at %d of %v", at, rows[1])
		}
		if a.header.Get("X-Truncated") != "true" || !strings.Contains(a.header.Get("Link"), `rel="next"`) {
			t.Errorf("a cut CSV says nothing of it: %v", a.header)
		}
		next := strings.TrimSuffix(strings.TrimPrefix(a.header.Get("Link"), "<"), `>; rel="next"`)
		if a := web.get(t, next); strings.Count(a.body, "\n") != 4 || !strings.Contains(a.body, "沂源县") {
			t.Errorf("the linked page: %s", a.body)
		}
	})
	t.Run("CSVWithMark", func(t *testing.T) {
		for _, path := range []string{q("spread", "experience", "有解思维", "limit", "3", "format", "csv"), "/api/v1/places?format=csv&limit=2"} {
			plain, marked := web.get(t, path), web.get(t, path+"&bom=true")
			if marked.body != "\ufeff"+plain.body || marked.header.Get("Content-Type") != plain.header.Get("Content-Type") {
				t.Errorf("%s: with bom=true %.80q, want a mark and then %.80q", path, marked.body, plain.body)
			}
			if link := marked.header.Get("Link"); !strings.Contains(link, "bom=true") {
				t.Errorf("%s: the next page is %s, want one with bom=true", path, link)
			}
		}
	})
	t.Run("Graphs", func(t *testing.T) {
		for _, c := range []struct{ path, mediaType, start, inside, end string }{
			{"/api/v1/graph", "application/graphml+xml", "<graphml ", `<node id="place:370300">`, " edges -->\n"},
			{"/api/v1/graph?format=gexf", "application/gexf+xml", "<gexf ", `<spell start="2019-09-01"/>`, " edges -->\n"},
			{q("spread", "experience", "有解思维", "format", "gexf"), "application/gexf+xml", "<gexf ", `target="experience:有解思维" label="ADOPTED"`, " edges -->\n"},
			{q("flows", "to", "泰安", "format", "graphml"), "application/graphml+xml", "<graphml ", ">FLOW<", " edges -->\n"},
			{q("path", "from", "淄博", "to", "泰安", "format", "graphml"), "application/graphml+xml", "<graphml ", ">LEARNED_FROM<", "<!-- complete: 2 nodes, 1 edges -->\n"},
			{q("neighbours", "node", "place:370300", "limit", "1", "format", "graphml"), "application/graphml+xml", "<graphml ", `<data key="graph_truncated">true</data>`, "<!-- cut off: 2 nodes, 1 edges -->\n"},
		} {
			a := web.get(t, c.path)
			if a.status != 200 || a.header.Get("Content-Type") != c.mediaType {
				t.Errorf("%s: status %d, type %s: %.200s", c.path, a.status, a.header.Get("Content-Type"), a.body)
				continue
			}
			if err := xml.Unmarshal([]byte(a.body), &struct{}{}); err != nil {
				t.Errorf("%s: %v", c.path, err)
			}
			if !strings.Contains(a.body[:200], c.start) || !strings.Contains(a.body, c.inside) || !strings.HasSuffix(a.body, c.end) {
				t.Errorf("%s: want %s, %s and at the end %s in %.2000s", c.path, c.start, c.inside, c.end, a.body)
			}
		}
	})
	t.Run("NDJSON", func(t *testing.T) {
		lines := strings.Split(strings.TrimSpace(web.get(t, q("experiences", "format", "ndjson")).body), "\n")
		if len(lines) != 6 {
			t.Fatalf("%d lines, want 6", len(lines))
		}
		for _, l := range lines {
			if !json.Valid([]byte(l)) {
				t.Errorf("no JSON: %s", l)
			}
		}
	})
	t.Run("Node", func(t *testing.T) {
		for path, want := range map[string]string{
			"/api/v1/places/" + url.PathEscape("place:370285/姜山镇"):            "姜山镇",
			"/api/v1/places/place:370285/姜山镇":                                 "姜山镇",
			"/api/v1/places/place%3A370300":                                   "淄博市",
			"/api/v1/initiatives/" + url.PathEscape("initiative:370285:万事有解"): "万事有解",
			"/api/v1/leaders/" + url.PathEscape("leader:张伟@370900"):           "张伟",
			"/api/v1/pilots/pilot:CN:国家级试点":                                   "国家级试点",
			"/api/v1/articles/article:zibo-1":                                 "淄博这样把难题变成课题",
			"/api/v1/experiences/" + url.PathEscape("experience:社区食堂"):        "社区食堂",
		} {
			a := web.get(t, path)
			if a.status != 200 {
				t.Errorf("%s: status %d: %s", path, a.status, a.body)
				continue
			}
			n := a.json(t)
			if n["name"] != want {
				t.Errorf("%s: name %v, want %s", path, n["name"], want)
			}
			if claims := n["claims"].([]any); len(claims) == 0 || float64(len(claims)) != n["claim_count"] {
				t.Errorf("%s: %d claims, claim_count %v", path, len(claims), n["claim_count"])
			}
			if articles, ok := n["articles"].([]any); !ok || len(articles) == 0 && !strings.Contains(path, "articles") {
				t.Errorf("%s: articles %v", path, n["articles"])
			}
		}
		zibo := web.get(t, "/api/v1/places/place:370300").json(t)
		if got := fmt.Sprint(zibo["labels"]); got != "[City Entity Place]" {
			t.Errorf("labels %s", got)
		}
		if zibo["parent"] != "place:370000" || zibo["lat"] != nil {
			t.Errorf("parent %v, lat %v", zibo["parent"], zibo["lat"])
		}
	})
	t.Run("List", func(t *testing.T) {
		for _, r := range server.Routes() {
			name, ok := strings.CutPrefix(r[1], "/api/v1/")
			if !ok || strings.Contains(name, "/") || name == "queries" || name == "graph" || name == "changes" || r[0] != "GET" {
				continue
			}
			var ids []string
			cursor := ""
			for range 100 {
				body := web.get(t, "/api/v1/"+name+"?limit=2&cursor="+cursor).json(t)
				for _, n := range body["items"].([]any) {
					item := n.(map[string]any)
					if _, ok := item["claims"]; ok {
						t.Errorf("%s: an item of a list has claims", name)
					}
					ids = append(ids, item["id"].(string))
				}
				if cursor = body["next"].(string); cursor == "" {
					break
				}
			}
			if len(ids) == 0 || !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
				t.Errorf("%s: %v", name, ids)
			}
			if a := web.get(t, "/api/v1/"+name+"?format=csv&limit=1000"); strings.Count(a.body, "\n") < len(ids)+1 {
				t.Errorf("%s: CSV has %d lines for %d nodes", name, strings.Count(a.body, "\n"), len(ids))
			}
			if a := web.get(t, "/api/v1/"+name+"?cursor=zzz"); a.status != 400 || a.problem(t)["field"] != "cursor" {
				t.Errorf("%s: a made-up cursor: %d %s", name, a.status, a.body)
			}
		}
	})
	t.Run("About", func(t *testing.T) {
		about := web.get(t, "/about").json(t)
		if about["version"] != "test" || about["edition"] != querytest.Edition || about["articles"].(float64) != float64(len(fixture(t))-1) {
			t.Errorf("about: %v", about)
		}
		for _, path := range []string{"/healthz", "/readyz", "/"} {
			if a := web.get(t, path); a.status != 200 {
				t.Errorf("%s: status %d", path, a.status)
			}
		}
		for _, line := range strings.Split(web.get(t, "/").body, "\n") {
			if strings.HasPrefix(line, "/") {
				if a := web.get(t, line); a.status != 200 {
					t.Errorf("the index names %s: status %d: %s", line, a.status, a.body)
				}
			}
		}
	})
	t.Run("Load", func(t *testing.T) { duringLoad(t, s, web) })
}

// duringLoad reads while articles come and go: every answer is that of one
// revision, whole.
func duringLoad(t *testing.T, s graph.Store, web site) {
	facts := fixture(t)
	i := slices.IndexFunc(facts, func(f graph.Facts) bool { return f.Article.ID == "article:retracted-1" })
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
			batch := graph.Batch{Edition: querytest.Edition, Load: facts[i : i+1]}
			if info, err := s.Info(t.Context()); err == nil && info.Revision%2 == 1 {
				batch = graph.Batch{Edition: querytest.Edition, Forget: []string{"article:retracted-1"}}
			}
			if _, err := s.Apply(t.Context(), batch); err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("load: %v", err)
			}
		}
	}()
	var mu sync.Mutex
	seen := map[string]string{} // since of 泰安 by revision
	both := func() bool {
		mu.Lock()
		defer mu.Unlock()
		values := map[string]bool{}
		for _, v := range seen {
			values[v] = true
		}
		return values["2015"] && values["2020"]
	}
	deadline := time.Now().Add(time.Minute)
	var readers sync.WaitGroup
	for range 4 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for n := 0; n < 15 || !both() && time.Now().Before(deadline); n++ {
				a := web.get(t, q("spread", "experience", "有解思维", "place", "泰安"))
				if a.status == 503 && a.header.Get("Retry-After") != "" {
					continue
				}
				body := a.json(t)
				rows, _ := body["rows"].([]any)
				if a.status != 200 || len(rows) != 1 {
					t.Errorf("status %d: %s", a.status, a.body)
					return
				}
				since := rows[0].(map[string]any)["since"].(string)
				revision := body["revision"].(string)
				mu.Lock()
				if old, ok := seen[revision]; ok && old != since {
					t.Errorf("revision %s answers %s and %s", revision, old, since)
				}
				seen[revision] = since
				mu.Unlock()
			}
		}()
	}
	readers.Wait()
	close(stop)
	wg.Wait()
	if !both() {
		t.Errorf("answers saw %v, want both states of the graph", seen)
	}
}

func TestServer_errors(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, ingester{s}, func(c *server.Config) { c.BodyLimit = 1000 })
	auth := []string{"Authorization", "Bearer " + token, "Content-Type", "application/json"}
	tests := []struct {
		name, method, path, body string
		header                   []string
		status                   int
		field, detail            string
	}{
		{"UnknownParameter", "GET", q("spread", "experience", "有解思维", "plaace", "淄博"), "", nil, 400, "plaace", "is not a parameter"},
		{"RepeatedParameter", "GET", q("spread", "experience", "有解思维", "experience", "x"), "", nil, 400, "experience", "2 times"},
		{"MissingParameter", "GET", q("evidence"), "", nil, 400, "node", "missing"},
		{"BadLimit", "GET", q("spread", "experience", "有解思维", "limit", "1001"), "", nil, 400, "limit", "from 1 to 1000"},
		{"BadFormat", "GET", q("spread", "experience", "有解思维", "format", "table"), "", nil, 400, "format", "json, csv, ndjson, graphml, gexf"},
		{"NoGraph", "GET", q("coverage", "format", "gexf"), "", nil, 400, "format", "json, csv, ndjson"},
		{"BadMark", "GET", q("coverage", "format", "csv", "bom", "1"), "", nil, 400, "bom", "true, false"},
		{"TooLong", "GET", q("city", "place", strings.Repeat("长", 301)), "", nil, 400, "place", "at most 300 characters"},
		{"NotANumber", "GET", q("experiences", "min_confidence", "high"), "", nil, 400, "min_confidence", "a number from 0 to 1"},
		{"NoNumber", "GET", q("experiences", "min_confidence", "NaN"), "", nil, 400, "min_confidence", "a number from 0 to 1"},
		{"BadDate", "GET", q("spread", "experience", "有解思维", "since", "2019-13"), "", nil, 400, "since", "2019-13"},
		{"NoRevision", "GET", "/api/v1/changes?since=now", "", nil, 400, "since", "STOREID-N"},
		{"RevisionMissing", "GET", "/api/v1/changes?since=", "", nil, 400, "since", "is missing"},
		{"BadGraphFormat", "GET", "/api/v1/graph?format=dot", "", nil, 400, "format", "graphml, gexf"},
		{"BadQueryString", "GET", "/api/v1/queries/spread?experience=%zz", "", nil, 400, "", "not well formed"},
		{"UnknownQuery", "GET", q("sprread"), "", nil, 404, "name", "sprread"},
		{"UnknownExperience", "GET", q("spread", "experience", "无"), "", nil, 404, "experience", "无"},
		{"AmbiguousPlace", "GET", q("city", "place", "通州"), "", nil, 300, "place", "place:110112"},
		{"UnknownNode", "GET", "/api/v1/places/place:999999", "", nil, 404, "id", "place:999999"},
		{"NodeOfAnotherLabel", "GET", "/api/v1/pilots/place:370300", "", nil, 404, "id", "no Pilot"},
		{"NoSuchPath", "GET", "/api/v2/queries", "", nil, 404, "", "nothing at this path"},
		{"WrongMethod", "PUT", "/api/v1/queries", "", nil, 405, "", "method"},
		{"WrongMethodOnNode", "DELETE", "/api/v1/places/place:370300", "", nil, 405, "", "method"},
		{"NoToken", "POST", "/api/v1/articles", "{}", []string{"Content-Type", "application/json"}, 401, "", "token"},
		{"WrongToken", "POST", "/api/v1/articles", "{}", []string{"Authorization", "Bearer guess", "Content-Type", "application/json"}, 401, "", "token"},
		{"TokenOfAnotherScheme", "POST", "/api/v1/articles", "{}", []string{"Authorization", "Basic " + token}, 401, "", "token"},
		{"WrongType", "POST", "/api/v1/articles", "{}", []string{"Authorization", "Bearer " + token, "Content-Type", "text/plain"}, 415, "Content-Type", "application/json"},
		{"TooLarge", "POST", "/api/v1/articles", `{"text":"` + strings.Repeat("长", 1000) + `"}`, auth, 413, "", "1000 bytes"},
		{"BadArticle", "POST", "/api/v1/articles", `{"text":""}`, auth, 400, "text", "is empty"},
		{"NoText", "POST", "/api/v1/articles", `{"title":"一篇"}`, auth, 400, "text", "is missing"},
		{"MemberOfAnotherType", "POST", "/api/v1/articles", `{"title":7,"text":"一句话。"}`, auth, 400, "title", "want null or string"},
		{"AuthorOfAnotherType", "POST", "/api/v1/articles", `{"authors":["甲",7],"text":"一句话。"}`, auth, 400, "authors", "want string"},
		{"HugeNumber", "POST", "/api/v1/articles", `{"id":1e999999999,"text":"一句话。"}`, auth, 400, "body", "number"},
		{"TwoBodies", "POST", "/api/v1/articles", `{"text":"一句话。"} {}`, auth, 400, "body", "after top-level value"},
		{"NoObject", "POST", "/api/v1/articles", `["一句话。"]`, auth, 400, "body", "want object"},
		{"NoJSON", "POST", "/api/v1/articles", `{"text":`, auth, 400, "body", "unexpected end"},
		{"BadDryRun", "POST", "/api/v1/articles?dry_run=1", `{}`, auth, 400, "dry_run", "one of true, false"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := web.do(t, tt.method, tt.path, tt.body, tt.header...)
			if a.status != tt.status {
				t.Fatalf("status %d, want %d: %s", a.status, tt.status, a.body)
			}
			p := a.problem(t)
			field, _ := p["field"].(string)
			if field != tt.field || !strings.Contains(p["detail"].(string), tt.detail) {
				t.Errorf("field %q, detail %q; want field %q and a detail with %q", field, p["detail"], tt.field, tt.detail)
			}
			if p["status"] != float64(tt.status) || p["title"] == "" || p["request_id"] != a.header.Get("X-Request-Id") {
				t.Errorf("problem %v", p)
			}
			switch tt.status {
			case 300:
				if len(p["choices"].([]any)) != 2 {
					t.Errorf("choices %v, want 2", p["choices"])
				}
			case 401:
				if a.header.Get("WWW-Authenticate") == "" {
					t.Error("no WWW-Authenticate")
				}
			case 405:
				if !strings.Contains(a.header.Get("Allow"), "GET") {
					t.Errorf("Allow %q", a.header.Get("Allow"))
				}
			}
		})
	}
}

// Every route refuses a parameter that it does not know.
func TestServer_unknownParameters(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, ingester{s}, nil)
	for _, r := range server.Routes() {
		path := strings.NewReplacer(":name", "spread", "*", "x:y").Replace(r[1])
		a := web.do(t, r[0], path+"?nonsense=1", "{}", "Authorization", "Bearer "+token, "Content-Type", "application/json")
		if a.status != 400 || a.problem(t)["field"] != "nonsense" {
			t.Errorf("%s %s: status %d: %s", r[0], path, a.status, a.body)
		}
	}
}

// ingester stands in for the loaders: it finds the one claim of its test article.
type ingester struct{ store graph.Store }

func (in ingester) Extract(_ context.Context, articles iter.Seq[server.Sent], each func(json.RawMessage, error)) error {
	for sent := range articles {
		if sent.Article == nil && sent.Err == nil {
			continue
		}
		f, err := in.facts(sent)
		if err != nil {
			each(nil, err)
			continue
		}
		each(json.Marshal(map[string]any{"article": map[string]any{"id": f.Article.ID}}))
	}
	return nil
}

func (in ingester) facts(sent server.Sent) (graph.Facts, error) {
	var a struct{ ID, Text string }
	if sent.Err != nil {
		return graph.Facts{}, sent.Err
	}
	if err := json.Unmarshal(sent.Article, &a); err != nil {
		return graph.Facts{}, &graph.InvalidError{Field: "article", Reason: "is no JSON object"}
	}
	if a.Text == "" {
		return graph.Facts{}, &graph.InvalidError{Field: "text", Reason: "is empty"}
	}
	return graph.Facts{Article: graph.Article{ID: "article:" + a.ID, Text: a.Text}}, nil
}

func (in ingester) Load(ctx context.Context, articles iter.Seq[server.Sent], each func(server.Loaded, error)) error {
	for sent := range articles {
		if sent.Article == nil && sent.Err == nil {
			continue
		}
		f, err := in.facts(sent)
		if err != nil {
			each(server.Loaded{}, err)
			continue
		}
		r, err := in.store.Apply(ctx, graph.Batch{Edition: querytest.Edition, Load: []graph.Facts{f}})
		if err != nil {
			return err
		}
		each(server.Loaded{Article: f.Article.ID, Outcome: string(r.Articles[0].Outcome)}, nil)
	}
	return nil
}

func TestServer_post(t *testing.T) {
	s := sqliteStore(t)
	web := serve(t, s, ingester{s}, nil)
	post := func(path string) answer {
		return web.do(t, "POST", path, `{"id":"新/1","text":"一句话。"}`, "Authorization", "bearer "+token, "Content-Type", "application/json; charset=utf-8")
	}
	if a := post("/api/v1/articles?dry_run=true"); a.status != 200 || !strings.Contains(a.body, "article:新/1") {
		t.Fatalf("dry run: %d %s", a.status, a.body)
	}
	if info, _ := s.Info(t.Context()); info.Articles != 0 {
		t.Fatalf("a dry run stored %d articles", info.Articles)
	}
	a := post("/api/v1/articles")
	if a.status != 201 || a.json(t)["outcome"] != "new" {
		t.Fatalf("new: %d %s", a.status, a.body)
	}
	if got := web.get(t, a.header.Get("Location")); got.status != 200 || got.json(t)["text"] != "一句话。" {
		t.Errorf("Location %s: %d %s", a.header.Get("Location"), got.status, got.body)
	}
	if a := post("/api/v1/articles"); a.status != 200 || a.json(t)["outcome"] != "unchanged" {
		t.Errorf("again: %d %s", a.status, a.body)
	}
	if a := serve(t, s, ingester{s}, func(c *server.Config) { c.TokenHashes = nil }).do(t, "POST", "/api/v1/articles", "{}", "Authorization", "Bearer "); a.status != 401 {
		t.Errorf("without any token in the settings: %d", a.status)
	}
}

// moody is a store that fails as it is told.
type moody struct {
	graph.Store
	fail atomic.Pointer[error]
	wait chan struct{} // not nil: Run waits for it
}

func (m *moody) mood() error {
	if p := m.fail.Load(); p != nil {
		if errors.Is(*p, errPanic) {
			panic("secret of the house")
		}
		return *p
	}
	return nil
}

var errPanic = errors.New("panic")

func (m *moody) Run(ctx context.Context, st graph.Statement, p map[string]any, each func(graph.Row) error) error {
	if m.wait != nil {
		select {
		case <-m.wait:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := m.mood(); err != nil {
		return err
	}
	return m.Store.Run(ctx, st, p, each)
}

func (m *moody) Info(ctx context.Context) (graph.Info, error) {
	if err := m.mood(); err != nil {
		return graph.Info{}, err
	}
	return m.Store.Info(ctx)
}

func TestServer_storeFailures(t *testing.T) {
	s := &moody{Store: sqliteStore(t)}
	load(t, s.Store)
	web := serve(t, s, nil, nil)
	path := q("spread", "experience", "有解思维")
	for _, tt := range []struct {
		err    error
		status int
	}{
		{fmt.Errorf("secret address: %w", graph.ErrUnavailable), 503},
		{fmt.Errorf("secret address: %w", graph.ErrBusy), 503},
		{errors.New("secret of the house"), 500},
		{errPanic, 500},
	} {
		s.fail.Store(&tt.err)
		for _, p := range []string{path, "/readyz", "/about", "/api/v1/places", "/api/v1/places/place:370300"} {
			a := web.get(t, p)
			if a.status != tt.status {
				t.Errorf("%v: %s: status %d, want %d", tt.err, p, a.status, tt.status)
				continue
			}
			if strings.Contains(a.body, "secret") {
				t.Errorf("%v: %s tells the client: %s", tt.err, p, a.body)
			}
			if (a.header.Get("Retry-After") != "") != (tt.status == 503) {
				t.Errorf("%v: %s: Retry-After %q", tt.err, p, a.header.Get("Retry-After"))
			}
			id, _ := a.problem(t)["request_id"].(string)
			if !logSays(web.log.String(), id, "secret") && tt.err != errPanic || !logSays(web.log.String(), id, "") {
				t.Errorf("%v: the log has no cause under %s", tt.err, id)
			}
		}
		if a := web.get(t, "/healthz"); a.status != 200 {
			t.Errorf("healthz: %d", a.status)
		}
		s.fail.Store(nil)
		if a := web.get(t, path); a.status != 200 {
			t.Errorf("after %v: status %d, want the server to recover", tt.err, a.status)
		}
	}
	if !strings.Contains(web.log.String(), "secret of the house") {
		t.Error("the log has no word of the panic")
	}
}

// logSays says whether the record of a request id has a text.
func logSays(log, id, text string) bool {
	for _, line := range strings.Split(log, "\n") {
		if strings.Contains(line, `"`+id+`"`) && strings.Contains(line, text) {
			return true
		}
	}
	return false
}

func TestServer_slowStore(t *testing.T) {
	s := &moody{Store: sqliteStore(t), wait: make(chan struct{})}
	web := serve(t, s, nil, func(c *server.Config) { c.RequestTimeout = 50 * time.Millisecond })
	a := web.get(t, q("spread", "experience", "有解思维"))
	if a.status != 503 || a.header.Get("Retry-After") == "" {
		t.Errorf("status %d, Retry-After %q: %s", a.status, a.header.Get("Retry-After"), a.body)
	}
}

// A stop lets a request in hand finish and takes no new ones.
func TestServer_gracefulStop(t *testing.T) {
	s := &moody{Store: sqliteStore(t), wait: make(chan struct{})}
	load(t, s.Store)
	h, err := server.New(server.Config{Log: slog.New(slog.DiscardHandler)}, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, l, h, server.Config{Log: slog.New(slog.DiscardHandler)}) }()
	base := "http://" + l.Addr().String()
	got := make(chan int, 1)
	started := make(chan struct{})
	go func() {
		close(started)
		res, err := http.Get(base + q("spread", "experience", "有解思维"))
		if err != nil {
			got <- 0
			return
		}
		res.Body.Close()
		got <- res.StatusCode
	}()
	<-started
	time.Sleep(100 * time.Millisecond)
	cancel()
	time.Sleep(100 * time.Millisecond)
	if _, err := http.Get(base + "/healthz"); err == nil {
		t.Error("a new request was taken after the stop")
	}
	close(s.wait)
	if status := <-got; status != 200 {
		t.Errorf("the request in hand: status %d, want 200", status)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v, want nil", err)
	}
}

func TestServer_settings(t *testing.T) {
	for _, cfg := range []server.Config{{TokenHashes: []string{"abc"}}, {ReadTokenHashes: []string{"abc"}}, {TrustedProxies: []string{"10.0.0.1"}},
		{PublishText: "none"}, {CORSOrigins: []string{"example.org"}}, {CORSOrigins: []string{"https://example.org/page"}}} {
		if _, err := server.New(cfg, nil, nil); err == nil {
			t.Errorf("settings %+v are taken", cfg)
		}
	}
}

// Who a client is: only a trusted proxy is believed.
func TestServer_clientAddress(t *testing.T) {
	s := sqliteStore(t)
	for _, tt := range []struct {
		trusted []string
		want    string
	}{{nil, "127.0.0.1"}, {[]string{"127.0.0.0/8"}, "203.0.113.9"}} {
		web := serve(t, s, nil, func(c *server.Config) { c.TrustedProxies = tt.trusted })
		web.do(t, "GET", "/healthz", "", "X-Forwarded-For", "203.0.113.9", "X-Request-Id", "mine-1")
		if !logSays(web.log.String(), "mine-1", `"client":"`+tt.want+`"`) {
			t.Errorf("trusting %v the log says %s, want client %s", tt.trusted, web.log, tt.want)
		}
	}
}

// curl percent-encodes nothing of itself: ids work encoded as a whole, and raw.
func TestServer_curl(t *testing.T) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("no curl on this machine")
	}
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, nil, nil)
	for _, path := range []string{
		"/api/v1/places/place%3A370285%2F%E5%A7%9C%E5%B1%B1%E9%95%87",
		"/api/v1/places/place%3a370285%2f%e5%a7%9c%e5%b1%b1%e9%95%87",
		"/api/v1/places/place:370285/姜山镇",
		"/api/v1/initiatives/initiative%3A370285%2F%E5%A7%9C%E5%B1%B1%E9%95%87%3A%E4%B8%87%E4%BA%8B%E6%9C%89%E8%A7%A3",
		"/api/v1/queries/spread?experience=有解思维&place=姜山",
	} {
		out, err := exec.CommandContext(t.Context(), curl, "-sS", "--fail", "--path-as-is", web.url+path).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "姜山镇") {
			t.Errorf("curl %s: %v: %s", path, err, out)
		}
	}
	head, err := exec.CommandContext(t.Context(), curl, "-sSI", web.url+"/api/v1/queries").CombinedOutput()
	if err != nil || !strings.HasPrefix(string(head), "HTTP/1.1 200") {
		t.Errorf("curl -I: %v: %s", err, head)
	}
}

// large is a store of so many nodes that they are not sent at once.
type large struct{ graph.Store }

func (large) Export(_ context.Context, each func(graph.Record) error) error {
	for i := range 20000 {
		if err := each(graph.Record{Node: &graph.NodeRecord{ID: fmt.Sprintf("experience:%d", i)}}); err != nil {
			return err
		}
	}
	return nil
}

// A graph that could not be sent whole ends in a broken connection.
func TestServer_graphCutShort(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := sqliteStore(t)
	h, err := server.New(server.Config{Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}, large{s}, nil)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(cutter{w, cancel}, r.WithContext(ctx))
	}))
	defer srv.Close()
	resp, err := http.Get(srv.URL + "/api/v1/graph?format=gexf")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK || err == nil {
		t.Errorf("status %d, the body of %d bytes ends with error %v; want 200 and a broken connection", resp.StatusCode, len(body), err)
	}
}

// cutter ends the work for a request once the first bytes of its answer are sent.
type cutter struct {
	http.ResponseWriter
	cancel context.CancelFunc
}

func (w cutter) Write(b []byte) (int, error) {
	w.cancel()
	return w.ResponseWriter.Write(b)
}
