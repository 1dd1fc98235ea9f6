package graph

import "slices"

// Tally counts what the articles that mention one node give of it, so that a
// store can keep the node's attributes up to date one article at a time, however
// many mention it. Its JSON is the stores' own and in no dump.
type Tally struct {
	Names   map[string]int            `json:"names,omitempty"`
	Aliases map[string]int            `json:"aliases,omitempty"`
	Values  map[string]map[string]int `json:"values,omitempty"` // attribute to value to count
}

// Add counts one article's view.
func (t *Tally) Add(v View) { t.count(v, 1) }

// Remove takes back a view that was added.
func (t *Tally) Remove(v View) { t.count(v, -1) }

// Empty reports whether no article mentions the node.
func (t *Tally) Empty() bool { return len(t.Names) == 0 }

// Attributes returns the attributes of the node of that id from the views counted: of
// name and each attribute the value that most articles give (ties: the smallest in
// code-point order), aliases the sorted union of all other names and aliases. It is
// not for places and articles. The order of the views does not matter.
func (t *Tally) Attributes(id string) Props {
	p := Props{}
	name := majority(t.Names)
	setString(p, "name", name)
	aliases := make([]string, 0, len(t.Names)+len(t.Aliases))
	for _, counts := range []map[string]int{t.Names, t.Aliases} {
		for a := range counts {
			if a != name && a != "" {
				aliases = append(aliases, a)
			}
		}
	}
	slices.Sort(aliases)
	setStrings(p, "aliases", slices.Compact(aliases))
	for k, counts := range t.Values {
		setString(p, k, majority(counts))
	}
	if l, _ := LabelOf(id); l == LabelInitiative {
		setString(p, "practice", Practice(id))
	}
	return p
}

func (t *Tally) count(v View, by int) {
	t.Names = counted(t.Names, v.Name, by)
	for _, a := range v.Aliases {
		t.Aliases = counted(t.Aliases, a, by)
	}
	for k, x := range v.Props {
		s, ok := x.(string)
		if !ok {
			continue
		}
		if t.Values == nil {
			t.Values = map[string]map[string]int{}
		}
		if t.Values[k] = counted(t.Values[k], s, by); len(t.Values[k]) == 0 {
			delete(t.Values, k)
		}
	}
}

// counted adds to the count of a value; one that falls to nought leaves the map.
func counted(counts map[string]int, value string, by int) map[string]int {
	if counts == nil {
		counts = map[string]int{}
	}
	if counts[value] += by; counts[value] <= 0 {
		delete(counts, value)
	}
	return counts
}
