package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"
)

// Console is an optional interface of a Store (see Unwrap): questions in the
// store's own language by people who are not trusted. A store answers them beside
// its own work, from connections and transactions that cannot write.
type Console interface {
	// Language is "cypher" or "sql".
	Language() string

	// Ask answers one statement within the limits. Parameters are named, with plain
	// values. An answer that breaks the limit of rows or bytes is cut off there.
	//
	// Errors: RefusedError for a statement that may not run, ErrInvalid for one that
	// is wrong, ErrLimit for one that takes more time or memory than it may;
	// ErrUnavailable; ErrBusy.
	Ask(ctx context.Context, statement string, params map[string]any, l Limits) (Table, error)
}

// Limits bound one answer of a Console. All must be above 0.
type Limits struct {
	Time  time.Duration
	Rows  int
	Bytes int // of the rows as JSON
}

// MaxStatement is how long a statement of a Console may be, in bytes.
const MaxStatement = 20000

// Table is the answer of a Console: values are plain, as in Store.Run.
type Table struct {
	Columns []string
	Rows    [][]any
	Cut     string // "" for a whole answer, else the limit that it broke: "rows" or "bytes"

	bytes int
}

// Add appends a row and reports whether there is room for it; if not, the table
// is marked as cut. Numbers that JSON does not have, as NaN, become nil.
func (t *Table) Add(row []any, l Limits) bool {
	if len(t.Rows) >= l.Rows {
		t.Cut = "rows"
		return false
	}
	for i := range row {
		row[i] = finite(row[i])
	}
	b, err := json.Marshal(row)
	if err != nil || t.bytes+len(b) > l.Bytes {
		t.Cut = "bytes"
		return false
	}
	t.bytes += len(b)
	t.Rows = append(t.Rows, row)
	return true
}

func finite(v any) any {
	switch x := v.(type) {
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
	case []any:
		for i := range x {
			x[i] = finite(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = finite(x[k])
		}
	}
	return v
}

// RefusedError is a statement that a Console does not run, with the rule that it
// breaks.
type RefusedError struct {
	Rule string // as in "operator LoadCSV is not on the list"
}

func (e *RefusedError) Error() string { return fmt.Sprintf("statement refused: %s", e.Rule) }
