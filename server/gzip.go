package server

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // errs only for a level out of range
	return z
}}

// zipped compresses a good answer for clients that take it.
func (s *server) zipped(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
		if !acceptsGzip(c.Request()) || c.Request().Method == http.MethodHead {
			return next(c)
		}
		plain := c.Response().Writer
		w := &zipWriter{ResponseWriter: plain}
		c.Response().Writer = w
		err := next(c)
		c.Response().Writer = plain
		if closeErr := w.close(); err == nil {
			err = closeErr
		}
		return err
	}
}

// acceptsGzip reads Accept-Encoding.
func acceptsGzip(r *http.Request) bool {
	for _, f := range strings.Split(strings.Join(r.Header.Values(echo.HeaderAcceptEncoding), ","), ",") {
		name, rest, _ := strings.Cut(strings.TrimSpace(f), ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		quality, weighed := strings.CutPrefix(strings.ReplaceAll(rest, " ", ""), "q=")
		q, err := strconv.ParseFloat(quality, 64)
		return !weighed || err == nil && q > 0
	}
	return false
}

// zipWriter compresses an answer of status 200 and leaves others as they are.
type zipWriter struct {
	http.ResponseWriter
	zip *gzip.Writer // nil until the header of a 200 was written
}

func (w *zipWriter) WriteHeader(status int) {
	if status == http.StatusOK {
		h := w.Header()
		h.Set(echo.HeaderContentEncoding, "gzip")
		h.Del(echo.HeaderContentLength)
		w.zip = zippers.Get().(*gzip.Writer)
		w.zip.Reset(w.ResponseWriter)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *zipWriter) Write(b []byte) (int, error) {
	if w.zip == nil {
		return w.ResponseWriter.Write(b)
	}
	return w.zip.Write(b)
}

// FlushError hands on what was written so far.
func (w *zipWriter) FlushError() error {
	if w.zip != nil {
		if err := w.zip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap leads http.ResponseController to the connection.
func (w *zipWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *zipWriter) close() error {
	if w.zip == nil {
		return nil
	}
	err := w.zip.Close()
	zippers.Put(w.zip)
	w.zip = nil
	return err
}
