package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/loaders/extract"
	"reformgraph/loaders/ingest"
	"reformgraph/server"
)

func testIngester(t *testing.T) *ingester {
	t.Helper()
	s, err := sqlitePlace(t.TempDir()).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	chain, err := extract.Load()
	if err != nil {
		t.Fatal(err)
	}
	return &ingester{s, ingest.Loader{Store: s, Chain: chain}}
}

// sent makes a request of lines; "" is a pause.
func sent(lines ...string) iter.Seq[server.Sent] {
	return func(yield func(server.Sent) bool) {
		n := 0
		for _, l := range lines {
			s := server.Sent{}
			if l != "" {
				n++
				s = server.Sent{Line: n, Article: []byte(l)}
			}
			if !yield(s) {
				return
			}
		}
	}
}

// Lines that are there together make one transaction, whatever is wrong with some
// of them; after a pause there is another.
func TestIngesterBatches(t *testing.T) {
	in := testIngester(t)
	line := func(id, text string) string { return fmt.Sprintf(`{"id":%q,"text":%q}`, id, text) }
	lines := []string{
		line("a", "甲市推行河长制。"), `{"id":"b"`, line("c", ""), line("a", "甲市推行河长制。"), line("a", "另一段文字。"), `[1, 2]`,
		`{"id":"f","text":"末句。","published":"2999-01-01"}`, `{"text":"没有编号的一篇。"}`, `{"text":"没有编号的又一篇。"}`,
		"", line("z", "乙市推行林长制。"),
	}
	var got []string
	each := func(l server.Loaded, err error) {
		var invalid *graph.InvalidError
		switch {
		case errors.As(err, &invalid):
			got = append(got, "invalid "+invalid.Field)
		case err != nil:
			got = append(got, err.Error())
		default:
			_, revision, _ := strings.Cut(l.Revision, "-")
			got = append(got, strings.Join(append([]string{l.Outcome, revision}, l.Notes...), " "))
		}
	}
	if err := in.Load(t.Context(), sent(lines...), each); err != nil {
		t.Fatal(err)
	}
	want := []string{"new 1", "invalid body", "invalid text", "unchanged 1 the same article as http:1",
		"article:a has the id of an article with other content in http:1: give one of them another id or url, or leave one out",
		"invalid body", "invalid published", "new 1", "new 1", "new 2"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestIngesterExtractsInOrder(t *testing.T) {
	in := testIngester(t)
	var got []string
	err := in.Extract(t.Context(), sent(`{"id":"a","text":"一句。"}`, "", `{"id":"b","text":""}`, `{"id":"c","text":"又一句。"}`), func(x json.RawMessage, err error) {
		var a struct{ Article struct{ ID string } }
		if err == nil {
			err = json.Unmarshal(x, &a)
		}
		got = append(got, a.Article.ID+fmt.Sprint(errors.Is(err, graph.ErrInvalid)))
	})
	if want := []string{"article:afalse", "true", "article:cfalse"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if info, err := in.store.Info(t.Context()); err != nil || info.Articles != 0 {
		t.Errorf("got %d articles, %v, want none stored", info.Articles, err)
	}
}

// What was at hand before a pause is stored and answered during it.
func TestIngesterPause(t *testing.T) {
	in := testIngester(t)
	answered := make(chan bool, 1)
	err := in.Load(t.Context(), func(yield func(server.Sent) bool) {
		if yield(server.Sent{Line: 1, Article: []byte(`{"id":"a","text":"一句。"}`)}) && yield(server.Sent{}) {
			<-answered
		}
	}, func(server.Loaded, error) { answered <- true })
	if err != nil {
		t.Error(err)
	}
}

func TestIngesterStops(t *testing.T) {
	in := testIngester(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := in.Load(ctx, func(yield func(server.Sent) bool) {
		cancel()
		yield(server.Sent{Line: 1, Article: []byte(`{"id":"a","text":"一句。"}`)})
	}, func(server.Loaded, error) {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
