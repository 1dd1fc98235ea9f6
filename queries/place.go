package queries

import (
	"context"
	"maps"
	"slices"

	"reformgraph/graph"
)

var (
	placesTwin = newTwin[idsParams]("places")
	belowTwin  = newTwin[idParams]("below")
	formerTwin = newTwin[idsParams]("former")
)

// placeInfo is reference data of one place.
type placeInfo struct {
	id, name, level string
	today           string // code
	parent          string // id
	city            bool
}

// gazetteer holds the places that an answer needs, with all that they lie in.
type gazetteer map[string]placeInfo

// loadPlaces fetches the places of these ids; ids of other nodes are ignored.
func loadPlaces(ctx context.Context, s graph.Store, ids []string) (gazetteer, error) {
	slices.Sort(ids)
	g := gazetteer{}
	err := placesTwin.each(ctx, s, idsParams{slices.Compact(ids)}, g.add)
	return g, err
}

// add takes in a row that describes a place.
func (g gazetteer) add(r graph.Row) error {
	city, _ := r["city"].(bool)
	g[str(r, "id")] = placeInfo{str(r, "id"), str(r, "name"), str(r, "level"), str(r, "today"), str(r, "parent"), city}
	return nil
}

// today returns the id of the division that a place is today.
func (g gazetteer) today(id string) string {
	if p, ok := g[id]; ok && p.today != "" {
		return graph.PlaceID(p.today)
	}
	return id
}

func (g gazetteer) name(id string) string  { return g[id].name }
func (g gazetteer) level(id string) string { return g[id].level }

// nameThen returns the name of a place as it was named then, or, if it was rolled
// up into another one, of that one.
func (g gazetteer) nameThen(node, place string) string {
	if g.today(node) == place {
		return g.name(node)
	}
	return g.name(place)
}

// rank is the position of a level from the widest (0) to the narrowest.
func rank(level string) int {
	if i := slices.Index(graph.PlaceLevels, level); i >= 0 {
		return i
	}
	return len(graph.PlaceLevels)
}

// rolled returns what a place counts as: the division that it is today, and with
// a level the division of that level that this lies in, if there is one.
func (g gazetteer) rolled(id, level string) string {
	id = g.today(id)
	if level == "" {
		return id
	}
	at := id
	for {
		p, ok := g[at]
		if !ok || rank(p.level) <= rank(level) {
			return at
		}
		up, ok := g[p.parent]
		if !ok {
			return at
		}
		if rank(up.level) < rank(level) && !(level == "prefecture" && up.municipality()) {
			return at
		}
		at = up.id
	}
}

// municipality says that a place is a province and a city in one.
func (p placeInfo) municipality() bool { return p.level == "province" && p.city }

// prefecture returns the prefecture that a place counts for; ok is false for a
// province and wider. A municipality counts as one, as does a county that lies
// straight under a province.
func (g gazetteer) prefecture(id string) (string, bool) {
	id = g.rolled(id, "prefecture")
	p := g[id]
	return id, p.municipality() || rank(p.level) >= rank("prefecture")
}

// above returns the id of the place of that level that a place lies in or is;
// "" if there is none.
func (g gazetteer) above(id, level string) string {
	for at := g.today(id); at != ""; at = g[at].parent {
		if g[at].level == level {
			return at
		}
	}
	return ""
}

// area is a set of place ids, former ones among them; nil holds everything.
type area map[string]bool

func (a area) holds(id string) bool { return a == nil || a[id] }

func (a area) ids() []string { return slices.Sorted(maps.Keys(a)) }

// areaOf resolves the parameter place, in place, and returns the places that it
// means; nil for "".
func areaOf(ctx context.Context, s graph.Store, place *string, scope string) (area, error) {
	id, err := resolvePlace(ctx, s, "place", *place)
	if err != nil {
		return nil, err
	}
	*place = id
	return loadArea(ctx, s, id, scope)
}

// loadArea returns the places that a resolved place parameter means; nil for "".
func loadArea(ctx context.Context, s graph.Store, place, scope string) (area, error) {
	if place == "" {
		return nil, nil
	}
	if scope == "exact" {
		return sameToday(ctx, s, []string{place})
	}
	below := area{place: true}
	err := belowTwin.each(ctx, s, idParams{place}, func(r graph.Row) error {
		below[str(r, "id")] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	g, err := loadPlaces(ctx, s, below.ids())
	if err != nil {
		return nil, err
	}
	a := area{place: true}
	for id := range below {
		if below[g.today(id)] {
			a[id] = true
		}
	}
	return a, nil
}

// sameToday returns the places given, which are of today, and all former ones
// that became one of them.
func sameToday(ctx context.Context, s graph.Store, places []string) (area, error) {
	a := area{}
	for _, id := range places {
		a[id] = true
	}
	err := formerTwin.each(ctx, s, idsParams{a.ids()}, func(r graph.Row) error {
		a[str(r, "id")] = true
		return nil
	})
	return a, err
}

// placeOf returns the id of the place that an id names: a place itself, or the
// PLACE of an initiative, body, pilot, recognition, document or leader; "" if it
// names none.
func placeOf(id string) string {
	code := ""
	switch l, _ := graph.LabelOf(id); l {
	case graph.LabelPlace:
		return id
	case graph.LabelInitiative, graph.LabelOrganization, graph.LabelPilot, graph.LabelRecognition, graph.LabelDocument:
		code = between(id, ":", ":")
	case graph.LabelLeader:
		code = after(id, "@")
	}
	if code == "" || code == "?" {
		return ""
	}
	return graph.PlaceID(code)
}
