package neo4jstore

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"

	"reformgraph/graph"
)

// Apply writes a batch in one transaction: lock, compare hashes, work out in Go
// what changes, write it by label and type of edge.
//
// An attempt whose commit got no answer may have been kept. The next attempt asks
// the change log for the batch's mark, so that the outcome is told as it was.
func (s *store) Apply(ctx context.Context, b graph.Batch) (graph.Result, error) {
	mark := make([]byte, 8)
	rand.Read(mark)
	batch := hex.EncodeToString(mark)
	var result graph.Result
	uncertain := false // an earlier attempt came to its commit, with this result
	err := s.write(ctx, "apply batch", func(t transaction) (commit bool, err error) {
		m, err := t.lock()
		if err != nil {
			return false, err
		}
		if uncertain {
			n, err := t.number("MATCH (c:Change {n: $n}) WHERE c.`_batch` = $batch RETURN count(c)", map[string]any{"n": result.Revision, "batch": batch})
			if err != nil || n > 0 {
				return false, err
			}
		}
		result, err = t.apply(m, b, batch)
		uncertain = err == nil && result.Revision != m.revision
		return uncertain, err
	})
	if err != nil {
		return graph.Result{}, err
	}
	return result, nil
}

// apply writes the batch, and what follows from it for the store as a whole.
func (t transaction) apply(m meta, b graph.Batch, batch string) (graph.Result, error) {
	if len(b.Load) > 0 && m.edition != "" && m.edition != b.Edition && !b.Reextract {
		return graph.Result{}, passed(fmt.Errorf("apply batch: %w: it holds edition %s, the batch is of %s: run reextract first", graph.ErrEdition, m.edition, b.Edition))
	}
	p, err := t.plan(b)
	if err != nil {
		return graph.Result{}, err
	}
	result := graph.Result{Revision: m.revision, Articles: p.results}
	if len(p.load)+len(p.leave) == 0 {
		return result, nil
	}
	if err := t.carryOut(p); err != nil {
		return graph.Result{}, err
	}
	result.Revision++
	if err := t.logChanges(result, batch); err != nil {
		return graph.Result{}, err
	}
	articles, err := t.number("MATCH (a:Article) RETURN count(a)", nil)
	if err != nil {
		return graph.Result{}, err
	}
	switch {
	case articles == 0:
		m.edition = ""
	case m.edition == "":
		m.edition = b.Edition
	}
	return result, t.query("MATCH (m:Meta {key: 'store'}) SET m.revision = $revision, m.edition = $edition",
		map[string]any{"revision": result.Revision, "edition": m.edition}, nil)
}

// logChanges keeps what became of each article that changed.
func (t transaction) logChanges(result graph.Result, batch string) error {
	var rows []any
	for _, a := range result.Articles {
		if a.Outcome == graph.OutcomeUnchanged || a.Outcome == graph.OutcomeUnknown {
			continue
		}
		rows = append(rows, map[string]any{"n": result.Revision, "article": a.Article, "outcome": string(a.Outcome),
			"added": a.Added, "removed": a.Removed, "_batch": batch})
	}
	return t.rows("UNWIND $rows AS r CREATE (c:Change) SET c = r RETURN count(c)", rows)
}

// SetEdition changes the edition of a store that holds articles of no other; an
// empty store has none.
func (s *store) SetEdition(ctx context.Context, edition string) error {
	return s.write(ctx, "set edition", func(t transaction) (bool, error) {
		m, err := t.lock()
		if err != nil {
			return false, err
		}
		articles, err := t.number("MATCH (a:Article) RETURN count(a)", nil)
		if err != nil || articles == 0 || m.edition == edition {
			return false, err
		}
		others, err := t.number("MATCH (a:Article) WHERE a.`_edition` <> $edition RETURN count(a)", map[string]any{"edition": edition})
		if err != nil {
			return false, err
		}
		if others > 0 {
			return false, passed(fmt.Errorf("set edition: %w: %d articles are not of edition %s yet: run reextract to its end", graph.ErrEdition, others, edition))
		}
		return true, t.query("MATCH (m:Meta {key: 'store'}) SET m.edition = $edition, m.revision = m.revision + 1",
			map[string]any{"edition": edition}, nil)
	})
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
