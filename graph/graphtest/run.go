package graphtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"reformgraph/graph"
)

func testRunValues(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	params := map[string]any{"s": "𠮷 '\"$s", "i": int64(1) << 60, "f": 0.1, "whole": 2.0, "yes": true, "no": false, "n": nil,
		"l": []string{"乙", "甲", "", "'"}, "e": []string{}}
	got := f.rows(query(
		"RETURN $s AS s, $i AS i, $f AS f, $whole AS whole, $yes AS yes, $no AS no, $n AS n, $n AS nl, $n AS nb, $l AS l, $e AS e, {a: 1, b: [true, null, 'x', 1.5]} AS m",
		`SELECT :s AS s, :i AS i, :f AS f, :whole AS whole, :yes AS yes_bool, :no AS no_bool, :n AS n, :n AS nl_json, :n AS nb_bool, :l AS l_json, :e AS e_json,
			json_object('a', 1, 'b', json_array(json('true'), NULL, 'x', 1.5)) AS m_json`), params)
	want := []graph.Row{{"s": "𠮷 '\"$s", "i": int64(1) << 60, "f": 0.1, "whole": 2.0, "yes": true, "no": false, "n": nil, "nl": nil, "nb": nil,
		"l": []any{"乙", "甲", "", "'"}, "e": []any{}, "m": map[string]any{"a": int64(1), "b": []any{true, nil, "x", 1.5}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v\nwant %#v", got, want)
	}
	got = f.rows(query("UNWIND $l AS x RETURN x ORDER BY x DESC", "SELECT value AS x FROM json_each(:l) ORDER BY x DESC"), params)
	if want := []graph.Row{{"x": "甲"}, {"x": "乙"}, {"x": "'"}, {"x": ""}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := f.rows(query("UNWIND $e AS x RETURN x", "SELECT value AS x FROM json_each(:e)"), params); len(got) != 0 {
		t.Errorf("got %v, want no row", got)
	}
}

// The columns and properties that queries build on.
func testRunStored(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), article("2", "2021", nil, map[string]view{own: {name: "有解思維"}})))
	for name, c := range map[string]struct {
		statement graph.Statement
		want      []graph.Row
	}{
		"claim": {query(
			"MATCH (s:Initiative)-[c:APPLIES]->(o:Experience) RETURN s.id AS s, c.since AS since, c.precision AS precision, c.basis AS basis, c.status AS status, c.start AS start, c.confidence AS confidence, o.id AS o",
			"SELECT subject AS s, since, precision, basis, status, start, confidence, object AS o FROM claim WHERE type = 'APPLIES'"),
			[]graph.Row{{"s": own, "since": "2019-09", "precision": "month", "basis": "stated", "status": "done", "start": int64(6), "confidence": 0.8, "o": youjie}}},
		"date is since": {query(
			"MATCH (s:Place)-[c:LEARNED_FROM]->(o:Place) RETURN coalesce(c.since, c.date) AS since, c.how AS how",
			"SELECT since, props ->> 'how' AS how FROM claim WHERE type = 'LEARNED_FROM'"),
			[]graph.Row{{"since": "2020-04-30", "how": "visit"}}},
		"place": {query(
			"MATCH (p:City {id: $place})-[:PART_OF]->(q:Place) RETURN p.name AS name, p.level AS level, p.today AS today, p.lat AS lat, p.valid_from AS valid_from, q.id AS parent",
			"SELECT name, level, today, lat, valid_from, parent FROM node WHERE city AND id = :place"),
			[]graph.Row{{"name": "淄博市", "level": "prefecture", "today": "370300", "lat": 36.81, "valid_from": nil, "parent": "place:370000"}}},
		"name in the other script": {query(
			"MATCH (n:Entity) WHERE $key IN n._keys AND n.practice IS NOT NULL RETURN n.id AS id, n._name_key AS key",
			"SELECT id, name_key AS key FROM node_key JOIN node ON id = node WHERE node_key.key = :key AND practice IS NOT NULL"),
			[]graph.Row{{"id": own, "key": "有解思维"}}},
		"mention": {query(
			"MATCH (n {id: $own})-[m:MENTIONED_IN]->(a:Article {id: 'article:1'}) RETURN m.name AS name, m.starts AS starts, m.ends AS ends, m.kind AS kind, a.published AS published",
			"SELECT m.name, starts AS starts_json, ends AS ends_json, m.props ->> 'kind' AS kind, a.published FROM mention m JOIN article a ON a.id = article WHERE node = :own AND article = 'article:1'"),
			[]graph.Row{{"name": "有解思维", "starts": []any{int64(6), int64(25), int64(38)}, "ends": []any{int64(10), int64(29), int64(42)}, "kind": "mechanism", "published": "2020-05-06"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := f.rows(c.statement, map[string]any{"place": zibo, "own": own, "key": "万事有解"})
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %#v\nwant %#v", got, c.want)
			}
		})
	}
}

