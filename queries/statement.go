package queries

import (
	"context"
	"embed"
	"fmt"
	"path"
	"reflect"

	"reformgraph/graph"
)

//go:embed files/*.cypher files/*.sql
var files embed.FS

// twin is a statement in both languages. P is the one source of truth for its
// parameters: each field has a `param` tag, and both files use exactly those.
type twin[P any] struct{ graph.Statement }

// twinParams and statements hold every twin by its name, for the tests that hold
// the files to their parameters and to their indexes.
var (
	twinParams = map[string]reflect.Type{}
	statements = map[string]graph.Statement{}
)

// newTwin reads files/NAME.cypher and files/NAME.sql.
func newTwin[P any](name string) twin[P] {
	read := func(ext string) string {
		b, err := files.ReadFile(path.Join("files", name+ext))
		if err != nil {
			panic(fmt.Sprintf("queries: statement %s has no %s file", name, ext))
		}
		return string(b)
	}
	twinParams[name] = reflect.TypeFor[P]()
	statements[name] = graph.Statement{Name: name, Cypher: read(".cypher"), SQL: read(".sql")}
	return twin[P]{statements[name]}
}

// each calls f for every row. Lists that are nil reach the store as empty ones.
func (t twin[P]) each(ctx context.Context, s graph.Store, p P, f func(graph.Row) error) error {
	v := reflect.ValueOf(p)
	params := make(map[string]any, v.NumField())
	for i := range v.NumField() {
		x := v.Field(i).Interface()
		switch y := x.(type) {
		case []string:
			if y == nil {
				x = []string{}
			}
		case int:
			x = int64(y)
		}
		params[v.Type().Field(i).Tag.Get("param")] = x
	}
	if err := s.Run(ctx, t.Statement, params, f); err != nil {
		return fmt.Errorf("statement %s: %w", t.Name, err)
	}
	return nil
}

// Parameters of the statements.
type (
	noParams  struct{}
	idsParams struct {
		IDs []string `param:"ids"`
	}
	linksParams struct {
		IDs   []string `param:"ids"`
		Least float64  `param:"least"`
	}
	idParams struct {
		ID string `param:"id"`
	}
	placesParams struct {
		Places []string `param:"places"`
	}
	namedParams struct {
		Label string `param:"label"`
		Key   string `param:"key"`
	}
	keyParams struct {
		Key string `param:"key"`
	}
	// wordsParams holds a script.PhraseQuery.
	wordsParams struct {
		Words string `param:"words"`
	}
	stretchParams struct {
		After  string `param:"after"`
		Before string `param:"before"`
		Limit  int    `param:"limit"`
	}
	adoptionsParams struct {
		Experiences []string `param:"experiences"`
		Practices   []string `param:"practices"`
	}
)
