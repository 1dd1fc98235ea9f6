package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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

// Extract implements server.Ingester.
func (in *ingester) Extract(ctx context.Context, articles iter.Seq[server.Sent], each func(json.RawMessage, error)) error {
	for facts, err := range in.loader.Extract(ctx, read(ctx, articles)) {
		if err != nil {
			each(nil, err)
			continue
		}
		var out bytes.Buffer
		err = loaders.WriteJSON(&out, facts)
		each(out.Bytes(), err)
	}
	return ctx.Err()
}

// Load implements server.Ingester.
func (in *ingester) Load(ctx context.Context, articles iter.Seq[server.Sent], each func(server.Loaded, error)) error {
	info, err := in.store.Info(ctx)
	if err != nil {
		return err
	}
	l := in.loader
	l.Today = today()
	_, err = l.Load(ctx, read(ctx, articles), func(r ingest.Report) {
		if r.Outcome == ingest.OutcomeFailed {
			each(server.Loaded{}, r.Err)
			return
		}
		info.Revision = r.Revision
		each(server.Loaded{Article: r.Article, Outcome: string(r.Outcome), ClaimsAdded: r.Added, ClaimsRemoved: r.Removed,
			Notes: r.Notes, Revision: queries.Revision(info)}, nil)
	})
	return err
}

// read reads the articles of a request. An article's source is its line; an error
// names the member that is wrong.
func read(ctx context.Context, articles iter.Seq[server.Sent]) iter.Seq2[article.Item, error] {
	return func(yield func(article.Item, error) bool) {
		for sent := range articles {
			var item article.Item
			err := sent.Err
			switch {
			case err != nil:
			case sent.Article == nil:
				err = ingest.ErrPause
			default:
				item, err = readOne(ctx, fmt.Sprintf("http:%d", sent.Line), sent.Article)
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// readOne reads one article. That two come over HTTP without an id does not make
// them versions of one, as two texts in one file are.
func readOne(ctx context.Context, source string, body []byte) (article.Item, error) {
	var items []article.Item
	for item, err := range article.ReadFrom(ctx, source, bytes.NewReader(body), "json", article.Options{Today: today()}) {
		var bad *article.Error
		switch {
		case errors.As(err, &bad):
			return article.Item{}, invalidMember(bad.Reason)
		case err != nil:
			return article.Item{}, err
		}
		item.ByText = false
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
