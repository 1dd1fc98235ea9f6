package sqlitestore

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
	"reformgraph/graph/script"
)

// indexContent lists each word that the index holds, with whose it is and where it stands.
func indexContent(t *testing.T, s *store) []string {
	t.Helper()
	conn, err := s.writer.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var out []string
	for _, table := range []string{"node_words", "article_words"} {
		if _, err := conn.ExecContext(t.Context(), "CREATE VIRTUAL TABLE IF NOT EXISTS temp."+table+"_vocab USING fts5vocab(main, "+table+", instance)"); err != nil {
			t.Fatal(err)
		}
		err := each(t.Context(), conn, `SELECT v.term, v."offset", coalesce(i.id, '?') FROM `+table+"_vocab AS v LEFT JOIN indexed AS i ON i.n = v.doc", nil, func(scan func(...any) error) error {
			var term, id string
			var offset int
			err := scan(&term, &offset, &id)
			out = append(out, fmt.Sprintf("%s %s %d %s", table, id, offset, term))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(out)
	return out
}

// A file of the schema before search is filled when it is opened: its index is
// that of a store into which its dump is restored, and its dump is as before.
func TestMigrateFillsIndex(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("testdata", "schema2.sql"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "graph.db")
	rawExec(t, path, string(old))
	s, err := open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dump := graphtest.Dump(t, s)
	fresh, err := open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	if err := graph.Restore(t.Context(), fresh, strings.NewReader(dump)); err != nil {
		t.Fatal(err)
	}
	got, want := indexContent(t, s), indexContent(t, fresh)
	if len(got) < 300 || !slices.Equal(got, want) {
		t.Errorf("got %d words in the index, want the %d of a new store", len(got), len(want))
	}
	if graphtest.Dump(t, fresh) != dump || strings.Count(dump, `"Article"`) != 3 {
		t.Error("got another dump from the restored store")
	}
	// The file is a store like any other: what is forgotten leaves the index too.
	ids := []string{"article:688a7bdba3b34d3b", "article:6fe448ad171e168e", "article:ex-zibo-youjie"}
	if _, err := s.Apply(t.Context(), graph.Batch{Forget: ids}); err != nil {
		t.Fatal(err)
	}
	if rest := indexContent(t, s); len(rest) > 0 {
		t.Errorf("got %d words in the index of an empty graph: %v", len(rest), rest[0])
	}
}

// Every character that searchable text may hold is a word of the index.
func TestIndexHoldsEveryCharacter(t *testing.T) {
	s, err := open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all strings.Builder
	for r := rune(1); r < 0x250; r++ {
		all.WriteRune(r)
	}
	all.WriteString("，。、；：？！…—·～￥％＋－×÷→★☎①㎡ⅣαЖかカ한𠮷𰻞🀄〇々")
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: "e", Load: []graph.Facts{{Article: graph.Article{ID: "article:1", Text: all.String()}}}}); err != nil {
		t.Fatal(err)
	}
	for _, r := range script.Phrase(all.String()) {
		n := 0
		err := s.Run(t.Context(), graph.Statement{SQL: "SELECT rowid FROM article_words WHERE article_words MATCH :words"},
			map[string]any{"words": script.PhraseQuery([][]rune{{r}})}, func(graph.Row) error { n++; return nil })
		if err != nil || n != 1 {
			t.Errorf("%q (%U): got %d hits, %v, want 1", r, r, n, err)
		}
	}
}
