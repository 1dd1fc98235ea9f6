package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/server/openapi"
)

// problem is the body of an error, RFC 9457.
type problem struct {
	Type      string           `json:"type"`
	Title     string           `json:"title"`
	Status    int              `json:"status"`
	Detail    string           `json:"detail"`
	Field     string           `json:"field,omitempty"` // the parameter or member that is wrong
	Choices   []queries.Choice `json:"choices,omitempty"`
	RequestID string           `json:"request_id"`
}

// requestError is an error of the request itself, found by the server.
type requestError struct {
	status int
	field  string
	detail string
}

func (e *requestError) Error() string {
	if e.field == "" {
		return e.detail
	}
	return e.field + " " + e.detail
}

func badRequest(field, format string, args ...any) error {
	return &requestError{http.StatusBadRequest, field, fmt.Sprintf(format, args...)}
}

// retryAfter is how many seconds a client should wait for a store that went away.
const retryAfter = 5

// statuses is the one table from errors to answers; the first that fits is taken.
// Detail is what the client is told: these errors' own text is for the log.
var statuses = []struct {
	err    error
	status int
	detail string
}{
	{graph.ErrNotFound, http.StatusNotFound, "there is no such thing"},
	{graph.ErrEdition, http.StatusConflict, "the store holds the claims of another edition of the program: it must be reextracted before articles are loaded"},
	{graph.ErrInvalid, http.StatusBadRequest, "the request breaks a rule of the model"},
	{graph.ErrUnavailable, http.StatusServiceUnavailable, "the store cannot be reached at the moment"},
	{graph.ErrBusy, http.StatusServiceUnavailable, "the store is being written to: try again"},
	{graph.ErrFull, http.StatusInsufficientStorage, "the store has no room left; nothing was written"},
	{graph.ErrLimit, http.StatusServiceUnavailable, "the answer took too long or grew too large: ask for less"},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "the answer took too long: ask for less, or try again"},
	{context.Canceled, http.StatusServiceUnavailable, "the request was cancelled"},
}

// problemOf says how an error is answered. What is not in the table is internal:
// the client is not told its text.
func problemOf(err error) problem {
	var request *requestError
	var ambiguous *queries.AmbiguousError
	var missing *queries.NotFoundError
	var invalid *graph.InvalidError
	var gone *queries.GoneError
	var described *openapi.Error
	var framework *echo.HTTPError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &request):
		return problem{Status: request.status, Field: request.field, Detail: request.Error()}
	case errors.As(err, &described):
		return problem{Status: http.StatusBadRequest, Field: described.Field, Detail: described.Error()}
	case errors.As(err, &ambiguous):
		return problem{Status: http.StatusMultipleChoices, Field: ambiguous.Field, Detail: ambiguous.Error(), Choices: ambiguous.Choices}
	case errors.As(err, &missing):
		return problem{Status: http.StatusNotFound, Field: missing.Field, Detail: missing.Error()}
	case errors.As(err, &gone):
		return problem{Status: http.StatusGone, Field: gone.Field, Detail: gone.Error()}
	case errors.As(err, &invalid):
		return problem{Status: http.StatusBadRequest, Field: invalid.Field, Detail: invalid.Error()}
	case errors.As(err, &tooLarge):
		return problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("the article is larger than %d bytes", tooLarge.Limit)}
	case errors.As(err, &framework):
		switch framework.Code {
		case http.StatusNotFound:
			return problem{Status: framework.Code, Detail: "there is nothing at this path: / lists what there is"}
		case http.StatusMethodNotAllowed:
			return problem{Status: framework.Code, Detail: "the path does not take this method"}
		}
		return problem{Status: framework.Code, Detail: http.StatusText(framework.Code)}
	}
	for _, s := range statuses {
		if errors.Is(err, s.err) {
			return problem{Status: s.status, Detail: s.detail}
		}
	}
	return problem{Status: http.StatusInternalServerError, Detail: "something went wrong in the server; its log holds the cause under the request id"}
}

// answerError is the framework's error handler: it writes the problem. The cause
// is logged with the request, by logged.
func (s *server) answerError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := problemOf(err)
	p.Type, p.Title, p.RequestID = "about:blank", http.StatusText(p.Status), requestID(c)
	h := c.Response().Header()
	h.Del("ETag")
	h.Set(echo.HeaderCacheControl, "no-store")
	switch p.Status {
	case http.StatusServiceUnavailable:
		h.Set(echo.HeaderRetryAfter, strconv.Itoa(retryAfter))
	case http.StatusUnauthorized:
		h.Set(echo.HeaderWWWAuthenticate, `Bearer realm="reformgraph"`)
	}
	h.Set(echo.HeaderContentType, "application/problem+json")
	c.Response().WriteHeader(p.Status)
	if c.Request().Method == http.MethodHead {
		return
	}
	enc := json.NewEncoder(c.Response())
	enc.SetEscapeHTML(false)
	enc.Encode(p) // a client that is gone needs no answer
}
