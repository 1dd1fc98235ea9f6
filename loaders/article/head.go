package article

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"reformgraph/graph/script"
)

// pageHead is what the head of a page, and microdata in it, says of the article. The first value of a name counts.
type pageHead struct {
	meta      map[string]string // by lower-case name, property or itemprop
	title     string
	canonical string
}

func headOf(root *html.Node) pageHead {
	h := pageHead{meta: map[string]string{}}
	h.walk(root)
	return h
}

func (h *pageHead) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Title:
			if h.title == "" && n.FirstChild != nil && n.Parent != nil && n.Parent.DataAtom == atom.Head {
				h.title = n.FirstChild.Data
			}
		case atom.Meta:
			for _, key := range []string{"name", "property", "itemprop"} {
				if name := strings.ToLower(attr(n, key)); name != "" {
					h.set(name, attr(n, "content"))
				}
			}
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && h.canonical == "" {
				h.canonical = attr(n, "href")
			}
		case atom.Script:
			if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
				h.linkedData(n.FirstChild.Data)
			}
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.walk(c)
	}
}

func (h *pageHead) set(name, value string) {
	if value = oneLine(value); value != "" && h.meta[name] == "" {
		h.meta[name] = value
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// linkedData takes headline and date from a schema.org article.
func (h *pageHead) linkedData(s string) {
	var ld struct {
		Type      any    `json:"@type"`
		Headline  string `json:"headline"`
		Published string `json:"datePublished"`
	}
	if json.Unmarshal([]byte(s), &ld) != nil {
		return
	}
	if t, _ := ld.Type.(string); strings.HasSuffix(t, "Article") {
		h.set("ld:headline", ld.Headline)
		h.set("ld:published", ld.Published)
	}
}

// Names under which pages give a field, the most exact first. ArticleTitle, PubDate, ContentSource, Author and SiteName are those of
// the State Council's guide for government sites (政府网站发展指引, 2017); og: and article: are Open Graph.
var (
	titleNames     = []string{"articletitle", "ld:headline", "og:title", "dc.title"}
	publishedNames = []string{"pubdate", "ld:published", "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate", "publish_time", "dc.date"}
	outletNames    = []string{"contentsource", "source", "mediaid", "og:site_name", "sitename"}
	authorNames    = []string{"author", "article:author", "dc.creator"}
)

var (
	sourceWord = regexp.MustCompile(`^(?:来源|來源|稿源)\s*[:：]\s*`)
)

// metadata gives what can be taken as given. What is odd (a date that is none, an author that is a site) is left to be found in the text.
func (h pageHead) metadata(text string) metadata {
	var m metadata
	m.title = titleOf(h.first(titleNames), text)
	if m.title == "" { // these two name the article whatever the text shows
		m.title = h.first(titleNames[:2])
	}
	if t := titleOf(h.title, text); strings.HasPrefix(t, m.title) { // a straight quote cuts an attribute short
		m.title = t
	}
	for _, name := range publishedNames {
		if _, _, ok := ParseDate(h.meta[name]); ok {
			m.published = h.meta[name]
			break
		}
	}
	for _, name := range outletNames {
		v := sourceWord.ReplaceAllString(h.meta[name], "")
		if i := strings.IndexAny(v, " -—|_"); i > 0 { // the channel behind the site
			v = v[:i]
		}
		if n := utf8.RuneCountInString(v); n >= 2 && n <= 30 && strings.IndexFunc(v, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
			m.outlet = v
			break
		}
	}
	for _, name := range authorNames {
		for _, a := range strings.FieldsFunc(h.meta[name], func(r rune) bool { return strings.ContainsRune("、,，;；/ ", r) }) {
			if PersonName(script.Simplify(a)) { // pages also put the site or an account there
				m.authors = append(m.authors, a)
			}
		}
		if m.authors != nil {
			break
		}
	}
	for _, v := range []string{h.canonical, h.meta["og:url"]} {
		if u, err := url.Parse(v); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && strings.Trim(u.Path, "/") != "" {
			m.url = v
			break
		}
	}
	return m
}

func (h pageHead) first(names []string) string {
	for _, n := range names {
		if v := h.meta[n]; v != "" {
			return v
		}
	}
	return ""
}
