package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var promotionsTwin = newTwin[noParams]("promotion_claims")

type promotionsParams struct {
	Experience string `param:"experience" doc:"What was promoted: it, or an initiative that applies it."`
	Place      string `param:"place" doc:"Where it was promoted."`
	Scope      string `param:"scope"`
	dates
	Status        string  `param:"status" default:"done"`
	Domain        string  `param:"domain"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// promotionRow is one thing promoted to one scope.
type promotionRow struct {
	Node           string  `json:"node" doc:"Id of what was promoted: an experience or an initiative."`
	NodeName       *string `json:"node_name" doc:"Its name."`
	Experiences    *string `json:"experiences" doc:"Ids of the experience itself, or of those that the initiative applies, with spaces between."`
	Origin         *string `json:"origin" doc:"Id of the initiative's own place, as the division that it is today; null for an experience."`
	OriginName     *string `json:"origin_name" doc:"Its name at the time."`
	OriginProvince *string `json:"origin_province" doc:"Id of its province."`
	Domain         *string `json:"domain" doc:"Domain of the experience or initiative."`
	Place          string  `json:"place" doc:"Id of the place throughout which it was promoted (place:CN: nationwide)."`
	PlaceName      *string `json:"place_name" doc:"Its name at the time."`
	Level          *string `json:"level" doc:"Its level."`
	Parent         *string `json:"parent" doc:"Id of the place that it lies in."`
	Province       *string `json:"province" doc:"Id of its province."`
	By             *string `json:"by" doc:"Who promoted it, as the texts have it, with spaces between."`
	Status         string  `json:"status" doc:"done, planned or negated."`
	Since          *string `json:"since" doc:"Earliest date."`
	Precision      *string `json:"precision" doc:"Its precision."`
	Basis          *string `json:"basis" doc:"Its basis."`
	support
}

var promotions = define(Query{
	Name:  "promotions",
	Title: "What was promoted from above, to which scope, by whom and when",
	Description: "One row an experience or initiative and the place throughout which it was promoted (全省, 全国). The widest scope first, then in order of time. " +
		"To be promoted somewhere is not to be adopted there: spread does not count it.",
	Example: url.Values{"place": {"CN"}, "scope": {"exact"}},
}, runPromotions, func(r promotionRow) string { return r.Node + "\n" + r.Place })

func runPromotions(ctx context.Context, s graph.Store, p *promotionsParams) ([]promotionRow, error) {
	if err := knownExperience(ctx, s, &p.Experience); err != nil {
		return nil, err
	}
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, promotionsTwin, noParams{}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range fs {
		ids = append(ids, f.subject, f.object, placeOf(f.subject))
	}
	g, names, err := loadPlacesAndNodes(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	applied := experiencesApplied(fs)
	rows := []promotionRow{}
	for k, claims := range promoted(fs, g, p.Status) {
		experiences := experiencesOf(k.node, applied)
		if p.Experience != "" && !experiences[p.Experience] && graph.ExperienceID(graph.Practice(k.node)) != p.Experience || !where.holds(k.place) {
			continue
		}
		if p.Domain != "" && names[k.node].domain != p.Domain {
			continue
		}
		claims = slices.DeleteFunc(claims, func(f *fact) bool { return p.Basis != "" && f.date().basis != p.Basis })
		if len(claims) == 0 {
			continue
		}
		r := promotionRowOf(k, claims, g, names)
		if !within(intervalOf(text(r.Since)), p.Since, p.Until) {
			continue
		}
		r.Experiences = spaced(experiences)
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b promotionRow) int {
		return cmp.Or(rank(text(a.Level))-rank(text(b.Level)), newDate(text(a.Since), text(a.Basis)).compare(newDate(text(b.Since), text(b.Basis))),
			strings.Compare(a.Node, b.Node), strings.Compare(a.Place, b.Place))
	})
	return rows, nil
}

// promotion is known by what was promoted and to which scope, of today.
type promotion struct{ node, place string }

// promoted groups PROMOTED_TO claims of one status.
func promoted(fs []*fact, g gazetteer, status string) map[promotion][]*fact {
	out := map[promotion][]*fact{}
	for _, f := range fs {
		if f.predicate == string(graph.PromotedTo) && f.status == status {
			k := promotion{f.subject, g.today(f.object)}
			out[k] = append(out[k], f)
		}
	}
	return out
}

// experiencesApplied returns the experiences that initiatives apply, by initiative.
func experiencesApplied(fs []*fact) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, f := range fs {
		if f.predicate == string(graph.Applies) && f.status == "done" {
			if out[f.subject] == nil {
				out[f.subject] = map[string]bool{}
			}
			out[f.subject][f.object] = true
		}
	}
	return out
}

// experiencesOf returns what a node stands for: an experience itself, or those
// that an initiative applies.
func experiencesOf(node string, applied map[string]map[string]bool) map[string]bool {
	if l, _ := graph.LabelOf(node); l == graph.LabelExperience {
		return map[string]bool{node: true}
	}
	return applied[node]
}

func promotionRowOf(k promotion, fs []*fact, g gazetteer, names map[string]nodeInfo) promotionRow {
	first := earliest(fs)
	d := first.date()
	r := promotionRow{Node: k.node, NodeName: null(names[k.node].name), Domain: null(names[k.node].domain),
		Place: k.place, PlaceName: null(g.nameThen(first.object, k.place)), Level: null(g.level(k.place)), Status: first.status,
		Since: null(d.iso), Precision: null(graph.PrecisionOf(d.iso)), Basis: null(d.basis), support: supportOf(fs)}
	r.Province, _ = g.province(k.place)
	r.Parent = null(g[k.place].parent)
	if at := placeOf(k.node); at != "" {
		r.Origin, r.OriginName = null(g.today(at)), null(g.name(at))
		r.OriginProvince, _ = g.province(at)
	}
	by := map[string]bool{}
	for _, f := range fs {
		if who := f.prop("by"); who != "" {
			by[who] = true
		}
	}
	r.By = spaced(by)
	return r
}
