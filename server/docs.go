package server

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"reformgraph/queries"
	"reformgraph/server/openapi"
)

//go:embed docs.html
var docsHTML string

var docsPage = template.Must(template.New("docs").Parse(docsHTML))

// documented is one operation as the page shows it.
type documented struct {
	*openapi.Operation
	Example string // path of a call that works; "" if there is none
}

// docs shows the description as a page, which asks for nothing from elsewhere.
func (s *server) docs(c echo.Context) error {
	var b bytes.Buffer
	err := docsPage.Execute(&b, struct {
		Title, Description string
		Operations         []documented
	}{s.spec.Title, s.spec.Description, s.operations()})
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
	for _, op := range s.spec.Operations {
		paths = append(paths, op.Path)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
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
			op := s.spec.Operation(method, path)
			if op == nil {
				continue
			}
			d := documented{Operation: op}
			if method == http.MethodGet {
				d.Example = examples[path]
				if d.Example == "" && !slices.ContainsFunc(op.Params, func(p openapi.Param) bool { return p.Required }) && !strings.Contains(path, "{") {
					d.Example = path
				}
			}
			out = append(out, d)
		}
	}
	return out
}

// openapi answers the description.
func (s *server) openapi(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml", openapi.YAML)
}
