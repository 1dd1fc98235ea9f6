package ingest

import (
	"context"
	"fmt"

	"reformgraph/graph"
)

// knownSources finds the articles that were read from given sources.
var knownSources = graph.Statement{
	Name: "known-sources",
	Cypher: `MATCH (a:Article) WHERE a._source IN $sources
RETURN a.id AS id, a._source AS source ORDER BY id`,
	SQL: `SELECT id, source FROM article WHERE source IN (SELECT value FROM json_each(:sources)) ORDER BY id`,
}

// noteKnownSources notes on each new article that is known by its text alone
// when its source gave another text before: then the store keeps both, which may
// not be what was meant.
func (r *reader) noteKnownSources(ctx context.Context, chunk []*item, states map[string]graph.State) error {
	var sources []string
	for _, it := range chunk {
		if _, loaded := states[it.article.ID]; it.report.Outcome == "" && !loaded && it.byText {
			sources = append(sources, it.article.Source)
		}
	}
	if len(sources) == 0 {
		return nil
	}
	before := map[string]string{}
	err := r.Store.Run(ctx, knownSources, map[string]any{"sources": sources}, func(row graph.Row) error {
		source, _ := row["source"].(string)
		before[source], _ = row["id"].(string)
		return nil
	})
	if err != nil {
		return fmt.Errorf("look up known sources: %w", err)
	}
	for _, it := range chunk {
		if old := before[it.article.Source]; old != "" && it.report.Outcome == "" && it.byText && old != it.article.ID {
			it.report.Notes = append(it.report.Notes, fmt.Sprintf(
				"%s gave another text before, loaded as %s; both are kept: give the article an id or url to have it replaced, or forget the other", it.article.Source, old))
		}
	}
	return nil
}
