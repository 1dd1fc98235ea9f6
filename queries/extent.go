package queries

import (
	"context"
	"fmt"

	"reformgraph/graph"
)

var extentTwin = newTwin[noParams]("extent")

// Extent says how much a graph holds.
type Extent struct {
	Revision    string
	Nodes       map[string]int // by label, articles included
	Claims      map[string]int // by type
	First, Last string         // dates of publication, at their own precision; "" if none is known
}

// ExtentOf counts the whole graph.
func ExtentOf(ctx context.Context, s graph.Store) (*Extent, error) {
	var e *Extent
	revision, err := atOneRevision(ctx, s, func() error {
		e = &Extent{Nodes: map[string]int{}, Claims: map[string]int{}}
		return extentTwin.each(ctx, s, noParams{}, func(r graph.Row) error {
			n, _ := r["count"].(int64)
			switch str(r, "what") {
			case "node":
				e.Nodes[str(r, "name")] = int(n)
			case "claim":
				e.Claims[str(r, "name")] = int(n)
			case "article":
				if e.First, e.Last = str(r, "first"), str(r, "last"); n > 0 {
					e.Nodes[str(r, "name")] = int(n)
				}
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("extent: %w", err)
	}
	e.Revision = revision
	return e, nil
}
