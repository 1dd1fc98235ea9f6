package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var coverageTwin = newTwin[noParams]("coverage")

type coverageParams struct {
	By    string `param:"by" values:"place,year,outlet,all" default:"all" doc:"all: place, year and outlet together."`
	Place string `param:"place"`
	Scope string `param:"scope"`
	Level string `param:"level"`
	Since string `param:"since" doc:"By the date of publication."`
	Until string `param:"until" doc:"By the date of publication."`
	page
}

// coverageRow counts the articles of one group.
type coverageRow struct {
	Place          *string `json:"place" doc:"Id of a place that articles name, as the division that it is today; null if rows are not by place, or for articles that name none."`
	PlaceName      *string `json:"place_name" doc:"Its name."`
	Level          *string `json:"level" doc:"Its level."`
	Parent         *string `json:"parent" doc:"Id of the place that it lies in."`
	Province       *string `json:"province" doc:"Id of its province."`
	ProvinceName   *string `json:"province_name" doc:"Name of its province."`
	Year           *string `json:"year" doc:"Year of publication; null if rows are not by year, or unknown."`
	Outlet         *string `json:"outlet" doc:"Where they were published; null if rows are not by outlet, or unknown."`
	ArticleCount   int     `json:"article_count" doc:"Articles of the group."`
	HomeCount      int     `json:"home_count" doc:"Those of them whose home is the place: of rows not by place, those that have a home."`
	FirstPublished *string `json:"first_published" doc:"Earliest date of publication."`
	LastPublished  *string `json:"last_published" doc:"Latest date of publication."`
}

var coverage = define(Query{
	Name:  "coverage",
	Title: "How many articles are there for each place, year and outlet",
	Description: "What the graph rests on: articles by the places that they name, year and outlet. The first rows have most articles. An article counts for each place that it names, " +
		"so rows by place add up to more than all articles; where nothing is loaded nothing can be seen to spread.",
	Example: url.Values{"by": {"place"}, "level": {"province"}},
}, runCoverage, func(r coverageRow) string { return text(r.Place) + "\n" + text(r.Year) + "\n" + text(r.Outlet) })

func runCoverage(ctx context.Context, s graph.Store, p *coverageParams) ([]coverageRow, error) {
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	type covered struct {
		outlet, published, home string
		places                  []string
	}
	var articles []covered
	var ids []string
	err = coverageTwin.each(ctx, s, noParams{}, func(r graph.Row) error {
		if !within(intervalOf(str(r, "published")), p.Since, p.Until) {
			return nil
		}
		a := covered{str(r, "outlet"), str(r, "published"), str(r, "home"), nil}
		named, _ := r["places"].([]any)
		for _, id := range append(named, a.home) {
			if id, _ := id.(string); id != "" && where.holds(id) {
				a.places = append(a.places, id)
			}
		}
		if where == nil || len(a.places) > 0 {
			articles, ids = append(articles, a), append(ids, a.places...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	g, err := loadPlaces(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	by := func(what string) bool { return p.By == what || p.By == "all" }
	type group struct{ place, year, outlet string }
	counts := map[group]*coverageRow{}
	for _, a := range articles {
		places := map[string]bool{}
		if by("place") {
			for _, id := range a.places {
				places[g.rolled(id, p.Level)] = true
			}
		}
		if len(places) == 0 {
			places[""] = true
		}
		for place := range places {
			k := group{place: place}
			if by("year") && a.published != "" {
				k.year = a.published[:4]
			}
			if by("outlet") {
				k.outlet = a.outlet
			}
			r := counts[k]
			if r == nil {
				r = &coverageRow{Place: null(place), PlaceName: null(g.name(place)), Level: null(g.level(place)), Year: null(k.year), Outlet: null(k.outlet)}
				r.Province, r.ProvinceName = g.province(place)
				r.Parent = null(g[place].parent)
				counts[k] = r
			}
			r.ArticleCount++
			if a.home != "" && (place == "" || g.rolled(a.home, p.Level) == place) {
				r.HomeCount++
			}
			if a.published != "" && (r.FirstPublished == nil || a.published < *r.FirstPublished) {
				r.FirstPublished = null(a.published)
			}
			if a.published > text(r.LastPublished) {
				r.LastPublished = null(a.published)
			}
		}
	}
	rows := make([]coverageRow, 0, len(counts))
	for _, r := range counts {
		rows = append(rows, *r)
	}
	slices.SortFunc(rows, func(a, b coverageRow) int {
		return cmp.Or(b.ArticleCount-a.ArticleCount, strings.Compare(text(a.Place), text(b.Place)),
			strings.Compare(text(a.Year), text(b.Year)), strings.Compare(text(a.Outlet), text(b.Outlet)))
	})
	return rows, nil
}
