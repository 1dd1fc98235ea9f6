package extract

import (
	"fmt"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/clean"
)

// Rule is a rule of the chain as it is told to people.
type Rule struct {
	ID       string
	Says     string // what it does
	Example  string // "" if there is none
	Expected string // what it finds in the example: FROM PREDICATE TO
	Pattern  string // of a rule that is data; "" of one that lives in code
	File     string // data file and line of its row
	Line     int
	Status   string // the status it gives to each claim; "" if the text decides
}

// Rule returns what is known of a rule by the name that claims give it.
func (c *Chain) Rule(id string) (Rule, bool) {
	r, ok := c.rules[id]
	return r, ok
}

// describe collects the rules of code and of the data files.
func (c *Chain) describe() {
	c.rules = map[string]Rule{}
	for _, r := range c.lex.Rules {
		c.rules[r.Field(0)] = Rule{ID: r.Field(0), Says: r.Field(1), Example: r.Field(2), Expected: r.Field(3), File: r.File, Line: r.Line}
	}
	for _, p := range c.spread.rules {
		c.rules[p.id] = p.rule(fmt.Sprintf("A pattern for %s, tried on sentences that hold %s.", p.emit, strings.Join(p.triggers, ", ")))
	}
	for _, p := range c.honours.rules {
		c.rules[p.id] = p.rule(fmt.Sprintf("A pattern for recognitions (%s), tried on sentences that hold %s.", p.emit, strings.Join(p.triggers, ", ")))
	}
	for _, p := range c.relations.rules {
		c.rules[p.id] = p.rule(fmt.Sprintf("A pattern for %s, tried on sentences that hold %s.", p.emit, strings.Join(p.triggers, ", ")))
	}
}

func (p *pattern) rule(says string) Rule {
	return Rule{ID: p.id, Says: says, Example: p.row.Field(5), Expected: p.row.Field(6), Pattern: p.row.Field(2), File: p.row.File, Line: p.row.Line, Status: p.status}
}

// Trace is how the chain read an article.
type Trace struct {
	Facts graph.Facts
	// Sentences are what was read, in order and apart from each other, as spans of the stored text; the rest was taken for clutter.
	Sentences []clean.Span
	// Reasons has one entry for each of Facts.Claims.
	Reasons []Reason
}

// Reason says where a claim comes from. The spans are of the stored text and
// empty where no single place of the text is the reason.
type Reason struct {
	Rule   Rule
	Date   clean.Span // the words that date the claim; empty too for a date that is the day of publication
	Status clean.Span // the words that make it planned or negated
}

// Trace reads an article as Extract does and keeps how.
func (c *Chain) Trace(a graph.Article) Trace {
	d := c.run(a)
	t := Trace{Facts: d.out.result()}
	for _, s := range d.sents {
		if from, to := d.fold.Span(s.start, s.end); from < to {
			t.Sentences = append(t.Sentences, clean.Span{Start: from, End: to})
		}
	}
	for _, claim := range t.Facts.Claims {
		rule, ok := c.Rule(claim.Rule)
		if !ok {
			rule = Rule{ID: claim.Rule}
		}
		quote := span{d.fold.Index(claim.Start), d.fold.Index(claim.End)}
		t.Reasons = append(t.Reasons, Reason{Rule: rule, Date: d.stored(d.dateOf(claim, quote)), Status: d.stored(d.statusWord(claim.Status, rule, quote))})
	}
	return t
}

// stored turns a span of the folded text into one of the stored text.
func (d *doc) stored(s span) clean.Span {
	if s.len() == 0 {
		return clean.Span{}
	}
	from, to := d.fold.Span(s.start, s.end)
	return clean.Span{Start: from, End: to}
}

// dateOf finds the words that date a claim: the last ones of its date up to the
// end of the quote, else the first behind.
func (d *doc) dateOf(claim graph.Claim, quote span) span {
	date, _ := claim.Props["since"].(string)
	if date == "" {
		date, _ = claim.Props["date"].(string)
	}
	var best span
	if date == "" || claim.Props["basis"] == "reported" {
		return best
	}
	for _, t := range d.times {
		if t.date == date && (best.len() == 0 || t.end <= quote.end) {
			best = t.span
		}
	}
	return best
}

// statusWord finds the words that make a claim planned or negated, in the
// clauses of its quote and else before them in the sentence.
func (d *doc) statusWord(status string, rule Rule, quote span) span {
	var words []string
	switch {
	case rule.Status != "" || quote.len() == 0:
		return span{}
	case status == "planned":
		words = plannedWords
	case status == "negated":
		words = negatedWords
	default:
		return span{}
	}
	from := d.clauseAt(quote.start).start
	if found := d.firstWord(words, span{from, quote.end}); found.len() > 0 {
		return found
	}
	if status != "planned" {
		return span{}
	}
	for _, t := range d.times {
		if t.future && t.start >= from && t.end <= quote.end {
			return t.span
		}
	}
	before := span{from, quote.end}
	if s := d.sentenceAt(quote.start); s != nil {
		before.start = s.start
	}
	return d.firstWord(append([]string{"将", "应", "要", "决定"}, words...), before)
}

// firstWord returns the first of the words inside a span, the longest of those
// that begin at one place; empty if there is none.
func (d *doc) firstWord(words []string, in span) span {
	for i := in.start; i < in.end; i++ {
		best := span{}
		for _, w := range words {
			n := len([]rune(w))
			if w == "要" && strings.ContainsRune("重主必摘纪首紧", d.rune(i-1)) {
				continue // 重要 asks for nothing
			}
			if n > best.len() && i+n <= in.end && d.at(i, w) {
				best = span{i, i + n}
			}
		}
		if best.len() > 0 {
			return best
		}
	}
	return span{}
}
