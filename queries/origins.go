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

type originsParams struct {
	Experience    string  `param:"experience" need:"yes"`
	Level         string  `param:"level"`
	Since         string  `param:"since" doc:"Of the candidate's earliest date."`
	Until         string  `param:"until" doc:"Of the candidate's earliest date."`
	Basis         string  `param:"basis" doc:"Of adoptions."`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// originRow is one place where an experience may have begun.
type originRow struct {
	Experience     string  `json:"experience" doc:"Id of the experience."`
	ExperienceName string  `json:"experience_name" doc:"Its name."`
	Discovered     bool    `json:"discovered" doc:"Whether no Experience node stands behind it, only a practice that two prefectures or more share."`
	Place          string  `json:"place" doc:"The candidate, as the division that it is today."`
	PlaceName      *string `json:"place_name" doc:"Its name at the time."`
	Level          *string `json:"level" doc:"Its level."`
	Parent         *string `json:"parent" doc:"Id of the place it lies in."`
	Province       *string `json:"province" doc:"Id of its province."`
	ProvinceName   *string `json:"province_name" doc:"Name of its province."`
	Reasons        string  `json:"reasons" doc:"Why it is a candidate, with spaces between: stated (an article says that it began there), earliest (no dated adoption is certainly before its own), learned_from (another adopter says that it learned from this one)."`
	StatedCount    int     `json:"stated_count" doc:"Claims that it began there."`
	StatedSince    *string `json:"stated_since" doc:"Earliest date that these give."`
	Since          *string `json:"since" doc:"Earliest date of the place's own adoption; null if it is undated or there is none."`
	Precision      *string `json:"precision" doc:"Its precision."`
	Basis          *string `json:"basis" doc:"Its basis."`
	LearnerCount   int     `json:"learner_count" doc:"Adopters of the experience that say that they learned from this place, of whatever it was."`
	support
}

var origins = define(Query{
	Name:  "origins",
	Title: "Where may an experience have begun, and what speaks for each place",
	Description: "Candidates for the place where an experience began, each with its reasons. Those that articles name come first, by the number of claims, then by date. " +
		"A place that another adopter learned from is a candidate if it adopted the experience itself; that tie may have been about something else.",
	Example: url.Values{"experience": {"枫桥经验"}},
}, runOrigins, func(r originRow) string { return r.Place })

// candidate gathers what speaks for one place.
type candidate struct {
	stated   []*fact // ORIGINATED_IN
	adoption *adoption
	earliest bool
	learned  []*fact // LEARNED_FROM
	learners map[string]bool
}

func runOrigins(ctx context.Context, s graph.Store, p *originsParams) ([]originRow, error) {
	sp, err := spreadOfExperience(ctx, s, &p.Experience, countAs{p.Level, p.Basis}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	about, err := facts(ctx, s, aboutTwin, idsParams{[]string{p.Experience}}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	ties, err := facts(ctx, s, tiesTwin, noParams{}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range slices.Concat(about, ties) {
		ids = append(ids, placeOf(f.subject), placeOf(f.object))
	}
	g, err := loadPlaces(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	maps.Copy(g, sp.places)
	names, err := loadNodes(ctx, s, []string{p.Experience})
	if err != nil {
		return nil, err
	}
	rows := []originRow{}
	for place, c := range candidates(sp.adoptions, about, ties, g, p.Level) {
		if r := originRowOf(p.Experience, place, c, g, names); within(c.date().interval, p.Since, p.Until) {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b originRow) int {
		return cmp.Or(b.StatedCount-a.StatedCount, newDate(text(a.Since), text(a.Basis)).compare(newDate(text(b.Since), text(b.Basis))), strings.Compare(a.Place, b.Place))
	})
	return rows, nil
}

// candidates collects the places that something speaks for. The adoptions are of
// one experience, in order; about holds the claims about it.
func candidates(as []*adoption, about, ties []*fact, g gazetteer, level string) map[string]*candidate {
	found := map[string]*candidate{}
	of := func(place string) *candidate {
		if found[place] == nil {
			found[place] = &candidate{learners: map[string]bool{}}
		}
		return found[place]
	}
	for _, f := range about {
		if f.predicate == string(graph.OriginatedIn) && f.status == "done" {
			c := of(g.rolled(f.object, level))
			c.stated = append(c.stated, f)
		}
	}
	adopted := map[string]*adoption{}
	for _, a := range as {
		adopted[a.place] = a
		if a.date.known() && !slices.ContainsFunc(as, func(b *adoption) bool { return b.date.before(a.date.interval) }) {
			of(a.place).earliest = true
		}
	}
	for _, t := range statedTies(ties, "done") {
		from, to := g.rolled(t.from, level), g.rolled(t.to, level)
		if t.via == "" && from != to && adopted[from] != nil && adopted[to] != nil {
			c := of(from)
			c.learned, c.learners[to] = append(c.learned, t.claims[0]), true
		}
	}
	for place, c := range found {
		c.adoption = adopted[place]
	}
	return found
}

// date is the earliest that is known of the candidate.
func (c *candidate) date() date {
	var d date
	if c.adoption != nil {
		d = c.adoption.date
	}
	for _, f := range c.stated {
		if own := f.ownDate(); own.compare(d) < 0 {
			d = own
		}
	}
	return d
}

func originRowOf(experience, place string, c *candidate, g gazetteer, names map[string]nodeInfo) originRow {
	_, known := names[experience]
	r := originRow{Experience: experience, ExperienceName: cmp.Or(names[experience].name, graph.Practice(experience)), Discovered: !known,
		Place: place, PlaceName: null(g.name(place)), Level: null(g.level(place)), Parent: null(g[place].parent),
		StatedCount: len(c.stated), LearnerCount: len(c.learners)}
	r.Province, r.ProvinceName = g.province(place)
	var reasons []string
	claims := slices.Concat(c.stated, c.learned)
	if len(c.stated) > 0 {
		reasons = append(reasons, "stated")
		first := slices.MinFunc(c.stated, func(a, b *fact) int {
			return cmp.Or(a.ownDate().compare(b.ownDate()), strings.Compare(a.claim, b.claim))
		})
		r.PlaceName, r.StatedSince = null(g.nameThen(first.object, place)), null(first.ownDate().iso)
	}
	if c.earliest {
		reasons = append(reasons, "earliest")
	}
	if len(c.learners) > 0 {
		reasons = append(reasons, "learned_from")
	}
	if a := c.adoption; a != nil {
		r.PlaceName = null(g.nameThen(a.node, place))
		r.Since, r.Precision, r.Basis = null(a.date.iso), null(graph.PrecisionOf(a.date.iso)), null(a.date.basis)
		claims = append(claims, a.claims...)
	}
	r.Reasons = strings.Join(reasons, " ")
	r.support = supportOf(claims)
	return r
}
