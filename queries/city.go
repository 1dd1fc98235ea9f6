package queries

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var profileTwin = newTwin[idsParams]("profile")

type cityParams struct {
	Place string `param:"place" need:"yes"`
	Scope string `param:"scope"`
	Level string `param:"level"`
	Kind  string `param:"kind" values:"experience,initiative,pilot,recognition,leader,learned_from,taught,origin,promoted_to,promoted_here,document,figure"`
	dates
	Status        string  `param:"status" default:"done"`
	Domain        string  `param:"domain" doc:"Of initiatives and experiences; rows of other kinds have none and are left out."`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// cityKinds lists the kinds of rows in their order.
var cityKinds = strings.Split("experience,initiative,pilot,recognition,leader,learned_from,taught,origin,promoted_to,promoted_here,document,figure", ",")

// cityRow is one thing that is known of a place.
type cityRow struct {
	Kind       string   `json:"kind" doc:"What the row says of the place: it adopted an experience, runs an initiative, carries out a pilot, received a recognition, has a leader, learned_from a node, taught one, is the origin of an experience, has something promoted_to a scope, had an experience promoted_here, issued a document, has a figure."`
	Node       string   `json:"node" doc:"Id of that thing."`
	NodeName   *string  `json:"node_name" doc:"Its name."`
	Level      *string  `json:"level" doc:"Level of a pilot, recognition or place."`
	NodeKind   *string  `json:"node_kind" doc:"Kind of an initiative, body, recognition or document."`
	Domain     *string  `json:"domain" doc:"Domain of an initiative or experience."`
	Place      string   `json:"place" doc:"The place that it is true of, as the division that it is today."`
	PlaceName  *string  `json:"place_name" doc:"Its name at the time."`
	PlaceLevel *string  `json:"place_level" doc:"The place's level."`
	Detail     *string  `json:"detail" doc:"Title of a leader, stage of a pilot, how something was learned, by whom it was promoted."`
	Status     string   `json:"status" doc:"done, planned or negated."`
	Since      *string  `json:"since" doc:"Earliest date."`
	Precision  *string  `json:"precision" doc:"Its precision."`
	Basis      *string  `json:"basis" doc:"Its basis."`
	Count      *int     `json:"count" doc:"How many pilots or recognitions a counted group has."`
	Value      *float64 `json:"value" doc:"Value of a figure, in unit."`
	Unit       *string  `json:"unit" doc:"Unit of the value."`
	Approx     *bool    `json:"approx" doc:"Whether count or value is round; null without one."`
	Direction  *string  `json:"direction" doc:"Whether a figure went up, down or stayed level."`
	Rank       *int     `json:"rank" doc:"Rank of a figure."`
	Period     *string  `json:"period" doc:"Time that a figure covers."`
	support
}

var city = define(Query{
	Name:  "city",
	Title: "What is known of one place",
	Description: "A profile, one row a thing: experiences adopted (dated as in spread), initiatives, pilots, recognitions, leaders, whom it learned from and taught, " +
		"what began there and what was promoted, documents, figures. In order of kind, then of date. Rival values stand in rows of their own.",
	Example: url.Values{"place": {"淄博"}},
}, runCity, func(r cityRow) string {
	return strings.Join([]string{r.Kind, r.Node, r.Place, text(r.Detail), r.Status, text(r.Period), cityValue(r)}, "\n")
})

// cityValue tells apart rows that differ in a count or value only.
func cityValue(r cityRow) string {
	var b strings.Builder
	for _, v := range []any{r.Count, r.Value, r.Unit, r.Direction, r.Rank} {
		switch x := v.(type) {
		case *int:
			if x != nil {
				fmt.Fprint(&b, *x)
			}
		case *float64:
			if x != nil {
				fmt.Fprint(&b, *x)
			}
		case *string:
			b.WriteString(text(x))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func runCity(ctx context.Context, s graph.Store, p *cityParams) ([]cityRow, error) {
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	var rows []cityRow
	g, names := gazetteer{}, map[string]nodeInfo{}
	// finish leaves out what is not asked for, and fills in what nodes say.
	finish := func(rows []cityRow) []cityRow {
		rows = slices.DeleteFunc(rows, func(r cityRow) bool {
			n := names[r.Node]
			return p.Kind != "" && r.Kind != p.Kind || p.Domain != "" && n.domain != p.Domain || !within(intervalOf(text(r.Since)), p.Since, p.Until)
		})
		for i := range rows {
			r := &rows[i]
			n := names[r.Node]
			r.NodeName, r.Domain, r.NodeKind = cmp.Or(r.NodeName, null(n.name)), null(n.domain), null(n.kind)
			r.Level, r.PlaceLevel = null(cmp.Or(n.level, g.level(r.Node))), null(g.level(r.Place))
		}
		return rows
	}
	var sp spreadOf
	if p.Status == "done" && (p.Kind == "" || p.Kind == "experience") {
		if sp, err = spreadInto(ctx, s, where, countAs{p.Level, p.Basis}, p.MinConfidence); err != nil {
			return nil, err
		}
		sp.adoptions = slices.DeleteFunc(sp.adoptions, func(a *adoption) bool { return !a.in(where) })
		var ids []string
		for _, a := range sp.adoptions {
			ids = append(ids, a.experience)
		}
		if names, err = loadNodes(ctx, s, ids); err != nil {
			return nil, err
		}
		g = sp.places
		for _, a := range sp.adoptions {
			rows = append(rows, cityRow{Kind: "experience", Node: a.experience, Place: a.place, PlaceName: null(sp.placeName(a)), Status: "done",
				NodeName: null(cmp.Or(names[a.experience].name, graph.Practice(a.experience))), support: supportOf(a.claims),
				Since: null(a.date.iso), Precision: null(graph.PrecisionOf(a.date.iso)), Basis: null(a.date.basis)})
		}
		rows = finish(rows)
		// Experiences are the first kind, and done ones come from adoptions alone:
		// a first page that they fill needs no claims of other kinds.
		if p.Kind == "experience" || p.Cursor == "" && len(rows) > p.Limit {
			return sortProfile(rows), nil
		}
	}
	fs, err := facts(ctx, s, profileTwin, idsParams{where.ids()}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	fs = slices.DeleteFunc(fs, func(f *fact) bool { return f.status != p.Status })
	var ids []string
	for _, f := range fs {
		ids = append(ids, f.subject, f.object, placeOf(f.subject), placeOf(f.object))
	}
	if g, err = loadPlaces(ctx, s, slices.Clone(ids)); err != nil {
		return nil, err
	}
	maps.Copy(g, sp.places)
	if names, err = loadNodes(ctx, s, ids); err != nil {
		return nil, err
	}
	if p.Basis != "" {
		fs = slices.DeleteFunc(fs, func(f *fact) bool { return f.date().basis != p.Basis })
	}
	rows = append(rows, finish(profileRows(fs, g, where, p.Level))...)
	return sortProfile(rows), nil
}

// sortProfile orders rows by kind, date, and then by all that tells them apart.
func sortProfile(rows []cityRow) []cityRow {
	type keyed struct {
		row  cityRow
		kind int
		date date
		rest string
	}
	// A profile of a country has tens of thousands of rows: what they are compared by is made once.
	sorted := make([]keyed, len(rows))
	for i, r := range rows {
		rest := strings.Join([]string{r.Node, r.Place, text(r.Detail), text(r.Period), cityValue(r)}, "\x00")
		sorted[i] = keyed{r, slices.Index(cityKinds, r.Kind), newDate(text(r.Since), text(r.Basis)), rest}
	}
	slices.SortFunc(sorted, func(a, b keyed) int {
		if a.kind != b.kind {
			return a.kind - b.kind
		}
		if c := a.date.compare(b.date); c != 0 {
			return c
		}
		return strings.Compare(a.rest, b.rest)
	})
	for i, k := range sorted {
		rows[i] = k.row
	}
	return rows
}

// profileRows turns claims into rows, all but the adoptions; claims that differ
// in nothing that a row shows are one row.
func profileRows(fs []*fact, g gazetteer, where area, level string) []cityRow {
	// An initiative counts for the places that claims put it in, else for the one
	// that its id names.
	in := map[string][]string{}
	for _, f := range fs {
		if f.predicate == string(graph.In) && !slices.Contains(in[f.subject], f.object) {
			in[f.subject] = append(in[f.subject], f.object)
		}
	}
	placesOf := func(id string) []string {
		if at := in[id]; len(at) > 0 && !strings.HasPrefix(id, "org:") {
			return at
		}
		return []string{placeOf(id)}
	}
	type entry struct {
		row   cityRow
		facts []*fact
		nodes []string // the place that each fact names
	}
	entries := map[string]*entry{}
	add := func(kind, node string, places []string, f *fact, fill func(*cityRow)) {
		for _, at := range places {
			if at == "" || !where.holds(at) {
				continue
			}
			r := cityRow{Kind: kind, Node: node, Place: g.rolled(at, level), Status: f.status}
			if fill != nil {
				fill(&r)
			}
			k := strings.Join([]string{r.Kind, r.Node, r.Place, text(r.Detail), text(r.Period), cityValue(r)}, "\n")
			if entries[k] == nil {
				entries[k] = &entry{row: r}
			}
			e := entries[k]
			e.facts, e.nodes = append(e.facts, f), append(e.nodes, at)
		}
	}
	for _, f := range fs {
		detail := func(key string) func(*cityRow) {
			return func(r *cityRow) { r.Detail = null(f.prop(key)) }
		}
		switch graph.Predicate(f.predicate) {
		case graph.In:
			if strings.HasPrefix(f.subject, "initiative:") {
				add("initiative", f.subject, []string{f.object}, f, nil)
			}
		case graph.Applies:
			if f.status != "done" { // done ones are adoptions
				add("experience", f.object, placesOf(f.subject), f, nil)
			}
		case graph.Undertakes:
			add("pilot", f.object, placesOf(f.subject), f, func(r *cityRow) { r.Detail = null(f.prop("stage")); f.counted(r) })
		case graph.Received:
			add("recognition", f.object, placesOf(f.subject), f, f.counted)
		case graph.Holds:
			add("leader", f.subject, []string{placeOf(f.object)}, f, detail("title"))
		case graph.LearnedFrom:
			add("learned_from", f.object, placesOf(f.subject), f, detail("how"))
			add("taught", f.subject, placesOf(f.object), f, detail("how"))
		case graph.OriginatedIn:
			add("origin", f.subject, []string{f.object}, f, nil)
		case graph.PromotedTo:
			if strings.HasPrefix(f.subject, "initiative:") {
				add("promoted_to", f.object, placesOf(f.subject), f, detail("by"))
			}
			add("promoted_here", f.subject, []string{f.object}, f, detail("by"))
		case graph.Issued:
			add("document", f.object, placesOf(f.subject), f, nil)
		case graph.Measured:
			add("figure", f.object, placesOf(f.subject), f, f.measured)
		}
	}
	var rows []cityRow
	for _, e := range entries {
		first := earliest(e.facts)
		d := first.date()
		r := e.row
		r.PlaceName = null(g.nameThen(e.nodes[slices.Index(e.facts, first)], r.Place))
		r.Since, r.Precision, r.Basis = null(d.iso), null(graph.PrecisionOf(d.iso)), null(d.basis)
		r.support = supportOf(e.facts)
		rows = append(rows, r)
	}
	return rows
}

// counted fills in the count of a claim.
func (f *fact) counted(r *cityRow) {
	if n, ok := f.props["count"].(int64); ok {
		count := int(n)
		approx, _ := f.props["approx"].(bool)
		r.Count, r.Approx = &count, &approx
	}
}

// measured fills in what a claim says of a figure.
func (f *fact) measured(r *cityRow) {
	if v, ok := f.props["value"].(float64); ok {
		approx, _ := f.props["approx"].(bool)
		r.Value, r.Approx = &v, &approx
	}
	if n, ok := f.props["rank"].(int64); ok {
		place := int(n)
		r.Rank = &place
	}
	r.Unit, r.Direction, r.Period = null(f.prop("unit")), null(f.prop("direction")), null(f.prop("period"))
}
