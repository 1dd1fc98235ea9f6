package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"

	"reformgraph/graph"
)

// maxReaders is how many statements read at once. A callback of Run may call the
// store again, which takes a second connection.
const maxReaders = 16

// busyTimeout is how long, in milliseconds, a transaction waits for the write
// lock before ErrBusy.
const busyTimeout = 5000

// store is a graph.Store on one SQLite file.
type store struct {
	path     string
	writer   *sql.DB         // one connection: its pool is the queue of this process's writers
	reader   *sql.DB         // connections that compile nothing but reads, one statement at a time
	exporter *sql.DB         // read-only connections that hold a snapshot
	console  *sql.DB         // connections for statements of people
	tables   map[string]bool // names in the schema, in lower case
	loader   *loaderLock
	engine   string

	statements sync.Map // of reader: *sql.Stmt by text
}

// Open opens the store in the file at path, and makes it if there is none. The
// directory must exist. The file is brought to the schema of this program. Writing
// through this store fails with graph.ErrBusy while another process loads.
//
// Errors: graph.ErrSchema if a newer program made the file; graph.ErrBusy if
// another process is changing its schema; graph.ErrFull. A path that is no
// database of this program, or that may not be read and written, is named with
// the reason.
func Open(ctx context.Context, path string) (graph.Store, error) {
	s, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	return graph.Checked(s), nil
}

// OpenLoader is Open for a process that loads: it alone writes until Close. It
// fails with graph.ErrBusy while another process does (after a short wait); reading
// is open to all.
func OpenLoader(ctx context.Context, path string) (graph.Store, error) {
	s, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := s.loader.hold(ctx); err != nil {
		return nil, errors.Join(s.fail(ctx, "load into", err), s.Close())
	}
	return graph.Checked(s), nil
}

// open tries again where SQLite is busy without having waited: it does not wait
// for a switch to write-ahead logging or for the last connection to leave.
func open(ctx context.Context, path string) (*store, error) {
	for try := 1; ; try++ {
		began := time.Now()
		s, err := openOnce(ctx, path)
		if !errors.Is(err, graph.ErrBusy) || try == 100 || time.Since(began) > time.Second || ctx.Err() != nil {
			return s, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func openOnce(ctx context.Context, path string) (_ *store, err error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s := &store{path: path}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	s.writer = sql.OpenDB(connector{dsn: dsn(abs, "rwc",
		fmt.Sprintf("busy_timeout(%d)", busyTimeout), "foreign_keys(1)", "synchronous(normal)", "cache_size(-65536)", "temp_store(memory)",
		"journal_size_limit(67108864)"), driver: new(sqlite.Driver)})
	s.writer.SetMaxOpenConns(1)
	if err := s.migrate(ctx); err != nil {
		return nil, s.fail(ctx, "open store", err)
	}
	readOnly := dsn(abs, "ro",
		fmt.Sprintf("busy_timeout(%d)", busyTimeout), "query_only(1)", "trusted_schema(0)", "cache_size(-16384)", "temp_store(memory)")
	s.reader = sql.OpenDB(connector{dsn: readOnly, driver: readOnlyDriver()})
	s.reader.SetMaxOpenConns(maxReaders)
	s.reader.SetMaxIdleConns(maxReaders)
	s.exporter = sql.OpenDB(connector{dsn: readOnly, driver: new(sqlite.Driver)})
	s.exporter.SetMaxIdleConns(0)
	if s.tables, err = tableNames(ctx, s.writer); err != nil {
		return nil, s.fail(ctx, "open store", err)
	}
	s.console = openConsole(abs)
	s.loader = newLoaderLock(abs)
	var version string
	if err := s.reader.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return nil, s.fail(ctx, "open store", err)
	}
	s.engine = "sqlite " + version
	return s, nil
}

// checkPath names the common mistakes, for which SQLite only says that it cannot
// open the file.
func checkPath(path string) error {
	if path == "" {
		return errors.New("open store: the path of the database file is empty")
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("open store %s: is a directory: name a file in it", path)
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("open store %s: directory %s does not exist: make it first", path, dir)
	case err != nil:
		return fmt.Errorf("open store %s: %w", path, err)
	case !info.IsDir():
		return fmt.Errorf("open store %s: %s is not a directory", path, dir)
	}
	return nil
}

// dsn returns the driver's name for the file at an absolute path.
func dsn(abs, mode string, pragmas ...string) string {
	p := filepath.ToSlash(abs)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	q := url.Values{"mode": {mode}, "_pragma": pragmas}
	return "file://" + (&url.URL{Path: p}).EscapedPath() + "?" + q.Encode()
}

// Close waits for writes in progress and closes the file; with the last
// connection of all processes its write-ahead log is folded into it.
func (s *store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.exporter, s.console, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.loader != nil {
		errs = append(errs, s.loader.close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close store %s: %w", s.path, err)
	}
	return nil
}
