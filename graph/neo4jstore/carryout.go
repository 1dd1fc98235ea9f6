package neo4jstore

import (
	"cmp"
	"maps"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// carryOut writes what a plan comes to: old edges go first, then nodes in the
// order of their ids, edges by type in the order of their ends, and last the
// nodes that no article reaches any more.
func (t transaction) carryOut(p *plan) error {
	for _, step := range []func(*plan) error{
		t.deleteEdges, t.writePlaces, t.writeArticles, t.writeNodes, t.writeEdges, t.deleteNodes, t.deletePlaces,
	} {
		if err := step(p); err != nil {
			return err
		}
	}
	return nil
}

// deleteEdges deletes the claims that are not made any more, and all mentions of
// the articles that change.
func (t transaction) deleteEdges(p *plan) error {
	if len(p.before) == 0 {
		return nil
	}
	byType := map[string][]any{}
	for _, r := range p.results {
		for _, id := range r.Removed {
			predicate := p.before[r.Article].claims[id].predicate
			byType[predicate] = append(byType[predicate], id)
		}
	}
	for _, predicate := range slices.Sorted(maps.Keys(byType)) {
		if err := t.rows("UNWIND $rows AS r MATCH ()-[e:`"+predicate+"` {claim: r}]->() DELETE e RETURN count(e)", byType[predicate]); err != nil {
			return err
		}
	}
	ids := map[string]any{"ids": slices.Sorted(maps.Keys(p.before))}
	if err := t.query("UNWIND $ids AS id MATCH (:Entity {id: id})<-[e:MENTIONED_IN]-() DELETE e", ids, nil); err != nil {
		return err
	}
	return t.query("UNWIND $ids AS id MATCH (:Entity {id: id})-[e:REFERS_TO]->() DELETE e", ids, nil)
}

// writePlaces writes the reference data on places that the store has not, or has
// from another edition.
func (t transaction) writePlaces(p *plan) error {
	places := map[string]graph.Place{}
	for _, f := range p.load {
		for _, pl := range f.Places {
			places[pl.ID] = pl
		}
	}
	ids := slices.Sorted(maps.Keys(places))
	known := map[string]string{}
	err := t.query("UNWIND $ids AS id MATCH (p:Entity {id: id}) RETURN id, p.`_hash`", map[string]any{"ids": ids}, func(r *neo4j.Record) error {
		id, _ := r.Values[0].(string)
		known[id], _ = r.Values[1].(string)
		return nil
	})
	if err != nil {
		return err
	}
	var cities, others, fresh, parents []any
	for _, id := range ids {
		pl := places[id]
		record := graph.PlaceRecord(pl)
		hash := shortHash(graph.CanonicalJSON([]any{record.Labels, record.Props, pl.Parent}))
		if known[id] == hash {
			continue
		}
		if known[id] != "" && !p.reextract {
			if err := t.checkStale(id, p.edition); err != nil {
				return err
			}
		}
		props := withKeys(id, record.Props, pl.Name, nil)
		props["_hash"] = hash
		row := map[string]any{"id": id, "p": props}
		if pl.City {
			cities = append(cities, row)
		} else {
			others = append(others, row)
		}
		fresh = append(fresh, id)
		if pl.Parent != "" {
			parents = append(parents, map[string]any{"f": id, "t": pl.Parent})
		}
	}
	for _, step := range []struct {
		cypher string
		rows   []any
	}{
		{"UNWIND $rows AS r MERGE (n:Entity {id: r.id}) SET n:Place:City, n = r.p RETURN count(n)", cities},
		{"UNWIND $rows AS r MERGE (n:Entity {id: r.id}) SET n:Place, n = r.p REMOVE n:City RETURN count(n)", others},
		{"UNWIND $rows AS r MATCH (n:Entity {id: r}) OPTIONAL MATCH (n)-[e:PART_OF]->() DELETE e RETURN count(DISTINCT n)", fresh},
		{"UNWIND $rows AS r MATCH (a:Entity {id: r.f}) MATCH (b:Entity {id: r.t}) CREATE (a)-[e:PART_OF]->(b) RETURN count(e)", parents},
	} {
		if err := t.rows(step.cypher, step.rows); err != nil {
			return err
		}
	}
	return nil
}

// checkStale refuses other reference data on a place than articles of the same
// edition gave: else the graph would depend on the order of loading.
func (t transaction) checkStale(place, edition string) error {
	stale, err := t.number("MATCH (:Entity {id: $id})<-[:REFERS_TO]-(a) WHERE a.`_edition` <> $edition WITH a LIMIT 1 RETURN count(a)",
		map[string]any{"id": place, "edition": edition})
	if err == nil && stale == 0 {
		err = passed(&graph.InvalidError{Field: "places", Reason: place + " is not what articles loaded under the same edition say: change the edition with the gazetteer"})
	}
	return err
}

func (t transaction) writeArticles(p *plan) error {
	var rows []any
	for _, f := range slices.SortedFunc(slices.Values(p.load), byID) {
		record := graph.ArticleRecord(f.Article, f.Unresolved)
		props := map[string]any(record.Props)
		props["id"], props["_hash"], props["_edition"] = record.ID, f.Article.Hash(), p.edition
		if f.Article.Source != "" {
			props["_source"] = f.Article.Source
		}
		refs := make([]string, len(f.Claims))
		for i, c := range f.Claims {
			refs[i] = refOf(c).String()
		}
		props["_claims"] = refs
		props["_words"] = script.Tokens(f.Article.Title, f.Article.Text)
		rows = append(rows, map[string]any{"id": record.ID, "p": props})
	}
	return t.rows("UNWIND $rows AS r MERGE (n:Entity {id: r.id}) SET n:Article, n = r.p RETURN count(n)", rows)
}

// writeNodes writes the nodes whose tallies changed.
func (t transaction) writeNodes(p *plan) error {
	byLabel := map[graph.Label][]any{}
	for _, id := range slices.Sorted(maps.Keys(p.tallies)) {
		if tally := p.tallies[id]; !tally.Empty() {
			label, _ := graph.LabelOf(id)
			byLabel[label] = append(byLabel[label], map[string]any{"id": id, "p": nodeProps(id, tally)})
		}
	}
	for _, label := range slices.Sorted(maps.Keys(byLabel)) {
		if err := t.rows("UNWIND $rows AS r MERGE (n:Entity {id: r.id}) SET n:`"+string(label)+"`, n = r.p RETURN count(n)", byLabel[label]); err != nil {
			return err
		}
	}
	return nil
}

// edgeRow is one edge to write, by the ids of its ends.
type edgeRow struct {
	from, to string
	props    graph.Props
}

func (t transaction) writeEdges(p *plan) error {
	var refers, mentions []edgeRow
	claims := map[graph.Predicate][]edgeRow{}
	for _, f := range p.load {
		for _, pl := range f.Places {
			refers = append(refers, edgeRow{from: f.Article.ID, to: pl.ID})
		}
		for _, m := range f.Mentions {
			mentions = append(mentions, edgeRow{m.Node, f.Article.ID, graph.MentionProps(m)})
		}
		var old map[string]claimRef
		if h := p.before[f.Article.ID]; h != nil {
			old = h.claims
		}
		for _, c := range f.Claims {
			if old[c.ID] == refOf(c) {
				continue
			}
			claims[c.Predicate] = append(claims[c.Predicate], edgeRow{c.Subject, c.Object, graph.ClaimProps(c)})
		}
	}
	const ends = "UNWIND $rows AS r MATCH (a:Entity {id: r.f}) MATCH (b:Entity {id: r.t}) "
	if err := t.rows(ends+"CREATE (a)-[e:REFERS_TO]->(b) RETURN count(e)", edgeRows(refers)); err != nil {
		return err
	}
	if err := t.rows(ends+"CREATE (a)-[e:MENTIONED_IN]->(b) SET e = r.p RETURN count(e)", edgeRows(mentions)); err != nil {
		return err
	}
	for _, predicate := range slices.Sorted(maps.Keys(claims)) {
		cypher := ends + "MERGE (a)-[e:`" + string(predicate) + "` {claim: r.p.claim}]->(b) SET e = r.p RETURN count(e)"
		if err := t.rows(cypher, edgeRows(claims[predicate])); err != nil {
			return err
		}
	}
	return nil
}

// edgeRows returns the rows as parameters, edges of one end together.
func edgeRows(edges []edgeRow) []any {
	slices.SortStableFunc(edges, func(a, b edgeRow) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.from, b.from)) })
	rows := make([]any, len(edges))
	for i, e := range edges {
		row := map[string]any{"f": e.from, "t": e.to}
		if e.props != nil {
			row["p"] = map[string]any(e.props)
		}
		rows[i] = row
	}
	return rows
}

