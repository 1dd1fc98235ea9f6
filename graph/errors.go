package graph

import (
	"errors"
	"fmt"
)

// Sentinel errors of a Store. A store wraps each driver error that means one of
// these; any other error is internal.
var (
	// ErrInvalid: the caller gave facts or arguments that break a rule of the model. See InvalidError.
	ErrInvalid = errors.New("invalid")
	// ErrNotFound: there is no node, article or query of that id or name.
	ErrNotFound = errors.New("not found")
	// ErrEdition: the store holds the claims of another edition; reextract first.
	ErrEdition = errors.New("store holds another edition")
	// ErrNotEmpty: restore needs an empty store.
	ErrNotEmpty = errors.New("store is not empty")
	// ErrUnavailable: the store cannot be reached, or went away; the same call may succeed later.
	ErrUnavailable = errors.New("store unavailable")
	// ErrBusy: another loader holds the store and did not let go within the wait.
	ErrBusy = errors.New("store is in use by another loader")
	// ErrFull: the disk, or the server's memory for one transaction, is full; nothing of the batch was kept.
	ErrFull = errors.New("store is full")
	// ErrSchema: the store was made by a newer version of the program.
	ErrSchema = errors.New("store has a newer schema")
	// ErrLimit: an answer was cut off by a limit of time or size.
	ErrLimit = errors.New("limit exceeded")
)

// InvalidError says which field of which thing is wrong. It is ErrInvalid.
type InvalidError struct {
	Article string // id of the article whose facts are wrong; "" if it is not about facts
	Field   string // as in "claims[3].quote"
	Reason  string
}

func (e *InvalidError) Error() string {
	if e.Article == "" {
		return fmt.Sprintf("%s: %s", e.Field, e.Reason)
	}
	return fmt.Sprintf("%s: %s: %s", e.Article, e.Field, e.Reason)
}

// Unwrap makes errors.Is(err, ErrInvalid) true.
func (e *InvalidError) Unwrap() error { return ErrInvalid }
