package graph

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxIDBytes and maxWordingRunes keep ids and names within what every store can
// index.
const (
	maxIDBytes      = 1024
	maxWordingRunes = 500
)

// Validate checks completed facts against the model: ids, labels of the ends,
// properties, vocabularies, and that every quote and mention stands in the text
// at its offsets. The error is an *InvalidError naming the first field that is
// wrong.
func (f *Facts) Validate() error {
	v := validator{Facts: f, runes: []rune(f.Article.Text), places: map[string]bool{}, known: map[string]bool{}}
	for _, part := range []func() error{v.article, v.givenPlaces, v.mentions, v.claims, v.unresolved} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// validator holds what the parts of Validate share.
type validator struct {
	*Facts
	runes  []rune          // of the article's text
	places map[string]bool // ids of the places given
	known  map[string]bool // ids of the nodes mentioned
}

func (v *validator) bad(field, format string, args ...any) error {
	return &InvalidError{Article: v.Article.ID, Field: field, Reason: fmt.Sprintf(format, args...)}
}

func (v *validator) article() error {
	a := v.Article
	if l, err := idLabel(a.ID); err != nil || l != LabelArticle {
		return v.bad("article.id", "%.100q is not an article id", a.ID)
	}
	if a.Text == "" {
		return v.bad("article.text", "is empty")
	}
	for _, field := range []struct {
		name   string
		values []string
	}{{"text", []string{a.Text}}, {"title", []string{a.Title}}, {"outlet", []string{a.Outlet}}, {"url", []string{a.URL}}, {"authors", a.Authors},
		{"given", a.Given}, {"source", []string{a.Source}}} {
		for _, s := range field.values {
			if err := checkText(s); err != nil {
				return v.bad("article."+field.name, "%v", err)
			}
		}
	}
	if a.Published != "" && !isDate(a.Published) {
		return v.bad("article.published", "%q is not an ISO 8601 date", a.Published)
	}
	if PrecisionOf(a.Published) != a.PublishedPrecision {
		return v.bad("article.published_precision", "is %q for the date %q", a.PublishedPrecision, a.Published)
	}
	if a.Script != "" && !slices.Contains(Scripts, a.Script) {
		return v.bad("article.script", "%q is not one of %v", a.Script, Scripts)
	}
	return nil
}

// givenPlaces checks the places and that all they refer to are given with them.
func (v *validator) givenPlaces() error {
	parents := map[string]string{}
	for i, p := range v.Places {
		field := func(name string) string { return fmt.Sprintf("places[%d].%s", i, name) }
		if l, err := idLabel(p.ID); err != nil || l != LabelPlace {
			return v.bad(field("id"), "%.100q is not a place id", p.ID)
		}
		if v.places[p.ID] {
			return v.bad(field("id"), "%s is given twice", p.ID)
		}
		v.places[p.ID] = true
		parents[p.ID] = p.Parent
		if err := checkWording(p.Name); err != nil {
			return v.bad(field("name"), "of %s %v", p.ID, err)
		}
		if !slices.Contains(PlaceLevels, p.Level) {
			return v.bad(field("level"), "%q of %s is not one of %v", p.Level, p.ID, PlaceLevels)
		}
		if p.Today == "" {
			return v.bad(field("today"), "is empty for %s: give its own code if nothing succeeded it", p.ID)
		}
		if !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180) {
			return v.bad(field("lat"), "%v, %v of %s are no degrees of latitude and longitude", p.Lat, p.Lon, p.ID)
		}
		for _, date := range []struct{ name, value string }{{"from", p.From}, {"to", p.To}} {
			if date.value != "" && !isDate(date.value) {
				return v.bad(field(date.name), "%q of %s is not an ISO 8601 date", date.value, p.ID)
			}
		}
	}
	for i, p := range v.Places {
		if p.Parent != "" && !v.places[p.Parent] {
			return v.bad(fmt.Sprintf("places[%d].parent", i), "%s of %s is not among the places", p.Parent, p.ID)
		}
		if today := PlaceID(p.Today); !v.places[today] {
			return v.bad(fmt.Sprintf("places[%d].today", i), "%s of %s is not among the places", today, p.ID)
		}
		steps := 0
		for up := p.Parent; up != ""; up = parents[up] {
			if steps++; up == p.ID || steps > len(v.Places) {
				return v.bad(fmt.Sprintf("places[%d].parent", i), "%s lies in itself", up)
			}
		}
	}
	if home := v.Article.Home; home != "" && !v.places[home] {
		return v.bad("article.home", "%s is not among the places", home)
	}
	return nil
}

