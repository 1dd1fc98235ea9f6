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

// route is one entry of the server's list. openapi.yaml has its parameters.
type route struct {
	method, path string
	guard        echo.MiddlewareFunc // who may ask; comes before all else
	handle       echo.HandlerFunc
}

// api is where the versioned routes begin.
const api = "/api/v1"

func (s *server) routes() []route {
	open := func(path string, handle echo.HandlerFunc) route {
		return route{http.MethodGet, path, everybody, s.bounded(handle)}
	}
	get := func(path string, handle echo.HandlerFunc) route {
		return route{http.MethodGet, path, s.readable, s.bounded(s.zipped(s.conditional(handle)))}
	}
	routes := []route{
		open("/healthz", s.alive),
		open("/readyz", s.ready),
		get("/", s.index),
		get("/about", s.about),
		get("/docs", s.docs),
		get("/openapi.yaml", s.openapi),
		{http.MethodGet, "/metrics", s.readable, s.meter.answer()},
		get(api+"/queries", s.catalogue),
		{http.MethodGet, api + "/queries/:name", s.readable, s.bounded(s.zipped(s.tagging(s.query)))},
		get(api+"/graph", s.graph),
		get(api+"/changes", s.changes),
		{http.MethodPost, api + "/articles", s.authorized, s.load},
		{http.MethodDelete, api + "/articles/*", s.authorized, s.bounded(s.forget)},
	}
	for _, language := range []string{"cypher", "sql"} {
		routes = append(routes, route{http.MethodPost, api + "/" + language, s.mayAsk, s.bounded(s.zipped(s.ask(language)))})
	}
	for _, c := range collections {
		routes = append(routes,
			get(api+"/"+c.name, s.list(c.label)),
			get(api+"/"+c.name+"/*", s.node(c)))
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

// specPath is the path of a route in openapi.yaml, where each query has a path of
// its own.
func specPath(route, query string) string {
	return strings.NewReplacer(":name", query, "*", "{id}").Replace(route)
}

// checked refuses parameters that the route does not have, repeated ones, and
// values that openapi.yaml does not allow.
func (s *server) checked(r route) echo.HandlerFunc {
	return r.guard(func(c echo.Context) error {
		values, err := url.ParseQuery(c.Request().URL.RawQuery)
		if err != nil {
			return badRequest("", "the query string is not well formed: %v", err)
		}
		op := s.spec.Operation(r.method, specPath(r.path, c.Param("name")))
		if op == nil {
			return r.handle(c) // a query that there is not: its handler says so
		}
		known := make([]string, len(op.Params))
		for i, p := range op.Params {
			known[i] = p.Name
		}
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if !slices.Contains(known, name) {
				return badRequest(name, "is not a parameter of %s: it takes %s", op.Path, orNone(known))
			}
			if len(values[name]) > 1 {
				return badRequest(name, "is given %d times", len(values[name]))
			}
		}
		if err := op.CheckQuery(values); err != nil {
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
