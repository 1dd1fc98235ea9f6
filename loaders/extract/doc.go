// Package extract is the rule chain: it reads one article and returns what it
// says as graph.Facts. It is pure and deterministic; a Chain may be used by any
// number of goroutines.
//
// Stages, in this order, one file each:
//
//	doc.go           folding, sentences, clauses
//	when.go          dates and periods, resolved against the day of publication
//	number.go        numbers, units, approximation
//	place.go         places, zones, townships, villages; 我市 and 全省; the home
//	unknown.go       names of places that nobody knows
//	body.go          party and government bodies, companies, media, schools
//	practice.go      initiatives and experiences
//	phrase.go        those without quotation marks, read leftwards from their head noun
//	programme.go     undertakings of the whole country that a text is about
//	pilot.go         pilots, single and counted
//	leader.go        people with their posts
//	document.go      titles with and without 《》, and who issued them
//	part.go          initiatives that are parts of others
//	relation.go      parts, leaders and places told by patterns (lexicon/relations.tsv)
//	recognition.go   awards, rankings, commendations, publications (lexicon/honours.tsv)
//	spread.go        promoted to, learned from, originated in, taken up (lexicon/spread.tsv; spread_*.go)
//	figure.go        measured values
//	facts.go         assembly: ids, mentions, claims, reference places (meant.go: those that the text never names)
//
// What they share: actor.go says who does what stands at a place of the text and whether it is done,
// marks.go applies the rules of data files, word.go and window.go look at words and hits nearby, trace.go
// explains.
//
// All stages work on the folded text; only facts.go and meant.go know the stored one.
package extract

