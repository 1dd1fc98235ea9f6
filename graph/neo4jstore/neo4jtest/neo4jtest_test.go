package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// run executes statements one after the other, each in a transaction of its own, and returns the
// number that the last one yields.
func run(t *testing.T, s Server, statements ...string) int64 {
	t.Helper()
	ctx := context.Background()
	driver, err := neo4j.NewDriverWithContext(s.URI, neo4j.BasicAuth(s.User, s.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close(ctx)
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.Database})
	defer session.Close(ctx)
	var n int64
	for _, statement := range statements {
		result, err := session.Run(ctx, statement, nil)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		for result.Next(ctx) {
			n, _ = result.Record().Values[0].(int64)
		}
		if err := result.Err(); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return n
}

const (
	nodes         = "MATCH (n) RETURN count(n)"
	markers       = "MATCH (n:" + Marker + ") RETURN count(n)"
	relationships = "MATCH ()-[r]->() RETURN count(r)"
	constraints   = "SHOW CONSTRAINTS YIELD name RETURN count(*)"
	indexes       = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN count(*)"
	lookups       = "SHOW INDEXES YIELD name, type WHERE type = 'LOOKUP' RETURN count(*)"
)

// expect compares what queries of one number yield.
func expect(t *testing.T, s Server, want map[string]int64) {
	t.Helper()
	for query, want := range want {
		if got := run(t, s, query); got != want {
			t.Errorf("%s: got %d, want %d", query, got, want)
		}
	}
}

func TestOpenEmpties(t *testing.T) {
	t.Run("Fill", func(t *testing.T) {
		s := Open(t)
		run(t, s,
			"CREATE CONSTRAINT node_key FOR (n:Entity) REQUIRE n.id IS UNIQUE",
			"CREATE CONSTRAINT `odd ``name` FOR ()-[r:CLAIM]-() REQUIRE r.claim IS UNIQUE",
			"CREATE INDEX by_name FOR (n:Entity) ON (n.name)",
			"CREATE FULLTEXT INDEX words FOR (n:Entity) ON EACH [n.name]")
		fill := []string{"UNWIND range(1, 12000) AS i CREATE (:Entity {id: i})", // more than one batch
			"MATCH (hub:Entity {id: 1}), (n:Entity) WHERE n.id > 1 CREATE (n)-[:CLAIM {claim: n.id}]->(hub)"}
		run(t, s, fill...)
		expect(t, s, map[string]int64{nodes: 12001, relationships: 11999, constraints: 2, indexes: 4})
		start := time.Now()
		Open(t)
		t.Logf("12000 nodes and 11999 relationships of one hub deleted in %v", time.Since(start))
		expect(t, s, map[string]int64{nodes: 1, markers: 1, relationships: 0, constraints: 2, indexes: 4})
		run(t, s, fill...)
	})
	t.Run("Empty", func(t *testing.T) {
		s := Open(t)
		expect(t, s, map[string]int64{nodes: 1, markers: 1, relationships: 0, constraints: 0, indexes: 0, lookups: 2})
	})
}

func TestOpenRefusesForeignData(t *testing.T) {
	s := Open(t)
	run(t, s, "MATCH (m:"+Marker+") DELETE m", "CREATE (:Person {name: 'somebody'})")
	t.Cleanup(func() { run(t, s, "MATCH (n) DETACH DELETE n") })
	if err := reset(context.Background(), s, true); !errors.Is(err, errNotForTests) {
		t.Errorf("got %v, want %v", err, errNotForTests)
	}
	if got := run(t, s, "MATCH (n:Person) RETURN count(n)"); got != 1 {
		t.Errorf("got %d of somebody's nodes, want 1", got)
	}
}

func TestOpenTakesTurns(t *testing.T) {
	var inside atomic.Int32
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			Open(t)
			if got := inside.Add(1); got != 1 {
				t.Errorf("got %d tests with the database at once, want 1", got)
			}
			time.Sleep(20 * time.Millisecond)
			t.Run("Subtest", func(t *testing.T) { Open(t) })
			inside.Add(-1)
		})
	}
}

// TestOpenWaitsForOtherProcess starts this test binary again while this test has the database.
func TestOpenWaitsForOtherProcess(t *testing.T) {
	const child = "REFORMGRAPH_NEO4JTEST_CHILD"
	if os.Getenv(child) != "" {
		s := Open(t)
		run(t, s, "CREATE (:Child)")
		return
	}
	var cmd *exec.Cmd
	var out strings.Builder
	t.Run("Holding", func(t *testing.T) {
		s := Open(t)
		cmd = exec.Command(os.Args[0], "-test.run=^TestOpenWaitsForOtherProcess$", "-test.v")
		cmd.Env = append(os.Environ(), child+"=1")
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if got := run(t, s, "MATCH (c:Child) RETURN count(c)"); got != 0 {
			t.Errorf("got %d nodes of the other process, want 0 while this one has the database", got)
		}
	})
	if cmd == nil {
		return // skipped
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("other process: %v\n%s", err, out.String())
	}
	if !strings.Contains(out.String(), "--- PASS: TestOpenWaitsForOtherProcess") {
		t.Errorf("got output %q, want a pass of the other process", out.String())
	}
}

// Without a server the test that asks is skipped, or fails where a server was promised.
func TestOpenWithoutServer(t *testing.T) {
	for required, want := range map[string]string{"": "--- SKIP", "1": "--- FAIL"} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestOpenEmpties$", "-test.v")
		cmd.Env = append(os.Environ(), "REFORMGRAPH_TEST_NEO4J_URI=", "REQUIRE_NEO4J="+required)
		out, _ := cmd.CombinedOutput()
		if !strings.Contains(string(out), want) {
			t.Errorf("REQUIRE_NEO4J=%q: got %q, want %q in it", required, out, want)
		}
	}
}
