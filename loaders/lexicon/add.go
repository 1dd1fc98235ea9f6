package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"reformgraph/graph"
	"reformgraph/graph/script"
	"reformgraph/loaders/lexicon/places"
)

// PlaceKinds are what a row of places.tsv can add: a zone that lies in the place
// of the code, a township of that county, or another name of the place itself.
var PlaceKinds = []string{"zone", "township", "name"}

// BreakClasses are the classes of breaks.tsv.
var BreakClasses = []string{"adverb", "time", "verb", "count", "both"}

// SpreadWordClasses are the classes of spreadwords.tsv.
var SpreadWordClasses = []string{"goods", "demand", "lead"}

// addable are the files that a folder may hold, in the order in which they are read.
var addable = []struct {
	file    string
	columns string
	min     int   // fields of a row
	words   []int // fields with names and words, which are folded as texts are
	into    func(*Lexicon) *[]Row
	check   func(*Lexicon, Row) error
}{
	{"experiences.tsv", "name, aliases, variants, origin, since, domain, source", 1, []int{0, 1, 2}, nil, nil},
	{"places.tsv", "code, kind, names", 3, []int{2}, func(l *Lexicon) *[]Row { return &l.Places }, func(_ *Lexicon, r Row) error { return checkPlace(r) }},
	{"bodies.tsv", "name, kind, other names", 2, []int{0, 2}, func(l *Lexicon) *[]Row { return &l.Bodies }, oneOf(1, "kind", graph.OrganizationKinds)},
	{"stems.tsv", "stem, kind, canonical stem", 2, []int{0, 2}, func(l *Lexicon) *[]Row { return &l.Stems }, oneOf(1, "kind", append([]string{"-"}, graph.OrganizationKinds...))},
	{"suffixes.tsv", "suffix, kind, strict", 3, []int{0}, func(l *Lexicon) *[]Row { return &l.Suffixes }, both(oneOf(1, "kind", graph.OrganizationKinds), oneOf(2, "strict", []string{"0", "1"}))},
	{"heads.tsv", "noun, kind, strip", 3, []int{0}, func(l *Lexicon) *[]Row { return &l.Heads }, both(oneOf(1, "kind", graph.InitiativeKinds), oneOf(2, "strip", []string{"0", "1"}))},
	{"verbs.tsv", "verb, class", 2, []int{0}, func(l *Lexicon) *[]Row { return &l.Verbs }, oneOf(1, "class", []string{"do", "plan"})},
	{"posts.tsv", "post, place of the name", 2, []int{0}, func(l *Lexicon) *[]Row { return &l.Posts }, oneOf(1, "place of the name", []string{"both", "after"})},
	{"surnames.tsv", "surnames", 1, []int{0}, func(l *Lexicon) *[]Row { return &l.Surnames }, nil},
	{"domains.tsv", "domain, words", 2, []int{1}, func(l *Lexicon) *[]Row { return &l.Domains }, oneOf(0, "domain", graph.Domains)},
	{"pilots.tsv", "word", 1, []int{0}, func(l *Lexicon) *[]Row { return &l.Pilots }, nil},
	{"slogans.tsv", "slogan", 1, []int{0}, func(l *Lexicon) *[]Row { return &l.Slogans }, nil},
	{"programmes.tsv", "name, domain, other names", 2, []int{0, 2}, func(l *Lexicon) *[]Row { return &l.Programmes }, oneOf(1, "domain", graph.Domains)},
	{"breaks.tsv", "word, class", 2, []int{0}, func(l *Lexicon) *[]Row { return &l.Breaks }, oneOf(1, "class", BreakClasses)},
	{"spreadwords.tsv", "word, class", 2, []int{0}, func(l *Lexicon) *[]Row { return &l.SpreadWords }, oneOf(1, "class", SpreadWordClasses)},
	{"spread.tsv", "id, triggers, pattern, what it emits, status, example, expected", 7, []int{1}, func(l *Lexicon) *[]Row { return &l.Spread }, pattern([]string{"PROMOTED_TO", "LEARNED_FROM", "ORIGINATED_IN", "ADOPTS"})},
	{"honours.tsv", "id, triggers, pattern, kind, status, example, expected", 7, []int{1}, func(l *Lexicon) *[]Row { return &l.Honours }, pattern(graph.RecognitionKinds)},
	{"relations.tsv", "id, triggers, pattern, predicate, status, example, expected", 7, []int{1}, func(l *Lexicon) *[]Row { return &l.Relations }, pattern([]string{"PART_OF", "LED_BY", "IN"})},
}

