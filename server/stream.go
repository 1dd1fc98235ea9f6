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
	"sync"
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

// lineBuffer is how much of a request is read ahead, in bytes: articles that are
// there together are stored together.
const lineBuffer = 1 << 20

// loadMany takes an article a line and answers a line for each, in order. What is
// at hand is stored together; nothing waits for a line that has not come. One that
// is wrong does not stop the others; a store that fails does, and then the last
// line says so. Each batch has the time of one request.
func (s *server) loadMany(c echo.Context, dry bool) error {
	w := &lineWriter{server: s, c: c, control: http.NewResponseController(c.Response()), enc: json.NewEncoder(c.Response())}
	w.enc.SetEscapeHTML(false)
	if err := w.control.EnableFullDuplex(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	ctx, cancel := context.WithCancelCause(c.Request().Context())
	defer cancel(nil)
	w.stop = cancel
	c.Response().Header().Set(echo.HeaderConnection, "close") // what an early end leaves unread is no next request
	op := s.spec.Operation(http.MethodPost, api+"/articles")
	lines := bufio.NewReaderSize(c.Request().Body, lineBuffer)
	articles := func(yield func(Sent) bool) {
		for n := 1; ; n++ {
			if !lineAtHand(lines) && !yield(Sent{}) {
				return
			}
			line, err := w.read(ctx, lines)
			if err == io.EOF {
				return
			}
			if line = bytes.TrimSpace(line); err == nil && len(line) == 0 {
				continue
			}
			if err == nil {
				err = op.CheckBody(line)
			}
			w.expect(n)
			if !yield(Sent{Line: n, Article: line, Err: err}) || isTimeout(err) {
				return
			}
		}
	}
	var err error
	if dry {
		err = s.ingest.Extract(ctx, articles, func(extraction json.RawMessage, err error) {
			w.answer(lineOutcome{Outcome: "extracted", Extraction: extraction}, err)
		})
	} else {
		err = s.ingest.Load(ctx, articles, func(l Loaded, err error) {
			w.answer(lineOutcome{Article: &l.Article, Outcome: l.Outcome, ClaimsAdded: len(l.ClaimsAdded), ClaimsRemoved: len(l.ClaimsRemoved),
				Notes: l.Notes, Revision: &l.Revision}, err)
		})
	}
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	w.endReading(cancel)
	switch {
	case w.failed != nil:
		return w.failed
	case err != nil && !w.started:
		return err
	case err != nil:
		w.answer(lineOutcome{}, err)
		return w.failed
	case !w.started:
		return badRequest("body", "holds no article: send one JSON object a line")
	}
	return nil
}

// lineWriter answers the lines of a request with many articles.
type lineWriter struct {
	*server
	c       echo.Context
	control *http.ResponseController
	enc     *json.Encoder
	started bool
	failed  error // why the answer could not be written
	stop    context.CancelCauseFunc
	reading sync.Mutex // held while the request is read

	mu    sync.Mutex // lines are read and answered at the same time
	lines []int      // those not answered, in order
	last  int        // the last that was answered
	timer *time.Timer
}

// errOverdue ends the work on a batch that takes too long.
var errOverdue = &requestError{http.StatusServiceUnavailable, "", "the articles took too long; those answered before this line are done"}

// read reads a line. The deadline of the whole request gives way to one for each.
func (w *lineWriter) read(ctx context.Context, lines *bufio.Reader) ([]byte, error) {
	w.reading.Lock()
	defer w.reading.Unlock()
	w.control.SetReadDeadline(time.Now().Add(w.cfg.WriteTimeout))
	if ctx.Err() != nil {
		return nil, io.EOF
	}
	return readLine(lines, w.cfg.BodyLimit)
}

// endReading sees to it that nothing reads the request any more, and does not wait
// for what is left of it.
func (w *lineWriter) endReading(cancel context.CancelCauseFunc) {
	cancel(nil)
	w.control.SetReadDeadline(time.Now())
	w.reading.Lock()
	defer w.reading.Unlock()
}

// expect notes a line that must be answered, within the time of a request since
// the answer before it.
func (w *lineWriter) expect(line int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.lines) == 0 {
		w.timer = time.AfterFunc(w.cfg.RequestTimeout, func() { w.stop(errOverdue) })
	}
	w.lines = append(w.lines, line)
}

// next takes the line that is answered next.
func (w *lineWriter) next() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.lines) == 0 { // the work ended before the next line came
		return w.last + 1
	}
	w.last = w.lines[0]
	w.lines = w.lines[1:]
	w.timer.Reset(w.cfg.RequestTimeout)
	if len(w.lines) == 0 {
		w.timer.Stop()
	}
	return w.last
}

// answer answers a line, at once. A client that does not take the answer in ends
// the work.
func (w *lineWriter) answer(out lineOutcome, err error) {
	if w.failed != nil {
		return
	}
	out.Line = w.next()
	if err != nil {
		p := problemOf(err)
		p.Type, p.Title, p.RequestID = "about:blank", http.StatusText(p.Status), requestID(w.c)
		out = lineOutcome{Line: out.Line, Outcome: "failed", Problem: &p}
		if p.Status >= 500 {
			w.cfg.Log.Warn("article", "request_id", requestID(w.c), "line", out.Line, "error", err)
		}
	}
	w.meter.loaded.WithLabelValues(out.Outcome).Inc()
	if out.Notes == nil {
		out.Notes = []string{}
	}
	if !w.started {
		w.c.Response().Header().Set(echo.HeaderContentType, contentTypes["ndjson"])
		w.c.Response().WriteHeader(http.StatusOK)
		w.started = true
	}
	w.control.SetWriteDeadline(time.Now().Add(w.cfg.WriteTimeout))
	if err = w.enc.Encode(out); err == nil {
		err = w.control.Flush()
	}
	if err != nil {
		w.failed = fmt.Errorf("answer line %d: %w", out.Line, err)
		w.stop(w.failed)
	}
}

// lineAtHand says whether a whole line has been read ahead.
func lineAtHand(r *bufio.Reader) bool {
	ahead, _ := r.Peek(r.Buffered())
	return bytes.IndexByte(ahead, '\n') >= 0
}

func isTimeout(err error) bool {
	var e *requestError
	return errors.As(err, &e) && e.status == http.StatusRequestTimeout
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
