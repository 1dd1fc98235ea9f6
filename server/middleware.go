package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// requestIDs are those of a client or proxy that are taken over.
var requestIDs = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// identify gives each request an id, the client's own if it is a sane one, and
// shows it in the answer.
func (s *server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !requestIDs.MatchString(id) {
			b := make([]byte, 8)
			rand.Read(b)
			id = hex.EncodeToString(b)
		}
		h := c.Response().Header()
		h.Set(echo.HeaderXRequestID, id)
		h.Set("X-Content-Type-Options", "nosniff")
		return next(c)
	}
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// logged answers an error and writes one record for each request, with the cause
// of an error that the client is not told.
func (s *server) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		level := slog.LevelInfo
		attrs := []slog.Attr{
			slog.String("request_id", requestID(c)), slog.String("method", c.Request().Method), slog.String("uri", c.Request().RequestURI),
			slog.Int("status", c.Response().Status), slog.Int64("bytes", c.Response().Size),
			slog.Duration("duration", time.Since(start)), slog.String("client", c.RealIP()),
		}
		if err != nil {
			attrs = append(attrs, slog.String("error", err.Error()))
			if c.Response().Status >= 500 && c.Request().Context().Err() != context.Canceled {
				level = slog.LevelError
			}
		}
		s.cfg.Log.LogAttrs(c.Request().Context(), level, "request", attrs...)
		return nil
	}
}

// recovered turns a panic into an error, so that it is answered and logged as one.
func (s *server) recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if r == http.ErrAbortHandler {
					panic(r)
				}
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return next(c)
	}
}

// bounded ends the work for a request after the time that it may take.
func (s *server) bounded(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), s.cfg.RequestTimeout)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// authorized lets through who shows a token that may write.
func (s *server) authorized(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !shows(c.Request(), s.tokens) {
			return &requestError{http.StatusUnauthorized, "", "a token that may write is needed: send Authorization: Bearer TOKEN"}
		}
		return next(c)
	}
}

// readable lets through everybody, or, if the settings name tokens for reading,
// who shows one of these or one that may write.
func (s *server) readable(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if len(s.readTokens) > 0 && !shows(c.Request(), slices.Concat(s.readTokens, s.tokens)) {
			return &requestError{http.StatusUnauthorized, "", "a token that may read is needed: send Authorization: Bearer TOKEN"}
		}
		return next(c)
	}
}

// shows compares the hash of the request's token with all that are known, in a
// time that does not depend on which of them it is.
func shows(r *http.Request, tokens [][]byte) bool {
	scheme, token, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return false
	}
	sum := sha256.Sum256([]byte(token))
	ok := 0
	for _, t := range tokens {
		ok |= subtle.ConstantTimeCompare(t, sum[:])
	}
	return ok == 1
}