import (
	"strings"

	"slices"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// span is a stretch of the folded text, end excluded.
type span struct{ start, end int }

func (s span) len() int             { return s.end - s.start }
func (s span) holds(t span) bool    { return s.start <= t.start && t.end <= s.end }
func (s span) overlaps(t span) bool { return s.start < t.end && t.start < s.end }

// sentence is a sentence of the body with its clauses.
type sentence struct {
	span
	clauses []span
	para    int // number of the line it stands in
	title   bool
}

// doc is one article on its way through the stages.
type doc struct {
	art    graph.Article
	fold   script.Folded
	r      []rune
	folded string // r as a string
	bytes  []int  // where each rune of r begins in it, and its length
	text0  []rune // the stored text
	sents  []sentence
	// What the stages found, in order of the text.
	places  []placeHit
	unknown []span // names of places that nobody knows
	times   []timeHit
	nums    []numHit
	orgs    []orgHit
	people  []personHit
	papers  []paperHit
	pracs   []practiceHit
	pilots  []pilotHit
	demands []string          // words that open what is asked for
	byName  map[string]string // ids of the people named so far
	named   []span            // names of figures so far
	inBody  []bool            // by folded index: a body found so far stands there
	// home is the place whose 我市 the article speaks of; nil if none.
	home *home
	out  *facts
}

// newDoc returns the folded text of a body, about to be read.
func newDoc(fold script.Folded, demands []string) *doc {
	d := &doc{fold: fold, r: fold.Runes, folded: string(fold.Runes), demands: demands}
	d.bytes = make([]int, 0, len(d.r)+1)
	for i := range d.folded {
		d.bytes = append(d.bytes, i)
	}
	d.bytes = append(d.bytes, len(d.folded))
	return d
}

// cut returns the stored text between two code points.
func (d *doc) cut(a, b int) string {
	if d.text0 == nil {
		d.text0 = []rune(d.art.Text)
	}
	return string(d.text0[a:b])
}

func (d *doc) text(s span) string { return d.folded[d.bytes[s.start]:d.bytes[s.end]] }

// at reports whether the folded text has word at i.
func (d *doc) at(i int, word string) bool {
	if i < 0 || i >= len(d.r) {
		return false
	}
	t := d.folded[d.bytes[i]:]
	// Most words fail at their first character, whose last bytes tell that without a call.
	return len(t) >= len(word) && (len(word) < 3 || t[2] == word[2] && t[1] == word[1]) && t[:len(word)] == word
}

// before reports whether word stands right before i.
func (d *doc) before(i int, word string) bool {
	return i > 0 && i <= len(d.r) && strings.HasSuffix(d.folded[:d.bytes[i]], word)
}

// rune returns the folded rune at i, 0 outside the text.
func (d *doc) rune(i int) rune {
	if i < 0 || i >= len(d.r) {
		return 0
	}
	return d.r[i]
}

const longestSentence = 1200 // a longer one is cut, so that no rule's work grows with the square of a hostile text

// split finds the sentences of a paragraph.
func (d *doc) split(b span, para int, title bool) {
	start := b.start
	for i := b.start; i < b.end; i++ {
		r := d.r[i]
		if r != '\n' && r != '。' && r != '！' && r != '？' && r != '；' && i-start < longestSentence {
			continue
		}
		stop := i + 1
		for stop < b.end && (d.r[stop] == '”' || d.r[stop] == '’' || d.r[stop] == '）') && r != '；' && r != '\n' {
			stop++
		}
		d.addSentence(span{start, stop}, para, title)
		start = stop
		i = stop - 1
	}
	d.addSentence(span{start, b.end}, para, title)
}

func (d *doc) addSentence(s span, para int, title bool) {
	for s.start < s.end && d.r[s.start] <= ' ' {
		s.start++
	}
	for s.end > s.start && d.r[s.end-1] <= ' ' {
		s.end--
	}
	if s.len() == 0 {
		return
	}
	sent := sentence{span: s, para: para, title: title}
	start, depth := s.start, 0
	for i := s.start; i < s.end; i++ {
		switch d.r[i] {
		case '“', '《', '（':
			depth++
		case '”', '》', '）':
			depth = max(0, depth-1)
		case '，', '：', '。', '！', '？', '；':
			if depth == 0 || i-start > 60 {
				sent.clauses = append(sent.clauses, span{start, i})
				start = i + 1
			}
		}
	}
	if start < s.end {
		sent.clauses = append(sent.clauses, span{start, s.end})
	}
	sent.clauses = slices.DeleteFunc(sent.clauses, func(c span) bool { return c.len() == 0 })
	d.sents = append(d.sents, sent)
}

// sentenceAt returns the sentence that holds i, nil if none does.
func (d *doc) sentenceAt(i int) *sentence {
	k, ok := slices.BinarySearchFunc(d.sents, i, func(s sentence, i int) int {
		switch {
		case s.end <= i:
			return -1
		case s.start > i:
			return 1
		}
		return 0
	})
	if !ok {
		return nil
	}
	return &d.sents[k]
}

// clauseAt returns the clause that holds i; the sentence, or s itself, where there is none.
func (d *doc) clauseAt(i int) span {
	s := d.sentenceAt(i)
	if s == nil {
		return span{i, min(i+1, len(d.r))}
	}
	for _, c := range s.clauses {
		if c.start <= i && i < c.end {
			return c
		}
	}
	return s.span
}

// quote is the span of text that a claim cites for what stands in the given
// spans: from the start of the clause of the first to the end of the clause of
// the last, as far as a quote may be long.
func (d *doc) quote(spans ...span) span {
	lo, hi := -1, -1
	for _, s := range spans {
		if s.len() == 0 {
			continue
		}
		if lo < 0 || s.start < lo {
			lo = s.start
		}
		if s.end > hi {
			hi = s.end
		}
	}
	if lo < 0 {
		return span{}
	}
	from, to := d.clauseAt(lo).start, d.clauseAt(hi-1).end
	if from > lo {
		from = lo
	}
	if to < hi {
		to = hi
	}
	if to-from > longestQuote {
		from, to = lo, hi
	}
	if to-from > longestQuote {
		from, to = max(lo, hi-longestQuote), hi
	}
	for from < to && (d.r[from] <= ' ' || d.r[from] == '，') {
		from++
	}
	return span{from, to}
}

// longestQuote leaves room for characters that folding drops inside a quote.
const longestQuote = graph.MaxQuoteRunes - 10

func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' }

func digit(r rune) bool { return r >= '0' && r <= '9' }

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
