// Command bench measures reformgraph against what it is built on, on made articles: its
// answers over HTTP against the same statements through the drivers alone and through Neo4j's own
// HTTP API, its loading against a bare UNWIND of the same rows, and how the time of a question
// grows with the graph. Rivals take turns within one run, on the same content.
//
//	bench [-scale full|short|tiny] [-parts load,queries,spread] [-only QUERY,…] [-cpuprofile FILE] [-write FILE]
//
// `make bench` runs it with a Neo4j server of its own, named by REFORMGRAPH_TEST_NEO4J_URI and
// REFORMGRAPH_TEST_NEO4J_HTTP; without these it measures SQLite alone. With -write the part of
// FILE between the marks is replaced by what was measured.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"
)

// The variables that name a Neo4j server; .ci/neo4j sets them.
const (
	boltVariable = "REFORMGRAPH_TEST_NEO4J_URI"
	httpVariable = "REFORMGRAPH_TEST_NEO4J_HTTP"
)

// scale says how much is made and how long it is measured.
type scale struct {
	sqlite, neo4j []int         // articles of the graphs, ascending; the last but one is asked every query
	load          int           // articles of one load
	loads         int           // rounds of loading
	rounds        int           // with one client; with many three are enough
	turn          time.Duration // of one rival in one round
	clients       int           // besides one
	warm          int           // rounds before a measurement that do not count
}

var scales = map[string]scale{
	"full":  {[]int{1000, 10000, 100000}, []int{1000, 5000, 20000}, 1000, 3, 5, 200 * time.Millisecond, 32, 2},
	"short": {[]int{500, 1000, 5000}, []int{500, 1000, 3000}, 400, 3, 3, 150 * time.Millisecond, 32, 2},
	"tiny":  {[]int{40, 80}, []int{40, 80}, 40, 1, 1, time.Millisecond, 2, 0},
}

// bench is one run.
type bench struct {
	scale
	only   []string // queries; all if empty
	corpus *corpus
	dir    string // for the files of SQLite
	bolt   string // URL of the Neo4j server; "" without one
	api    string // URL of its HTTP API
	log    io.Writer
	loaded []sqliteLoad
	report bytes.Buffer
}

func main() {
	size := flag.String("scale", "full", "`SIZE` of the run: full, short or tiny")
	parts := flag.String("parts", "load,queries,spread", "`PARTS` to measure")
	only := flag.String("only", "", "`QUERIES` to ask, if not all; spread is one")
	profile := flag.String("cpuprofile", "", "`FILE` for a profile of the run")
	file := flag.String("write", "", "`FILE` to write the result into, between the marks")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
	}
	err := run(ctx, *size, splitList(*parts), splitList(*only), *file)
	pprof.StopCPUProfile()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}

func run(ctx context.Context, size string, parts, only []string, file string) error {
	sc, ok := scales[size]
	if !ok {
		return fmt.Errorf("-scale %q: want full, short or tiny", size)
	}
	dir, err := os.MkdirTemp("", "reformgraph-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{scale: sc, only: only, dir: dir, bolt: os.Getenv(boltVariable), api: os.Getenv(httpVariable), log: os.Stderr}
	if err := b.run(ctx, parts); err != nil {
		b.report.WriteTo(os.Stderr) // what was measured until then
		return err
	}
	if file != "" {
		return writeBetween(file, b.report.String())
	}
	_, err = b.report.WriteTo(os.Stdout)
	return err
}

// run measures the parts and leaves the result in b.report.
func (b *bench) run(ctx context.Context, parts []string) error {
	began := time.Now()
	var err error
	if b.corpus, err = newCorpus(slices.Concat(b.sqlite, b.neo4j)); err != nil {
		return err
	}
	b.corpus.only = b.only
	wants := func(part string) bool { return slices.Contains(parts, part) }
	if b.bolt != "" {
		if err := b.checkServer(ctx); err != nil {
			return err
		}
		if wants("load") {
			if err := b.loading(ctx); err != nil {
				return fmt.Errorf("loading: %w", err)
			}
		}
		if wants("queries") || wants("spread") {
			if err := b.neo4jQuestions(ctx, wants("queries"), wants("spread")); err != nil {
				return fmt.Errorf("questions to Neo4j: %w", err)
			}
		}
	}
	if wants("queries") || wants("spread") {
		if err := b.sqliteQuestions(ctx, wants("queries"), wants("spread")); err != nil {
			return fmt.Errorf("questions to SQLite: %w", err)
		}
	}
	var head bytes.Buffer
	machine(&head, b, time.Since(began))
	head.Write(b.report.Bytes())
	b.report = head
	return nil
}

// progress tells what is being done.
func (b *bench) progress(format string, args ...any) {
	fmt.Fprintf(b.log, time.Now().Format("15:04:05 ")+format+"\n", args...)
}

// The marks between which writeBetween writes.
const (
	beginMark = "<!-- measured: begin; written by make bench -->"
	endMark   = "<!-- measured: end -->"
)

// writeBetween replaces what stands between the marks in a file.
func writeBetween(file, text string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(old), beginMark)
	_, after, ok2 := strings.Cut(rest, endMark)
	if !ok || !ok2 {
		return errors.New(file + ": the marks are missing: want lines " + beginMark + " and " + endMark)
	}
	return os.WriteFile(file, []byte(before+beginMark+"\n\n"+text+"\n"+endMark+after), 0o666)
}
