// Package places is the gazetteer: every province, prefecture and county of China with its GB/T 2260 code, past and
// present; townships; countries; and development zones. The data files are embedded; each says in its header what it
// is, where it comes from and under which licence.
//
// Names are simplified Chinese. Codes are those of GB/T 2260: PP0000 a province, PPCC00 a prefecture, PPCCDD a county.
// A city that the province administers itself (仙桃市 429004) and a district of a municipality have the province as parent.
package places

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Levels of a place, from the top.
const (
	Province   = "province"
	Prefecture = "prefecture"
	County     = "county"
)

// Place is one division, in force or abolished. A code that was given to another division later is one Place with
// the later name.
type Place struct {
	Code   string
	Name   string // full official name, the last one the code had
	Level  string // Province, Prefecture or County
	Parent string // code of the division above; empty for a province
	// Short lists what the division is called without the word for its kind (恩施 for 恩施土家族苗族自治州). Many divisions
	// share a short name, and some are ordinary words: see Gazetteer.Ambiguous.
	Short []string
	Abbr  string // one-character names (鲁), each rune one name; provinces only; they mean the place only in context (鲁苏两省)
	City  bool   // 市 of any level, so the municipalities too
	From  string // day of approval, or year, or month; empty: before the records
	To    string // likewise; empty: in force today
	// Today is the code of the single successor in force, else the own code.
	Today string
	// Split lists the divisions that share the land today, where no single one succeeded.
	Split    []string
	Lat, Lon float64 // degrees; probably GCJ-02, so up to 0.5 km beside WGS 84; meaningless without HasPoint
	HasPoint bool
	Former   []FormerName // names the code had before, oldest first
}

// FormerName is a name that a code had until a day, year or month.
type FormerName struct{ Name, Until string }

// Gazetteer answers questions about places. It is immutable and may be used by any number of goroutines.
type Gazetteer struct {
	places []Place // by code
	byCode map[string]*Place
	byName map[string][]*Place
	tables tables
	sum    string
	towns  func() map[string][]string
}

// Load returns the gazetteer, parsed from the embedded files once per process. An error means that a data file is
// damaged, and names file and line.
func Load() (*Gazetteer, error) { return load() }

var load = sync.OnceValues(parse)

// Sum returns the SHA-256 of the data files, in hexadecimal: part of a graph's edition.
func (g *Gazetteer) Sum() string { return g.sum }

// ByCode returns the division of a six-digit code.
func (g *Gazetteer) ByCode(code string) (*Place, bool) {
	p, ok := g.byCode[code]
	return p, ok
}

// All yields every division by code.
func (g *Gazetteer) All() iter.Seq[*Place] {
	return func(yield func(*Place) bool) {
		for i := range g.places {
			if !yield(&g.places[i]) {
				return
			}
		}
	}
}

// Named returns every division, past or present, whose full, former or short name it is: provinces first, then
// prefectures, then counties, each by code. Nil if there is none. One-character names are not looked up.
func (g *Gazetteer) Named(name string) []*Place { return slices.Clone(g.byName[name]) }

// Names yields every name that Named knows, in code-point order, with its divisions in the order of Named.
func (g *Gazetteer) Names() iter.Seq2[string, []*Place] {
	return func(yield func(string, []*Place) bool) {
		for _, n := range slices.Sorted(maps.Keys(g.byName)) {
			if !yield(n, slices.Clone(g.byName[n])) {
				return
			}
		}
	}
}

// compare orders two dates (a year, YYYY-MM or YYYY-MM-DD) as far as both are known: 2016 and 2016-07 are equal.
func compare(a, b string) int {
	n := min(len(a), len(b))
	return strings.Compare(a[:n], b[:n])
}

// InForce says whether the division may have existed at a date (a year, a month or a day as in ISO 8601; empty: today). Where only
// the year of a change is known, or asked for, the whole year counts for both sides.
func (g *Gazetteer) InForce(p *Place, date string) bool {
	if date == "" {
		return p.To == ""
	}
	return (p.From == "" || compare(date, p.From) >= 0) && (p.To == "" || compare(date, p.To) <= 0)
}

// NameAt returns the name a code had at a date (as for InForce; empty: today, or the last one), or "" for an unknown code.
func (g *Gazetteer) NameAt(code, date string) string {
	p := g.byCode[code]
	if p == nil {
		return ""
	}
	if date != "" {
		for _, f := range p.Former {
			if compare(date, f.Until) < 0 {
				return f.Name
			}
		}
	}
	return p.Name
}

// Parents returns the divisions above a code, the nearest first and the province last; empty for a province and for an
// unknown code. If the division was in force at the date (as for InForce) but its parent's code was not, the parent's
// successor of the same level stands for it.
func (g *Gazetteer) Parents(code, date string) []*Place {
	var up []*Place
	p := g.byCode[code]
	if p == nil {
		return nil
	}
	dated := g.InForce(p, date)
	for p.Parent != "" {
		q := g.byCode[p.Parent]
		if now := g.byCode[q.Today]; dated && !g.InForce(q, date) && now.Level == q.Level && g.InForce(now, date) {
			q = now
		}
		up = append(up, q)
		p = q
	}
	return up
}

// Within says whether a code is the ancestor or lies below it. It is false for unknown codes.
func (g *Gazetteer) Within(code, ancestor string) bool {
	for p := g.byCode[code]; p != nil; p = g.byCode[p.Parent] {
		if p.Code == ancestor {
			return true
		}
	}
	return false
}

// Today returns the division that a code stands for now: itself while in force, the one that succeeded it, or itself
// if its land was split; nil for an unknown code.
func (g *Gazetteer) Today(code string) *Place {
	p := g.byCode[code]
	if p == nil {
		return nil
	}
	return g.byCode[p.Today]
}

// Township is a town, township or street of a county.
type Township struct {
	Name   string
	County string // code in force on 2023-06-30; compare by Today. A prefecture's where none of its counties holds it.
}

// Townships returns the townships of a name in all counties, by county code. Most common names have dozens.
// The list is of 2023-06-30 and has no past.
func (g *Gazetteer) Townships(name string) []Township {
	var out []Township
	for _, c := range g.towns()[name] {
		out = append(out, Township{name, c})
	}
	return out
}

// TownshipNames yields every township name in code-point order with the codes of the counties that have one so named.
func (g *Gazetteer) TownshipNames() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		by := g.towns()
		for _, n := range slices.Sorted(maps.Keys(by)) {
			if !yield(n, slices.Clone(by[n])) {
				return
			}
		}
	}
}
