package loaders

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"unicode/utf8"

	"reformgraph/graph"
)

// ArticleJSON is an article in the output of `reformgraph extract`.
type ArticleJSON struct {
	ID                 string   `json:"id"`
	TextSHA256         string   `json:"text_sha256"`
	Title              string   `json:"title"`
	Outlet             string   `json:"outlet"`
	URL                string   `json:"url"`
	Published          string   `json:"published"`
	PublishedPrecision string   `json:"published_precision"`
	Authors            []string `json:"authors"`
	Script             string   `json:"script"`
	Home               string   `json:"home"`
	Chars              int      `json:"chars"`
}

// SpanJSON is where a node is mentioned, in code points of the article's text.
type SpanJSON struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// NodeJSON is one article's view of a node.
type NodeJSON struct {
	ID       string      `json:"id"`
	Type     string      `json:"type"`
	Name     string      `json:"name"`
	Aliases  []string    `json:"aliases"`
	Props    graph.Props `json:"props"`
	Mentions []SpanJSON  `json:"mentions"`
}

// ClaimJSON is one claim of an article.
type ClaimJSON struct {
	Subject    string      `json:"subject"`
	Predicate  string      `json:"predicate"`
	Object     string      `json:"object"`
	Quote      string      `json:"quote"`
	Start      int         `json:"start"`
	End        int         `json:"end"`
	Status     string      `json:"status"`
	Confidence float64     `json:"confidence"`
	Rule       string      `json:"rule"`
	Props      graph.Props `json:"props"`
}

// UnresolvedJSON is a mention that could not be tied to a node.
type UnresolvedJSON struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Why   string `json:"why"`
}

// FactsJSON is one article with everything it says, as printed.
type FactsJSON struct {
	Article    ArticleJSON      `json:"article"`
	Nodes      []NodeJSON       `json:"nodes"`
	Claims     []ClaimJSON      `json:"claims"`
	Unresolved []UnresolvedJSON `json:"unresolved"`
}

// ToJSON gives completed facts (graph.Facts.Complete) the shape that is printed.
// A place's level stands among its props; places that are only reference data
// are left out.
func ToJSON(f graph.Facts) FactsJSON {
	runes := []rune(f.Article.Text)
	a := f.Article
	out := FactsJSON{
		Article: ArticleJSON{ID: a.ID, TextSHA256: a.TextSHA256(), Title: a.Title, Outlet: a.Outlet, URL: a.URL, Published: a.Published,
			PublishedPrecision: a.PublishedPrecision, Authors: orEmpty(a.Authors), Script: a.Script, Home: a.Home, Chars: utf8.RuneCountInString(a.Text)},
		Nodes: []NodeJSON{}, Claims: []ClaimJSON{}, Unresolved: []UnresolvedJSON{},
	}
	levels := map[string]string{}
	for _, p := range f.Places {
		levels[p.ID] = p.Level
	}
	cut := func(start, end int) string {
		if start < 0 || start > end || end > len(runes) {
			return ""
		}
		return string(runes[start:end])
	}
	for _, m := range f.Mentions {
		label, _ := graph.LabelOf(m.Node)
		n := NodeJSON{ID: m.Node, Type: string(label), Name: m.Name, Aliases: orEmpty(m.Aliases), Props: graph.Props{}, Mentions: []SpanJSON{}}
		for k, v := range m.Props {
			n.Props[k] = v
		}
		if l := levels[m.Node]; l != "" {
			n.Props["level"] = l
		}
		for i, s := range m.Starts {
			n.Mentions = append(n.Mentions, SpanJSON{s, m.Ends[i], cut(s, m.Ends[i])})
		}
		out.Nodes = append(out.Nodes, n)
	}
	for _, c := range f.Claims {
		props := c.Props
		if props == nil {
			props = graph.Props{}
		}
		out.Claims = append(out.Claims, ClaimJSON{c.Subject, string(c.Predicate), c.Object, c.Quote, c.Start, c.End, c.Status, c.Confidence, c.Rule, props})
	}
	slices.SortStableFunc(out.Claims, func(a, b ClaimJSON) int { return a.Start - b.Start })
	for _, u := range f.Unresolved {
		out.Unresolved = append(out.Unresolved, UnresolvedJSON(u))
	}
	return out
}

// WriteJSON writes one line of JSON for the facts of one article. Equal facts
// give equal bytes.
func WriteJSON(w io.Writer, f graph.Facts) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(ToJSON(f)); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
