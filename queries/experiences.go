package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

type experiencesParams struct {
	Place         string  `param:"place" doc:"Only experiences adopted there; figures are still those of the whole spread."`
	Scope         string  `param:"scope"`
	Level         string  `param:"level"`
	Since         string  `param:"since" doc:"Of the first adoption."`
	Until         string  `param:"until" doc:"Of the first adoption."`
	Basis         string  `param:"basis"`
	Domain        string  `param:"domain"`
	Kind          string  `param:"kind" values:"known,discovered"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// experienceRow is one experience with the reach of its spread.
type experienceRow struct {
	Experience      string  `json:"experience" doc:"Id of the experience."`
	ExperienceName  string  `json:"experience_name" doc:"Its name."`
	Discovered      bool    `json:"discovered" doc:"Whether no Experience node stands behind it, only a practice that two prefectures or more share."`
	Domain          *string `json:"domain" doc:"Its domain."`
	PlaceCount      int     `json:"place_count" doc:"Places that adopted it, rolled up if level is given."`
	PrefectureCount int     `json:"prefecture_count" doc:"Prefectures that these are or lie in."`
	ProvinceCount   int     `json:"province_count" doc:"Provinces that these are or lie in."`
	FirstPlace      *string `json:"first_place" doc:"Id of the first adopter; null if no adoption is dated."`
	FirstPlaceName  *string `json:"first_place_name" doc:"Its name when it adopted."`
	FirstDate       *string `json:"first_date" doc:"Earliest date of an adoption."`
	FirstPrecision  *string `json:"first_precision" doc:"Its precision."`
	FirstBasis      *string `json:"first_basis" doc:"Its basis."`
	LastDate        *string `json:"last_date" doc:"Date of the last place to adopt it."`
	LastPrecision   *string `json:"last_precision" doc:"Its precision."`
	LastBasis       *string `json:"last_basis" doc:"Its basis."`
	support
}

var experiences = define(Query{
	Name:  "experiences",
	Title: "Which experiences are there, and how far did each spread",
	Description: "One row an experience that some place adopted, known to the lexicon or discovered: the number of places, prefectures and provinces, first and last date. " +
		"Widest spread first. Reads all adoptions of the graph.",
	Example: url.Values{"kind": {"known"}, "limit": {"20"}},
}, runExperiences, func(r experienceRow) string { return r.Experience })

func runExperiences(ctx context.Context, s graph.Store, p *experiencesParams) ([]experienceRow, error) {
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	c := countAs{p.Level, p.Basis}
	var sp spreadOf
	if where != nil {
		sp, err = spreadInto(ctx, s, where, c, p.MinConfidence)
	} else {
		sp, err = wholeSpread(ctx, s, c, p.MinConfidence)
	}
	if err != nil {
		return nil, err
	}
	names, err := sp.nodes(ctx, s)
	if err != nil {
		return nil, err
	}
	rows := []experienceRow{}
	for _, as := range byExperience(sp.adoptions) {
		if p.Kind != "" && (p.Kind == "discovered") != as[0].discovered || !within(as[0].date.interval, p.Since, p.Until) {
			continue
		}
		if !slices.ContainsFunc(as, func(a *adoption) bool { return ofDomain(p.Domain, names, a) }) {
			continue
		}
		if where != nil && !slices.ContainsFunc(as, func(a *adoption) bool { return a.in(where) }) {
			continue
		}
		rows = append(rows, sp.experienceRow(as, names))
	}
	slices.SortFunc(rows, func(a, b experienceRow) int {
		return cmp.Or(b.PlaceCount-a.PlaceCount, strings.Compare(a.Experience, b.Experience))
	})
	return rows, nil
}

// wholeSpread loads all adoptions of the graph.
func wholeSpread(ctx context.Context, s graph.Store, c countAs, minConfidence float64) (spreadOf, error) {
	fs, err := facts(ctx, s, allAdoptionsTwin, noParams{}, minConfidence)
	if err != nil {
		return spreadOf{}, err
	}
	var practices []string
	for _, f := range fs {
		practices = append(practices, graph.Practice(f.subject))
	}
	slices.Sort(practices)
	if practices, err = unknownPractices(ctx, s, slices.Compact(practices)); err != nil {
		return spreadOf{}, err
	}
	g, err := loadPlaces(ctx, s, placeEnds(fs))
	if err != nil {
		return spreadOf{}, err
	}
	return spreadOf{sift(adoptions(fs, g, c, every, oneOf(practices...)), fs, g), g}, nil
}

// in says that a place of the area is behind the adoption.
func (a *adoption) in(where area) bool {
	return slices.ContainsFunc(a.claims, func(f *fact) bool { return f.predicate == string(graph.In) && where.holds(f.object) })
}

// experienceRow sums up all adoptions of one experience, which are in order.
func (sp spreadOf) experienceRow(as []*adoption, names map[string]nodeInfo) experienceRow {
	prefectures, provinces := map[string]bool{}, map[string]bool{}
	var claims []*fact
	var last date
	for _, a := range as {
		if id, ok := sp.places.prefecture(a.place); ok {
			prefectures[id] = true
		}
		if id := sp.places.above(a.place, "province"); id != "" {
			provinces[id] = true
		}
		claims = append(claims, a.claims...)
		if a.date.known() {
			last = a.date
		}
	}
	first := as[0]
	r := experienceRow{
		Experience: first.experience, ExperienceName: cmp.Or(names[first.experience].name, graph.Practice(first.experience)),
		Discovered: first.discovered, Domain: null(names[first.experience].domain),
		PlaceCount: len(as), PrefectureCount: len(prefectures), ProvinceCount: len(provinces),
		FirstDate: null(first.date.iso), FirstPrecision: null(graph.PrecisionOf(first.date.iso)), FirstBasis: null(first.date.basis),
		LastDate: null(last.iso), LastPrecision: null(graph.PrecisionOf(last.iso)), LastBasis: null(last.basis),
		support: supportOf(claims),
	}
	if first.date.known() {
		r.FirstPlace, r.FirstPlaceName = null(first.place), null(sp.placeName(first))
	}
	return r
}
