package server

import (
	"context"

	"reformgraph/graph"
)

// quotesOnly is a store that never gives the text of an article, only what claims
// quote of it. What reads the graph for an answer reads it through this.
type quotesOnly struct{ graph.Store }

// Articles implements graph.Store, without the texts.
func (q quotesOnly) Articles(ctx context.Context, after string, limit int) ([]graph.Article, error) {
	articles, err := q.Store.Articles(ctx, after, limit)
	for i := range articles {
		articles[i].Text = ""
	}
	return articles, err
}

// Export implements graph.Store, without the texts.
func (q quotesOnly) Export(ctx context.Context, each func(graph.Record) error) error {
	return q.Store.Export(ctx, func(r graph.Record) error {
		if r.Node != nil {
			delete(r.Node.Props, "text")
		}
		return each(r)
	})
}

// Run implements graph.Store. Rows that hold the properties of a node have them
// in a map; that of an article comes without its text.
func (q quotesOnly) Run(ctx context.Context, s graph.Statement, params map[string]any, each func(graph.Row) error) error {
	return q.Store.Run(ctx, s, params, func(r graph.Row) error {
		for _, v := range r {
			if props, ok := v.(map[string]any); ok {
				delete(props, "text")
			}
		}
		return each(r)
	})
}
