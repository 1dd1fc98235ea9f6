package sqlitestore

import (
	"context"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// connector opens connections through a driver of its own, so that nothing is
// registered for the whole process.
type connector struct {
	dsn    string
	driver *sqlite.Driver
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return c.driver.Open(c.dsn)
}

func (c connector) Driver() driver.Driver { return c.driver }

// readOnlyDriver refuses, when a statement is compiled, everything but reading:
// beside writes also ATTACH, PRAGMA, temporary tables and transactions, which a
// read-only connection would allow.
func readOnlyDriver() *sqlite.Driver {
	d := new(sqlite.Driver)
	d.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		r, ok := conn.(sqlite.AuthorizerRegisterer)
		if !ok {
			return errors.New("driver has no authorizer")
		}
		return r.RegisterAuthorizer(func(action sqlite.AuthorizerActionCode, first, name, _, _ string) sqlite.AuthorizerReturnCode {
			switch action {
			case sqlite.AuthSelect, sqlite.AuthRead, sqlite.AuthRecursive:
				return sqlite.AuthorizerOK
			case sqlite.AuthPragma:
				if first == "data_version" { // asked by full text search; it reads
					return sqlite.AuthorizerOK
				}
			case sqlite.AuthFunction:
				if name != "load_extension" {
					return sqlite.AuthorizerOK
				}
			}
			return sqlite.AuthorizerDeny
		})
	})
	return d
}
