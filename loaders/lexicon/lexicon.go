// Package lexicon holds the word lists and rules of the chain as data files,
// embedded in the program. Each file says in its header what it is, what its
// columns are and where it comes from. The gazetteer lies in places, the search
// structure in trie.
package lexicon

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
)

//go:embed *.tsv
var files embed.FS

// Row is one line of a data file: its fields, and where it stands for messages.
type Row struct {
	File   string
	Line   int
	Fields []string
	Added  bool // of a folder of the user's, not of the embedded files
}

// Field returns a field, "" where the line is shorter.
func (r Row) Field(i int) string {
	if i < len(r.Fields) {
		return strings.TrimSpace(r.Fields[i])
	}
	return ""
}

// Words returns a field's words, separated by spaces.
func (r Row) Words(i int) []string { return strings.Fields(r.Field(i)) }

// Errorf names file and line.
func (r Row) Errorf(format string, args ...any) error {
	return fmt.Errorf("lexicon file %s, line %d: %s", r.File, r.Line, fmt.Sprintf(format, args...))
}

// Experience is a practice with a life of its own.
type Experience struct {
	Name     string
	Aliases  []string // other names of the same thing
	Variants []string // a place's own wording of it: its name stays the article's, the id is the canonical one's
	Origin   string   // GB/T 2260 code of the place it began in, CN for the centre; "" if not sure
	Since    string   // year or month it began; "" if not sure
	Domain   string   // one of graph.Domains
	Source   string   // where origin and year can be looked up
}

// Lexicon is everything that the rules know of the language and the domain,
// beside the gazetteer.
type Lexicon struct {
	Experiences []Experience
	Stems       []Row // stem, kind, canonical
	Bodies      []Row // name, kind, other names
	Suffixes    []Row // suffix, kind, strict
	Heads       []Row // head noun, kind, strip
	Verbs       []Row // verb, class
	Posts       []Row // post, class
	Surnames    []Row
	Domains     []Row // domain, words
	Spread      []Row // see spread.tsv
	Pilots      []Row
	Honours     []Row // see honours.tsv
	Relations   []Row // see relations.tsv
	Slogans     []Row
	Confidence  []Row // rule, claims that were right, claims
	Programmes  []Row // name, domain: undertakings of the whole country
	SpreadWords []Row // word, class: words that the rules for ties of spread go by
	Breaks      []Row // word, class: words beside an unquoted name that are no part of it
	Places      []Row // added places: see PlaceKinds; the others are those of the gazetteer
	Rules       []Row // what the rules that live in code do: rule, description, example, expected; no part of Sum
	sum         string
}

// Sum identifies the data: part of the edition.
func (l *Lexicon) Sum() string { return l.sum }

// Load reads the embedded files. An error means that a data file is damaged and names file and line.
func Load() (*Lexicon, error) {
	l := &Lexicon{}
	h := sha256.New()
	for _, t := range []struct {
		file string
		min  int
		into *[]Row
	}{
		{"stems.tsv", 2, &l.Stems}, {"bodies.tsv", 2, &l.Bodies}, {"suffixes.tsv", 3, &l.Suffixes}, {"heads.tsv", 3, &l.Heads}, {"verbs.tsv", 2, &l.Verbs},
		{"posts.tsv", 1, &l.Posts}, {"surnames.tsv", 1, &l.Surnames}, {"domains.tsv", 2, &l.Domains}, {"spread.tsv", 5, &l.Spread},
		{"pilots.tsv", 1, &l.Pilots}, {"slogans.tsv", 1, &l.Slogans}, {"honours.tsv", 5, &l.Honours}, {"relations.tsv", 7, &l.Relations}, {"breaks.tsv", 2, &l.Breaks}, {"spreadwords.tsv", 2, &l.SpreadWords}, {"programmes.tsv", 2, &l.Programmes},
		{"confidence.tsv", 3, &l.Confidence},
	} {
		rows, err := read(t.file, t.min, h)
		if err != nil {
			return nil, err
		}
		*t.into = rows
	}
	rows, err := read("experiences.tsv", 7, h)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, r := range rows {
		e := experience(r)
		for _, n := range slices.Concat([]string{e.Name}, e.Aliases, e.Variants) {
			if seen[n] {
				return nil, r.Errorf("%s is listed twice", n)
			}
			seen[n] = true
		}
		l.Experiences = append(l.Experiences, e)
	}
	l.sum = hex.EncodeToString(h.Sum(nil))
	if l.Rules, err = read("rules.tsv", 4, io.Discard); err != nil {
		return nil, err
	}
	return l, nil
}

func experience(r Row) Experience {
	return Experience{Name: r.Field(0), Aliases: r.Words(1), Variants: r.Words(2), Origin: r.Field(3), Since: r.Field(4), Domain: r.Field(5), Source: r.Field(6)}
}

func read(file string, fields int, h io.Writer) ([]Row, error) {
	data, err := files.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	fmt.Fprintf(h, "%s %d\n", file, len(data))
	h.Write(data)
	return parse(file, string(data), fields)
}

// parse splits a data file into rows. Empty lines and lines that begin with # are left out.
func parse(file, text string, fields int) ([]Row, error) {
	var out []Row
	for n, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		r := Row{File: file, Line: n + 1, Fields: strings.Split(line, "\t")}
		if len(r.Fields) < fields {
			return nil, r.Errorf("%d fields instead of %d or more, separated by tabs", len(r.Fields), fields)
		}
		if r.Field(0) == "" {
			return nil, r.Errorf("the first field is empty")
		}
		out = append(out, r)
	}
	return out, nil
}
