package server

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"reformgraph/queries"
)

// conditional gives an answer its ETag, and spares it when the client has it. The
// revision is read first: an answer may turn out newer than its tag, never older,
// and the tag of an older revision is never asked about with success.
func (s *server) conditional(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		info, err := s.watched.Info(c.Request().Context())
		if err != nil {
			return err
		}
		tag := s.tag(c.Request(), queries.Revision(info))
		h := c.Response().Header()
		h.Set("ETag", tag)
		s.mayBeKept(h)
		if matches(c.Request().Header.Values("If-None-Match"), tag) {
			return c.NoContent(http.StatusNotModified)
		}
		return next(c)
	}
}

// tagging is conditional for a handler that knows the revision of its answer and
// sets the tag itself: the store is asked first only if the client has a tag.
func (s *server) tagging(next echo.HandlerFunc) echo.HandlerFunc {
	compared := s.conditional(next)
	return func(c echo.Context) error {
		if len(c.Request().Header.Values("If-None-Match")) > 0 {
			return compared(c)
		}
		s.mayBeKept(c.Response().Header())
		return next(c)
	}
}

// tag is made of all that an answer follows from: the revision of the graph, the
// program and what it publishes, the URL and the form of the answer.
func (s *server) tag(r *http.Request, revision string) string {
	coding := "identity"
	if acceptsGzip(r) {
		coding = "gzip"
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{revision, s.cfg.Version, s.cfg.PublishText, r.URL.Path, r.URL.RawQuery, coding}, "\n")))
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// mayBeKept lets clients keep an answer and ask about it each time.
func (s *server) mayBeKept(h http.Header) {
	h.Set(echo.HeaderCacheControl, "no-cache")
	if len(s.readTokens) > 0 {
		h.Set(echo.HeaderCacheControl, "private, no-cache")
	}
}

// matches says whether a tag is among those of If-None-Match. A tag that a proxy
// made weak is the same.
func matches(fields []string, tag string) bool {
	for _, f := range strings.Split(strings.Join(fields, ","), ",") {
		if f = strings.TrimSpace(f); f == "*" || strings.TrimPrefix(f, "W/") == tag {
			return true
		}
	}
	return false
}
