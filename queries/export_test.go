package queries

import (
	"slices"

	"reformgraph/graph"
)

// TwinParams returns the parameters of every statement, sorted, by its name.
func TwinParams() map[string][]string {
	out := map[string][]string{}
	for name, t := range twinParams {
		names := []string{}
		for i := range t.NumField() {
			names = append(names, t.Field(i).Tag.Get("param"))
		}
		slices.Sort(names)
		out[name] = names
	}
	return out
}

// Statements returns all statements by name.
func Statements() map[string]graph.Statement { return statements }

// Sentences gives the context of a sampled claim.
var Sentences = sentences
