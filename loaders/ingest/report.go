package ingest

import (
	"errors"
	"fmt"

	"reformgraph/graph"
)

// OutcomeFailed is the outcome of an article that could not be loaded; nothing
// of it was written, and what the store held of it before stays.
const OutcomeFailed graph.Outcome = "failed"

// Report says what became of one article.
type Report struct {
	Source   string        `json:"source"`            // where it was read
	Article  string        `json:"article,omitempty"` // its id; empty if it could not be read
	Outcome  graph.Outcome `json:"outcome"`
	Added    []string      `json:"claims_added"`     // claim ids, sorted
	Removed  []string      `json:"claims_removed"`   // claim ids, sorted
	Reason   string        `json:"reason,omitempty"` // why it failed
	Revision int64         `json:"-"`                // of the store when the outcome was sure
	Err      error         `json:"-"`                // the same as an error; graph.ErrInvalid if the article is at fault
	Notes    []string      `json:"notes,omitempty"`  // what the person who loads may want to mend
}

// note adds what the chain could not resolve in the article.
func (r *Report) note(f graph.Facts) {
	for _, u := range f.Unresolved {
		r.Notes = append(r.Notes, fmt.Sprintf("unresolved at %d-%d: %s: %s", u.Start, u.End, u.Text, u.Why))
	}
}

// Summary counts the outcomes of a run.
type Summary struct {
	New       int `json:"new"`
	Unchanged int `json:"unchanged"`
	Changed   int `json:"changed"`
	Failed    int `json:"failed"`
}

func (s *Summary) add(r Report) {
	switch r.Outcome {
	case graph.OutcomeNew:
		s.New++
	case graph.OutcomeUnchanged:
		s.Unchanged++
	case graph.OutcomeChanged:
		s.Changed++
	case OutcomeFailed:
		s.Failed++
	}
}

// Total is the number of articles reported.
func (s Summary) Total() int { return s.New + s.Unchanged + s.Changed + s.Failed }

// StoppedError says that a run ended before its last article, and where.
type StoppedError struct {
	// Last is the last article that is safely in the store; its Article is empty
	// if this run came to none.
	Last Report
	// Err is the store's error, or the context's.
	Err error
}

func (e *StoppedError) Error() string {
	if e.Last.Article == "" {
		return fmt.Sprintf("stopped before the first article was committed: %v", e.Err)
	}
	return fmt.Sprintf("stopped after %s (%s), the last article committed: %v", e.Last.Article, e.Last.Source, e.Err)
}

func (e *StoppedError) Unwrap() error { return e.Err }

// stops tells errors of the store that no other batch would escape.
func stops(err error) bool {
	for _, e := range []error{graph.ErrUnavailable, graph.ErrBusy, graph.ErrEdition, graph.ErrSchema} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
