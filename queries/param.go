package queries

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"reformgraph/graph"
)

// Param documents one parameter of a query.
type Param struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"` // place, places, experience, leader, node, text, date, word, number, integer, cursor
	Required    bool     `json:"required"`
	Default     string   `json:"default"`
	Values      []string `json:"values"` // the allowed words of type word; else null
	Min         *float64 `json:"min"`
	Max         *float64 `json:"max"`
	Description string   `json:"description"`
}

// Limits of the number of rows in one answer.
const (
	DefaultLimit = 100
	MaxLimit     = 1000
)

func num(x float64) *float64 { return &x }

// knownParams describes each parameter once: a name means the same in every
// query. A field of a Params struct takes its description from here, by its
// `param` tag; the tag `need` makes it required, `values` narrows its words,
// `doc` adds what it does in this query, `known` names another entry than that of
// the parameter's own name.
var knownParams = map[string]Param{
	"experience":        {Type: "experience", Description: "An experience by id (experience:有解思维) or by name or alias in either script."},
	"place":             {Type: "place", Description: "A place by id (place:370300), code (370300) or name in either script (淄博, 淄博市, 山东淄博); what lies below it is included. Of several divisions that share a bare name the highest in rank that still exists is meant; former names lead to their successor."},
	"from":              {Type: "place", Description: "The place that something came from, named like place."},
	"to":                {Type: "place", Description: "The place that took it up, named like place."},
	"leader":            {Type: "leader", Description: "A person by id (leader:NAME@CODE) or by name; a name stands for all people of that name."},
	"node":              {Type: "node", Description: "Any node by its id."},
	"scope":             {Type: "word", Values: []string{"below", "exact"}, Default: "below", Description: "exact: the place itself, without what lies below it."},
	"level":             {Type: "word", Values: []string{"province", "prefecture", "county"}, Description: "Rolls places up: what lies lower counts as the division of this level that it is in. A municipality is also its own prefecture; a county straight under a province stays itself."},
	"pilot_level":       {Type: "word", Values: graph.PilotLevels, Description: "Only pilots granted at this level."},
	"since":             {Type: "date", Description: "Only what may have happened on or after this date: YYYY, YYYY-MM or YYYY-MM-DD."},
	"until":             {Type: "date", Description: "Only what may have happened by the end of this date: YYYY, YYYY-MM or YYYY-MM-DD."},
	"basis":             {Type: "word", Values: graph.Bases, Description: "stated: only dates that a text states; reported: only dates of publication."},
	"status":            {Type: "word", Values: graph.Statuses, Description: "Only claims of this status."},
	"domain":            {Type: "word", Values: graph.Domains, Description: "Only what belongs to this domain."},
	"order":             {Type: "word", Description: "The order of rows."},
	"kind":              {Type: "word", Description: "Only rows of this kind."},
	"q":                 {Type: "text", Description: "Words to look for, in either script, from one character up; each is found wherever its characters stand together, in a name, a title or a text. Words with spaces between must all be found, in the names of one node or in one article; quotation marks keep a phrase with spaces together. Case, width, accents, spaces, quotation marks and brackets do not count; no sign has a meaning of its own."},
	"node_level":        {Type: "word", Values: append(slices.Clone(graph.PlaceLevels), "national", "provincial", "municipal", "unknown", "other"), Description: "Only places, pilots and recognitions of this level."},
	"outlet":            {Type: "text", Description: "Only articles that were published there, named as they name it."},
	"label":             {Type: "word", Values: []string{"Article", "Place", "Initiative", "Experience", "Pilot", "Leader", "Organization", "Recognition", "Document", "Figure"}, Description: "Only nodes of this label."},
	"places":            {Type: "places", Description: "Two places or more, named like place, with commas between; each with what lies below it."},
	"from_node":         {Type: "node", Description: "Where to begin: any node by its id, or a place by code or name."},
	"to_node":           {Type: "node", Description: "Where to end: any node by its id, or a place by code or name."},
	"by":                {Type: "word", Description: "What a row is about."},
	"period":            {Type: "word", Values: []string{"year", "month"}, Default: "year", Description: "The length of one period."},
	"years":             {Type: "integer", Default: "3", Min: num(1), Max: num(50), Description: "How many years after the first adoption others count as its followers."},
	"depth":             {Type: "integer", Default: "4", Min: num(1), Max: num(6), Description: "The most claims in the chain."},
	"recognition_level": {Type: "word", Values: graph.RecognitionLevels, Description: "Only recognitions of this level."},
	"min_confidence":    {Type: "number", Default: "0", Min: num(0), Max: num(1), Description: "Leaves out claims of lower confidence."},
	"limit":             {Type: "integer", Default: strconv.Itoa(DefaultLimit), Min: num(1), Max: num(MaxLimit), Description: "The most rows in one answer."},
	"cursor":            {Type: "cursor", Description: "The next of the answer before this one, given with the same parameters."},
}

// page is part of every Params struct.
type page struct {
	Limit  int    `param:"limit"`
	Cursor string `param:"cursor"`
}

