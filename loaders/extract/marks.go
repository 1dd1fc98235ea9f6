package extract

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"reformgraph/loaders/lexicon"
	"reformgraph/loaders/lexicon/trie"
)

// A rule of a data file is a regular expression over a sentence in which every
// mention is one character, so that {P}{P} is two places whatever their names.
const (
	markPlace    = '\uE000'
	markPractice = '\uE001'
	markBody     = '\uE002'
	markPerson   = '\uE003'
	markPaper    = '\uE004'
	markTime     = '\uE005'
	markNumber   = '\uE006'
)

// shorthands of the rule files. W is a stretch of plain words: no marks that end a clause;
// C the same as short as can be, R as long as can be; V are verbs of spreading, D1 of doing.
var shorthands = strings.NewReplacer(
	"{P}", string(markPlace), "{X}", string(markPractice), "{O}", string(markBody), "{L}", string(markPerson), "{D}", string(markPaper), "{T}", string(markTime), "{N}", string(markNumber),
	"{P+}", string(markPlace)+`(?:(?:[、和与及]|以及)?`+string(markPlace)+`)*`,
	"{X+}", string(markPractice)+`(?:(?:[、和与及]|以及)?`+string(markPractice)+`)*`,
	"{O+}", string(markBody)+`(?:(?:[、和与及]|以及)?`+string(markBody)+`)*`,
	"{C}", `[^，。；！？：\n]*?`, "{R}", `[^，。；！？：\n]*`, "{V}", `(?:复制推广|推广复制|复制|推广|推开|铺开|推行|普及|推介)`,
	"{D1}", `(?:实行|推行|试行|实施|启动|开展|推出|推进|引进|引入|复制|采用|采取|推广|建立|试点|探索|落实|施行|办起|开起|建起|成立)`,
	"{W}", `[^，。；！？：\n]{2,30}?`, "{W+}", `[^。；！？：\n]{2,60}?`, "{w}", `[^，。；！？：\n]{0,12}?`, "{~}", `[^。；！？\n]{0,30}?`,
)

// pattern is one rule of a data file.
type pattern struct {
	id       string
	triggers []string
	re       *regexp.Regexp
	words    *regexp.Regexp // tried where re finds nothing: with plain words in the place of a practice; nil if the rule has none
	emit     string
	status   string
	row      lexicon.Row
}

// ruleset is the rules of a file, in its order, and which of them a word triggers.
type ruleset struct {
	rules []pattern
	by    *trie.Trie
}

// compile reads rules: id, triggers, pattern, emit, status, example, expected.
func compile(rows []lexicon.Row) (ruleset, error) {
	var out []pattern
	by := map[string][]int{}
	for _, r := range rows {
		// A practice found beats plain words: the words count only where no practice fits.
		text := r.Field(2)
		exact := strings.NewReplacer("{X+}|{W})", "{X+})", "{X}|{W})", "{X})", "{X+}|{N}{W}|{W})", "{X+}|{N}{W})").Replace(text)
		re, err := regexp.Compile(shorthands.Replace(exact))
		if err != nil {
			return ruleset{}, r.Errorf("the pattern is no regular expression: %v", err)
		}
		p := pattern{id: r.Field(0), triggers: r.Words(1), re: re, emit: r.Field(3), status: r.Field(4), row: r}
		if exact != text {
			loose := strings.NewReplacer("{X+}|{W})", "{W})", "{X}|{W})", "{W})", "{X+}|{N}{W}|{W})", "{W})").Replace(text)
			if p.words, err = regexp.Compile(shorthands.Replace(loose)); err != nil {
				return ruleset{}, r.Errorf("the pattern is no regular expression: %v", err)
			}
		}
		if len(p.triggers) == 0 {
			return ruleset{}, r.Errorf("no trigger: name a word that every match holds")
		}
		for _, w := range p.triggers {
			by[w] = append(by[w], len(out))
		}
		out = append(out, p)
	}
	return ruleset{out, trie.Build(by)}, nil
}

// token is a mention inside a marked sentence.
type token struct {
	span
	mark  rune
	index int // into the doc's list of its kind
}

// marked is a sentence with its mentions as single characters.
type marked struct {
	s      sentence
	text   string
	at     []int // folded index of each byte of text; one more at the end
	tokens []token
	tok    []int // by byte: index of the token that stands there, -1
}

// spreads says that a name holds a verb of spreading outside quotation marks: it
// is a clause, which the rules must see through.
func spreads(name string) bool {
	for _, w := range []string{"推开", "推广", "铺开", "借鉴", "参照", "引进", "首创", "率先"} {
		if k := strings.Index(name, w); k >= 0 && strings.Count(name[:k], "“") == strings.Count(name[:k], "”") {
			return true
		}
	}
	return false
}

