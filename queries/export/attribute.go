package export

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"reformgraph/graph"
)

// attribute is a property that a file declares before it is used.
type attribute struct {
	name string
	kind graph.Kind
}

var nodeAttributes = []attribute{
	{"name", graph.String}, {"type", graph.String}, {"aliases", graph.String}, {"level", graph.String}, {"kind", graph.String},
	{"domain", graph.String}, {"city", graph.Boolean}, {"lat", graph.Number}, {"lon", graph.Number}, {"practice", graph.String},
	{"discovered", graph.Boolean}, {"unit", graph.String}, {"valid_from", graph.String}, {"valid_to", graph.String}, {"today", graph.String},
	{"outlet", graph.String}, {"url", graph.String}, {"published", graph.String},
}

// edgeAttributes are those of all claims, the own ones of each type of edge, and
// those of edges that stand for several claims.
var edgeAttributes = func() []attribute {
	out := []attribute{
		{"type", graph.String}, {"claim", graph.String}, {"article", graph.String}, {"quote", graph.String}, {"quote_start", graph.Integer},
		{"quote_end", graph.Integer}, {"status", graph.String}, {"confidence", graph.Number}, {"rule", graph.String},
	}
	own := map[string]graph.Kind{}
	for _, s := range graph.EdgeSchemas() {
		maps.Copy(own, s.Props)
	}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		out = append(out, attribute{name, own[name]})
	}
	return append(out,
		attribute{"until", graph.String}, attribute{"step", graph.Integer}, attribute{"initiative", graph.String},
		attribute{"lag_days", graph.Integer}, attribute{"rival_dates", graph.Boolean}, attribute{"stated_count", graph.Integer},
		attribute{"via_experience_count", graph.Integer}, attribute{"precedence_count", graph.Integer}, attribute{"reverse_count", graph.Integer},
		attribute{"article_count", graph.Integer}, attribute{"evidence_count", graph.Integer})
}()

// value is the text of an attribute that a node or edge has.
type value struct{ name, text string }

// valuesOf returns the values of the attributes that are among the properties.
func valuesOf(attributes []attribute, props graph.Props) []value {
	var out []value
	for _, a := range attributes {
		if v, ok := props[a.name]; ok && v != nil {
			out = append(out, value{a.name, textOf(a.kind, v)})
		}
	}
	return out
}

// textOf writes a value so that XML Schema reads it as of its kind.
func textOf(k graph.Kind, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		if k == graph.Integer {
			return strconv.FormatInt(int64(v), 10)
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return string(graph.CanonicalJSON(v))
}

// node is a node as a file shows it.
type node struct {
	id, label string
	values    []value
	spell     spell
}

func nodeOf(r *graph.NodeRecord) node {
	props := maps.Clone(r.Props)
	if props == nil {
		props = graph.Props{}
	}
	l, _ := graph.LabelOf(r.ID)
	props["type"] = string(l)
	name, _ := props["name"].(string)
	if title, ok := props["title"].(string); ok {
		name, props["name"] = title, title
	}
	if l == graph.LabelPlace && slices.Contains(r.Labels, graph.LabelCity) {
		props["city"] = true
	}
	n := node{id: r.ID, label: cmp.Or(name, r.ID), values: valuesOf(nodeAttributes, props)}
	switch l {
	case graph.LabelPlace:
		n.spell = spell{firstDay(text(props, "valid_from")), lastDay(text(props, "valid_to"))}
	case graph.LabelArticle:
		n.spell.start = firstDay(text(props, "published"))
	}
	return n
}

// edge is an edge as a file shows it.
type edge struct {
	id             string // its number in the file
	from, to, kind string
	weight         string // "" where an edge is one claim, or none
	values         []value
	spell          spell
}

func edgeOf(r *graph.EdgeRecord) edge {
	props := maps.Clone(r.Props)
	if props == nil {
		props = graph.Props{}
	}
	props["type"] = string(r.Type)
	if _, ok := props["claim"]; ok {
		props["quote_start"], props["quote_end"] = props["start"], props["end"]
	}
	e := edge{from: r.From, to: r.To, kind: string(r.Type), values: valuesOf(edgeAttributes, props)}
	for _, name := range []string{"evidence_count", "precedence_count"} {
		if n, _ := props[name].(int64); n > 0 {
			e.weight = strconv.FormatInt(n, 10)
			break
		}
	}
	if since := text(props, "since"); since != "" {
		e.spell.start = firstDay(since)
	} else {
		date := cmp.Or(text(props, "date"), text(props, "period"))
		e.spell = spell{firstDay(date), lastDay(date)}
	}
	return e
}

func text(p graph.Props, name string) string { s, _ := p[name].(string); return s }
