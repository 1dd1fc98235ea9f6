package openapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/pb33f/jsonschema/v6/kind"
	invalid "github.com/pb33f/libopenapi-validator/errors"
	"github.com/pb33f/libopenapi-validator/schema_validation"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// CheckQuery holds the query parameters of a request to an operation. One that is
// empty is as if it were not given; those that are unknown are not looked at. The
// error is an *Error.
func (d *Description) CheckQuery(o *Operation, values url.Values) error {
	given := url.Values{}
	for name := range values {
		if v := values.Get(name); v != "" {
			given.Set(name, v)
		}
	}
	req := &http.Request{Method: o.Method, URL: &url.URL{Path: o.Path, RawQuery: given.Encode()}, Header: http.Header{}}
	ok, wrong := d.validator.GetParameterValidator().ValidateQueryParamsWithPathItem(req, o.item, o.Path)
	if ok {
		return nil
	}
	name := wrong[0].ParameterName
	for _, p := range o.Params {
		switch {
		case p.Name != name:
		case given.Get(name) == "":
			return &Error{name, "is missing: " + p.Description}
		default:
			return &Error{name, fmt.Sprintf("%q is not %s", shortened(given.Get(name)), p.Wanted)}
		}
	}
	return &Error{name, wrong[0].Reason}
}

// shortened bounds what an error repeats of a request.
func shortened(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// CheckBody holds the body of a request, as JSON, to an operation. The error is an
// *Error that names the member.
func (d *Description) CheckBody(o *Operation, body []byte) error {
	req := &http.Request{Method: o.Method, URL: &url.URL{Path: o.Path}, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body))}
	ok, wrong := d.validator.GetRequestBodyValidator().ValidateRequestBodyWithPathItem(req, o.item, o.Path)
	if ok {
		return nil
	}
	return bodyError(wrong[0])
}

func bodyError(wrong *invalid.ValidationError) error {
	if len(wrong.SchemaValidationErrors) == 0 || wrong.SchemaValidationErrors[0].OriginalJsonSchemaError == nil {
		return &Error{"body", "is not the JSON that is wanted: " + wrong.Reason}
	}
	e := wrong.SchemaValidationErrors[0].OriginalJsonSchemaError
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

// CheckAnswer holds an answer to what is described of a request.
func (d *Description) CheckAnswer(req *http.Request, res *http.Response) error {
	ok, wrong := d.validator.ValidateHttpResponse(req, res)
	if ok {
		return nil
	}
	return wrong[0]
}

// CheckJSON holds a text of JSON to the schema.
func (s Schema) CheckJSON(text string) error {
	ok, wrong := schema_validation.NewSchemaValidator().ValidateSchemaString(s.original, text)
	if ok {
		return nil
	}
	return wrong[0]
}

// Check holds the description itself to OpenAPI.
func (d *Description) Check() error {
	_, wrong := d.validator.ValidateDocument()
	var errs []error
	for _, e := range wrong {
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}
