package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
	"reformgraph/graph/sqlitestore"
)

// runAsProgram makes the test binary the program itself.
const runAsProgram = "REFORMGRAPH_TEST_RUN_AS_PROGRAM"

// place is a store that a test loads into, with the settings to reach it.
type place struct {
	store string // setting of the program
	env   []string
	open  func(context.Context) (graph.Store, error)
}

func sqlitePlace(dir string) place {
	file := filepath.Join(dir, "graph.db")
	return place{store: "sqlite:" + file, open: func(ctx context.Context) (graph.Store, error) { return sqlitestore.Open(ctx, file) }}
}

func neo4jPlace(s neo4jtest.Server) place {
	return place{
		store: s.URI,
		env: []string{"REFORMGRAPH_NEO4J_USER=" + s.User, "REFORMGRAPH_NEO4J_PASSWORD=" + s.Password,
			"REFORMGRAPH_NEO4J_DATABASE=" + s.Database},
		open: func(ctx context.Context) (graph.Store, error) {
			return neo4jstore.Open(ctx, neo4jstore.Config{URL: s.URI, User: s.User, Password: s.Password, Database: s.Database})
		},
	}
}

// eachStore runs a test on both stores.
func eachStore(t *testing.T, test func(t *testing.T, p place)) {
	t.Run("SQLite", func(t *testing.T) { test(t, sqlitePlace(t.TempDir())) })
	t.Run("Neo4j", func(t *testing.T) { test(t, neo4jPlace(neo4jtest.Open(t))) })
}

// command is the program, called on the store.
func (p place) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"--store", p.store}, args...)...)
	cmd.Env = append(append(os.Environ(), runAsProgram+"=1"), p.env...)
	cmd.Dir = t.TempDir()
	return cmd
}

// run runs the program to its end and returns what it printed.
func (p place) run(t *testing.T, args ...string) (stdout string) {
	t.Helper()
	cmd := p.command(t, args...)
	var errors bytes.Buffer
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("reformgraph %s: %v\n%s", strings.Join(args, " "), err, errors.Bytes())
	}
	return string(out)
}

// articles is how many articles the store holds at the moment; 0 while it is
// being made.
func (p place) articles(t *testing.T) int {
	t.Helper()
	s, err := p.open(t.Context())
	if err != nil {
		return 0
	}
	defer s.Close()
	info, err := s.Info(t.Context())
	if err != nil {
		return 0
	}
	return info.Articles
}

// waitFor waits until the store holds more than n articles, and tells whether
// that came before the program ended.
func (p place) waitFor(t *testing.T, n int, ended <-chan error) bool {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; {
		select {
		case <-ended:
			return false
		case <-time.After(10 * time.Millisecond):
			if p.articles(t) > n {
				return true
			}
			if time.Now().After(deadline) {
				t.Fatal("the loader does not come on")
			}
		}
	}
}

func start(t *testing.T, cmd *exec.Cmd) (ended <-chan error) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait(); close(done) }()
	t.Cleanup(func() { cmd.Process.Kill(); <-done })
	return done
}

// records are n articles as NDJSON.
func records(n int) string {
	cities := []string{"淄博市", "烟台市", "潍坊市", "济宁市", "威海市", "杭州市", "宁波市", "温州市", "苏州市", "无锡市", "成都市"}
	practices := []string{"河长制", "林长制", "田长制", "链长制", "接诉即办", "最多跑一次", "网格化管理"}
	var b strings.Builder
	for i := range n {
		city, other, practice := cities[i%len(cities)], cities[(i/3+4)%len(cities)], practices[i%len(practices)]
		fmt.Fprintf(&b, `{"id":"r%05d","published":"%d-%02d","title":"%s见闻之%d","text":"%s推行%s，第%d处试点已经铺开。`+
			`此前%s派人赴%s学习%s的做法，回来后写进全市工作要点。有关负责人说，这项改革还要接着做下去。"}`+"\n",
			i, 2015+i%9, 1+i%12, city, i, city, practice, i, city, other, practice)
	}
	return b.String()
}

