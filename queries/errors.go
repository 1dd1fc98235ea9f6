package queries

import (
	"fmt"
	"strings"

	"reformgraph/graph"
)

// NotFoundError says that a parameter names nothing in the graph, or that there
// is no query of a name. It is graph.ErrNotFound.
type NotFoundError struct {
	Field  string // the parameter; "name" for the query's own name
	Value  string
	Reason string
}

func (e *NotFoundError) Error() string { return fmt.Sprintf("%s %q: %s", e.Field, e.Value, e.Reason) }

// Unwrap makes errors.Is(err, graph.ErrNotFound) true.
func (e *NotFoundError) Unwrap() error { return graph.ErrNotFound }

// AmbiguousError says that a name stands for several things of equal rank.
type AmbiguousError struct {
	Field   string
	Value   string
	Choices []Choice
}

// Choice is one of the things that an ambiguous name may mean.
type Choice struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level string `json:"level,omitempty"` // of a place
	In    string `json:"in,omitempty"`    // id of the place it lies in or belongs to
}

func (e *AmbiguousError) Error() string {
	ids := make([]string, len(e.Choices))
	for i, c := range e.Choices {
		ids[i] = c.ID
	}
	return fmt.Sprintf("%s %q is ambiguous: give one of %s", e.Field, e.Value, strings.Join(ids, ", "))
}

// Unwrap makes errors.Is(err, graph.ErrInvalid) true.
func (e *AmbiguousError) Unwrap() error { return graph.ErrInvalid }

func invalid(field, format string, args ...any) error {
	return &graph.InvalidError{Field: field, Reason: fmt.Sprintf(format, args...)}
}
