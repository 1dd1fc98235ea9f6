package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

var (
	foundNodesTwin    = newTwin[wordsParams]("found_nodes")
	foundArticlesTwin = newTwin[wordsParams]("found_articles")
	foundPlacesTwin   = newTwin[wordsParams]("found_places")
)

// sought is what search and facets look for.
type sought struct {
	Q         string `param:"q" need:"yes"`
	Label     string `param:"label"`
	Place     string `param:"place" doc:"Of articles those that name a place there or come from there; of other nodes those whose id names a place there, places themselves among them."`
	Scope     string `param:"scope"`
	NodeLevel string `param:"node_level"`
	Domain    string `param:"domain"`
	Outlet    string `param:"outlet"`
	Since     string `param:"since" doc:"Only articles, by the date of publication."`
	Until     string `param:"until" doc:"Only articles, by the date of publication."`
}

type searchParams struct {
	sought
	page
}

// searchRow is one node that a search found.
type searchRow struct {
	Node         string  `json:"node" doc:"Id of the node."`
	Label        string  `json:"label" doc:"Its label."`
	Name         string  `json:"name" doc:"Its name; of an article the title."`
	Match        string  `json:"match" doc:"How the words were found: name (the whole name), alias (a whole alias), start (a name or alias begins with the first of them), part (elsewhere in names), text (not all of them in an article's title)."`
	Level        *string `json:"level" doc:"Level of a place, pilot or recognition."`
	Kind         *string `json:"kind" doc:"Kind of an initiative, body, recognition or document."`
	Domain       *string `json:"domain" doc:"Domain of an initiative or experience."`
	Place        *string `json:"place" doc:"Id of the place that the node is or belongs to by its id; of an article its home."`
	PlaceName    *string `json:"place_name" doc:"Its name."`
	Province     *string `json:"province" doc:"Id of its province."`
	Outlet       *string `json:"outlet" doc:"Of an article: where it was published."`
	Published    *string `json:"published" doc:"Of an article: when it was published."`
	Snippet      *string `json:"snippet" doc:"Of an article: its text around the first of the words that stands in it, verbatim; null if none does, or where the server shows quotes only."`
	SnippetStart *int    `json:"snippet_start" doc:"Where the snippet starts in the text, in code points."`
	Start        *int    `json:"start" doc:"Where the word starts in the text, in code points."`
	End          *int    `json:"end" doc:"Where it ends."`
	Link         *string `json:"link" doc:"Of a word in a text: the article over HTTP, at the offset of the word (#char= as in RFC 5147)."`
	ArticleCount int     `json:"article_count" doc:"Articles that mention the node; of an article 1."`
	HitCount     int     `json:"hit_count" doc:"All nodes that were found, with the same filters. It is exact, as is the next."`
	LabelCount   int     `json:"label_count" doc:"Those of them of this label."`
}

var search = detailed(define(Query{
	Name:  "search",
	Title: "What has these words in its name or text",
	Description: "Nodes with a name or alias, and articles with a title or text, that hold the words, in either script and from one character up. Whole names first, then beginnings, then other parts, then texts; " +
		"among equals what most articles mention, then the latest articles. The query facets counts the same by label, place, level, domain, year and outlet.",
	Example: url.Values{"q": {"有解思维"}},
}, runSearch, func(r searchRow) string { return r.Node }), detailSearch)

// matches orders the ways in which words are found.
var matches = []string{"name", "alias", "start", "part", "text"}

