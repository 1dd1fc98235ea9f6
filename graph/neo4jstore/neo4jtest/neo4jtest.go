// Package neo4jtest lends the one database of a Neo4j server to tests, empty, to one test at a
// time.
//
// The server is named by REFORMGRAPH_TEST_NEO4J_URI, and by REFORMGRAPH_TEST_NEO4J_USER and
// REFORMGRAPH_TEST_NEO4J_PASSWORD where it asks for them; `make test` starts one and sets the
// variable. Without it a test is skipped, or fails where REQUIRE_NEO4J is 1.
package neo4jtest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/rogpeppe/go-internal/lockedfile"
)

// Server is what a client needs to reach the database lent to a test.
type Server struct {
	URI      string
	User     string // empty: the server asks for no password
	Password string
	Database string
}

// Marker is the label of the one node that stays in a database lent to tests. A database with
// nodes and without a marker is somebody's data and refused.
const Marker = "ReformgraphTest"

// database is the name of the only user database of Neo4j Community.
const database = "neo4j"

// Open lends the server's database to the test until it and its subtests end. The database then
// holds no relationship, constraint or index and only the marker node; what an earlier test left
// there is deleted, what this one leaves stays for inspection until the next.
//
// Tests of other packages and parallel tests wait for their turn. A test that has the database
// may call Open again, and so may its subtests: that deletes all nodes and relationships but
// leaves constraints and indexes, which take longer to make anew than most tests run.
//
// Open skips or fails the test when there is no server, and fails it when the database is not one
// for tests.
func Open(t testing.TB) Server {
	t.Helper()
	s := Server{
		URI:      os.Getenv("REFORMGRAPH_TEST_NEO4J_URI"),
		User:     os.Getenv("REFORMGRAPH_TEST_NEO4J_USER"),
		Password: os.Getenv("REFORMGRAPH_TEST_NEO4J_PASSWORD"),
		Database: database,
	}
	if s.URI == "" {
		const reason = "no Neo4j: REFORMGRAPH_TEST_NEO4J_URI names no server (`make test` starts one)"
		if os.Getenv("REQUIRE_NEO4J") == "1" {
			t.Fatal(reason + ", and REQUIRE_NEO4J=1 forbids to skip")
		}
		t.Skip(reason)
	}
	again, err := turns.take(t.Name(), s.URI)
	if err != nil {
		t.Fatalf("wait for the test database: %v", err)
	}
	t.Cleanup(turns.release)
	if err := reset(context.Background(), s, again); err != nil {
		t.Fatalf("empty the test database at %s: %v", s.URI, err)
	}
	return s
}

// queue hands out the database within this process, and holds the lock of all processes while
// any test has it.
type queue struct {
	mu      sync.Mutex
	change  *sync.Cond
	holders []string // names of tests, each one the subtest of that before it or the same
	unlock  func()
}

var turns = newQueue()

func newQueue() *queue {
	q := &queue{}
	q.change = sync.NewCond(&q.mu)
	return q
}

// take waits until no test has the database but the one named and those it is a subtest of, and
// reports whether one of these has it.
func (q *queue) take(test, uri string) (again bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.holders) > 0 && !below(q.holders[len(q.holders)-1], test) {
		q.change.Wait()
	}
	again = len(q.holders) > 0
	if !again {
		// Nobody else in this process can be past the loop: the mutex stays locked meanwhile.
		if q.unlock, err = lockedfile.MutexAt(lockFile(uri)).Lock(); err != nil {
			return false, err
		}
	}
	q.holders = append(q.holders, test)
	return again, nil
}

func (q *queue) release() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.holders = q.holders[:len(q.holders)-1]
	if len(q.holders) == 0 {
		q.unlock()
	}
	q.change.Broadcast()
}

// below reports whether test is the same as above or one of its subtests.
func below(above, test string) bool {
	return test == above || strings.HasPrefix(test, above+"/")
}

// lockFile is the file by which processes take turns at one server. Its name holds the user,
// since another one could not open it.
func lockFile(uri string) string {
	sum := sha256.Sum256([]byte(uri))
	return filepath.Join(os.TempDir(), fmt.Sprintf("reformgraph-neo4j-%d-%x.lock", os.Getuid(), sum[:6]))
}

// batch is how many nodes or relationships one transaction deletes.
const batch = 10000

// errNotForTests says that a database holds data that no test has put there.
var errNotForTests = errors.New("it holds data and no (:" + Marker + ") node, so it is not a database for tests; " +
	"point REFORMGRAPH_TEST_NEO4J_URI at an empty one")

// reset empties the database of everything but the marker and, where keepSchema says so,
// constraints and indexes; or it refuses the database.
func reset(ctx context.Context, s Server, keepSchema bool) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	auth := neo4j.NoAuth()
	if s.User != "" || s.Password != "" {
		auth = neo4j.BasicAuth(cmp.Or(s.User, "neo4j"), s.Password, "")
	}
	driver, err := neo4j.NewDriverWithContext(s.URI, auth)
	if err != nil {
		return err
	}
	defer driver.Close(context.Background())
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.Database})
	defer session.Close(context.Background())

	marked, err := number(ctx, session, "MATCH (m:"+Marker+") RETURN count(m)")
	if err != nil {
		return err
	}
	if marked == 0 {
		nodes, err := number(ctx, session, "MATCH (n) RETURN count(n)")
		if err != nil {
			return err
		}
		if nodes > 0 {
			return errNotForTests
		}
		// Not one transaction with the count: whoever fills an empty database meanwhile is lost.
		if _, err := number(ctx, session, "CREATE (m:"+Marker+") RETURN 1"); err != nil {
			return err
		}
	}
	if !keepSchema {
		if err := dropSchema(ctx, session); err != nil {
			return err
		}
	}
	// Relationships first and in batches: a hub deleted at once with all of its own would have to
	// fit in the memory of one transaction.
	for _, match := range []string{"MATCH ()-[x]->()", "MATCH (x) WHERE NOT x:" + Marker} {
		query := fmt.Sprintf("%s WITH x LIMIT %d DELETE x RETURN count(x)", match, batch)
		for deleted := int64(batch); deleted == batch; {
			if deleted, err = number(ctx, session, query); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropSchema drops all constraints and indexes but the two token look-ups that every Neo4j
// database has from the start.
func dropSchema(ctx context.Context, session neo4j.SessionWithContext) error {
	for _, kind := range []struct{ drop, list string }{
		{"DROP CONSTRAINT", "SHOW CONSTRAINTS YIELD name RETURN name"},
		{"DROP INDEX", "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"},
	} {
		result, err := session.Run(ctx, kind.list, nil)
		if err != nil {
			return err
		}
		records, err := result.Collect(ctx)
		if err != nil {
			return err
		}
		if len(records) == 0 {
			continue
		}
		_, err = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			for _, record := range records {
				name := strings.ReplaceAll(record.Values[0].(string), "`", "``")
				result, err := tx.Run(ctx, kind.drop+" `"+name+"`", nil)
				if err != nil {
					return nil, err
				}
				if _, err := result.Consume(ctx); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// number runs a query that returns one whole number.
func number(ctx context.Context, session neo4j.SessionWithContext, query string) (int64, error) {
	result, err := session.Run(ctx, query, nil)
	if err != nil {
		return 0, err
	}
	record, err := result.Single(ctx)
	if err != nil {
		return 0, err
	}
	n, _ := record.Values[0].(int64)
	return n, nil
}
