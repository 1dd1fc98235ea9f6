package sqlitestore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"modernc.org/sqlite"

	"reformgraph/graph"
	"reformgraph/graph/graphtest"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	foreign := filepath.Join(dir, "foreign.db")
	rawExec(t, foreign, "CREATE TABLE mine (a)")
	newer := newFile(t)
	rawExec(t, newer, "PRAGMA user_version = 1000")
	for name, c := range map[string]struct{ path, want string }{
		"Empty":            {"", "path of the database file is empty"},
		"Directory":        {dir, "is a directory"},
		"DirectoryMissing": {filepath.Join(dir, "nowhere", "graph.db"), "does not exist: make it first"},
		"InsideFile":       {filepath.Join(write("file", "x"), "graph.db"), "not a directory"},
		"Text":             {write("text", strings.Repeat("no database ", 100)), "is not a SQLite database"},
		"Foreign":          {foreign, "of another program"},
		"Newer":            {newer, "it has schema 1000, this program knows 5: use a newer reformgraph"},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path)
			s, err := Open(t.Context(), c.path)
			if err == nil {
				s.Close()
				t.Fatal("got no error")
			}
			if !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.path) {
				t.Errorf("got %q, want %q and the path", err, c.want)
			}
			if name == "Newer" && !errors.Is(err, graph.ErrSchema) {
				t.Errorf("got %v, want %v", err, graph.ErrSchema)
			}
			if after, _ := os.ReadFile(c.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenWithoutPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser may open every file")
	}
	path := newFile(t)
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(t.Context(), path); !errors.Is(err, os.ErrPermission) {
		if err == nil {
			s.Close()
		}
		t.Errorf("got %v, want %v", err, os.ErrPermission)
	}
}

// A name is a name, whatever it means in a URL or a shell.
func TestOpenOddNames(t *testing.T) {
	for _, name := range []string{"有解 思维.db", "a?mode=ro", "a#b", "50%.db", "a&b=c", "'q'", `"`, "%41"} {
		path := filepath.Join(t.TempDir(), name)
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s.Close()
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenRelativeName(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := Open(t.Context(), "graph.db")
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := os.Stat("graph.db"); err != nil {
		t.Error(err)
	}
}

func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	ids := make([]string, 6)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			info, err := s.Info(t.Context())
			if err != nil {
				t.Error(err)
			}
			ids[i] = info.StoreID
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] || id == "" {
			t.Fatalf("got store ids %v, want one", ids)
		}
	}
}

func TestOpenKeepsWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	var infos []graph.Info
	for range 2 {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Apply(t.Context(), graph.Batch{Edition: "e", Load: []graph.Facts{{Article: graph.Article{ID: "article:1", Text: "文"}}}}); err != nil {
			t.Fatal(err)
		}
		info, err := s.Info(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		infos = append(infos, info)
		s.Close()
	}
	if infos[0] != infos[1] || infos[0].Revision != 1 {
		t.Errorf("got %+v after opening again, want %+v", infos[1], infos[0])
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := "[graph.db graph.db-loader]"; fmt.Sprint(names) != want {
		t.Errorf("got files %v after closing, want %v", names, want)
	}
}

// A file of the schema before the number of articles was kept has it when opened.
func TestOpenCountsArticles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	steps, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), steps[0]+steps[1]+`;
		INSERT INTO article (id, authors, given, unresolved, text_sha256, hash, edition, text)
		SELECT 'article:' || value, '[]', '[]', '[]', '', '', 'e', 'x' FROM json_each('[1, 2, 3]'); PRAGMA user_version = 2`); err != nil {
		t.Fatal(err)
	}
	if err := initialise(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	again := graph.Batch{Edition: "e", Reextract: true, Load: []graph.Facts{{Article: graph.Article{ID: "article:1", Text: "文"}}}}
	for _, step := range []struct {
		batch graph.Batch
		want  int
	}{{graph.Batch{}, 3}, {graph.Batch{Forget: []string{"article:1", "article:9"}}, 2}, {again, 3}, {again, 3}} {
		if _, err := s.Apply(t.Context(), step.batch); err != nil {
			t.Fatal(err)
		}
		if info, err := s.Info(t.Context()); err != nil || info.Articles != step.want {
			t.Errorf("got %d articles, %v, want %d", info.Articles, err, step.want)
		}
	}
}

