package export_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
	"reformgraph/graph/sqlitestore"
	"reformgraph/queries"
	"reformgraph/queries/export"
	"reformgraph/queries/querytest"
)

var update = flag.Bool("update", false, "write the expected files anew")

func openSQLite(t testing.TB) graph.Store {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func openNeo4j(t testing.TB) graph.Store {
	t.Helper()
	srv := neo4jtest.Open(t)
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URL: srv.URI, User: srv.User, Password: srv.Password, Database: srv.Database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// load fills a store with the articles of testdata/small.txt.
func load(t testing.TB, s graph.Store) {
	t.Helper()
	facts := querytest.Read(t, filepath.Join("testdata", "small.txt"))
	for _, f := range facts {
		for i, p := range f.Places {
			if p.ID == "place:370300" {
				f.Places[i].Lat, f.Places[i].Lon = 36.8, 118.05
			}
		}
	}
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Load: facts}); err != nil {
		t.Fatal(err)
	}
}

// TestExport_sqlite and TestExport_neo4j compare files with those of testdata: the
// same from either store but for the store's id.
func TestExport_sqlite(t *testing.T) { expectations(t, openSQLite(t)) }

func TestExport_neo4j(t *testing.T) { expectations(t, openNeo4j(t)) }

func expectations(t *testing.T, s graph.Store) {
	load(t, s)
	info, err := s.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range export.Formats() {
		var whole bytes.Buffer
		if err := export.Whole(t.Context(), s, &whole, format); err != nil {
			t.Fatal(err)
		}
		compare(t, "whole."+format, whole.String(), info)
		for name, values := range map[string]url.Values{
			"spread":     {"experience": {"有解思维"}, "limit": {"1"}},
			"flows":      {"to": {"泰安"}},
			"neighbours": {"node": {"place:370900"}},
			"path":       {"from": {"淄博"}, "to": {"泰安"}},
		} {
			compare(t, name+"."+format, answer(t, s, name, values, format), info)
		}
	}
}

