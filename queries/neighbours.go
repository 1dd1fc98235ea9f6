package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

type neighboursParams struct {
	Node string `param:"node" need:"yes"`
	Kind string `param:"kind" values:"PART_OF,IN,LED_BY,HOLDS,UNDERTAKES,RECEIVED,GRANTED_BY,APPLIES,ORIGINATED_IN,PROMOTED_TO,LEARNED_FROM,ISSUED,MEASURED" doc:"The type of edge."`
	dates
	Status        string  `param:"status" default:"done"`
	Domain        string  `param:"domain" doc:"Of the neighbour."`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// neighbourRow is one node tied to the node by claims of one type.
type neighbourRow struct {
	From      string  `json:"from" doc:"Id of the edge's subject."`
	FromName  *string `json:"from_name" doc:"Its name."`
	Predicate string  `json:"predicate" doc:"Type of the edge."`
	To        string  `json:"to" doc:"Id of the edge's object."`
	ToName    *string `json:"to_name" doc:"Its name."`
	Node      string  `json:"node" doc:"Id of the neighbour: that end of the edge which is not the node asked for."`
	Label     string  `json:"label" doc:"The neighbour's label."`
	Level     *string `json:"level" doc:"Level of a place, pilot or recognition."`
	Kind      *string `json:"kind" doc:"Kind of an initiative, body, recognition or document."`
	Domain    *string `json:"domain" doc:"Domain of an initiative or experience."`
	Place     *string `json:"place" doc:"Id of the place that the neighbour is or belongs to by its id."`
	Since     *string `json:"since" doc:"Earliest date of the edge."`
	Until     *string `json:"until" doc:"Latest date of the edge."`
	Basis     *string `json:"basis" doc:"Basis of the earliest date."`
	Status    string  `json:"status" doc:"done, planned or negated."`
	support
}

var neighbours = define(Query{
	Name:  "neighbours",
	Title: "What is tied to one node",
	Description: "One row a neighbour and type of edge, with the earliest and latest date and the quotes: the node's surroundings as a graph. In order of type, then of the number of claims. " +
		"A place stands for all that it was called before, a discovered experience for the initiatives that carry its practice.",
	Example: url.Values{"node": {"experience:枫桥经验"}},
}, runNeighbours, func(r neighbourRow) string { return r.From + "\n" + r.Predicate + "\n" + r.To })

func runNeighbours(ctx context.Context, s graph.Store, p *neighboursParams) ([]neighbourRow, error) {
	own, err := nodeAndFormer(ctx, s, p.Node)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, aboutTwin, idsParams{own}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	isOwn := oneOf(own...)
	type edge struct{ from, predicate, to string }
	edges := map[edge][]*fact{}
	var ids []string
	for _, f := range fs {
		d := f.date()
		if f.status != p.Status || p.Kind != "" && f.predicate != p.Kind || p.Basis != "" && d.basis != p.Basis || !within(d.interval, p.Since, p.Until) {
			continue
		}
		k := edge{f.subject, f.predicate, f.object}
		edges[k] = append(edges[k], f)
		ids = append(ids, f.subject, f.object)
	}
	names, err := loadNodes(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	rows := []neighbourRow{}
	for k, claims := range edges {
		other := k.to
		if isOwn(other) {
			other = k.from
		}
		n := names[other]
		if p.Domain != "" && n.domain != p.Domain {
			continue
		}
		d, last := earliest(claims).date(), latest(claims)
		r := neighbourRow{From: k.from, FromName: null(names[k.from].name), Predicate: k.predicate, To: k.to, ToName: null(names[k.to].name),
			Node: other, Label: n.label, Level: null(n.level), Kind: null(n.kind), Domain: null(n.domain), Place: null(placeOf(other)),
			Since: null(d.iso), Until: null(last.iso), Basis: null(d.basis), Status: p.Status, support: supportOf(claims)}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b neighbourRow) int {
		return cmp.Or(strings.Compare(a.Predicate, b.Predicate), b.EvidenceCount-a.EvidenceCount, strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return rows, nil
}

// latest returns the last known date of the facts.
func latest(fs []*fact) date {
	var last date
	for _, f := range fs {
		if d := f.date(); d.known() && (!last.known() || d.compare(last) > 0) {
			last = d
		}
	}
	return last
}
