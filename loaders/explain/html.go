package explain

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"reformgraph/graph"
	"reformgraph/loaders/extract"
)

//go:embed page.tmpl
var page string

var templates = template.Must(template.New("page").Funcs(template.FuncMap{
	// within hands a template the article's number beside its data: ids are unique in a page of several articles.
	"within":  func(article int, data any) within { return within{article, data} },
	"percent": func(x float64) string { return fmt.Sprintf("%.2f", x) },
	"lang": func(a graph.Article) string {
		if a.Script == "traditional" {
			return "zh-Hant"
		}
		return "zh-Hans"
	},
}).Parse(page))

type within struct {
	A int
	X any
}

// HTML writes a page that shows how articles were read. The page is complete in
// itself: it loads nothing and runs nothing.
type HTML struct {
	w io.Writer
	n int
}

// NewHTML begins a page. Close completes it.
func NewHTML(w io.Writer) (*HTML, error) {
	return &HTML{w: w}, templates.ExecuteTemplate(w, "head", types())
}

// Article adds an article.
func (h *HTML) Article(t extract.Trace) error {
	h.n++
	return templates.ExecuteTemplate(h.w, "article", within{h.n, look(t)})
}

// Close completes the page.
func (h *HTML) Close() error { return templates.ExecuteTemplate(h.w, "foot", h.n) }
