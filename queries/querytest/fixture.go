// Package querytest reads facts written by hand as text, for tests of queries and
// of what stands on them. It is imported from tests only.
package querytest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"reformgraph/graph"
)

// Edition is the edition of all facts that are read.
const Edition = "fixture-1"

// Read reads a fixture. Its lines are:
//
//	place CODE NAME LEVEL [in CODE] [today CODE] [from YEAR] [to YEAR] [city]
//	article ID [published=DATE] [home=CODE] [outlet=NAME] [script=traditional] TITLE
//	"SENTENCE"                               belongs to the article above
//	SUBJECT PREDICATE OBJECT [key=value …]   is claimed by the sentence above
//	as NODE [name=NAME] [aliases=A,B] [key=value …]   is how the article sees a node
//	unresolved TEXT WHY                      stands in the sentence above
//
// status=, confidence= and rule= of a claim default to done, 0.9 and fixture; a
// date sets its precision. An article's text is its title and its sentences, a line each. A
// node that no "as" line names is called by the last part of its id. Lines that
// begin with # are comments.
func Read(t testing.TB, path string) []graph.Facts {
	t.Helper()
	facts, err := readFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

// Load puts the facts of a fixture into a store.
func Load(t testing.TB, s graph.Store, path string) {
	t.Helper()
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: Edition, Load: Read(t, path)}); err != nil {
		t.Fatalf("load %s: %v", path, err)
	}
}

