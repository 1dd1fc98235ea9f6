package queries

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"reformgraph/graph"
)

var positionsTwin = newTwin[idsParams]("positions")

// Subgraph is an answer as a graph: nodes in order of id, edges in that of rows.
// Properties are named as in the graph and in rows. An edge that stands for
// several claims carries the most confident of them, and how many there are.
type Subgraph struct {
	Nodes []graph.NodeRecord
	Edges []graph.EdgeRecord
}

// The edges of subgraphs that are made of several claims or of dates, beside the
// predicates of the graph.
const (
	// Adopted runs from a place to an experience.
	Adopted graph.Predicate = "ADOPTED"
	// Flow runs from the place learned from to the one that, as texts say, learned.
	Flow graph.Predicate = "FLOW"
	// Precedence runs as Flow does, where only dates of adoption tie the places.
	Precedence graph.Predicate = "PRECEDENCE"
)

// HasGraph says whether the answers of a query can be shown as graphs.
func HasGraph(query string) bool {
	return slices.Contains([]string{"neighbours", "path", "spread", "flows"}, query)
}

// Graph returns the answer as a graph, with the attributes of its nodes read from
// the store. If the store has changed since, the error is graph.ErrBusy.
//
// Errors: *graph.InvalidError for a query without graphs; those of Store.Run.
func (a *Answer) Graph(ctx context.Context, s graph.Store) (*Subgraph, error) {
	if !HasGraph(a.Query) {
		return nil, invalid("format", "is of graphs, which the rows of %s are not", a.Query)
	}
	g := &Subgraph{}
	names := map[string]string{} // of nodes that the rows name
	for _, r := range a.Rows {
		switch r := r.(type) {
		case neighbourRow:
			g.add(r.From, graph.Predicate(r.Predicate), r.To, r.support, graph.Props{"since": r.Since, "until": r.Until, "basis": r.Basis})
		case pathRow:
			from, to := r.From, r.To
			if !r.Forward {
				from, to = to, from
			}
			g.add(from, graph.Predicate(r.Predicate), to, r.support, graph.Props{"since": r.Since, "basis": r.Basis, "step": int64(r.Step)})
		case spreadRow:
			names[r.Experience] = r.ExperienceName
			g.add(r.Place, Adopted, r.Experience, r.support, graph.Props{"since": r.Since, "precision": r.Precision, "basis": r.Basis,
				"initiative": r.Initiative, "lag_days": count(r.LagDays), "rival_dates": r.RivalDates})
		case flowRow:
			predicate := Flow
			if r.StatedCount+r.ViaExperienceCount == 0 {
				predicate = Precedence
			}
			g.add(r.From, predicate, r.To, r.support, graph.Props{"since": r.Since, "precision": r.Precision, "basis": r.Basis, "how": r.How,
				"stated_count": int64(r.StatedCount), "via_experience_count": int64(r.ViaExperienceCount),
				"precedence_count": int64(r.PrecedenceCount), "reverse_count": int64(r.ReverseCount)})
		}
	}
	err := g.loadNodes(ctx, s, names)
	if err != nil {
		return nil, err
	}
	after, err := s.Info(ctx)
	if err != nil {
		return nil, err
	}
	if Revision(after) != a.Revision {
		return nil, fmt.Errorf("%w: the graph changed while the answer was made into a graph", graph.ErrBusy)
	}
	return g, nil
}

// count is nil for an unknown number.
func count(n *int) *int64 {
	if n == nil {
		return nil
	}
	wide := int64(*n)
	return &wide
}

// add adds an edge with its best evidence; properties that are null are left out.
func (g *Subgraph) add(from string, p graph.Predicate, to string, s support, props graph.Props) {
	kept := graph.Props{"article_count": int64(s.ArticleCount), "evidence_count": int64(s.EvidenceCount)}
	for k, v := range props {
		switch v := v.(type) {
		case *string:
			if v != nil {
				kept[k] = *v
			}
		case *int64:
			if v != nil {
				kept[k] = *v
			}
		default:
			kept[k] = v
		}
	}
	if len(s.Evidence) > 0 {
		e := s.Evidence[0]
		kept["claim"], kept["article"], kept["quote"] = e.Claim, e.Article, e.Quote
		kept["start"], kept["end"] = int64(e.Start), int64(e.End)
		kept["status"], kept["confidence"] = e.Status, e.Confidence
	}
	g.Edges = append(g.Edges, graph.EdgeRecord{Type: p, From: from, To: to, Props: kept})
}

// loadNodes fills in the ends of all edges. What is not in the store is a
// discovered experience, which has the name that its rows give.
func (g *Subgraph) loadNodes(ctx context.Context, s graph.Store, names map[string]string) error {
	ends := map[string]bool{}
	for _, e := range g.Edges {
		ends[e.From], ends[e.To] = true, true
	}
	ids := slices.Sorted(maps.Keys(ends))
	known, err := loadNodes(ctx, s, slices.Clone(ids))
	if err != nil {
		return err
	}
	lat, lon := map[string]float64{}, map[string]float64{}
	err = positionsTwin.each(ctx, s, idsParams{ids}, func(r graph.Row) error {
		lat[str(r, "id")], lon[str(r, "id")] = float(r, "lat"), float(r, "lon")
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		n, found := known[id]
		if !found {
			n.name = names[id]
		}
		props := graph.Props{}
		for k, v := range map[string]string{"name": n.name, "level": n.level, "kind": n.kind, "domain": n.domain} {
			if v != "" {
				props[k] = v
			}
		}
		if x, ok := lat[id]; ok {
			props["lat"], props["lon"] = x, lon[id]
		}
		if l, _ := graph.LabelOf(id); l == graph.LabelExperience {
			props["discovered"] = !found
		}
		g.Nodes = append(g.Nodes, graph.NodeRecord{ID: id, Labels: graph.NodeLabels(id), Props: props})
	}
	return nil
}
