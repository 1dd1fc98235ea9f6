package export

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"reformgraph/graph"
	"reformgraph/queries"
)

// ContentTypes gives the media type of each format.
var ContentTypes = map[string]string{
	"graphml": "application/graphml+xml",
	"gexf":    "application/gexf+xml",
}

// Formats lists the formats of graphs.
func Formats() []string { return []string{"graphml", "gexf"} }

// header says what a file holds.
type header struct {
	query     string // "" for the whole graph
	revision  string // "" if the graph changed while it was read
	truncated bool
	next      string
}

func (h header) values() []value {
	out := []value{{"query", h.query}, {"revision", h.revision}, {"truncated", strconv.FormatBool(h.truncated)}, {"next", h.next}}
	return slices.DeleteFunc(out, func(v value) bool { return v.text == "" })
}

// file is a file being written: begin, nodes, nodesEnd, edges, end.
type file interface {
	begin(header)
	node(node)
	nodesEnd()
	edge(edge)
	end()
}

// writer writes records, nodes first, as a file.
type writer struct {
	xmlWriter
	file
	truncated    bool
	nodes, edges int
}

func newWriter(w io.Writer, format string, h header) *writer {
	x := newXML(w)
	out := &writer{xmlWriter: x, truncated: h.truncated}
	if format == "gexf" {
		out.file = gexf{x}
	} else {
		out.file = graphml{x}
	}
	out.begin(h)
	return out
}

// record writes one node or edge; the error is that of an earlier write.
func (w *writer) record(r graph.Record) error {
	if r.Node != nil {
		w.nodes++
		w.node(nodeOf(r.Node))
	} else {
		if w.edges == 0 {
			w.nodesEnd()
		}
		w.edges++
		e := edgeOf(r.Edge)
		e.id = "e" + strconv.Itoa(w.edges)
		w.edge(e)
	}
	_, err := w.b.WriteString("")
	return err
}

// close ends the file. Its last line is a comment that says whether it was cut.
func (w *writer) close() error {
	if w.edges == 0 {
		w.nodesEnd()
	}
	w.end()
	state := "complete"
	if w.truncated {
		state = "cut off"
	}
	w.raw(fmt.Sprintf("<!-- %s: %d nodes, %d edges -->\n", state, w.nodes, w.edges))
	return w.b.Flush()
}

func known(format string) error {
	if ContentTypes[format] == "" {
		return &graph.InvalidError{Field: "format", Reason: fmt.Sprintf("%q is not one of %s", format, strings.Join(Formats(), ", "))}
	}
	return nil
}

// Whole writes the whole graph: nodes and edges in the order of graph.ExportSorted,
// with memory that does not grow with the graph. Nothing is written before the
// store was read to its end. A file that an error cuts short has no end tag.
//
// Errors: *graph.InvalidError for an unknown format; those of the store and of w.
func Whole(ctx context.Context, s graph.Store, w io.Writer, format string) error {
	if err := known(format); err != nil {
		return err
	}
	before, err := s.Info(ctx)
	if err != nil {
		return fmt.Errorf("export graph: %w", err)
	}
	var out *writer
	begin := func() error {
		after, err := s.Info(ctx)
		if err != nil {
			return err
		}
		var h header
		if after.Revision == before.Revision {
			h.revision = queries.Revision(after)
		}
		out = newWriter(w, format, h)
		return nil
	}
	err = graph.ExportSorted(ctx, s, trimmed, func(r graph.Record) error {
		if out == nil {
			if err := begin(); err != nil {
				return err
			}
		}
		return out.record(r)
	})
	if err == nil && out == nil {
		err = begin() // an empty graph
	}
	if err == nil {
		err = out.close()
	}
	if err != nil {
		return fmt.Errorf("export graph: %w", err)
	}
	return nil
}

// trimmed leaves out of a record what no file shows.
func trimmed(r graph.Record) graph.Record {
	switch {
	case r.Edge != nil && r.Edge.Type == graph.MentionedIn:
		return graph.Record{Edge: &graph.EdgeRecord{Type: graph.MentionedIn, From: r.Edge.From, To: r.Edge.To, Props: graph.Props{"article": r.Edge.To}}}
	case r.Edge != nil:
		return r
	}
	props := graph.Props{}
	for _, a := range nodeAttributes {
		if v, ok := r.Node.Props[a.name]; ok {
			props[a.name] = v
		}
	}
	if v, ok := r.Node.Props["title"]; ok {
		props["title"] = v
	}
	return graph.Record{Node: &graph.NodeRecord{ID: r.Node.ID, Labels: r.Node.Labels, Props: props}}
}

// Answer writes an answer as the graph that queries.Answer.Graph made of it.
//
// Errors: *graph.InvalidError for an unknown format; those of w.
func Answer(a *queries.Answer, g *queries.Subgraph, w io.Writer, format string) error {
	if err := known(format); err != nil {
		return err
	}
	out := newWriter(w, format, header{query: a.Query, revision: a.Revision, truncated: a.Truncated, next: a.Next})
	for i := range g.Nodes {
		out.record(graph.Record{Node: &g.Nodes[i]})
	}
	for i := range g.Edges {
		out.record(graph.Record{Edge: &g.Edges[i]})
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("export answer: %w", err)
	}
	return nil
}