// manyRecords is an input that takes some time to load.
const manyRecords = 1400

// undisturbed is the dump of an undisturbed load of manyRecords into SQLite.
var undisturbed struct {
	sync.Once
	dump string
}

// inputFile writes n records to a file.
func inputFile(t *testing.T, n int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "records.ndjson")
	if err := os.WriteFile(path, []byte(records(n)), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// manyInput returns a file of manyRecords and the dump of an undisturbed load of it.
func manyInput(t *testing.T) (path, dump string) {
	t.Helper()
	path = inputFile(t, manyRecords)
	undisturbed.Do(func() { undisturbed.dump = dumpOf(t, path) })
	if undisturbed.dump == "" {
		t.Fatal("the undisturbed load failed in an earlier test")
	}
	return path, undisturbed.dump
}

// dumpOf loads a file into a new SQLite store and dumps that.
func dumpOf(t *testing.T, path string) string {
	t.Helper()
	calm := sqlitePlace(t.TempDir())
	calm.run(t, "load", "--quiet", path)
	return calm.run(t, "dump")
}

func sameDump(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("dump differs from that of an undisturbed load at line %d of %d and %d:\ngot  %.300s\nwant %.300s", i+1, len(g), len(w), g[i], w[i])
		}
	}
	t.Fatalf("got a dump of %d lines, want the %d of an undisturbed load", len(g), len(w))
}

// A loader that is killed at any moment leaves a graph that the next run
// completes.
func TestFailureKilled(t *testing.T) {
	path, want := manyInput(t)
	eachStore(t, func(t *testing.T, p place) {
		kills := 0
		for _, delay := range []int{0, 35, 10, 60, 20} { // milliseconds after the last commit seen
			before := p.articles(t)
			cmd := p.command(t, "load", path)
			ended := start(t, cmd)
			if !p.waitFor(t, before, ended) {
				break
			}
			time.Sleep(time.Duration(delay) * time.Millisecond)
			cmd.Process.Kill()
			if err := <-ended; err != nil {
				kills++
			}
		}
		if kills < 3 {
			t.Fatalf("only %d loads were killed before their end: the input is too small for this machine", kills)
		}
		p.run(t, "load", "--quiet", path)
		sameDump(t, p.run(t, "dump"), want)
	})
}

// An interrupt finishes the batch in hand, and says where the run stopped.
func TestFailureInterrupted(t *testing.T) {
	path := inputFile(t, 250)
	want := dumpOf(t, path)
	p := sqlitePlace(t.TempDir())
	cmd := p.command(t, "load", "-")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	ended := start(t, cmd)
	if _, err := io.WriteString(stdin, records(250)); err != nil { // and the pipe stays open
		t.Fatal(err)
	}
	if !p.waitFor(t, 0, ended) {
		t.Fatalf("the loader ended by itself: %s", stderr.Bytes())
	}
	cmd.Process.Signal(os.Interrupt)
	err = <-ended
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Errorf("got %v, want exit status %d", err, exitFailed)
	}
	if got := stderr.String(); !strings.Contains(got, "interrupted: stopped after article:r00199 (-:200), the last article committed") {
		t.Errorf("got %q, want it to say where the run stopped", got)
	}
	p.run(t, "load", "--quiet", path)
	sameDump(t, p.run(t, "dump"), want)
}

