package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"reformgraph/graph"
)

// errForeign is a readable SQLite database that another program made.
var errForeign = errors.New("is a SQLite database of another program: name another file")

// fail says what an operation on the file failed with, in the terms of package
// graph: the one place where SQLite's result codes are read.
func (s *store) fail(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	if ctxErr := ctx.Err(); ctxErr != nil {
		return fmt.Errorf("%s %s: %w", op, s.path, ctxErr)
	}
	if errors.Is(err, sql.ErrConnDone) || err.Error() == "sql: database is closed" {
		return fmt.Errorf("%s %s: %w: the store was closed", op, s.path, graph.ErrUnavailable)
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("%s %s: %w", op, s.path, err)
	}
	switch e.Code() {
	case lib.SQLITE_IOERR_WRITE, lib.SQLITE_IOERR_FSYNC, lib.SQLITE_IOERR_DIR_FSYNC, lib.SQLITE_IOERR_TRUNCATE, lib.SQLITE_IOERR_SHMSIZE:
		return fmt.Errorf("%s %s: %w: free space on its disk and run again: %w", op, s.path, graph.ErrFull, err)
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fmt.Errorf("%s %s: %w: run again when it has ended", op, s.path, graph.ErrBusy)
	case lib.SQLITE_FULL, lib.SQLITE_NOMEM:
		return fmt.Errorf("%s %s: %w: free space on its disk and run again: %w", op, s.path, graph.ErrFull, err)
	case lib.SQLITE_NOTADB:
		return fmt.Errorf("%s %s: is not a SQLite database: name another file", op, s.path)
	case lib.SQLITE_CORRUPT:
		return fmt.Errorf("%s %s: the file is damaged: restore a dump into a new one: %w", op, s.path, err)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return fmt.Errorf("%s %s: %w: the file and its directory must be readable and writable: %w", op, s.path, os.ErrPermission, err)
	}
	return fmt.Errorf("%s %s: %w", op, s.path, err)
}
