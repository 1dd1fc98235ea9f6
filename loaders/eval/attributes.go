package eval

import (
	"fmt"
	"math"
	"slices"

	"reformgraph/graph"
	"reformgraph/loaders"
)

// compared are the attributes that are compared, in order, each with the properties of the node or
// of its claims that hold it.
var compared = []struct {
	name  string
	keys  []string
	equal func(got, want any) bool
}{
	{"count", []string{"count"}, equalNumber},
	{"date", []string{"since", "date"}, equalText},
	{"level", []string{"level"}, equalText},
	{"value", []string{"value"}, equalNumber},
}

// attributes counts the attributes that gold gives of matched core entities, and
// how many of them the node or one of its claims has right.
func (s *ArticleScore) attributes(g *Gold, got loaders.FactsJSON) {
	al := align(g.Entities, got.Nodes, relaxed)
	for gi, ni := range al.nodeOf {
		e, n := g.Entities[gi], got.Nodes[ni]
		if !e.core() {
			continue
		}
		seen := []graph.Props{n.Props}
		for _, c := range got.Claims {
			if c.Subject == n.ID || c.Object == n.ID {
				seen = append(seen, c.Props)
			}
		}
		for _, a := range compared {
			want := e.Props[a.name]
			if want == nil || a.name == "level" && (want == "unknown" || want == "other") {
				continue
			}
			if s.Attributes[a.name] == nil {
				s.Attributes[a.name] = &Share{}
			}
			s.Attributes[a.name].add(slices.ContainsFunc(seen, func(p graph.Props) bool {
				return slices.ContainsFunc(a.keys, func(k string) bool { return p[k] != nil && a.equal(p[k], want) })
			}))
		}
	}
}

func equalText(got, want any) bool { return fmt.Sprint(got) == fmt.Sprint(want) }

func equalNumber(got, want any) bool {
	x, ok := number(got)
	y, wanted := number(want)
	return ok && wanted && math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(y))
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// provenance counts the mentions and quotes that stand in the text where they say.
func (s *ArticleScore) provenance(text string, got loaders.FactsJSON) {
	runes := []rune(text)
	at := func(start, end int, want string) bool {
		return start >= 0 && start <= end && end <= len(runes) && string(runes[start:end]) == want
	}
	for _, n := range got.Nodes {
		if len(n.Mentions) == 0 {
			s.Provenance.add(false)
		}
		for _, m := range n.Mentions {
			s.Provenance.add(at(m.Start, m.End, m.Text))
		}
	}
	for _, c := range got.Claims {
		s.Provenance.add(c.Quote != "" && at(c.Start, c.End, c.Quote))
	}
}
