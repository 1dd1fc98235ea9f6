package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

type spreadParams struct {
	Experience string `param:"experience" doc:"Either this or place is needed."`
	Place      string `param:"place" doc:"Without experience: what this place took up after others."`
	Scope      string `param:"scope"`
	Level      string `param:"level"`
	dates
	Domain        string  `param:"domain"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// spreadRow is one place's adoption of one experience.
type spreadRow struct {
	Experience         string  `json:"experience" doc:"Id of the experience."`
	ExperienceName     string  `json:"experience_name" doc:"Its name."`
	Discovered         bool    `json:"discovered" doc:"Whether no Experience node stands behind it, only a practice that two prefectures or more share."`
	Place              string  `json:"place" doc:"The adopter, as the division that it is today."`
	PlaceName          string  `json:"place_name" doc:"Its name when it adopted."`
	Level              *string `json:"level" doc:"The place's level."`
	Parent             *string `json:"parent" doc:"Id of the place it lies in."`
	Province           *string `json:"province" doc:"Id of its province."`
	ProvinceName       *string `json:"province_name" doc:"Name of its province."`
	Initiative         string  `json:"initiative" doc:"Id of the initiative that the earliest date is of."`
	InitiativeName     *string `json:"initiative_name" doc:"Its name."`
	Since              *string `json:"since" doc:"Earliest date of the adoption, ISO 8601 at its own precision; null if known only from undated articles."`
	Precision          *string `json:"precision" doc:"day, month or year."`
	Basis              *string `json:"basis" doc:"stated in a text, or reported: no later than the publication of an article."`
	RivalDates         bool    `json:"rival_dates" doc:"Whether two dates are given that cannot both hold."`
	LagDays            *int    `json:"lag_days" doc:"Days from the first day of the first adopter's date to the first day of this one."`
	LagUncertaintyDays *int    `json:"lag_uncertainty_days" doc:"Days that the date may mean: the length of its day, month or year. A reported date may also be later than the adoption by any length."`
	Direction          *string `json:"direction" doc:"origin: first, or level with the first in date and basis; same_level, up, down: the adopter's level against the first adopter's."`
	FirstPlace         *string `json:"first_place" doc:"Id of the first adopter, of all places."`
	FirstPlaceName     *string `json:"first_place_name" doc:"Its name when it adopted."`
	support
}

var spread = define(Query{
	Name:  "spread",
	Title: "Which places took up an experience, when, and how do we know",
	Description: "Who took the experience up, the earliest first, a row for each place: its earliest date (of equal ones the stated rather than the reported), " +
		"how long after the first adopter, in which direction, with the quotes. Only what is done counts; learning alone is no adoption. " +
		"With place and no experience it is turned round: what this place took up after others had it. With both, the place's part of the experience's spread. " +
		"Filters of time and place choose rows; first adopter and lag are always those of the whole spread.",
	Example: url.Values{"experience": {"有解思维"}},
}, runSpread, func(r spreadRow) string { return r.Experience + "\n" + r.Place })

func runSpread(ctx context.Context, s graph.Store, p *spreadParams) ([]spreadRow, error) {
	if p.Experience == "" && p.Place == "" {
		return nil, invalid("experience", "is missing: give an experience, or a place to see what it took up after others")
	}
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	c := countAs{p.Level, p.Basis}
	var all spreadOf
	if p.Experience != "" {
		all, err = spreadOfExperience(ctx, s, &p.Experience, c, p.MinConfidence)
	} else {
		all, err = spreadInto(ctx, s, where, c, p.MinConfidence)
	}
	if err != nil {
		return nil, err
	}
	names, err := all.nodes(ctx, s)
	if err != nil {
		return nil, err
	}
	var rows []spreadRow
	var chosen []*adoption
	for _, as := range byExperience(all.adoptions) {
		for _, a := range as {
			inside := where == nil || a.in(where)
			if !inside || !within(a.date.interval, p.Since, p.Until) || !ofDomain(p.Domain, names, a) {
				continue
			}
			r := all.row(a, as, names)
			if p.Experience == "" && !tookUpAfter(a, as) {
				continue
			}
			rows, chosen = append(rows, r), append(chosen, a)
		}
	}
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := chosen[i], chosen[j]
		return cmp.Or(a.date.compare(b.date), strings.Compare(a.experience, b.experience), strings.Compare(a.place, b.place))
	})
	sorted := make([]spreadRow, len(rows))
	for i, n := range order {
		sorted[i] = rows[n]
	}
	return sorted, nil
}

// tookUpAfter says that others had the experience when this place took it up. An
// undated adoption counts if another one is dated.
func tookUpAfter(a *adoption, as []*adoption) bool {
	return as[0].date.known() && !leads(a, as[0])
}

// leads says that an adoption is the first, or level with it in date and basis.
func leads(a, first *adoption) bool {
	return a == first || a.date.known() && a.date.start.Equal(first.date.start) && a.date.basis == first.date.basis
}

func ofDomain(domain string, names map[string]nodeInfo, a *adoption) bool {
	if domain == "" || names[a.experience].domain == domain {
		return true
	}
	return slices.ContainsFunc(a.initiatives, func(i string) bool { return names[i].domain == domain })
}

// spreadOf is adoptions with the places that they need.
type spreadOf struct {
	adoptions []*adoption
	places    gazetteer
}

// spreadOfExperience loads all adoptions of one experience, which is resolved in place.
func spreadOfExperience(ctx context.Context, s graph.Store, experience *string, c countAs, minConfidence float64) (spreadOf, error) {
	value := *experience
	id, known, err := resolveExperience(ctx, s, value)
	if err != nil {
		return spreadOf{}, err
	}
	*experience = id
	practice := graph.Practice(id)
	var params adoptionsParams
	if known {
		params.Experiences = []string{id}
	} else {
		params.Practices = []string{practice}
	}
	fs, err := facts(ctx, s, adoptionsTwin, params, minConfidence)
	if err != nil {
		return spreadOf{}, err
	}
	g, err := loadPlaces(ctx, s, placeEnds(fs))
	if err != nil {
		return spreadOf{}, err
	}
	if known {
		return spreadOf{adoptions(fs, g, c, oneOf(id), none), g}, nil
	}
	if !spreadsOut(adoptions(fs, g, countAs{}, none, oneOf(practice)), g) {
		return spreadOf{}, &NotFoundError{Field: "experience", Value: value,
			Reason: "no experience has this id or name, and no practice of this name is found in two prefectures"}
	}
	return spreadOf{adoptions(fs, g, c, none, oneOf(practice)), g}, nil
}

// knownExperience resolves the experience that a parameter names, in place; "" is
// left alone. It fails if there is no such experience, known or discovered.
func knownExperience(ctx context.Context, s graph.Store, experience *string) error {
	if *experience == "" {
		return nil
	}
	_, err := spreadOfExperience(ctx, s, experience, countAs{}, 0)
	return err
}

// spreadInto loads all adoptions, by anyone, of the experiences that initiatives
// in an area apply, discovered ones among them.
func spreadInto(ctx context.Context, s graph.Store, where area, c countAs, minConfidence float64) (spreadOf, error) {
	here, err := facts(ctx, s, adoptedInTwin, placesParams{where.ids()}, minConfidence)
	if err != nil {
		return spreadOf{}, err
	}
	var params adoptionsParams
	for _, f := range here {
		if f.predicate == string(graph.Applies) {
			params.Experiences = append(params.Experiences, f.object)
		} else {
			params.Practices = append(params.Practices, graph.Practice(f.subject))
		}
	}
	slices.Sort(params.Experiences)
	params.Experiences = slices.Compact(params.Experiences)
	return spreadOfAll(ctx, s, params, c, minConfidence)
}

// spreadOfAll loads all adoptions, by anyone, of the experiences given and of the
// practices that are discovered ones.
func spreadOfAll(ctx context.Context, s graph.Store, params adoptionsParams, c countAs, minConfidence float64) (spreadOf, error) {
	var err error
	if params.Practices, err = unknownPractices(ctx, s, params.Practices); err != nil {
		return spreadOf{}, err
	}
	fs, err := facts(ctx, s, adoptionsTwin, params, minConfidence)
	if err != nil {
		return spreadOf{}, err
	}
	g, err := loadPlaces(ctx, s, placeEnds(fs))
	if err != nil {
		return spreadOf{}, err
	}
	return spreadOf{sift(adoptions(fs, g, c, oneOf(params.Experiences...), oneOf(params.Practices...)), fs, g), g}, nil
}

// sift drops the practices that are no discovered experiences. Whether one is
// does not depend on how its adoptions are counted.
func sift(as []*adoption, fs []*fact, g gazetteer) []*adoption {
	practices := map[string]bool{}
	for _, a := range as {
		if a.discovered {
			practices[graph.Practice(a.experience)] = true
		}
	}
	spreads := map[string]bool{}
	for _, group := range byExperience(adoptions(fs, g, countAs{}, none, func(name string) bool { return practices[name] })) {
		spreads[group[0].experience] = spreadsOut(group, g)
	}
	return slices.DeleteFunc(as, func(a *adoption) bool { return a.discovered && !spreads[a.experience] })
}

// nodes loads the names of all experiences and initiatives.
func (sp spreadOf) nodes(ctx context.Context, s graph.Store) (map[string]nodeInfo, error) {
	var ids []string
	for _, a := range sp.adoptions {
		ids = append(ids, a.experience)
		ids = append(ids, a.initiatives...)
	}
	return loadNodes(ctx, s, ids)
}

// placeName is the adopter's name when it adopted; rolled up, its name today.
func (sp spreadOf) placeName(a *adoption) string { return sp.places.nameThen(a.node, a.place) }

// row shows an adoption among all those of its experience, which are in order.
func (sp spreadOf) row(a *adoption, as []*adoption, names map[string]nodeInfo) spreadRow {
	g, first := sp.places, as[0]
	r := spreadRow{
		Experience: a.experience, ExperienceName: cmp.Or(names[a.experience].name, graph.Practice(a.experience)), Discovered: a.discovered,
		Place: a.place, PlaceName: sp.placeName(a), Level: null(g.level(a.place)), Parent: null(g[a.place].parent),
		Initiative: a.initiative, InitiativeName: null(names[a.initiative].name),
		Since: null(a.date.iso), Precision: null(graph.PrecisionOf(a.date.iso)), Basis: null(a.date.basis), RivalDates: a.rivalDates(),
		support: supportOf(a.claims),
	}
	r.Province, r.ProvinceName = g.province(a.place)
	if !first.date.known() {
		return r
	}
	r.FirstPlace, r.FirstPlaceName = null(first.place), null(sp.placeName(first))
	if !a.date.known() {
		return r
	}
	lag, uncertainty := daysBetween(first.date.start, a.date.start), a.date.days()
	direction := "same_level"
	switch d := rank(g.level(a.place)) - rank(g.level(first.place)); {
	case leads(a, first):
		direction = "origin"
	case d < 0:
		direction = "up"
	case d > 0:
		direction = "down"
	}
	r.LagDays, r.LagUncertaintyDays, r.Direction = &lag, &uncertainty, &direction
	return r
}

// province returns id and name of the province that a place lies in.
func (g gazetteer) province(id string) (*string, *string) {
	p := g.above(id, "province")
	return null(p), null(g.name(p))
}
