package server

import (
	"cmp"
	"net/http"

	"github.com/labstack/echo/v4"

	"reformgraph/queries/export"
)

// graph answers the whole graph. It is sent while it is written; a failure on the
// way breaks the connection, so that no client takes a part for the whole.
func (s *server) graph(c echo.Context) error {
	format := cmp.Or(c.QueryParam("format"), export.Formats()[0])
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, export.ContentTypes[format])
	h.Set(echo.HeaderContentDisposition, `attachment; filename="reformgraph.`+format+`"`)
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	err := export.Whole(c.Request().Context(), s.store, c.Response(), format)
	if err != nil && c.Response().Committed {
		s.cfg.Log.Error("the graph was sent in part", "request_id", requestID(c), "error", err)
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		h.Del(echo.HeaderContentDisposition)
	}
	return err
}