func testRunStops(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	many := query("UNWIND range(1, 5) AS n RETURN n ORDER BY n", "SELECT value AS n FROM json_each('[1,2,3,4,5]') ORDER BY n")
	stop := errors.New("enough")
	var got []any
	err := f.store.Run(t.Context(), many, nil, func(r graph.Row) error {
		got = append(got, r["n"])
		if len(got) == 2 {
			return stop
		}
		// A callback may ask the store again.
		_, err := f.store.Info(t.Context())
		return err
	})
	if !errors.Is(err, stop) || !reflect.DeepEqual(got, []any{int64(1), int64(2)}) {
		t.Errorf("got %v after %v, want %v after two rows", err, got, stop)
	}
}

func testRunFails(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	for name, s := range map[string]graph.Statement{
		"Syntax":           query("RETURN RETURN", "SELECT SELECT"),
		"Empty":            query("", ""),
		"ParameterMissing": query("RETURN $nobody AS n", "SELECT :nobody AS n"),
		"Midway":           query("UNWIND [1, 0] AS x RETURN 1 / x AS n", "SELECT json_extract(value, '$') AS n FROM json_each('[\"1\",\"{\"]')"),
	} {
		err := f.store.Run(t.Context(), s, nil, func(graph.Row) error { return nil })
		if err == nil {
			t.Errorf("%s: got no error", name)
		}
		if errors.Is(err, graph.ErrUnavailable) || errors.Is(err, graph.ErrBusy) {
			t.Errorf("%s: got %v, want no error that asks to try again", name, err)
		}
	}
	f.check()
}

