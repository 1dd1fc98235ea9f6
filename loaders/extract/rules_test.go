package extract

import (
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/loaders/lexicon"
)

// read extracts a text published on a Monday in June 2020.
func read(t *testing.T, text string) graph.Facts {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	f := c.Extract(graph.Article{ID: "article:t", Text: text, Published: "2020-06-01", PublishedPrecision: "day", Given: []string{"published"}})
	if err := f.Validate(); err != nil {
		t.Fatalf("invalid facts of %q: %v", text, err)
	}
	return f
}

// says lists the claims as FROM PREDICATE TO, by name, with the rule behind.
func says(f graph.Facts) []string {
	names := map[string][]string{}
	for _, m := range f.Mentions {
		names[m.Node] = append([]string{m.Name}, m.Aliases...)
	}
	for _, p := range f.Places {
		names[p.ID] = append(names[p.ID], p.Name)
	}
	var out []string
	for _, c := range f.Claims {
		for _, a := range names[c.Subject] {
			for _, b := range names[c.Object] {
				out = append(out, trimQuotes(a)+" "+string(c.Predicate)+" "+trimQuotes(b)+" "+c.Rule)
			}
		}
	}
	return out
}

func TestRuleFilesEachExampleGivesWhatItSays(t *testing.T) {
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][]lexicon.Row{lex.Spread, lex.Honours, lex.Relations} {
		for _, r := range rows {
			example, want := r.Field(5), r.Field(6)
			if example == "" || want == "" {
				t.Errorf("%v", r.Errorf("rule %s has no example or nothing expected of it", r.Field(0)))
				continue
			}
			parts := strings.Fields(want)
			if len(parts) != 3 {
				t.Errorf("%v", r.Errorf("expected %q is not FROM PREDICATE TO", want))
				continue
			}
			f := read(t, example)
			found := false
			for _, s := range says(f) {
				got := strings.Fields(s)
				if len(got) == 4 && strings.Contains(got[0], parts[0]) && got[1] == parts[1] && strings.Contains(got[2], parts[2]) {
					found = true
				}
			}
			if !found {
				t.Errorf("%v", r.Errorf("%q\n  gives %q\n  wants %q", example, says(f), want))
			}
		}
	}
}
