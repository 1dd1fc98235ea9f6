package article

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"reformgraph/graph"
)

// metadata is what a source gives beside the text; empty fields were not given.
type metadata struct {
	id, title, outlet, url, published string
	authors                           []string
}

const (
	maxID    = 200  // code points of an own id
	maxField = 2000 // code points of any other field
)

// fill checks the metadata and puts them into the article.
func (m *metadata) fill(a *graph.Article) error {
	m.id = strings.TrimPrefix(strings.TrimSpace(m.id), "article:")
	m.url = strings.TrimSpace(m.url)
	switch {
	case utf8.RuneCountInString(m.id) > maxID:
		return fmt.Errorf("id: longer than %d characters", maxID)
	case strings.IndexFunc(m.id, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) >= 0:
		return fmt.Errorf("id: %q holds a space or control character", m.id)
	case strings.IndexFunc(m.url, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) >= 0:
		return fmt.Errorf("url: %q holds a space or control character", m.url)
	}
	give := func(name string, dst *string, v string) error {
		v = oneLine(v)
		if utf8.RuneCountInString(v) > maxField {
			return fmt.Errorf("%s: longer than %d characters", name, maxField)
		}
		if v != "" {
			*dst = v
			a.Given = append(a.Given, name)
		}
		return nil
	}
	if err := give("title", &a.Title, m.title); err != nil {
		return err
	}
	if err := give("outlet", &a.Outlet, m.outlet); err != nil {
		return err
	}
	if err := give("url", &a.URL, m.url); err != nil {
		return err
	}
	if p := strings.TrimSpace(m.published); p != "" {
		iso, precision, ok := ParseDate(p)
		if !ok {
			return fmt.Errorf("published: %q is not a date; write YYYY-MM-DD, YYYY-MM or YYYY", p)
		}
		a.Published, a.PublishedPrecision = iso, precision
		a.Given = append(a.Given, "published")
	}
	for _, s := range m.authors {
		if s = oneLine(s); s != "" {
			a.Authors = append(a.Authors, s)
		}
	}
	if len(a.Authors) > 0 {
		a.Given = append(a.Given, "authors")
	}
	return nil
}

// oneLine joins the words of a metadata value by single spaces.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(strings.TrimPrefix(s, "\ufeff"), "\ufffd")), " ")
}
