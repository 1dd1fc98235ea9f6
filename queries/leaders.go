package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

var postsTwin = newTwin[noParams]("posts")

type leadersParams struct {
	Leader        string  `param:"leader"`
	Place         string  `param:"place" doc:"Where the post is."`
	Scope         string  `param:"scope"`
	Kind          string  `param:"kind" values:"move" doc:"move: only people of whom another one of that name holds a post in another place."`
	Since         string  `param:"since" doc:"By the publication of an article that names the post."`
	Until         string  `param:"until" doc:"By the publication of an article that names the post."`
	Status        string  `param:"status" default:"done"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// leaderRow is one post of one person.
type leaderRow struct {
	Leader            string  `json:"leader" doc:"Id of the person. People are never merged on a name alone."`
	LeaderName        string  `json:"leader_name" doc:"Name of the person."`
	Title             *string `json:"title" doc:"The post, as the text has it."`
	Organization      *string `json:"organization" doc:"Id of the body; null if the post is of the place."`
	OrganizationName  *string `json:"organization_name" doc:"Its name."`
	Place             *string `json:"place" doc:"Id of the place that the body or post belongs to, as the division that it is today."`
	PlaceName         *string `json:"place_name" doc:"Its name at the time."`
	PlaceLevel        *string `json:"place_level" doc:"The place's level."`
	Parent            *string `json:"parent" doc:"Id of the place that it lies in."`
	Province          *string `json:"province" doc:"Id of its province."`
	FirstPublished    *string `json:"first_published" doc:"Publication of the first article that names the person in this post."`
	LastPublished     *string `json:"last_published" doc:"Publication of the last one."`
	Namesakes         *string `json:"namesakes" doc:"Ids of people of the same name with posts in other places, with spaces between: the same person may have moved, or not."`
	SharedExperiences *string `json:"shared_experiences" doc:"Ids of the experiences that this place and a namesake's both adopted, with spaces between."`
	support
}

var leaders = define(Query{
	Name:  "leaders",
	Title: "Who held which post, and who may have moved between places",
	Description: "One row a person and post, in order of place. For candidates of moves (kind=move) it names people of the same name elsewhere and what both places took up; " +
		"whether they are one person is for the reader to judge.",
	Example: url.Values{"place": {"菏泽"}},
}, runLeaders, func(r leaderRow) string {
	return r.Leader + "\n" + text(r.Organization) + "\n" + text(r.Place) + "\n" + text(r.Title)
})

func runLeaders(ctx context.Context, s graph.Store, p *leadersParams) ([]leaderRow, error) {
	wanted, err := resolveLeader(ctx, s, p.Leader)
	if err != nil {
		return nil, err
	}
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, postsTwin, noParams{}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	fs = slices.DeleteFunc(fs, func(f *fact) bool { return f.status != p.Status })
	var ids []string
	for _, f := range fs {
		ids = append(ids, f.subject, f.object, placeOf(f.object))
	}
	g, names, err := loadPlacesAndNodes(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	type post struct{ leader, object, title string }
	posts := map[post][]*fact{}
	people := namesakes{}
	for _, f := range fs {
		posts[post{f.subject, f.object, f.prop("title")}] = append(posts[post{f.subject, f.object, f.prop("title")}], f)
		people.add(script.Key(names[f.subject].name), f.subject, g.today(placeOf(f.object)))
	}
	rows := []leaderRow{}
	for k, fs := range posts {
		at := placeOf(k.object)
		if wanted != nil && !wanted[k.leader] || !where.holds(at) {
			continue
		}
		if !slices.ContainsFunc(fs, func(f *fact) bool { return within(intervalOf(f.published), p.Since, p.Until) }) {
			continue
		}
		r := leaderRow{Leader: k.leader, LeaderName: names[k.leader].name, Title: null(k.title),
			PlaceName: null(g.name(at)), PlaceLevel: null(g.level(g.today(at))), support: supportOf(fs)}
		if at != "" {
			r.Place = null(g.today(at))
			r.Province, _ = g.province(at)
			r.Parent = null(g[at].parent)
		}
		if at != k.object {
			r.Organization, r.OrganizationName = null(k.object), null(names[k.object].name)
		}
		r.FirstPublished, r.LastPublished = published(fs)
		others := map[string]bool{}
		for _, o := range people.elsewhere(script.Key(r.LeaderName), k.leader, text(r.Place)) {
			others[o.leader] = true
		}
		r.Namesakes = spaced(others)
		if p.Kind == "move" && len(others) == 0 {
			continue
		}
		rows = append(rows, r)
	}
	if err := addShared(ctx, s, rows, people, p.MinConfidence); err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b leaderRow) int {
		return cmp.Or(strings.Compare(text(a.Place), text(b.Place)), strings.Compare(a.Leader, b.Leader),
			strings.Compare(text(a.Organization), text(b.Organization)), strings.Compare(text(a.Title), text(b.Title)))
	})
	return rows, nil
}

// resolveLeader returns the ids that a leader parameter means; nil for "".
func resolveLeader(ctx context.Context, s graph.Store, value string) (map[string]bool, error) {
	if value == "" {
		return nil, nil
	}
	out := map[string]bool{}
	if strings.HasPrefix(value, "leader:") {
		nodes, err := loadNodes(ctx, s, []string{value})
		if err != nil {
			return nil, err
		}
		for id := range nodes {
			out[id] = true
		}
	} else {
		found, err := named(ctx, s, graph.LabelLeader, value)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			out[c.ID] = true
		}
	}
	if len(out) == 0 {
		return nil, &NotFoundError{Field: "leader", Value: value, Reason: "no loaded article names a leader of this id or name"}
	}
	return out, nil
}

// holder is a person with a post in a place.
type holder struct{ leader, place string }

// namesakes holds people by folded name.
type namesakes map[string][]holder

func (n namesakes) add(key, leader, place string) {
	if h := (holder{leader, place}); !slices.Contains(n[key], h) {
		n[key] = append(n[key], h)
	}
}

// elsewhere returns others of that name with a post in another place.
func (n namesakes) elsewhere(key, leader, place string) []holder {
	var out []holder
	for _, h := range n[key] {
		if h.leader != leader && h.place != place && h.place != "" && place != "" {
			out = append(out, h)
		}
	}
	return out
}

// addShared fills in what the places of namesakes have both adopted.
func addShared(ctx context.Context, s graph.Store, rows []leaderRow, people namesakes, minConfidence float64) error {
	var places []string
	for _, r := range rows {
		if r.Namesakes != nil {
			places = append(places, *r.Place)
		}
	}
	if len(places) == 0 {
		return nil
	}
	where, err := sameToday(ctx, s, places)
	if err != nil {
		return err
	}
	sp, err := spreadInto(ctx, s, where, countAs{}, minConfidence)
	if err != nil {
		return err
	}
	adopted := map[string]map[string]bool{}
	for _, a := range sp.adoptions {
		if adopted[a.place] == nil {
			adopted[a.place] = map[string]bool{}
		}
		adopted[a.place][a.experience] = true
	}
	for i, r := range rows {
		if r.Namesakes == nil {
			continue
		}
		shared := map[string]bool{}
		for _, o := range people.elsewhere(script.Key(r.LeaderName), r.Leader, *r.Place) {
			for e := range adopted[*r.Place] {
				if adopted[o.place][e] {
					shared[e] = true
				}
			}
		}
		rows[i].SharedExperiences = spaced(shared)
	}
	return nil
}

// published returns the first and the last publication of the articles behind facts.
func published(fs []*fact) (first, last *string) {
	for _, f := range fs {
		if f.published == "" {
			continue
		}
		if first == nil || f.published < *first {
			first = &f.published
		}
		if last == nil || f.published > *last {
			last = &f.published
		}
	}
	return first, last
}
