package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders"
	"reformgraph/loaders/article"
	"reformgraph/loaders/ingest"
	"reformgraph/queries"
	"reformgraph/server"
)

// ingester reads articles that are sent to the server.
type ingester struct {
	store  graph.Store
	loader ingest.Loader // without Today, which each request has anew
}

var _ server.Ingester = (*ingester)(nil)

// requestSource is the source of articles that came over HTTP.
const requestSource = "http"

// Extract implements server.Ingester.
func (in *ingester) Extract(ctx context.Context, body []byte) (json.RawMessage, error) {
	item, err := readOne(ctx, body)
	if err != nil {
		return nil, err
	}
	for facts, err := range in.loader.Extract(ctx, one(item)) {
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		err = loaders.WriteJSON(&out, facts)
		return out.Bytes(), err
	}
	return nil, ctx.Err()
}

// Load implements server.Ingester.
func (in *ingester) Load(ctx context.Context, body []byte) (server.Loaded, error) {
	item, err := readOne(ctx, body)
	if err != nil {
		return server.Loaded{}, err
	}
	l := in.loader
	l.Today = today()
	var report ingest.Report
	if _, err := l.Load(ctx, one(item), func(r ingest.Report) { report = r }); err != nil {
		return server.Loaded{}, err
	}
	if report.Outcome == ingest.OutcomeFailed {
		return server.Loaded{}, report.Err
	}
	info, err := in.store.Info(ctx)
	if err != nil {
		return server.Loaded{}, err
	}
	return server.Loaded{Article: report.Article, Outcome: string(report.Outcome), ClaimsAdded: report.Added, ClaimsRemoved: report.Removed,
		Notes: report.Notes, Revision: queries.Revision(info)}, nil
}

func one(item article.Item) iter.Seq2[article.Item, error] {
	return func(yield func(article.Item, error) bool) { yield(item, nil) }
}

// readOne reads the one article of a request. An error names the member that is
// wrong.
func readOne(ctx context.Context, body []byte) (article.Item, error) {
	var items []article.Item
	for item, err := range article.ReadFrom(ctx, requestSource, bytes.NewReader(body), "json", article.Options{Today: today()}) {
		var bad *article.Error
		switch {
		case errors.As(err, &bad):
			return article.Item{}, invalidMember(bad.Reason)
		case err != nil:
			return article.Item{}, err
		}
		items = append(items, item)
	}
	if len(items) != 1 {
		return article.Item{}, &graph.InvalidError{Field: "body", Reason: "must be one article as a JSON object"}
	}
	return items[0], nil
}

// invalidMember turns the reason for which an article was not read into an error
// that names the member: reasons about one begin with its name.
func invalidMember(reason string) error {
	name, rest, ok := strings.Cut(reason, ": ")
	if ok && slices.Contains([]string{"id", "title", "outlet", "url", "published", "authors", "text"}, name) {
		return &graph.InvalidError{Field: name, Reason: rest}
	}
	if strings.Contains(reason, "JSON") || reason == "empty file" {
		return &graph.InvalidError{Field: "body", Reason: reason}
	}
	return &graph.InvalidError{Field: "text", Reason: reason}
}
