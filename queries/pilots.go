package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var pilotsTwin = newTwin[noParams]("pilot_claims")

type pilotsParams struct {
	Place      string `param:"place"`
	Scope      string `param:"scope"`
	Level      string `param:"level"`
	PilotLevel string `param:"pilot_level"`
	dates
	Status        string  `param:"status" default:"done"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// pilotRow is one pilot at one site.
type pilotRow struct {
	Pilot            string  `json:"pilot" doc:"Id of the pilot programme."`
	PilotName        string  `json:"pilot_name" doc:"Its name."`
	Level            *string `json:"level" doc:"The pilot's level: who granted it."`
	Place            string  `json:"place" doc:"Where it is carried out, as the division that it is today."`
	PlaceName        *string `json:"place_name" doc:"The place's name at the time."`
	PlaceLevel       *string `json:"place_level" doc:"The place's level."`
	Parent           *string `json:"parent" doc:"Id of the place that it lies in."`
	Province         *string `json:"province" doc:"Id of its province."`
	ProvinceName     *string `json:"province_name" doc:"Name of its province."`
	Organization     *string `json:"organization" doc:"Id of the body that undertakes it, if one is named."`
	OrganizationName *string `json:"organization_name" doc:"Its name."`
	GrantedBy        *string `json:"granted_by" doc:"Id of the body that granted it, if one is named."`
	GrantedByName    *string `json:"granted_by_name" doc:"Its name."`
	Stage            *string `json:"stage" doc:"The furthest that is claimed: applied, undertaken, passed."`
	Since            *string `json:"since" doc:"Earliest date."`
	Precision        *string `json:"precision" doc:"Its precision."`
	Basis            *string `json:"basis" doc:"Its basis."`
	Count            *int    `json:"count" doc:"Of a counted group (国家级试点180余项): how many, as the article published last has it."`
	Approx           *bool   `json:"approx" doc:"Whether the count is a round one (余, 多); null without a count."`
	RivalCounts      bool    `json:"rival_counts" doc:"Whether articles give different counts."`
	SiteCount        int     `json:"site_count" doc:"Places that carry out this pilot, of those that the query covers."`
	support
}

var pilots = define(Query{
	Name:  "pilots",
	Title: "Which pilots does a place carry out, and where else are they",
	Description: "One row a pilot and site: level, granting body, stage, date and, of counted groups, the number. " +
		"National pilots first. Without place, all sites.",
	Example: url.Values{"place": {"菏泽"}},
}, runPilots, func(r pilotRow) string { return r.Pilot + "\n" + r.Place })

func runPilots(ctx context.Context, s graph.Store, p *pilotsParams) ([]pilotRow, error) {
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, pilotsTwin, noParams{}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	type site struct{ pilot, place string }
	claims := map[site][]*fact{}
	grants := map[string][]*fact{}
	var ids []string
	for _, f := range fs {
		ids = append(ids, f.subject, f.object, siteOf(f))
	}
	g, err := loadPlaces(ctx, s, slices.Clone(ids))
	if err != nil {
		return nil, err
	}
	sites := map[string]int{}
	for _, f := range fs {
		if f.predicate == string(graph.GrantedBy) {
			grants[f.subject] = append(grants[f.subject], f)
			continue
		}
		at := siteOf(f)
		if f.status != p.Status || at == "" || !where.holds(at) || p.Basis != "" && f.date().basis != p.Basis {
			continue
		}
		pilot := f.object
		if f.predicate == string(graph.In) {
			pilot = f.subject
		}
		k := site{pilot, g.rolled(at, p.Level)}
		if claims[k] == nil {
			sites[pilot]++
		}
		claims[k] = append(claims[k], f)
	}
	names, err := loadNodes(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	rows := []pilotRow{}
	for k, fs := range claims {
		r := pilotRowOf(k.pilot, k.place, fs, g, names)
		r.SiteCount = sites[k.pilot]
		if granted := grants[k.pilot]; len(granted) > 0 {
			by := slices.MinFunc(granted, func(a, b *fact) int { return a.compareConfidence(b) })
			r.GrantedBy, r.GrantedByName = &by.object, null(names[by.object].name)
		}
		if p.PilotLevel != "" && names[k.pilot].level != p.PilotLevel || !within(intervalOf(text(r.Since)), p.Since, p.Until) {
			continue
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b pilotRow) int {
		return cmp.Or(pilotRank(a.Level)-pilotRank(b.Level), strings.Compare(a.Pilot, b.Pilot), strings.Compare(a.Place, b.Place))
	})
	return rows, nil
}

// siteOf returns the place that a claim on a pilot puts it in; "" if none.
func siteOf(f *fact) string {
	switch f.predicate {
	case string(graph.Undertakes):
		return placeOf(f.subject)
	case string(graph.In):
		return f.object
	}
	return ""
}

func pilotRank(level *string) int {
	if i := slices.Index(graph.PilotLevels, text(level)); i >= 0 {
		return i
	}
	return len(graph.PilotLevels)
}

func pilotRowOf(pilot, place string, fs []*fact, g gazetteer, names map[string]nodeInfo) pilotRow {
	r := pilotRow{Pilot: pilot, PilotName: cmp.Or(names[pilot].name, pilot), Level: null(names[pilot].level),
		Place: place, PlaceLevel: null(g.level(place)), support: supportOf(fs)}
	r.Province, r.ProvinceName = g.province(place)
	r.Parent = null(g[place].parent)
	first := earliest(fs)
	d := first.date()
	r.PlaceName = null(g.nameThen(siteOf(first), place))
	r.Since, r.Precision, r.Basis = null(d.iso), null(graph.PrecisionOf(d.iso)), null(d.basis)
	stage := -1
	sites := map[string]bool{}
	for _, f := range fs {
		sites[g.today(siteOf(f))] = true
		stage = max(stage, slices.Index(graph.Stages, f.prop("stage")))
		if o := f.subject; r.Organization == nil && strings.HasPrefix(o, "org:") {
			r.Organization, r.OrganizationName = &o, null(names[o].name)
		}
	}
	if stage >= 0 {
		r.Stage = &graph.Stages[stage]
	}
	// Counts of several places rolled into one can be neither added nor chosen from.
	if len(sites) == 1 {
		r.Count, r.Approx, r.RivalCounts = latestCount(fs)
	}
	return r
}

// earliest returns the fact of the earliest date, then of the smallest claim id.
func earliest(fs []*fact) *fact {
	return slices.MinFunc(fs, func(a, b *fact) int {
		return cmp.Or(a.date().compare(b.date()), strings.Compare(a.claim, b.claim))
	})
}

// text is a value that may be null.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
