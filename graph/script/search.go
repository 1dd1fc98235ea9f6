package script

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Searchable is a text as searches compare it: simplified, in lower case, without accents, in one form of each width, and without
// spaces, quotation marks, brackets, backslashes and invisible characters. Line ends stay, as LineEnd. Other than Fold, it turns
// each character into the same whatever stands beside it, so that a part of a text is found in the whole of it. For this it takes
// characters for one that the conversion of scripts may put for each other (乾 and 干, 著 and 着, 覆 and 复).
type Searchable struct {
	Runes []rune
	at    []int32 // code point of the text that each rune came from
}

// LineEnd stands for a line end in searchable text. No other text holds it.
const LineEnd = '␤'

// ForSearch brings a text to its searchable form.
func ForSearch(text string) Searchable {
	t := load()
	n := utf8.RuneCountInString(text)
	s := Searchable{make([]rune, 0, n), make([]int32, 0, n)}
	i := int32(-1)
	var buffer [64]byte
	for _, r := range text {
		i++
		if to := t.form.get(r); to != 0 {
			r = to
		}
		switch {
		case r == '\n':
			s.add(LineEnd, i)
		case r == ' ' || r == dropped:
		case r >= 0x4E00 && r <= 0x9FFF:
			s.add(alike().of(r), i)
		case r < 0x80:
			if unsearched(r) {
				continue
			}
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			s.add(r, i)
		default:
			for _, d := range string(norm.NFKD.AppendString(buffer[:0], string(r))) {
				if d = unicode.ToLower(d); !unsearched(d) {
					s.add(alike().of(d), i)
				}
			}
		}
	}
	return s
}

func (s *Searchable) add(r rune, at int32) {
	s.Runes, s.at = append(s.Runes, r), append(s.at, at)
}

// unsearched reports what searchable text leaves out.
func unsearched(r rune) bool {
	return r == '"' || r == '\'' || r == '\\' || r == LineEnd ||
		unicode.In(r, unicode.Z, unicode.C, unicode.Mn, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf)
}

// Span turns a span of Runes, which is not empty, into the span of the text that it came from, in code points.
func (s Searchable) Span(start, end int) (int, int) {
	return int(s.at[start]), int(s.at[end-1]) + 1
}

// Index returns where a phrase stands first in Runes, -1 if it does not.
func (s Searchable) Index(phrase []rune) int {
	for i := 0; i+len(phrase) <= len(s.Runes); i++ {
		if slices.Equal(s.Runes[i:i+len(phrase)], phrase) {
			return i
		}
	}
	return -1
}

// Phrase is what to look for in searchable text: the searchable form of words without line ends, perhaps empty.
func Phrase(words string) []rune {
	return slices.DeleteFunc(ForSearch(words).Runes, func(r rune) bool { return r == LineEnd })
}

// Tokens is what an index that splits at spaces is given of texts: each character of the searchable form as a token of its own,
// with LineEnd before, between and after the texts. A phrase query for the Tokens of a Phrase then finds exactly the texts that
// hold it, from one character up, and no phrase reaches from one text or line into the next.
func Tokens(texts ...string) string {
	var b strings.Builder
	b.WriteRune(LineEnd)
	for _, text := range texts {
		for _, r := range ForSearch(text).Runes {
			b.WriteByte(' ')
			b.WriteRune(r)
		}
		b.WriteByte(' ')
		b.WriteRune(LineEnd)
	}
	return b.String()
}

// PhraseQuery is the query for all of some phrases, none of them empty, in the language that SQLite's FTS5 and Lucene have in
// common. No character of a phrase means anything in it.
func PhraseQuery(phrases [][]rune) string {
	var b strings.Builder
	for i, p := range phrases {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteByte('"')
		for k, r := range p {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
		}
		b.WriteByte('"')
	}
	return b.String()
}

// classes maps a character to the one that stands for all that are taken for it.
type classes map[rune]rune

func (c classes) of(r rune) rune {
	if to, ok := c[r]; ok {
		return to
	}
	return r
}

// alike joins the characters that conversion, by character or by phrase, makes of each other.
var alike = sync.OnceValue(func() classes {
	t := load()
	c := classes{}
	root := func(r rune) rune {
		for c.of(r) != r {
			r = c[r]
		}
		return r
	}
	join := func(from, to rune) {
		if from, to = root(from), root(to); from != to {
			c[from] = to
		}
	}
	for _, chars := range []*table{&t.sure, &t.shared} {
		for page, entries := range chars {
			if entries == nil {
				continue
			}
			for i, to := range entries {
				if to != 0 {
					join(rune(page<<8|i), to)
				}
			}
		}
	}
	join('著', '着')
	var pairs [][2]rune
	for _, list := range t.phrases {
		for _, p := range list {
			for i, from := range p.from {
				if from != p.to[i] {
					pairs = append(pairs, [2]rune{from, p.to[i]})
				}
			}
		}
	}
	// In one order, so that the same character stands for a class in every process.
	slices.SortFunc(pairs, func(a, b [2]rune) int { return slices.Compare(a[:], b[:]) })
	for _, p := range pairs {
		join(p[0], p[1])
	}
	for r := range c {
		c[r] = root(r)
	}
	return c
})