func answer(t testing.TB, s graph.Store, name string, values url.Values, format string) string {
	t.Helper()
	a, err := queries.Run(t.Context(), s, name, values)
	if err != nil {
		t.Fatal(err)
	}
	g, err := a.Graph(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := export.Answer(a, g, &b, format); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// compare reads the file as XML and holds its text against the expected one.
func compare(t *testing.T, file, got string, info graph.Info) {
	t.Helper()
	var any struct{}
	if err := xml.Unmarshal([]byte(got), &any); err != nil {
		t.Errorf("%s: %v", file, err)
	}
	got = strings.ReplaceAll(got, info.StoreID, "STOREID")
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		g, w := "", ""
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if g != w {
			t.Errorf("%s line %d:\ngot  %s\nwant %s", file, i+1, g, w)
			return
		}
	}
}

// memory is a store that holds records as they are.
type memory struct {
	graph.Store
	records []graph.Record
	err     error // after the last record
}

func (m memory) Info(context.Context) (graph.Info, error) {
	return graph.Info{StoreID: "m", Revision: 1}, nil
}

func (m memory) Export(_ context.Context, each func(graph.Record) error) error {
	for _, r := range m.records {
		if err := each(r); err != nil {
			return err
		}
	}
	return m.err
}

func TestWhole_order(t *testing.T) {
	a := graph.Record{Node: &graph.NodeRecord{ID: "place:1", Labels: []string{"Entity", "Place"}}}
	b := graph.Record{Node: &graph.NodeRecord{ID: "place:2", Labels: []string{"Entity", "Place"}}}
	e := graph.Record{Edge: &graph.EdgeRecord{Type: graph.PartOf, From: "place:2", To: "place:1"}}
	f := graph.Record{Edge: &graph.EdgeRecord{Type: graph.PartOf, From: "place:1", To: "place:2"}}
	for _, format := range export.Formats() {
		var first, second bytes.Buffer
		for w, records := range map[*bytes.Buffer][]graph.Record{&first: {e, a, f, b}, &second: {b, f, a, e}} {
			if err := export.Whole(t.Context(), memory{records: records}, w, format); err != nil {
				t.Fatal(err)
			}
		}
		if first.String() != second.String() {
			t.Errorf("%s depends on the order of the store:\n%s\n%s", format, &first, &second)
		}
		if got := first.String(); strings.LastIndex(got, "<node ") > strings.Index(got, "<edge ") {
			t.Errorf("%s has an edge before a node:\n%s", format, got)
		}
	}
}

func TestWhole_empty(t *testing.T) {
	for _, format := range export.Formats() {
		var b bytes.Buffer
		if err := export.Whole(t.Context(), memory{}, &b, format); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(b.String(), "<!-- complete: 0 nodes, 0 edges -->\n") {
			t.Errorf("%s of nothing ends in %q", format, b.String()[max(0, b.Len()-80):])
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestWhole_errors(t *testing.T) {
	var b bytes.Buffer
	a := graph.Record{Node: &graph.NodeRecord{ID: "place:1"}}
	if err := export.Whole(t.Context(), memory{records: []graph.Record{a}, err: graph.ErrUnavailable}, &b, "gexf"); !errors.Is(err, graph.ErrUnavailable) || b.Len() > 0 {
		t.Errorf("a store that fails: %v after %d bytes, want ErrUnavailable and none", err, b.Len())
	}
	if err := export.Whole(t.Context(), memory{}, &b, "dot"); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("an unknown format: %v, want ErrInvalid", err)
	}
	if err := export.Whole(t.Context(), memory{records: []graph.Record{a}}, brokenWriter{}, "graphml"); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("a full disk: %v", err)
	}
}

func TestGraph_refused(t *testing.T) {
	s := openSQLite(t)
	load(t, s)
	a, err := queries.Run(t.Context(), s, "coverage", url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Graph(t.Context(), s); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("rows that are no graph: %v, want ErrInvalid", err)
	}
	a, err = queries.Run(t.Context(), s, "spread", url.Values{"experience": {"有解思维"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Forget: []string{"article:b"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Graph(t.Context(), s); !errors.Is(err, graph.ErrBusy) {
		t.Errorf("a graph that changed: %v, want ErrBusy", err)
	}
}

// decoded is what a reader of XML finds in a file: all text and attribute values.
func decoded(t testing.TB, file []byte) []string {
	t.Helper()
	var out []string
	d := xml.NewDecoder(bytes.NewReader(file))
	for {
		token, err := d.Token()
		if token == nil {
			return out
		}
		if err != nil {
			t.Fatalf("%v in %q", err, file)
		}
		switch token := token.(type) {
		case xml.CharData:
			out = append(out, string(token))
		case xml.StartElement:
			for _, a := range token.Attr {
				out = append(out, a.Value)
			}
		}
	}
}

// possible is a text without what XML cannot hold.
func possible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return 0xfffd
		}
		return r
	}, s)
}

func FuzzEscaping(f *testing.F) {
	for _, s := range []string{"淄博", `<a href="b">&amp;'`, "]]>", "-->", "\x00\x01\x1f\x7f\u0085", "\ufffe\uffff\ufffd", "a\tb\nc\rd\r\ne", "\xff\xfe", "𠮷\u200f", "<!--", "&#0;", " "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" {
			t.Skip("a node has an id")
		}
		records := []graph.Record{
			{Node: &graph.NodeRecord{ID: "experience:" + s, Props: graph.Props{"name": s}}},
			{Edge: &graph.EdgeRecord{Type: graph.PartOf, From: "experience:" + s, To: "experience:" + s, Props: graph.Props{"claim": "c", "quote": s, "start": int64(0), "end": int64(1)}}},
		}
		want := possible(s)
		for _, format := range export.Formats() {
			var b bytes.Buffer
			if err := export.Whole(t.Context(), memory{records: records}, &b, format); err != nil {
				t.Fatal(err)
			}
			found := map[string]int{}
			for _, text := range decoded(t, b.Bytes()) {
				found[text]++
			}
			if found[want] < 3 { // label, name and quote
				t.Errorf("%s of %q: the text is found %d times, want 3 or more", format, s, found[want])
			}
			if got := found["experience:"+want]; got < 3 { // id, source and target
				t.Errorf("%s of %q: the id is found %d times, want 3", format, s, got)
			}
		}
	})
}
