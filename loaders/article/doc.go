// Package article reads articles from files, folders and streams, one at a time: memory does not grow with their number.
//
// Formats, by extension, each also with .gz behind it:
//
//   - .txt: the text.
//   - .md, .markdown: YAML front matter between lines of three hyphens (id, title, outlet, url, published or date, authors or author), then the text.
//   - .html, .htm: the visible text in document order, one line a block, navigation included. Metadata in the page's
//     head counts as given.
//   - .json: one object, several in a row or an array of them; .ndjson, .jsonl: one object a line. Fields: id, title, outlet, url,
//     published, authors (a name or a list), text. Only text is required; other fields are ignored.
//
// Encodings: UTF-8, UTF-16, GB18030 (with GBK and GB 2312) and Big5. A byte-order mark decides, then an HTML page's declaration,
// then what the bytes can be.
//
// The stored text is the text after decoding, without byte-order mark, CR LF and CR turned into LF; nothing else is changed, since
// every offset counts in it. Titles, dates and authors that stand in the text are the business of package clean.
package article

import (
	"fmt"
	"io"

	"reformgraph/graph"
)

// MaxText is the size of the largest text that is read, in bytes of UTF-8.
const MaxText = 5 << 20

// maxRaw bounds what is read for one article before decoding: markup, escapes and two-byte characters take more room than the text.
const maxRaw = 4 * MaxText

// Item is one article as its source gives it. Script and Home are empty, and so is every metadata field that is not in
// Article.Given.
type Item struct {
	Article graph.Article
	// ByText tells that the source gave neither id nor url, so that the article is known by its text alone.
	ByText bool
}

// Options of Read. The zero value reads files of known extensions.
type Options struct {
	// Today is the day of loading, YYYY-MM-DD. Articles published later are refused; "" checks nothing.
	Today string
	// Format of standard input: txt, md, html, json or ndjson; "" finds out.
	Format string
	// Stdin is what the path "-" reads.
	Stdin io.Reader
	// Note is told of what was passed over without being an error: source and reason. May be nil.
	Note func(source, reason string)
}

func (o Options) note(source, format string, args ...any) {
	if o.Note != nil {
		o.Note(source, fmt.Sprintf(format, args...))
	}
}

// Error tells why one article, or what is left of one file, was not read. Reading goes on with the next.
type Error struct {
	Source string // file
	Line   int    // line in the file, from 1; 0 if the whole file is meant
	Reason string // what was wrong and, where that is not plain, what to do
	Err    error  // cause; may be nil
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.Source, e.Line, e.Reason)
	}
	return e.Source + ": " + e.Reason
}

func (e *Error) Unwrap() error { return e.Err }
