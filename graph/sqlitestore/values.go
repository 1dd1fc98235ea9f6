package sqlitestore

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"

	"reformgraph/graph"
)

// unresolvedJSON is an element of the column article.unresolved.
type unresolvedJSON struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Why   string `json:"why"`
}

// null stores an absent text as NULL.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// toJSON returns the canonical JSON of a value; a nil list is [], nil properties {}.
func toJSON(v any) string {
	switch x := v.(type) {
	case []string:
		if x == nil {
			return "[]"
		}
	case []int:
		if x == nil {
			return "[]"
		}
	}
	return string(graph.CanonicalJSON(v))
}

// decode reads a JSON value into plain values: whole numbers become int64, others
// float64.
func decode(text string) (any, error) {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	return graph.Plain(v)
}

// decodeProps reads properties of a schema's kinds.
func decodeProps(text string, kinds map[string]graph.Kind) (graph.Props, error) {
	v, err := decode(text)
	if err != nil {
		return nil, err
	}
	m, _ := v.(map[string]any)
	p := graph.Props(m)
	for k, x := range p {
		if n, ok := x.(int64); ok && kinds[k] == graph.Number {
			p[k] = float64(n)
		}
	}
	return p, nil
}

// each calls f for every row of a query, with the row's scan function.
func each(ctx context.Context, conn *sql.Conn, query string, args []any, f func(scan func(...any) error) error) error {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
