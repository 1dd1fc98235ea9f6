package article

import (
	"bytes"
	"encoding/json"
	"strings"
)

// sniffFormat finds the format of a stream by its beginning.
func sniffFormat(head []byte) string {
	if e, err := detect(head, len(head) == sniffLen); err == nil && e != nil {
		if s, ok := strict(head, true, e); ok {
			head = []byte(s)
		}
	}
	b := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	first, _, more := bytes.Cut(b, []byte("\n"))
	first = bytes.TrimSpace(first)
	switch {
	case len(b) == 0:
		return "txt"
	case b[0] == '{' && (bytes.HasSuffix(first, []byte("}")) || len(head) == sniffLen && !more):
		return "ndjson" // the first object ends with its line, or the line is longer than what is looked at
	case b[0] == '{', b[0] == '[' && json.Valid(b), b[0] == '[' && bytes.HasPrefix(bytes.TrimSpace(b[1:]), []byte("{")):
		return "json"
	case string(first) == "---":
		return "md"
	}
	start := strings.ToLower(string(b[:min(len(b), 512)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<!--", "<div", "<meta", "<?xml"} {
		if strings.HasPrefix(start, tag) {
			return "html"
		}
	}
	return "txt"
}
