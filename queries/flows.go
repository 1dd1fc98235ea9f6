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

var tiesTwin = newTwin[noParams]("ties")

type flowsParams struct {
	From          string  `param:"from"`
	To            string  `param:"to"`
	Scope         string  `param:"scope" doc:"It holds for from and to."`
	Level         string  `param:"level"`
	Since         string  `param:"since" doc:"Of stated ties."`
	Until         string  `param:"until" doc:"Of stated ties."`
	Basis         string  `param:"basis" doc:"Of stated ties and of the dates that precedence rests on."`
	Status        string  `param:"status" default:"done" doc:"Of stated ties."`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// flowRow is one ordered pair of places.
type flowRow struct {
	From               string  `json:"from" doc:"Id of the place learned from, as the division that it is today."`
	FromName           *string `json:"from_name" doc:"Its name at the time of the earliest stated tie."`
	FromProvince       *string `json:"from_province" doc:"Id of its province."`
	To                 string  `json:"to" doc:"Id of the place that learned."`
	ToName             *string `json:"to_name" doc:"Its name at the time of the earliest stated tie."`
	ToProvince         *string `json:"to_province" doc:"Id of its province."`
	StatedCount        int     `json:"stated_count" doc:"Claims that to, or a body or initiative of it, learned from the place from or a body of it."`
	ViaExperienceCount int     `json:"via_experience_count" doc:"Claims that to learned from an experience which another claim says began in from."`
	How                *string `json:"how" doc:"How it learned (考察学习, 借鉴 …), the different words in order, with spaces between."`
	Experiences        *string `json:"experiences" doc:"Ids of the experiences behind via_experience_count, with spaces between."`
	Since              *string `json:"since" doc:"Earliest date of a stated tie."`
	Precision          *string `json:"precision" doc:"Its precision."`
	Basis              *string `json:"basis" doc:"Its basis."`
	PrecedenceCount    int     `json:"precedence_count" doc:"Experiences that from adopted before to, whatever day their dates mean. Computed from adoptions, stated by nobody."`
	ReverseCount       int     `json:"reverse_count" doc:"Experiences that to adopted before from."`
	support
}

var flows = define(Query{
	Name:  "flows",
	Title: "Which place learned from which, and how",
	Description: "Ordered pairs of places: stated ties (who learned from whom, how, when) and beside them, kept apart, how many experiences one adopted before the other. " +
		"The pairs with most stated ties first. With from or to, pairs that only precedence ties are listed as well. A tie within one place is left out.",
	Example: url.Values{"to": {"临沂"}},
}, runFlows, func(r flowRow) string { return r.From + "\n" + r.To })

// pair is an ordered pair of places.
type pair struct{ from, to string }

// tie is one stated tie between places as the claims name them.
type tie struct {
	from, to string
	claims   []*fact // LEARNED_FROM, and ORIGINATED_IN if it goes by way of an experience
	via      string  // that experience
}

func runFlows(ctx context.Context, s graph.Store, p *flowsParams) ([]flowRow, error) {
	var err error
	if p.From, err = resolvePlace(ctx, s, "from", p.From); err != nil {
		return nil, err
	}
	if p.To, err = resolvePlace(ctx, s, "to", p.To); err != nil {
		return nil, err
	}
	from, err := loadArea(ctx, s, p.From, p.Scope)
	if err != nil {
		return nil, err
	}
	to, err := loadArea(ctx, s, p.To, p.Scope)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, tiesTwin, noParams{}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	stated := statedTies(fs, p.Status)
	stated = slices.DeleteFunc(stated, func(t tie) bool {
		d := t.claims[0].date()
		return !from.holds(t.from) || !to.holds(t.to) || p.Basis != "" && d.basis != p.Basis || !within(d.interval, p.Since, p.Until)
	})
	var ids []string
	for _, t := range stated {
		ids = append(ids, t.from, t.to)
	}
	g, err := loadPlaces(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	sp, err := spreadForFlows(ctx, s, from, to, len(stated) > 0, countAs{p.Level, p.Basis}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	maps.Copy(g, sp.places)
	ties := map[pair][]tie{}
	for _, t := range stated {
		k := pair{g.rolled(t.from, p.Level), g.rolled(t.to, p.Level)}
		if k.from != k.to {
			ties[k] = append(ties[k], t)
		}
	}
	before := sp.precedence()
	pairs := map[pair]bool{}
	for k := range ties {
		pairs[k] = true
	}
	if from != nil || to != nil {
		for k := range before.between(sp, from, to) {
			pairs[k] = true
		}
	}
	rows := []flowRow{}
	for k := range pairs {
		r := flowRowOf(k, ties[k], g)
		r.PrecedenceCount, r.ReverseCount = before.count(k.from, k.to), before.count(k.to, k.from)
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b flowRow) int {
		return cmp.Or(b.StatedCount+b.ViaExperienceCount-a.StatedCount-a.ViaExperienceCount, b.PrecedenceCount-a.PrecedenceCount,
			strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return rows, nil
}

// statedTies brings LEARNED_FROM claims to pairs of places.
func statedTies(fs []*fact, status string) []tie {
	origins := map[string][]*fact{}
	for _, f := range fs {
		if f.predicate == string(graph.OriginatedIn) && f.status == "done" {
			origins[f.subject] = append(origins[f.subject], f)
		}
	}
	var out []tie
	for _, f := range fs {
		to := placeOf(f.subject)
		if f.predicate != string(graph.LearnedFrom) || f.status != status || to == "" {
			continue
		}
		if from := placeOf(f.object); from != "" {
			out = append(out, tie{from, to, []*fact{f}, ""})
			continue
		}
		for _, o := range origins[f.object] {
			out = append(out, tie{o.object, to, []*fact{f, o}, f.object})
		}
	}
	return out
}

// spreadForFlows loads the adoptions that precedence needs: of all experiences
// that the places asked for adopted, else of the whole graph if there are ties.
func spreadForFlows(ctx context.Context, s graph.Store, from, to area, ties bool, c countAs, minConfidence float64) (spreadOf, error) {
	switch {
	case from != nil || to != nil:
		both := area{}
		maps.Copy(both, from)
		maps.Copy(both, to)
		return spreadInto(ctx, s, both, c, minConfidence)
	case ties:
		return wholeSpread(ctx, s, c, minConfidence)
	}
	return spreadOf{}, nil
}

// order holds when places adopted experiences.
type order map[string]map[string]interval // by place, by experience

func (sp spreadOf) precedence() order {
	o := order{}
	for _, a := range sp.adoptions {
		if o[a.place] == nil {
			o[a.place] = map[string]interval{}
		}
		o[a.place][a.experience] = a.date.interval
	}
	return o
}

// count returns how many experiences a adopted before b.
func (o order) count(a, b string) int {
	n := 0
	for experience, d := range o[a] {
		if d.before(o[b][experience]) {
			n++
		}
	}
	return n
}

// between returns the pairs of adopters in which the first preceded the second
// in some experience, the first in from, the second in to.
func (o order) between(sp spreadOf, from, to area) map[pair]bool {
	out := map[pair]bool{}
	for _, as := range byExperience(sp.adoptions) {
		for _, a := range as {
			if !a.in(from) {
				continue
			}
			for _, b := range as {
				if a.place != b.place && b.in(to) && a.date.before(b.date.interval) {
					out[pair{a.place, b.place}] = true
				}
			}
		}
	}
	return out
}

func flowRowOf(k pair, ties []tie, g gazetteer) flowRow {
	r := flowRow{From: k.from, FromName: null(g.name(k.from)), To: k.to, ToName: null(g.name(k.to)), support: support{Evidence: []Evidence{}}}
	r.FromProvince, _ = g.province(k.from)
	r.ToProvince, _ = g.province(k.to)
	if len(ties) == 0 {
		return r
	}
	first := slices.MinFunc(ties, func(a, b tie) int {
		return cmp.Or(a.claims[0].date().compare(b.claims[0].date()), strings.Compare(a.claims[0].claim, b.claims[0].claim), strings.Compare(a.from, b.from))
	})
	d := first.claims[0].date()
	r.FromName, r.ToName = null(g.nameThen(first.from, k.from)), null(g.nameThen(first.to, k.to))
	r.Since, r.Precision, r.Basis = null(d.iso), null(graph.PrecisionOf(d.iso)), null(d.basis)
	direct, via, hows, experiences := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	var claims []*fact
	for _, t := range ties {
		learned := t.claims[0]
		claims = append(claims, t.claims...)
		if h := learned.prop("how"); h != "" {
			hows[h] = true
		}
		if t.via == "" {
			direct[learned.claim] = true
		} else {
			via[learned.claim], experiences[t.via] = true, true
		}
	}
	r.StatedCount, r.ViaExperienceCount = len(direct), len(via)
	r.How, r.Experiences = spaced(hows), spaced(experiences)
	r.support = supportOf(claims)
	return r
}

// spaced writes a set of words without spaces as one text; null if it is empty.
func spaced(set map[string]bool) *string {
	return null(strings.Join(slices.Sorted(maps.Keys(set)), " "))
}
