package server

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
	"github.com/pb33f/jsonschema/v6/kind"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	invalid "github.com/pb33f/libopenapi-validator/errors"
	"github.com/pb33f/libopenapi/datamodel/high/base"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// openapiYAML describes every route; a test holds the routes, the queries and
// real answers to it.
//
//go:embed openapi.yaml
var openapiYAML []byte

// description is openapi.yaml, and what holds requests to it.
type description struct {
	*v3.Document
	validator validator.Validator
}

// loadDescription reads the description, once for all servers of the process.
var loadDescription = sync.OnceValues(func() (*description, error) {
	doc, err := libopenapi.NewDocument(openapiYAML)
	if err != nil {
		return nil, fmt.Errorf("server: openapi.yaml: %w", err)
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		return nil, fmt.Errorf("server: openapi.yaml: %w", err)
	}
	return &description{&model.Model, validator.NewValidatorFromV3Model(&model.Model)}, nil
})

// specPath is the path of a route in the description, where each query has a path
// of its own.
func specPath(route, query string) string {
	return strings.NewReplacer(":name", query, "*", "{id}").Replace(route)
}

// operation is what the description has to say of a method and path; nil if there
// is no such path, as of a query that there is not.
func (d *description) operation(method, path string) *v3.Operation {
	item, ok := d.Paths.PathItems.Get(path)
	if !ok {
		return nil
	}
	op, _ := item.GetOperations().Get(strings.ToLower(method))
	return op
}

// parameters returns the names of an operation's query parameters.
func parameters(op *v3.Operation) []string {
	var names []string
	for _, p := range op.Parameters {
		if p.In == "query" {
			names = append(names, p.Name)
		}
	}
	return names
}

// checkQuery holds the query parameters of a request to the description. One that
// is empty is as if it were not given.
func (d *description) checkQuery(method, path string, values url.Values) error {
	given := url.Values{}
	for name := range values {
		if v := values.Get(name); v != "" {
			given.Set(name, v)
		}
	}
	item, _ := d.Paths.PathItems.Get(path)
	req := &http.Request{Method: method, URL: &url.URL{Path: path, RawQuery: given.Encode()}, Header: http.Header{}}
	ok, wrong := d.validator.GetParameterValidator().ValidateQueryParamsWithPathItem(req, item, path)
	if ok {
		return nil
	}
	name := wrong[0].ParameterName
	for _, p := range d.operation(method, path).Parameters {
		switch {
		case p.Name != name:
		case given.Get(name) == "":
			return badRequest(name, "is missing: %s", p.Description)
		default:
			return badRequest(name, "%q is not %s", shortened(given.Get(name)), wanted(p.Schema.Schema()))
		}
	}
	return badRequest(name, "%s", wrong[0].Reason)
}

// shortened bounds what an error repeats of a request.
func shortened(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// wanted says in words what a schema asks for.
func wanted(s *base.Schema) string {
	number := "a number"
	if s.Type[0] == "integer" {
		number = "a whole number"
	}
	switch {
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, w := range s.Enum {
			words[i] = w.Value
		}
		return "one of " + strings.Join(words, ", ")
	case s.Minimum != nil && s.Maximum != nil:
		return fmt.Sprintf("%s from %v to %v", number, *s.Minimum, *s.Maximum)
	case s.Pattern != "":
		return "of the form " + s.Title
	case s.MaxLength != nil:
		return fmt.Sprintf("a text of at most %d characters", *s.MaxLength)
	}
	return number
}

// checkBody holds the body of a request, which is JSON, to the description. The
// error names the member that is wrong.
func (d *description) checkBody(method, path string, body []byte) error {
	item, _ := d.Paths.PathItems.Get(path)
	req := &http.Request{Method: method, URL: &url.URL{Path: path}, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body))}
	ok, wrong := d.validator.GetRequestBodyValidator().ValidateRequestBodyWithPathItem(req, item, path)
	if ok {
		return nil
	}
	return bodyError(wrong[0])
}

func bodyError(wrong *invalid.ValidationError) error {
	if len(wrong.SchemaValidationErrors) == 0 || wrong.SchemaValidationErrors[0].OriginalJsonSchemaError == nil {
		return badRequest("body", "is not the JSON that is wanted: %s", wrong.Reason)
	}
	e := wrong.SchemaValidationErrors[0].OriginalJsonSchemaError
	for len(e.Causes) > 0 {
		e = e.Causes[0]
	}
	member := e.InstanceLocation
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		return badRequest(strings.Join(append(member, k.Missing[0]), "."), "is missing")
	case *kind.AdditionalProperties:
		return badRequest(strings.Join(append(member, k.Properties[0]), "."), "is not a member that is known here")
	case *kind.Pattern:
		if strings.TrimSpace(k.Got) == "" {
			return badRequest(strings.Join(member, "."), "is empty")
		}
	}
	if len(member) == 0 {
		member = []string{"body"}
	}
	return badRequest(strings.Join(member, "."), "is not as it should be: %s", e.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
}

// readBody reads the body of a request, of at most so many bytes.
func readBody(c echo.Context, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, err
	case err != nil:
		return nil, badRequest("body", "could not be read to its end")
	}
	return body, nil
}

// openapi answers the description.
func (s *server) openapi(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml", openapiYAML)
}
