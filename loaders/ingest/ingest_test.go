package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
	"reformgraph/graph/sqlitestore"
	"reformgraph/loaders/article"
	"reformgraph/loaders/ingest"
)

// brackets is a chain small enough to see through: every 【NAME】 is an experience
// that began in China, every 【?NAME】 cannot be resolved. It finds the first line
// as the title, and breaks on a text that holds 【!】.
type brackets struct {
	edition string
	read    *atomic.Int64 // how many articles were extracted
}

var bracketed = regexp.MustCompile(`【([^】]+)】`)

func (b brackets) Edition() string { return b.edition }

func (brackets) Prepare(a graph.Article) graph.Article {
	a.Script = "simplified"
	if a.Title == "" {
		a.Title, _, _ = strings.Cut(a.Text, "\n")
	}
	return a
}

func (b brackets) Extract(a graph.Article) graph.Facts {
	b.read.Add(1)
	f := graph.Facts{Article: a, Places: []graph.Place{{ID: "place:CN", Name: "中国", Level: "country", Today: "CN"}}}
	mentions := map[string]int{}
	for _, m := range bracketed.FindAllStringSubmatchIndex(a.Text, -1) {
		name := a.Text[m[2]:m[3]]
		start := utf8.RuneCountInString(a.Text[:m[2]])
		end := start + utf8.RuneCountInString(name)
		switch {
		case name == "!":
			panic("a bracket too many")
		case name[0] == '?':
			f.Unresolved = append(f.Unresolved, graph.Unresolved{Start: start, End: end, Text: name, Why: "nothing of this name is known"})
			continue
		case name == "∅": // breaks a rule of the model
			f.Claims = append(f.Claims, graph.Claim{Subject: "experience:∅", Predicate: graph.OriginatedIn, Object: "place:CN"})
			continue
		}
		id := graph.ExperienceID(name)
		f.Claims = append(f.Claims, graph.Claim{Subject: id, Predicate: graph.OriginatedIn, Object: "place:CN",
			Quote: name, Start: start, End: end, Status: "done", Confidence: 1, Rule: "brackets " + b.edition})
		i, known := mentions[id]
		if !known {
			i = len(f.Mentions)
			mentions[id] = i
			f.Mentions = append(f.Mentions, graph.Mention{Node: id, Name: name})
		}
		f.Mentions[i].Starts = append(f.Mentions[i].Starts, start)
		f.Mentions[i].Ends = append(f.Mentions[i].Ends, end)
	}
	return f
}

// bench is a loader over a fresh store, and what it reported.
type bench struct {
	ingest.Loader
	read    atomic.Int64
	reports []ingest.Report
}

func newBench(t *testing.T) *bench {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	return onStore(t, s)
}

func onStore(t *testing.T, s graph.Store) *bench {
	t.Helper()
	t.Cleanup(func() { s.Close() })
	b := &bench{}
	b.Loader = ingest.Loader{Store: graph.Checked(s), Chain: brackets{"e1", &b.read}, Today: "2024-06-01", Workers: 4}
	return b
}

func (b *bench) each(r ingest.Report) { b.reports = append(b.reports, r) }

