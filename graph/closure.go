package graph

import (
	"cmp"
	"slices"
)

// needed returns the places that the facts need, in id order: each place that is
// mentioned, is an end of a claim or is the home, with what these lie in and what
// they are today. So the places in a store follow from its articles alone. A place
// that byID lacks is left out, for Validate to name.
func (f *Facts) needed(byID map[string]Place) []Place {
	seen := map[string]bool{}
	var out []Place
	var need func(id string)
	need = func(id string) {
		p, ok := byID[id]
		if !ok || seen[id] {
			return
		}
		seen[id] = true
		out = append(out, p)
		need(p.Parent)
		need(PlaceID(p.Today))
	}
	need(f.Article.Home)
	for _, m := range f.Mentions {
		need(m.Node)
	}
	for _, c := range f.Claims {
		need(c.Subject)
		need(c.Object)
	}
	slices.SortFunc(out, func(a, b Place) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
