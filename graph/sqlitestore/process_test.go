package sqlitestore_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/sqlitestore"
)

// loaderFile, in the environment, makes the test binary a loader of that file.
const loaderFile = "REFORMGRAPH_TEST_LOADER_FILE"

func TestMain(m *testing.M) {
	if path := os.Getenv(loaderFile); path != "" {
		os.Exit(loader(path))
	}
	os.Exit(m.Run())
}

// loader loads and forgets until it is killed, and says so on standard output
// whenever a batch is done.
func loader(path string) int {
	ctx := context.Background()
	s, err := sqlitestore.OpenLoader(ctx, path)
	if err != nil {
		os.Stdout.WriteString(err.Error() + "\n")
		return 1
	}
	facts := reports(60, 5)
	for i := 0; ; i = (i + 10) % len(facts) {
		if _, err := s.Apply(ctx, graph.Batch{Edition: "bench", Load: facts[i : i+10]}); err != nil {
			os.Stdout.WriteString(err.Error() + "\n")
			return 1
		}
		os.Stdout.WriteString("batch\n")
		if i+10 == len(facts) {
			for _, f := range facts {
				if _, err := s.Apply(ctx, graph.Batch{Forget: []string{f.Article.ID}}); err != nil {
					return 1
				}
			}
		}
	}
}

// A second loader is told; readers go on; a killed loader leaves whole batches
// and no lock.
func TestLoaderOfAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	facts := reports(60, 5)
	for round := range 3 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), loaderFile+"="+path)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 2 + 3*round {
			if !lines.Scan() || lines.Text() != "batch" {
				t.Fatalf("the loader says %q", lines.Text())
			}
		}
		go func() {
			for lines.Scan() { // so that it does not wait for a reader
			}
		}()
		if round == 0 {
			_, err := sqlitestore.OpenLoader(t.Context(), path)
			if !errors.Is(err, graph.ErrBusy) || !strings.Contains(err.Error(), path) {
				t.Errorf("a second loader: got %v, want %v and the file's name", err, graph.ErrBusy)
			}
			s, err := sqlitestore.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			if info, err := s.Info(t.Context()); err != nil || info.Revision == 0 {
				t.Errorf("reading beside a loader: got %+v, %v, want a revision", info, err)
			}
			if _, err := s.Apply(t.Context(), graph.Batch{Edition: "bench", Load: facts[:1]}); !errors.Is(err, graph.ErrBusy) {
				t.Errorf("writing beside a loader: got %v, want %v", err, graph.ErrBusy)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		child.Wait()
	}
	s, err := sqlitestore.OpenLoader(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: "bench", Load: facts}); err != nil {
		t.Fatal(err)
	}
	fresh, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "fresh.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	if _, err := fresh.Apply(t.Context(), graph.Batch{Edition: "bench", Load: facts}); err != nil {
		t.Fatal(err)
	}
	var got, want bytes.Buffer
	if err := errors.Join(graph.Dump(t.Context(), s, &got), graph.Dump(t.Context(), fresh, &want)); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() {
		t.Errorf("the dump after three kills (%d bytes) is not that of one load (%d bytes)", got.Len(), want.Len())
	}
}
