package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"reformgraph/graph"
)

// Run implements graph.Store. A parameter that the statement does not name is
// ignored.
func (s *store) Run(ctx context.Context, st graph.Statement, params map[string]any, each func(graph.Row) error) error {
	if strings.TrimSpace(st.SQL) == "" {
		return fmt.Errorf("query %s on %s: %w", st.Name, s.path, &graph.InvalidError{Field: "statement", Reason: "has no SQL text"})
	}
	args := make([]any, 0, len(params))
	for k, v := range params {
		if list, ok := v.([]string); ok {
			v = toJSON(list)
		}
		args = append(args, sql.Named(k, v))
	}
	var stop error // the caller's own error, which is not the store's
	err := func() error {
		compiled, err := s.compiled(ctx, st.SQL)
		if err != nil {
			return err
		}
		rows, err := compiled.QueryContext(ctx, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			row := make(graph.Row, len(columns))
			for i, column := range columns {
				name, v, err := decodeColumn(column, values[i])
				if err != nil {
					return fmt.Errorf("column %s: %w", column, err)
				}
				row[name] = v
			}
			if stop = each(row); stop != nil {
				return stop
			}
		}
		return rows.Err()
	}()
	if stop != nil {
		return stop
	}
	return s.fail(ctx, "query "+st.Name+" on", err)
}

// compiled returns a statement that each reading connection compiles once and
// keeps. Statements are those of the program, so there are not many.
func (s *store) compiled(ctx context.Context, text string) (*sql.Stmt, error) {
	if st, ok := s.statements.Load(text); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := s.reader.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	if first, there := s.statements.LoadOrStore(text, st); there {
		st.Close()
		return first.(*sql.Stmt), nil
	}
	return st, nil
}

// decodeColumn decodes a column by the ending of its name: see graph.Statement.
func decodeColumn(name string, v any) (string, any, error) {
	if b, ok := v.([]byte); ok {
		v = string(b)
	}
	if short, ok := strings.CutSuffix(name, "_json"); ok {
		text, isText := v.(string)
		switch {
		case v == nil:
			return short, nil, nil
		case text == "{}":
			return short, map[string]any{}, nil
		case !isText:
			return "", nil, fmt.Errorf("is %v: want JSON", v)
		}
		decoded, err := decode(text)
		return short, decoded, err
	}
	if short, ok := strings.CutSuffix(name, "_bool"); ok {
		switch n := v.(type) {
		case nil:
			return short, nil, nil
		case int64:
			return short, n != 0, nil
		}
		return "", nil, fmt.Errorf("is %v: want 0 or 1", v)
	}
	return name, v, nil
}
