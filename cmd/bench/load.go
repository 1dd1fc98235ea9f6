package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
)

// apply loads the articles from the first number up to the second as loaders do,
// in batches, and returns the time that the store took: that of making the
// articles is left out, as extraction would be.
func (b *bench) apply(ctx context.Context, s graph.Store, from, to int) (took time.Duration, err error) {
	for i := from; i < to; i += graph.MaxBatchArticles {
		batch := graph.Batch{Edition: edition}
		for k := i; k < min(i+graph.MaxBatchArticles, to); k++ {
			batch.Load = append(batch.Load, b.corpus.article(k))
		}
		began := time.Now()
		if _, err := s.Apply(ctx, batch); err != nil {
			return 0, err
		}
		took += time.Since(began)
	}
	return took, nil
}

// rows are nodes or edges of one kind, and the statement that writes them.
type rows struct {
	cypher string
	rows   []any
}

// unwindRows is how many rows one statement takes, and one transaction.
const unwindRows = 2000

// content reads everything that the store keeps as rows for a bare UNWIND:
// operational properties and edges, which constraints and indexes are on, among
// them. Edges come in the order of their ends.
func content(ctx context.Context, d neo4j.DriverWithContext) ([]rows, int, error) {
	session := d.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database, AccessMode: neo4j.AccessModeRead})
	defer session.Close(ctx)
	byCypher := map[string][]any{}
	var order []string
	add := func(cypher string, row any) {
		if byCypher[cypher] == nil {
			order = append(order, cypher)
		}
		byCypher[cypher] = append(byCypher[cypher], row)
	}
	result, err := session.Run(ctx, "MATCH (n:Entity) RETURN labels(n), properties(n) ORDER BY n.id", nil)
	if err != nil {
		return nil, 0, err
	}
	total := 0
	for result.Next(ctx) {
		v := result.Record().Values
		label := ""
		for _, l := range v[0].([]any) {
			if l != "Entity" {
				label += ":" + l.(string)
			}
		}
		add("UNWIND $rows AS r MERGE (n:Entity {id: r.id}) SET n"+label+", n = r.p", map[string]any{"id": v[1].(map[string]any)["id"], "p": v[1]})
		total++
	}
	if err := result.Err(); err != nil {
		return nil, 0, err
	}
	result, err = session.Run(ctx, "MATCH (a:Entity)-[e]->(b:Entity) RETURN a.id, type(e), b.id, properties(e)", nil)
	if err != nil {
		return nil, 0, err
	}
	edges := map[string][]map[string]any{}
	for result.Next(ctx) {
		v := result.Record().Values
		edge := v[1].(string)
		edges[edge] = append(edges[edge], map[string]any{"f": v[0], "t": v[2], "p": v[3]})
		total++
	}
	if err := result.Err(); err != nil {
		return nil, 0, err
	}
	for _, kind := range slices.Sorted(maps.Keys(edges)) {
		list := edges[kind]
		slices.SortStableFunc(list, func(a, b map[string]any) int {
			return cmp.Or(cmp.Compare(a["t"].(string), b["t"].(string)), cmp.Compare(a["f"].(string), b["f"].(string)))
		})
		for _, row := range list {
			write := "CREATE (a)-[e:`" + kind + "`]->(b)"
			if claim := row["p"].(map[string]any)["claim"]; claim != nil {
				write = "MERGE (a)-[e:`" + kind + "` {claim: r.p.claim}]->(b)"
			}
			add("UNWIND $rows AS r MATCH (a:Entity {id: r.f}) MATCH (b:Entity {id: r.t}) "+write+" SET e = r.p", row)
		}
	}
	var out []rows
	for _, c := range order {
		out = append(out, rows{c, byCypher[c]})
	}
	return out, total, nil
}

// unwind writes the rows.
func unwind(ctx context.Context, d neo4j.DriverWithContext, all []rows) (time.Duration, error) {
	session := d.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database})
	defer session.Close(ctx)
	began := time.Now()
	for _, kind := range all {
		for part := range slices.Chunk(kind.rows, unwindRows) {
			result, err := session.Run(ctx, kind.cypher, map[string]any{"rows": part})
			if err != nil {
				return 0, err
			}
			if _, err := result.Consume(ctx); err != nil {
				return 0, err
			}
		}
	}
	return time.Since(began), nil
}

// loading measures the loading of Neo4j against a bare UNWIND of the same rows
// into an empty database with the same constraints and indexes. A first round
// warms the server up and does not count.
func (b *bench) loading(ctx context.Context) error {
	d, err := b.connect()
	if err != nil {
		return err
	}
	defer d.Close(ctx)
	var ours, bare []float64
	var all []rows
	total := 0
	for round := range b.loads + 1 {
		s, err := b.emptied(ctx, d)
		if err != nil {
			return err
		}
		took, err := b.apply(ctx, s, 0, b.scale.load)
		if err := s.Close(); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		if all == nil {
			if all, total, err = content(ctx, d); err != nil {
				return err
			}
		}
		if err := empty(ctx, d); err != nil {
			return err
		}
		tookBare, err := unwind(ctx, d, all)
		if err != nil {
			return err
		}
		if _, again, err := content(ctx, d); err != nil || again != total {
			return fmt.Errorf("the bare UNWIND left %d nodes and edges, want %d: %v", again, total, err)
		}
		b.progress("loading %d articles, round %d: %v, bare UNWIND %v", b.scale.load, round, took.Round(time.Millisecond), tookBare.Round(time.Millisecond))
		if round > 0 {
			ours, bare = append(ours, took.Seconds()), append(bare, tookBare.Seconds())
		}
	}
	b.reportLoading(total, ours, bare)
	return nil
}