func (v *validator) mentions() error {
	for i, m := range v.Mentions {
		field := func(name string) string { return fmt.Sprintf("mentions[%d].%s", i, name) }
		l, err := idLabel(m.Node)
		if err != nil || l == LabelArticle {
			return v.bad(field("node"), "%.100q is not the id of a node that an article can mention", m.Node)
		}
		if v.known[m.Node] {
			return v.bad(field("node"), "%s is mentioned twice: one mention holds all places of a node", m.Node)
		}
		v.known[m.Node] = true
		if l == LabelPlace && !v.places[m.Node] {
			return v.bad(field("node"), "%s is not among the places", m.Node)
		}
		if err := checkWording(m.Name); err != nil {
			return v.bad(field("name"), "of %s %v", m.Node, err)
		}
		for _, a := range m.Aliases {
			if err := checkWording(a); err != nil {
				return v.bad(field("aliases"), "of %s %v", m.Node, err)
			}
		}
		if len(m.Starts) == 0 || len(m.Starts) != len(m.Ends) {
			return v.bad(field("starts"), "%d starts and %d ends for %s", len(m.Starts), len(m.Ends), m.Node)
		}
		for k := range m.Starts {
			if !v.span(m.Starts[k], m.Ends[k]) || k > 0 && m.Starts[k] < m.Starts[k-1] {
				return v.bad(field("starts"), "[%d,%d) of %s is no ascending span of a text of %d code points", m.Starts[k], m.Ends[k], m.Node, len(v.runes))
			}
		}
		if err := checkProps(m.Props, nodeProps[l]); err != nil {
			return v.bad(field("props"), "of %s: %v", m.Node, err)
		}
		for _, k := range slices.Sorted(maps.Keys(nodeVocabularies[l])) {
			if s, ok := m.Props[k].(string); ok && !slices.Contains(nodeVocabularies[l][k], s) {
				return v.bad(field("props"), "of %s: %s %q is not one of %v", m.Node, k, s, nodeVocabularies[l][k])
			}
		}
	}
	return nil
}

func (v *validator) claims() error {
	ids := map[string]bool{}
	for i, c := range v.Claims {
		field := func(name string) string { return fmt.Sprintf("claims[%d].%s", i, name) }
		s, ok := SchemaOf(c.Predicate)
		if !ok {
			return v.bad(field("predicate"), "%q is not a predicate of claims", c.Predicate)
		}
		for _, end := range []struct {
			name, id string
			labels   []Label
		}{{"subject", c.Subject, s.From}, {"object", c.Object, s.To}} {
			if !slices.Contains(end.labels, labelOf(end.id)) {
				return v.bad(field(end.name), "%.100q cannot be the %s of %s", end.id, end.name, c.Predicate)
			}
			if !v.known[end.id] && !v.places[end.id] {
				return v.bad(field(end.name), "%s is neither mentioned nor a place given", end.id)
			}
		}
		if !v.span(c.Start, c.End) {
			return v.bad(field("start"), "[%d,%d) is no span of a text of %d code points", c.Start, c.End, len(v.runes))
		}
		if c.End-c.Start > MaxQuoteRunes {
			return v.bad(field("quote"), "is %d code points long, more than %d", c.End-c.Start, MaxQuoteRunes)
		}
		if string(v.runes[c.Start:c.End]) != c.Quote {
			return v.bad(field("quote"), "%.200q is not the text at [%d,%d)", c.Quote, c.Start, c.End)
		}
		if !slices.Contains(Statuses, c.Status) {
			return v.bad(field("status"), "%q is not one of %v", c.Status, Statuses)
		}
		if !(c.Confidence >= 0 && c.Confidence <= 1) {
			return v.bad(field("confidence"), "%v is not within 0..1", c.Confidence)
		}
		if err := checkWording(c.Rule); err != nil {
			return v.bad(field("rule"), "%v", err)
		}
		if err := checkProps(c.Props, s.Props); err != nil {
			return v.bad(field("props"), "of %s: %v", c.Predicate, err)
		}
		if c.Article != v.Article.ID {
			return v.bad(field("article"), "is %q", c.Article)
		}
		if c.ID != ClaimID(c) {
			return v.bad(field("claim"), "is not the claim's id: call Complete first")
		}
		if ids[c.ID] {
			return v.bad(field("claim"), "is there twice: call Complete first")
		}
		ids[c.ID] = true
	}
	return nil
}

