package neo4jstore

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/db"

	"reformgraph/graph"
)

// Run streams the rows of the Cypher text. A try that fails before its first row
// is repeated like any read.
func (s *store) Run(ctx context.Context, st graph.Statement, params map[string]any, each func(graph.Row) error) error {
	operation := "run query"
	if st.Name != "" {
		operation = "run query " + st.Name
	}
	if strings.TrimSpace(st.Cypher) == "" {
		return fmt.Errorf("%s: %w", operation, &graph.InvalidError{Field: "statement", Reason: "has no Cypher text"})
	}
	started := false
	return s.read(ctx, operation, func(t transaction) error {
		row := graph.Row{}
		err := t.query(st.Cypher, params, func(r *neo4j.Record) error {
			for i, k := range r.Keys {
				v, err := plain(r.Values[i])
				if err != nil {
					return passed(fmt.Errorf("%s: column %s: %w", operation, k, err))
				}
				row[k] = v
			}
			started = true
			return passed(each(row))
		})
		if err != nil && started {
			return passed(s.fail(ctx, operation, err))
		}
		return err
	})
}

// Explain asks the planner.
func (s *store) Explain(ctx context.Context, statement string, params map[string]any) (kind string, operators []string, err error) {
	const operation = "explain statement"
	err = s.read(ctx, operation, func(t transaction) error {
		result, err := t.tx.Run(t.ctx, "EXPLAIN "+statement, params)
		if err != nil {
			return err
		}
		summary, err := result.Consume(t.ctx)
		if err != nil {
			return err
		}
		root, err := planOf(summary)
		if err != nil {
			return passed(fmt.Errorf("%s: %w", operation, err))
		}
		operators = planOperators(nil, root)
		kind = "s"
		if k, ok := kinds[summary.StatementType()]; ok {
			kind = k
		}
		return nil
	})
	return kind, operators, err
}

var kinds = map[neo4j.StatementType]string{
	neo4j.StatementTypeReadOnly: "r", neo4j.StatementTypeReadWrite: "rw", neo4j.StatementTypeWriteOnly: "w"}

// planOf returns the plan as the driver decoded it, from below its interface:
// Plan.Children of driver 5.28 gives the last child in the place of each of its
// siblings (a loop variable kept by its address, in a module of Go 1.18), which
// hides the other branches of Apply, Union and joins. A driver that is built
// otherwise is an error here, never a shorter plan.
func planOf(summary neo4j.ResultSummary) (*db.Plan, error) {
	if summary.Plan() == nil {
		return nil, &graph.InvalidError{Field: "statement", Reason: "has no plan"}
	}
	v := reflect.ValueOf(summary.Plan())
	if v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct {
		if f := v.Elem().FieldByName("plan"); f.IsValid() && f.Type() == reflect.TypeFor[*db.Plan]() && !f.IsNil() {
			return (*db.Plan)(f.UnsafePointer()), nil
		}
	}
	return nil, fmt.Errorf("the driver keeps plans in another way than version 5.28: see planOf")
}

// planOperators appends the names of a plan's operators, the root first.
func planOperators(out []string, p *db.Plan) []string {
	name, _, _ := strings.Cut(p.Operator, "@")
	if name == "ProcedureCall" {
		details, _ := p.Arguments["Details"].(string)
		procedure, _, _ := strings.Cut(details, "(")
		name += " " + procedure
	}
	out = append(out, name)
	for i := range p.Children {
		out = planOperators(out, &p.Children[i])
	}
	return out
}

// plain brings a value to the plain ones that rows hold. A node is
// {id, labels, props}, an edge {type, props}, a path {nodes, edges}; operational
// properties are left out. Dates and durations are texts.
func plain(v any) (any, error) {
	switch x := v.(type) {
	case nil, string, int64, float64, bool:
		return x, nil
	case []any:
		out := make([]any, len(x))
		for i := range x {
			var err error
			if out[i], err = plain(x[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, y := range x {
			var err error
			if out[k], err = plain(y); err != nil {
				return nil, err
			}
		}
		return out, nil
	case neo4j.Node:
		props, err := plainProps(x.Props)
		id := props["id"]
		delete(props, "id")
		return map[string]any{"id": id, "labels": anyList(slices.Sorted(slices.Values(x.Labels))), "props": props}, err
	case neo4j.Relationship:
		props, err := plainProps(x.Props)
		return map[string]any{"type": x.Type, "props": props}, err
	case neo4j.Path:
		nodes, err := plain(anyList(x.Nodes))
		if err != nil {
			return nil, err
		}
		edges, err := plain(anyList(x.Relationships))
		return map[string]any{"nodes": nodes, "edges": edges}, err
	case time.Time:
		return x.Format(time.RFC3339Nano), nil
	case fmt.Stringer:
		return x.String(), nil
	}
	return nil, &graph.InvalidError{Field: "statement", Reason: fmt.Sprintf("returns a value of type %T: return texts, numbers, lists or maps", v)}
}

func plainProps(p map[string]any) (map[string]any, error) {
	visible := maps.Clone(p)
	maps.DeleteFunc(visible, func(k string, _ any) bool { return strings.HasPrefix(k, "_") })
	v, err := plain(visible)
	if err != nil {
		return nil, err
	}
	return v.(map[string]any), nil
}

func anyList[T any](list []T) []any {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}
