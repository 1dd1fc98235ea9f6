package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

// Ingester reads and loads articles for the server. An article is a JSON object
// with the members id, title, outlet, url, published, authors, home and text.
//
// Errors: graph.ErrInvalid, as a *graph.InvalidError naming the member, for an
// article that cannot be read; those of graph.Store.Apply.
type Ingester interface {
	// Extract reads an article and returns the JSON of its extraction. Nothing is
	// stored.
	Extract(ctx context.Context, article []byte) (json.RawMessage, error)
	// Load reads an article and writes it to the store.
	Load(ctx context.Context, article []byte) (Loaded, error)
}

// Loaded says what became of an article.
type Loaded struct {
	Article       string   `json:"article"` // its id
	Outcome       string   `json:"outcome"` // new, unchanged, changed, forgotten
	ClaimsAdded   []string `json:"claims_added"`
	ClaimsRemoved []string `json:"claims_removed"`
	Notes         []string `json:"notes"`    // what the sender may want to mend
	Revision      string   `json:"revision"` // STOREID-N after the load
}

// filled has empty lists for those that are nil.
func (l Loaded) filled() Loaded {
	for _, list := range []*[]string{&l.ClaimsAdded, &l.ClaimsRemoved, &l.Notes} {
		if *list == nil {
			*list = []string{}
		}
	}
	return l
}

// load takes one article as JSON, or many as NDJSON.
func (s *server) load(c echo.Context) error {
	dry := c.QueryParam("dry_run") == "true"
	media, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil || media != contentTypes["json"] && media != contentTypes["ndjson"] {
		return &requestError{http.StatusUnsupportedMediaType, "Content-Type",
			"must be application/json: one article as an object, or application/x-ndjson: one a line"}
	}
	if s.ingest == nil {
		return &requestError{http.StatusNotImplemented, "", "this server does not load articles"}
	}
	if media == contentTypes["ndjson"] {
		return s.loadMany(c, dry)
	}
	return s.bounded(func(c echo.Context) error { return s.loadOne(c, dry) })(c)
}

// loadOne takes one article. A new one answers 201 with its place, a known one
// 200; in a dry run the answer is its extraction.
func (s *server) loadOne(c echo.Context, dry bool) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, s.cfg.BodyLimit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case err != nil:
		return badRequest("", "the body could not be read to its end")
	}
	ctx := c.Request().Context()
	if dry {
		extraction, err := s.ingest.Extract(ctx, body)
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, contentTypes["json"], extraction)
	}
	loaded, err := s.ingest.Load(ctx, body)
	if err != nil {
		return err
	}
	s.meter.loaded.WithLabelValues(loaded.Outcome).Inc()
	status := http.StatusOK
	if loaded.Outcome == "new" {
		status = http.StatusCreated
		c.Response().Header().Set(echo.HeaderLocation, api+"/articles/"+url.PathEscape(loaded.Article))
	}
	return writeJSON(c, status, loaded.filled())
}
