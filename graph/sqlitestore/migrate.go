package sqlitestore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"

	"reformgraph/graph"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID marks the files of this program in SQLite's header: "rfgr".
const applicationID = 0x72666772

// migrations returns the schema changes in order: the file at index i brings
// version i to version i+1.
func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []string
	for i, name := range names { // Glob sorts
		var n int
		if _, err := fmt.Sscanf(name, "migrations/%04d_", &n); err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s is not number %04d", name, i+1)
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, string(text))
	}
	return out, nil
}

// afterMigration holds what a migration does beyond its SQL, in the same transaction.
var afterMigration = map[int]func(context.Context, *sql.Conn) error{1: initialise, 4: fillIndex}

// migrate brings the file to the schema of this program, each version in a
// transaction of its own, after making sure that the file is one of its own.
func (s *store) migrate(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	version, err := schemaVersion(ctx, conn)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("%w: it has schema %d, this program knows %d: use a newer reformgraph", graph.ErrSchema, version, len(steps))
	}
	var mode string
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = wal").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("its file system does not allow write-ahead logging (journal mode is %s): put the file on a local disk", mode)
	}
	for version < len(steps) {
		// Another process may be doing the same: what counts is the version seen under the write lock.
		err := inTransaction(ctx, conn, func() error {
			v, err := schemaVersion(ctx, conn)
			if err != nil || v > version {
				version = v
				return err
			}
			if _, err := conn.ExecContext(ctx, steps[version]); err != nil {
				return fmt.Errorf("migration %d: %w", version+1, err)
			}
			if fill := afterMigration[version+1]; fill != nil {
				if err := fill(ctx, conn); err != nil {
					return fmt.Errorf("migration %d: %w", version+1, err)
				}
			}
			version++
			_, err = conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// initialise names a new store.
func initialise(ctx context.Context, conn *sql.Conn) error {
	var id [8]byte
	rand.Read(id[:])
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; INSERT INTO meta VALUES ('store_id', ?), ('revision', '0'), ('edition', '')",
		applicationID), hex.EncodeToString(id[:]))
	return err
}

// schemaVersion returns 0 for an empty file. It fails for a database that another
// program made.
func schemaVersion(ctx context.Context, conn *sql.Conn) (int, error) {
	var app, version, objects int
	if err := conn.QueryRowContext(ctx, "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_application_id, pragma_user_version").
		Scan(&app, &version, &objects); err != nil {
		return 0, err
	}
	if app != applicationID && (app != 0 || version != 0 || objects != 0) {
		return 0, errForeign
	}
	return version, nil
}
