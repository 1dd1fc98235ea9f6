package server

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
)

// cors lets pages of the sites in the settings read answers in a browser, and
// answers what a browser asks beforehand. Cookies play no part: a page that may
// write sends a token.
func (s *server) cors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if len(s.cfg.CORSOrigins) == 0 {
			return next(c)
		}
		h := c.Response().Header()
		h.Add(echo.HeaderVary, echo.HeaderOrigin)
		origin := c.Request().Header.Get(echo.HeaderOrigin)
		if origin == "" || !slices.Contains(s.cfg.CORSOrigins, "*") && !slices.Contains(s.cfg.CORSOrigins, origin) {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowOrigin, origin)
		h.Set(echo.HeaderAccessControlExposeHeaders, "ETag, Link, Location, Retry-After, X-Request-Id, X-Revision, X-Truncated")
		if c.Request().Method == http.MethodOptions && c.Request().Header.Get(echo.HeaderAccessControlRequestMethod) != "" {
			h.Set(echo.HeaderAccessControlAllowMethods, "GET, HEAD, POST, DELETE")
			h.Set(echo.HeaderAccessControlAllowHeaders, "Authorization, Content-Type, If-None-Match, X-Request-Id")
			h.Set(echo.HeaderAccessControlMaxAge, "3600")
			return c.NoContent(http.StatusNoContent)
		}
		return next(c)
	}
}