// dates is part of the Params structs of queries whose rows are filtered by date.
type dates struct {
	Since string `param:"since"`
	Until string `param:"until"`
	Basis string `param:"basis"`
}

// paramFields returns the fields of a Params struct with their documentation, in
// the order of the struct, those of embedded structs in their place. Callers leave
// the lists as they are.
func paramFields(t reflect.Type) (index [][]int, params []Param) {
	if known, ok := fieldsByType.Load(t); ok {
		f := known.(fields)
		return f.index, f.params
	}
	index, params = readFields(t)
	fieldsByType.Store(t, fields{index, params})
	return index, params
}

// fields are what paramFields returns; fieldsByType keeps them, by reflect.Type.
type fields struct {
	index  [][]int
	params []Param
}

var fieldsByType sync.Map

func readFields(t reflect.Type) (index [][]int, params []Param) {
	for _, f := range reflect.VisibleFields(t) {
		name := f.Tag.Get("param")
		if name == "" {
			continue
		}
		p, ok := knownParams[cmp.Or(f.Tag.Get("known"), name)]
		if !ok {
			panic("queries: parameter " + name + " is not described")
		}
		p.Name = name
		p.Required = f.Tag.Get("need") != ""
		if v := f.Tag.Get("values"); v != "" {
			p.Values = strings.Split(v, ",")
		}
		if v, ok := f.Tag.Lookup("default"); ok {
			p.Default = v
		}
		if doc := f.Tag.Get("doc"); doc != "" {
			p.Description += " " + doc
		}
		index, params = append(index, f.Index), append(params, p)
	}
	return index, params
}

// readParams fills a Params struct. Errors name the parameter: one that is
// unknown, repeated, missing, or not of its type. An empty value is as if the
// parameter were not given.
func readParams(t reflect.Type, values url.Values) (reflect.Value, error) {
	index, params := paramFields(t)
	byName := map[string]int{}
	for i, p := range params {
		byName[p.Name] = i
	}
	out := reflect.New(t).Elem()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if _, ok := byName[name]; !ok {
			return out, invalid(name, "is not a parameter: want %s", orList(slices.Collect(func(yield func(string) bool) {
				for _, p := range params {
					if !yield(p.Name) {
						return
					}
				}
			})))
		}
		if len(values[name]) > 1 {
			return out, invalid(name, "is given %d times", len(values[name]))
		}
	}
	for i, p := range params {
		v := values.Get(p.Name)
		if v == "" {
			v = p.Default
		}
		if v == "" {
			if p.Required {
				what, _, _ := strings.Cut(p.Description, ". ")
				return out, invalid(p.Name, "is missing: %s", what)
			}
			continue
		}
		if err := setParam(out.FieldByIndex(index[i]), p, v); err != nil {
			return out, err
		}
	}
	return out, nil
}

func setParam(field reflect.Value, p Param, v string) error {
	switch p.Type {
	case "word":
		if !slices.Contains(p.Values, v) {
			return invalid(p.Name, "%q is not one of %s", v, orList(p.Values))
		}
	case "date":
		if !intervalOf(v).known() {
			return invalid(p.Name, "%q is not a date: want YYYY, YYYY-MM or YYYY-MM-DD", v)
		}
	case "integer":
		n, err := strconv.Atoi(v)
		if err != nil || float64(n) < *p.Min || float64(n) > *p.Max {
			return invalid(p.Name, "%q is not a whole number from %v to %v", v, *p.Min, *p.Max)
		}
		field.SetInt(int64(n))
		return nil
	case "number":
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsNaN(x) || x < *p.Min || x > *p.Max {
			return invalid(p.Name, "%q is not a number from %v to %v", v, *p.Min, *p.Max)
		}
		field.SetFloat(x)
		return nil
	default:
		if len([]rune(v)) > maxValueRunes {
			return invalid(p.Name, "is longer than %d characters", maxValueRunes)
		}
	}
	field.SetString(v)
	return nil
}

// maxValueRunes bounds a name or id given as a parameter: longer than any id.
const maxValueRunes = 300

func orList(words []string) string { return strings.Join(words, ", ") }

// answered returns the parameters as an answer repeats them: those that were
// given, as they were understood, and the least confidence.
func answered(p reflect.Value, values url.Values) map[string]any {
	index, params := paramFields(p.Type())
	out := map[string]any{}
	for i, d := range params {
		given := values.Get(d.Name) != "" && d.Name != "cursor"
		if given || d.Name == "min_confidence" {
			out[d.Name] = p.FieldByIndex(index[i]).Interface()
		}
	}
	return out
}

// bind identifies a query with its parameters, but for limit and cursor: what a
// cursor is bound to.
func bind(name string, p reflect.Value) string {
	index, params := paramFields(p.Type())
	var b strings.Builder
	b.WriteString(name)
	for i, d := range params {
		if d.Name != "limit" && d.Name != "cursor" {
			fmt.Fprintf(&b, "\n%s=%v", d.Name, p.FieldByIndex(index[i]).Interface())
		}
	}
	return b.String()
}
