package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"reformgraph/queries"
)

// about says what is served.
func (s *server) about(c echo.Context) error {
	info, err := s.store.Info(c.Request().Context())
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, struct {
		Name     string  `json:"name"`
		Version  string  `json:"version"`
		Revision string  `json:"revision"`
		Edition  *string `json:"edition"`
		Engine   string  `json:"engine"`
		Articles int     `json:"articles"`
	}{"reformgraph", s.cfg.Version, queries.Revision(info), nullable(info.Edition), info.Engine, info.Articles})
}

func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// alive says that the process answers.
func (s *server) alive(c echo.Context) error {
	return writeJSON(c, http.StatusOK, map[string]string{"status": "ok"})
}

// ready says that the store answers too.
func (s *server) ready(c echo.Context) error {
	if _, err := s.store.Info(c.Request().Context()); err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, map[string]string{"status": "ready"})
}

// index lists paths worth opening, as text: what the graph holds of the
// experience that spread furthest and of its first adopter, and where to go on.
func (s *server) index(c echo.Context) error {
	top, err := queries.Run(c.Request().Context(), s.store, "experiences", url.Values{"limit": {"1"}})
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "reformgraph %s: which reform experience spread where, when, and how do we know\n\n", s.cfg.Version)
	line := func(path, what string) { fmt.Fprintf(&b, "%s\n    %s\n", path, what) }
	if id, name := top.First("experience"), top.First("experience_name"); id != "" {
		line(queryPath("spread", url.Values{"experience": {id}}), "places that took up "+name+", in order of time, with quotes")
		line(queryPath("evidence", url.Values{"node": {id}, "order": {"date"}}), "every claim about it as a timeline")
	}
	if id, name := top.First("first_place"), top.First("first_place_name"); id != "" {
		line(queryPath("city", url.Values{"place": {id}}), "what is known of "+name)
	}
	line(api+"/queries/experiences", "all experiences, the widest spread first")
	line(api+"/queries", "all queries with parameters, columns and an example; each also as format=csv and format=ndjson")
	for _, col := range collections {
		line(api+"/"+col.name, "all "+col.name)
	}
	line("/about", "revision, edition and size of the graph")
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(b.String()))
}