func runSearch(ctx context.Context, s graph.Store, p *searchParams) ([]searchRow, error) {
	phrases, err := phrasesOf(p.Q)
	if err != nil {
		return nil, err
	}
	hits, err := p.find(ctx, s, phrases, false)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, h := range hits {
		counts[h.label]++
	}
	rows := make([]searchRow, len(hits))
	for i, h := range hits {
		rows[i] = searchRow{Node: h.id, Label: h.label, Name: h.name, Match: matchOf(phrases, h), Level: null(h.level), Kind: null(h.kind), Domain: null(h.domain),
			Place: null(h.place), Outlet: null(h.outlet), Published: null(h.published), ArticleCount: h.articles, HitCount: len(hits), LabelCount: counts[h.label]}
	}
	slices.SortFunc(rows, func(a, b searchRow) int {
		if a.Match != b.Match {
			return slices.Index(matches, a.Match) - slices.Index(matches, b.Match)
		}
		if a.ArticleCount != b.ArticleCount {
			return b.ArticleCount - a.ArticleCount
		}
		if article := string(graph.LabelArticle); (a.Label == article) != (b.Label == article) {
			if a.Label == article {
				return 1
			}
			return -1
		}
		return cmp.Or(strings.Compare(text(b.Published), text(a.Published)), strings.Compare(a.Node, b.Node))
	})
	return rows, nil
}

// detailSearch fills in what only the rows that are shown need.
func detailSearch(ctx context.Context, s graph.Store, p *searchParams, rows []searchRow) error {
	phrases, err := phrasesOf(p.Q)
	if err != nil {
		return err
	}
	var places, articles []string
	for _, r := range rows {
		places = append(places, text(r.Place))
		if r.Label == string(graph.LabelArticle) {
			articles = append(articles, r.Node)
		}
	}
	g, err := loadPlaces(ctx, s, places)
	if err != nil {
		return err
	}
	texts := map[string]string{}
	err = textsTwin.each(ctx, s, idsParams{articles}, func(r graph.Row) error {
		texts[str(r, "id")] = textOf(r)
		return nil
	})
	if err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		if r.Place != nil {
			r.PlaceName = null(g.name(*r.Place))
			r.Province, _ = g.province(*r.Place)
		}
		r.show(texts[r.Node], phrases)
	}
	return nil
}

// textOf returns the text of an article from a row of the statement texts; "" where
// the store does not give it.
func textOf(r graph.Row) string {
	props, _ := r["props"].(map[string]any)
	t, _ := props["text"].(string)
	return t
}

// Articles over HTTP stand under this path, by their escaped ids.
const articlesPath = "/api/v1/articles/"

// show fills in where the first of the phrases that the text holds stands in it.
func (r *searchRow) show(text string, phrases [][]rune) {
	if text == "" {
		return
	}
	form := script.ForSearch(text)
	for _, p := range phrases {
		i := form.Index(p)
		if i < 0 {
			continue
		}
		start, end := form.Span(i, i+len(p))
		runes := []rune(text)
		from, to := around(runes, start, end)
		snippet := string(runes[from:to])
		link := articlesPath + url.PathEscape(r.Node) + "#char=" + strconv.Itoa(start) + "," + strconv.Itoa(end)
		r.Snippet, r.SnippetStart, r.Start, r.End, r.Link = &snippet, &from, &start, &end, &link
		return
	}
}

// snippetReach is how far a snippet goes before and after the words, in code points.
const snippetReach = 40

// around returns the span of a snippet: it ends with the line.
func around(text []rune, start, end int) (from, to int) {
	from, to = start, end
	for from > 0 && start-from < snippetReach && text[from-1] != '\n' {
		from--
	}
	for to < len(text) && to-end < snippetReach && text[to] != '\n' {
		to++
	}
	return from, to
}

// hit is a node that holds all that is looked for, and passes the filters.
type hit struct {
	id, label, name, level, kind, domain string
	place                                string // that it is or belongs to
	outlet, published                    string // of an article
	articles                             int
	keys                                 []string // folded names; of an article its title
	places                               []string // that an article names or comes from, if they were asked for
}

