package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

type facetsParams struct {
	sought
	By    string `param:"by" values:"label,place,level,domain,year,outlet,all" default:"all" doc:"all: each of the others."`
	Level string `param:"level"`
	page
}

// facetRow counts what a search found under one value.
type facetRow struct {
	Facet     string  `json:"facet" doc:"What is counted by: label, place, level, domain, year or outlet."`
	Value     *string `json:"value" doc:"The label, id of the place, level, domain, year of publication or outlet; null for what has none."`
	ValueName *string `json:"value_name" doc:"Name of the place."`
	Count     int     `json:"count" doc:"Nodes and articles found that have this value."`
	HitCount  int     `json:"hit_count" doc:"All that were found, with the same filters. Both counts are exact."`
}

var facets = define(Query{
	Name:  "facets",
	Title: "How what a search found is spread over labels, places, levels, domains, years and outlets",
	Description: "Counts what search finds for the same words and filters, one row a value, the most frequent first. An article counts for each place that it names or comes from, as the division that it is today, " +
		"so rows by place add up to more than all that was found; each row of another facet counts for itself.",
	Example: url.Values{"q": {"有解思维"}},
}, runFacets, func(r facetRow) string { return r.Facet + "\n" + text(r.Value) })

// facetsOf lists the facets in their order.
var facetsOf = []string{"label", "place", "level", "domain", "year", "outlet"}

func runFacets(ctx context.Context, s graph.Store, p *facetsParams) ([]facetRow, error) {
	by := func(facet string) bool { return p.By == facet || p.By == "all" }
	phrases, err := phrasesOf(p.Q)
	if err != nil {
		return nil, err
	}
	hits, err := p.find(ctx, s, phrases, by("place"))
	if err != nil {
		return nil, err
	}
	counts := map[[2]string]int{}
	named := map[string]int{} // hits by the set of places that they count for
	for _, h := range hits {
		year := ""
		if h.published != "" {
			year = h.published[:4]
		}
		for _, v := range [][2]string{{"label", h.label}, {"level", h.level}, {"domain", h.domain}, {"year", year}, {"outlet", h.outlet}} {
			if by(v[0]) {
				counts[v]++
			}
		}
		if by("place") {
			if h.label != string(graph.LabelArticle) {
				h.places = []string{h.place}
			}
			slices.Sort(h.places)
			named[strings.Join(h.places, "\n")]++
		}
	}
	var ids []string
	for set := range named {
		ids = append(ids, strings.Split(set, "\n")...)
	}
	g, err := loadPlaces(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	for set, n := range named {
		places := map[string]bool{}
		for id := range strings.SplitSeq(set, "\n") {
			if id != "" {
				id = g.rolled(id, p.Level)
			}
			places[id] = true
		}
		for id := range places {
			counts[[2]string{"place", id}] += n
		}
	}
	rows := make([]facetRow, 0, len(counts))
	for v, n := range counts {
		r := facetRow{Facet: v[0], Value: null(v[1]), Count: n, HitCount: len(hits)}
		if v[0] == "place" {
			r.ValueName = null(g.name(v[1]))
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b facetRow) int {
		if a.Facet != b.Facet {
			return slices.Index(facetsOf, a.Facet) - slices.Index(facetsOf, b.Facet)
		}
		return cmp.Or(b.Count-a.Count, strings.Compare(text(a.Value), text(b.Value)))
	})
	return rows, nil
}
