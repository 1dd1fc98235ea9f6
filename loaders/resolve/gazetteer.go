// Package resolve ties names in a text to ids of the graph: places by the
// gazetteer, the article's home and date; bodies, initiatives and the rest by
// the NAME rule of design.md section 3.
package resolve

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/lexicon"
	"reformgraph/loaders/lexicon/places"
	"reformgraph/loaders/lexicon/trie"
)

// Division is a place that a name can stand for: a division of the gazetteer, a
// zone, a country, or something below a county that the text names.
type Division struct {
	Code   string // what follows "place:" in its id
	Name   string
	Level  string // graph.PlaceLevels
	Parent string // code of the place it lies in; "" for a country
	Ref    *places.Place
}

// ID returns the division's id in the graph.
func (d *Division) ID() string { return graph.PlaceID(d.Code) }

// China is the country that all divisions lie in.
var China = &Division{Code: "CN", Name: "中国", Level: "country"}

// Gazetteer answers questions about places for the rules. It is immutable.
type Gazetteer struct {
	ref   *places.Gazetteer
	words *trie.Trie
	names [][]*Division // by word id
	full  []bool        // by word id: it is a full name, kind word included
	text  []string      // by word id
	code  map[string]*Division
	towns map[string][]string
}

// Load builds the gazetteer from the embedded files and added rows of places.tsv
// (see lexicon.PlaceKinds).
func Load(added []lexicon.Row) (*Gazetteer, error) {
	ref, err := places.Load()
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{ref: ref, code: map[string]*Division{"CN": China}, towns: map[string][]string{}}
	index := map[string][]int{}
	add := func(name string, full bool, ds ...*Division) {
		if len([]rune(name)) < 2 {
			return
		}
		if ids := index[name]; ids != nil {
			id := ids[0]
			for _, d := range ds {
				if !slices.Contains(g.names[id], d) {
					g.names[id] = append(g.names[id], d)
				}
			}
			g.full[id] = g.full[id] || full
			return
		}
		index[name] = []int{len(g.names)}
		g.names, g.full, g.text = append(g.names, ds), append(g.full, full), append(g.text, name)
	}
	for p := range ref.All() {
		parent := p.Parent
		if parent == "" {
			parent = "CN"
		}
		g.code[p.Code] = &Division{Code: p.Code, Name: p.Name, Level: p.Level, Parent: parent, Ref: p}
	}
	for name, ps := range ref.Names() {
		ds := make([]*Division, len(ps))
		full := false
		for i, p := range ps {
			ds[i] = g.code[p.Code]
			full = full || p.Name == name || slices.ContainsFunc(p.Former, func(f places.FormerName) bool { return f.Name == name })
		}
		add(name, full, ds...)
	}
	// 三江侗族自治县 is called 三江县, 恩施土家族苗族自治州 恩施州.
	for p := range ref.All() {
		kind := ""
		switch {
		case strings.HasSuffix(p.Name, "自治县"):
			kind = "县"
		case strings.HasSuffix(p.Name, "自治州"):
			kind = "州"
		default:
			continue
		}
		for _, s := range p.Short {
			if !strings.HasSuffix(s, kind) {
				add(s+kind, true, g.code[p.Code])
			}
		}
	}
	zone := func(within string, names []string) {
		d := &Division{Code: within + "/" + names[0], Name: names[0], Level: "zone", Parent: within}
		g.code[d.Code] = d
		for _, n := range names {
			add(n, true, d)
		}
	}
	for z := range ref.AllZones() {
		zone(z.Within, z.Names)
	}
	for c := range ref.Countries() {
		if c.Code == "CN" || c.Code == "HK" || c.Code == "MO" || c.Code == "TW" {
			continue
		}
		d := &Division{Code: c.Code, Name: c.Name, Level: "country"}
		g.code[c.Code] = d
		for _, n := range c.Names {
			add(n, true, d)
		}
	}
	for name, counties := range ref.TownshipNames() {
		g.towns[name] = counties
	}
	for _, r := range added {
		code, names := r.Field(0), r.Words(2)
		switch r.Field(1) {
		case "zone":
			zone(code, names)
		case "township":
			for _, n := range names {
				if !slices.Contains(g.towns[n], code) {
					g.towns[n] = append(slices.Clone(g.towns[n]), code)
				}
			}
		case "name":
			for _, n := range names {
				add(n, true, g.code[code])
			}
		}
	}
	g.words = trie.Build(index)
	return g, nil
}

