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

var recognitionsTwin = newTwin[noParams]("recognition_claims")

type recognitionsParams struct {
	Place            string `param:"place" doc:"Of the receiver."`
	Scope            string `param:"scope"`
	Level            string `param:"level"`
	RecognitionLevel string `param:"recognition_level"`
	Kind             string `param:"kind" values:"award,ranking,case,commendation,promotion,publication,endorsement,evaluation"`
	dates
	Status        string  `param:"status" default:"done"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// recognitionRow is one recognition of one receiver, and of one experience behind it.
type recognitionRow struct {
	Recognition     string  `json:"recognition" doc:"Id of the recognition."`
	RecognitionName *string `json:"recognition_name" doc:"Its name."`
	Level           *string `json:"level" doc:"The recognition's level: who granted it."`
	Kind            *string `json:"kind" doc:"Its kind."`
	Node            string  `json:"node" doc:"Id of the receiver: an initiative or a body, or the place itself."`
	NodeName        *string `json:"node_name" doc:"The receiver's name."`
	Place           *string `json:"place" doc:"The receiver's place, as the division that it is today."`
	PlaceName       *string `json:"place_name" doc:"Its name at the time."`
	PlaceLevel      *string `json:"place_level" doc:"Its level."`
	Parent          *string `json:"parent" doc:"Id of the place that it lies in."`
	Province        *string `json:"province" doc:"Id of its province."`
	ProvinceName    *string `json:"province_name" doc:"Name of its province."`
	GrantedBy       *string `json:"granted_by" doc:"Ids of the bodies that granted it, with spaces between."`
	Status          string  `json:"status" doc:"done, planned or negated."`
	Since           *string `json:"since" doc:"Earliest date of the recognition."`
	Precision       *string `json:"precision" doc:"Its precision."`
	Basis           *string `json:"basis" doc:"Its basis."`
	Count           *int    `json:"count" doc:"How many of its kind were received, as the article published last has it."`
	Approx          *bool   `json:"approx" doc:"Whether the count is a round one; null without a count."`
	Experience      *string `json:"experience" doc:"Id of an experience that the receiving initiative applies, discovered ones among them; null if there is none."`
	FirstFollower   *string `json:"first_follower" doc:"Id of the first place that took the experience up after its first adopter."`
	FirstFollowed   *string `json:"first_followed" doc:"Date of that."`
	BeforeSpread    *bool   `json:"before_spread" doc:"Whether the recognition came before the first follower; null if their dates overlap, one is unknown or nobody followed. A reported date is only the latest that it may have been."`
	FollowersBefore *int    `json:"followers_before" doc:"Followers that are certainly earlier than the recognition; null without an experience."`
	FollowersAfter  *int    `json:"followers_after" doc:"Followers that are certainly later."`
	FollowerCount   *int    `json:"follower_count" doc:"Places that took the experience up after its first adopter, undated ones among them."`
	support
}

var recognitions = define(Query{
	Name:  "recognitions",
	Title: "Who was recognised for what, and did recognition come before spread",
	Description: "One row a recognition and receiver and, of an initiative, each experience that it applies: level, granting body, date, and whether others took the experience up before or after. " +
		"National recognitions first, then in order of time.",
	Example: url.Values{"place": {"淄博"}},
}, runRecognitions, func(r recognitionRow) string { return r.Recognition + "\n" + r.Node + "\n" + text(r.Experience) })

func runRecognitions(ctx context.Context, s graph.Store, p *recognitionsParams) ([]recognitionRow, error) {
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, recognitionsTwin, noParams{}, p.MinConfidence)
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
	granted := map[string]map[string]bool{}
	received := map[receipt][]*fact{}
	var behind adoptionsParams // the experiences of initiatives that received something
	for _, f := range fs {
		switch {
		case f.predicate == string(graph.GrantedBy) && f.status == "done":
			if granted[f.subject] == nil {
				granted[f.subject] = map[string]bool{}
			}
			granted[f.subject][f.object] = true
		case f.predicate == string(graph.Applies) && f.status == "done":
			behind.Experiences = append(behind.Experiences, f.object)
		case f.predicate == string(graph.Received) && f.status == p.Status && where.holds(placeOf(f.subject)) && (p.Basis == "" || f.date().basis == p.Basis):
			k := receipt{f.object, f.subject}
			received[k] = append(received[k], f)
			behind.Practices = append(behind.Practices, graph.Practice(f.subject))
		}
	}
	slices.Sort(behind.Experiences)
	behind.Experiences = slices.Compact(behind.Experiences)
	sp, err := spreadOfAll(ctx, s, behind, countAs{level: p.Level}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	spreads := map[string][]*adoption{}
	experiences := experiencesApplied(fs)
	for _, as := range byExperience(sp.adoptions) {
		spreads[as[0].experience] = as
		if !as[0].discovered {
			continue
		}
		for k := range received {
			if graph.ExperienceID(graph.Practice(k.node)) == as[0].experience {
				experiences[k.node] = map[string]bool{as[0].experience: true}
			}
		}
	}
	rows := []recognitionRow{}
	for k, claims := range received {
		n := names[k.recognition]
		r := receiptRow(k, claims, g, names, p.Level)
		if p.RecognitionLevel != "" && n.level != p.RecognitionLevel || p.Kind != "" && n.kind != p.Kind || !within(intervalOf(text(r.Since)), p.Since, p.Until) {
			continue
		}
		r.GrantedBy = spaced(granted[k.recognition])
		if len(experiences[k.node]) == 0 {
			rows = append(rows, r)
			continue
		}
		for _, e := range slices.Sorted(maps.Keys(experiences[k.node])) {
			r := r
			r.Experience = &e
			r.beside(spreads[e])
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b recognitionRow) int {
		return cmp.Or(recognitionRank(a.Level)-recognitionRank(b.Level), newDate(text(a.Since), text(a.Basis)).compare(newDate(text(b.Since), text(b.Basis))),
			strings.Compare(a.Recognition, b.Recognition), strings.Compare(a.Node, b.Node), strings.Compare(text(a.Experience), text(b.Experience)))
	})
	return rows, nil
}

// receipt is one recognition of one receiver.
type receipt struct{ recognition, node string }

func recognitionRank(level *string) int {
	if i := slices.Index(graph.RecognitionLevels, text(level)); i >= 0 {
		return i
	}
	return len(graph.RecognitionLevels)
}

func receiptRow(k receipt, fs []*fact, g gazetteer, names map[string]nodeInfo, level string) recognitionRow {
	d := earliest(fs).date()
	n := names[k.recognition]
	r := recognitionRow{Recognition: k.recognition, RecognitionName: null(n.name), Level: null(n.level), Kind: null(n.kind),
		Node: k.node, NodeName: null(names[k.node].name), Status: fs[0].status,
		Since: null(d.iso), Precision: null(graph.PrecisionOf(d.iso)), Basis: null(d.basis), support: supportOf(fs)}
	if at := placeOf(k.node); at != "" {
		place := g.rolled(at, level)
		r.Place, r.PlaceName, r.PlaceLevel = &place, null(g.nameThen(at, place)), null(g.level(place))
		r.Province, r.ProvinceName = g.province(place)
		r.Parent = null(g[place].parent)
	}
	r.Count, r.Approx, _ = latestCount(fs)
	return r
}

// latestCount returns the count that the article published last gives, and
// whether articles give different ones.
func latestCount(fs []*fact) (count *int, approx *bool, rivals bool) {
	counts := map[int64]bool{}
	var latest *fact
	for _, f := range fs {
		n, ok := f.props["count"].(int64)
		if !ok {
			continue
		}
		counts[n] = true
		if latest == nil || f.published > latest.published || f.published == latest.published && f.compareConfidence(latest) < 0 {
			latest = f
		}
	}
	if latest == nil {
		return nil, nil, false
	}
	n := int(latest.props["count"].(int64))
	a, _ := latest.props["approx"].(bool)
	return &n, &a, len(counts) > 1
}

// beside sets the recognition beside the spread of an experience, whose adoptions
// are in order.
func (r *recognitionRow) beside(as []*adoption) {
	own := intervalOf(text(r.Since))
	var before, after, followers int
	for _, a := range as {
		if leads(a, as[0]) {
			continue
		}
		followers++
		if followers == 1 {
			r.FirstFollower, r.FirstFollowed = &a.place, null(a.date.iso)
			switch {
			case own.before(a.date.interval):
				yes := true
				r.BeforeSpread = &yes
			case a.date.before(own):
				no := false
				r.BeforeSpread = &no
			}
		}
		if a.date.before(own) {
			before++
		}
		if own.before(a.date.interval) {
			after++
		}
	}
	r.FollowersBefore, r.FollowersAfter, r.FollowerCount = &before, &after, &followers
}
