package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var (
	initiativesInTwin  = newTwin[placesParams]("initiatives_in")
	allInitiativesTwin = newTwin[noParams]("all_initiatives")
)

type initiativesParams struct {
	Place      string `param:"place"`
	Scope      string `param:"scope"`
	Level      string `param:"level"`
	Experience string `param:"experience" doc:"Only initiatives that apply it or carry its name."`
	Kind       string `param:"kind" values:"brand,mechanism,campaign,project,platform,method,model,reform,scheme,policy,plan,slogan"`
	Domain     string `param:"domain"`
	dates
	Status        string  `param:"status" default:"done" doc:"Of the initiative in its place."`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// initiativeRow is one initiative in one place.
type initiativeRow struct {
	Initiative       string  `json:"initiative" doc:"Id of the initiative."`
	InitiativeName   string  `json:"initiative_name" doc:"Its name."`
	Kind             *string `json:"kind" doc:"Its kind."`
	Domain           *string `json:"domain" doc:"Its domain."`
	Practice         string  `json:"practice" doc:"Its name as places share it: what makes a discovered experience."`
	Place            string  `json:"place" doc:"Where it is, as the division that it is today."`
	PlaceName        *string `json:"place_name" doc:"The place's name at the time."`
	PlaceLevel       *string `json:"place_level" doc:"The place's level."`
	Parent           *string `json:"parent" doc:"Id of the place that it lies in."`
	Province         *string `json:"province" doc:"Id of its province."`
	ProvinceName     *string `json:"province_name" doc:"Name of its province."`
	Status           string  `json:"status" doc:"done, planned or negated."`
	Since            *string `json:"since" doc:"Earliest date: of its claims IN the place or APPLIES, else of publication."`
	Precision        *string `json:"precision" doc:"Its precision."`
	Basis            *string `json:"basis" doc:"Its basis."`
	Experiences      *string `json:"experiences" doc:"Ids of the experiences that it applies, with spaces between."`
	LedBy            *string `json:"led_by" doc:"Ids of the bodies and people that lead it, with spaces between."`
	RecognitionCount int     `json:"recognition_count" doc:"Recognitions that it received."`
	support
}

var initiatives = define(Query{
	Name:        "initiatives",
	Title:       "Which reform initiatives does a place run",
	Description: "One row an initiative and place, in order of place and then of time. Without place every initiative of the graph.",
	Example:     url.Values{"place": {"淄博"}},
}, runInitiatives, func(r initiativeRow) string { return r.Initiative + "\n" + r.Place })

// undertaking is an initiative in one place, and what is known of the initiative.
type undertaking struct{ initiative, place string }

func runInitiatives(ctx context.Context, s graph.Store, p *initiativesParams) ([]initiativeRow, error) {
	if err := knownExperience(ctx, s, &p.Experience); err != nil {
		return nil, err
	}
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	var fs []*fact
	if where == nil {
		fs, err = facts(ctx, s, allInitiativesTwin, noParams{}, p.MinConfidence)
	} else {
		fs, err = facts(ctx, s, initiativesInTwin, placesParams{where.ids()}, p.MinConfidence)
	}
	if err != nil {
		return nil, err
	}
	g, err := loadPlaces(ctx, s, placeEnds(fs))
	if err != nil {
		return nil, err
	}
	in := map[undertaking][]*fact{}
	beside := map[string][]*fact{} // done claims other than IN
	var ids []string
	for _, f := range fs {
		switch {
		case f.predicate == string(graph.In):
			if f.status == p.Status && where.holds(f.object) {
				k := undertaking{f.subject, g.rolled(f.object, p.Level)}
				in[k] = append(in[k], f)
				ids = append(ids, f.subject)
			}
		case f.status == "done":
			beside[f.subject] = append(beside[f.subject], f)
		}
	}
	names, err := loadNodes(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	rows := []initiativeRow{}
	for k, claims := range in {
		n := names[k.initiative]
		if p.Kind != "" && n.kind != p.Kind || p.Domain != "" && n.domain != p.Domain {
			continue
		}
		if p.Experience != "" && graph.ExperienceID(graph.Practice(k.initiative)) != p.Experience &&
			!slices.ContainsFunc(beside[k.initiative], func(f *fact) bool { return f.object == p.Experience }) {
			continue
		}
		r := initiativeRowOf(k, claims, beside[k.initiative], g, n)
		if p.Basis != "" && text(r.Basis) != p.Basis || !within(intervalOf(text(r.Since)), p.Since, p.Until) {
			continue
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b initiativeRow) int {
		return cmp.Or(strings.Compare(a.Place, b.Place), newDate(text(a.Since), text(a.Basis)).compare(newDate(text(b.Since), text(b.Basis))),
			strings.Compare(a.Initiative, b.Initiative))
	})
	return rows, nil
}

// initiativeRowOf makes a row of the claims that put an initiative in a place and
// the others about it.
func initiativeRowOf(k undertaking, in, beside []*fact, g gazetteer, n nodeInfo) initiativeRow {
	r := initiativeRow{Initiative: k.initiative, InitiativeName: n.name, Kind: null(n.kind), Domain: null(n.domain), Practice: graph.Practice(k.initiative),
		Place: k.place, PlaceName: null(g.nameThen(earliest(in).object, k.place)), PlaceLevel: null(g.level(k.place)), Parent: null(g[k.place].parent), Status: in[0].status}
	r.Province, r.ProvinceName = g.province(k.place)
	var own, published date
	experiences, leads, recognitions := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, f := range slices.Concat(in, beside) {
		switch f.predicate {
		case string(graph.Applies):
			experiences[f.object] = true
		case string(graph.LedBy):
			leads[f.object] = true
			continue
		case string(graph.Received):
			recognitions[f.object] = true
			continue
		}
		if d := f.ownDate(); d.compare(own) < 0 {
			own = d
		}
		if d := newDate(f.published, "reported"); d.compare(published) < 0 {
			published = d
		}
	}
	d := own
	if !d.known() {
		d = published
	}
	r.Since, r.Precision, r.Basis = null(d.iso), null(graph.PrecisionOf(d.iso)), null(d.basis)
	r.Experiences, r.LedBy, r.RecognitionCount = spaced(experiences), spaced(leads), len(recognitions)
	r.support = supportOf(slices.Concat(in, beside))
	return r
}
