package neo4jstore

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
)

func fromServer(code string) error {
	return &neo4j.Neo4jError{Code: "Neo." + code, Msg: "what the server says"}
}

// What is worth another try gets one soon, and for no longer than its time.
func TestRetry(t *testing.T) {
	s := &store{cfg: Config{URL: "neo4j://host", RetryTime: 300 * time.Millisecond, BusyTime: 600 * time.Millisecond}}
	for _, test := range []struct {
		err     error
		atLeast time.Duration // 0: no second try
		want    error
	}{
		{fromServer("TransientError.Transaction.DeadlockDetected"), s.cfg.BusyTime, graph.ErrBusy},
		{fromServer("TransientError.Transaction.LockAcquisitionTimeout"), s.cfg.BusyTime, graph.ErrBusy},
		{fromServer("ClientError.Cluster.NotALeader"), s.cfg.RetryTime, graph.ErrUnavailable},
		{fromServer("TransientError.General.DatabaseUnavailable"), s.cfg.RetryTime, graph.ErrUnavailable},
		{&neo4j.ConnectivityError{Inner: io.EOF}, s.cfg.RetryTime, graph.ErrUnavailable},
		{io.ErrUnexpectedEOF, s.cfg.RetryTime, graph.ErrUnavailable},
		{fromServer("TransientError.General.MemoryPoolOutOfMemoryError"), 0, graph.ErrFull},
		{fromServer("TransientError.General.OutOfMemoryError"), 0, graph.ErrFull},
		{&neo4j.Neo4jError{Code: "Neo.DatabaseError.Transaction.TransactionCommitFailed", Msg: "No space left on device"}, 0, graph.ErrFull},
		{fromServer("ClientError.Transaction.TransactionTimedOutClientConfiguration"), 0, graph.ErrBusy},
		{fromServer("ClientError.Transaction.Terminated"), 0, graph.ErrUnavailable},
		{fromServer("ClientError.Statement.SyntaxError"), 0, graph.ErrInvalid},
		{fromServer("ClientError.Security.Unauthorized"), 0, graph.ErrInvalid},
		{fromServer("ClientError.Database.DatabaseNotFound"), 0, graph.ErrInvalid},
		{passed(graph.ErrEdition), 0, graph.ErrEdition},
	} {
		tries, start := 0, time.Now()
		err := s.failWrite(t.Context(), "test", s.retry(t.Context(), func() error { tries++; return test.err }))
		if !errors.Is(err, test.want) {
			t.Errorf("%v: got %v, want %v", test.err, err, test.want)
		}
		var driver *neo4j.Neo4jError
		if errors.As(err, &driver) {
			t.Errorf("%v: got an error of the driver's type", test.err)
		}
		took := time.Since(start)
		if again := tries > 1; again != (test.atLeast > 0) || took < test.atLeast {
			t.Errorf("%v: got %d tries in %v, want tries for %v", test.err, tries, took, test.atLeast)
		}
	}
}

func TestRetrySucceeds(t *testing.T) {
	s := &store{cfg: Config{RetryTime: time.Second, BusyTime: time.Minute}}
	for range 10 {
		tries, start := 0, time.Now()
		err := s.retry(t.Context(), func() error {
			if tries++; tries == 1 {
				return fromServer("TransientError.Transaction.DeadlockDetected")
			}
			return nil
		})
		if took := time.Since(start); err != nil || tries != 2 || took < 20*time.Millisecond {
			t.Errorf("got %v after %d tries and %v, want success on the second, 20 to 120 ms later", err, tries, took)
		}
	}
}

func TestRetryCancelled(t *testing.T) {
	s := &store{cfg: Config{RetryTime: time.Minute, BusyTime: time.Minute}}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	err := s.fail(ctx, "test", s.retry(ctx, func() error { return io.EOF }))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// Reading too much is a limit, not a full store.
func TestFailOfReaders(t *testing.T) {
	s := &store{cfg: Config{URL: "neo4j://host"}}
	for _, code := range []string{"TransientError.General.MemoryPoolOutOfMemoryError", "ClientError.Transaction.TransactionTimedOut"} {
		err := s.fail(t.Context(), "run query", fromServer(code))
		if !errors.Is(err, graph.ErrLimit) || !strings.Contains(err.Error(), "neo4j://host") {
			t.Errorf("%s: got %v, want %v that names the server", code, err, graph.ErrLimit)
		}
	}
}
