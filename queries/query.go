package queries

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"

	"reformgraph/graph"
)

// Query is one entry of the catalogue.
type Query struct {
	Name        string
	Title       string
	Description string
	Example     url.Values // parameters that make a good first call
	Params      []Param
	Columns     []Column

	paramsType reflect.Type
	// rows computes all rows in their order, with resolved parameters written back
	// into params, and says what identifies a row among them.
	rows func(ctx context.Context, s graph.Store, params reflect.Value) (rows []any, key func(any) string, err error)
	// detail fills in what is costly, of the rows that are shown alone; nil for most queries.
	detail func(ctx context.Context, s graph.Store, params reflect.Value, rows []any) error
}

// define makes a query from its Params and Row types. Rows are in their total
// order; key identifies a row within the answer.
func define[P, R any](q Query, run func(context.Context, graph.Store, *P) ([]R, error), key func(R) string) *Query {
	q.paramsType = reflect.TypeFor[P]()
	_, q.Params = paramFields(q.paramsType)
	q.Columns = columnsOf(reflect.TypeFor[R]())
	q.rows = func(ctx context.Context, s graph.Store, params reflect.Value) ([]any, func(any) string, error) {
		p := params.Interface().(P)
		rows, err := run(ctx, s, &p)
		if err != nil {
			return nil, nil, err
		}
		params.Set(reflect.ValueOf(p))
		out := make([]any, len(rows))
		for i, r := range rows {
			out[i] = r
		}
		return out, func(r any) string { return key(r.(R)) }, nil
	}
	return &q
}

// detailed gives a query something to fill in of the rows that are shown.
func detailed[P, R any](q *Query, fill func(context.Context, graph.Store, *P, []R) error) *Query {
	q.detail = func(ctx context.Context, s graph.Store, params reflect.Value, rows []any) error {
		p := params.Interface().(P)
		shown := make([]R, len(rows))
		for i, r := range rows {
			shown[i] = r.(R)
		}
		if err := fill(ctx, s, &p, shown); err != nil {
			return err
		}
		for i, r := range shown {
			rows[i] = r
		}
		return nil
	}
	return q
}

// Catalogue lists all queries in the order of their documentation.
func Catalogue() []*Query { return catalogue }

var catalogue = []*Query{
	spread, origins, promotions, flows, reach, experiences, cascades, riskSet,
	city, shared, initiatives, pilots, recognitions, leaders,
	search, facets, evidence, neighbours, pathQuery, conflicts, coverage, unresolved,
}

// Find returns the query of that name.
func Find(name string) (*Query, bool) {
	i := slices.IndexFunc(catalogue, func(q *Query) bool { return q.Name == name })
	if i < 0 {
		return nil, false
	}
	return catalogue[i], true
}

// Run answers the query of that name.
//
// Errors: *NotFoundError for an unknown query or a parameter that names nothing;
// *graph.InvalidError naming the parameter that is wrong; *AmbiguousError with
// the choices for a name; those of Store.Run; graph.ErrBusy if articles were
// loaded during each of several attempts to read the graph at one revision.
func Run(ctx context.Context, s graph.Store, name string, values url.Values) (*Answer, error) {
	q, ok := Find(name)
	if !ok {
		return nil, &NotFoundError{Field: "name", Value: name, Reason: "there is no query of this name"}
	}
	a, err := q.run(ctx, s, values)
	if err != nil {
		return nil, fmt.Errorf("query %s: %w", name, err)
	}
	return a, nil
}

func (q *Query) run(ctx context.Context, s graph.Store, values url.Values) (*Answer, error) {
	given, err := readParams(q.paramsType, values)
	if err != nil {
		return nil, err
	}
	params := reflect.New(q.paramsType).Elem()
	var a *Answer
	revision, err := atOneRevision(ctx, s, func() error {
		params.Set(given)
		rows, key, err := q.rows(ctx, s, params)
		if err != nil {
			return err
		}
		a = &Answer{Query: q.Name, Params: answered(params, values), Rows: []any{}, columns: q.Columns}
		limit := int(params.FieldByName("Limit").Int())
		binding := bind(q.Name, params)
		if c := params.FieldByName("Cursor").String(); c != "" {
			n, err := resume(c, binding, rows, key)
			if err != nil {
				return err
			}
			rows = rows[n:]
		}
		if len(rows) > limit {
			a.Truncated = true
			a.Next = cursor(binding, key(rows[limit-1]))
			rows = rows[:limit]
		}
		a.Rows = append(a.Rows, rows...)
		if q.detail == nil {
			return nil
		}
		return q.detail(ctx, s, params, a.Rows)
	})
	if err != nil {
		return nil, err
	}
	a.Revision = revision
	return a, nil
}

// attempts is how often an answer is read anew because a load changed the graph
// meanwhile. A load commits about once a second, an answer takes milliseconds.
const attempts = 6

// atOneRevision calls read until the graph had the same revision before and
// after it, and returns that revision.
func atOneRevision(ctx context.Context, s graph.Store, read func() error) (string, error) {
	before := ""
	if w, ok := s.(*watched); ok && w.last.Load() != nil {
		before = Revision(*w.last.Load())
	} else {
		info, err := s.Info(ctx)
		if err != nil {
			return "", err
		}
		before = Revision(info)
	}
	for range attempts {
		readErr := read()
		info, err := s.Info(ctx)
		if err != nil {
			return "", errors.Join(readErr, err)
		}
		after := Revision(info)
		if after == before {
			return after, readErr
		}
		before = after
	}
	return "", fmt.Errorf("%w: the graph changed during each of %d attempts to read it", graph.ErrBusy, attempts)
}

// Revision is the revision of a store as answers show it: STOREID-N.
func Revision(i graph.Info) string { return fmt.Sprintf("%s-%d", i.StoreID, i.Revision) }

// A cursor is 16 bytes: half a hash of what it is bound to, half a hash of the
// key of the last row given.

func cursor(binding, key string) string {
	a, b := sha256.Sum256([]byte(binding)), sha256.Sum256([]byte(key))
	return base64.RawURLEncoding.EncodeToString(append(a[:8:8], b[:8]...))
}

// resume returns the index of the row after the one that the cursor stands for.
func resume(c, binding string, rows []any, key func(any) string) (int, error) {
	raw, err := base64.RawURLEncoding.DecodeString(c)
	if err != nil || len(raw) != 16 {
		return 0, invalid("cursor", "is not a cursor: give the next of an answer, unchanged")
	}
	if b := sha256.Sum256([]byte(binding)); string(b[:8]) != string(raw[:8]) {
		return 0, invalid("cursor", "belongs to another query or other parameters")
	}
	for i, r := range rows {
		if k := sha256.Sum256([]byte(key(r))); string(k[:8]) == string(raw[8:]) {
			return i + 1, nil
		}
	}
	return 0, invalid("cursor", "points to a row that is no longer in the answer: start again without it")
}
