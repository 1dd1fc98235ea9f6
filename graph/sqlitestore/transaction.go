package sqlitestore

import (
	"context"
	"database/sql"
)

// inTransaction runs f in a write transaction on conn and commits it unless f
// fails. The lock is taken at once: a transaction that began by reading could
// find the file changed when it comes to write. database/sql's own transactions
// are not used because they give the connection back after a failed commit
// without a rollback.
func inTransaction(ctx context.Context, conn *sql.Conn, f func() error) error {
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	// Whether it is kept must not depend on when during the commit the caller gave up.
	always := context.WithoutCancel(ctx)
	err := f()
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		_, err = conn.ExecContext(always, "COMMIT")
	}
	if err != nil {
		// Fails when SQLite rolled back by itself, as it does when the disk is full.
		conn.ExecContext(always, "ROLLBACK")
	}
	return err
}

// write runs f in a write transaction on the one connection that writes.
func (s *store) write(ctx context.Context, f func(*sql.Conn) error) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return s.loader.with(ctx, func() error {
		return inTransaction(ctx, conn, func() error { return f(conn) })
	})
}

// read runs f on a connection that cannot write. Every statement sees one state of
// the store; two statements may see two.
func (s *store) read(ctx context.Context, f func(*sql.Conn) error) error {
	conn, err := s.reader.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return f(conn)
}

// snapshot runs f in a read transaction, for whatever takes several statements.
func (s *store) snapshot(ctx context.Context, f func(*sql.Conn) error) error {
	conn, err := s.exporter.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return f(conn)
}