func readFile(path string) ([]graph.Facts, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := reader{places: map[string]graph.Place{}}
	for n, line := range strings.Split(string(b), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := r.line(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
	}
	for i := range r.facts {
		if err := r.finish(&r.facts[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return r.facts, nil
}

type reader struct {
	places     map[string]graph.Place
	facts      []graph.Facts
	start, end int // of the last sentence, in code points
	quote      string
}

func (r *reader) line(line string) error {
	words := strings.Fields(line)
	switch {
	case words[0] == "place":
		return r.place(words[1:])
	case words[0] == "article":
		return r.article(words[1:])
	case len(r.facts) == 0:
		return fmt.Errorf("stands before the first article")
	case strings.HasPrefix(line, `"`):
		f := &r.facts[len(r.facts)-1]
		r.quote = strings.Trim(line, `"`)
		r.start = utf8.RuneCountInString(f.Article.Text)
		r.end = r.start + utf8.RuneCountInString(r.quote)
		f.Article.Text += r.quote + "\n"
		return nil
	case words[0] == "as":
		return r.as(words[1:])
	case words[0] == "unresolved" && len(words) >= 3:
		at := strings.Index(r.quote, words[1])
		if at < 0 {
			return fmt.Errorf("%q is not in the sentence above", words[1])
		}
		start := r.start + utf8.RuneCountInString(r.quote[:at])
		f := &r.facts[len(r.facts)-1]
		f.Unresolved = append(f.Unresolved, graph.Unresolved{Start: start, End: start + utf8.RuneCountInString(words[1]),
			Text: words[1], Why: strings.Join(words[2:], " ")})
		return nil
	}
	return r.claim(words)
}

func (r *reader) place(words []string) error {
	if len(words) < 3 {
		return fmt.Errorf("want place CODE NAME LEVEL …")
	}
	p := graph.Place{ID: graph.PlaceID(words[0]), Name: words[1], Level: words[2], Today: words[0]}
	for i := 3; i < len(words); i++ {
		key := words[i]
		if key == "city" {
			p.City = true
			continue
		}
		if i++; i == len(words) {
			return fmt.Errorf("%s has no value", key)
		}
		switch key {
		case "in":
			p.Parent = graph.PlaceID(words[i])
		case "today":
			p.Today = words[i]
		case "from":
			p.From = words[i]
		case "to":
			p.To = words[i]
		default:
			return fmt.Errorf("%q is no property of a place", key)
		}
	}
	r.places[p.ID] = p
	return nil
}

func (r *reader) article(words []string) error {
	a := graph.Article{ID: "article:" + words[0], Script: "simplified"}
	for i, w := range words[1:] {
		key, v, ok := strings.Cut(w, "=")
		if !ok {
			a.Title = strings.Join(words[i+1:], " ")
			break
		}
		switch key {
		case "published":
			a.Published, a.PublishedPrecision = v, graph.PrecisionOf(v)
		case "home":
			a.Home = graph.PlaceID(v)
		case "outlet":
			a.Outlet = v
		case "script":
			a.Script = v
		default:
			return fmt.Errorf("%q is no property of an article", key)
		}
	}
	a.Text = a.Title + "\n"
	r.facts = append(r.facts, graph.Facts{Article: a})
	r.quote = ""
	return nil
}

func (r *reader) claim(words []string) error {
	if len(words) < 3 || r.quote == "" {
		return fmt.Errorf("want SUBJECT PREDICATE OBJECT after a sentence")
	}
	c := graph.Claim{Subject: words[0], Predicate: graph.Predicate(words[1]), Object: words[2], Quote: r.quote, Start: r.start, End: r.end,
		Status: "done", Confidence: 0.9, Rule: "fixture"}
	schema, ok := graph.SchemaOf(c.Predicate)
	if !ok {
		return fmt.Errorf("%q is no predicate", words[1])
	}
	for _, w := range words[3:] {
		key, v, _ := strings.Cut(w, "=")
		var err error
		switch key {
		case "status":
			c.Status = v
		case "rule":
			c.Rule = v
		case "confidence":
			c.Confidence, err = strconv.ParseFloat(v, 64)
		default:
			if c.Props == nil {
				c.Props = graph.Props{}
			}
			c.Props[key], err = value(schema.Props[key], v)
			if key == "since" || key == "date" {
				c.Props["precision"] = graph.PrecisionOf(v)
			}
		}
		if err != nil {
			return err
		}
	}
	f := &r.facts[len(r.facts)-1]
	f.Claims = append(f.Claims, c)
	for _, id := range []string{c.Subject, c.Object} {
		r.mention(f, id)
	}
	return nil
}

func value(k graph.Kind, v string) (any, error) {
	switch k {
	case graph.Integer:
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err
	case graph.Number:
		return strconv.ParseFloat(v, 64)
	case graph.Boolean:
		return v == "true", nil
	}
	return v, nil
}

// mention returns the article's view of a node, which stands where the last
// sentence does.
func (r *reader) mention(f *graph.Facts, id string) *graph.Mention {
	for i := range f.Mentions {
		if f.Mentions[i].Node == id {
			return &f.Mentions[i]
		}
	}
	f.Mentions = append(f.Mentions, graph.Mention{Node: id, Name: r.nameOf(id), Starts: []int{r.start}, Ends: []int{r.end}})
	return &f.Mentions[len(f.Mentions)-1]
}

func (r *reader) nameOf(id string) string {
	if p, ok := r.places[id]; ok {
		return p.Name
	}
	name := id[strings.LastIndex(id, ":")+1:]
	name, _, _ = strings.Cut(name, "@")
	return name
}

func (r *reader) as(words []string) error {
	f := &r.facts[len(r.facts)-1]
	m := r.mention(f, words[0])
	for _, w := range words[1:] {
		key, v, _ := strings.Cut(w, "=")
		switch key {
		case "name":
			m.Name = v
		case "aliases":
			m.Aliases = strings.Split(v, ",")
		default:
			if m.Props == nil {
				m.Props = graph.Props{}
			}
			m.Props[key] = v
		}
	}
	return nil
}

// finish gives the facts all places, of which Complete keeps those needed.
func (r *reader) finish(f *graph.Facts) error {
	for _, p := range r.places {
		f.Places = append(f.Places, p)
	}
	f.Complete()
	return f.Validate()
}
