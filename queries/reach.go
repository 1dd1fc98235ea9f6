package queries

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var lastPublishedTwin = newTwin[noParams]("last_published")

type reachParams struct {
	Kind          string  `param:"kind" values:"all,domain,experience"`
	Years         int     `param:"years"`
	Place         string  `param:"place" doc:"Only experiences that began there."`
	Scope         string  `param:"scope"`
	Level         string  `param:"level"`
	Since         string  `param:"since" doc:"Of the first adoption."`
	Until         string  `param:"until" doc:"Of the first adoption."`
	Basis         string  `param:"basis"`
	Domain        string  `param:"domain"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// reachRow sums up the reach of one experience or of many.
type reachRow struct {
	Kind            string   `json:"kind" doc:"all: every local experience; domain: those of one domain; experience: one."`
	Experience      *string  `json:"experience" doc:"Id of the experience; null of a group."`
	ExperienceName  *string  `json:"experience_name" doc:"Its name."`
	Discovered      *bool    `json:"discovered" doc:"Whether no Experience node stands behind it; null of a group."`
	Domain          *string  `json:"domain" doc:"Domain of the experience or group; null also if unknown."`
	FirstPlace      *string  `json:"first_place" doc:"Id of the first adopter; null of a group."`
	FirstPlaceName  *string  `json:"first_place_name" doc:"Its name when it adopted."`
	Level           *string  `json:"level" doc:"Its level."`
	Parent          *string  `json:"parent" doc:"Id of the place that it lies in."`
	Province        *string  `json:"province" doc:"Id of its province."`
	Since           *string  `json:"since" doc:"Date of the first adoption."`
	Precision       *string  `json:"precision" doc:"Its precision."`
	Basis           *string  `json:"basis" doc:"Its basis."`
	ExperienceCount int      `json:"experience_count" doc:"Local experiences: the first adopter is dated and is no province and no country."`
	CensoredCount   int      `json:"censored_count" doc:"Those of them whose years are not over with the last article of the graph. Shares and means leave them out; rows of kind experience show them as they stand."`
	SpreadShare     *float64 `json:"spread_share" doc:"Share with a follower: a place other than the first, neither around nor inside it, whose adoption begins later but within the years. Of one experience 0 or 1."`
	MeanFollowers   *float64 `json:"mean_followers" doc:"Mean number of such followers; of one experience its number."`
	ProvinceShare   *float64 `json:"province_share" doc:"Share taken up by the first adopter's province: it adopted the experience, or the experience was promoted to it, at any time."`
	CentreShare     *float64 `json:"centre_share" doc:"Share taken up by the centre: adopted by the country, or promoted to all of it, at any time."`
	support
}

var reach = define(Query{
	Name:  "reach",
	Title: "What share of local experiences spread, how far, and which did province or centre take up",
	Description: "The figures of the literature on policy experiments for the loaded graph: the share of local experiences that others followed within some years, the mean number of followers, " +
		"the share taken up by province or centre; for all, for each domain and for each experience. Reads all adoptions of the graph. " +
		"They are figures of what the articles report: places without articles do not follow.",
	Example: url.Values{"years": {"3"}, "kind": {"all"}},
}, runReach, func(r reachRow) string { return r.Kind + "\n" + text(r.Domain) + "\n" + text(r.Experience) })

// localReach is what became of one local experience.
type localReach struct {
	row       reachRow
	claims    []*fact
	followers int
	censored  bool
	province  bool
	centre    bool
}

func runReach(ctx context.Context, s graph.Store, p *reachParams) ([]reachRow, error) {
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
	promotedTo, err := promotedExperiences(ctx, s, sp.places, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	last, err := lastPublished(ctx, s)
	if err != nil {
		return nil, err
	}
	var found []localReach
	for _, as := range byExperience(sp.adoptions) {
		first := as[0]
		if !first.date.known() || rank(sp.places.level(first.place)) <= rank("province") && !sp.places[first.place].municipality() {
			continue
		}
		if where != nil && !where.holds(first.node) || !within(first.date.interval, p.Since, p.Until) {
			continue
		}
		if !slices.ContainsFunc(as, func(a *adoption) bool { return ofDomain(p.Domain, names, a) }) {
			continue
		}
		found = append(found, sp.reachOf(as, names, promotedTo[first.experience], last, p.Years))
	}
	var rows []reachRow
	if p.Kind == "" || p.Kind == "all" {
		if len(found) > 0 {
			rows = append(rows, sumUp("all", nil, found))
		}
	}
	if p.Kind == "" || p.Kind == "domain" {
		groups := map[string][]localReach{}
		for _, l := range found {
			groups[text(l.row.Domain)] = append(groups[text(l.row.Domain)], l)
		}
		for _, d := range slices.Sorted(maps.Keys(groups)) {
			rows = append(rows, sumUp("domain", null(d), groups[d]))
		}
	}
	if p.Kind == "" || p.Kind == "experience" {
		slices.SortFunc(found, func(a, b localReach) int {
			return cmp.Or(b.followers-a.followers, strings.Compare(*a.row.Experience, *b.row.Experience))
		})
		for _, l := range found {
			rows = append(rows, l.row)
		}
	}
	return rows, nil
}

// reachOf measures one experience by its adoptions, which are in order, and the
// places that it was promoted to.
func (sp spreadOf) reachOf(as []*adoption, names map[string]nodeInfo, promotedTo map[string][]*fact, last interval, years int) localReach {
	g, first := sp.places, as[0]
	end := first.date.start.AddDate(years, 0, 0)
	province := g.above(first.place, "province")
	if province == first.place { // a municipality
		province = ""
	}
	l := localReach{censored: !last.known() || last.end.Before(end)}
	for _, a := range as {
		switch {
		case a == first:
			l.claims = append(l.claims, a.claims...)
		case g.level(a.place) == "country":
			l.centre, l.claims = true, append(l.claims, a.claims...)
		case a.place == province:
			l.province, l.claims = true, append(l.claims, a.claims...)
		case a.date.known() && a.date.start.After(first.date.start) && a.date.start.Before(end) && !g.nested(a.place, first.place):
			l.followers, l.claims = l.followers+1, append(l.claims, a.claims...)
		}
	}
	for _, place := range slices.Sorted(maps.Keys(promotedTo)) {
		switch {
		case g.level(place) == "country":
			l.centre, l.claims = true, append(l.claims, promotedTo[place]...)
		case place == province:
			l.province, l.claims = true, append(l.claims, promotedTo[place]...)
		}
	}
	spread, followers, discovered := oneIf(l.followers > 0), float64(l.followers), first.discovered
	taken, centre := oneIf(l.province), oneIf(l.centre)
	l.row = reachRow{Kind: "experience", Experience: &first.experience, ExperienceName: null(cmp.Or(names[first.experience].name, graph.Practice(first.experience))),
		Discovered: &discovered, Domain: null(domainOf(as, names)), FirstPlace: &first.place, FirstPlaceName: null(sp.placeName(first)), Level: null(g.level(first.place)),
		Since: null(first.date.iso), Precision: null(graph.PrecisionOf(first.date.iso)), Basis: null(first.date.basis),
		ExperienceCount: 1, SpreadShare: &spread, MeanFollowers: &followers, ProvinceShare: &taken, CentreShare: &centre, support: supportOf(l.claims)}
	l.row.Province, _ = g.province(first.place)
	l.row.Parent = null(g[first.place].parent)
	if l.censored {
		l.row.CensoredCount = 1
	}
	return l
}

func oneIf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// sumUp makes the row of a group that is not empty.
func sumUp(kind string, domain *string, of []localReach) reachRow {
	r := reachRow{Kind: kind, Domain: domain, ExperienceCount: len(of)}
	var spread, followers, province, centre float64
	var claims []*fact
	for _, l := range of {
		claims = append(claims, l.claims...)
		if l.censored {
			r.CensoredCount++
			continue
		}
		spread, followers = spread+oneIf(l.followers > 0), followers+float64(l.followers)
		province, centre = province+oneIf(l.province), centre+oneIf(l.centre)
	}
	r.support = supportOf(claims)
	if n := float64(len(of) - r.CensoredCount); n > 0 {
		spread, followers, province, centre = spread/n, followers/n, province/n, centre/n
		r.SpreadShare, r.MeanFollowers, r.ProvinceShare, r.CentreShare = &spread, &followers, &province, &centre
	}
	return r
}

// domainOf is the experience's domain, else that of its first initiative that has one.
func domainOf(as []*adoption, names map[string]nodeInfo) string {
	d := names[as[0].experience].domain
	for _, a := range as {
		d = cmp.Or(d, names[a.initiative].domain)
	}
	return d
}

// nested says that one of two places of today lies inside the other.
func (g gazetteer) nested(a, b string) bool { return g.inside(a, b) || g.inside(b, a) }

// inside says that a is b or lies inside it.
func (g gazetteer) inside(a, b string) bool {
	for at := a; at != ""; at = g[at].parent {
		if at == b {
			return true
		}
	}
	return false
}

// promotedExperiences returns the done promotions of experiences and of the
// initiatives that apply them or carry their practice, by experience and place;
// the places are added to the gazetteer.
func promotedExperiences(ctx context.Context, s graph.Store, g gazetteer, minConfidence float64) (map[string]map[string][]*fact, error) {
	fs, err := facts(ctx, s, promotionsTwin, noParams{}, minConfidence)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range fs {
		ids = append(ids, f.object)
	}
	more, err := loadPlaces(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	maps.Copy(g, more)
	applied := experiencesApplied(fs)
	out := map[string]map[string][]*fact{}
	for k, claims := range promoted(fs, g, "done") {
		of := maps.Clone(experiencesOf(k.node, applied))
		if of == nil {
			of = map[string]bool{graph.ExperienceID(graph.Practice(k.node)): true}
		}
		for e := range of {
			if out[e] == nil {
				out[e] = map[string][]*fact{}
			}
			out[e][k.place] = append(out[e][k.place], claims...)
		}
	}
	return out, nil
}

// lastPublished returns the last date of publication in the graph.
func lastPublished(ctx context.Context, s graph.Store) (last interval, err error) {
	err = lastPublishedTwin.each(ctx, s, noParams{}, func(r graph.Row) error {
		last = intervalOf(str(r, "last"))
		return nil
	})
	return last, err
}
