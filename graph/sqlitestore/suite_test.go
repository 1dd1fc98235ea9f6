package sqlitestore_test

import (
	"path/filepath"
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/sqlitestore"
)

func TestSuite(t *testing.T) {
	graphtest.Run(t, func(t *testing.T) graph.Store {
		s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "有 store%?#.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}, graphtest.Options{Sequences: 200, Language: graphtest.SQL, Independent: true})
}
