package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"reformgraph/graph"
)

// maxConsole is how many statements of people run at once.
const maxConsole = 2

// openConsole opens the connections for statements of people, which are not those
// that the program itself reads through. What a statement sorts or collects beyond
// its cache goes to a temporary file, which is gone with it: in memory it could
// grow until the process dies.
func openConsole(abs string) *sql.DB {
	db := sql.OpenDB(connector{dsn: dsn(abs, "ro", fmt.Sprintf("busy_timeout(%d)", busyTimeout), "query_only(1)", "trusted_schema(0)",
		"cell_size_check(1)", "cache_size(-16384)", "temp_store(file)") + "&_defensive=1", driver: consoleDriver()})
	db.SetMaxOpenConns(maxConsole)
	return db
}

// consoleLimits bound what a statement may ask of SQLite. No value is longer than
// 1 MiB, so that no single step is long: only between steps a statement can be
// stopped.
var consoleLimits = map[int]int{
	lib.SQLITE_LIMIT_LENGTH:              1 << 20,
	lib.SQLITE_LIMIT_SQL_LENGTH:          graph.MaxStatement + 1,
	lib.SQLITE_LIMIT_COLUMN:              200,
	lib.SQLITE_LIMIT_EXPR_DEPTH:          100,
	lib.SQLITE_LIMIT_COMPOUND_SELECT:     50,
	lib.SQLITE_LIMIT_VDBE_OP:             25000,
	lib.SQLITE_LIMIT_FUNCTION_ARG:        50,
	lib.SQLITE_LIMIT_ATTACHED:            0,
	lib.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
	lib.SQLITE_LIMIT_VARIABLE_NUMBER:     100,
	lib.SQLITE_LIMIT_TRIGGER_DEPTH:       0,
	lib.SQLITE_LIMIT_WORKER_THREADS:      0,
}

// readable lists what may be read: the views, and of the tables beneath them the
// columns that hold facts. Which view a read comes through does not count, since a
// common table expression may take the name of one. nil stands for all columns.
var readable = map[string][]string{
	"articles": nil, "places": nil, "nodes": nil, "initiatives": nil, "experiences": nil, "claims": nil, "adoptions": nil, "mentions": nil,
	"article": {"", "id", "title", "outlet", "url", "published", "published_precision", "authors", "script", "home", "given", "unresolved",
		"text_sha256", "text"},
	"node": nil, "node_key": nil, "claim": nil, "mention": nil,
	"json_each": nil, "json_tree": nil,
}

// functions lists what may be called. Missing are those that reach outside of the
// graph, that make large values from nothing, and that SQLite may change the
// meaning of.
var functions = strings.Fields(`abs avg ceil ceiling char coalesce concat concat_ws count cume_dist date datetime dense_rank exp
	first_value floor glob group_concat hex if ifnull iif instr json json_array json_array_length json_each json_extract json_group_array
	json_group_object json_object json_tree json_type json_valid -> ->> julianday lag last_value lead length like ln log log10 log2 lower ltrim
	max median min mod nth_value ntile nullif octet_length percent_rank percentile percentile_cont percentile_disc pow power quote rank replace
	round row_number rtrim sign sqrt strftime string_agg substr substring sum time timediff total trim trunc typeof unicode unixepoch upper`)

// Language implements graph.Console.
func (s *store) Language() string { return "sql" }

// Ask implements graph.Console. Each statement is compiled under an authorizer of
// its own, which keeps the first thing that it refused.
func (s *store) Ask(ctx context.Context, statement string, params map[string]any, l graph.Limits) (graph.Table, error) {
	const operation = "answer statement on"
	if err := oneStatement(statement); err != nil {
		return graph.Table{}, err
	}
	args, err := arguments(params)
	if err != nil {
		return graph.Table{}, err
	}
	bounded, cancel := context.WithTimeout(ctx, l.Time)
	defer cancel()
	conn, err := s.console.Conn(bounded)
	if err != nil {
		if ctx.Err() == nil && bounded.Err() != nil {
			return graph.Table{}, fmt.Errorf("%s %s: %w", operation, s.path, graph.ErrBusy)
		}
		return graph.Table{}, s.fail(ctx, operation, err)
	}
	defer conn.Close()
	for id, n := range consoleLimits {
		if _, err := sqlite.Limit(conn, id, n); err != nil {
			return graph.Table{}, s.fail(ctx, operation, err)
		}
	}
	var refused string
	err = conn.Raw(func(c any) error {
		r, ok := c.(sqlite.AuthorizerRegisterer)
		if !ok {
			return errors.New("driver has no authorizer")
		}
		return r.RegisterAuthorizer(s.authorizer(&refused))
	})
	if err != nil {
		return graph.Table{}, s.fail(ctx, operation, err)
	}
	t, err := ask(bounded, conn, statement, args, l)
	var e *sqlite.Error
	switch {
	case err == nil:
		return t, nil
	case refused != "":
		return graph.Table{}, &graph.RefusedError{Rule: refused}
	case ctx.Err() == nil && bounded.Err() != nil:
		return graph.Table{}, fmt.Errorf("%s %s: %w: it took longer than %s", operation, s.path, graph.ErrLimit, l.Time)
	case errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_TOOBIG:
		return graph.Table{}, fmt.Errorf("%s %s: %w: a value is longer than 1 MiB or the statement too large", operation, s.path, graph.ErrLimit)
	case errors.As(err, &e) && (e.Code()&0xff == lib.SQLITE_ERROR || e.Code()&0xff == lib.SQLITE_MISMATCH || e.Code()&0xff == lib.SQLITE_RANGE),
		strings.Contains(err.Error(), "missing named argument"), strings.Contains(err.Error(), "missing argument"):
		return graph.Table{}, fmt.Errorf("%s %s: %w", operation, s.path, &graph.InvalidError{Field: "statement", Reason: err.Error()})
	}
	return graph.Table{}, s.fail(ctx, operation, err)
}

