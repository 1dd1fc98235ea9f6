package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// The goals; a figure that misses its own is bold in the tables.
const (
	goalHTTP     = 1.3                    // p50 over HTTP to that of the driver alone, at most
	goalAPI1     = 2.0                    // throughput over HTTP to that of Neo4j's Query API, at least, with one client
	goalAPIMany  = 1.3                    // with many
	goalLoading  = 0.7                    // rows a second of loading to those of a bare UNWIND, at least
	goalGrowth   = 1.5                    // p50 of spread in the largest graph to that in the smallest, at most
	slowQuestion = 200 * time.Millisecond // of all rivals together: not asked by many clients
)

// answerRow is what was measured of one query.
type answerRow struct {
	query      string
	rows       int      // of the first answer
	statements int      // that the first answer takes
	one        [][]turn // with one client, by rival
	many       [][]turn // with many; nil for a query that is too slow to wait for
}

// growth is spread asked in a graph of one size, over HTTP and by the driver alone.
type growth struct {
	size  int
	turns [][]turn
}

// warmUp asks for a while without measuring, and longer where the server's code is
// not compiled yet.
func (b *bench) warmUp(ctx context.Context, rivals []rival, cold bool) error {
	rounds := b.warm
	if cold {
		rounds *= 6
	}
	_, err := contest(ctx, rivals, 4, rounds, b.turn)
	return err
}

// answer measures one query. One that takes long is asked in fewer rounds, and not
// by many clients.
func (b *bench) answer(ctx context.Context, query string, rows, statements int, rivals []rival) (answerRow, error) {
	row := answerRow{query: query, rows: rows, statements: statements}
	if err := b.warmUp(ctx, rivals, false); err != nil {
		return row, fmt.Errorf("%s: %w", query, err)
	}
	began := time.Now()
	if _, err := contest(ctx, rivals, 1, 1, 0); err != nil {
		return row, err
	}
	slow := time.Since(began) > slowQuestion
	var err error
	if row.one, err = contest(ctx, rivals, 1, b.rounds, b.turn); err == nil && !slow {
		row.many, err = contest(ctx, rivals, b.clients, min(b.rounds, 3), b.turn)
	}
	b.progress("%s: %.2f ms, driver %.2f ms", query, middle(row.one[0], p50), middle(row.one[1], p50))
	return row, err
}

// mark writes a ratio, bold if it misses its goal.
func mark(x float64, missed bool) string {
	if missed {
		return fmt.Sprintf("**%.2f**", x)
	}
	return fmt.Sprintf("%.2f", x)
}

