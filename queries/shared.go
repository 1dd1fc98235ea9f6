package queries

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

type sharedParams struct {
	Places        string  `param:"places" need:"yes"`
	Scope         string  `param:"scope"`
	Since         string  `param:"since" doc:"Of the first adoption among the places."`
	Until         string  `param:"until" doc:"Of the first adoption among the places."`
	Basis         string  `param:"basis"`
	Domain        string  `param:"domain"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// sharedRow is the adoption, by one of the places, of an experience that all adopted.
type sharedRow struct {
	Of       string  `json:"of" doc:"Id of the place, of those asked for, that the row is about: place is that one or lies in it."`
	OfName   *string `json:"of_name" doc:"Its name."`
	Position int     `json:"position" doc:"1 for the first of the places by date, and so on."`
	spreadRow
}

// maxShared bounds the places of one question.
const maxShared = 20

var shared = define(Query{
	Name:  "shared",
	Title: "Which experiences have places in common, and which of them was first",
	Description: "Experiences that all of the places adopted, a row for each experience and place, in order of time within the experience. Each place stands for all that lies in it, by its earliest adoption. " +
		"First place, lag and direction are among these places, not of the whole spread.",
	Example: url.Values{"places": {"淄博,泰安"}},
}, runShared, func(r sharedRow) string { return r.Experience + "\n" + r.Of })

func runShared(ctx context.Context, s graph.Store, p *sharedParams) ([]sharedRow, error) {
	var ids []string
	var areas []area
	all := area{}
	for _, value := range strings.FieldsFunc(p.Places, func(r rune) bool { return strings.ContainsRune(",，、", r) }) {
		id, err := resolvePlace(ctx, s, "places", strings.TrimSpace(value))
		if err != nil {
			return nil, err
		}
		if id == "" || slices.Contains(ids, id) {
			continue
		}
		where, err := loadArea(ctx, s, id, p.Scope)
		if err != nil {
			return nil, err
		}
		ids, areas = append(ids, id), append(areas, where)
		for at := range where {
			all[at] = true
		}
	}
	if len(ids) < 2 || len(ids) > maxShared {
		return nil, invalid("places", "names %d different places: want 2 to %d, with commas between", len(ids), maxShared)
	}
	p.Places = strings.Join(ids, ",")
	sp, err := spreadInto(ctx, s, all, countAs{basis: p.Basis}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	names, err := sp.nodes(ctx, s)
	if err != nil {
		return nil, err
	}
	own, err := loadNodes(ctx, s, slices.Clone(ids))
	if err != nil {
		return nil, err
	}
	rows := []sharedRow{}
	for _, as := range byExperience(sp.adoptions) {
		var firsts []*adoption // the earliest of each place, in the order of the places
		for _, where := range areas {
			if i := slices.IndexFunc(as, func(a *adoption) bool { return a.in(where) }); i >= 0 {
				firsts = append(firsts, as[i])
			}
		}
		if len(firsts) < len(areas) {
			continue
		}
		order := slices.SortedStableFunc(slices.Values(indexes(len(ids))), func(i, j int) int { return compareAdoptions(firsts[i], firsts[j]) })
		first := firsts[order[0]]
		if !within(first.date.interval, p.Since, p.Until) || !slices.ContainsFunc(firsts, func(a *adoption) bool { return ofDomain(p.Domain, names, a) }) {
			continue
		}
		for n, i := range order {
			rows = append(rows, sharedRow{ids[i], null(own[ids[i]].name), n + 1, sp.row(firsts[i], []*adoption{first}, names)})
		}
	}
	return rows, nil
}

// indexes returns 0 to n-1.
func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
