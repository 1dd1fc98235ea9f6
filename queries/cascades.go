package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"time"

	"reformgraph/graph"
)

type cascadesParams struct {
	Place string `param:"place" doc:"Only adopters there; figures are still those of the whole cascade."`
	Scope string `param:"scope"`
	Level string `param:"level"`
	dates
	Domain        string  `param:"domain"`
	Kind          string  `param:"kind" values:"known,discovered"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// cascadeRow is one dated adoption in the cascade of one experience.
type cascadeRow struct {
	Experience     string  `json:"experience" doc:"Id of the experience: the cascade."`
	ExperienceName string  `json:"experience_name" doc:"Its name."`
	Discovered     bool    `json:"discovered" doc:"Whether no Experience node stands behind it, only a practice that two prefectures or more share."`
	Domain         *string `json:"domain" doc:"Its domain, else that of its first initiative that has one."`
	Place          string  `json:"place" doc:"The adopter, as the division that it is today: the node of the cascade."`
	PlaceName      string  `json:"place_name" doc:"Its name when it adopted."`
	Level          *string `json:"level" doc:"Its level."`
	Parent         *string `json:"parent" doc:"Id of the place that it lies in."`
	Province       *string `json:"province" doc:"Id of its province."`
	Since          string  `json:"since" doc:"Earliest date of the adoption, ISO 8601 at its own precision."`
	Precision      string  `json:"precision" doc:"day, month or year."`
	Basis          string  `json:"basis" doc:"stated in a text, or reported: no later than the publication of an article."`
	Day            int     `json:"day" doc:"First day that the date may mean, in days since 1970-01-01: the event time."`
	DayEnd         int     `json:"day_end" doc:"Last day that the date may mean, likewise."`
	LagDays        int     `json:"lag_days" doc:"Days from the first event of the cascade."`
	Position       int     `json:"position" doc:"Place in the cascade: 1 and one more for each event on an earlier day. Events of one day share it."`
	EventCount     int     `json:"event_count" doc:"Dated adoptions of the cascade."`
	UndatedCount   int     `json:"undated_count" doc:"Adoptions without a date, which are no rows."`
	support
}

var cascades = define(Query{
	Name:  "cascades",
	Title: "Table of adoption events for network inference and survival models",
	Description: "One row an experience and adopter with a date, of experiences with two such adopters or more: who, when, in which cascade. In order of experience, then of time, then of place. " +
		"Event times are first days of dates; day_end says how far they may be off. Reads all adoptions of the graph.",
	Example: url.Values{"level": {"prefecture"}, "basis": {"stated"}},
}, runCascades, func(r cascadeRow) string { return r.Experience + "\n" + r.Place })

func runCascades(ctx context.Context, s graph.Store, p *cascadesParams) ([]cascadeRow, error) {
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	sp, err := wholeSpread(ctx, s, countAs{p.Level, p.Basis}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	names, err := sp.nodes(ctx, s)
	if err != nil {
		return nil, err
	}
	rows := []cascadeRow{}
	for _, as := range byExperience(sp.adoptions) {
		dated := datedOf(as)
		if len(dated) < 2 || p.Kind != "" && (p.Kind == "discovered") != as[0].discovered {
			continue
		}
		if !slices.ContainsFunc(as, func(a *adoption) bool { return ofDomain(p.Domain, names, a) }) {
			continue
		}
		for _, a := range dated {
			if where != nil && !a.in(where) || !within(a.date.interval, p.Since, p.Until) {
				continue
			}
			rows = append(rows, sp.cascadeRow(a, dated, len(as)-len(dated), names))
		}
	}
	return rows, nil
}

// datedOf keeps the adoptions with a date, in their order.
func datedOf(as []*adoption) []*adoption {
	return slices.DeleteFunc(slices.Clone(as), func(a *adoption) bool { return !a.date.known() })
}

// cascadeRow shows one of the dated adoptions of an experience, which are in order.
func (sp spreadOf) cascadeRow(a *adoption, dated []*adoption, undated int, names map[string]nodeInfo) cascadeRow {
	position := 1
	for _, b := range dated {
		if b.date.start.Before(a.date.start) {
			position++
		}
	}
	r := cascadeRow{Experience: a.experience, ExperienceName: cmp.Or(names[a.experience].name, graph.Practice(a.experience)), Discovered: a.discovered,
		Domain: null(domainOf(dated, names)), Place: a.place, PlaceName: sp.placeName(a), Level: null(sp.places.level(a.place)),
		Since: a.date.iso, Precision: graph.PrecisionOf(a.date.iso), Basis: a.date.basis,
		Day: daysBetween(epoch, a.date.start), DayEnd: daysBetween(epoch, a.date.end) - 1, LagDays: daysBetween(dated[0].date.start, a.date.start),
		Position: position, EventCount: len(dated), UndatedCount: undated, support: supportOf(a.claims)}
	r.Province, _ = sp.places.province(a.place)
	r.Parent = null(sp.places[a.place].parent)
	return r
}

// epoch is the day from which event times are counted.
var epoch = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
