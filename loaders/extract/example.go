package extract

import (
	"fmt"
	"strings"

	"reformgraph/graph"
)

// try reads the example of a rule, as published in June 2020, and fails unless
// the rule finds in it what is expected: FROM PREDICATE TO, parts of the names as
// the example has them.
func (c *Chain) try(example, expected, rule string) error {
	want := strings.Fields(expected)
	if example == "" || len(want) != 3 {
		return fmt.Errorf("rule %s needs an example and what is expected of it, FROM PREDICATE TO: it has %q and %q", rule, example, expected)
	}
	f := c.Extract(graph.Article{ID: "article:example", Text: example, Published: "2020-06-01", PublishedPrecision: "day", Given: []string{"published"}})
	names := map[string][]string{}
	for _, m := range f.Mentions {
		names[m.Node] = append([]string{m.Name}, m.Aliases...)
	}
	for _, p := range f.Places {
		names[p.ID] = append(names[p.ID], p.Name)
	}
	named := func(id, part string) bool {
		for _, n := range names[id] {
			if strings.Contains(n, part) {
				return true
			}
		}
		return false
	}
	var found []string
	for _, claim := range f.Claims {
		if claim.Rule == rule && string(claim.Predicate) == want[1] && named(claim.Subject, want[0]) && named(claim.Object, want[2]) {
			return nil
		}
		found = append(found, fmt.Sprintf("%s %s %s (%s)", strings.Join(names[claim.Subject], "/"), claim.Predicate, strings.Join(names[claim.Object], "/"), claim.Rule))
	}
	if len(found) == 0 {
		found = []string{"nothing"}
	}
	return fmt.Errorf("rule %s does not find %q in its example %q, in which the chain finds %s: mend the pattern, the example or what is expected", rule, expected, example, strings.Join(found, "; "))
}
