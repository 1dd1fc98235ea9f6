package graph

import (
	"bytes"
	"encoding/json"
)

// CanonicalJSON writes a value as the dump does: keys sorted, no spaces, no HTML
// escaping, shortest floats. Nil properties are {}.
func CanonicalJSON(v any) []byte {
	if p, ok := v.(Props); ok && p == nil {
		v = Props{}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("graph: value that JSON cannot hold: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
