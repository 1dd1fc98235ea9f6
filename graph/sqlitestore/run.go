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
		decoders := make([]decoder, len(columns))
		for i, column := range columns {
			columns[i], decoders[i] = decoderOf(column)
		}
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		row := make(graph.Row, len(columns))
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			for i, name := range columns {
				v := values[i]
				if b, ok := v.([]byte); ok {
					v = string(b)
				}
				if decode := decoders[i]; decode != nil && v != nil {
					if v, err = decode(v); err != nil {
						return fmt.Errorf("column %s: %w", name, err)
					}
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

// decoder brings a value that is not null to what its column stands for.
type decoder func(v any) (any, error)

// decoderOf tells by the ending of a column's name what it is called in rows and
// how it is decoded: see graph.Statement. The decoder may be nil.
func decoderOf(column string) (name string, d decoder) {
	if name, ok := strings.CutSuffix(column, "_json"); ok {
		return name, func(v any) (any, error) {
			text, ok := v.(string)
			switch {
			case !ok:
				return nil, fmt.Errorf("is %v: want JSON", v)
			case text == "{}":
				return map[string]any{}, nil
			}
			return decode(text)
		}
	}
	if name, ok := strings.CutSuffix(column, "_bool"); ok {
		return name, func(v any) (any, error) {
			n, ok := v.(int64)
			if !ok {
				return nil, fmt.Errorf("is %v: want 0 or 1", v)
			}
			return n != 0, nil
		}
	}
	return column, nil
}
