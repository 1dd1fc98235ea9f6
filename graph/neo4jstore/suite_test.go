package neo4jstore_test

import (
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
)

// open gives a test the server's database, empty, and a store on it.
func open(t testing.TB) graph.Store {
	t.Helper()
	s, err := neo4jstore.Open(t.Context(), config(neo4jtest.Open(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func config(srv neo4jtest.Server) neo4jstore.Config {
	return neo4jstore.Config{URL: srv.URI, User: srv.User, Password: srv.Password, Database: srv.Database}
}

func TestSuite(t *testing.T) {
	neo4jtest.Open(t) // kept between the suite's tests, so that no other package comes in between
	graphtest.Run(t, func(t *testing.T) graph.Store { return open(t) }, graphtest.Options{Sequences: 20, Language: graphtest.Cypher})
}
