package queries

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"reformgraph/graph"
)

var (
	listTwin       = newTwin[stretchParams]("list")
	nodeTwin       = newTwin[idParams]("node")
	articlesOfTwin = newTwin[idsParams]("articles_of")
)

// Node is a node of the graph with its attributes, as a resource.
type Node struct {
	ID         string
	Labels     []string
	Name       string
	Aliases    []string
	Attributes []Attribute // the same for every node of a label, in the same order
	// Claims and Articles are set by Get and nil in a list.
	Claims       []Claim
	ClaimCount   int
	Articles     []ArticleRef
	ArticleCount int
}

// Attribute is one attribute of a node; Value is nil if it is unknown.
type Attribute struct {
	Name  string
	Value any
}

// ArticleRef names an article.
type ArticleRef struct {
	ID        string  `json:"id"`
	Title     *string `json:"title"`
	Outlet    *string `json:"outlet"`
	URL       *string `json:"url"`
	Published *string `json:"published"`
}

// MaxShown is how many claims and articles Get gives of a node.
const MaxShown = 100

// MarshalJSON writes the attributes beside id, labels, name and aliases.
func (n Node) MarshalJSON() ([]byte, error) {
	fields := []Attribute{{"id", n.ID}, {"labels", n.Labels}, {"name", null(n.Name)}, {"aliases", n.Aliases}}
	fields = append(fields, n.Attributes...)
	if n.Claims != nil {
		fields = append(fields, Attribute{"claims", n.Claims}, Attribute{"claim_count", n.ClaimCount},
			Attribute{"articles", n.Articles}, Attribute{"article_count", n.ArticleCount})
	}
	var b bytes.Buffer
	b.WriteByte('{')
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", f.Name)
		if err := enc.Encode(f.Value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// attributes names the attributes of each label, in their order.
var attributes = map[graph.Label][]string{
	graph.LabelArticle:      {"title", "outlet", "url", "published", "published_precision", "authors", "script", "home", "text", "text_sha256"},
	graph.LabelPlace:        {"level", "parent", "lat", "lon", "valid_from", "valid_to", "today"},
	graph.LabelInitiative:   {"kind", "domain", "practice"},
	graph.LabelExperience:   {"domain", "discovered"},
	graph.LabelPilot:        {"level"},
	graph.LabelLeader:       {},
	graph.LabelOrganization: {"kind"},
	graph.LabelRecognition:  {"kind", "level"},
	graph.LabelDocument:     {"kind"},
	graph.LabelFigure:       {"unit"},
}

// Attributes names the attributes that nodes of a label have beside id, labels,
// name and aliases.
func Attributes(l graph.Label) []string { return attributes[l] }

func nodeOf(r graph.Row) Node {
	id := str(r, "id")
	l, _ := graph.LabelOf(id)
	n := Node{ID: id, Labels: graph.NodeLabels(id), Name: str(r, "name"), Aliases: []string{}}
	if city, _ := r["city"].(bool); city {
		n.Labels = append(n.Labels, graph.LabelCity)
		slices.Sort(n.Labels)
	}
	aliases, _ := r["aliases"].([]any)
	for _, a := range aliases {
		if s, ok := a.(string); ok {
			n.Aliases = append(n.Aliases, s)
		}
	}
	props, _ := r["props"].(map[string]any)
	for _, name := range attributes[l] {
		v := props[name]
		switch name {
		case "parent":
			v = r["parent"]
		case "discovered":
			v = false
		case "authors":
			if v == nil {
				v = []any{}
			}
		}
		n.Attributes = append(n.Attributes, Attribute{name, v})
	}
	return n
}

// pageBytes bounds the texts of one page of a list: articles may be large.
const pageBytes = 8 << 20

// errPageFull ends a page before its limit.
var errPageFull = errors.New("page is full")

// List returns up to limit nodes of a label in order of id, and the cursor of the
// next page, "" at the end. A page ends early when the articles in it are large.
//
// Errors: *graph.InvalidError for a cursor that is not of such a list.
func List(ctx context.Context, s graph.Store, l graph.Label, limit int, cursor string) (nodes []Node, next string, err error) {
	prefix, _, _ := strings.Cut(idPrefix(l), ":")
	after, before := prefix+":", prefix+";"
	if cursor != "" {
		raw, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil || !strings.HasPrefix(string(raw), after) {
			return nil, "", invalid("cursor", "is not a cursor of this list: give the next of the page before, unchanged")
		}
		after = string(raw)
	}
	nodes = []Node{}
	size := 0
	err = listTwin.each(ctx, s, stretchParams{after, before, limit + 1}, func(r graph.Row) error {
		if len(nodes) == limit || size > pageBytes {
			next = base64.RawURLEncoding.EncodeToString([]byte(nodes[len(nodes)-1].ID))
			return errPageFull
		}
		nodes = append(nodes, nodeOf(r))
		if props, ok := r["props"].(map[string]any); ok {
			t, _ := props["text"].(string)
			size += len(t)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errPageFull) {
		return nil, "", err
	}
	return nodes, next, nil
}

// idPrefix returns the start of the ids of a label.
func idPrefix(l graph.Label) string {
	switch l {
	case graph.LabelArticle:
		return graph.ArticleID("x", "", "")
	case graph.LabelPlace:
		return graph.PlaceID("x")
	case graph.LabelExperience:
		return graph.ExperienceID("x")
	case graph.LabelFigure:
		return graph.FigureID("x")
	case graph.LabelLeader:
		return graph.LeaderID("x", "x")
	}
	return graph.ScopedID(l, "x", "x")
}

// Get returns one node of a label with its most confident claims and the articles
// that mention it, MaxShown of each, and how many there are. An article's claims
// are those that it makes. Of a discovered experience they are those about the
// initiatives that carry the practice.
//
// Errors: *NotFoundError if there is no node of this id and label.
func Get(ctx context.Context, s graph.Store, l graph.Label, id string) (*Node, error) {
	missing := &NotFoundError{Field: "id", Value: id, Reason: fmt.Sprintf("there is no %s of this id", l)}
	if got, ok := graph.LabelOf(id); !ok || got != l {
		return nil, missing
	}
	var n *Node
	_, err := atOneRevision(ctx, s, func() (err error) {
		n, err = get(ctx, s, l, id)
		return err
	})
	if errors.Is(err, graph.ErrNotFound) {
		return nil, missing
	}
	return n, err
}

func get(ctx context.Context, s graph.Store, l graph.Label, id string) (*Node, error) {
	var n *Node
	err := nodeTwin.each(ctx, s, idParams{id}, func(r graph.Row) error {
		found := nodeOf(r)
		n = &found
		return nil
	})
	if err != nil {
		return nil, err
	}
	ids := []string{id}
	if n == nil {
		if l != graph.LabelExperience {
			return nil, graph.ErrNotFound
		}
		if ids, err = nodeAndFormer(ctx, s, id); err != nil {
			return nil, err
		}
		n = &Node{ID: id, Labels: graph.NodeLabels(id), Name: graph.Practice(id), Aliases: []string{},
			Attributes: []Attribute{{"domain", nil}, {"discovered", true}}}
	}
	fs, err := facts(ctx, s, aboutTwin, idsParams{ids}, 0)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(fs, func(a, b *fact) int { return a.compareConfidence(b) })
	n.ClaimCount = len(fs)
	n.Claims = []Claim{}
	for _, f := range fs[:min(len(fs), MaxShown)] {
		n.Claims = append(n.Claims, f.show())
	}
	n.Articles = []ArticleRef{}
	err = articlesOfTwin.each(ctx, s, idsParams{ids}, func(r graph.Row) error {
		n.ArticleCount++
		if n.ArticleCount <= MaxShown {
			n.Articles = append(n.Articles, ArticleRef{str(r, "id"), null(str(r, "title")), null(str(r, "outlet")), null(str(r, "url")), null(str(r, "published"))})
		}
		return nil
	})
	return n, err
}