// Sum identifies the data.
func (g *Gazetteer) Sum() string { return g.ref.Sum() }

// Longest returns the longest name that begins at text[at], with what it can
// stand for, and whether it is a full name with its word for the kind.
func (g *Gazetteer) Longest(text []rune, at int) (length int, ds []*Division, full bool) {
	n, ids, ok := g.words.Longest(text, at)
	if !ok {
		return 0, nil, false
	}
	return n, g.names[ids[0]], g.full[ids[0]]
}

// Find returns what the whole of name can stand for.
func (g *Gazetteer) Find(name string) []*Division {
	r := []rune(name)
	n, ids, ok := g.words.Longest(r, 0)
	if !ok || n != len(r) {
		return nil
	}
	return g.names[ids[0]]
}

// ByCode returns a division by its code, nil if there is none.
func (g *Gazetteer) ByCode(code string) *Division { return g.code[code] }

// Ambiguous says that a short name is an ordinary word too.
func (g *Gazetteer) Ambiguous(name string) bool {
	_, ok := g.ref.Ambiguous(name)
	return ok
}

// Townships returns the codes of the counties that have a township so named.
func (g *Gazetteer) Townships(name string) []string { return g.towns[name] }

// InForce says whether a division may have existed at a date; empty: today.
func (g *Gazetteer) InForce(d *Division, date string) bool {
	return d.Ref == nil || g.ref.InForce(d.Ref, date)
}

// Within says whether d is the ancestor or lies below it.
func (g *Gazetteer) Within(d, ancestor *Division) bool {
	for i := 0; d != nil && i < 8; i++ {
		if d.Code == ancestor.Code {
			return true
		}
		d = g.code[d.Parent]
	}
	return false
}

// Above returns the nearest place of a level that d is or lies in, nil if none.
func (g *Gazetteer) Above(d *Division, level string) *Division {
	for i := 0; d != nil && i < 8; i++ {
		if d.Level == level {
			return d
		}
		d = g.code[d.Parent]
	}
	return nil
}

// Municipality says that d is one of the four municipalities.
func Municipality(d *Division) bool {
	return d != nil && (d.Code == "110000" || d.Code == "120000" || d.Code == "310000" || d.Code == "500000")
}

// IsCity says that d can be spoken of as 全市: a prefecture, a county-level city or a municipality.
func IsCity(d *Division) bool {
	return d != nil && (Municipality(d) || d.Level == "prefecture" || d.Level == "county" && strings.HasSuffix(d.Name, "市"))
}

// Short is the division's name without the word for its kind: 淄博 for 淄博市.
func Short(d *Division) string {
	if d.Ref != nil && len(d.Ref.Short) > 0 {
		return d.Ref.Short[0]
	}
	return d.Name
}

// Reference returns the reference data of a division as the graph keeps it.
func (g *Gazetteer) Reference(d *Division) graph.Place {
	p := graph.Place{ID: d.ID(), Name: d.Name, Level: d.Level, Today: d.Code}
	if d.Parent != "" {
		p.Parent = graph.PlaceID(d.Parent)
	}
	if d.Ref != nil {
		p.City, p.From, p.To, p.Today = d.Ref.City, d.Ref.From, d.Ref.To, d.Ref.Today
		if d.Ref.HasPoint {
			p.Lat, p.Lon = d.Ref.Lat, d.Ref.Lon
		}
		if g.code[p.Today] == nil {
			p.Today = d.Code
		}
	}
	return p
}
