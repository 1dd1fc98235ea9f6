package queries

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"time"

	"reformgraph/graph"
)

var allPlacesTwin = newTwin[noParams]("all_places")

type riskSetParams struct {
	Experience    string  `param:"experience" need:"yes"`
	Level         string  `param:"level" default:"prefecture" doc:"The places that may adopt."`
	Period        string  `param:"period"`
	Place         string  `param:"place" doc:"Only places there."`
	Since         string  `param:"since" doc:"Where the window begins; without it with the first adoption at this level."`
	Until         string  `param:"until" doc:"Where the window ends; without it with the last publication in the graph."`
	Basis         string  `param:"basis"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// riskRow is one place that has not adopted an experience before, in one period.
type riskRow struct {
	Experience        string  `json:"experience" doc:"Id of the experience."`
	Place             string  `json:"place" doc:"Id of the place, as the division that it is today."`
	PlaceName         string  `json:"place_name" doc:"Its name."`
	Level             *string `json:"level" doc:"Its level."`
	Parent            *string `json:"parent" doc:"Id of the place that it lies in."`
	Province          *string `json:"province" doc:"Id of its province."`
	Period            string  `json:"period" doc:"The year (2019) or month (2019-09)."`
	Time              int     `json:"time" doc:"Number of the period: 0 is the one of the first adoption at this level."`
	Adopted           int     `json:"adopted" doc:"1 in the period of the place's adoption, which is its last row; else 0."`
	Censored          int     `json:"censored" doc:"1 in the last row of a place that has not adopted by the end of the window; else 0."`
	Spans             bool    `json:"spans" doc:"Whether the date of the adoption may also mean a later period: a year where periods are months. False where adopted is 0."`
	Since             *string `json:"since" doc:"Date of the adoption; null where adopted is 0."`
	Basis             *string `json:"basis" doc:"Its basis."`
	PriorAdopters     int     `json:"prior_adopters" doc:"Places of this level that adopted in earlier periods."`
	PriorSameProvince int     `json:"prior_same_province" doc:"Those of them in the same province."`
	support
}

// maxPeriods bounds a window: a century of years, or so many months.
const maxPeriods = 1200

var riskSet = define(Query{
	Name:  "risk-set",
	Title: "Table of places at risk of adopting an experience, period by period",
	Description: "For event history models: one row a place and period, from the beginning of the window to the period in which the place adopts (adopted=1) or the end of the window (censored=1). In order of place, then of time. " +
		"At risk are the places of the level that any loaded article names; one that adopted before the window is not, nor one whose adoption is undated. Adoptions below the level count for the place they lie in. " +
		"A place without an adoption in the articles need not be without one in fact: see coverage.",
	Example: url.Values{"experience": {"枫桥经验"}, "level": {"province"}},
}, runRiskSet, func(r riskRow) string { return r.Place + "\n" + r.Period })

func runRiskSet(ctx context.Context, s graph.Store, p *riskSetParams) ([]riskRow, error) {
	sp, err := spreadOfExperience(ctx, s, &p.Experience, countAs{p.Level, p.Basis}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	if p.Place, err = resolvePlace(ctx, s, "place", p.Place); err != nil {
		return nil, err
	}
	last, err := lastPublished(ctx, s)
	if err != nil {
		return nil, err
	}
	g, err := allPlaces(ctx, s)
	if err != nil {
		return nil, err
	}
	places := g.atLevel(p.Level)
	dated := slices.DeleteFunc(datedOf(sp.adoptions), func(a *adoption) bool { return !slices.Contains(places, a.place) })
	if len(dated) == 0 {
		return nil, nil
	}
	c := periods{p.Period == "month"}
	zero := c.of(dated[0].date.start)
	first, end := zero, c.of(last.end.AddDate(0, 0, -1))
	if since := intervalOf(p.Since); since.known() {
		first = c.of(since.start)
	}
	if until := intervalOf(p.Until); until.known() {
		end = c.of(until.end.AddDate(0, 0, -1))
	}
	if end-first >= maxPeriods {
		return nil, invalid("since", "makes a window of %d periods: want at most %d; give a later since, or period=year", end-first+1, maxPeriods)
	}
	adopted := map[string]*adoption{}
	for _, a := range sp.adoptions {
		adopted[a.place] = a
	}
	rows := []riskRow{}
	for _, place := range places {
		if p.Place != "" && !g.inside(place, p.Place) {
			continue
		}
		a := adopted[place]
		if a != nil && !a.date.known() {
			continue
		}
		stop := end
		if a != nil {
			stop = min(end, c.of(a.date.start))
		}
		for t := first; t <= stop; t++ {
			r := riskRow{Experience: p.Experience, Place: place, PlaceName: g.name(place), Level: null(g.level(place)), Period: c.name(t), Time: t - zero, support: support{Evidence: []Evidence{}}}
			r.Province, _ = g.province(place)
			r.Parent = null(g[place].parent)
			for _, b := range dated {
				if c.of(b.date.start) < t {
					r.PriorAdopters++
					if other := g.above(b.place, "province"); other != "" && other == text(r.Province) {
						r.PriorSameProvince++
					}
				}
			}
			switch {
			case a != nil && c.of(a.date.start) == t:
				r.Adopted, r.Spans = 1, c.of(a.date.end.AddDate(0, 0, -1)) > t
				r.Since, r.Basis, r.support = null(a.date.iso), null(a.date.basis), supportOf(a.claims)
			case t == end:
				r.Censored = 1
			}
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// periods counts years or months from the year 0.
type periods struct{ months bool }

func (c periods) of(t time.Time) int {
	if c.months {
		return t.Year()*12 + int(t.Month()) - 1
	}
	return t.Year()
}

func (c periods) name(n int) string {
	if c.months {
		return time.Date(n/12, time.Month(n%12+1), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	}
	return time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
}

// allPlaces loads every place of the graph.
func allPlaces(ctx context.Context, s graph.Store) (gazetteer, error) {
	g := gazetteer{}
	err := allPlacesTwin.each(ctx, s, noParams{}, g.add)
	return g, err
}

// atLevel returns the ids of the places that adoptions at this level count for,
// sorted: those of the level itself, at the level of prefectures also
// municipalities and counties that lie straight under a province.
func (g gazetteer) atLevel(level string) []string {
	found := map[string]bool{}
	for id := range g {
		at := g.rolled(id, level)
		p := g[at]
		if p.level == level || level == "prefecture" && (p.municipality() || p.level == "county") {
			found[at] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}
