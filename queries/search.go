package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

var (
	keysWithTwin = newTwin[phraseParams]("keys_with")
	keysAllTwin  = newTwin[phraseParams]("keys_all")
	titlesTwin   = newTwin[noParams]("titles")
)

type searchParams struct {
	Q      string `param:"q" need:"yes"`
	Label  string `param:"label"`
	Place  string `param:"place" doc:"Only nodes whose id names a place there; places themselves among them."`
	Scope  string `param:"scope"`
	Domain string `param:"domain"`
	page
}

// searchRow is one node that a search found.
type searchRow struct {
	Node         string  `json:"node" doc:"Id of the node."`
	Label        string  `json:"label" doc:"Its label."`
	Name         string  `json:"name" doc:"Its name; of an article the title."`
	Match        string  `json:"match" doc:"How the words were found: name (the whole name), alias (a whole alias), start (a name or alias begins with the first of them), part (elsewhere)."`
	Level        *string `json:"level" doc:"Level of a place, pilot or recognition."`
	Kind         *string `json:"kind" doc:"Kind of an initiative, body, recognition or document."`
	Domain       *string `json:"domain" doc:"Domain of an initiative or experience."`
	Place        *string `json:"place" doc:"Id of the place that the node is or belongs to by its id."`
	PlaceName    *string `json:"place_name" doc:"Its name."`
	Province     *string `json:"province" doc:"Id of its province."`
	Outlet       *string `json:"outlet" doc:"Of an article: where it was published."`
	Published    *string `json:"published" doc:"Of an article: when it was published."`
	ArticleCount int     `json:"article_count" doc:"Articles that mention the node; of an article 1."`
	HitCount     int     `json:"hit_count" doc:"All nodes that were found, with the same filters."`
	LabelCount   int     `json:"label_count" doc:"Those of them of this label."`
}

var search = define(Query{
	Name:  "search",
	Title: "Which things have a name like this",
	Description: "Nodes with a name or alias, and articles with a title, that hold the words, in either script and from one character up. Whole names first, then beginnings, then other parts; " +
		"among equals what most articles mention. The texts of articles are not searched.",
	Example: url.Values{"q": {"有解思维"}},
}, runSearch, func(r searchRow) string { return r.Node })

// matches orders the ways in which words are found.
var matches = []string{"name", "alias", "start", "part"}

func runSearch(ctx context.Context, s graph.Store, p *searchParams) ([]searchRow, error) {
	var terms []string
	for _, w := range strings.Fields(p.Q) {
		if k := script.Key(w); k != "" {
			terms = append(terms, k)
		}
	}
	if len(terms) == 0 {
		return nil, invalid("q", "%q holds nothing to look for but spaces, quotation marks or brackets", p.Q)
	}
	var err error
	if p.Place, err = resolvePlace(ctx, s, "place", p.Place); err != nil {
		return nil, err
	}
	where, err := loadArea(ctx, s, p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	rows := []searchRow{}
	take := func(r searchRow, keys []string, name string) {
		if r.Match = matchOf(terms, keys, name); r.Match == "" {
			return
		}
		if p.Label != "" && r.Label != p.Label || p.Domain != "" && text(r.Domain) != p.Domain || where != nil && !where[placeOf(r.Node)] {
			return
		}
		rows = append(rows, r)
	}
	t, phrase := keysWithTwin, hanRun(terms)
	if phrase == "" {
		t, phrase = keysAllTwin, terms[0]
	}
	err = t.each(ctx, s, phraseParams{phrase}, func(r graph.Row) error {
		n := searchRow{Node: str(r, "id"), Label: str(r, "label"), Name: str(r, "name"), Level: null(str(r, "level")), Kind: null(str(r, "kind")),
			Domain: null(str(r, "domain")), Place: null(placeOf(str(r, "id"))), ArticleCount: whole(r, "articles")}
		var keys []string
		given, _ := r["keys"].([]any)
		for _, k := range given {
			k, _ := k.(string)
			keys = append(keys, k)
		}
		take(n, keys, script.Key(n.Name))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if p.Label == "" || p.Label == string(graph.LabelArticle) {
		err = titlesTwin.each(ctx, s, noParams{}, func(r graph.Row) error {
			key := script.Key(str(r, "title"))
			take(searchRow{Node: str(r, "id"), Label: string(graph.LabelArticle), Name: str(r, "title"), Outlet: null(str(r, "outlet")),
				Published: null(str(r, "published")), ArticleCount: 1}, []string{key}, key)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var places []string
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.Label]++
		places = append(places, text(r.Place))
	}
	g, err := loadPlaces(ctx, s, places)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		r := &rows[i]
		r.HitCount, r.LabelCount = len(rows), counts[r.Label]
		if r.Place != nil {
			r.PlaceName = null(g.name(*r.Place))
			r.Province, _ = g.province(*r.Place)
		}
	}
	slices.SortFunc(rows, func(a, b searchRow) int {
		if a.Match != b.Match {
			return slices.Index(matches, a.Match) - slices.Index(matches, b.Match)
		}
		return cmp.Or(b.ArticleCount-a.ArticleCount, strings.Compare(a.Node, b.Node))
	})
	return rows, nil
}

// matchOf says how all terms are found in the folded names of a node, of which
// one is its name; "" if one of them is not.
func matchOf(terms, keys []string, name string) string {
	for _, t := range terms {
		if !slices.ContainsFunc(keys, func(k string) bool { return strings.Contains(k, t) }) {
			return ""
		}
	}
	all := strings.Join(terms, "")
	switch {
	case name == all:
		return "name"
	case slices.Contains(keys, all):
		return "alias"
	case slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, terms[0]) }):
		return "start"
	}
	return "part"
}

// hanRun returns the longest stretch of Chinese characters in the terms, the first
// of several; "" if there is none. Whatever holds the terms holds it.
func hanRun(terms []string) string {
	longest := ""
	for _, t := range terms {
		for _, run := range strings.FieldsFunc(t, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			if utf8.RuneCountInString(run) > utf8.RuneCountInString(longest) {
				longest = run
			}
		}
	}
	return longest
}
