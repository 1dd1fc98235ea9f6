package sqlitestore_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/sqlitestore"
	"reformgraph/queries/querytest"
)

// console is a store with the facts that the tests of queries use.
func console(t *testing.T) (graph.Store, graph.Console, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(dir, "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	querytest.Load(t, s, "../../queries/testdata/reform.txt")
	return s, graph.Unwrap(s).(graph.Console), dir
}

func TestConsoleFriendly(t *testing.T) {
	_, c, _ := console(t)
	for _, test := range []struct {
		sql    string
		params map[string]any
		want   [][]any // nil: at least one row
	}{
		{"SELECT place_name, date, experience_name FROM adoptions ORDER BY date, place", nil, nil},
		{"SELECT level, count(*) AS n FROM places GROUP BY level ORDER BY n DESC;", nil, nil},
		{"SELECT subject_name, predicate, object_name, quote, title FROM claims WHERE confidence >= :least LIMIT 5", map[string]any{"least": 0.5}, nil},
		{"SELECT id, name FROM experiences -- a comment; with a mark\n", nil, nil},
		{"SELECT e.name, value FROM initiatives AS e, json_each(e.aliases) LIMIT 5", nil, [][]any{}},
		{"SELECT outlet, count(*) FROM articles GROUP BY outlet", nil, nil},
		{"SELECT node_name, name, starts FROM mentions WHERE label = 'Place' LIMIT 3", nil, nil},
		{"WITH RECURSIVE above (id) AS (SELECT id FROM places WHERE level = 'county' UNION SELECT p.parent FROM places AS p JOIN above USING (id) WHERE p.parent IS NOT NULL) SELECT count(*) > 1 FROM above", nil, [][]any{{int64(1)}}},
		{"SELECT place, date, row_number() OVER (PARTITION BY experience ORDER BY date) FROM adoptions", nil, nil},
		{"SELECT count(*) FROM claims WHERE subject IN (SELECT value FROM json_each(:ids))", map[string]any{"ids": []any{"x", "y"}}, [][]any{{int64(0)}}},
		{"SELECT instr('经验复制', '复'), replace('aXbX', 'X', '-'), trim('  a '), rtrim('axx', 'x'), ltrim('yxa', 'xy'), 'a;b', instr(NULL, 'a')", nil,
			[][]any{{int64(3), "a-b-", "a", "a", "a", "a;b", nil}}},
		{"SELECT :flag, :none, 9e999 AS endless", map[string]any{"flag": true, "none": nil}, [][]any{{int64(1), nil, nil}}},
		{"SELECT quote FROM claims WHERE quote LIKE '%改革%' OR quote GLOB '*试点*' LIMIT 1", nil, [][]any{}},
		{"VALUES (1), (2)", nil, [][]any{{int64(1)}, {int64(2)}}},
	} {
		graphtest.ConsoleAnswers(t, c, test.sql, test.params, test.want)
	}
}

func TestConsoleCuts(t *testing.T) {
	_, c, _ := console(t)
	const endless = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n, 'some text' FROM c"
	graphtest.ConsoleCuts(t, c, endless)
	got, err := c.Ask(t.Context(), "VALUES (1), (2)", nil, graph.Limits{Time: 5 * time.Second, Rows: 2, Bytes: 1000})
	if err != nil || len(got.Rows) != 2 || got.Cut != "" {
		t.Errorf("got %v, cut %q, %v, want a whole answer", got.Rows, got.Cut, err)
	}
}

// hostile statements by class, with what the refusal must say; "limit" stands for
// graph.ErrLimit and "" for any error or an answer that is harmless.
func hostile(dir string) []struct{ class, sql, want string } {
	canary, fresh := filepath.Join(dir, "canary.db"), filepath.Join(dir, "fresh.db")
	deep := strings.Repeat("(", 300) + "1" + strings.Repeat(")", 300)
	return []struct{ class, sql, want string }{
		{"write", "INSERT INTO node VALUES ('x', 'Place', 0, 'x', 'x', '[]', '[]', NULL, '{}')", "insert"},
		{"write", "DELETE FROM claim", "delete"},
		{"write", "DELETE FROM claim RETURNING claim", "delete"},
		{"write", "UPDATE node SET name = 'x'", "update"},
		{"write", "REPLACE INTO meta VALUES ('revision', '9')", "insert"},
		{"write", "WITH x AS (SELECT 1) DELETE FROM article", "delete"},
		{"write", "INSERT INTO claims SELECT * FROM claims", "insert"},
		{"schema", "CREATE TABLE x (a)", "insert"},
		{"schema", "CREATE TEMP TABLE x AS SELECT * FROM claims", "insert"},
		{"schema", "CREATE TEMP VIEW claims AS SELECT 1", "insert"},
		{"schema", "CREATE VIRTUAL TABLE x USING fts5(a)", "insert"},
		{"schema", "DROP TABLE claim", "delete"},
		{"schema", "DROP VIEW claims", "delete"},
		{"schema", "ALTER TABLE node ADD COLUMN x", ""},
		{"schema", "CREATE TRIGGER x AFTER DELETE ON node BEGIN SELECT 1; END", ""},
		{"schema", "REINDEX", "change the schema"},
		{"schema", "ANALYZE", ""},
		{"file", "ATTACH '" + canary + "' AS c", "attach"},
		{"file", "ATTACH '" + fresh + "' AS c", "attach"},
		{"file", "ATTACH 'file:" + fresh + "?mode=rwc' AS c", "attach"},
		{"file", "VACUUM", ""},
		{"file", "VACUUM INTO '" + fresh + "'", ""},
		{"file", "DETACH main", "detach"},
		{"file", "SELECT load_extension('" + canary + "')", "load_extension"},
		{"file", "SELECT readfile('" + canary + "')", ""},
		{"file", "SELECT writefile('" + fresh + "', 'x')", ""},
		{"pragma", "PRAGMA query_only = 0", "pragma"},
		{"pragma", "PRAGMA journal_mode = delete", "pragma"},
		{"pragma", "PRAGMA writable_schema = 1", "pragma"},
		{"pragma", "PRAGMA temp_store_directory = '" + dir + "'", "pragma"},
		{"pragma", "PRAGMA database_list", "pragma"},
		{"pragma", "SELECT * FROM pragma_database_list", "pragma"},
		{"pragma", "SELECT * FROM pragma_table_info('meta')", "pragma"},
		{"transaction", "BEGIN", "transaction"},
		{"transaction", "BEGIN EXCLUSIVE", "transaction"},
		{"transaction", "COMMIT", "transaction"},
		{"transaction", "SAVEPOINT x", "transaction"},
		{"hidden", "SELECT * FROM sqlite_master", "sqlite_master"},
		{"hidden", "SELECT sql FROM sqlite_schema", "sqlite_master"},
		{"hidden", "SELECT * FROM meta", "meta"},
		{"hidden", "SELECT count(*) FROM tally", "tally"},
		{"hidden", "SELECT 1 FROM change_log", "change_log"},
		{"hidden", "SELECT source FROM article", "article.source"},
		{"hidden", "SELECT * FROM article", "article.hash"},
		{"hidden", "SELECT rowid FROM article WHERE source > 'x'", "article."},
		{"hidden", "WITH claims AS (SELECT * FROM meta) SELECT * FROM claims", "meta"},
		{"hidden", "WITH articles AS (SELECT source FROM article) SELECT * FROM articles", "article.source"},
		{"hidden", "SELECT (SELECT value FROM meta LIMIT 1)", "meta"},
		{"hidden", "SELECT * FROM sqlite_dbpage", ""},
		{"hidden", "SELECT * FROM dbstat", ""},
		{"function", "SELECT randomblob(1000000000)", "randomblob"},
		{"function", "SELECT zeroblob(1000000000)", "zeroblob"},
		{"function", "SELECT printf('%.900000000c', 'x')", ""},
		{"function", "SELECT format('%900000000d', 1)", ""},
		{"function", "SELECT sqlite_version()", "sqlite_version"},
		{"function", "SELECT last_insert_rowid()", "last_insert_rowid"},
		{"function", "SELECT fts5(1)", ""},
		{"many", "SELECT 1; DELETE FROM claim", "more than one"},
		{"many", "SELECT 1; SELECT 2", "more than one"},
		{"many", "SELECT ';'; ATTACH '" + fresh + "' AS c", "more than one"},
		{"many", "SELECT 1 /* ; */ -- ;\n; /* x */ PRAGMA user_version = 7", "more than one"},
		{"many", ";;", "empty"},
		{"many", "-- nothing", "empty"},
		{"many", "SELECT 1\x00; DELETE FROM claim", "zero byte"},
		{"large", "SELECT " + deep, ""},
		{"large", "SELECT 1" + strings.Repeat(" ", 30000), "longer than"},
		{"large", "SELECT 1" + strings.Repeat(" UNION ALL SELECT 1", 400), ""},
		{"large", "SELECT hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(quote)))))))))))))))))))) FROM claims", "limit"},
		{"large", "WITH RECURSIVE c (s) AS (SELECT 'xx' UNION ALL SELECT s || s FROM c) SELECT max(length(s)) FROM c", "limit"},
		{"large", "SELECT replace(hex(hex(hex(hex(hex(hex(hex('aaaaaaaaaaaaaaaa'))))))), '3', hex(hex(hex(hex(hex(hex('aaaaaaaaaaaaaaaaaaaa')))))))", ""},
		{"long", "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c", "limit"},
		{"long", "SELECT count(*) FROM claims AS a, claims AS b, claims AS c, claims AS d, claims AS e, claims AS f", "limit"},
		{"long", "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c ORDER BY -n", "limit"},
		{"long", "WITH RECURSIVE c (n) AS (SELECT 1 UNION SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0", "limit"},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(instr(s || s, s || 'b')) + max(length(trim(s, 'bcd' || s))) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(s LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%b') FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(s GLOB '*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*[b]') FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(s LIKE '%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_a%_ab') FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(like('%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_%A_B', s)) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(length(replace(replace(s, 'a', 'ab'), 'ba', 'c'))) + max(instr(s, substr(s, 2) || 'b')) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(length(ltrim(s, s || 'b'))) + max(length(rtrim(s || 'c', 'c' || s))) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(json_valid('[' || replace(substr(s, 1, 100000), 'a', '[') || ']')) + max(json_array_length('[' || replace(substr(s, 1, 100000), 'a', '1,') || '1]')) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(json_extract('{\"a\":' || quote(s) || '}', '$.a' || substr(s, 1, 1000))) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(length(strftime(replace(substr(s, 1, 100000), 'a', '%Y'), '2020-01-01'))) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16) SELECT max(length(hex(s) || quote(s) || upper(s) || lower(s))) FROM d", ""},
		{"long", "WITH RECURSIVE d (n, s) AS (SELECT 1, 'aaaaaaaaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM d WHERE n < 16), e (n, s) AS (SELECT 1, max(s) FROM d UNION ALL SELECT n + 1, n || s FROM e) SELECT n FROM e ORDER BY s", "limit"},
	}
}

// Each hostile statement is judged by what it did: graph, files and other readers
// are as before, and the answer came in time.
func TestConsoleHostile(t *testing.T) {
	s, c, dir := console(t)
	if err := os.WriteFile(filepath.Join(dir, "canary.db"), []byte("canary"), 0o644); err != nil {
		t.Fatal(err)
	}
	before, files := graphtest.Dump(t, s), filesOf(t, dir)
	list := hostile(dir)
	for i, h := range list {
		graphtest.ConsoleRefuses(t, c, graphtest.Hostile{Class: h.class, Statement: h.sql, Want: h.want, Harmless: h.class == "large" || h.class == "long"}, nil, 2*time.Second)
		if h.class == "long" || i == len(list)-1 {
			if _, err := s.Info(t.Context()); err != nil {
				t.Errorf("%s: %.90s: afterwards: %v", h.class, h.sql, err)
			}
		}
	}
	if graphtest.Dump(t, s) != before {
		t.Error("the graph was changed")
	}
	if got := filesOf(t, dir); !reflect.DeepEqual(got, files) {
		t.Errorf("got the files %v, want %v", got, files)
	}
	if got, err := c.Ask(t.Context(), "SELECT count(*) FROM claims", nil, graphtest.ConsoleLimits); err != nil || len(got.Rows) != 1 {
		t.Errorf("afterwards: got %v, %v", got, err)
	}
}

// Statements that take all the time they may do not keep the store's own readers
// from theirs; more of them than may run at once wait, and are then told so.
func TestConsoleLeavesOthersAlive(t *testing.T) {
	s, c, _ := console(t)
	const long = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"
	graphtest.ConsoleLeavesOthersAlive(t, c, long, func() {
		start := time.Now()
		for range 20 {
			if _, err := s.Articles(t.Context(), "", 5); err != nil {
				t.Fatal(err)
			}
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("20 reads took %v", d)
		}
	})
}

// filesOf lists names in a folder, with the content of the canary.
func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	canary, err := os.ReadFile(filepath.Join(dir, "canary.db"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return append(out, string(canary))
}
