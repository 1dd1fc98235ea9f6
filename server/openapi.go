package server

import (
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// openapiYAML describes every route; a test holds the routes, the queries and
// real answers to it.
//
//go:embed openapi.yaml
var openapiYAML []byte

// loadSpec reads the description.
func loadSpec() (*openapi3.T, error) {
	spec, err := openapi3.NewLoader().LoadFromData(openapiYAML)
	if err != nil {
		return nil, fmt.Errorf("server: openapi.yaml: %w", err)
	}
	return spec, nil
}

// specPath is the path of a route in the description, where each query has a path
// of its own.
func specPath(route, query string) string {
	return strings.NewReplacer(":name", query, "*", "{id}").Replace(route)
}

// describes says what the description has to say of a request; nil if it is about
// a query that there is not.
func (s *server) describes(r route, c echo.Context) *openapi3.Operation {
	item := s.spec.Paths.Value(specPath(r.path, c.Param("name")))
	if item == nil {
		return nil
	}
	return item.GetOperation(r.method)
}

// validated checks the values of parameters against the description. One that is
// empty is as if it were not given.
func validated(op *openapi3.Operation, values url.Values) error {
	for _, ref := range op.Parameters {
		p := ref.Value
		if p.In != openapi3.ParameterInQuery {
			continue
		}
		text := values.Get(p.Name)
		if text == "" {
			if p.Required {
				return badRequest(p.Name, "is missing: %s", p.Description)
			}
			continue
		}
		schema := p.Schema.Value
		var value any = text
		if schema.Type.Is(openapi3.TypeInteger) || schema.Type.Is(openapi3.TypeNumber) {
			n, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return badRequest(p.Name, "%q is not %s", text, wanted(schema))
			}
			value = n
		}
		var wrong *openapi3.SchemaError
		if err := schema.VisitJSON(value); errors.As(err, &wrong) {
			if wrong.SchemaField == "maxLength" {
				return badRequest(p.Name, "is longer than %d characters", *schema.MaxLength)
			}
			return badRequest(p.Name, "%q is not %s", text, wanted(schema))
		} else if err != nil {
			return badRequest(p.Name, "%q: %v", text, err)
		}
	}
	return nil
}

// wanted says in words what a schema asks for.
func wanted(s *openapi3.Schema) string {
	kind := "a number"
	if s.Type.Is(openapi3.TypeInteger) {
		kind = "a whole number"
	}
	switch {
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, w := range s.Enum {
			words[i] = fmt.Sprint(w)
		}
		return "one of " + strings.Join(words, ", ")
	case s.Min != nil && s.Max != nil:
		return fmt.Sprintf("%s from %v to %v", kind, *s.Min, *s.Max)
	case s.Pattern != "":
		return "of the form " + s.Title
	}
	return kind
}

// openapi answers the description.
func (s *server) openapi(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml", openapiYAML)
}