// LoadWith reads the embedded files and adds the rows of a folder's files, which
// bear the names and have the columns of the embedded ones; places.tsv has those
// of PlaceKinds. Rows may be in either script. An error names file and line and
// says what to do. The patterns of the rows are not tried here: see extract.New.
func LoadWith(dir string) (*Lexicon, error) {
	l, err := Load()
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("lexicon folder %s: %w", dir, reason(err))
	}
	var known []string
	for _, a := range addable {
		known = append(known, a.file)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(known, e.Name()) {
			return nil, fmt.Errorf("lexicon folder %s: %s is no file of a lexicon: rename or remove it; known are %s", dir, e.Name(), strings.Join(known, ", "))
		}
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\n", l.sum)
	added := 0
	for _, a := range addable {
		path := filepath.Join(dir, a.file)
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, fmt.Errorf("lexicon file %s: %w", path, reason(err))
		}
		text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
		if !utf8.ValidString(text) {
			return nil, fmt.Errorf("lexicon file %s: it is not UTF-8: save it as UTF-8", path)
		}
		rows, err := parse(path, text, 1)
		if err != nil {
			return nil, err
		}
		as := script.Detect(text)
		for _, r := range rows {
			r.Added = true
			columns := strings.Count(a.columns, ", ") + 1
			if n := len(r.Fields); n < a.min || n > columns {
				want := fmt.Sprint(columns)
				if a.min < columns {
					want = fmt.Sprintf("%d to %d", a.min, columns)
				}
				return nil, r.Errorf("%d fields, want %s: %s; separate them by one tab each", n, want, a.columns)
			}
			for _, i := range a.words {
				if i < len(r.Fields) {
					r.Fields[i] = script.FoldAs(r.Fields[i], as).String()
				}
			}
			if strings.ContainsAny(r.Field(0), " \u3000") && a.file != "surnames.tsv" {
				return nil, r.Errorf("the first field, %q, holds a space: separate fields by tabs, and write names without spaces", r.Field(0))
			}
			if a.into == nil {
				err = l.addExperience(r)
			} else {
				err = l.addRow(a.into(l), r, a.check)
			}
			if err != nil {
				return nil, err
			}
			added++
			fmt.Fprintf(h, "%s\t%s\n", a.file, strings.Join(r.Fields, "\t"))
		}
	}
	if added > 0 {
		l.sum = hex.EncodeToString(h.Sum(nil))
	}
	return l, nil
}

// reason is why a file operation failed, without the path, which the caller names.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// manyRows are the files in which several rows may begin alike.
var manyRows = []string{"places.tsv", "domains.tsv", "surnames.tsv"}

func (l *Lexicon) addRow(to *[]Row, r Row, check func(*Lexicon, Row) error) error {
	if check != nil {
		if err := check(l, r); err != nil {
			return err
		}
	}
	if !slices.Contains(manyRows, filepath.Base(r.File)) {
		for _, old := range *to {
			if old.Field(0) == r.Field(0) {
				return r.Errorf("%s is listed already (%s, line %d): rows are added and replace none, so remove this one", r.Field(0), old.File, old.Line)
			}
		}
	}
	*to = append(*to, r)
	return nil
}

var year = regexp.MustCompile(`^[0-9]{4}(-(0[1-9]|1[0-2]))?$`)

