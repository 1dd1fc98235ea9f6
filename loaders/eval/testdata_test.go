package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reformgraph/graph/script"
)

// TestTestdata holds the project's own set to what makes its figures mean
// something: every annotation quotes its text, and the set is varied.
func TestTestdata(t *testing.T) {
	set, _ := openTestdata(t)
	simplified := func(text string) string { return script.Fold(text).String() }
	scripts := map[script.Script]int{}
	for i, g := range set.gold {
		raw, err := os.ReadFile(set.texts[i])
		if err != nil {
			t.Fatal(err)
		}
		if id := strings.TrimSuffix(filepath.Base(set.texts[i]), ".txt"); g.Article.ID != id {
			t.Errorf("%s: got article id %q, want the file's name", set.texts[i], g.Article.ID)
		}
		scripts[script.Detect(string(raw))]++
		text := simplified(string(raw))
		for _, e := range g.Entities {
			if e.Quote == "" || !strings.Contains(text, simplified(e.Quote)) {
				t.Errorf("%s: entity %s: the text has no %q", g.Article.ID, e.Key, e.Quote)
			}
		}
		for _, c := range g.Claims {
			if c.Quote == "" || !strings.Contains(text, simplified(c.Quote)) {
				t.Errorf("%s: claim %s %s %s: the text has no %q", g.Article.ID, c.Subject, c.Predicate, c.Object, c.Quote)
			}
		}
	}
	if len(set.gold) < 12 || scripts[script.Simplified] < 4 || scripts[script.Traditional] < 4 {
		t.Errorf("got %d articles, by script %v: want 12, four in each script", len(set.gold), scripts)
	}

	core, status, without := 0, map[string]int{}, 0
	scripts = map[script.Script]int{}
	for _, p := range set.passages {
		text := simplified(p.Text)
		scripts[script.Detect(p.Text)]++
		if len(p.Ties) == 0 {
			without++
		}
		for _, tie := range p.Ties {
			if !strings.Contains(text, simplified(tie.Quote)) {
				t.Errorf("passage %s: the text has no %q", p.ID, tie.Quote)
			}
			if tie.core() {
				core++
				status[tie.Status]++
			}
		}
	}
	if core < 40 || status["done"] == 0 || status["planned"] == 0 || status["negated"] == 0 || without < 5 || scripts[script.Traditional] < 5 {
		t.Errorf("got %d core ties, by status %v, %d passages without ties, by script %v: want 40 ties of every status, 5 passages without, 5 in traditional script",
			core, status, without, scripts)
	}
}