func (b *bench) reportAnswers(store string, size int, table []answerRow) {
	w := &b.report
	api := len(table[0].one) > 2
	fmt.Fprintf(w, "### Questions to %s, %d articles\n\n", store, size)
	fmt.Fprintf(w, "| query | rows | statements | driver p50 ms | HTTP p50 ms | ratio | HTTP p95 ms | req/s: 1 client | %d clients | to driver |", b.clients)
	if api {
		fmt.Fprintf(w, " Query API p50 ms | req/s to Query API: 1 client | %d clients |", b.clients)
	}
	fmt.Fprint(w, "\n|"+strings.Repeat(" --- |", 10))
	if api {
		fmt.Fprint(w, strings.Repeat(" --- |", 3))
	}
	fmt.Fprintln(w)
	var ratios, one, many []float64
	for _, r := range table {
		x := ratio(r.one[0], r.one[1], p50)
		ratios = append(ratios, x)
		fmt.Fprintf(w, "| `%s` | %d | %d | %.2f | %.2f | %s | %.2f | %.0f | ", r.query, r.rows, r.statements, middle(r.one[1], p50), middle(r.one[0], p50),
			mark(x, x > goalHTTP), middle(r.one[0], p95), middle(r.one[0], throughput))
		if r.many == nil {
			fmt.Fprint(w, "– | – |")
		} else {
			fmt.Fprintf(w, "%.0f | %.2f |", middle(r.many[0], throughput), ratio(r.many[0], r.many[1], throughput))
		}
		if api {
			x := ratio(r.one[0], r.one[2], throughput)
			one = append(one, x)
			fmt.Fprintf(w, " %.2f | %s | ", middle(r.one[2], p50), mark(x, x < goalAPI1))
			if r.many == nil {
				fmt.Fprint(w, "– |")
			} else {
				x := ratio(r.many[0], r.many[2], throughput)
				many = append(many, x)
				fmt.Fprintf(w, "%s |", mark(x, x < goalAPIMany))
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "\nHTTP to driver, p50: median %.2f, %d of %d within %.1f.", med(ratios), met(ratios, func(x float64) bool { return x <= goalHTTP }), len(ratios), goalHTTP)
	if api {
		fmt.Fprintf(w, " Throughput to the Query API: one client median %.2f, %d of %d at least %.1f; %d clients median %.2f, %d of %d at least %.1f.",
			med(one), met(one, func(x float64) bool { return x >= goalAPI1 }), len(one), goalAPI1,
			b.clients, med(many), met(many, func(x float64) bool { return x >= goalAPIMany }), len(many), goalAPIMany)
	}
	fmt.Fprint(w, "\n\n")
}

func met(xs []float64, goal func(float64) bool) int {
	n := 0
	for _, x := range xs {
		if goal(x) {
			n++
		}
	}
	return n
}

func med(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(xs))
	return s[len(s)/2]
}

func (b *bench) reportGrowth(store string, grown []growth) {
	w := &b.report
	fmt.Fprintf(w, "### `spread` of experiences with %d adoptions in %s of growing size\n\n", plantedAdoptions, store)
	fmt.Fprint(w, "| articles | HTTP p50 ms | p95 ms | to the smallest | driver p50 ms | to the smallest |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, g := range grown {
		http, driver := middle(g.turns[0], p50), middle(g.turns[1], p50)
		x := http / middle(grown[0].turns[0], p50)
		fmt.Fprintf(w, "| %d | %.2f | %.2f | %s | %.2f | %.2f |\n", g.size, http, middle(g.turns[0], p95), mark(x, x > goalGrowth), driver, driver/middle(grown[0].turns[1], p50))
	}
	fmt.Fprintln(w)
}

func (b *bench) reportLoading(total int, ours, bare []float64) {
	w := &b.report
	x := median(len(ours), func(i int) float64 { return bare[i] / ours[i] })
	fmt.Fprintf(w, "### Loading Neo4j\n\n%d articles, %d nodes and edges, %d rounds: %.2f s, %.0f rows/s; bare UNWIND of the same rows %.2f s, %.0f rows/s; loading at %s of it.\n\n",
		b.scale.load, total, len(ours), med(ours), float64(total)/med(ours), med(bare), float64(total)/med(bare), mark(x, x < goalLoading))
}

func (b *bench) reportSQLiteLoads() {
	fmt.Fprint(&b.report, "### Loading SQLite\n\n")
	before := 0
	for _, l := range b.loaded {
		fmt.Fprintf(&b.report, "%d articles onto %d: %.1f s, %.0f articles/s. ", l.articles, before, l.took.Seconds(), float64(l.articles)/l.took.Seconds())
		before += l.articles
	}
	fmt.Fprint(&b.report, "\n\n")
}

// machine says where and when.
func machine(w io.Writer, b *bench, took time.Duration) {
	cpu := "unknown processor"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
				cpu = strings.TrimSpace(v)
				break
			}
		}
	}
	load := ""
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load = ", load at the end " + strings.Fields(string(text))[0]
	}
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version = ", revision " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	fmt.Fprintf(w, "Measured %s on %s/%s, %d cores, %s; %s%s; the run took %v%s. Figures are medians of %d rounds of %v a rival; bold misses its goal.\n\n",
		time.Now().UTC().Format("2006-01-02 15:04 UTC"), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), cpu, runtime.Version(), version,
		took.Round(time.Second), load, b.rounds, b.turn)
}
