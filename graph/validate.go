package graph

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"unicode/utf8"
)

// Complete puts facts in canonical form: offsets and lists sorted, claim ids
// computed, own properties brought to their kinds (whole numbers to int64, other
// numbers to float64), duplicates removed (of two claims with one id the more
// confident stays, then the one whose status and rule sort first), places that
// nothing refers to left out. It does not
// change what the facts say, and completing twice changes nothing.
func (f *Facts) Complete() {
	places := make(map[string]Place, len(f.Places))
	for _, p := range f.Places {
		places[p.ID] = p
	}
	f.Places = f.needed(places)
	for i := range f.Mentions {
		m := &f.Mentions[i]
		slices.Sort(m.Aliases)
		m.Aliases = slices.DeleteFunc(slices.Compact(m.Aliases), func(s string) bool { return s == "" || s == m.Name })
		m.Props = kinds(m.Props, nodeProps[labelOf(m.Node)])
	}
	slices.SortFunc(f.Mentions, func(a, b Mention) int {
		if d := first(a.Starts) - first(b.Starts); d != 0 {
			return d
		}
		return cmpStrings(a.Node, b.Node)
	})
	for i := range f.Claims {
		c := &f.Claims[i]
		c.Article = f.Article.ID
		if s, ok := SchemaOf(c.Predicate); ok {
			c.Props = kinds(c.Props, s.Props)
		}
		c.ID = ClaimID(*c)
	}
	slices.SortFunc(f.Claims, func(a, b Claim) int {
		switch {
		case a.Start != b.Start:
			return a.Start - b.Start
		case a.ID != b.ID:
			return cmpStrings(a.ID, b.ID)
		case a.Confidence != b.Confidence:
			if a.Confidence > b.Confidence {
				return -1
			}
			return 1
		case a.Status != b.Status:
			return cmpStrings(a.Status, b.Status)
		}
		return cmpStrings(a.Rule, b.Rule)
	})
	f.Claims = slices.CompactFunc(f.Claims, func(a, b Claim) bool { return a.ID == b.ID })
	slices.SortFunc(f.Unresolved, func(a, b Unresolved) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
}

// kinds brings loosely typed numbers and lists to the kinds of the schema.
// What does not fit is left for Validate to refuse.
func kinds(p Props, schema map[string]Kind) Props {
	for k, v := range p {
		switch schema[k] {
		case Integer:
			switch n := v.(type) {
			case int:
				p[k] = int64(n)
			case float64:
				if n == math.Trunc(n) && math.Abs(n) < 1<<53 {
					p[k] = int64(n)
				}
			}
		case Number:
			switch n := v.(type) {
			case int:
				p[k] = float64(n)
			case int64:
				p[k] = float64(n)
			}
		}
	}
	return p
}

func labelOf(id string) Label { l, _ := LabelOf(id); return l }

func first(starts []int) int {
	if len(starts) == 0 {
		return 0
	}
	return starts[0]
}

func cmpStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

var datePattern = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// Validate checks completed facts against the model: ids, labels of the ends,
// properties, vocabularies, and that every quote and mention stands in the text
// at its offsets. The error is an *InvalidError naming the first field that is
// wrong.
func (f *Facts) Validate() error {
	bad := func(field, format string, args ...any) error {
		return &InvalidError{Article: f.Article.ID, Field: field, Reason: fmt.Sprintf(format, args...)}
	}
	a := f.Article
	if l, ok := LabelOf(a.ID); !ok || l != LabelArticle {
		return bad("article.id", "%q is not an article id", a.ID)
	}
	if a.Text == "" {
		return bad("article.text", "is empty")
	}
	if !utf8.ValidString(a.Text) {
		return bad("article.text", "is not valid UTF-8")
	}
	if a.Published != "" && !datePattern.MatchString(a.Published) {
		return bad("article.published", "%q is not an ISO 8601 date", a.Published)
	}
	if a.Published != "" && PrecisionOf(a.Published) != a.PublishedPrecision {
		return bad("article.published_precision", "is %q for %q", a.PublishedPrecision, a.Published)
	}
	if a.Script != "" && !slices.Contains(Scripts, a.Script) {
		return bad("article.script", "%q is not one of %v", a.Script, Scripts)
	}
	places := map[string]bool{}
	for i, p := range f.Places {
		field := func(name string) string { return fmt.Sprintf("places[%d].%s", i, name) }
		if labelOf(p.ID) != LabelPlace {
			return bad(field("id"), "%q is not a place id", p.ID)
		}
		if p.Name == "" {
			return bad(field("name"), "is empty for %s", p.ID)
		}
		if !slices.Contains(PlaceLevels, p.Level) {
			return bad(field("level"), "%q is not one of %v", p.Level, PlaceLevels)
		}
		if p.Today == "" {
			return bad(field("today"), "is empty for %s: give its own code if nothing succeeded it", p.ID)
		}
		places[p.ID] = true
	}
	for i, p := range f.Places {
		if p.Parent != "" && !places[p.Parent] {
			return bad(fmt.Sprintf("places[%d].parent", i), "%s is not among the places", p.Parent)
		}
		if today := PlaceID(p.Today); !places[today] {
			return bad(fmt.Sprintf("places[%d].today", i), "%s is not among the places", today)
		}
	}
	if a.Home != "" && !places[a.Home] {
		return bad("article.home", "%s is not among the places", a.Home)
	}
	runes := []rune(a.Text)
	known := map[string]bool{}
	for i, m := range f.Mentions {
		field := func(name string) string { return fmt.Sprintf("mentions[%d].%s", i, name) }
		l, ok := LabelOf(m.Node)
		if !ok || l == LabelArticle {
			return bad(field("node"), "%q is not the id of a node that an article can mention", m.Node)
		}
		if known[m.Node] {
			return bad(field("node"), "%s is mentioned twice: one mention holds all places of a node", m.Node)
		}
		known[m.Node] = true
		if l == LabelPlace && !places[m.Node] {
			return bad(field("node"), "%s is not among the places", m.Node)
		}
		if m.Name == "" {
			return bad(field("name"), "is empty for %s", m.Node)
		}
		if len(m.Starts) == 0 || len(m.Starts) != len(m.Ends) {
			return bad(field("starts"), "%d starts and %d ends for %s", len(m.Starts), len(m.Ends), m.Node)
		}
		for k := range m.Starts {
			if m.Starts[k] < 0 || m.Starts[k] >= m.Ends[k] || m.Ends[k] > len(runes) || k > 0 && m.Starts[k] < m.Starts[k-1] {
				return bad(field("starts"), "[%d,%d) is no ascending span of a text of %d code points", m.Starts[k], m.Ends[k], len(runes))
			}
		}
		if err := checkProps(m.Props, nodeProps[l]); err != nil {
			return bad(field("props"), "of %s: %v", m.Node, err)
		}
		for k, words := range nodeVocabularies[l] {
			if v, ok := m.Props[k].(string); ok && !slices.Contains(words, v) {
				return bad(field("props"), "of %s: %s %q is not one of %v", m.Node, k, v, words)
			}
		}
	}
	for i, c := range f.Claims {
		field := func(name string) string { return fmt.Sprintf("claims[%d].%s", i, name) }
		s, ok := SchemaOf(c.Predicate)
		if !ok {
			return bad(field("predicate"), "%q is not a predicate of claims", c.Predicate)
		}
		for _, end := range []struct {
			name, id string
			labels   []Label
		}{{"subject", c.Subject, s.From}, {"object", c.Object, s.To}} {
			if !slices.Contains(end.labels, labelOf(end.id)) {
				return bad(field(end.name), "%q cannot be the %s of %s", end.id, end.name, c.Predicate)
			}
			if !known[end.id] && !places[end.id] {
				return bad(field(end.name), "%s is neither mentioned nor a place given", end.id)
			}
		}
		if c.Start < 0 || c.Start >= c.End || c.End > len(runes) {
			return bad(field("start"), "[%d,%d) is no span of a text of %d code points", c.Start, c.End, len(runes))
		}
		if c.End-c.Start > MaxQuoteRunes {
			return bad(field("quote"), "is %d code points long, more than %d", c.End-c.Start, MaxQuoteRunes)
		}
		if string(runes[c.Start:c.End]) != c.Quote {
			return bad(field("quote"), "%q is not the text at [%d,%d)", c.Quote, c.Start, c.End)
		}
		if !slices.Contains(Statuses, c.Status) {
			return bad(field("status"), "%q is not one of %v", c.Status, Statuses)
		}
		if !(c.Confidence >= 0 && c.Confidence <= 1) {
			return bad(field("confidence"), "%v is not within 0..1", c.Confidence)
		}
		if c.Rule == "" {
			return bad(field("rule"), "is empty")
		}
		if err := checkProps(c.Props, s.Props); err != nil {
			return bad(field("props"), "of %s: %v", c.Predicate, err)
		}
		if c.Article != a.ID {
			return bad(field("article"), "is %q", c.Article)
		}
		if c.ID != ClaimID(c) {
			return bad(field("claim"), "is not the claim's id: call Complete first")
		}
	}
	for i, u := range f.Unresolved {
		if u.Start < 0 || u.Start >= u.End || u.End > len(runes) {
			return bad(fmt.Sprintf("unresolved[%d].start", i), "[%d,%d) is no span of the text", u.Start, u.End)
		}
	}
	return nil
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
			if !isString || s == "" {
				return fmt.Errorf("%s is %v: want a text that is not empty", k, v)
			}
			if words := vocabularies[k]; words != nil && !slices.Contains(words, s) {
				return fmt.Errorf("%s %q is not one of %v", k, s, words)
			}
			if (k == "since" || k == "date") && !datePattern.MatchString(s) {
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
			if _, ok := v.(int64); !ok {
				return fmt.Errorf("%s is %v: want a whole number", k, v)
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
