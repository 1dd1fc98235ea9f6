package export

import "reformgraph/graph"

// graphml writes GraphML. Ids are those of the graph, which are not all XML name
// tokens, as its schema wants them; programs do not mind.
type graphml struct{ xmlWriter }

var graphmlTypes = map[graph.Kind]string{graph.String: "string", graph.Integer: "long", graph.Number: "double", graph.Boolean: "boolean"}

func (g graphml) begin(h header) {
	g.raw(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	for _, v := range h.values() {
		g.key("graph", attribute{v.name, graph.String})
	}
	g.key("node", attribute{"label", graph.String})
	for _, a := range nodeAttributes {
		g.key("node", a)
	}
	for _, a := range edgeAttributes {
		g.key("edge", a)
	}
	g.raw(`<graph id="reformgraph" edgedefault="directed">` + "\n")
	g.data("graph", h.values())
	g.raw("\n")
}

func (g graphml) key(of string, a attribute) {
	g.raw("<key")
	g.attr("id", of+"_"+a.name)
	g.attr("for", of)
	g.attr("attr.name", a.name)
	g.attr("attr.type", graphmlTypes[a.kind])
	g.raw("/>\n")
}

func (g graphml) data(of string, values []value) {
	for _, v := range values {
		g.raw("<data")
		g.attr("key", of+"_"+v.name)
		g.raw(">")
		g.text(v.text)
		g.raw("</data>")
	}
}

func (g graphml) node(n node) {
	g.raw("<node")
	g.attr("id", n.id)
	g.raw(">")
	g.data("node", append([]value{{"label", n.label}}, n.values...))
	g.raw("</node>\n")
}

func (g graphml) nodesEnd() {}

func (g graphml) edge(e edge) {
	g.raw("<edge")
	g.attr("id", e.id)
	g.attr("source", e.from)
	g.attr("target", e.to)
	g.raw(">")
	g.data("edge", e.values)
	g.raw("</edge>\n")
}

func (g graphml) end() { g.raw("</graph>\n</graphml>\n") }
