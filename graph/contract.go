package graph

import (
	"context"
	"fmt"
)

// Checked wraps a store in the contract: arguments are checked, and facts are
// completed (in place) and validated before the store sees them. Opening a store
// for use always goes through it; doing so twice is no more than once.
func Checked(s Store) Store {
	if c, ok := s.(*checked); ok {
		return c
	}
	return &checked{s}
}

type checked struct{ Store }

// Unwrap returns the store beneath Checked, to ask it for an optional interface
// such as Explainer.
func Unwrap(s Store) Store {
	for {
		c, ok := s.(*checked)
		if !ok {
			return s
		}
		s = c.Store
	}
}

func (c *checked) States(ctx context.Context, ids []string) (map[string]State, error) {
	for _, id := range ids {
		if labelOf(id) != LabelArticle {
			return nil, &InvalidError{Field: "ids", Reason: fmt.Sprintf("%q is not an article id", id)}
		}
	}
	if len(ids) == 0 {
		return map[string]State{}, nil
	}
	return c.Store.States(ctx, ids)
}

func (c *checked) Apply(ctx context.Context, b Batch) (Result, error) {
	if len(b.Load) > 0 && b.Edition == "" {
		return Result{}, &InvalidError{Field: "edition", Reason: "is empty: facts need the edition that made them"}
	}
	if n := len(b.Load) + len(b.Forget); n > MaxBatchArticles {
		return Result{}, &InvalidError{Field: "batch", Reason: fmt.Sprintf("holds %d articles, more than %d", n, MaxBatchArticles)}
	}
	rows := 0
	seen := map[string]bool{}
	for i := range b.Load {
		f := &b.Load[i]
		f.Complete()
		if err := f.Validate(); err != nil {
			return Result{}, err
		}
		if seen[f.Article.ID] {
			return Result{}, &InvalidError{Article: f.Article.ID, Field: "batch", Reason: "holds the article twice"}
		}
		seen[f.Article.ID] = true
		rows += f.Rows()
	}
	for _, id := range b.Forget {
		if labelOf(id) != LabelArticle {
			return Result{}, &InvalidError{Field: "forget", Reason: fmt.Sprintf("%q is not an article id", id)}
		}
		if seen[id] {
			return Result{}, &InvalidError{Article: id, Field: "batch", Reason: "holds the article twice"}
		}
		seen[id] = true
	}
	if rows > MaxBatchRows && len(b.Load)+len(b.Forget) > 1 {
		return Result{}, &InvalidError{Field: "batch", Reason: fmt.Sprintf("holds %d rows, more than %d, and more than one article", rows, MaxBatchRows)}
	}
	if len(b.Load)+len(b.Forget) == 0 {
		info, err := c.Info(ctx)
		return Result{Revision: info.Revision}, err
	}
	return c.Store.Apply(ctx, b)
}

func (c *checked) Articles(ctx context.Context, after string, limit int) ([]Article, error) {
	if limit <= 0 {
		return nil, &InvalidError{Field: "limit", Reason: "must be at least 1"}
	}
	return c.Store.Articles(ctx, after, limit)
}

func (c *checked) SetEdition(ctx context.Context, edition string) error {
	if edition == "" {
		return &InvalidError{Field: "edition", Reason: "is empty"}
	}
	return c.Store.SetEdition(ctx, edition)
}

func (c *checked) Changes(ctx context.Context, since int64, limit int) ([]Change, error) {
	if since < 0 || limit <= 0 {
		return nil, &InvalidError{Field: "since", Reason: "must not be negative, and limit at least 1"}
	}
	return c.Store.Changes(ctx, since, limit)
}

func (c *checked) Run(ctx context.Context, s Statement, params map[string]any, each func(Row) error) error {
	for k, v := range params {
		switch v.(type) {
		case nil, string, int64, float64, bool, []string:
		default:
			return &InvalidError{Field: k, Reason: fmt.Sprintf("parameter of type %T", v)}
		}
	}
	return c.Store.Run(ctx, s, params, each)
}