func ask(ctx context.Context, conn *sql.Conn, statement string, args []any, l graph.Limits) (t graph.Table, err error) {
	rows, err := conn.QueryContext(ctx, statement, args...)
	if err != nil {
		return t, err
	}
	defer rows.Close()
	if t.Columns, err = rows.Columns(); err != nil {
		return t, err
	}
	for rows.Next() {
		values := make([]any, len(t.Columns))
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return t, err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = strings.ToValidUTF8(string(b), "\uFFFD")
			}
		}
		if !t.Add(values, l) {
			return t, nil
		}
	}
	return t, rows.Err()
}

// authorizer allows what is on the lists and notes the first thing that is not.
func (s *store) authorizer(refused *string) sqlite.AuthorizerFn {
	refuse := func(format string, args ...any) sqlite.AuthorizerReturnCode {
		if *refused == "" {
			*refused = fmt.Sprintf(format, args...)
		}
		return sqlite.AuthorizerDeny
	}
	return func(action sqlite.AuthorizerActionCode, first, second, database, _ string) sqlite.AuthorizerReturnCode {
		switch action {
		case sqlite.AuthSelect, sqlite.AuthRecursive:
			return sqlite.AuthorizerOK
		case sqlite.AuthRead:
			columns, ok := readable[strings.ToLower(first)]
			switch {
			case !ok && second == "" && !s.isTable(first):
				return sqlite.AuthorizerOK // a common table expression, none of whose columns are used
			case !ok:
				return refuse("table %s may not be read", first)
			case columns != nil && !slices.Contains(columns, strings.ToLower(second)):
				return refuse("column %s.%s may not be read", first, second)
			}
			return sqlite.AuthorizerOK
		case sqlite.AuthFunction:
			if slices.Contains(functions, strings.ToLower(second)) {
				return sqlite.AuthorizerOK
			}
			return refuse("function %s is not on the list", second)
		}
		return refuse("only SELECT may run: the statement would %s", actionName(action))
	}
}

// isTable says whether a name is one of a table, view or module of SQLite.
func (s *store) isTable(name string) bool {
	name = strings.ToLower(name)
	return s.tables[name] || strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "pragma_")
}

// tableNames lists them.
func tableNames(ctx context.Context, db *sql.DB) (map[string]bool, error) {
	rows, err := db.QueryContext(ctx, "SELECT lower(name) FROM sqlite_schema UNION SELECT lower(name) FROM pragma_module_list")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make(map[string]bool)
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out[name] = true
	}
	return out, rows.Err()
}

func actionName(a sqlite.AuthorizerActionCode) string {
	switch a {
	case sqlite.AuthInsert:
		return "insert"
	case sqlite.AuthUpdate:
		return "update"
	case sqlite.AuthDelete:
		return "delete"
	case sqlite.AuthAttach:
		return "attach a file"
	case sqlite.AuthDetach:
		return "detach a database"
	case sqlite.AuthPragma:
		return "use a pragma"
	case sqlite.AuthTransaction, sqlite.AuthSavepoint:
		return "change the transaction"
	}
	return fmt.Sprintf("change the schema or the file (action %d)", a)
}

// arguments binds lists and maps as JSON, for json_each.
func arguments(params map[string]any) ([]any, error) {
	var out []any
	for k, v := range params {
		switch v.(type) {
		case nil, string, int64, float64, bool:
		default:
			b, err := json.Marshal(v)
			if err != nil {
				return nil, &graph.InvalidError{Field: "params." + k, Reason: err.Error()}
			}
			v = string(b)
		}
		if k == "" || strings.Trim(k, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
			return nil, &graph.InvalidError{Field: "params", Reason: fmt.Sprintf("%q is no name: want letters, digits and _", k)}
		}
		out = append(out, sql.Named(k, v))
	}
	return out, nil
}

// oneStatement refuses a second statement, which the driver would run too. It
// reads past texts, quoted names and comments as SQLite does.
func oneStatement(text string) error {
	if len(text) > graph.MaxStatement {
		return &graph.RefusedError{Rule: fmt.Sprintf("the statement is longer than %d bytes", graph.MaxStatement)}
	}
	if strings.ContainsRune(text, 0) {
		return &graph.RefusedError{Rule: "the statement holds a zero byte"}
	}
	ended, something := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		var skip int // how far a text, name or comment goes
		switch {
		case strings.HasPrefix(text[i:], "--"):
			skip = past(text[i:], "\n")
		case strings.HasPrefix(text[i:], "/*"):
			if skip = past(text[i+2:], "*/") + 2; skip > len(text)-i {
				skip = len(text) - i
			}
		case strings.ContainsRune(" \t\r\n\f", rune(c)):
			continue
		case c == ';':
			ended = ended || something
			continue
		case c == '\'' || c == '"' || c == '`':
			skip = past(text[i+1:], string(c)) + 1
		case c == '[':
			skip = past(text[i+1:], "]") + 1
		}
		if !strings.HasPrefix(text[i:], "--") && !strings.HasPrefix(text[i:], "/*") {
			if ended {
				return &graph.RefusedError{Rule: "there is more than one statement"}
			}
			something = true
		}
		if skip > 0 {
			i += skip - 1
		}
	}
	if !something {
		return &graph.InvalidError{Field: "statement", Reason: "is empty"}
	}
	return nil
}

// past returns the length of the text up to and with the end, or all of it.
func past(text, end string) int {
	if i := strings.Index(text, end); i >= 0 {
		return i + len(end)
	}
	return len(text)
}
