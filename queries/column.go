package queries

import (
	"reflect"
	"strings"
)

// Column documents one field of a query's rows.
type Column struct {
	Name        string `json:"name"`
	Type        string `json:"type"` // string, integer, number, boolean, object, evidence
	Nullable    bool   `json:"nullable"`
	Description string `json:"description"`

	index []int
}

// columnsOf reads a Row struct: names from `json` tags, descriptions from `doc`
// tags, pointers may be null. The fields of an embedded struct stand in its place.
func columnsOf(t reflect.Type) []Column {
	var out []Column
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			continue
		}
		c := Column{Name: name, Description: f.Tag.Get("doc"), index: f.Index}
		ft := f.Type
		if ft.Kind() == reflect.Pointer {
			c.Nullable, ft = true, ft.Elem()
		}
		switch {
		case ft == reflect.TypeFor[[]Evidence]():
			c.Type = "evidence"
		case ft.Kind() == reflect.String:
			c.Type = "string"
		case ft.Kind() == reflect.Int:
			c.Type = "integer"
		case ft.Kind() == reflect.Float64:
			c.Type = "number"
		case ft.Kind() == reflect.Bool:
			c.Type = "boolean"
		case ft.Kind() == reflect.Map:
			c.Type = "object"
		default:
			panic("queries: column " + name + " has type " + ft.String())
		}
		out = append(out, c)
	}
	return out
}
