package server_test

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"reformgraph/queries"
)

// The page of the documentation shows every query with its parameters, its
// examples work, and it asks for nothing from another site.
func TestServer_docs(t *testing.T) {
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, nil, nil)
	a := web.get(t, "/docs")
	if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		t.Fatalf("got status %d, type %q", a.status, a.header.Get("Content-Type"))
	}
	doc, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{} // id: text
	links := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, attr := range n.Attr {
			switch attr.Key {
			case "id":
				sections[attr.Val] = textOf(n)
			case "src":
				t.Errorf("<%s src=%q> asks for something beside the page", n.Data, attr.Val)
			case "href":
				u, err := url.Parse(attr.Val)
				if err != nil || u.Host != "" {
					t.Errorf("href %q leads to another site", attr.Val)
				} else if u.Path != "" {
					links++
					if got := web.get(t, attr.Val); got.status != 200 {
						t.Errorf("link %s: got status %d, want 200", attr.Val, got.status)
					}
				}
			}
		}
	}
	if links < len(queries.Catalogue()) {
		t.Errorf("got %d links, want one for each of %d queries", links, len(queries.Catalogue()))
	}
	for _, q := range queries.Catalogue() {
		text, ok := sections["GET /api/v1/queries/"+q.Name]
		if !ok || !strings.Contains(text, q.Title) {
			t.Errorf("query %s is not shown with its title", q.Name)
		}
		for _, p := range q.Params {
			if !strings.Contains(text, p.Description) {
				t.Errorf("query %s: parameter %s is not shown", q.Name, p.Name)
			}
		}
	}
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
