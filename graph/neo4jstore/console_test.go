package neo4jstore_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/queries/querytest"
)

func console(t *testing.T) (graph.Store, graph.Console) {
	t.Helper()
	s := open(t)
	querytest.Load(t, s, "../../queries/testdata/reform.txt")
	return s, graph.Unwrap(s).(graph.Console)
}

func TestConsoleFriendly(t *testing.T) {
	_, c := console(t)
	for _, test := range []struct {
		cypher string
		params map[string]any
		want   [][]any // nil: at least one row; empty: any
	}{
		{"MATCH (e:Experience)<-[a:APPLIES]-(i:Initiative)-[:IN]->(p:Place) WHERE a.status = 'done' RETURN e.name AS experience, p.name AS place, a.since ORDER BY place", nil, nil},
		{"MATCH (p:Place {level: $level}) RETURN p.name, p.id LIMIT 5", map[string]any{"level": "county"}, nil},
		{"MATCH (e:Experience) RETURN e LIMIT 1", nil, nil},
		{"MATCH p = (:Initiative)-[:IN]->(:Place) RETURN p LIMIT 1", nil, nil},
		{"MATCH p = (a:Place)-[:PART_OF*1..3]->(:Place) RETURN [n IN nodes(p) | n.name] AS names, [r IN relationships(p) WHERE r.x IS NULL | type(r)] LIMIT 3", nil, nil},
		{"MATCH (i:Initiative) OPTIONAL MATCH (i)-[:LED_BY]->(o) WITH i, count(o) AS n, collect(DISTINCT o.name) AS leads WHERE n >= 0 RETURN i.name, n, leads ORDER BY n DESC SKIP 0 LIMIT 10", nil, nil},
		{"MATCH (a:Article) WHERE a.title CONTAINS '的' OR a.published STARTS WITH '20' RETURN substring(a.published, 0, 4) AS year, count(*) AS n ORDER BY year", nil, nil},
		{"UNWIND range(1, 3) AS x RETURN x * 2 AS y", nil, [][]any{{int64(2)}, {int64(4)}, {int64(6)}}},
		{"UNWIND $names AS name OPTIONAL MATCH (e:Experience {name: name}) RETURN name, e.id", map[string]any{"names": []any{"x"}}, [][]any{{"x", nil}}},
		{"MATCH (e:Experience) WHERE EXISTS { MATCH (e)<-[:APPLIES]-() } RETURN e.name, COUNT { (e)<-[:APPLIES]-() } AS n ORDER BY n DESC", nil, nil},
		{"MATCH (a:Place), (b:Place) WHERE a.id < b.id MATCH p = shortestPath((a)-[*..4]-(b)) RETURN length(p) LIMIT 3", nil, nil},
		{"MATCH (i:Initiative) CALL { WITH i MATCH (i)-[:IN]->(p) RETURN p LIMIT 1 } RETURN i.name, p.name LIMIT 5", nil, nil},
		{"MATCH (e:Experience)<-[:APPLIES]-(i) RETURN e.name, CASE WHEN count(i) > 1 THEN 'many' ELSE 'one' END AS n", nil, nil},
		{"CALL db.labels() YIELD label RETURN label ORDER BY label", nil, nil},
		{"CALL db.index.fulltext.queryNodes('entity_keys', $q) YIELD node, score RETURN node.name, score LIMIT 5", map[string]any{"q": "x"}, [][]any{}},
		{"RETURN 'load csv from =~ + reduce(' AS text // range(1, 9)", nil, [][]any{{"load csv from =~ + reduce("}}},
		{"MATCH (n:Place) RETURN n.name AS name UNION MATCH (n:Leader) RETURN n.name AS name", nil, nil},
		{"MATCH (a:Place) WHERE all(x IN labels(a) WHERE x <> 'City') RETURN count(a)", nil, nil},
		{"MATCH p = (a:Place)-[:PART_OF]->(:Place) RETURN [n IN nodes(p) WHERE any(l IN labels(n) WHERE l IN $labels) | n.name] AS names LIMIT 1", map[string]any{"labels": []any{"City", "Place"}}, nil},
		{"MATCH (e:Experience) RETURN e.name, COLLECT { MATCH (e)<-[:APPLIES]-(x) RETURN x.name } AS by, [(e)-->(p:Place) | p.name] AS places", nil, nil},
		{"MATCH (n) WHERE n.name CONTAINS 'COUNT {' RETURN n", nil, [][]any{}},
		{"RETURN 0.0 / 0.0 AS v, date('2020-05-06').year AS y, $m.a AS a", map[string]any{"m": map[string]any{"a": int64(7)}}, [][]any{{nil, int64(2020), int64(7)}}},
	} {
		graphtest.ConsoleAnswers(t, c, test.cypher, test.params, test.want)
	}
}

