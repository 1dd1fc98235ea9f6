package server

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"reformgraph/graph"
	"reformgraph/queries"
)

// changes says what loads did after a revision.
func (s *server) changes(c echo.Context) error {
	limit, err := limitOf(c)
	if err != nil {
		return err
	}
	changes, err := queries.ChangesSince(c.Request().Context(), s.store, c.QueryParam("since"), c.QueryParam("cursor"), limit)
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, changes)
}

// limitOf reads the parameter limit.
func limitOf(c echo.Context) (int, error) {
	v := c.QueryParam("limit")
	if v == "" {
		return queries.DefaultLimit, nil
	}
	limit, err := strconv.Atoi(v)
	if err != nil { // 1e2 is a whole number to openapi.yaml
		return 0, badRequest("limit", "%q is not a whole number from 1 to %d", v, queries.MaxLimit)
	}
	return limit, nil
}

// forget takes an article out of the graph.
func (s *server) forget(c echo.Context) error {
	id, err := url.PathUnescape(c.Param("*"))
	if err != nil {
		return badRequest("id", "is not well encoded")
	}
	missing := &queries.NotFoundError{Field: "id", Value: id, Reason: "there is no Article of this id"}
	if l, ok := graph.LabelOf(id); !ok || l != graph.LabelArticle {
		return missing
	}
	r, err := s.store.Apply(c.Request().Context(), graph.Batch{Forget: []string{id}})
	if err != nil {
		return err
	}
	a := r.Articles[0]
	if a.Outcome == graph.OutcomeUnknown {
		return missing
	}
	s.meter.loaded.WithLabelValues(string(a.Outcome)).Inc()
	info, err := s.store.Info(c.Request().Context())
	if err != nil {
		return err
	}
	info.Revision = r.Revision
	return writeJSON(c, http.StatusOK, Loaded{Article: id, Outcome: string(a.Outcome), ClaimsRemoved: a.Removed, Revision: queries.Revision(info)}.filled())
}
