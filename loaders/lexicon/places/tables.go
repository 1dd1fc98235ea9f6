package places

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// Country is a country or territory with a code of its own.
type Country struct {
	Code  string   // ISO 3166-1 alpha-2
	Name  string   // usual simplified Chinese name
	Names []string // all names, the usual one first
}

// Zone is a new area, development zone or pilot zone that is no division of its own.
type Zone struct {
	Name   string
	Within string   // code of the lowest division that holds all of it
	Names  []string // all names, the full one first
}

// tables are the small hand-kept lists.
type tables struct {
	countries []Country
	country   map[string]int
	zones     []Zone
	zone      map[string][]int
	ambiguous map[string]string
}

// Countries yields all countries by code, China among them.
func (g *Gazetteer) Countries() iter.Seq[Country] { return slices.Values(g.tables.countries) }

// Country returns the country of a name (新加坡, 美利坚合众国). 全国 and 我国 are no names.
func (g *Gazetteer) Country(name string) (Country, bool) {
	i, ok := g.tables.country[name]
	if !ok {
		return Country{}, false
	}
	return g.tables.countries[i], true
}

// CountryByCode returns the country of an ISO 3166-1 alpha-2 code.
func (g *Gazetteer) CountryByCode(code string) (Country, bool) {
	i, ok := slices.BinarySearchFunc(g.tables.countries, code, func(c Country, code string) int { return strings.Compare(c.Code, code) })
	if !ok {
		return Country{}, false
	}
	return g.tables.countries[i], true
}

// Zones returns the zones of a name; several where short names collide.
func (g *Gazetteer) Zones(name string) []Zone {
	var out []Zone
	for _, i := range g.tables.zone[name] {
		out = append(out, g.tables.zones[i])
	}
	return out
}

// AllZones yields all zones in the order of their file.
func (g *Gazetteer) AllZones() iter.Seq[Zone] { return slices.Values(g.tables.zones) }

// Ambiguous says that a short name usually means something else in running text, so that it means a place only where the
// text says so. The reason is "word" (和平), "other" (泰山: a mountain) or "inside" (和政: a piece of longer words).
// It says nothing of names that several divisions share: for that, count what Named returns.
func (g *Gazetteer) Ambiguous(name string) (reason string, ok bool) {
	reason, ok = g.tables.ambiguous[name]
	return reason, ok
}

// AllAmbiguous yields the ambiguous short names with their reasons, in code-point order.
func (g *Gazetteer) AllAmbiguous() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, n := range slices.Sorted(maps.Keys(g.tables.ambiguous)) {
			if !yield(n, g.tables.ambiguous[n]) {
				return
			}
		}
	}
}