func TestConsoleCuts(t *testing.T) {
	_, c := console(t)
	const many = "UNWIND range(1, 100000000) AS n RETURN n, 'some text'"
	graphtest.ConsoleCuts(t, c, many)
}

// hostile statements by class, with what the refusal must say; "limit" stands for
// graph.ErrLimit and "" for any error or, in the last classes, a harmless answer.
func hostile(url, file string) []struct{ class, cypher, want string } {
	return []struct{ class, cypher, want string }{
		{"write", "CREATE (n:Hostile) RETURN n", "operator Create"},
		{"write", "MATCH (n) SET n.name = 'x'", "operator"},
		{"write", "MATCH (n) SET n:Hostile", "operator"},
		{"write", "MATCH (n:Place) REMOVE n.name", "operator"},
		{"write", "MATCH (n) DETACH DELETE n", "operator"},
		{"write", "MATCH ()-[r]->() DELETE r", "operator"},
		{"write", "MERGE (n:Hostile {id: 1}) RETURN n", "operator"},
		{"write", "MATCH (a:Place), (b:Place) MERGE (a)-[:HOSTILE]->(b)", "operator"},
		{"write", "FOREACH (x IN [1, 2] | CREATE (:Hostile {x: x}))", ""},
		{"write", "UNWIND [1] AS x CALL { WITH x CREATE (:Hostile) } RETURN x", "operator"},
		{"write", "UNWIND [1] AS x CALL { WITH x CREATE (:Hostile) } IN TRANSACTIONS RETURN x", ""},
		{"write", "/* c */ CREATE (:Hostile)", "operator"},
		{"write", "// c\nCREATE (:Hostile)", "operator"},
		{"write", "CYPHER 5 CREATE (:Hostile)", "operator"},
		{"write", "CYPHER runtime=slotted CREATE (:Hostile)", "operator"},
		{"write", "EXPLAIN CREATE (:Hostile)", ""},
		{"write", "PROFILE CREATE (:Hostile)", ""},
		{"write", "/**/PROFILE MATCH (n) DETACH DELETE n", ""},
		{"write", "RETURN 1 AS x; CREATE (:Hostile)", ""},
		{"write", "MATCH (n) RETURN n;MATCH (n) DELETE n", ""},
		{"schema", "CREATE INDEX hostile FOR (n:Place) ON (n.hostile)", ""},
		{"schema", "CREATE INDEX entity_name_key IF NOT EXISTS FOR (n:Place) ON (n.hostile)", ""},
		{"schema", "DROP INDEX entity_name_key", ""},
		{"schema", "CREATE CONSTRAINT hostile FOR (n:Place) REQUIRE n.x IS UNIQUE", ""},
		{"schema", "DROP CONSTRAINT entity_id", ""},
		{"schema", "CALL db.createLabel('Hostile')", "procedure db.createLabel"},
		{"schema", "CALL db.createProperty('hostile')", "procedure db.createProperty"},
		{"schema", "CALL db.createRelationshipType('HOSTILE')", "procedure db.createRelationshipType"},
		{"admin", "CREATE USER hostile SET PASSWORD 'hostile-hostile'", ""},
		{"admin", "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'hostile-hostile'", ""},
		{"admin", "CREATE DATABASE hostile", ""},
		{"admin", "SHOW USERS", ""},
		{"admin", "SHOW DATABASES", ""},
		{"admin", "SHOW CURRENT USER", ""},
		{"admin", "SHOW SETTINGS", "operator ShowSettings"},
		{"admin", "SHOW TRANSACTIONS", "operator ShowTransactions"},
		{"admin", "SHOW PROCEDURES YIELD name RETURN name", "operator ShowProcedures"},
		{"admin", "SHOW FUNCTIONS", "operator ShowFunctions"},
		{"admin", "SHOW INDEXES", "operator"},
		{"admin", "SHOW CONSTRAINTS", "operator"},
		{"admin", "TERMINATE TRANSACTIONS 'neo4j-transaction-1'", "operator TerminateTransactions"},
		{"admin", "SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTIONS id YIELD message RETURN message", "operator"},
		{"admin", "CALL dbms.listConfig()", "procedure dbms.listConfig"},
		{"admin", "CALL dbms.listConnections()", "procedure dbms.listConnections"},
		{"admin", "CALL dbms.killConnection('bolt-1')", "procedure dbms.killConnection"},
		{"admin", "CALL `dbms`.`killConnections`(['bolt-1'])", "procedure dbms.killConnections"},
		{"admin", "CALL dbms.queryJmx('*:*')", "procedure dbms.queryJmx"},
		{"admin", "CALL dbms.components()", "procedure dbms.components"},
		{"admin", "CALL db.clearQueryCaches()", "procedure db.clearQueryCaches"},
		{"admin", "CALL tx.setMetaData({a: 1})", "procedure tx.setMetaData"},
		{"admin", "CALL db.resampleOutdatedIndexes()", "procedure db.resampleOutdatedIndexes"},
		{"admin", "CALL dbms.setConfigValue('db.transaction.timeout', '0')", "procedure"},
		{"admin", "USE system CALL dbms.components()", "USE"},
		{"admin", "USE system SHOW USERS", "USE"},
		{"admin", "USE neo4j MATCH (n) RETURN n", "USE"},
		{"admin", "MATCH (n) RETURN [i IN labels(n) | COLLECT { CALL dbms.components() YIELD name RETURN name }] AS x", "procedure dbms.components"},
		{"hidden", "MATCH (n) RETURN [i IN labels(n) | COLLECT { MATCH (m) RETURN m }] AS x", "plan does not show"},
		{"hidden", "MATCH (n) RETURN [i IN labels(n) WHERE EXISTS { MATCH (m) WHERE m.name = i }] AS x", "plan does not show"},
		{"hidden", "MATCH (n) RETURN [i IN labels(n) | COUNT { (n)-->(m) WHERE m.name > i }] AS x", "plan does not show"},
		{"hidden", "MATCH (n) RETURN [i IN labels(n) | [(n)-->(m) | m.name]] AS x", "plan does not show"},
		{"hidden", "MATCH p = (n)-->() WHERE all(i IN nodes(p) WHERE EXISTS { (i)-->(:Place) }) RETURN p", "plan does not show"},
		{"hidden", "MATCH p = (n)-->() WHERE all(i IN nodes(p) WHERE (i)-->(:Place)) RETURN p", "plan does not show"},
		{"hidden", "RETURN CASE WHEN true THEN COLLECT { CALL db.labels() YIELD label RETURN label } END AS x", "plan does not show"},
		{"hidden", "RETURN CASE WHEN true THEN COLLECT/**/{ MATCH (n) CALL (n) { UNWIND range(1, 9) AS x RETURN x } RETURN x } END AS x", "plan does not show"},
		{"hidden", "RETURN [" + strings.Repeat("'long', ", 100) + "CASE WHEN true THEN COLLECT { MATCH (n) RETURN n } END] AS x", "plan does not show"},
		{"load", "LOAD CSV FROM '" + url + "' AS l RETURN l", "LOAD CSV"},
		{"load", "LOAD /* c */ CSV WITH HEADERS FROM '" + url + "' AS l RETURN l", "LOAD CSV"},
		{"load", "load\ncsv FROM $url AS l RETURN l", "LOAD CSV"},
		{"load", "LOAD CSV FROM 'file:///" + file + "' AS l RETURN l", "LOAD CSV"},
		{"load", "LOAD CSV FROM 'ftp://127.0.0.1/x' AS l RETURN l", "LOAD CSV"},
		{"load", "CALL { LOAD CSV FROM '" + url + "' AS l RETURN l } RETURN l", "LOAD CSV"},
		{"load", "RETURN CASE WHEN true THEN COLLECT { LOAD CSV FROM '" + url + "' AS l RETURN l } END AS x", "LOAD CSV"},
		{"load", "MATCH (n) RETURN [i IN labels(n) | COLLECT { LOAD CSV FROM '" + url + "' AS l RETURN l }] AS x", "LOAD CSV"},
		{"load", "MATCH (n) WHERE EXISTS { LOAD CSV FROM '" + url + "' AS l RETURN l } RETURN n", "LOAD CSV"},
		{"load", `\u004cOAD CSV FROM '` + url + "' AS l RETURN l", "escapes"},
		{"load", `RETURN '\u0027 AS a UNION LOAD CSV FROM "` + url + `" AS a RETURN a //'`, "escapes"},
		{"load", "RETURN '\\\\' AS a UNION LOAD CSV FROM '" + url + "' AS a RETURN a", "LOAD CSV"},
		{"load", "RETURN 1 AS `a``b` UNION LOAD CSV FROM '" + url + "' AS `a``b` RETURN `a``b`", "LOAD CSV"},
		{"function", "RETURN reduce(x = 0, i IN $l | x + i) AS x", "function reduce"},
		{"function", "RETURN `reduce`(x = 0, i IN $l | x + i) AS x", "function reduce"},
		{"function", "RETURN size(range(1, 1000000000000)) AS x", "function range"},
		{"function", "UNWIND [i IN range(1, 1000000000000) WHERE i < 0] AS x RETURN x", "list comprehension"},
		{"function", "UNWIND range(1, 1000000000000)[0..9] AS x RETURN x", "function range"},
		{"function", "RETURN any(x IN range(1, 1000000000000) WHERE x < 0) AS x", "any goes through a list"},
		{"function", "UNWIND range(1, 100000) AS i WITH collect(i) AS l RETURN [a IN l | size([b IN l WHERE b < 0])] AS x", "list comprehension"},
		{"function", "UNWIND range(1, 100000) AS i WITH collect(i) AS l RETURN none(a IN l WHERE a IN l) AS x", "goes through a list"},
		{"function", "MATCH p = (n:Place) RETURN [x IN nodes(p) + nodes(p) | x] AS x", "list comprehension"},
		{"function", "MATCH (n) WHERE n.name =~ '(a+)+b' RETURN n", "=~"},
		{"function", "RETURN size([a IN $l | size([b IN $l | size([c IN $l WHERE c < 0])])]) AS x", "list comprehension"},
		{"function", "RETURN any(a IN $l WHERE none(b IN $l WHERE a = -b)) AS x", "goes through a list"},
		{"function", "MATCH p = (n)-[*]-() RETURN [a IN nodes(p) | [b IN nodes(p) | size(b.name + a.name)]] AS x", "goes through a list"},
		{"function", "MATCH p = (n)-->() RETURN [a IN nodes(p) | [b IN labels(a) | [c IN keys(a) | c]]] AS x", "list within a list"},
		{"function", "UNWIND range(1, 300000) AS i WITH collect(i) AS l MATCH p = (n)-[*]-() RETURN [a IN nodes(p) WHERE (a.x IN l)] AS x", "IN may only look"},
		{"function", "UNWIND range(1, 300000) AS i WITH collect(i) AS l MATCH p = (n)-[*]-() RETURN [a IN nodes(p) WHERE none(b IN labels(a) WHERE b IN l)] AS x", "IN may only look"},
		{"function", "MATCH p = (n)-[*]-() RETURN [a IN nodes(p) | length(shortestPath((a)-[*]-(n)))] AS x", "function shortestpath"},
		{"function", "MATCH (n:Place) RETURN [a IN labels(n) + labels(n) | a] AS x", "list comprehension"},
		{"function", "RETURN replace('aaaa', 'a', 'aaaaaaaa') AS x", "function replace"},
		{"function", "RETURN randomUUID() AS x", "function randomuuid"},
		{"function", "RETURN apoc.load.json('" + url + "') AS x", "function apoc.load.json"},
		{"large", "WITH [1] AS l WITH l + l AS l WITH l + l AS l WITH l + l AS l WITH l + l AS l WITH l + l AS l WITH l + l AS l WITH l + l AS l WITH l + l AS l WITH l + l AS l RETURN l", "additions"},
		{"large", "RETURN '" + strings.Repeat("x", 30000) + "' AS x", "longer than"},
		{"large", "UNWIND range(1, 100000000) AS a RETURN count(DISTINCT a) AS n", "limit"},
		{"large", "UNWIND range(1, 100000000) AS a WITH a ORDER BY -a RETURN a", "limit"},
		{"large", "UNWIND range(1, 300000) AS a RETURN collect(a) AS l", ""},
		{"long", "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a = -b RETURN count(*) AS n", "limit"},
		{"long", "MATCH (a), (b), (c), (d), (e), (f) RETURN count(*) AS n, count(a.x + b.x + c.x + d.x + e.x + f.x)", "limit"},
		{"long", "MATCH p = ()-[*]-() RETURN count(p) AS n", "limit"},
		{"long", "MATCH p = (a)-[*]-(b) WHERE length(p) > 10000 RETURN p", "limit"},
		{"long", "CALL { UNWIND range(1, 1000000000) AS x RETURN x } WITH x WHERE x < 0 RETURN x", "limit"},
		{"broken", "MATCH (n RETURN n", "statement"},
		{"broken", "", "empty"},
		{"broken", "// nothing", "empty"},
		{"broken", "RETURN 'no end", "no end"},
		{"broken", "RETURN /* no end", "no end"},
		{"broken", "RETURN $missing AS x", ""},
		{"broken", "CYPHER 25 RETURN 1 AS x", ""},
	}
}