// addExperience adds an experience; a row with the name of one that is known adds
// names to it.
func (l *Lexicon) addExperience(r Row) error {
	e := experience(r)
	known := -1
	for i, old := range l.Experiences {
		if old.Name == e.Name {
			known = i
			continue
		}
		for _, n := range slices.Concat([]string{e.Name}, e.Aliases, e.Variants) {
			if n == old.Name || slices.Contains(old.Aliases, n) || slices.Contains(old.Variants, n) {
				return r.Errorf("%s is a name of the experience %s already: remove it here, or begin the row with %s to add names to it", n, old.Name, old.Name)
			}
		}
	}
	for _, n := range slices.Concat([]string{e.Name}, e.Aliases, e.Variants) {
		if utf8.RuneCountInString(n) < 2 {
			return r.Errorf("the name %s is too short: write at least two characters", n)
		}
	}
	if e.Origin != "" && e.Origin != "CN" {
		g, err := places.Load()
		if err != nil {
			return err
		}
		if _, ok := g.ByCode(e.Origin); !ok {
			return r.Errorf("origin %q is no place: write the six digits of a GB/T 2260 code, CN for the centre, or nothing", e.Origin)
		}
	}
	if e.Since != "" && !year.MatchString(e.Since) {
		return r.Errorf("since %q is no date: write a year or a month as in 2019 or 2019-09, or nothing", e.Since)
	}
	if e.Domain != "" && !slices.Contains(graph.Domains, e.Domain) {
		return r.Errorf("domain %q is unknown: use one of %s, or nothing", e.Domain, strings.Join(graph.Domains, ", "))
	}
	if known < 0 {
		l.Experiences = append(l.Experiences, e)
		return nil
	}
	old := &l.Experiences[known]
	if e.Origin+e.Since+e.Domain+e.Source != "" {
		return r.Errorf("the experience %s is known already: only names can be added to it, so leave origin, since, domain and source empty", e.Name)
	}
	for _, n := range e.Aliases {
		if !slices.Contains(old.Aliases, n) {
			old.Aliases = append(old.Aliases, n)
		}
	}
	for _, n := range e.Variants {
		if !slices.Contains(old.Variants, n) {
			old.Variants = append(old.Variants, n)
		}
	}
	return nil
}

func checkPlace(r Row) error {
	g, err := places.Load()
	if err != nil {
		return err
	}
	place, ok := g.ByCode(r.Field(0))
	if !ok {
		return r.Errorf("code %q is no place: write the six digits of a GB/T 2260 code", r.Field(0))
	}
	names := r.Words(2)
	if len(names) == 0 {
		return r.Errorf("no name: write one in the third field, several with spaces between")
	}
	for _, n := range names {
		if utf8.RuneCountInString(n) < 2 {
			return r.Errorf("the name %s is too short: write at least two characters", n)
		}
	}
	switch kind := r.Field(1); kind {
	case "zone", "name":
		return nil
	case "township":
		if place.Level == places.Province {
			return r.Errorf("%s is a province: write the code of the county that the township lies in", place.Name)
		}
		for _, n := range names {
			if !strings.HasSuffix(n, "镇") && !strings.HasSuffix(n, "乡") && !strings.HasSuffix(n, "街道") {
				return r.Errorf("the township %s ends in none of 镇, 乡, 街道: write its full name", n)
			}
		}
		return nil
	default:
		return r.Errorf("kind %q is unknown: use %s", kind, strings.Join(PlaceKinds, ", "))
	}
}

// oneOf wants a field to hold one of some words.
func oneOf(field int, name string, words []string) func(*Lexicon, Row) error {
	return func(_ *Lexicon, r Row) error {
		if !slices.Contains(words, r.Field(field)) {
			return r.Errorf("%s %q is unknown: use one of %s", name, r.Field(field), strings.Join(words, ", "))
		}
		return nil
	}
}

func both(a, b func(*Lexicon, Row) error) func(*Lexicon, Row) error {
	return func(l *Lexicon, r Row) error {
		if err := a(l, r); err != nil {
			return err
		}
		return b(l, r)
	}
}

// pattern checks a row of a file of patterns but for the pattern itself.
func pattern(emits []string) func(*Lexicon, Row) error {
	return func(l *Lexicon, r Row) error {
		if err := oneOf(3, "what it emits,", emits)(l, r); err != nil {
			return err
		}
		if s := r.Field(4); s != "" && !slices.Contains(graph.Statuses, s) {
			return r.Errorf("status %q is unknown: use one of %s, or nothing to let the text decide", s, strings.Join(graph.Statuses, ", "))
		}
		if script.Detect(r.Field(2)) == script.Traditional {
			return r.Errorf("the pattern is in traditional characters: write it in simplified ones, in which all texts are read")
		}
		for _, rows := range [][]Row{l.Rules, l.Spread, l.Honours, l.Relations} {
			for _, old := range rows {
				if old.Field(0) == r.Field(0) {
					return r.Errorf("a rule %s is there already (%s, line %d): give this one another id", r.Field(0), old.File, old.Line)
				}
			}
		}
		return nil
	}
}
