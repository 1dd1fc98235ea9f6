package queries

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"reformgraph/graph"
)

// Changes is one page of what happened to the graph after a revision.
type Changes struct {
	Since     string   `json:"since"`    // the revision that was asked about
	Revision  string   `json:"revision"` // of the graph: what to ask about the next time, once Truncated is false
	Truncated bool     `json:"truncated"`
	Next      string   `json:"next"` // cursor of the next page; "" at the end
	Changes   []Change `json:"changes"`
}

// Change is what one transaction did to one article.
type Change struct {
	Revision      string   `json:"revision"` // after it
	Article       string   `json:"article"`
	Outcome       string   `json:"outcome"` // new, changed, forgotten
	ClaimsAdded   []string `json:"claims_added"`
	ClaimsRemoved []string `json:"claims_removed"`
}

// GoneError says that a revision is not one of this store, so that nothing can be
// said of what changed since.
type GoneError struct {
	Field    string
	Revision string
	StoreID  string // of the store that was asked
}

func (e *GoneError) Error() string {
	return fmt.Sprintf("%s %q is a revision of another store than this, which is %s: read the graph anew and go on from the revision of those answers",
		e.Field, e.Revision, e.StoreID)
}

// ChangesSince returns what was done to articles after the revision since, in
// order. A page ends with a whole transaction, so it may hold somewhat more than
// limit entries. cursor is the Next of the page before, "" for the first.
//
// Errors: *graph.InvalidError for what is no revision, or one that lies ahead;
// *GoneError for a revision of another store.
func ChangesSince(ctx context.Context, s graph.Store, since, cursor string, limit int) (*Changes, error) {
	before, err := s.Info(ctx)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	from, err := revisionNumber("since", since, before)
	if err != nil {
		return nil, err
	}
	if cursor != "" {
		n, err := revisionNumber("cursor", cursor, before)
		if err != nil {
			return nil, err
		}
		if n < from {
			return nil, invalid("cursor", "lies before since: give the next of the page before, with the same since")
		}
		from = n
	}
	log, err := s.Changes(ctx, from, limit)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	revision := func(n int64) string { return Revision(graph.Info{StoreID: before.StoreID, Revision: n}) }
	out := &Changes{Since: since, Revision: Revision(before), Changes: []Change{}}
	last := from
	for _, c := range log {
		last = c.N
		out.Changes = append(out.Changes, Change{revision(c.N), c.Article, string(c.Outcome), orEmpty(c.Added), orEmpty(c.Removed)})
	}
	if last > before.Revision { // articles were loaded since
		out.Revision = revision(last)
	}
	if len(log) >= limit {
		more, err := s.Changes(ctx, last, 1)
		if err != nil {
			return nil, fmt.Errorf("changes: %w", err)
		}
		if len(more) > 0 {
			out.Truncated, out.Next = true, revision(last)
		}
	}
	return out, nil
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// revisionNumber returns the N of a revision STOREID-N of the store.
func revisionNumber(field, revision string, info graph.Info) (int64, error) {
	store, count, ok := strings.Cut(revision, "-")
	n, err := strconv.ParseInt(count, 10, 64)
	if !ok || store == "" || err != nil || n < 0 {
		return 0, invalid(field, "%q is no revision: give the revision of an answer, as in %s", revision, Revision(info))
	}
	if store != info.StoreID {
		return 0, &GoneError{field, revision, info.StoreID}
	}
	if n > info.Revision {
		return 0, invalid(field, "%q lies ahead of the graph, which is at %s", revision, Revision(info))
	}
	return n, nil
}
