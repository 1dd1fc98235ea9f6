package graphtest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"reformgraph/graph"
)

// ConsoleLimits are what the tests of consoles allow a statement.
var ConsoleLimits = graph.Limits{Time: 2 * time.Second, Rows: 1000, Bytes: 1 << 20}

// ConsoleAnswers checks that a statement is answered with these rows; nil wants at
// least one row, an empty list any answer.
func ConsoleAnswers(t *testing.T, c graph.Console, statement string, params map[string]any, want [][]any) {
	t.Helper()
	got, err := c.Ask(t.Context(), statement, params, ConsoleLimits)
	switch {
	case err != nil:
		t.Errorf("%s: %v", statement, err)
	case want == nil && len(got.Rows) == 0:
		t.Errorf("%s: got no rows", statement)
	case len(want) > 0 && !reflect.DeepEqual(got.Rows, want):
		t.Errorf("%s: got %v, want %v", statement, got.Rows, want)
	}
}

// ConsoleCuts checks that an answer ends at the limits of rows and bytes. The
// statement goes on without end; each row is a number and the words "some text".
func ConsoleCuts(t *testing.T, c graph.Console, endless string) {
	t.Helper()
	got, err := c.Ask(t.Context(), endless, nil, graph.Limits{Time: 5 * time.Second, Rows: 7, Bytes: 1 << 20})
	if err != nil || len(got.Rows) != 7 || got.Cut != "rows" {
		t.Errorf("got %d rows, cut %q, %v, want 7 rows cut", len(got.Rows), got.Cut, err)
	}
	got, err = c.Ask(t.Context(), endless, nil, graph.Limits{Time: 5 * time.Second, Rows: 1 << 30, Bytes: 1000})
	if err != nil || len(got.Rows) < 20 || len(got.Rows) > 70 || got.Cut != "bytes" {
		t.Errorf("got %d rows, cut %q, %v, want about 60 rows cut", len(got.Rows), got.Cut, err)
	}
}

// Hostile is a statement that a console must not obey.
type Hostile struct {
	Class, Statement string
	// Want is what the refusal must say; "limit" stands for graph.ErrLimit and ""
	// for any error.
	Want string
	// Harmless says that without Want an answer is as good as an error.
	Harmless bool
}

// ConsoleRefuses checks what is said to a hostile statement, and that it is said
// within grace of the limit of time. What the statement did is for the caller to
// see. It returns the rows that were answered.
func ConsoleRefuses(t *testing.T, c graph.Console, h Hostile, params map[string]any, grace time.Duration) [][]any {
	t.Helper()
	name := fmt.Sprintf("%s: %.100s", h.Class, h.Statement)
	start := time.Now()
	got, err := c.Ask(t.Context(), h.Statement, params, ConsoleLimits)
	if d := time.Since(start); d > ConsoleLimits.Time+grace {
		t.Errorf("%s: took %v", name, d)
	}
	switch {
	case h.Want == "limit" && !errors.Is(err, graph.ErrLimit):
		t.Errorf("%s: got %d rows, %v, want %v", name, len(got.Rows), err, graph.ErrLimit)
	case h.Want != "" && h.Want != "limit" && (err == nil || !strings.Contains(err.Error(), h.Want)):
		t.Errorf("%s: got %v, %v, want an error with %q", name, got.Rows, err, h.Want)
	case !h.Harmless && err == nil:
		t.Errorf("%s: got %v, want an error", name, got.Rows)
	}
	return got.Rows
}

// ConsoleLeavesOthersAlive asks a statement that goes on for long several times at
// once, calls during, which checks that the store's own readers go on, and checks
// that each statement met its limit or was told to wait, and that one that is
// cancelled ends.
func ConsoleLeavesOthersAlive(t *testing.T, c graph.Console, long string, during func()) {
	t.Helper()
	var wg sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = c.Ask(t.Context(), long, nil, graph.Limits{Time: time.Second, Rows: 1, Bytes: 100})
		})
	}
	time.Sleep(100 * time.Millisecond)
	during()
	wg.Wait()
	for _, err := range errs {
		if !errors.Is(err, graph.ErrLimit) && !errors.Is(err, graph.ErrBusy) {
			t.Errorf("got %v, want %v or %v", err, graph.ErrLimit, graph.ErrBusy)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := c.Ask(ctx, long, nil, ConsoleLimits); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
