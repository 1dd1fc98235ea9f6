package export

import (
	"strings"

	"reformgraph/graph"
)

// gexf writes GEXF 1.3.
type gexf struct{ xmlWriter }

var gexfTypes = map[graph.Kind]string{graph.String: "string", graph.Integer: "long", graph.Number: "double", graph.Boolean: "boolean"}

func (g gexf) begin(h header) {
	var description []string
	for _, v := range h.values() {
		description = append(description, v.name+": "+v.text)
	}
	g.raw(`<gexf xmlns="http://gexf.net/1.3" version="1.3">` + "\n<meta>")
	g.element("creator", "reformgraph")
	g.element("description", strings.Join(description, "; "))
	g.raw("</meta>\n" + `<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">` + "\n")
	g.attributes("node", nodeAttributes)
	g.attributes("edge", edgeAttributes)
	g.raw("<nodes>\n")
}

func (g gexf) attributes(class string, attributes []attribute) {
	g.raw("<attributes")
	g.attr("class", class)
	g.attr("mode", "static")
	g.raw(">\n")
	for _, a := range attributes {
		g.raw("<attribute")
		g.attr("id", class+"_"+a.name)
		g.attr("title", a.name)
		g.attr("type", gexfTypes[a.kind])
		g.raw("/>\n")
	}
	g.raw("</attributes>\n")
}

// inside writes what stands within a node or an edge.
func (g gexf) inside(class string, values []value, s spell) {
	g.raw("<attvalues>")
	for _, v := range values {
		g.raw("<attvalue")
		g.attr("for", class+"_"+v.name)
		g.raw(` value="`)
		g.text(v.text)
		g.raw(`"/>`)
	}
	g.raw("</attvalues>")
	if s != (spell{}) {
		g.raw("<spells><spell")
		g.attr("start", s.start)
		g.attr("end", s.end)
		g.raw("/></spells>")
	}
}

func (g gexf) node(n node) {
	g.raw("<node")
	g.attr("id", n.id)
	g.attr("label", n.label)
	g.raw(">")
	g.inside("node", n.values, n.spell)
	g.raw("</node>\n")
}

func (g gexf) nodesEnd() { g.raw("</nodes>\n<edges>\n") }

func (g gexf) edge(e edge) {
	g.raw("<edge")
	g.attr("id", e.id)
	g.attr("source", e.from)
	g.attr("target", e.to)
	g.attr("label", e.kind)
	g.attr("kind", e.kind)
	g.attr("weight", e.weight)
	g.raw(">")
	g.inside("edge", e.values, e.spell)
	g.raw("</edge>\n")
}

func (g gexf) end() { g.raw("</edges>\n</graph>\n</gexf>\n") }