func (v *validator) unresolved() error {
	for i, u := range v.Unresolved {
		field := func(name string) string { return fmt.Sprintf("unresolved[%d].%s", i, name) }
		if !v.span(u.Start, u.End) {
			return v.bad(field("start"), "[%d,%d) is no span of a text of %d code points", u.Start, u.End, len(v.runes))
		}
		if string(v.runes[u.Start:u.End]) != u.Text {
			return v.bad(field("text"), "%.200q is not the text at [%d,%d)", u.Text, u.Start, u.End)
		}
		if err := checkWording(u.Why); err != nil {
			return v.bad(field("why"), "%v", err)
		}
	}
	return nil
}

// span reports whether [start, end) are code points of the article's text.
func (v *validator) span(start, end int) bool {
	return 0 <= start && start < end && end <= len(v.runes)
}

// idLabel returns the label of an id, and an error if it is none, or cannot stand
// in an index, on a line or in a URL.
func idLabel(id string) (Label, error) {
	l, ok := LabelOf(id)
	switch {
	case !ok:
		return "", fmt.Errorf("has no known prefix")
	case len(id) > maxIDBytes:
		return "", fmt.Errorf("is longer than %d bytes", maxIDBytes)
	case !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl):
		return "", fmt.Errorf("holds control characters")
	}
	return l, nil
}

// checkText refuses what JSON and the stores would not give back as it was.
func checkText(s string) error {
	switch {
	case !utf8.ValidString(s):
		return fmt.Errorf("is not valid UTF-8")
	case strings.ContainsRune(s, 0):
		return fmt.Errorf("holds a NUL character: is it binary?")
	}
	return nil
}

// checkWording checks a name or another short text that has to be there.
func checkWording(s string) error {
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return fmt.Errorf("is empty")
	case n > maxWordingRunes:
		return fmt.Errorf("is %d code points long, more than %d", n, maxWordingRunes)
	}
	return checkText(s)
}

// isDate reports whether s is an ISO 8601 date, month or year.
func isDate(s string) bool {
	layout := map[string]string{"year": "2006", "month": "2006-01", "day": time.DateOnly}[PrecisionOf(s)]
	_, err := time.Parse(layout, s)
	return err == nil
}

// vocabularies bind property names to their allowed words wherever they occur.
var vocabularies = map[string][]string{
	"precision": Precisions, "basis": Bases, "stage": Stages, "domain": Domains, "direction": Directions,
}

// nodeVocabularies do so by label.
var nodeVocabularies = map[Label]map[string][]string{
	LabelInitiative:   {"kind": InitiativeKinds},
	LabelOrganization: {"kind": OrganizationKinds},
	LabelDocument:     {"kind": DocumentKinds},
	LabelPilot:        {"level": PilotLevels},
	LabelRecognition:  {"kind": RecognitionKinds, "level": RecognitionLevels},
}

// maxInteger keeps whole numbers exact wherever JSON is read.
const maxInteger = 1e15 - 1

func checkProps(p Props, schema map[string]Kind) error {
	for _, k := range slices.Sorted(maps.Keys(p)) {
		v := p[k]
		kind, ok := schema[k]
		if !ok {
			return fmt.Errorf("%q is not a property of it", k)
		}
		switch kind {
		case String:
			s, isString := v.(string)
			if !isString {
				return fmt.Errorf("%s is %v: want a text", k, v)
			}
			if err := checkWording(s); err != nil {
				return fmt.Errorf("%s %w", k, err)
			}
			if words := vocabularies[k]; words != nil && !slices.Contains(words, s) {
				return fmt.Errorf("%s %q is not one of %v", k, s, words)
			}
			if (k == "since" || k == "date") && !isDate(s) {
				return fmt.Errorf("%s %q is not an ISO 8601 date", k, s)
			}
			if k == "precision" {
				date, _ := p["since"].(string)
				if date == "" {
					date, _ = p["date"].(string)
				}
				if date != "" && PrecisionOf(date) != s {
					return fmt.Errorf("precision %q does not fit the date %q", s, date)
				}
			}
		case Integer:
			if n, ok := v.(int64); !ok || n > maxInteger || n < -maxInteger {
				return fmt.Errorf("%s is %v: want a whole number of at most 15 digits", k, v)
			}
		case Number:
			if n, ok := v.(float64); !ok || math.IsNaN(n) || math.IsInf(n, 0) {
				return fmt.Errorf("%s is %v: want a number", k, v)
			}
		case Boolean:
			if _, ok := v.(bool); !ok {
				return fmt.Errorf("%s is %v: want true or false", k, v)
			}
		}
	}
	return nil
}

// PrecisionOf returns the precision of an ISO 8601 date as its length implies it:
// year, month or day; "" for an empty date.
func PrecisionOf(date string) string {
	switch len(date) {
	case 0:
		return ""
	case 4:
		return "year"
	case 7:
		return "month"
	}
	return "day"
}
