package clean

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

//go:embed rules.tsv
var rulesFile string

// rule is one row of rules.tsv.
type rule struct {
	line    int
	kind    string // noise, label, drop, tail, cut
	field   string // of a label: outlet, published, author, editor, other
	re      *regexp.Regexp
	example string
}

type ruleSet struct {
	noise, label, drop, tail, cut []rule
	noiseHan                      map[rune]bool // Chinese characters of the noise patterns
}

// rules compiles the rows on first use.
var rules = sync.OnceValue(func() *ruleSet {
	rs, err := parseRules(rulesFile)
	if err != nil {
		panic("loaders/clean: embedded rules.tsv: " + err.Error()) // a broken build, not an input
	}
	return rs
})

func parseRules(file string) (*ruleSet, error) {
	rs := &ruleSet{}
	for i, row := range strings.Split(file, "\n") {
		row = strings.TrimSuffix(row, "\r")
		if row == "" || row[0] == '#' {
			continue
		}
		f := strings.Split(row, "\t")
		r := rule{line: i + 1, kind: f[0]}
		if r.kind == "label" && len(f) == 4 {
			r.field = f[1]
			f = append(f[:1], f[2:]...)
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: want kind, pattern and example between tabs", i+1)
		}
		re, err := regexp.Compile(f[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		r.re, r.example = re, f[2]
		switch r.kind {
		case "noise":
			rs.noise = append(rs.noise, r)
		case "label":
			rs.label = append(rs.label, r)
		case "drop":
			rs.drop = append(rs.drop, r)
		case "tail":
			rs.tail = append(rs.tail, r)
		case "cut":
			rs.cut = append(rs.cut, r)
		default:
			return nil, fmt.Errorf("line %d: unknown kind %q", i+1, r.kind)
		}
	}
	rs.noiseHan = map[rune]bool{}
	for i := range rs.noise {
		for _, r := range rs.noise[i].re.String() {
			if unicode.Is(unicode.Han, r) {
				rs.noiseHan[r] = true
			}
		}
	}
	return rs, nil
}

func matchAny(list []rule, s string) bool {
	for i := range list {
		if list[i].re.MatchString(s) {
			return true
		}
	}
	return false
}
