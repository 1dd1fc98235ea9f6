package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"reformgraph/graph"
	"reformgraph/queries"
)

// rights and how to cite are the same for every graph.
const (
	rightsFull   = "Rights in the articles stay with their publishers; claims quote them, and link to them, as sources. Ask the publisher before you republish a text."
	rightsQuotes = "Rights in the articles stay with their publishers. This server shows of a text only what claims quote, with the link to the article."
)

// about says what is served.
func (s *server) about(c echo.Context) error {
	info, err := s.store.Info(c.Request().Context())
	if err != nil {
		return err
	}
	e, err := s.extent(c.Request().Context(), info)
	if err != nil {
		return err
	}
	rights := rightsFull
	if s.cfg.PublishText == PublishQuotes {
		rights = rightsQuotes
	}
	return writeJSON(c, http.StatusOK, struct {
		Name           string         `json:"name"`
		Version        string         `json:"version"`
		Revision       string         `json:"revision"`
		Edition        *string        `json:"edition"`
		Engine         string         `json:"engine"`
		Articles       int            `json:"articles"`
		PublishedFrom  *string        `json:"published_from"`
		PublishedUntil *string        `json:"published_until"`
		Nodes          map[string]int `json:"nodes"`
		Claims         map[string]int `json:"claims"`
		PublishText    string         `json:"publish_text"`
		Rights         string         `json:"rights"`
		Citation       string         `json:"citation"`
	}{"reformgraph", s.cfg.Version, e.Revision, nullable(info.Edition), info.Engine, e.Nodes[string(graph.LabelArticle)],
		nullable(e.First), nullable(e.Last), e.Nodes, e.Claims, s.cfg.PublishText, rights, s.citation(info, e)})
}

// citation names the state of the graph, so that who reads a paper can ask for the
// same one.
func (s *server) citation(info graph.Info, e *queries.Extent) string {
	c := fmt.Sprintf("reformgraph %s: a knowledge graph of local reform in Chinese cities. Revision %s", s.cfg.Version, e.Revision)
	if info.Edition != "" {
		c += ", edition " + info.Edition
	}
	c += fmt.Sprintf("; %d articles", e.Nodes[string(graph.LabelArticle)])
	if e.First != "" {
		c += fmt.Sprintf(", published %s to %s", e.First, e.Last)
	}
	return c + ". Cite a finding with the claim's id, and its article with title, outlet and date."
}

// extent counts the graph once a revision.
func (s *server) extent(ctx context.Context, info graph.Info) (*queries.Extent, error) {
	if e := s.counted.Load(); e != nil && e.Revision == queries.Revision(info) {
		return e, nil
	}
	e, err := queries.ExtentOf(ctx, s.store)
	if err != nil {
		return nil, err
	}
	s.counted.Store(e)
	return e, nil
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
	top, err := queries.Run(c.Request().Context(), s.watched, "experiences", url.Values{"limit": {"1"}})
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
	line(api+"/graph?format=gexf", "the whole graph for programs that show networks, also as format=graphml")
	for _, col := range collections {
		line(api+"/"+col.name, "all "+col.name)
	}
	line("/about", "revision, edition and size of the graph, rights, and how to cite it")
	line("/docs", "every route with its parameters; for programs: /openapi.yaml")
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(b.String()))
}