func testRunCancelled(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	never := func(graph.Row) error { t.Error("got a row"); return nil }
	if err := f.store.Run(ctx, query("RETURN 1 AS n", "SELECT 1 AS n"), nil, never); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	begin := time.Now()
	err := f.store.Run(ctx, query(
		"UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x WHERE x < 0 RETURN count(*) AS n",
		"WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) AS n FROM c"), nil, never)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
	if d := time.Since(begin); d > 10*time.Second {
		t.Errorf("ended %v after a deadline of 100 ms", d)
	}
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	rows := 0
	err = f.store.Run(ctx, query("UNWIND range(1, 100000000) AS n RETURN n",
		"WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c"), nil, func(graph.Row) error {
		if rows++; rows == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v after %d rows, want %v", err, rows, context.Canceled)
	}
	f.apply(load(adoption("1")))
	f.check()
}

func testRunOnlyReads(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1")))
	writes := map[Language][]string{
		SQL: {"DELETE FROM claim", "UPDATE meta SET value = 'x'", "INSERT INTO meta VALUES ('a', 'b') RETURNING key", "DROP TABLE claim", "CREATE TABLE t (a)",
			"CREATE TEMP TABLE t (a)", "ATTACH 'another.db' AS a", "PRAGMA user_version = 9", "SELECT * FROM pragma_database_list", "BEGIN", "COMMIT", "SAVEPOINT a",
			"VACUUM INTO 'another.db'", "ANALYZE", "REINDEX", "SELECT load_extension('x')", "SELECT 1; DELETE FROM claim"},
		Cypher: {"CREATE (:Entity {id: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n:Entity) SET n.name = 'x' RETURN n.name AS name", "MERGE (:Meta {key: 'x'})",
			"CREATE INDEX x FOR (n:Entity) ON (n.name)", "DROP CONSTRAINT entity_id"},
	}[o.Language]
	if len(writes) == 0 {
		t.Fatalf("no statements in %q", o.Language)
	}
	for _, w := range writes {
		if err := f.store.Run(t.Context(), query(w, w), nil, func(graph.Row) error { return nil }); err == nil {
			t.Errorf("%s: got no error", w)
		}
	}
	f.check()
	f.apply(load(adoption("2")))
	f.check()
}

// odd are names that look alike, or that some collation holds to be equal.
var odd = []string{"有解思维", "有解思維", "ＡＢ", "AB", "ab", "Ab", "é", "e\u0301", "𠮷", "吉", "吉\U000E0100", "a", "a ", "０", "0", "㈠", "(一)", "ß", "ss", "Ａ", "\u8c48", "\uf900"}

func testChineseEquality(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	views := map[string]view{}
	for _, name := range odd {
		views["experience:"+name] = view{name: name}
	}
	f.apply(load(article("1", "2020", nil, views)))
	f.check()
	for _, name := range odd {
		rows := f.rows(query("MATCH (n:Entity) WHERE n.id = $id OR n.name = $name RETURN n.id AS id, n.name AS name",
			"SELECT id, name FROM node WHERE id = :id OR name = :name"), map[string]any{"id": "experience:" + name, "name": name})
		if want := []graph.Row{{"id": "experience:" + name, "name": name}}; !reflect.DeepEqual(rows, want) {
			t.Errorf("%q: got %v, want %v", name, rows, want)
		}
	}
}

func testChineseOrder(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	views := map[string]view{}
	for _, name := range odd {
		views["experience:"+name] = view{name: name}
	}
	facts := article("1", "2020", nil, views)
	f.apply(load(facts))
	want := fmt.Sprint(slices.Sorted(maps.Keys(views)))
	var got []string
	for _, r := range f.rows(query("MATCH (n:Experience) RETURN n.id AS id ORDER BY id", "SELECT id FROM node WHERE label = 'Experience' ORDER BY id"), nil) {
		got = append(got, r["id"].(string))
	}
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want byte order: %v", got, want)
	}
	got = nil
	for _, r := range f.rows(query("MATCH (n:Experience) WHERE n.name >= '吉' AND n.name < 'Ａ' RETURN n.id AS id, n.name AS name ORDER BY name",
		"SELECT id, name FROM node WHERE label = 'Experience' AND name >= '吉' AND name < 'Ａ' ORDER BY name"), nil) {
		got = append(got, r["name"].(string))
	}
	if want := fmt.Sprint([]string{"吉", "吉\U000E0100", "有解思維", "有解思维", "\u8c48", "\uf900", "０"}); fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// testDifference1WholeNumbers shows number 1 of docs/store-differences.md.
func testDifference1WholeNumbers(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(article("1", "2020", []statement{{zibo, graph.Measured, "figure:增速", graph.Props{"value": 5.0}, ""}}, nil)))
	got := f.rows(query("MATCH ()-[e:MEASURED]->() RETURN e.value AS value, e {.value} AS props",
		"SELECT CAST(props ->> 'value' AS REAL) AS value, props AS props_json FROM claim"), nil)
	inMap := map[Language]any{SQL: int64(5), Cypher: 5.0}[o.Language]
	if want := []graph.Row{{"value": 5.0, "props": map[string]any{"value": inMap}}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v, want %#v", got, want)
	}
}
