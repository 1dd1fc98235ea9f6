// Package openapi is the description of the HTTP interface, and holds requests and
// answers to it. It is apart from server because the library behind it takes a
// compiler many seconds; nothing of that library shows.
package openapi

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/content"
	"github.com/pb33f/libopenapi/datamodel/high/base"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// YAML is the description as it is served. Tests of server hold the routes, the
// queries and real answers to it.
//
//go:embed openapi.yaml
var YAML []byte

// Description is openapi.yaml as it was read.
type Description struct {
	Title, Description string
	Operations         []*Operation // in the file's order

	doc       *v3.Document
	validator validator.Validator
}

// Operation is what the description says of a method and path.
type Operation struct {
	Method, Path         string // GET /api/v1/places/{id}
	ID                   string
	Summary, Description string
	Params               []Param // of the query string
	PathParams           []Param // those in braces

	item *v3.PathItem
}

// Param is a query parameter.
type Param struct {
	Name, Description string
	Required          bool
	AllowEmpty        bool   // an empty value is as good as none
	Wanted            string // what a value must be, in words: "a whole number from 1 to 1000"
	Schema            Schema
}

// Schema is as much of a JSON Schema as describes one value, or an object of such.
type Schema struct {
	Types       []string
	Enum        []string
	Default     string // "" for none
	Minimum     *float64
	Maximum     *float64
	Pattern     string
	Description string
	Required    []string          // of an object: the members that it must have
	Members     map[string]Schema // of an object
	title       string
	maxLength   *int64
	original    *base.Schema
}

// Error is a request that is not as described.
type Error struct {
	Field  string // the parameter or member that is wrong; "body" for the whole of it
	Reason string // as in "is missing"
}

func (e *Error) Error() string { return e.Field + " " + e.Reason }

// Load reads the description, once in a process.
var Load = sync.OnceValues(func() (*Description, error) {
	doc, err := libopenapi.NewDocument(YAML)
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	model, err := doc.BuildV3Model()
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	m := &model.Model
	d := &Description{Title: m.Info.Title, Description: m.Info.Description, doc: m,
		validator: validator.NewValidatorFromV3Model(m, config.WithFormatAssertions(), config.WithBodyDecoder("application/x-ndjson", content.TextDecoder()))}
	d.validator.SetDocument(doc)
	for path, item := range m.Paths.PathItems.FromOldest() {
		for method, op := range item.GetOperations().FromOldest() {
			o := &Operation{Method: strings.ToUpper(method), Path: path, ID: op.OperationId, Summary: op.Summary, Description: op.Description, item: item}
			for _, p := range op.Parameters {
				if p.In == "query" {
					o.Params = append(o.Params, paramOf(p))
				} else {
					o.PathParams = append(o.PathParams, paramOf(p))
				}
			}
			d.Operations = append(d.Operations, o)
		}
	}
	return d, nil
})

// Operation returns nil for one that is not described.
func (d *Description) Operation(method, path string) *Operation {
	for _, o := range d.Operations {
		if o.Path == path && o.Method == method {
			return o
		}
	}
	return nil
}

// Param returns one of the parameters that operations share; false if there is none
// of that name among the components.
func (d *Description) Param(component string) (Param, bool) {
	p, ok := d.doc.Components.Parameters.Get(component)
	if !ok {
		return Param{}, false
	}
	return paramOf(p), true
}

// Schema returns one of the schemas that operations share; false if there is none.
func (d *Description) Schema(component string) (Schema, bool) {
	p, ok := d.doc.Components.Schemas.Get(component)
	if !ok {
		return Schema{}, false
	}
	return schemaOf(p.Schema(), true), true
}

func paramOf(p *v3.Parameter) Param {
	out := Param{Name: p.Name, Description: p.Description, Required: p.Required != nil && *p.Required, AllowEmpty: p.AllowEmptyValue,
		Schema: schemaOf(p.Schema.Schema(), false)}
	out.Wanted = out.Schema.wanted()
	return out
}

func schemaOf(s *base.Schema, members bool) Schema {
	out := Schema{Types: s.Type, Minimum: s.Minimum, Maximum: s.Maximum, Pattern: s.Pattern, Description: s.Description, Required: s.Required,
		title: s.Title, maxLength: s.MaxLength, original: s}
	for _, v := range s.Enum {
		out.Enum = append(out.Enum, v.Value)
	}
	if s.Default != nil {
		out.Default = s.Default.Value
	}
	if members && s.Properties != nil {
		out.Members = map[string]Schema{}
		for name, p := range s.Properties.FromOldest() {
			out.Members[name] = schemaOf(p.Schema(), false)
		}
	}
	return out
}

// wanted says in words what a schema asks for.
func (s Schema) wanted() string {
	number := "a number"
	if s.Types[0] == "integer" {
		number = "a whole number"
	}
	switch {
	case len(s.Enum) > 0:
		return "one of " + strings.Join(s.Enum, ", ")
	case s.Minimum != nil && s.Maximum != nil:
		return fmt.Sprintf("%s from %v to %v", number, *s.Minimum, *s.Maximum)
	case s.Pattern != "":
		return "of the form " + s.title
	case s.maxLength != nil:
		return fmt.Sprintf("a text of at most %d characters", *s.maxLength)
	case s.Types[0] == "string":
		return "a text"
	}
	return number
}
