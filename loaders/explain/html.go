package explain

import (
	"bufio"
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
	w *bufio.Writer
	n int
}

// NewHTML begins a page. Close completes it.
func NewHTML(w io.Writer) (*HTML, error) {
	h := &HTML{w: bufio.NewWriter(w)}
	return h, h.write("head", types())
}

// Article adds an article.
func (h *HTML) Article(t extract.Trace) error {
	h.n++
	return h.write("article", within{h.n, look(t)})
}

// Close completes the page.
func (h *HTML) Close() error { return h.write("foot", h.n) }

func (h *HTML) write(name string, data any) error {
	if err := templates.ExecuteTemplate(h.w, name, data); err != nil {
		return err
	}
	return h.w.Flush()
}
