// Package explain shows how the chain read an article: its text by sentences
// with the mentions marked, below each sentence its claims, and beside each claim
// the rule that made it and why. Text writes it for a terminal, HTML as a page.
package explain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/clean"
	"reformgraph/loaders/extract"
)

// unresolved is the type of a mark where a mention could not be tied to a node.
const unresolved = "Unresolved"

// types are the types of marks, in the order of legends.
func types() []string {
	var out []string
	for _, l := range graph.Labels() {
		if l != graph.LabelArticle {
			out = append(out, string(l))
		}
	}
	return append(out, unresolved)
}

// view is an article as both renderings show it.
type view struct {
	Article  graph.Article
	HomeName string
	Blocks   []block
	Nodes    []node
	Claims   int
	Bad      int // unresolved mentions
}

// block is a sentence, or a stretch of the text that was taken for clutter.
type block struct {
	Number     int // of the sentence, from 1; 0: not read
	Pieces     []piece
	Claims     []claim
	Unresolved []problem
	span       clean.Span
}

// piece is plain text, or a mark with what stands inside it.
type piece struct {
	Text   string
	Type   string // "" of plain text
	Node   int    // of a mark: number in view.Nodes, from 1; 0 of an unresolved one
	Mark   int    // number of the mark in the article, from 1; 0 if it continues a mark that crosses another
	Title  string // what a mark stands for
	Inside []piece
}

// node is a node that the article mentions.
type node struct {
	Number  int
	Type    string
	ID      string
	Name    string
	Aliases []string
	Props   []prop
	Marks   []int // numbers of its marks
}

// prop is a property with its value as it is shown.
type prop struct{ Key, Value string }

// claim is a claim with its reasons.
type claim struct {
	Subject, Object end
	Predicate       string
	Status          string
	Confidence      float64
	Quote           string
	Start, End      int
	Props           []prop
	Rule            extract.Rule
	Date, Why       string // what fixed date and status, in words; "" if nothing is to be said
}

// end is subject or object of a claim.
type end struct {
	Name, ID, Type string
	Mark           int // a mark where it is named, the nearest to the quote; 0 if the text does not name it
}

// problem is a mention that could not be tied to a node.
type problem struct{ Text, Why string }

// mark is where a mention stands.
type mark struct {
	start, end   int
	kind         string
	node, number int
	title        string
}

// look arranges what was read.
func look(t extract.Trace) view {
	f := t.Facts
	runes := []rune(f.Article.Text)
	v := view{Article: f.Article, Claims: len(f.Claims), Bad: len(f.Unresolved)}
	names := map[string]string{}
	for _, p := range f.Places {
		names[p.ID] = p.Name
	}
	v.HomeName = names[f.Article.Home]
	var marks []mark
	for i, m := range f.Mentions {
		names[m.Node] = m.Name
		label, _ := graph.LabelOf(m.Node)
		n := node{Number: i + 1, Type: string(label), ID: m.Node, Name: m.Name, Aliases: m.Aliases, Props: props(m.Props)}
		for k := range m.Starts {
			marks = append(marks, mark{start: m.Starts[k], end: m.Ends[k], kind: n.Type, node: n.Number, title: n.Type + " " + n.Name + " (" + n.ID + ")"})
		}
		v.Nodes = append(v.Nodes, n)
	}
	for _, u := range f.Unresolved {
		marks = append(marks, mark{start: u.Start, end: u.End, kind: unresolved, title: "unresolved: " + u.Why})
	}
	slices.SortStableFunc(marks, outerFirst)
	of := map[string][]mark{} // by node id
	for i := range marks {
		m := &marks[i]
		m.number = i + 1
		if m.node > 0 {
			n := &v.Nodes[m.node-1]
			n.Marks = append(n.Marks, m.number)
			of[n.ID] = append(of[n.ID], *m)
		}
	}

	at := 0
	for i, s := range t.Sentences {
		v.clutter(runes, at, s.Start)
		first, _ := slices.BinarySearchFunc(marks, s.Start, func(m mark, start int) int { return cmp.Compare(m.start, start) })
		last, _ := slices.BinarySearchFunc(marks, s.End, func(m mark, end int) int { return cmp.Compare(m.start, end) })
		pieces, _ := cut(runes, s.Start, s.End, marks[first:last])
		v.Blocks = append(v.Blocks, block{Number: i + 1, Pieces: pieces, span: s})
		at = s.End
	}
	v.clutter(runes, at, len(runes))

	for i, c := range f.Claims {
		made := claim{Predicate: string(c.Predicate), Status: c.Status, Confidence: c.Confidence, Quote: c.Quote, Start: c.Start, End: c.End, Props: props(c.Props)}
		made.Subject, made.Object = endOf(c.Subject, names, of, c), endOf(c.Object, names, of, c)
		if i < len(t.Reasons) {
			why := t.Reasons[i]
			made.Rule = why.Rule
			made.Date, made.Why = dateReason(f.Article, c, text(runes, why.Date)), statusReason(c, why.Rule, text(runes, why.Status))
		}
		if b := v.blockAt(c.Start); b != nil {
			b.Claims = append(b.Claims, made)
		}
	}
	for i := range v.Blocks {
		slices.SortStableFunc(v.Blocks[i].Claims, func(a, b claim) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	}
	for _, u := range f.Unresolved {
		if b := v.blockAt(u.Start); b != nil {
			b.Unresolved = append(b.Unresolved, problem{u.Text, u.Why})
		}
	}
	return v
}

// clutter adds what was not read between two places of the text.
func (v *view) clutter(runes []rune, from, to int) {
	if text := strings.TrimSpace(string(runes[from:to])); text != "" {
		v.Blocks = append(v.Blocks, block{Pieces: []piece{{Text: text}}, span: clean.Span{Start: from, End: to}})
	}
}

// blockAt is the last sentence that begins at i or before; the first one if none does.
func (v *view) blockAt(i int) *block {
	n, _ := slices.BinarySearchFunc(v.Blocks, i+1, func(b block, i int) int { return cmp.Compare(b.span.Start, i) })
	for k := n - 1; k >= 0; k-- {
		if v.Blocks[k].Number > 0 {
			return &v.Blocks[k]
		}
	}
	for k := range v.Blocks {
		if v.Blocks[k].Number > 0 {
			return &v.Blocks[k]
		}
	}
	return nil
}

func endOf(id string, names map[string]string, of map[string][]mark, c graph.Claim) end {
	label, _ := graph.LabelOf(id)
	e := end{Name: names[id], ID: id, Type: string(label)}
	if e.Name == "" {
		e.Name = id
	}
	distance := func(m mark) int { return max(0, c.Start-m.start, m.end-c.End) }
	best := mark{}
	for _, m := range of[id] {
		if best.number == 0 || distance(m) < distance(best) {
			best = m
		}
	}
	e.Mark = best.number
	return e
}

// outerFirst orders marks by where they begin, the longer one first.
func outerFirst(a, b mark) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.node, b.node))
}

