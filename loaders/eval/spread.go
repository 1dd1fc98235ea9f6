package eval

import (
	"cmp"
	"fmt"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders"
)

// SpreadScore compares the ties of spread in extractions with those of annotated
// passages.
type SpreadScore struct {
	Ties Counts
	// Status and Date count the matched core ties whose status, and, where gold gives
	// one, whose date is right.
	Status, Date Share
	Misses       []Miss
	Calibration
}

// foundTie is a tie as an extraction states it. Each end has at least one name.
type foundTie struct {
	kind         string
	from, to     []string
	status, date string
	confidence   float64
}

// ScoreSpread compares extractions with passages, one of each in the same order.
func ScoreSpread(passages []Passage, got []loaders.FactsJSON) SpreadScore {
	s := SpreadScore{Ties: Counts{}}
	for i, p := range passages {
		s.passage(p, tiesOf(got[i]))
	}
	return s
}

func (s *SpreadScore) passage(p Passage, found []foundTie) {
	used := make([]bool, len(found))
	for _, core := range []bool{true, false} { // core ties choose first
		for _, t := range p.Ties {
			if t.core() == core {
				s.tie(p, t, found, used)
			}
		}
	}
	for k, f := range found {
		s.Calibration.add(f.confidence, used[k])
		if !used[k] {
			s.Ties.add(f.kind, Count{FP: 1})
			s.Misses = append(s.Misses, Miss{p.ID, true, "tie", f.kind, f.from[0] + " -> " + f.to[0]})
		}
	}
}

func (s *SpreadScore) tie(p Passage, t Tie, found []foundTie, used []bool) {
	from, to := t.ends()
	hit := -1
	for k, f := range found {
		if !used[k] && f.kind == t.Kind && alike(from, f.from) && alike(to, f.to) {
			hit, used[k] = k, true
			break
		}
	}
	switch {
	case !t.core():
	case hit < 0:
		s.Ties.add(t.Kind, Count{FN: 1})
		s.Misses = append(s.Misses, Miss{p.ID, false, "tie", t.Kind, from[0] + " -> " + to[0]})
	default:
		s.Ties.add(t.Kind, Count{TP: 1})
		s.Status.add(found[hit].status == cmp.Or(t.Status, "done"))
		if t.Date != "" {
			s.Date.add(strings.HasPrefix(found[hit].date, t.Date))
		}
	}
}

// alike tells whether one of the names overlaps one of the others well.
func alike(gold, got []string) bool {
	for _, g := range foldAll(gold...) {
		for _, s := range foldAll(got...) {
			if similarity(g, s) >= relaxed {
				return true
			}
		}
	}
	return false
}

// tiesOf lists the ties of an extraction, each pair of ends once. A place adopts
// an experience through each initiative that applies the one and is in the other.
func tiesOf(got loaders.FactsJSON) []foundTie {
	names := map[string][]string{}
	for _, n := range got.Nodes {
		names[n.ID] = append([]string{n.Name}, n.Aliases...)
	}
	namesOf := func(id string) []string {
		if n := names[id]; n != nil {
			return n
		}
		return []string{id[strings.LastIndexByte(id, ':')+1:]}
	}
	places := map[string][]loaders.ClaimJSON{}
	for _, c := range got.Claims {
		if c.Predicate == string(graph.In) {
			places[c.Subject] = append(places[c.Subject], c)
		}
	}
	var out []foundTie
	seen := map[[3]string]bool{}
	add := func(t foundTie) {
		if key := [3]string{t.kind, t.from[0], t.to[0]}; !seen[key] {
			seen[key] = true
			out = append(out, t)
		}
	}
	for _, c := range got.Claims {
		switch graph.Predicate(c.Predicate) {
		case graph.PromotedTo, graph.LearnedFrom, graph.OriginatedIn:
			add(foundTie{c.Predicate, namesOf(c.Subject), namesOf(c.Object), statusOf(c), dateOf(c), c.Confidence})
		case graph.Applies:
			for _, in := range places[c.Subject] {
				add(foundTie{adopts, namesOf(c.Object), namesOf(in.Object), statusOf(c), cmp.Or(dateOf(c), dateOf(in)), min(c.Confidence, in.Confidence)})
			}
		}
	}
	return out
}

// statusOf reads done where a claim gives no status.
func statusOf(c loaders.ClaimJSON) string { return cmp.Or(c.Status, "done") }

func dateOf(c loaders.ClaimJSON) string {
	for _, k := range []string{"since", "date"} {
		if v := c.Props[k]; v != nil && v != "" {
			return fmt.Sprint(v)
		}
	}
	return ""
}