// Each hostile statement is judged by what it did: the graph is as before, no
// connection was made, no transaction goes on, other readers live and the answer
// came in time.
func TestConsoleHostile(t *testing.T) {
	s, c := console(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var connections atomic.Int32
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			conn.Close()
		}
	}()
	url := "http://" + l.Addr().String() + "/x.csv"
	canary := filepath.Join(t.TempDir(), "canary.csv")
	if err := os.WriteFile(canary, []byte("canary"), 0o644); err != nil {
		t.Fatal(err)
	}
	before, schema := graphtest.Dump(t, s), schemaOf(t, s)
	params := map[string]any{"l": []any{int64(1), int64(2)}, "url": url}
	for _, h := range hostile(url, canary) {
		rows := graphtest.ConsoleRefuses(t, c, graphtest.Hostile{Class: h.class, Statement: h.cypher, Want: h.want,
			Harmless: h.class == "large" || strings.HasPrefix(h.cypher, "EXPLAIN")}, params, 4*time.Second)
		if strings.Contains(fmt.Sprint(rows), "canary") {
			t.Errorf("%s: %.100s: the file was read", h.class, h.cypher)
		}
		if _, err := s.Info(t.Context()); err != nil {
			t.Errorf("%s: %.100s: afterwards: %v", h.class, h.cypher, err)
		}
	}
	if n := connections.Load(); n > 0 {
		t.Errorf("%d connections were made", n)
	}
	if graphtest.Dump(t, s) != before {
		t.Error("the graph was changed")
	}
	if got := schemaOf(t, s); !reflect.DeepEqual(got, schema) {
		t.Errorf("got the schema %v, want %v", got, schema)
	}
	deadline := time.Now().Add(10 * time.Second)
	for left := running(t, s); left > 0; left = running(t, s) {
		if time.Now().After(deadline) {
			t.Fatalf("%d transactions go on", left)
		}
		time.Sleep(100 * time.Millisecond)
	}
	if got, err := c.Ask(t.Context(), "MATCH (n:Place) RETURN count(n)", nil, graphtest.ConsoleLimits); err != nil || len(got.Rows) != 1 {
		t.Errorf("afterwards: got %v, %v", got, err)
	}
}

func TestConsoleLeavesOthersAlive(t *testing.T) {
	s, c := console(t)
	const long = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a = -b RETURN count(*) AS n"
	graphtest.ConsoleLeavesOthersAlive(t, c, long, func() {
		if n := running(t, s); n > 2 {
			t.Errorf("%d statements run at once, want at most 2", n)
		}
		start := time.Now()
		for range 10 {
			if _, err := s.Info(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("10 reads took %v", d)
		}
	})
}

func schemaOf(t *testing.T, s graph.Store) (out []any) {
	t.Helper()
	for _, q := range []string{"SHOW INDEXES YIELD name RETURN name ORDER BY name", "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name",
		"MATCH (n:Hostile) RETURN count(n) AS name"} {
		if err := s.Run(t.Context(), graph.Statement{Cypher: q}, nil, func(r graph.Row) error { out = append(out, r["name"]); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// running counts the console's transactions that the server works for.
func running(t *testing.T, s graph.Store) (n int64) {
	t.Helper()
	const q = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.reformgraph IS NOT NULL RETURN count(*) AS n"
	if err := s.Run(t.Context(), graph.Statement{Cypher: q}, nil, func(r graph.Row) error { n = r["n"].(int64); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}
