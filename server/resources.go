package server

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"reformgraph/graph"
	"reformgraph/queries"
)

// list answers one page of the nodes of a label.
func (s *server) list(l graph.Label) echo.HandlerFunc {
	return func(c echo.Context) error {
		form := representationOf(c.QueryParams())
		limit, err := limitOf(c)
		if err != nil {
			return err
		}
		nodes, next, err := queries.List(c.Request().Context(), s.store, l, limit, c.QueryParam("cursor"))
		if err != nil {
			return err
		}
		if form.format == "json" {
			return writeJSON(c, http.StatusOK, map[string]any{"items": nodes, "next": next})
		}
		h := c.Response().Header()
		if next != "" {
			values := c.QueryParams()
			values.Set("cursor", next)
			h.Set("X-Truncated", "true")
			h.Set("Link", "<"+c.Request().URL.EscapedPath()+"?"+values.Encode()+`>; rel="next"`)
		}
		if err := form.start(c); err != nil {
			return err
		}
		if form.format == "csv" {
			return writeNodesCSV(c, l, nodes)
		}
		enc := json.NewEncoder(c.Response())
		enc.SetEscapeHTML(false)
		for _, n := range nodes {
			if err := enc.Encode(n); err != nil {
				return err
			}
		}
		return nil
	}
}

// writeNodesCSV writes nodes as rows; lists stand as JSON in their cell.
func writeNodesCSV(c echo.Context, l graph.Label, nodes []queries.Node) error {
	w := csv.NewWriter(c.Response())
	w.Write(append([]string{"id", "labels", "name", "aliases"}, queries.Attributes(l)...))
	for _, n := range nodes {
		cells := []string{n.ID, string(graph.CanonicalJSON(n.Labels)), n.Name, string(graph.CanonicalJSON(n.Aliases))}
		for _, a := range n.Attributes {
			switch v := a.Value.(type) {
			case nil:
				cells = append(cells, "")
			case []any:
				cells = append(cells, string(graph.CanonicalJSON(v)))
			default:
				cells = append(cells, fmt.Sprint(v))
			}
		}
		for i, cell := range cells {
			cells[i] = queries.Inert(cell)
		}
		w.Write(cells)
	}
	w.Flush()
	return w.Error()
}

// node answers one node. Its id is the rest of the path, percent-encoded; slashes
// and colons in it may stand as they are.
func (s *server) node(col collection) echo.HandlerFunc {
	prefix := api + "/" + col.name + "/"
	return func(c echo.Context) error {
		id, err := url.PathUnescape(strings.TrimPrefix(c.Request().URL.EscapedPath(), prefix))
		if err != nil {
			return badRequest("id", "is not well encoded")
		}
		n, err := queries.Get(c.Request().Context(), s.watched, col.label, id)
		if err != nil {
			return err
		}
		return writeJSON(c, http.StatusOK, n)
	}
}
