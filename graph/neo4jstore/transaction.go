package neo4jstore

import (
	"context"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// grace is how much later than the server this side gives a transaction up: the
// server looks for overdue ones every two seconds, and giving up here costs the
// connection.
const grace = 4 * time.Second

// transaction is one attempt at a transaction, with the context that bounds it.
type transaction struct {
	ctx context.Context
	tx  interface {
		Run(ctx context.Context, cypher string, params map[string]any) (neo4j.ResultWithContext, error)
	}
}

// query runs a statement and calls each for every record. A nil each is for
// statements that return nothing of interest.
func (t transaction) query(cypher string, params map[string]any, each func(*neo4j.Record) error) error {
	result, err := t.tx.Run(t.ctx, cypher, params)
	if err != nil {
		return err
	}
	for result.Next(t.ctx) {
		if each == nil {
			continue
		}
		if err := each(result.Record()); err != nil {
			return err
		}
	}
	return result.Err()
}

// number runs a statement that returns one number.
func (t transaction) number(cypher string, params map[string]any) (n int64, err error) {
	err = t.query(cypher, params, func(r *neo4j.Record) error {
		n, _ = r.Values[0].(int64)
		return nil
	})
	return n, err
}

// chunk is how many rows one statement takes as its parameter. Statements with an
// Eager in their plan hold all of them at once.
const chunk = 2000

// rows runs a statement that starts with UNWIND $rows AS r and returns how many
// rows it carried through, in parts; fewer than given are an error, since a MATCH
// drops a row whose ends are missing without a word.
func (t transaction) rows(cypher string, rows []any) error {
	for len(rows) > 0 {
		part := rows[:min(chunk, len(rows))]
		n, err := t.number(cypher, map[string]any{"rows": part})
		if err != nil {
			return err
		}
		if n != int64(len(part)) {
			return fmt.Errorf("wrote %d of %d rows: an end or an earlier row is missing: %s", n, len(part), cypher)
		}
		rows = rows[len(part):]
	}
	return nil
}

// read runs work, which is one statement, in a read transaction, and again when it
// may succeed on another try; work starts from nothing each time.
func (s *store) read(ctx context.Context, operation string, work func(transaction) error) error {
	err := s.retry(ctx, func() error {
		ctx, cancel := context.WithTimeout(ctx, s.cfg.ReadTimeout+grace)
		defer cancel()
		session := s.driver.NewSession(ctx, s.session(neo4j.AccessModeRead))
		defer closing(session.Close)
		return work(transaction{ctx, single{session, s.cfg.ReadTimeout}})
	})
	return s.fail(ctx, operation, err)
}

// single runs each statement as a transaction of its own, which the server begins
// and ends: one round trip where an explicit one takes three.
type single struct {
	session neo4j.SessionWithContext
	timeout time.Duration
}

func (s single) Run(ctx context.Context, cypher string, params map[string]any) (neo4j.ResultWithContext, error) {
	return s.session.Run(ctx, cypher, params, neo4j.WithTxTimeout(s.timeout))
}

// write does so in a write transaction, which is committed if work says so. An
// attempt may have been committed although it ended in an error: work looks.
func (s *store) write(ctx context.Context, operation string, work func(transaction) (commit bool, err error)) error {
	err := s.retry(ctx, func() error {
		return s.attempt(ctx, neo4j.AccessModeWrite, s.cfg.WriteTimeout, work)
	})
	return s.failWrite(ctx, operation, err)
}

// attempt runs work once, within the timeout.
func (s *store) attempt(ctx context.Context, mode neo4j.AccessMode, timeout time.Duration, work func(transaction) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, timeout+grace)
	defer cancel()
	session := s.driver.NewSession(ctx, s.session(mode))
	defer closing(session.Close)
	tx, err := session.BeginTransaction(ctx, neo4j.WithTxTimeout(timeout))
	if err != nil {
		return err
	}
	defer closing(tx.Close)
	commit, err := work(transaction{ctx, tx})
	if err != nil || !commit {
		return err
	}
	// A commit is short, and one that is cut off has an unknown outcome: a caller
	// who cancels now learns what became of it.
	committing, done := context.WithTimeout(context.WithoutCancel(ctx), timeout+grace)
	defer done()
	return tx.Commit(committing)
}

func (s *store) session(mode neo4j.AccessMode) neo4j.SessionConfig {
	return neo4j.SessionConfig{AccessMode: mode, DatabaseName: s.cfg.Database, BookmarkManager: s.bookmarks, FetchSize: fetchSize}
}

// closing closes a session or transaction even when the call's context has ended.
// What it fails with is nothing to act upon: the connection is given up.
func closing(close func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	_ = close(ctx)
}

// retry calls attempt until it succeeds, fails for good, or has failed for the
// time that its kind of failure is given. The waits are short: a deadlock is over
// in milliseconds.
func (s *store) retry(ctx context.Context, attempt func() error) error {
	waits := &backoff.ExponentialBackOff{
		InitialInterval: 70 * time.Millisecond, RandomizationFactor: 0.7, Multiplier: 1.6, MaxInterval: time.Second}
	var since time.Time // when the present run of failures began
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		began := time.Now()
		err := attempt()
		var limit time.Duration
		switch kind := kindOf(err); {
		case err == nil:
			return struct{}{}, nil
		case ctx.Err() != nil:
			return struct{}{}, backoff.Permanent(ctx.Err())
		case kind == busy:
			limit = s.cfg.BusyTime
		case kind == unavailable:
			limit = s.cfg.RetryTime
			began = time.Now() // a connection may break after long work
		}
		if since.IsZero() {
			since = began
		}
		if limit == 0 || time.Since(since) >= limit {
			return struct{}{}, backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(waits), backoff.WithMaxElapsedTime(0))
	return err
}
