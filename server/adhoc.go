package server

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"reformgraph/graph"
	"reformgraph/queries"
)

// What Config.Adhoc may be.
const (
	AdhocOpen  = "open"  // who may read may ask in Cypher or SQL
	AdhocToken = "token" // only who shows a token may
	AdhocOff   = "off"   // nobody may
)

// adhocLimits bound the answer to a statement of a client.
var adhocLimits = graph.Limits{Time: 5 * time.Second, Rows: 10000, Bytes: 8 << 20}

// statementLimit is the largest body with a statement, in bytes.
const statementLimit = 256 << 10

// statementBody is what a client sends.
type statementBody struct {
	Statement string         `json:"statement"`
	Params    map[string]any `json:"params"`
}

// tableAnswer is an answer in JSON.
type tableAnswer struct {
	Revision  string   `json:"revision"`
	Truncated bool     `json:"truncated"`
	Limit     string   `json:"limit"` // of a truncated answer, the limit that it broke: rows or bytes
	Columns   []string `json:"columns"`
	Rows      [][]any  `json:"rows"`
}

// mayAsk guards the statements of clients.
func (s *server) mayAsk(next echo.HandlerFunc) echo.HandlerFunc {
	return s.readable(func(c echo.Context) error {
		if s.cfg.Adhoc == AdhocToken && !shows(c.Request(), s.tokens) && !shows(c.Request(), s.readTokens) {
			return &requestError{http.StatusUnauthorized, "", "a token is needed to ask in Cypher or SQL: send Authorization: Bearer TOKEN"}
		}
		return next(c)
	})
}

// ask answers a statement in a language, if that is the store's.
func (s *server) ask(language string) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.cfg.Adhoc == AdhocOff {
			return &requestError{http.StatusNotImplemented, "", "this server is set not to answer statements: ask a named query, see " + api + "/queries"}
		}
		if s.cfg.PublishText == PublishQuotes {
			return &requestError{http.StatusNotImplemented, "", "this server does not publish the texts of articles, and so answers no statements: ask a named query, see " + api + "/queries"}
		}
		console, ok := graph.Unwrap(s.store).(graph.Console)
		if !ok {
			return &requestError{http.StatusNotImplemented, "", "this store answers no statements"}
		}
		if l := console.Language(); l != language {
			return &requestError{http.StatusNotImplemented, "", fmt.Sprintf("the store of this server does not speak %s: send %s to %s/%s", language, l, api, l)}
		}
		form := representationOf(c.QueryParams())
		body, err := s.readStatement(c)
		if err != nil {
			return err
		}
		ctx := c.Request().Context()
		info, err := s.store.Info(ctx)
		if err != nil {
			return err
		}
		table, err := console.Ask(ctx, body.Statement, body.Params, adhocLimits)
		var refused *graph.RefusedError
		switch {
		case errors.As(err, &refused):
			return &requestError{http.StatusForbidden, "statement", "is refused: " + refused.Rule}
		case errors.Is(err, graph.ErrLimit):
			return &requestError{http.StatusUnprocessableEntity, "statement",
				fmt.Sprintf("takes more than %s or more memory than it may: ask for less", adhocLimits.Time)}
		case errors.Is(err, graph.ErrBusy):
			return &requestError{http.StatusServiceUnavailable, "", "as many statements as may run at once are running: try again"}
		case err != nil:
			return err
		}
		h := c.Response().Header()
		h.Set("X-Revision", queries.Revision(info))
		if table.Cut != "" {
			h.Set("X-Truncated", "true")
		}
		if err := form.start(c); err != nil {
			return err
		}
		return writeTable(c.Response(), form.format, queries.Revision(info), table)
	}
}

// readStatement reads the body of a request.
func (s *server) readStatement(c echo.Context) (b statementBody, err error) {
	if t, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType)); err != nil || t != "application/json" {
		return b, &requestError{http.StatusUnsupportedMediaType, "Content-Type", `must be application/json: {"statement": "…", "params": {…}}`}
	}
	raw, err := readBody(c, statementLimit)
	if err != nil {
		return b, err
	}
	if err := s.spec.Operation(http.MethodPost, c.Path()).CheckBody(raw); err != nil {
		return b, err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&b); err != nil {
		return b, badRequest("body", "%v", err)
	}
	for k, v := range b.Params {
		if b.Params[k], err = graph.Plain(v); err != nil {
			return b, badRequest("params."+k, "holds a number that is too large")
		}
	}
	return b, nil
}

// writeTable writes an answer: json, the whole object; ndjson, a row a line as an
// object, the last line of a truncated answer being {"truncated": true}; csv, a
// header and the rows, lists and maps as JSON.
func writeTable(w io.Writer, format, revision string, t graph.Table) error {
	b := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	var err error
	switch format {
	case "json":
		a := tableAnswer{revision, t.Cut != "", t.Cut, t.Columns, t.Rows}
		if a.Columns == nil {
			a.Columns = []string{}
		}
		if a.Rows == nil {
			a.Rows = [][]any{}
		}
		err = enc.Encode(a)
	case "ndjson":
		for _, row := range t.Rows {
			object := make(map[string]any, len(row))
			for i, v := range row {
				object[t.Columns[i]] = v
			}
			if err = enc.Encode(object); err != nil {
				return err
			}
		}
		if t.Cut != "" {
			err = enc.Encode(map[string]any{"truncated": true, "limit": t.Cut})
		}
	case "csv":
		out := csv.NewWriter(b)
		header := make([]string, len(t.Columns))
		for i, c := range t.Columns {
			header[i] = queries.Inert(c)
		}
		out.Write(header)
		for _, row := range t.Rows {
			cells := make([]string, len(row))
			for i, v := range row {
				cells[i] = queries.Inert(tableCell(v))
			}
			out.Write(cells)
		}
		out.Flush()
		err = out.Error()
	}
	return errors.Join(err, b.Flush())
}

func tableCell(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case []any, map[string]any:
		return string(graph.CanonicalJSON(x))
	case string:
		return x
	}
	b, _ := json.Marshal(v)
	return string(b)
}
