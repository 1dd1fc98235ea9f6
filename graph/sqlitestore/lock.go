package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
)

// loaderWait is how long a writer waits for the loader's lock.
const loaderWait = 2 * time.Second

// loaderLock says which process may write. It is an exclusive transaction in an
// empty database beside the file, FILE-loader: held across the transactions of a
// load, which a lock on the file itself cannot be without stopping its readers, and
// let go by the operating system when the process dies.
type loaderLock struct {
	db   *sql.DB
	held *sql.Conn // nil unless a loader holds it until close
}

func newLoaderLock(abs string) *loaderLock {
	db := sql.OpenDB(connector{dsn: dsn(abs+"-loader", "rwc", fmt.Sprintf("busy_timeout(%d)", loaderWait.Milliseconds())), driver: new(sqlite.Driver)})
	db.SetMaxOpenConns(1)
	return &loaderLock{db: db}
}

// hold takes the lock until close.
func (l *loaderLock) hold(ctx context.Context) error {
	conn, err := l.take(ctx)
	l.held = conn
	return err
}

func (l *loaderLock) take(ctx context.Context) (*sql.Conn, error) {
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// with runs f under the lock.
func (l *loaderLock) with(ctx context.Context, f func() error) error {
	if l.held != nil {
		return f()
	}
	conn, err := l.take(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(), let(conn))
}

// let gives the lock back.
func let(conn *sql.Conn) error {
	_, err := conn.ExecContext(context.Background(), "ROLLBACK")
	return errors.Join(err, conn.Close())
}

func (l *loaderLock) close() error {
	var err error
	if l.held != nil {
		err = let(l.held)
	}
	return errors.Join(err, l.db.Close())
}
