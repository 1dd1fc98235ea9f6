package server_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/server"
)

func openAdhoc(c *server.Config) { c.Adhoc = server.AdhocOpen }

func (s site) statement(t testing.TB, path, statement string, header ...string) answer {
	t.Helper()
	b, err := json.Marshal(map[string]any{"statement": statement, "params": map[string]any{"n": 3, "list": []any{"a", "b"}}})
	if err != nil {
		t.Fatal(err)
	}
	return s.do(t, "POST", path, string(b), append([]string{"Content-Type", "application/json"}, header...)...)
}

func TestAdhoc(t *testing.T) {
	for _, test := range []struct {
		name                             string
		open                             func(testing.TB) graph.Store
		path, other, many, wrong, write  string
		count, refusal, formula, another string
	}{
		{"SQLite", sqliteStore, "/api/v1/sql", "/api/v1/cypher",
			"WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c", "SELECT nothing FROM claims", "DELETE FROM claim",
			"SELECT :n + 1 AS n, (SELECT count(*) FROM json_each(:list)) AS m", "delete", "SELECT '=1+1' AS x", "sql"},
		{"Neo4j", neo4jStore, "/api/v1/cypher", "/api/v1/sql",
			"UNWIND range(1, 1000000) AS n RETURN n", "MATCH (n RETURN n", "MATCH (n) DETACH DELETE n",
			"RETURN $n + 1 AS n, size($list) AS m", "operator", "RETURN '=1+1' AS x", "cypher"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := test.open(t)
			load(t, s)
			web := serve(t, s, nil, openAdhoc)
			var got struct {
				Revision, Limit string
				Truncated       bool
				Columns         []string
				Rows            [][]any
			}
			ask := func(statement string) {
				t.Helper()
				a := web.statement(t, test.path, statement)
				if a.status != 200 {
					t.Fatalf("%s: got status %d: %s", statement, a.status, a.body)
				}
				if err := json.Unmarshal([]byte(a.body), &got); err != nil {
					t.Fatal(err)
				}
			}
			ask(test.count)
			if len(got.Rows) != 1 || got.Rows[0][0] != 4.0 || got.Rows[0][1] != 2.0 || got.Truncated || strings.Join(got.Columns, " ") != "n m" || got.Revision == "" {
				t.Errorf("got %+v", got)
			}
			ask(test.many)
			if len(got.Rows) != 10000 || !got.Truncated || got.Limit != "rows" {
				t.Errorf("got %d rows, truncated %t by %q, want 10000 cut", len(got.Rows), got.Truncated, got.Limit)
			}
			a := web.statement(t, test.path+"?format=ndjson", test.many)
			if lines := strings.Split(strings.TrimSpace(a.body), "\n"); lines[0] != `{"n":1}` || !strings.Contains(lines[len(lines)-1], `"truncated":true`) || a.header.Get("X-Truncated") != "true" {
				t.Errorf("got the lines %s … %s", lines[0], lines[len(lines)-1])
			}
			a = web.statement(t, test.path+"?format=csv", test.formula)
			if rows, err := csv.NewReader(strings.NewReader(a.body)).ReadAll(); err != nil || len(rows) != 2 || rows[1][0] != "'=1+1" {
				t.Errorf("got %q, %v", rows, err)
			}
			for _, c := range []struct {
				path, statement string
				status          int
				want            string
			}{
				{test.path, test.write, 403, test.refusal},
				{test.path, test.wrong, 400, "statement"},
				{test.path, " ", 400, "statement"},
				{test.other, test.count, 501, "/api/v1/" + test.another},
				{test.path + "?format=xml", test.count, 400, "format"},
			} {
				if a := web.statement(t, c.path, c.statement); a.status != c.status || !strings.Contains(a.body, c.want) {
					t.Errorf("%s %s: got status %d, want %d with %q: %s", c.path, c.statement, a.status, c.status, c.want, a.body)
				}
			}
			for body, status := range map[string]int{`{"statement":"x","other":1}`: 400, `[]`: 400, `{"statement":1}`: 400, `{} {}`: 400,
				`{"statement":"` + strings.Repeat("x", 300<<10) + `"}`: 413} {
				if a := web.do(t, "POST", test.path, body, "Content-Type", "application/json"); a.status != status {
					t.Errorf("%.40s: got status %d, want %d", body, a.status, status)
				}
			}
			if a := web.do(t, "POST", test.path, "SELECT 1", "Content-Type", "text/plain"); a.status != 415 {
				t.Errorf("got status %d, want 415", a.status)
			}
		})
	}
}

func TestAdhocSettings(t *testing.T) {
	s := sqliteStore(t)
	const statement = "SELECT text FROM articles"
	for name, c := range map[string]struct {
		change  func(*server.Config)
		without int // status without a token
		with    int
	}{
		"default": {nil, 401, 200},
		"open":    {openAdhoc, 200, 200},
		"off":     {func(c *server.Config) { c.Adhoc = server.AdhocOff }, 501, 501},
		"quotes":  {func(c *server.Config) { c.Adhoc, c.PublishText = server.AdhocOpen, server.PublishQuotes }, 501, 501},
		"closed":  {func(c *server.Config) { openAdhoc(c); c.ReadTokenHashes = []string{hashOf("reader")} }, 401, 200},
	} {
		web := serve(t, s, nil, c.change)
		if a := web.statement(t, "/api/v1/sql", statement); a.status != c.without {
			t.Errorf("%s: got status %d, want %d: %s", name, a.status, c.without, a.body)
		}
		if a := web.statement(t, "/api/v1/sql", statement, "Authorization", "Bearer "+token); a.status != c.with {
			t.Errorf("%s: with a token: got status %d, want %d: %s", name, a.status, c.with, a.body)
		}
	}
}