// A full disk ends the run and names the last article; what was committed stays,
// and is completed once there is room.
func TestFailureFullDisk(t *testing.T) {
	path, want := manyInput(t)
	small := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "reformgraph-test", small).CombinedOutput(); err != nil {
		t.Skipf("no small disk to fill: mount: %v: %s", err, bytes.TrimSpace(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", small).CombinedOutput(); err != nil {
			t.Errorf("umount %s: %v: %s", small, err, out)
		}
	})
	p := sqlitePlace(small)
	cmd := p.command(t, "load", path)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Fatalf("got %v, want exit status %d\n%s", err, exitFailed, stderr.Bytes())
	}
	n := p.articles(t)
	last := fmt.Sprintf("stopped after article:r%05d (", n-1)
	if got := stderr.String(); n == 0 || !strings.Contains(got, last) || !strings.Contains(got, "full") {
		t.Errorf("got %q with %d articles committed, want a full store and %q", got, n, last)
	}
	roomy := t.TempDir()
	files, err := filepath.Glob(filepath.Join(small, "graph.db*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(roomy, filepath.Base(f)), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	q := sqlitePlace(roomy)
	q.run(t, "load", "--quiet", path)
	sameDump(t, q.run(t, "dump"), want)
}

// A server that goes away ends the run and names the last article.
func TestFailureStoreGoesAway(t *testing.T) {
	path, want := manyInput(t)
	direct := neo4jPlace(neo4jtest.Open(t))
	link := newLink(t, strings.TrimPrefix(strings.TrimPrefix(direct.store, "neo4j://"), "bolt://"))
	p := direct
	p.store = "bolt://" + link.listener.Addr().String()
	cmd := p.command(t, "load", path)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	ended := start(t, cmd)
	// Once the second batch is there, the loader has heard of the first.
	if !direct.waitFor(t, graph.MaxBatchArticles, ended) {
		t.Fatalf("the loader ended by itself: %s", stderr.Bytes())
	}
	link.cut()
	select {
	case err := <-ended:
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
			t.Errorf("got %v, want exit status %d", err, exitFailed)
		}
	case <-time.After(time.Minute):
		t.Fatal("the loader does not end")
	}
	if got := stderr.String(); !strings.Contains(got, "stopped after article:r") || !strings.Contains(got, graph.ErrUnavailable.Error()) {
		t.Errorf("got %q, want the last committed article and that the store is unavailable", got)
	}
	direct.run(t, "load", "--quiet", path)
	sameDump(t, direct.run(t, "dump"), want)
}

// A SIGTERM to a server ends it in good order.
func TestFailureServerTerminated(t *testing.T) {
	p := sqlitePlace(t.TempDir())
	path := inputFile(t, 20)
	p.run(t, "load", "--quiet", path)
	cmd := p.command(t, "serve", "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	ended := start(t, cmd)
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("got %v, want exit status 0", err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the server does not end")
	}
}

// link passes TCP connections on to a server until it is cut.
type link struct {
	listener net.Listener
	mu       sync.Mutex
	isCut    bool
	ends     []net.Conn
}

func newLink(t *testing.T, server string) *link {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &link{listener: listener}
	t.Cleanup(l.cut)
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", server)
			if err != nil {
				near.Close()
				continue
			}
			l.mu.Lock()
			l.ends = append(l.ends, near, far)
			l.mu.Unlock()
			go func() { io.Copy(far, near); far.Close() }()
			go func() { io.Copy(near, far); near.Close() }()
		}
	}()
	return l
}

func (l *link) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.isCut {
		return
	}
	l.isCut = true
	l.listener.Close()
	for _, c := range l.ends {
		c.Close()
	}
}

// A second loader of one file is told so at once; questions are answered.
func TestLoadBesideAnotherLoader(t *testing.T) {
	p := sqlitePlace(t.TempDir())
	article := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(article, []byte("淄博市推行河长制，河道有人管。"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.run(t, "load", article)
	file := strings.TrimPrefix(p.store, "sqlite:")
	other, err := sqlitestore.OpenLoader(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var stderr bytes.Buffer
	cmd := p.command(t, "load", article)
	cmd.Stderr = &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("got %v, want exit code 1", err)
	}
	if got := stderr.String(); !strings.Contains(got, "in use by another loader") || !strings.Contains(got, file) {
		t.Errorf("got %q, want that %s is in use", got, file)
	}
	p.run(t, "dump")
}