// A file whose pages are garbage is called damaged, and never a panic.
func TestOpenDamagedFile(t *testing.T) {
	path := newFile(t)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(data); i++ {
		data[i] = byte(i * 7)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path)
	if err == nil {
		_, err = s.Info(t.Context())
		s.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("got %v, want an error that says so", err)
	}
}

// On a full disk the batch is refused whole, and the store goes on when there is
// room again.
func TestApplyFullDisk(t *testing.T) {
	s, err := open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	batch := func(from, n int) graph.Batch {
		b := graph.Batch{Edition: "e"}
		for i := from; i < from+n; i++ {
			b.Load = append(b.Load, graph.Facts{Article: graph.Article{ID: fmt.Sprint("article:", i), Text: strings.Repeat("文", 3000)}})
		}
		return b
	}
	if _, err := s.Apply(t.Context(), batch(0, 5)); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := s.writer.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		t.Helper()
		if err := s.writer.QueryRow(fmt.Sprint("PRAGMA max_page_count = ", n)).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 20)
	before := graphtest.Dump(t, s)
	if _, err := s.Apply(t.Context(), batch(5, 100)); !errors.Is(err, graph.ErrFull) {
		t.Fatalf("got %v, want %v", err, graph.ErrFull)
	}
	if got := graphtest.Dump(t, s); got != before {
		t.Error("the batch left something behind")
	}
	limit(1 << 30)
	if _, err := s.Apply(t.Context(), batch(5, 100)); err != nil {
		t.Error(err)
	}
}

// Reads see the store as it was while a writer is at work, and do not wait.
func TestReadBesideWriter(t *testing.T) {
	s, err := open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.write(t.Context(), func(conn *sql.Conn) error {
		if _, err := conn.ExecContext(t.Context(), "UPDATE meta SET value = '7' WHERE key = 'revision'"); err != nil {
			return err
		}
		info, err := s.Info(t.Context())
		if err == nil && info.Revision != 0 {
			err = fmt.Errorf("got revision %d before the commit", info.Revision)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := s.Info(t.Context()); err != nil || info.Revision != 7 {
		t.Errorf("got %+v, %v, want revision 7", info, err)
	}
}

// Queries prove their plan with EXPLAIN QUERY PLAN, which is a read.
func TestRunExplains(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for statement, want := range map[string]string{
		"SELECT quote FROM claim WHERE subject = :x AND type = 'IN'":                 "claim_subject",
		"SELECT quote FROM claim WHERE object = :x AND type = 'APPLIES'":             "claim_object",
		"SELECT quote FROM claim WHERE article = :x":                                 "claim_article",
		"SELECT quote FROM claim WHERE type = 'APPLIES' AND status = 'done'":         "claim_type",
		"SELECT name FROM node WHERE practice = :x":                                  "node_practice",
		"SELECT name FROM node WHERE parent = :x":                                    "node_parent",
		"SELECT name FROM node WHERE today = :x":                                     "node_today",
		"SELECT name FROM node WHERE label = 'Place'":                                "node_label",
		"SELECT node.name FROM node_key JOIN node ON node = id WHERE key = :x":       "PRIMARY KEY",
		"SELECT starts FROM mention WHERE article = :x":                              "mention_article",
		"SELECT name FROM node WHERE id IN (SELECT value FROM json_each(:list))":     "node_1",
		"SELECT title FROM article WHERE published >= :x AND published < '2030'":     "article_published",
		"SELECT place FROM article_place WHERE place = :x":                           "article_place_place",
		"SELECT name FROM node WHERE name_key = :x AND label = 'Leader' ORDER BY id": "node_name_key",
	} {
		var plan strings.Builder
		err := s.Run(t.Context(), graph.Statement{SQL: "EXPLAIN QUERY PLAN " + statement}, map[string]any{"x": "x", "list": []string{"x"}}, func(r graph.Row) error {
			fmt.Fprintln(&plan, r["detail"])
			return nil
		})
		if err != nil || !strings.Contains(plan.String(), want) {
			t.Errorf("%s: got plan %q, %v, want %s", statement, plan.String(), err, want)
		}
	}
}

func newFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func rawExec(t *testing.T, path, statement string) {
	t.Helper()
	db := sql.OpenDB(connector{dsn: dsn(path, "rwc"), driver: new(sqlite.Driver)})
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}