// deleteNodes deletes the articles that are forgotten and the nodes that no
// article mentions any more. They have no edge left: a claim's ends are mentioned
// by its article, or places.
func (t transaction) deleteNodes(p *plan) error {
	rows := make([]any, 0, len(p.leave))
	for _, id := range p.leave {
		rows = append(rows, id)
	}
	for _, id := range slices.Sorted(maps.Keys(p.tallies)) {
		if p.tallies[id].Empty() {
			rows = append(rows, id)
		}
	}
	return t.rows("UNWIND $rows AS r MATCH (n:Entity {id: r}) DELETE n RETURN count(n)", rows)
}

// deletePlaces deletes the places that no article refers to any more. What lies in
// one of them has gone with it: an article refers to the parents too.
func (t transaction) deletePlaces(p *plan) error {
	left := map[string]bool{}
	for _, h := range p.before {
		for _, id := range h.places {
			left[id] = true
		}
	}
	if len(left) == 0 {
		return nil
	}
	return t.query("UNWIND $ids AS id MATCH (p:Entity {id: id}) WHERE NOT EXISTS { (p)<-[:REFERS_TO]-() } DETACH DELETE p",
		map[string]any{"ids": slices.Sorted(maps.Keys(left))}, nil)
}

func byID(a, b *graph.Facts) int { return cmp.Compare(a.Article.ID, b.Article.ID) }
