package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

// Ingester reads and loads the articles of a request for the server. An article is
// a JSON object with the members id, title, outlet, url, published, authors, home
// and text. Both methods call each once for every article, in order, with its error
// if it has one: a *graph.InvalidError naming the member, for an article that
// cannot be read; the error with which it was sent; or why it alone was refused.
// They return an error when they end before the last article: that of the store, or
// the context's.
type Ingester interface {
	// Extract gives the JSON of each article's extraction. Nothing is stored.
	Extract(ctx context.Context, articles iter.Seq[Sent], each func(json.RawMessage, error)) error
	// Load writes articles to the store, in batches of those that are at hand.
	Load(ctx context.Context, articles iter.Seq[Sent], each func(Loaded, error)) error
}

// Sent is an article as a client sent it. One without Article and Err stands for a
// pause: the next one may be long in coming, so those before it should be done with.
type Sent struct {
	Line    int // of the request, from 1
	Article []byte
	Err     error // why there is no article in the line
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
	body, err := readBody(c, s.cfg.BodyLimit)
	if err != nil {
		return err
	}
	if err := s.spec.Operation(http.MethodPost, api+"/articles").CheckBody(body); err != nil {
		return err
	}
	ctx := c.Request().Context()
	one := func(yield func(Sent) bool) { yield(Sent{Line: 1, Article: body}) }
	if dry {
		var extraction json.RawMessage
		var failed error
		err := s.ingest.Extract(ctx, one, func(x json.RawMessage, err error) { extraction, failed = x, err })
		if err := cmp.Or(err, failed); err != nil {
			return err
		}
		return c.Blob(http.StatusOK, contentTypes["json"], extraction)
	}
	var loaded Loaded
	var failed error
	err = s.ingest.Load(ctx, one, func(l Loaded, err error) { loaded, failed = l, err })
	if err := cmp.Or(err, failed); err != nil {
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

// readBody reads the body of a request, of at most so many bytes.
func readBody(c echo.Context, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, err
	case err != nil:
		return nil, badRequest("body", "could not be read to its end")
	}
	return body, nil
}
