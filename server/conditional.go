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
// tag is made of all that the answer follows from: the revision of the graph, the
// program and what it publishes, the URL and the form of the answer. The revision
// is read first: an answer may turn out newer than its tag, never older, and the
// tag of an older revision is never asked about with success.
func (s *server) conditional(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		info, err := s.store.Info(c.Request().Context())
		if err != nil {
			return err
		}
		coding := "identity"
		if acceptsGzip(c.Request()) {
			coding = "gzip"
		}
		r := c.Request()
		sum := sha256.Sum256([]byte(strings.Join([]string{queries.Revision(info), s.cfg.Version, s.cfg.PublishText, r.URL.Path, r.URL.RawQuery, coding}, "\n")))
		tag := `"` + hex.EncodeToString(sum[:16]) + `"`
		h := c.Response().Header()
		h.Set("ETag", tag)
		h.Set(echo.HeaderCacheControl, "no-cache") // may be kept, and is asked about each time
		if len(s.readTokens) > 0 {
			h.Set(echo.HeaderCacheControl, "private, no-cache")
		}
		if matches(r.Header.Values("If-None-Match"), tag) {
			return c.NoContent(http.StatusNotModified)
		}
		return next(c)
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
