package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"reformgraph/graph"
)

// Gold is an annotated article. Names are simplified, without quotation marks.
type Gold struct {
	Article  GoldArticle  `json:"article"`
	Entities []GoldEntity `json:"entities"`
	Claims   []GoldClaim  `json:"claims"`
}

// GoldArticle is the metadata of an annotated article, for who reads the file:
// it is not scored.
type GoldArticle struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Outlet    string   `json:"outlet"`
	Published string   `json:"published"`
	Authors   []string `json:"authors"`
	Script    string   `json:"script"`
}

// GoldEntity is a thing that the article speaks of.
type GoldEntity struct {
	Key    string         `json:"key"` // names it within the file
	Type   string         `json:"type"`
	Name   string         `json:"name"`
	Accept []string       `json:"accept"` // other names that are right
	Core   *bool          `json:"core"`   // true if absent
	Props  map[string]any `json:"props"`
	Quote  string         `json:"quote"`
}

// GoldClaim is a statement of the article; its ends are keys of entities.
type GoldClaim struct {
	Subject   string `json:"subject"`
	Predicate string `json:"predicate"`
	Object    string `json:"object"`
	Core      *bool  `json:"core"` // true if absent
	Quote     string `json:"quote"`
}

func isCore(core *bool) bool { return core == nil || *core }

func (e GoldEntity) core() bool { return isCore(e.Core) }

func (c GoldClaim) core() bool { return isCore(c.Core) }

// names are all names of the entity, folded.
func (e GoldEntity) names() []string { return foldAll(append([]string{e.Name}, e.Accept...)...) }

// typePerson is the type of people without a post, which annotators may list and
// the graph does not hold.
const typePerson = "Person"

// ReadGold reads an annotated article. The error names the field that is wrong.
func ReadGold(r io.Reader) (*Gold, error) {
	var g Gold
	if err := json.NewDecoder(r).Decode(&g); err != nil {
		return nil, fmt.Errorf("not an annotated article: %w", err)
	}
	keys := map[string]bool{}
	for i, e := range g.Entities {
		at := fmt.Sprintf("entities[%d]", i)
		switch {
		case e.Key == "":
			return nil, fmt.Errorf("%s.key is empty", at)
		case keys[e.Key]:
			return nil, fmt.Errorf("%s.key %q stands twice", at, e.Key)
		case e.Type != typePerson && !slices.Contains(graph.Labels()[1:], graph.Label(e.Type)):
			return nil, fmt.Errorf("%s.type %q is not one of %v", at, e.Type, graph.Labels()[1:])
		case fold(e.Name) == "":
			return nil, fmt.Errorf("%s.name is empty", at)
		}
		keys[e.Key] = true
	}
	for i, c := range g.Claims {
		at := fmt.Sprintf("claims[%d]", i)
		if _, ok := graph.SchemaOf(graph.Predicate(c.Predicate)); !ok {
			return nil, fmt.Errorf("%s.predicate %q is no predicate of the graph", at, c.Predicate)
		}
		for field, key := range map[string]string{"subject": c.Subject, "object": c.Object} {
			if !keys[key] {
				return nil, fmt.Errorf("%s.%s %q is the key of no entity", at, field, key)
			}
		}
	}
	return &g, nil
}
