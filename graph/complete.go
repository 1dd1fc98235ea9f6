package graph

import (
	"cmp"
	"math"
	"slices"
)

// Complete puts facts in canonical form: offsets and lists sorted, claim ids
// computed, own properties brought to their kinds (whole numbers to int64, other
// numbers to float64), duplicates removed (of two claims with one id the more
// confident stays, then the one whose status and rule sort first), places that
// nothing refers to left out, the text of unresolved mentions taken from the
// article. It does not change what the facts say, and completing twice changes
// nothing.
func (f *Facts) Complete() {
	places := make(map[string]Place, len(f.Places))
	for _, p := range f.Places {
		places[p.ID] = p
	}
	f.Places = f.needed(places)
	for i := range f.Mentions {
		m := &f.Mentions[i]
		slices.Sort(m.Aliases)
		m.Aliases = slices.DeleteFunc(slices.Compact(m.Aliases), func(s string) bool { return s == "" || s == m.Name })
		m.Props = kinds(m.Props, nodeProps[labelOf(m.Node)])
		m.Starts, m.Ends = spans(m.Starts, m.Ends)
	}
	slices.SortFunc(f.Mentions, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(first(a.Starts), first(b.Starts)), cmp.Compare(a.Node, b.Node))
	})
	for i := range f.Claims {
		c := &f.Claims[i]
		c.Article = f.Article.ID
		s, _ := SchemaOf(c.Predicate)
		c.Props = kinds(c.Props, s.Props)
		c.ID = ""
		if checkProps(c.Props, s.Props) == nil { // else Validate names the property; it may have no JSON
			c.ID = ClaimID(*c)
		}
	}
	slices.SortFunc(f.Claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID), -cmp.Compare(a.Confidence, b.Confidence),
			cmp.Compare(a.Status, b.Status), cmp.Compare(a.Rule, b.Rule))
	})
	f.Claims = slices.CompactFunc(f.Claims, func(a, b Claim) bool { return a.ID == b.ID && a.ID != "" })
	runes := []rune(f.Article.Text)
	for i := range f.Unresolved {
		if u := &f.Unresolved[i]; 0 <= u.Start && u.Start < u.End && u.End <= len(runes) {
			u.Text = string(runes[u.Start:u.End])
		}
	}
	slices.SortFunc(f.Unresolved, func(a, b Unresolved) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Why, b.Why))
	})
	f.Unresolved = slices.Compact(f.Unresolved)
}

// spans sorts spans by start, then end, and drops repeated ones. Lists of unequal
// length are left for Validate to refuse.
func spans(starts, ends []int) ([]int, []int) {
	if len(starts) != len(ends) {
		return starts, ends
	}
	list := make([][2]int, len(starts))
	for i := range list {
		list[i] = [2]int{starts[i], ends[i]}
	}
	slices.SortFunc(list, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	list = slices.Compact(list)
	starts, ends = make([]int, len(list)), make([]int, len(list))
	for i, s := range list {
		starts[i], ends[i] = s[0], s[1]
	}
	return starts, ends
}

// kinds brings loosely typed numbers and lists to the kinds of the schema.
// What does not fit is left for Validate to refuse.
func kinds(p Props, schema map[string]Kind) Props {
	for k, v := range p {
		switch schema[k] {
		case Integer:
			switch n := v.(type) {
			case int:
				p[k] = int64(n)
			case float64:
				if n == math.Trunc(n) && math.Abs(n) < 1<<53 {
					p[k] = int64(n)
				}
			}
		case Number:
			switch n := v.(type) {
			case int:
				p[k] = float64(n)
			case int64:
				p[k] = float64(n)
			}
		}
	}
	return p
}

func labelOf(id string) Label { l, _ := LabelOf(id); return l }

func first(starts []int) int {
	if len(starts) == 0 {
		return 0
	}
	return starts[0]
}
