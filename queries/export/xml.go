package export

import (
	"bufio"
	"encoding/xml"
	"io"
)

// xmlWriter writes XML piece by piece. After an error it writes no more; the
// error is that of flush.
type xmlWriter struct{ b *bufio.Writer }

func newXML(w io.Writer) xmlWriter {
	x := xmlWriter{bufio.NewWriterSize(w, 1<<16)}
	x.raw(xml.Header)
	return x
}

// raw writes markup.
func (x xmlWriter) raw(markup string) { x.b.WriteString(markup) }

// text writes a text as content or within quotation marks.
func (x xmlWriter) text(s string) { xml.EscapeText(x.b, []byte(s)) }

// attr writes an attribute, unless its value is empty.
func (x xmlWriter) attr(name, value string) {
	if value == "" {
		return
	}
	x.raw(" " + name + `="`)
	x.text(value)
	x.raw(`"`)
}

// element writes an element that holds a text.
func (x xmlWriter) element(name, s string) {
	x.raw("<" + name + ">")
	x.text(s)
	x.raw("</" + name + ">")
}
