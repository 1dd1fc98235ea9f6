package queries

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

var (
	nodesTwin        = newTwin[idsParams]("nodes")
	namedTwin        = newTwin[namedParams]("named")
	placesCalledTwin = newTwin[keyParams]("places_called")
)

// nodeInfo is what answers show of a node beside its claims.
type nodeInfo struct{ id, label, name, level, kind, domain string }

// loadNodes fetches the nodes of these ids; ids of no node are left out.
func loadNodes(ctx context.Context, s graph.Store, ids []string) (map[string]nodeInfo, error) {
	slices.Sort(ids)
	out := map[string]nodeInfo{}
	err := nodesTwin.each(ctx, s, idsParams{slices.Compact(ids)}, func(r graph.Row) error {
		out[str(r, "id")] = nodeInfo{str(r, "id"), str(r, "label"), str(r, "name"), str(r, "level"), str(r, "kind"), str(r, "domain")}
		return nil
	})
	return out, err
}

// loadPlacesAndNodes fetches the places among these ids, with all that they lie
// in, and what answers show of each node.
func loadPlacesAndNodes(ctx context.Context, s graph.Store, ids []string) (gazetteer, map[string]nodeInfo, error) {
	g, err := loadPlaces(ctx, s, slices.Clone(ids))
	if err != nil {
		return nil, nil, err
	}
	names, err := loadNodes(ctx, s, ids)
	return g, names, err
}

// placeSuffix is what a division's full name may add to its bare name.
var placeSuffix = regexp.MustCompile(`^(省|市|区|县|旗|盟|州|地区|镇|乡|街道|村|社区|新区|林区|矿区|特区|开发区|特别行政区|(.*(族|维吾尔|蒙古|哈萨克|柯尔克孜|鄂温克|达斡尔))?(自治[区州县旗]|[乡镇]))$`)

// resolvePlace returns the id of the division of today that a value names.
func resolvePlace(ctx context.Context, s graph.Store, field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	id := value
	if !strings.HasPrefix(value, "place:") {
		id = graph.PlaceID(value)
	}
	g, err := loadPlaces(ctx, s, []string{id})
	if err != nil {
		return "", err
	}
	if _, ok := g[id]; ok {
		return g.today(id), nil
	}
	missing := &NotFoundError{Field: field, Value: value, Reason: "no loaded article names a place of this id or name"}
	if id == value {
		return "", missing
	}
	found, err := placesCalled(ctx, s, script.Key(value))
	if err == nil && len(found) == 0 {
		found, err = placesWithin(ctx, s, script.Key(value))
	}
	if err != nil {
		return "", err
	}
	best := highest(found)
	switch {
	case len(best) == 0:
		return "", missing
	case len(best) == 1:
		return graph.PlaceID(best[0].today), nil
	}
	choices := make([]Choice, len(best))
	for i, p := range best {
		choices[i] = Choice{ID: p.id, Name: p.name, Level: p.level, In: p.parent}
	}
	return "", &AmbiguousError{Field: field, Value: value, Choices: choices}
}

// placesCalled returns the places of this folded name, full or bare.
func placesCalled(ctx context.Context, s graph.Store, key string) ([]placeInfo, error) {
	if key == "" {
		return nil, nil
	}
	var found []placeInfo
	err := placesCalledTwin.each(ctx, s, keyParams{key}, func(r graph.Row) error {
		p := placeInfo{id: str(r, "id"), name: str(r, "name"), level: str(r, "level"), today: str(r, "today"), parent: str(r, "parent")}
		if p.called(key) {
			found = append(found, p)
		}
		return nil
	})
	return found, err
}

// called says that a folded name is the place's, in full or without what its
// level adds to it; a bare name has two characters at least.
func (p placeInfo) called(key string) bool {
	rest, ok := strings.CutPrefix(script.Key(p.name), key)
	return ok && (rest == "" || utf8.RuneCountInString(key) > 1 && placeSuffix.MatchString(rest))
}

// placesWithin reads a name that has the place's own name behind that of one it
// lies in: 北京朝阳区, 山东省淄博市.
func placesWithin(ctx context.Context, s graph.Store, key string) ([]placeInfo, error) {
	runes := []rune(key)
	if len(runes) > maxPlaceName {
		return nil, nil
	}
	var found []placeInfo
	for i := 2; i <= len(runes)-2; i++ {
		head, tail := string(runes[:i]), string(runes[i:])
		places, err := placesCalled(ctx, s, tail)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, p := range places {
			ids = append(ids, p.id)
		}
		g, err := loadPlaces(ctx, s, ids)
		if err != nil {
			return nil, err
		}
		for _, p := range places {
			for up := p.parent; up != ""; up = g[up].parent {
				if g[up].called(head) {
					found = append(found, p)
					break
				}
			}
		}
	}
	return found, nil
}

// maxPlaceName bounds the names that placesWithin takes apart.
const maxPlaceName = 30

// highest keeps of the places called by one name those in force today, unless
// none is, and of these the ones of the highest rank, in order of id. Former
// divisions that are one and the same today count once.
func highest(places []placeInfo) []placeInfo {
	inForce := slices.DeleteFunc(slices.Clone(places), func(p placeInfo) bool { return graph.PlaceID(p.today) != p.id })
	if len(inForce) > 0 {
		places = inForce
	}
	slices.SortFunc(places, func(a, b placeInfo) int {
		if d := rank(a.level) - rank(b.level); d != 0 {
			return d
		}
		return strings.Compare(a.id, b.id)
	})
	var out []placeInfo
	for _, p := range places {
		if rank(p.level) == rank(places[0].level) && !slices.ContainsFunc(out, func(q placeInfo) bool { return q.today == p.today }) {
			out = append(out, p)
		}
	}
	return out
}

// named returns the ids of the nodes of a label that a name means.
func named(ctx context.Context, s graph.Store, l graph.Label, name string) ([]Choice, error) {
	var found []Choice
	key := script.Key(name)
	if key == "" {
		return nil, nil
	}
	err := namedTwin.each(ctx, s, namedParams{string(l), key}, func(r graph.Row) error {
		id := str(r, "id")
		found = append(found, Choice{ID: id, Name: str(r, "name"), In: placeOf(id)})
		return nil
	})
	return found, err
}

// resolveExperience returns the id of the experience that a value names. If no
// node has that id or name the value is taken for a practice, and known is false:
// whether it is a discovered experience shows in its adoptions.
func resolveExperience(ctx context.Context, s graph.Store, value string) (id string, known bool, err error) {
	name, isID := strings.CutPrefix(value, "experience:")
	id = graph.ExperienceID(name)
	nodes, err := loadNodes(ctx, s, []string{id})
	if err != nil {
		return "", false, err
	}
	if _, ok := nodes[id]; ok {
		return id, true, nil
	}
	if isID {
		return id, false, nil
	}
	found, err := named(ctx, s, graph.LabelExperience, name)
	switch {
	case err != nil:
		return "", false, err
	case len(found) == 1:
		return found[0].ID, true, nil
	case len(found) > 1:
		return "", false, &AmbiguousError{Field: "experience", Value: value, Choices: found}
	}
	return graph.ExperienceID(script.Bare(name)), false, nil
}

// between returns what stands after the first a and before the next b.
func between(s, a, b string) string {
	s, _, _ = strings.Cut(after(s, a), b)
	return s
}

// after returns what stands after the first sep; "" if there is none.
func after(s, sep string) string {
	_, s, _ = strings.Cut(s, sep)
	return s
}