// find fetches what holds the phrases and passes the filters; places says that
// those of articles are needed.
func (p *sought) find(ctx context.Context, s graph.Store, phrases [][]rune, places bool) ([]*hit, error) {
	where, err := areaOf(ctx, s, &p.Place, p.Scope)
	if err != nil {
		return nil, err
	}
	words := wordsParams{script.PhraseQuery(phrases)}
	article := string(graph.LabelArticle)
	hits := []*hit{}
	if p.Label != article && p.Outlet == "" && p.Since == "" && p.Until == "" {
		err := foundNodesTwin.each(ctx, s, words, func(r graph.Row) error {
			h := &hit{id: str(r, "id"), label: str(r, "label"), name: str(r, "name"), level: str(r, "level"), kind: str(r, "kind"), domain: str(r, "domain"),
				articles: whole(r, "articles")}
			h.place = placeOf(h.id)
			if p.Label != "" && h.label != p.Label || p.NodeLevel != "" && h.level != p.NodeLevel || p.Domain != "" && h.domain != p.Domain || !where.holds(h.place) {
				return nil
			}
			given, _ := r["keys"].([]any)
			for _, k := range given {
				k, _ := k.(string)
				h.keys = append(h.keys, k)
			}
			hits = append(hits, h)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if p.Label != "" && p.Label != article || p.NodeLevel != "" || p.Domain != "" {
		return hits, nil
	}
	var found []*hit
	byID := map[string]*hit{}
	err = foundArticlesTwin.each(ctx, s, words, func(r graph.Row) error {
		h := &hit{id: str(r, "id"), label: article, name: str(r, "title"), place: str(r, "home"), outlet: str(r, "outlet"), published: str(r, "published"), articles: 1}
		if p.Outlet != "" && h.outlet != p.Outlet || (p.Since != "" || p.Until != "") && !within(intervalOf(h.published), p.Since, p.Until) {
			return nil
		}
		h.keys = []string{h.name}
		found, byID[h.id] = append(found, h), h
		return nil
	})
	if err != nil {
		return nil, err
	}
	if where == nil && !places {
		return append(hits, found...), nil
	}
	err = foundPlacesTwin.each(ctx, s, words, func(r graph.Row) error {
		if h := byID[str(r, "id")]; h != nil {
			given, _ := r["places"].([]any)
			for _, id := range given {
				id, _ := id.(string)
				h.places = append(h.places, id)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, h := range found {
		if h.place != "" && !slices.Contains(h.places, h.place) {
			h.places = append(h.places, h.place)
		}
		if where == nil || slices.ContainsFunc(h.places, where.holds) {
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// matchOf says how the phrases are found in a node.
func matchOf(phrases [][]rune, h *hit) string {
	keys := make([]string, len(h.keys))
	for i, k := range h.keys {
		keys[i] = string(script.ForSearch(k).Runes)
	}
	all := ""
	for _, p := range phrases {
		phrase := string(p)
		if !slices.ContainsFunc(keys, func(k string) bool { return strings.Contains(k, phrase) }) {
			return "text"
		}
		all += phrase
	}
	first := string(phrases[0])
	switch {
	case string(script.ForSearch(h.name).Runes) == all:
		return "name"
	case slices.Contains(keys, all):
		return "alias"
	case slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, first) }):
		return "start"
	}
	return "part"
}

// quotes are the marks that keep a phrase with spaces together.
var quotes = map[rune]rune{'"': '"', '“': '”', '「': '」', '『': '』', '＂': '＂', '«': '»'}

// phrasesOf splits what is looked for at its spaces, but for those between
// quotation marks, and folds the parts. Marks alone are no phrase.
func phrasesOf(q string) ([][]rune, error) {
	var out [][]rune
	var word []rune
	end := func() {
		if p := script.Phrase(string(word)); len(p) > 0 {
			out = append(out, p)
		}
		word = word[:0]
	}
	runes := []rune(q)
	for i := 0; i < len(runes); i++ {
		if closing, ok := quotes[runes[i]]; ok {
			if n := slices.Index(runes[i+1:], closing); n >= 0 {
				word = append(word, runes[i+1:i+1+n]...)
				i += n + 1
				continue
			}
		}
		if strings.TrimSpace(string(runes[i])) == "" {
			end()
			continue
		}
		word = append(word, runes[i])
	}
	end()
	if len(out) == 0 {
		return nil, invalid("q", "%q holds nothing to look for but spaces, quotation marks or brackets", q)
	}
	return out, nil
}