// cut divides a stretch of the text into pieces. A mark that crosses another one
// is divided at its end. What of the marks lies behind the stretch is returned.
func cut(runes []rune, from, to int, marks []mark) (pieces []piece, behind []mark) {
	plain := func(end int) {
		if from < end {
			pieces = append(pieces, piece{Text: string(runes[from:end])})
			from = end
		}
	}
	marks = slices.Clone(marks)
	for len(marks) > 0 {
		m := marks[0]
		marks = marks[1:]
		if m.end > to {
			behind = append(behind, mark{start: to, end: m.end, kind: m.kind, node: m.node, title: m.title})
			m.end = to
		}
		if m.start >= m.end || m.start < from {
			continue
		}
		plain(m.start)
		n := 0
		for n < len(marks) && marks[n].start < m.end {
			n++
		}
		inside, rest := cut(runes, m.start, m.end, marks[:n])
		pieces = append(pieces, piece{Type: m.kind, Node: m.node, Mark: m.number, Title: m.title, Inside: inside})
		from = m.end
		marks = marks[n:]
		if len(rest) > 0 {
			marks = append(rest, marks...)
			slices.SortStableFunc(marks, outerFirst)
		}
	}
	plain(to)
	return pieces, behind
}

func props(p graph.Props) []prop {
	var out []prop
	for k, v := range p {
		out = append(out, prop{k, fmt.Sprint(v)})
	}
	slices.SortFunc(out, func(a, b prop) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

func text(runes []rune, s clean.Span) string { return string(runes[s.Start:s.End]) }

// dateReason says what fixed a claim's date.
func dateReason(a graph.Article, c graph.Claim, words string) string {
	date, _ := c.Props["since"].(string)
	if date == "" {
		date, _ = c.Props["date"].(string)
	}
	switch {
	case date == "":
		return ""
	case c.Props["basis"] == "reported":
		return date + ": no date in the text governs it, so it is known no later than the day of publication"
	case words != "":
		return date + " from “" + words + "”"
	}
	return date + " as the text states it"
}

// statusReason says what made a claim planned or negated; one that is done has no
// such word and needs no reason, but where the rule itself says so.
func statusReason(c graph.Claim, rule extract.Rule, words string) string {
	switch {
	case rule.Status != "" && rule.Status == c.Status:
		return c.Status + ": the rule's own words say so"
	case words != "":
		return c.Status + " because of “" + words + "”"
	}
	return ""
}
