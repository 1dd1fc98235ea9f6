package article

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"reformgraph/graph/script"
)

// page reads a decoded HTML page: the metadata of its head and its visible text, one line a block.
func page(s string) (metadata, string, error) {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return metadata{}, "", fmt.Errorf("not a readable HTML page: %w", err)
	}
	w := &blockWriter{}
	w.walk(root)
	w.endLine()
	text := w.b.String()
	h := headOf(root)
	return h.metadata(text), text, nil
}

// blockWriter collects the visible text.
type blockWriter struct {
	b     strings.Builder
	line  strings.Builder
	space bool // white space is due before the next character of the line
	pre   int  // depth of elements that keep their white space
}

// invisible elements hold no text that a reader of the page sees.
var invisible = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true, atom.Svg: true,
	atom.Math: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Select: true, atom.Textarea: true, atom.Datalist: true, atom.Rp: true,
}

// inline elements do not begin a line; every other element does.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Big: true, atom.Cite: true, atom.Code: true, atom.Data: true, atom.Del: true,
	atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Img: true, atom.Ins: true, atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Q: true,
	atom.Ruby: true, atom.Rt: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strike: true, atom.Strong: true, atom.Sub: true, atom.Sup: true,
	atom.Time: true, atom.Tt: true, atom.U: true, atom.Var: true, atom.Wbr: true, atom.Input: true, atom.Button: true, atom.Td: true, atom.Th: true, atom.Center: false,
}

func (w *blockWriter) walk(n *html.Node) {
	// Recursion is bounded: the parser refuses more than 512 open elements.
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	case html.ElementNode:
		if invisible[n.DataAtom] || hidden(n) {
			return
		}
		switch n.DataAtom {
		case atom.Br:
			w.endLine()
			return
		case atom.Td, atom.Th:
			w.space = true
		case atom.Pre:
			w.pre++
			defer func() { w.pre-- }()
		}
	}
	block := n.Type == html.ElementNode && !(inline[n.DataAtom] || n.DataAtom == 0)
	if block {
		w.endLine()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
	if block {
		w.endLine()
	}
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			s := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		case "type":
			if n.DataAtom == atom.Input {
				return true
			}
		}
	}
	return false
}

// text writes characters, joining runs of white space as a browser does.
func (w *blockWriter) text(s string) {
	for _, r := range s {
		switch r {
		case '\n', '\r':
			if w.pre > 0 {
				w.endLine()
				continue
			}
			fallthrough
		case ' ', '\t', '\f':
			w.space = true
		default:
			if w.space && w.line.Len() > 0 {
				w.line.WriteByte(' ')
			}
			w.space = false
			w.line.WriteRune(r)
		}
	}
}

// endLine ends a block. A block without a visible character leaves no line.
func (w *blockWriter) endLine() {
	line := w.line.String()
	w.line.Reset()
	w.space = false
	if strings.TrimSpace(strings.Trim(line, "\u200b\ufeff")) == "" {
		return
	}
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	w.b.WriteString(line)
}

// titleOf takes the article's title out of a page's title, which often has the section and the site behind it. The longest line of the text that the
// title begins with is it, if it is no mere beginning; else what stands before the first separator, if the text has that too.
func titleOf(pageTitle, text string) string {
	pageTitle = oneLine(pageTitle)
	base := pageTitle
	if at := titleEnd.FindStringIndex(pageTitle); at != nil {
		base = pageTitle[:at[0]]
	}
	found := ""
	for line := range strings.Lines(text) {
		line = oneLine(line)
		if len(line) > len(found) && len(line)*5 >= len(base)*3 && strings.HasPrefix(pageTitle, line) {
			found = line
		}
	}
	if found == "" && utf8.RuneCountInString(base) >= 8 && strings.Contains(script.Key(text), script.Key(base)) { // with other quotes, or over several lines
		found = base
	}
	if utf8.RuneCountInString(found) < 5 || strings.Contains(found, "首页") {
		return ""
	}
	return found
}

var titleEnd = regexp.MustCompile(`\s*(?:[_|丨]|--+| [-–—] |-\s*[^-]{2,12}(?:网|报|新闻|政府|频道|在线)\s*$)`)