func (b *bench) load(t *testing.T, items ...article.Item) ingest.Summary {
	t.Helper()
	b.reports = nil
	summary, err := b.Load(t.Context(), sequence(items), b.each)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

func (b *bench) dump(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := graph.Dump(t.Context(), b.Store, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func sequence(items []article.Item) iter.Seq2[article.Item, error] {
	return func(yield func(article.Item, error) bool) {
		for _, it := range items {
			if !yield(it, nil) {
				return
			}
		}
	}
}

func item(id, text string) article.Item {
	return article.Item{Article: graph.Article{ID: "article:" + id, Text: text, Source: id + ".txt"}}
}

// anonymous is an article that is known by its text alone.
func anonymous(source, text string) article.Item {
	return article.Item{ByText: true, Article: graph.Article{ID: graph.ArticleID("", "", text), Text: text, Source: source}}
}

func many(n int) []article.Item {
	var items []article.Item
	for i := range n {
		items = append(items, item(fmt.Sprintf("a%04d", i), fmt.Sprintf("第%d篇\n各地学【河长制】，又学【做法%d】。", i, i%7)))
	}
	return items
}

func outcomes(reports []ingest.Report) map[string]graph.Outcome {
	m := map[string]graph.Outcome{}
	for _, r := range reports {
		m[r.Source] = r.Outcome
	}
	return m
}

func TestLoadOutcomes(t *testing.T) {
	b := newBench(t)
	one, two := item("one", "甲\n【河长制】"), item("two", "乙\n【林长制】")
	if got, want := b.load(t, one, two), (ingest.Summary{New: 2}); got != want {
		t.Errorf("first load: got %+v, want %+v", got, want)
	}
	if r := b.reports[0]; r.Article != "article:one" || len(r.Added) != 1 || len(r.Removed) != 0 {
		t.Errorf("report of a new article: got %+v, want one claim added", r)
	}
	read := b.read.Load()
	if got, want := b.load(t, one, two), (ingest.Summary{Unchanged: 2}); got != want {
		t.Errorf("second load: got %+v, want %+v", got, want)
	}
	if got := b.read.Load(); got != read {
		t.Errorf("unchanged articles were extracted again: %d times", got-read)
	}
	two.Article.Text = "乙\n【田长制】"
	if got, want := b.load(t, one, two), (ingest.Summary{Unchanged: 1, Changed: 1}); got != want {
		t.Errorf("third load: got %+v, want %+v", got, want)
	}
	if r := b.reports[1]; len(r.Added) != 1 || len(r.Removed) != 1 {
		t.Errorf("report of a changed article: got %+v, want one claim added and one removed", r)
	}
}

func TestLoadReportsInOrderOfReading(t *testing.T) {
	b := newBench(t)
	items := many(250) // several chunks and batches
	b.load(t, items...)
	var got []string
	for _, r := range b.reports {
		got = append(got, r.Article)
	}
	var want []string
	for _, it := range items {
		want = append(want, it.Article.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %d reports in another order, want the %d articles as read", len(got), len(want))
	}
}

func TestLoadSameFactsWhateverTheWorkers(t *testing.T) {
	one, eight := newBench(t), newBench(t)
	one.Workers, eight.Workers = 1, 8
	items := many(220)
	one.load(t, items...)
	slices.Reverse(items)
	eight.load(t, items...)
	if one.dump(t) != eight.dump(t) {
		t.Error("the dumps of one worker and of eight differ")
	}
}

func TestLoadRepeatedInOneRun(t *testing.T) {
	b := newBench(t)
	first, same, other := item("one", "甲\n【河长制】"), item("one", "甲\n【河长制】"), item("one", "甲\n【林长制】")
	same.Article.Source, other.Article.Source = "same.txt", "other.txt"
	got := b.load(t, first, same, other)
	if want := (ingest.Summary{New: 1, Unchanged: 1, Failed: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if r := b.reports[2]; r.Source != "other.txt" || !strings.Contains(r.Reason, "one.txt") {
		t.Errorf("got %+v, want an error that names other.txt and one.txt", r)
	}
	if strings.Contains(b.dump(t), "林长制") {
		t.Error("the refused article is in the graph")
	}
}

func TestLoadFutureDate(t *testing.T) {
	b := newBench(t)
	future, today, year := item("future", "甲"), item("today", "乙"), item("year", "丙")
	future.Article.Published, future.Article.PublishedPrecision = "2024-06-02", "day"
	today.Article.Published, today.Article.PublishedPrecision = "2024-06-01", "day"
	year.Article.Published, year.Article.PublishedPrecision = "2024", "year"
	b.load(t, future, today, year)
	got := outcomes(b.reports)
	if got["future.txt"] != ingest.OutcomeFailed || got["today.txt"] != graph.OutcomeNew || got["year.txt"] != graph.OutcomeNew {
		t.Errorf("got %v, want only the article of 2 June refused", got)
	}
}

func TestLoadUnreadableGoesOn(t *testing.T) {
	b := newBench(t)
	articles := func(yield func(article.Item, error) bool) {
		_ = yield(article.Item{}, &article.Error{Source: "bad.ndjson", Line: 3, Reason: "broken JSON"}) &&
			yield(item("good", "甲\n【河长制】"), nil)
	}
	summary, err := b.Load(t.Context(), articles, b.each)
	if want := (ingest.Summary{New: 1, Failed: 1}); err != nil || summary != want {
		t.Errorf("got %+v, %v, want %+v", summary, err, want)
	}
	if r := b.reports[0]; r.Source != "bad.ndjson:3" || r.Reason != "broken JSON" {
		t.Errorf("got %+v, want the file, line and reason", r)
	}
}

func TestLoadBrokenChainTakesNoOtherArticleWithIt(t *testing.T) {
	b := newBench(t)
	got := b.load(t, item("one", "甲\n【河长制】"), item("bad", "乙\n【!】"), item("two", "丙\n【林长制】"))
	if want := (ingest.Summary{New: 2, Failed: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if r := b.reports[1]; !strings.Contains(r.Reason, "a bracket too many") {
		t.Errorf("got reason %q, want the cause", r.Reason)
	}
}

func TestLoadInvalidFactsStandAlone(t *testing.T) {
	b := newBench(t)
	items := many(60)
	for _, i := range []int{7, 41} {
		items[i].Article.Text += "【∅】"
	}
	got := b.load(t, items...)
	if want := (ingest.Summary{New: 58, Failed: 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, i := range []int{7, 41} {
		if r := b.reports[i]; r.Outcome != ingest.OutcomeFailed || !strings.Contains(r.Reason, "claims[") {
			t.Errorf("article %d: got %+v, want it refused with the field", i, r)
		}
	}
}

func TestLoadNotes(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { testLoadNotes(t, newBench(t)) })
	t.Run("Neo4j", func(t *testing.T) {
		server := neo4jtest.Open(t)
		s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URL: server.URI, User: server.User, Password: server.Password, Database: server.Database})
		if err != nil {
			t.Fatal(err)
		}
		testLoadNotes(t, onStore(t, s))
	})
}

func testLoadNotes(t *testing.T, b *bench) {
	t.Helper()
	b.load(t, anonymous("news.txt", "甲\n【河长制】"), item("named", "乙\n【?北海道】"))
	if r := b.reports[1]; r.Outcome != graph.OutcomeNew || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "北海道") {
		t.Errorf("unresolved: got %+v, want it loaded with a note", r)
	}
	b.load(t, anonymous("news.txt", "丙\n【林长制】"))
	if r := b.reports[0]; r.Outcome != graph.OutcomeNew || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "both are kept") {
		t.Errorf("a known file with another text: got %+v, want it loaded with a note", r)
	}
	if d := b.dump(t); !strings.Contains(d, "河长制") || !strings.Contains(d, "林长制") {
		t.Error("one of the two texts of a file is lost")
	}
	b.load(t, anonymous("news.txt", "丙\n【林长制】"))
	if r := b.reports[0]; r.Outcome != graph.OutcomeUnchanged || len(r.Notes) != 0 {
		t.Errorf("a known text again: got %+v, want it unchanged without a note", r)
	}
}

// faulty is a store whose Apply fails when fault says so.
type faulty struct {
	graph.Store
	fault func(graph.Batch) error
}

func (f faulty) Apply(ctx context.Context, b graph.Batch) (graph.Result, error) {
	if err := f.fault(b); err != nil {
		return graph.Result{}, err
	}
	return f.Store.Apply(ctx, b)
}

func holds(b graph.Batch, id string) bool {
	return slices.ContainsFunc(b.Load, func(f graph.Facts) bool { return f.Article.ID == id })
}

func TestLoadStoreRefusesOneArticle(t *testing.T) {
	b := newBench(t)
	b.Store = faulty{b.Store, func(batch graph.Batch) error {
		if holds(batch, "article:a0033") {
			return errors.New("the driver has a bad day")
		}
		return nil
	}}
	got := b.load(t, many(250)...)
	if want := (ingest.Summary{New: 249, Failed: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if r := b.reports[33]; r.Outcome != ingest.OutcomeFailed {
		t.Errorf("got %+v, want the culprit refused", r)
	}
}

func TestLoadStopsWhenTheStoreFails(t *testing.T) {
	cases := map[string]error{
		"Unavailable": fmt.Errorf("apply: %w", graph.ErrUnavailable),
		"Busy":        graph.ErrBusy,
		"Edition":     graph.ErrEdition,
		"Full":        graph.ErrFull,
		"Internal":    errors.New("page 7 is corrupt"),
	}
	for name, fault := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.Store = faulty{b.Store, func(batch graph.Batch) error {
				if slices.ContainsFunc(batch.Load, func(f graph.Facts) bool { return f.Article.ID >= "article:a0200" }) {
					return fault
				}
				return nil
			}}
			summary, err := b.Load(t.Context(), sequence(many(250)), b.each)
			var stopped *ingest.StoppedError
			if !errors.As(err, &stopped) || !errors.Is(err, fault) {
				t.Fatalf("got error %v, want a StoppedError of %v", err, fault)
			}
			if summary.New != 200 || stopped.Last.Article != "article:a0199" {
				t.Errorf("got %d new and %q last, want 200 and article:a0199", summary.New, stopped.Last.Article)
			}
			if !strings.Contains(err.Error(), "article:a0199") || !strings.Contains(err.Error(), "a0199.txt") {
				t.Errorf("error %q does not name the last committed article", err)
			}
		})
	}
}

func TestLoadFullStoreKeepsWhatFits(t *testing.T) {
	b := newBench(t)
	b.Store = faulty{b.Store, func(batch graph.Batch) error {
		if holds(batch, "article:a0100") {
			return graph.ErrFull
		}
		return nil
	}}
	_, err := b.Load(t.Context(), sequence(many(150)), b.each)
	var stopped *ingest.StoppedError
	if !errors.As(err, &stopped) || stopped.Last.Article != "article:a0099" {
		t.Errorf("got %v, want the run to end after article:a0099", err)
	}
	if len(b.reports) != 100 {
		t.Errorf("got %d reports, want one for each of the 100 articles committed", len(b.reports))
	}
}

func TestLoadInterrupted(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	plain := b.Store
	b.Store = faulty{plain, func(graph.Batch) error { cancel(); return nil }} // while the first batch is written
	summary, err := b.Load(ctx, sequence(many(250)), b.each)
	var stopped *ingest.StoppedError
	if !errors.As(err, &stopped) || !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want a StoppedError of the interrupt", err)
	}
	if summary.New != 200 || stopped.Last.Article != "article:a0199" {
		t.Errorf("got %d new and %q last, want the batch in hand finished: 200 and article:a0199", summary.New, stopped.Last.Article)
	}
	b.Store = plain
	if got, want := b.load(t, many(250)...), (ingest.Summary{New: 50, Unchanged: 200}); got != want {
		t.Errorf("again: got %+v, want %+v", got, want)
	}
	whole := newBench(t)
	whole.load(t, many(250)...)
	if b.dump(t) != whole.dump(t) {
		t.Error("an interrupted load and its completion give another dump than one load")
	}
}

func TestLoadInterruptedWhileInputWaits(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	waiting, release := make(chan bool), make(chan bool)
	defer close(release)
	go func() { <-waiting; cancel() }()
	_, err := b.Load(ctx, func(func(article.Item, error) bool) { close(waiting); <-release }, b.each)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the interrupt not to wait for standard input", err)
	}
}

func TestLoadOtherEdition(t *testing.T) {
	b := newBench(t)
	b.load(t, item("one", "甲\n【河长制】"))
	b.Chain = brackets{"e2", &b.read}
	_, err := b.Load(t.Context(), sequence(many(1)), b.each)
	if !errors.Is(err, graph.ErrEdition) || !strings.Contains(err.Error(), "reextract") {
		t.Errorf("got %v, want ErrEdition with the advice to reextract", err)
	}
}

func TestReextract(t *testing.T) {
	b := newBench(t)
	titled := item("titled", "乙\n【林长制】")
	titled.Article.Title, titled.Article.Given = "本来的题目", []string{"title"}
	items := append(many(250), titled)
	b.load(t, items...)
	b.Chain = brackets{"e2", &b.read}

	// The first attempt is cut off after one batch.
	ctx, cancel := context.WithCancel(t.Context())
	plain := b.Store
	b.Store = faulty{plain, func(graph.Batch) error { cancel(); return nil }}
	if _, err := b.Reextract(ctx, b.each); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the interrupt", err)
	}
	b.Store = plain
	if _, err := b.Load(t.Context(), sequence(items), b.each); !errors.Is(err, graph.ErrEdition) {
		t.Errorf("load between: got %v, want ErrEdition", err)
	}
	got, err := b.Reextract(t.Context(), b.each)
	if want := (ingest.Summary{Changed: 51, Unchanged: 200}); err != nil || got != want {
		t.Errorf("second attempt: got %+v, %v, want %+v", got, err, want)
	}

	fresh := newBench(t)
	fresh.Chain = brackets{"e2", &fresh.read}
	fresh.load(t, items...)
	if b.dump(t) != fresh.dump(t) {
		t.Error("the store differs from one that was loaded with the new edition")
	}
	if got, want := b.load(t, items...), (ingest.Summary{Unchanged: 251}); got != want {
		t.Errorf("load after it: got %+v, want %+v", got, want)
	}
}

func TestExtractInOrder(t *testing.T) {
	b := newBench(t)
	articles := func(yield func(article.Item, error) bool) {
		for i, it := range many(100) {
			if i == 50 && !yield(article.Item{}, &article.Error{Source: "bad.txt", Reason: "empty file"}) {
				return
			}
			if !yield(it, nil) {
				return
			}
		}
	}
	var got []string
	for f, err := range b.Extract(t.Context(), articles) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, f.Article.ID)
	}
	if len(got) != 101 || got[49] != "article:a0049" || got[50] != "bad.txt: empty file" || got[100] != "article:a0099" {
		t.Errorf("got %d results, at 49 %q, at 50 %q: want those of 100 articles in order, the error among them", len(got), got[49], got[50])
	}
}
