// Package openapi is the description of the HTTP interface, and holds requests and
// answers to it.
package openapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// YAML is the description as it is served. Tests of server hold the routes, the
// queries and real answers to it.
//
//go:embed openapi.yaml
var YAML []byte

// Description is openapi.yaml as it was read.
type Description struct {
	Title, Description string
	Operations         []*Operation // by path

	doc      any // what the file holds
	compiler *jsonschema.Compiler
}

// Operation is what the description says of a method and path.
type Operation struct {
	Method, Path         string // GET /api/v1/places/{id}
	ID                   string
	Summary, Description string
	Params               []Param // of the query string
	PathParams           []Param // those in braces

	body *jsonschema.Schema // of a JSON body; nil if it takes none
	at   []string           // where it stands in the file
}

// Param is a parameter.
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
	Description string
	Required    []string          // of an object: the members that it must have
	Members     map[string]Schema // of an object

	compiled *jsonschema.Schema
}

// resource is the name of the description among the schemas.
const resource = "openapi.json"

// Load reads the description, once in a process.
var Load = sync.OnceValues(func() (*Description, error) {
	d, err := load()
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	return d, nil
})

// operationNode is an operation as the file has it, as far as it is used.
type operationNode struct {
	OperationID          string `json:"operationId"`
	Summary, Description string
	Parameters           []json.RawMessage
}

func load() (*Description, error) {
	var file any
	if err := yaml.Unmarshal(YAML, &file); err != nil {
		return nil, err
	}
	text, err := json.Marshal(file)
	if err != nil {
		return nil, err
	}
	d := &Description{compiler: jsonschema.NewCompiler()}
	if d.doc, err = jsonschema.UnmarshalJSON(bytes.NewReader(text)); err != nil {
		return nil, err
	}
	d.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := d.compiler.AddResource(resource, d.doc); err != nil {
		return nil, err
	}
	var all struct {
		Info  struct{ Title, Description string }
		Paths map[string]map[string]operationNode
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	d.Title, d.Description = all.Info.Title, all.Info.Description
	for path, methods := range all.Paths {
		for method, node := range methods {
			o := &Operation{Method: strings.ToUpper(method), Path: path, ID: node.OperationID, Summary: node.Summary, Description: node.Description,
				at: []string{"paths", path, method}}
			for i := range node.Parameters {
				at := d.followed(append(slices.Clone(o.at), "parameters", fmt.Sprint(i)))
				p, in, err := d.param(at)
				if err != nil {
					return nil, err
				}
				if in == "query" {
					o.Params = append(o.Params, p)
				} else {
					o.PathParams = append(o.PathParams, p)
				}
			}
			if at := append(slices.Clone(o.at), "requestBody", "content", "application/json", "schema"); d.node(at) != nil {
				if o.body, err = d.compile(at); err != nil {
					return nil, err
				}
			}
			d.Operations = append(d.Operations, o)
		}
	}
	slices.SortFunc(d.Operations, func(a, b *Operation) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
	return d, nil
}

// node returns what stands at a place in the file; nil if nothing does.
func (d *Description) node(at []string) any {
	v := d.doc
	for _, key := range at {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			var i int
			if _, err := fmt.Sscan(key, &i); err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// followed returns where a reference leads that stands at a place, else the place.
func (d *Description) followed(at []string) []string {
	if m, ok := d.node(at).(map[string]any); ok {
		if ref, ok := m["$ref"].(string); ok {
			return strings.Split(strings.TrimPrefix(ref, "#/"), "/")
		}
	}
	return at
}

// compile makes a schema of what stands at a place.
func (d *Description) compile(at []string) (*jsonschema.Schema, error) {
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
	var b strings.Builder
	for _, key := range at {
		b.WriteString("/" + escape.Replace(key))
	}
	return d.compiler.Compile(resource + "#" + b.String())
}

func (d *Description) param(at []string) (p Param, in string, err error) {
	var n struct {
		Name, In, Description     string
		Required, AllowEmptyValue bool
	}
	if err := d.decode(at, &n); err != nil {
		return p, "", err
	}
	p = Param{Name: n.Name, Description: n.Description, Required: n.Required, AllowEmpty: n.AllowEmptyValue}
	place := append(slices.Clone(at), "schema")
	if p.Schema, err = d.schema(place, false); err != nil {
		return p, "", err
	}
	p.Wanted, err = d.wanted(place, p.Schema)
	return p, n.In, err
}

// decode reads what stands at a place into a value.
func (d *Description) decode(at []string, into any) error {
	b, err := json.Marshal(d.node(at))
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", strings.Join(at, " "), err)
	}
	return nil
}

func (d *Description) schema(at []string, members bool) (Schema, error) {
	at = d.followed(at)
	var n struct {
		Type             any
		Enum             []any
		Default          any
		Minimum, Maximum *float64
		Description      string
		Required         []string
		Properties       map[string]any
	}
	if err := d.decode(at, &n); err != nil {
		return Schema{}, err
	}
	compiled, err := d.compile(at)
	if err != nil {
		return Schema{}, err
	}
	s := Schema{Minimum: n.Minimum, Maximum: n.Maximum, Description: n.Description, Required: n.Required, compiled: compiled}
	switch t := n.Type.(type) {
	case string:
		s.Types = []string{t}
	case []any:
		for _, one := range t {
			s.Types = append(s.Types, fmt.Sprint(one))
		}
	}
	for _, v := range n.Enum {
		s.Enum = append(s.Enum, fmt.Sprint(v))
	}
	if n.Default != nil {
		s.Default = fmt.Sprint(n.Default)
	}
	if members {
		s.Members = map[string]Schema{}
		for name := range n.Properties {
			if s.Members[name], err = d.schema(append(slices.Clone(at), "properties", name), false); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}

// wanted says in words what the schema of a parameter asks for.
func (d *Description) wanted(at []string, s Schema) (string, error) {
	var n struct {
		Title, Pattern string
		MaxLength      *int
	}
	if err := d.decode(at, &n); err != nil {
		return "", err
	}
	number := "a number"
	if slices.Contains(s.Types, "integer") {
		number = "a whole number"
	}
	switch {
	case len(s.Enum) > 0:
		return "one of " + strings.Join(s.Enum, ", "), nil
	case s.Minimum != nil && s.Maximum != nil:
		return fmt.Sprintf("%s from %v to %v", number, *s.Minimum, *s.Maximum), nil
	case n.Pattern != "":
		return "of the form " + n.Title, nil
	case n.MaxLength != nil:
		return fmt.Sprintf("a text of at most %d characters", *n.MaxLength), nil
	case slices.Contains(s.Types, "string"):
		return "a text", nil
	}
	return number, nil
}

// Operation returns nil for one that is not described.
func (d *Description) Operation(method, path string) *Operation {
	for _, o := range d.Operations {
		if o.Path == path && o.Method == method {
			return o
		}
	}
	return nil
}

// Param returns one of the parameters that operations share.
func (d *Description) Param(component string) (Param, error) {
	p, _, err := d.param([]string{"components", "parameters", component})
	return p, err
}

// Schema returns one of the schemas that operations share; false if there is none.
func (d *Description) Schema(component string) (Schema, bool) {
	at := []string{"components", "schemas", component}
	if d.node(at) == nil {
		return Schema{}, false
	}
	s, err := d.schema(at, true)
	return s, err == nil
}
