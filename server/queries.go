package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"reformgraph/queries"
)

// contentTypes are the formats of answers over HTTP.
var contentTypes = map[string]string{
	"json":   "application/json",
	"csv":    "text/csv; charset=utf-8; header=present",
	"ndjson": "application/x-ndjson",
}

// format reads the parameter of that name.
func format(values url.Values) (string, error) {
	f := values.Get("format")
	if f == "" {
		return "json", nil
	}
	if contentTypes[f] == "" {
		return "", badRequest("format", "%q is not one of json, csv, ndjson", f)
	}
	return f, nil
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
// the other formats, which hold rows only, in the header fields of the answer.
func (s *server) query(c echo.Context) error {
	values := c.QueryParams()
	if len(values["format"]) > 1 {
		return badRequest("format", "is given %d times", len(values["format"]))
	}
	f, err := format(values)
	if err != nil {
		return err
	}
	values.Del("format")
	name, err := url.PathUnescape(c.Param("name"))
	if err != nil {
		return badRequest("name", "is not well encoded")
	}
	a, err := queries.Run(c.Request().Context(), s.store, name, values)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("X-Revision", a.Revision)
	if a.Truncated {
		next := c.QueryParams()
		next.Set("cursor", a.Next)
		if f != "json" {
			next.Set("format", f)
		}
		h.Set("X-Truncated", "true")
		h.Set("Link", "<"+queryPath(name, next)+`>; rel="next"`)
	}
	h.Set(echo.HeaderContentType, contentTypes[f])
	return a.Write(c.Response(), f)
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