// mark marks a sentence.
func (d *doc) mark(s sentence) marked {
	first := func(n int, start func(i int) int) int {
		return sort.Search(n, func(i int) bool { return start(i) >= s.start })
	}
	var toks []token
	for k := first(len(d.pracs), func(i int) int { return d.pracs[i].start }); k < len(d.pracs) && d.pracs[k].start < s.end; k++ {
		p := d.pracs[k]
		if s.holds(p.span) && !spreads(p.name) {
			toks = append(toks, token{p.span, markPractice, k})
		}
	}
	for k := first(len(d.orgs), func(i int) int { return d.orgs[i].start }); k < len(d.orgs) && d.orgs[k].start < s.end; k++ {
		o := d.orgs[k]
		if s.holds(o.span) {
			toks = append(toks, token{o.span, markBody, k})
		}
	}
	for k := first(len(d.places), func(i int) int { return d.places[i].start }); k < len(d.places) && d.places[k].start < s.end; k++ {
		p := d.places[k]
		if s.holds(p.span) {
			toks = append(toks, token{p.span, markPlace, k})
		}
	}
	for k := first(len(d.people), func(i int) int { return d.people[i].start }); k < len(d.people) && d.people[k].start < s.end; k++ {
		p := d.people[k]
		if s.holds(p.span) {
			toks = append(toks, token{p.span, markPerson, k})
		}
	}
	for k := first(len(d.papers), func(i int) int { return d.papers[i].start }); k < len(d.papers) && d.papers[k].start < s.end; k++ {
		p := d.papers[k]
		if s.holds(p.span) && p.span != s.span {
			toks = append(toks, token{p.span, markPaper, k})
		}
	}
	for k := first(len(d.times), func(i int) int { return d.times[i].start }); k < len(d.times) && d.times[k].start < s.end; k++ {
		t := d.times[k]
		if s.holds(t.span) {
			toks = append(toks, token{t.span, markTime, k})
		}
	}
	for k := first(len(d.nums), func(i int) int { return d.nums[i].start }); k < len(d.nums) && d.nums[k].start < s.end; k++ {
		n := d.nums[k]
		if s.holds(n.span) && n.unit != "" && !n.ordinal {
			toks = append(toks, token{n.span, markNumber, k})
		}
	}
	slices.SortStableFunc(toks, func(a, b token) int {
		if a.start != b.start {
			return a.start - b.start
		}
		if a.end != b.end {
			return b.end - a.end
		}
		return int(a.mark - b.mark)
	})
	m := marked{s: s}
	var b strings.Builder
	put := func(r rune, at, tok int) {
		n := b.Len()
		b.WriteRune(r)
		for ; n < b.Len(); n++ {
			m.at = append(m.at, at)
			m.tok = append(m.tok, tok)
		}
	}
	k := 0
	for i := s.start; i < s.end; {
		for k < len(toks) && toks[k].start < i {
			k++
		}
		if k < len(toks) && toks[k].start == i {
			m.tokens = append(m.tokens, toks[k])
			put(toks[k].mark, i, len(m.tokens)-1)
			i = toks[k].end
			continue
		}
		put(d.r[i], i, -1)
		i++
	}
	m.at = append(m.at, s.end)
	m.text = b.String()
	return m
}

// match is one application of a rule.
type match struct {
	p    *pattern
	m    *marked
	span span
	loc  []int
	// title: the sentence is the title of a document.
	title bool
}

// group returns the folded span of a named group, empty if it took no part.
func (x match) group(name string) span {
	k := x.p.re.SubexpIndex(name)
	if k < 0 || x.loc[2*k] < 0 {
		return span{}
	}
	return x.m.span(x.loc[2*k], x.loc[2*k+1])
}

// span turns a span of bytes into one of the folded text.
func (m *marked) span(from, to int) span {
	if from >= to {
		return span{}
	}
	end := m.at[to]
	return span{m.at[from], end}
}

// tokensIn returns the mentions of a kind inside a folded span.
func (m *marked) tokensIn(s span, mark rune) []token {
	var out []token
	for _, t := range m.tokens {
		if t.mark == mark && s.holds(t.span) {
			out = append(out, t)
		}
	}
	return out
}

// apply runs rules over the sentences that hold one of their triggers.
func (d *doc) apply(sents []sentence, set ruleset, fn func(x match)) {
	held := make([]int, len(set.rules)) // the last sentence that held a trigger of a rule, plus one
	for n, s := range sents {
		any := false
		for i := s.start; i < s.end; i++ {
			for _, ids := range set.by.All(d.r[:s.end], i) {
				for _, k := range ids {
					held[k], any = n+1, true
				}
			}
		}
		if !any {
			continue
		}
		m := d.mark(s)
		for k := range set.rules {
			if held[k] != n+1 {
				continue
			}
			p := &set.rules[k]
			found := p.re.FindAllStringSubmatchIndex(m.text, -1)
			if found == nil && p.words != nil {
				found = p.words.FindAllStringSubmatchIndex(m.text, -1)
			}
			for _, loc := range found {
				fn(match{p: p, m: &m, span: m.span(loc[0], loc[1]), loc: loc})
			}
		}
	}
}
