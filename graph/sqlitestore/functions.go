package sqlitestore

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"modernc.org/sqlite"
)

// consoleDriver replaces the functions whose time in SQLite grows with the product
// of the lengths of their arguments: a call of one cannot be stopped, and with two
// values of 1 MiB would take minutes.
func consoleDriver() *sqlite.Driver {
	d := new(sqlite.Driver)
	register := func(name string, arguments int32, f func(args []string) (driver.Value, error)) {
		d.MustRegisterDeterministicScalarFunction(name, arguments, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			texts := make([]string, len(args))
			for i, a := range args {
				if a == nil {
					return nil, nil
				}
				if b, ok := a.([]byte); ok {
					a = string(b)
				}
				texts[i] = fmt.Sprint(a)
			}
			return f(texts)
		})
	}
	register("instr", 2, func(a []string) (driver.Value, error) {
		i := strings.Index(a[0], a[1])
		if i < 0 {
			return int64(0), nil
		}
		return int64(utf8.RuneCountInString(a[0][:i]) + 1), nil
	})
	register("replace", 3, func(a []string) (driver.Value, error) {
		if a[1] == "" {
			return a[0], nil
		}
		if n := strings.Count(a[0], a[1]); len(a[0])+n*(len(a[2])-len(a[1])) > 1<<20 {
			return nil, errors.New("replace: the text becomes longer than 1 MiB")
		}
		return strings.ReplaceAll(a[0], a[1], a[2]), nil
	})
	trim := func(name string, cut func(string, func(rune) bool) string) {
		register(name, 2, func(a []string) (driver.Value, error) {
			set := make(map[rune]bool)
			for _, r := range a[1] {
				set[r] = true
			}
			return cut(a[0], func(r rune) bool { return set[r] }), nil
		})
	}
	trim("trim", strings.TrimFunc)
	trim("ltrim", strings.TrimLeftFunc)
	trim("rtrim", strings.TrimRightFunc)
	return d
}
