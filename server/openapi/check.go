package openapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Error is a request that is not as described.
type Error struct {
	Field  string // the parameter or member that is wrong; "body" for the whole of it
	Reason string // as in "is missing"
}

func (e *Error) Error() string { return e.Field + " " + e.Reason }

// CheckQuery holds the query parameters of a request to the description. One that
// is empty is as if it were not given; those that are unknown are not looked at.
// The error is an *Error.
func (o *Operation) CheckQuery(values url.Values) error {
	for _, p := range o.Params {
		text := values.Get(p.Name)
		if text == "" {
			if p.Required {
				return &Error{p.Name, "is missing: " + p.Description}
			}
			continue
		}
		var value any = text
		if slices.Contains(p.Schema.Types, "integer") || slices.Contains(p.Schema.Types, "number") {
			if n, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
				value = n
			}
		}
		if p.Schema.compiled.Validate(value) != nil {
			return &Error{p.Name, fmt.Sprintf("%q is not %s", shortened(text), p.Wanted)}
		}
	}
	return nil
}

// shortened bounds what an error repeats of a request.
func shortened(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// CheckBody holds the body of a request, as JSON, to the description. The error is
// an *Error that names the member.
func (o *Operation) CheckBody(body []byte) error {
	// Not by jsonschema.UnmarshalJSON, whose numbers may have an exponent that takes
	// all memory to work out.
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return &Error{"body", "is not the JSON that is wanted: " + err.Error()}
	}
	err := o.body.Validate(v)
	var e *jsonschema.ValidationError
	if !errors.As(err, &e) {
		return err
	}
	for len(e.Causes) > 0 {
		e = e.Causes[0]
	}
	member := e.InstanceLocation
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		return &Error{strings.Join(append(member, k.Missing[0]), "."), "is missing"}
	case *kind.AdditionalProperties:
		return &Error{strings.Join(append(member, k.Properties[0]), "."), "is not a member that is known here"}
	case *kind.Pattern:
		if strings.TrimSpace(k.Got) == "" {
			return &Error{strings.Join(member, "."), "is empty"}
		}
	}
	if len(member) == 0 {
		member = []string{"body"}
	}
	return &Error{strings.Join(member, "."), "is not as it should be: " + e.ErrorKind.LocalizedString(message.NewPrinter(language.English))}
}

// CheckAnswer holds an answer to the description: its status, its type, and if that
// is JSON its body.
func (d *Description) CheckAnswer(o *Operation, status int, header http.Header, body string) error {
	at := append(slices.Clone(o.at), "responses", strconv.Itoa(status))
	if d.node(at) == nil {
		at = append(slices.Clone(o.at), "responses", "default")
	}
	if d.node(at) == nil {
		return fmt.Errorf("status %d is not described", status)
	}
	if body == "" {
		return nil
	}
	media, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return err
	}
	at = append(slices.Clone(d.followed(at)), "content", media)
	if d.node(at) == nil {
		return fmt.Errorf("type %s of status %d is not described", media, status)
	}
	s, err := d.compile(append(at, "schema"))
	if err != nil {
		return err
	}
	if media == "application/json" || media == "application/problem+json" {
		return Schema{compiled: s}.CheckJSON(body)
	}
	return nil
}

// CheckJSON holds a text of JSON to the schema.
func (s Schema) CheckJSON(text string) error {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return err
	}
	return s.compiled.Validate(v)
}
