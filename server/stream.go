package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// lineOutcome says what became of one line of a request with many articles. It
// is short, claims as counts, since a client that sends everything before it
// reads has only the buffers of the connection for the answer.
type lineOutcome struct {
	Line          int             `json:"line"`              // from 1
	Article       *string         `json:"article"`           // its id; null if it failed, or in a dry run
	Outcome       string          `json:"outcome"`           // new, unchanged, changed, extracted, failed
	ClaimsAdded   int             `json:"claims_added"`      // how many
	ClaimsRemoved int             `json:"claims_removed"`    // how many
	Notes         []string        `json:"notes"`             // what the sender may want to mend
	Revision      *string         `json:"revision"`          // after the load; null if nothing was loaded
	Extraction    json.RawMessage `json:"extraction"`        // in a dry run, else null
	Problem       *problem        `json:"problem,omitempty"` // why it failed
}

// loadMany takes an article a line and answers a line for each, as soon as it is
// stored. One that is wrong does not stop the others; a store that fails does,
// and then the last line says so. Each article has the time of one request.
func (s *server) loadMany(c echo.Context, dry bool) error {
	control := http.NewResponseController(c.Response())
	if err := control.EnableFullDuplex(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	// The deadlines of the whole request give way to one for each line and answer.
	deadline := func() time.Time { return time.Now().Add(s.cfg.WriteTimeout) }
	lines := bufio.NewReaderSize(c.Request().Body, 64<<10)
	enc := json.NewEncoder(c.Response())
	enc.SetEscapeHTML(false)
	started := false
	for n := 1; ; n++ {
		control.SetReadDeadline(deadline())
		line, err := readLine(lines, s.cfg.BodyLimit)
		if err == io.EOF {
			break
		}
		var out lineOutcome
		if err == nil {
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			out, err = s.loadLine(c.Request().Context(), line, dry)
		}
		if err != nil {
			p := problemOf(err)
			p.Type, p.Title, p.RequestID = "about:blank", http.StatusText(p.Status), requestID(c)
			out = lineOutcome{Outcome: "failed", Problem: &p}
			if p.Status >= 500 {
				s.cfg.Log.Warn("article", "request_id", requestID(c), "line", n, "error", err)
			}
		}
		out.Line = n
		s.meter.loaded.WithLabelValues(out.Outcome).Inc()
		if out.Notes == nil {
			out.Notes = []string{}
		}
		if !started {
			h := c.Response().Header()
			h.Set(echo.HeaderContentType, contentTypes["ndjson"])
			h.Set(echo.HeaderConnection, "close") // what an early end leaves unread is no next request
			c.Response().WriteHeader(http.StatusOK)
			started = true
		}
		control.SetWriteDeadline(deadline())
		if err := enc.Encode(out); err != nil {
			return fmt.Errorf("answer line %d: %w", n, err)
		}
		if err := control.Flush(); err != nil {
			return fmt.Errorf("answer line %d: %w", n, err)
		}
		if p := out.Problem; p != nil && (p.Status >= 500 || p.Status == http.StatusConflict || p.Status == http.StatusRequestTimeout) {
			control.SetReadDeadline(time.Now()) // the rest is not waited for
			return nil
		}
	}
	if !started {
		return badRequest("body", "holds no article: send one JSON object a line")
	}
	return nil
}

// loadLine loads one article within the time of one request.
func (s *server) loadLine(ctx context.Context, line []byte, dry bool) (lineOutcome, error) {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.RequestTimeout)
	defer cancel()
	if dry {
		extraction, err := s.ingest.Extract(ctx, line)
		return lineOutcome{Outcome: "extracted", Extraction: extraction}, err
	}
	l, err := s.ingest.Load(ctx, line)
	return lineOutcome{Article: &l.Article, Outcome: l.Outcome, ClaimsAdded: len(l.ClaimsAdded), ClaimsRemoved: len(l.ClaimsRemoved),
		Notes: l.Notes, Revision: &l.Revision}, err
}

// readLine reads a line of at most limit bytes, and io.EOF after the last. Of a
// longer one it reads the rest without keeping it and returns a
// *http.MaxBytesError.
func readLine(r *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	var size int64
	for {
		part, err := r.ReadSlice('\n')
		size += int64(len(part))
		if size <= limit {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && size == 0:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, &requestError{http.StatusRequestTimeout, "body", "could not be read to its end; the lines answered before this one are done"}
		case size > limit:
			return nil, &http.MaxBytesError{Limit: limit}
		}
		return line, nil
	}
}
