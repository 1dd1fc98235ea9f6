package article

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// ndjson reads one object a line. A broken line is reported, and reading goes on with the next.
func (rd *reader) ndjson(r *bufio.Reader) bool {
	seen := false
	for line := 1; ; line++ {
		b, long, err := readLine(r)
		if err != nil && err != io.EOF {
			return rd.fail(line, "cannot be read any further: "+reasonOf(err), err)
		}
		end := err == io.EOF
		if b = bytes.TrimSpace(b); len(b) > 0 || long {
			seen = true
			if !rd.line(b, long, line) {
				return false
			}
		}
		if end {
			break
		}
	}
	if !seen {
		return rd.fail(0, "empty file", nil)
	}
	return true
}

func (rd *reader) line(b []byte, long bool, line int) bool {
	switch {
	case long:
		return rd.fail(line, tooLong, nil)
	case !json.Valid(b):
		return rd.fail(line, "broken JSON: "+jsonReason(b), nil)
	}
	return rd.object(b, line)
}

func jsonReason(b []byte) string {
	var v any
	err := json.Unmarshal(b, &v)
	var se *json.SyntaxError
	if errors.As(err, &se) {
		return fmt.Sprintf("%v (byte %d of the line)", se, se.Offset)
	}
	return fmt.Sprint(err)
}

// readLine reads up to LF without keeping more than maxRaw bytes; a longer line is read to its end and reported as long.
func readLine(r *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if !long {
			line = append(line, part...)
			if len(line) > maxRaw {
				line, long = nil, true
			}
		}
		if err != bufio.ErrBufferFull {
			return line, long, err
		}
	}
}

// json reads one object, several in a row, or arrays of them.
func (rd *reader) json(r *bufio.Reader) bool {
	lr := &lineReader{r: r}
	dec := json.NewDecoder(lr)
	seen := false
	depth := 0
	for {
		lr.budget = maxRaw
		if depth > 0 && !dec.More() {
			if _, err := dec.Token(); err != nil {
				return rd.broken(lr, dec, err)
			}
			depth--
			continue
		}
		if depth == 0 {
			c, err := peekByte(dec, lr)
			if err == io.EOF {
				break
			}
			if err != nil {
				return rd.broken(lr, dec, err)
			}
			if c == '[' {
				if _, err := dec.Token(); err != nil {
					return rd.broken(lr, dec, err)
				}
				depth++
				seen = true
				continue
			}
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return rd.broken(lr, dec, err)
		}
		first := !seen
		seen = true
		line := lr.line(dec.InputOffset() - int64(len(raw)))
		if first && depth == 0 {
			if _, err := peekByte(dec, lr); err == io.EOF { // the file is this one article
				line = 0
			}
		}
		if !rd.object(raw, line) {
			return false
		}
	}
	if !seen {
		return rd.fail(0, "empty file", nil)
	}
	return true
}

func (rd *reader) broken(lr *lineReader, dec *json.Decoder, err error) bool {
	if errors.Is(err, errTooLong) {
		return rd.fail(lr.line(dec.InputOffset()), tooLong, nil)
	}
	off := dec.InputOffset()
	var se *json.SyntaxError
	if errors.As(err, &se) {
		off = se.Offset
	}
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		err = errors.New("the file ends inside a value")
	}
	return rd.fail(lr.line(off), "broken JSON, the rest of the file is not read: "+err.Error(), nil)
}

// peekByte gives the next byte that is not white space, without consuming anything.
func peekByte(dec *json.Decoder, lr *lineReader) (byte, error) {
	// The decoder keeps what it has read ahead in Buffered; behind that comes lr.
	b, _ := io.ReadAll(dec.Buffered())
	if b = bytes.TrimLeft(b, " \t\r\n"); len(b) > 0 {
		return b[0], nil
	}
	for {
		p, err := lr.r.Peek(1)
		if err != nil {
			return 0, err
		}
		if !strings.ContainsRune(" \t\r\n", rune(p[0])) {
			return p[0], nil
		}
		// The decoder's offsets leave out what is dropped here; only its line ends count.
		if p[0] == '\n' {
			lr.ends = append(lr.ends, lr.off-1)
		}
		lr.r.Discard(1)
	}
}

