package queries

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

var rivalClaimsTwin = newTwin[noParams]("rival_claims")

type conflictsParams struct {
	Kind          string  `param:"kind" values:"date,origin,figure,post"`
	Place         string  `param:"place" doc:"Of the adoption, figure or post; of an origin, of one of the places named."`
	Scope         string  `param:"scope"`
	Experience    string  `param:"experience" doc:"Only dates and origins of it."`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// conflictKinds lists the kinds of conflicts in their order.
var conflictKinds = []string{"date", "origin", "figure", "post"}

// conflictRow is one thing of which articles say what cannot both hold.
type conflictRow struct {
	Kind      string  `json:"kind" doc:"date: dates of one adoption that cannot both hold; origin: an experience began in two places of which none lies in the other; figure: two exact values of one figure for one period; post: two holders of one post at one time."`
	Node      string  `json:"node" doc:"Id of what the statements are about: the initiative, the experience, what was measured, the body or place of the post."`
	NodeName  *string `json:"node_name" doc:"Its name."`
	About     *string `json:"about" doc:"Of a date the experience, of a figure the figure; else null."`
	AboutName *string `json:"about_name" doc:"Its name."`
	Place     *string `json:"place" doc:"Id of the place, as the division that it is today; null of an origin."`
	PlaceName *string `json:"place_name" doc:"Its name."`
	Parent    *string `json:"parent" doc:"Id of the place that it lies in."`
	Province  *string `json:"province" doc:"Id of its province."`
	Detail    *string `json:"detail" doc:"Period and unit of a figure, title of a post."`
	Values    string  `json:"values" doc:"What the articles say, with spaces between: dates, ids of places, values, ids of people."`
	support
}

var conflicts = define(Query{
	Name:  "conflicts",
	Title: "Where do articles say what cannot both hold",
	Description: "Rival statements side by side: dates of one adoption, origins of one experience, exact values of one figure for one period, holders of one post at one time " +
		"(heads only; one is named in the post between two articles that name the other). In order of kind.",
	Example: url.Values{"kind": {"date"}},
}, runConflicts, func(r conflictRow) string {
	return strings.Join([]string{r.Kind, r.Node, text(r.About), text(r.Place), text(r.Detail)}, "\n")
})

func runConflicts(ctx context.Context, s graph.Store, p *conflictsParams) ([]conflictRow, error) {
	if err := knownExperience(ctx, s, &p.Experience); err != nil {
		return nil, err
	}
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	sp, err := wholeSpread(ctx, s, countAs{}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, rivalClaimsTwin, noParams{}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range fs {
		ids = append(ids, placeOf(f.subject), placeOf(f.object))
	}
	g, err := loadPlaces(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	maps.Copy(g, sp.places)
	leaders, err := leadersOf(ctx, s, fs)
	if err != nil {
		return nil, err
	}
	rows := slices.Concat(rivalDates(sp), rivalOrigins(fs, g), rivalFigures(fs, g), rivalPosts(fs, leaders, g))
	rows = slices.DeleteFunc(rows, func(r conflictRow) bool {
		here := where == nil || where[text(r.Place)] || r.Kind == "origin" && slices.ContainsFunc(strings.Fields(r.Values), where.holds)
		return p.Kind != "" && r.Kind != p.Kind || p.Experience != "" && r.Node != p.Experience && text(r.About) != p.Experience || !here
	})
	ids = nil
	for _, r := range rows {
		ids = append(ids, r.Node, text(r.About))
	}
	names, err := loadNodes(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		r := &rows[i]
		r.NodeName, r.AboutName = null(names[r.Node].name), null(names[text(r.About)].name)
		if r.Place != nil {
			r.PlaceName = null(g.name(*r.Place))
			r.Province, _ = g.province(*r.Place)
			r.Parent = null(g[*r.Place].parent)
		}
	}
	slices.SortFunc(rows, func(a, b conflictRow) int {
		return cmp.Or(slices.Index(conflictKinds, a.Kind)-slices.Index(conflictKinds, b.Kind), strings.Compare(a.Node, b.Node),
			strings.Compare(text(a.About), text(b.About)), strings.Compare(text(a.Place), text(b.Place)), strings.Compare(text(a.Detail), text(b.Detail)))
	})
	return rows, nil
}

// rivalDates finds the initiatives of which two dates of one adoption cannot both hold.
func rivalDates(sp spreadOf) []conflictRow {
	var rows []conflictRow
	for _, a := range sp.adoptions {
		for _, doer := range slices.Sorted(maps.Keys(a.dates)) {
			if !anyRivals(a.dates[doer]) {
				continue
			}
			initiative, _, _ := strings.Cut(doer, "\n")
			said := map[string]bool{}
			for _, d := range a.dates[doer] {
				said[d.iso] = true
			}
			var claims []*fact
			for _, f := range a.claims {
				if f.subject == initiative {
					claims = append(claims, f)
				}
			}
			rows = append(rows, conflictRow{Kind: "date", Node: initiative, About: &a.experience, Place: &a.place, Values: text(spaced(said)), support: supportOf(claims)})
		}
	}
	return rows
}

// rivalOrigins finds the experiences that began in two places of which neither
// lies in the other.
func rivalOrigins(fs []*fact, g gazetteer) []conflictRow {
	claims := map[string][]*fact{}
	for _, f := range fs {
		if f.predicate == string(graph.OriginatedIn) {
			claims[f.subject] = append(claims[f.subject], f)
		}
	}
	var rows []conflictRow
	for experience, fs := range claims {
		said := map[string]bool{}
		for _, f := range fs {
			said[g.today(f.object)] = true
		}
		places := slices.Sorted(maps.Keys(said))
		if slices.ContainsFunc(places, func(a string) bool {
			return slices.ContainsFunc(places, func(b string) bool { return !g.nested(a, b) })
		}) {
			rows = append(rows, conflictRow{Kind: "origin", Node: experience, Values: strings.Join(places, " "), support: supportOf(fs)})
		}
	}
	return rows
}

// dated matches periods that name their year: a month or 去年 alone is another
// time in each article.
var dated = regexp.MustCompile(`^\d{4}`)

// rivalFigures finds the figures with two exact values for one period.
func rivalFigures(fs []*fact, g gazetteer) []conflictRow {
	type measure struct{ of, figure, period, unit, direction string }
	claims := map[measure][]*fact{}
	for _, f := range fs {
		approx, _ := f.props["approx"].(bool)
		if f.predicate != string(graph.Measured) || approx || !dated.MatchString(f.prop("period")) {
			continue
		}
		k := measure{g.today(f.subject), f.object, f.prop("period"), f.prop("unit"), f.prop("direction")}
		claims[k] = append(claims[k], f)
	}
	var rows []conflictRow
	for k, fs := range claims {
		said := map[float64]bool{}
		for _, f := range fs {
			v, _ := f.props["value"].(float64)
			said[v] = true
		}
		if len(said) < 2 {
			continue
		}
		var values []string
		for _, v := range slices.Sorted(maps.Keys(said)) {
			values = append(values, strconv.FormatFloat(v, 'f', -1, 64))
		}
		detail := strings.TrimSpace(strings.Join([]string{k.period, k.unit, k.direction}, " "))
		r := conflictRow{Kind: "figure", Node: k.of, About: &k.figure, Detail: &detail, Values: strings.Join(values, " "), support: supportOf(fs)}
		if at := placeOf(k.of); at != "" {
			r.Place = null(g.today(at))
		}
		rows = append(rows, r)
	}
	return rows
}

// heads are ends of titles of which a body or place has one holder at a time.
// Deputies (副) and former holders (原) are none.
var heads = []string{"书记", "市长", "省长", "县长", "区长", "州长", "盟长", "旗长", "镇长", "乡长", "主席", "主任", "局长", "厅长", "部长", "院长"}

// isHead says that a title is that of the one head of a body or place.
func isHead(title string) bool {
	return !strings.ContainsAny(title, "副原") && slices.ContainsFunc(heads, func(h string) bool { return strings.HasSuffix(title, h) })
}

// rivalPosts finds posts of a head with two holders of different names, one
// of them named in the post between two articles that name the other there.
func rivalPosts(fs []*fact, leaders map[string]nodeInfo, g gazetteer) []conflictRow {
	type post struct{ at, title string }
	claims := map[post]map[string][]*fact{} // by holder's name
	for _, f := range fs {
		title := script.Simplify(f.prop("title"))
		if f.predicate != string(graph.Holds) || !isHead(title) || f.published == "" {
			continue
		}
		k := post{g.today(f.object), title}
		if claims[k] == nil {
			claims[k] = map[string][]*fact{}
		}
		name := script.Key(leaders[f.subject].name)
		claims[k][name] = append(claims[k][name], f)
	}
	var rows []conflictRow
	for k, holders := range claims {
		var rivals []*fact
		for name, fs := range holders {
			for other, theirs := range holders {
				if name != other && amid(theirs, fs) {
					rivals = append(append(rivals, fs...), theirs...)
				}
			}
		}
		if len(rivals) == 0 {
			continue
		}
		said := map[string]bool{}
		for _, f := range rivals {
			said[f.subject] = true
		}
		r := conflictRow{Kind: "post", Node: k.at, Detail: &k.title, Values: text(spaced(said)), support: supportOf(rivals)}
		if at := placeOf(k.at); at != "" {
			r.Place = null(g.today(at))
		}
		rows = append(rows, r)
	}
	return rows
}

// amid says that an article of the first facts was certainly published after one
// of the second and before another one of these.
func amid(fs, gs []*fact) bool {
	return slices.ContainsFunc(fs, func(f *fact) bool {
		at := intervalOf(f.published)
		return slices.ContainsFunc(gs, func(g *fact) bool { return intervalOf(g.published).before(at) }) &&
			slices.ContainsFunc(gs, func(g *fact) bool { return at.before(intervalOf(g.published)) })
	})
}

// leadersOf loads the people who hold posts.
func leadersOf(ctx context.Context, s graph.Store, fs []*fact) (map[string]nodeInfo, error) {
	var ids []string
	for _, f := range fs {
		if f.predicate == string(graph.Holds) {
			ids = append(ids, f.subject)
		}
	}
	return loadNodes(ctx, s, ids)
}
