package queries

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var (
	linksTwin = newTwin[linksParams]("links")
	amongTwin = newTwin[idsParams]("among")
)

type pathParams struct {
	From          string  `param:"from" known:"from_node" need:"yes"`
	To            string  `param:"to" known:"to_node" need:"yes"`
	Depth         int     `param:"depth"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// pathRow is one step of the chain.
type pathRow struct {
	Step      int     `json:"step" doc:"1 for the step that leaves the node from."`
	From      string  `json:"from" doc:"Id of the node that the step leaves; a place is the division that it is today."`
	FromName  *string `json:"from_name" doc:"Its name."`
	Predicate string  `json:"predicate" doc:"Type of the edge; of several the first by name, those that leave from before those that reach it."`
	Forward   bool    `json:"forward" doc:"Whether from is the edge's subject: else the step goes against the edge."`
	To        string  `json:"to" doc:"Id of the node that the step reaches."`
	ToName    *string `json:"to_name" doc:"Its name."`
	Since     *string `json:"since" doc:"Earliest date of the edge."`
	Basis     *string `json:"basis" doc:"Its basis."`
	support
}

var pathQuery = define(Query{
	Name:  "path",
	Title: "How are two things connected",
	Description: "The shortest chain of done claims between two nodes, a row for each step, whatever the direction of the edges; no rows if there is none within depth. " +
		"Of several chains of that length the one whose ids are smallest, counted from the end. Not used are figures, which tie together whatever was measured alike, and what no article claims: which place lies in which.",
	Example: url.Values{"from": {"place:370300"}, "to": {"experience:枫桥经验"}},
}, runPath, func(r pathRow) string { return r.To })

func runPath(ctx context.Context, s graph.Store, p *pathParams) ([]pathRow, error) {
	var err error
	if p.From, err = resolveNode(ctx, s, "from", p.From); err != nil {
		return nil, err
	}
	if p.To, err = resolveNode(ctx, s, "to", p.To); err != nil {
		return nil, err
	}
	if p.From == p.To {
		return nil, invalid("to", "is the same node as from")
	}
	chain, err := shortest(ctx, s, p.From, p.To, p.Depth, p.MinConfidence)
	if err != nil || chain == nil {
		return nil, err
	}
	all, err := sameNodes(ctx, s, chain)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, amongTwin, idsParams{all.ids()}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	g, names, err := loadPlacesAndNodes(ctx, s, all.ids())
	if err != nil {
		return nil, err
	}
	rows := []pathRow{}
	for i, to := range chain[1:] {
		from := chain[i]
		var forward, backward []*fact
		for _, f := range fs {
			if f.status != "done" || f.predicate == string(graph.Measured) {
				continue
			}
			switch (pair{g.today(f.subject), g.today(f.object)}) {
			case pair{from, to}:
				forward = append(forward, f)
			case pair{to, from}:
				backward = append(backward, f)
			}
		}
		claims := forward
		if len(forward) == 0 {
			claims = backward
		}
		predicate := slices.MinFunc(claims, func(a, b *fact) int { return strings.Compare(a.predicate, b.predicate) }).predicate
		claims = slices.DeleteFunc(claims, func(f *fact) bool { return f.predicate != predicate })
		d := earliest(claims).date()
		rows = append(rows, pathRow{Step: i + 1, From: from, FromName: null(names[from].name), Predicate: predicate, Forward: len(forward) > 0,
			To: to, ToName: null(names[to].name), Since: null(d.iso), Basis: null(d.basis), support: supportOf(claims)})
	}
	return rows, nil
}

// resolveNode returns the id of the node that a value names.
func resolveNode(ctx context.Context, s graph.Store, field, value string) (string, error) {
	l, isID := graph.LabelOf(value)
	if !isID || l == graph.LabelPlace {
		return resolvePlace(ctx, s, field, value)
	}
	nodes, err := loadNodes(ctx, s, []string{value})
	if err != nil {
		return "", err
	}
	if _, ok := nodes[value]; !ok || l == graph.LabelArticle {
		return "", &NotFoundError{Field: field, Value: value, Reason: "no node has this id"}
	}
	return value, nil
}

// shortest walks outward from a node, breadth first, until it meets the other,
// and returns the nodes from one to the other; nil if there is no chain of at most
// depth steps. Places count as what they are today.
func shortest(ctx context.Context, s graph.Store, from, to string, depth int, minConfidence float64) ([]string, error) {
	before := map[string]string{from: ""} // the node that each was reached from
	frontier := []string{from}
	for range depth {
		own, err := sameNodes(ctx, s, frontier)
		if err != nil {
			return nil, err
		}
		var links []pair
		var places []string
		err = linksTwin.each(ctx, s, linksParams{own.ids(), minConfidence}, func(r graph.Row) error {
			l := pair{str(r, "subject"), str(r, "object")}
			links, places = append(links, l, pair{l.to, l.from}), append(places, l.from, l.to)
			return nil
		})
		if err != nil {
			return nil, err
		}
		g, err := loadPlaces(ctx, s, slices.DeleteFunc(places, func(id string) bool { return placeOf(id) != id }))
		if err != nil {
			return nil, err
		}
		next := map[string]string{}
		for _, l := range links {
			if !own[l.from] {
				continue
			}
			a, b := g.today(l.from), g.today(l.to)
			if _, seen := before[b]; seen {
				continue
			}
			if old, ok := next[b]; !ok || a < old {
				next[b] = a
			}
		}
		maps.Copy(before, next)
		if _, ok := next[to]; ok {
			var chain []string
			for at := to; at != ""; at = before[at] {
				chain = append(chain, at)
			}
			slices.Reverse(chain)
			return chain, nil
		}
		frontier = slices.Sorted(maps.Keys(next))
	}
	return nil, nil
}

// sameNodes returns the nodes given, of a place also all that became it.
func sameNodes(ctx context.Context, s graph.Store, nodes []string) (area, error) {
	var places []string
	for _, id := range nodes {
		if l, _ := graph.LabelOf(id); l == graph.LabelPlace {
			places = append(places, id)
		}
	}
	all, err := sameToday(ctx, s, places)
	if err != nil {
		return nil, err
	}
	for _, id := range nodes {
		all[id] = true
	}
	return all, nil
}