var errTooLong = errors.New("value too long")

// lineReader counts the lines that a decoder has read.
type lineReader struct {
	r      *bufio.Reader
	off    int64   // bytes handed to the decoder
	ends   []int64 // offsets of line ends not passed yet
	passed int     // line ends passed
	budget int     // bytes that the value being read may still take
}

func (l *lineReader) Read(p []byte) (int, error) {
	if l.budget <= 0 {
		return 0, errTooLong
	}
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.ends = append(l.ends, l.off+int64(i))
		}
	}
	l.off += int64(n)
	l.budget -= n
	return n, err
}

// line gives the number of the line that the decoder's offset lies in. Offsets must not fall between calls.
func (l *lineReader) line(off int64) int {
	i := 0
	for i < len(l.ends) && l.ends[i] < off {
		i++
	}
	l.passed += i
	l.ends = l.ends[i:]
	return l.passed + 1
}

// object reads one article's object; line is 0 if it is the whole file.
func (rd *reader) object(raw []byte, line int) bool {
	if !utf8.Valid(raw) || !rd.utf8 && bytes.Contains(raw, []byte("\ufffd")) {
		return rd.fail(line, "holds bytes that are not valid in the file's encoding", nil)
	}
	m, text, err := fields(raw)
	if err != nil {
		return rd.fail(line, err.Error(), nil)
	}
	return rd.emit(m, text, line)
}

func fields(raw []byte) (m metadata, text string, err error) {
	var obj map[string]json.RawMessage
	if err := json.Unmarshal(raw, &obj); err != nil || obj == nil {
		return m, "", fmt.Errorf("an article must be a JSON object with the field text, this is %s", jsonKind(raw))
	}
	for _, f := range []struct {
		name string
		dst  *string
	}{{"title", &m.title}, {"outlet", &m.outlet}, {"url", &m.url}, {"published", &m.published}, {"text", &text}} {
		v, ok := obj[f.name]
		if !ok || string(v) == "null" {
			continue
		}
		if json.Unmarshal(v, f.dst) != nil {
			return m, "", fmt.Errorf("%s: must be text in quotes, this is %s", f.name, jsonKind(v))
		}
	}
	if v, ok := obj["id"]; ok && string(v) != "null" {
		var n json.Number
		if json.Unmarshal(v, &m.id) != nil {
			if json.Unmarshal(v, &n) != nil || strings.ContainsAny(n.String(), ".eE-") {
				return m, "", fmt.Errorf("id: must be text or a whole number, this is %s", jsonKind(v))
			}
			m.id = n.String()
		}
	}
	if v, ok := obj["authors"]; ok && string(v) != "null" {
		var one string
		if json.Unmarshal(v, &one) == nil {
			m.authors = splitNames(one)
		} else if json.Unmarshal(v, &m.authors) != nil {
			return m, "", fmt.Errorf("authors: must be a name or a list of names, this is %s", jsonKind(v))
		}
	}
	if v, ok := obj["text"]; !ok || string(v) == "null" {
		return m, "", errors.New("field text is missing")
	}
	return m, text, nil
}

// splitNames takes apart names written in one string.
func splitNames(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;；/\n", r) })
}

func jsonKind(raw []byte) string {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0:
		return "nothing"
	case raw[0] == '"':
		return "text"
	case raw[0] == '{':
		return "an object"
	case raw[0] == '[':
		return "a list"
	case raw[0] == 't' || raw[0] == 'f':
		return "true or false"
	case raw[0] == 'n':
		return "null"
	}
	return "a number"
}
