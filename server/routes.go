package server

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"reformgraph/graph"
)

// route is one entry of the server's list. A query parameter that params does
// not name is refused; a nil params stands for those that openapi.yaml has.
type route struct {
	method, path string
	guard        echo.MiddlewareFunc // who may ask; comes before all else
	handle       echo.HandlerFunc
	params       []string
}

// api is where the versioned routes begin.
const api = "/api/v1"

func (s *server) routes() []route {
	open := func(path string, handle echo.HandlerFunc) route {
		return route{http.MethodGet, path, everybody, s.bounded(handle), []string{}}
	}
	get := func(path string, handle echo.HandlerFunc, params []string) route {
		return route{http.MethodGet, path, s.readable, s.bounded(s.zipped(s.conditional(handle))), params}
	}
	routes := []route{
		open("/healthz", s.alive),
		open("/readyz", s.ready),
		get("/", s.index, []string{}),
		get("/about", s.about, []string{}),
		get("/docs", s.docs, []string{}),
		get("/openapi.yaml", s.openapi, []string{}),
		{http.MethodGet, "/metrics", s.readable, s.meter.answer(), []string{}},
		get(api+"/queries", s.catalogue, []string{}),
		get(api+"/queries/:name", s.query, nil),
		get(api+"/graph", s.graph, []string{"format"}),
		get(api+"/changes", s.changes, []string{"since", "limit", "cursor"}),
		{http.MethodPost, api + "/articles", s.authorized, s.load, []string{"dry_run"}},
		{http.MethodDelete, api + "/articles/*", s.authorized, s.bounded(s.forget), []string{}},
	}
	for _, language := range []string{"cypher", "sql"} {
		routes = append(routes, route{http.MethodPost, api + "/" + language, s.mayAsk, s.bounded(s.zipped(s.ask(language))), []string{"format", "bom"}})
	}
	for _, c := range collections {
		routes = append(routes,
			get(api+"/"+c.name, s.list(c.label), []string{"limit", "cursor", "format", "bom"}),
			get(api+"/"+c.name+"/*", s.node(c), []string{}))
	}
	return routes
}

// everybody guards what is open to all.
func everybody(next echo.HandlerFunc) echo.HandlerFunc { return next }

// collection is the name under which the nodes of a label are resources.
type collection struct {
	name  string
	label graph.Label
}

var collections = []collection{
	{"articles", graph.LabelArticle}, {"places", graph.LabelPlace}, {"initiatives", graph.LabelInitiative},
	{"experiences", graph.LabelExperience}, {"pilots", graph.LabelPilot}, {"leaders", graph.LabelLeader},
	{"organizations", graph.LabelOrganization}, {"recognitions", graph.LabelRecognition},
	{"documents", graph.LabelDocument}, {"figures", graph.LabelFigure},
}

// checked refuses parameters that the route does not know, repeated ones, and
// values that openapi.yaml does not allow.
func (s *server) checked(r route) echo.HandlerFunc {
	return r.guard(func(c echo.Context) error {
		values, err := url.ParseQuery(c.Request().URL.RawQuery)
		if err != nil {
			return badRequest("", "the query string is not well formed: %v", err)
		}
		op := s.describes(r, c)
		if op == nil {
			return r.handle(c) // a query that there is not: its handler says so
		}
		known := r.params
		if known == nil {
			for _, p := range op.Parameters {
				known = append(known, p.Value.Name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if !slices.Contains(known, name) {
				return badRequest(name, "is not a parameter of %s: it takes %s", specPath(r.path, c.Param("name")), orNone(known))
			}
			if len(values[name]) > 1 {
				return badRequest(name, "is given %d times", len(values[name]))
			}
		}
		if err := validated(op, values); err != nil {
			return err
		}
		return r.handle(c)
	})
}

func orNone(params []string) string {
	if len(params) == 0 {
		return "none"
	}
	return strings.Join(params, ", ")
}
