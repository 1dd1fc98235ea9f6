package server

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"

	"reformgraph/queries"
)

//go:embed docs.html
var docsHTML string

var docsPage = template.Must(template.New("docs").Parse(docsHTML))

// documented is one operation as the page shows it.
type documented struct {
	Method, Path         string
	Summary, Description string
	Params               []documentedParam
	Example              string // path of a call that works; "" if there is none
}

type documentedParam struct {
	Name, Description, Default string
	Kind                       string // what a value looks like
	Required                   bool
}

// docs shows the description as a page, which asks for nothing from elsewhere.
func (s *server) docs(c echo.Context) error {
	var b bytes.Buffer
	err := docsPage.Execute(&b, struct {
		Title, Description string
		Operations         []documented
	}{s.spec.Info.Title, s.spec.Info.Description, s.operations()})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	return c.HTMLBlob(http.StatusOK, b.Bytes())
}

// operations lists what the description holds: the queries first, in the order of
// their catalogue, then the rest by path.
func (s *server) operations() []documented {
	var paths []string
	for path := range s.spec.Paths.PathItems.KeysFromOldest() {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	var first []string
	examples := map[string]string{}
	for _, q := range queries.Catalogue() {
		path := api + "/queries/" + q.Name
		first = append(first, path)
		examples[path] = queryPath(q.Name, q.Example)
	}
	paths = slices.DeleteFunc(paths, func(p string) bool { return examples[p] != "" })
	var out []documented
	for _, path := range slices.Concat(first, paths) {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
			op := s.spec.operation(method, path)
			if op == nil {
				continue
			}
			d := documented{Method: method, Path: path, Summary: op.Summary, Description: op.Description}
			for _, p := range op.Parameters {
				d.Params = append(d.Params, documentParam(p))
			}
			if method == http.MethodGet {
				d.Example = examples[path]
				if d.Example == "" && !slices.ContainsFunc(d.Params, func(p documentedParam) bool { return p.Required }) {
					d.Example = path
				}
			}
			out = append(out, d)
		}
	}
	return out
}

func documentParam(p *v3.Parameter) documentedParam {
	s := p.Schema.Schema()
	d := documentedParam{Name: p.Name, Description: p.Description, Required: p.Required != nil && *p.Required, Kind: strings.Join(s.Type, ", ")}
	if len(s.Enum) > 0 || s.Minimum != nil || s.Pattern != "" {
		d.Kind = wanted(s)
	}
	if s.Default != nil {
		d.Default = s.Default.Value
	}
	return d
}
