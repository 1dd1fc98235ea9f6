package server

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"reformgraph/queries"
	"reformgraph/queries/export"
)

// contentTypes are the formats of answers over HTTP, beside those of graphs.
var contentTypes = map[string]string{
	"json":   "application/json",
	"csv":    "text/csv; charset=utf-8; header=present",
	"ndjson": "application/x-ndjson",
}

// representation is the form of an answer.
type representation struct {
	format string
	bom    bool // CSV begins with a byte-order mark
}

// representationOf reads the parameters format and bom, which openapi.yaml has
// checked.
func representationOf(values url.Values) representation {
	format := cmp.Or(values.Get("format"), "json")
	return representation{format, format == "csv" && values.Get("bom") == "true"}
}

// start sets the type of the answer and begins CSV with its mark if it has one.
func (r representation) start(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderContentType, cmp.Or(contentTypes[r.format], export.ContentTypes[r.format]))
	if !r.bom {
		return nil
	}
	_, err := io.WriteString(c.Response(), queries.BOM)
	return err
}

// described is a query as the catalogue shows it.
type described struct {
	Name        string           `json:"name"`
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Params      []queries.Param  `json:"params"`
	Columns     []queries.Column `json:"columns"`
	Example     string           `json:"example"`
}

func (s *server) catalogue(c echo.Context) error {
	out := []described{}
	for _, q := range queries.Catalogue() {
		out = append(out, described{q.Name, q.Title, q.Description, q.Params, q.Columns, queryPath(q.Name, q.Example)})
	}
	return writeJSON(c, http.StatusOK, map[string]any{"queries": out})
}

// queryPath is the path of a question.
func queryPath(name string, params url.Values) string {
	return api + "/queries/" + name + "?" + params.Encode()
}

// query answers a named query. Truncation shows in json as truncated and next; in
// the other formats in the header fields of the answer, and in graphs in the file.
func (s *server) query(c echo.Context) error {
	name, err := url.PathUnescape(c.Param("name"))
	if err != nil {
		return badRequest("name", "is not well encoded")
	}
	values := c.QueryParams()
	form := representationOf(values)
	values.Del("format")
	values.Del("bom")
	a, err := queries.Run(c.Request().Context(), s.watched, name, values)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", s.tag(c.Request(), a.Revision))
	h.Set("X-Revision", a.Revision)
	if a.Truncated {
		next := c.QueryParams()
		next.Set("cursor", a.Next)
		if form.format != "json" {
			next.Set("format", form.format)
		}
		if form.bom {
			next.Set("bom", "true")
		}
		h.Set("X-Truncated", "true")
		h.Set("Link", "<"+queryPath(name, next)+`>; rel="next"`)
	}
	if export.ContentTypes[form.format] != "" {
		g, err := a.Graph(c.Request().Context(), s.store)
		if err != nil {
			return err
		}
		if err := form.start(c); err != nil {
			return err
		}
		return export.Answer(a, g, c.Response(), form.format)
	}
	if err := form.start(c); err != nil {
		return err
	}
	return a.Write(c.Response(), form.format)
}

// writeJSON writes a body without HTML escaping.
func writeJSON(c echo.Context, status int, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	return c.Blob(status, contentTypes["json"], b.Bytes())
}
