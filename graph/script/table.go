package script

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed opencc.txt
var openccFile string

// table maps code points below 0x40000 in pages of 256; 0 means "no entry".
type table [0x400]*[256]rune

func (t *table) get(r rune) rune {
	if uint32(r) >= 0x40000 {
		return 0
	}
	if p := t[r>>8]; p != nil {
		return p[r&0xff]
	}
	return 0
}

func (t *table) set(from, to rune) {
	p := t[from>>8]
	if p == nil {
		p = new([256]rune)
		t[from>>8] = p
	}
	p[from&0xff] = to
}

// dropped marks in the form table a code point that folding leaves out.
const dropped = -1

type phrase struct{ from, to []rune }

// tables is everything folding looks up.
type tables struct {
	form    table             // width and punctuation forms, or dropped
	sure    table             // traditional characters never written in simplified text
	shared  table             // traditional characters that simplified text may hold too
	phrases map[rune][]phrase // by first character, longest first
}

// load builds the tables on first use (about 5 ms, 0.5 MB).
var load = sync.OnceValue(func() *tables {
	t := &tables{phrases: map[rune][]phrase{}}
	if err := t.readOpenCC(openccFile); err != nil {
		panic("graph/script: embedded opencc.txt: " + err.Error()) // a broken build, not an input
	}
	t.fillForms()
	return t
})

func (t *tables) readOpenCC(file string) error {
	section := ""
	for n, line := range strings.Split(file, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			section = line
			continue
		}
		switch section {
		case "[characters]", "[shared]":
			dst := &t.sure
			if section == "[shared]" {
				dst = &t.shared
			}
			rs := []rune(line)
			if len(rs)%2 != 0 {
				return fmt.Errorf("line %d: odd number of characters", n+1)
			}
			for i := 0; i < len(rs); i += 2 {
				dst.set(rs[i], rs[i+1])
			}
		case "[phrases]":
			for _, f := range strings.Fields(line) {
				rs := []rune(f)
				if len(rs)%2 != 0 {
					return fmt.Errorf("line %d: halves of %q differ in length", n+1, f)
				}
				p := phrase{rs[:len(rs)/2], rs[len(rs)/2:]}
				// Keys of the file are sorted, so a longer phrase with the same start comes later: insert before the shorter.
				list := t.phrases[p.from[0]]
				i := 0
				for i < len(list) && len(list[i].from) >= len(p.from) {
					i++
				}
				list = append(list, phrase{})
				copy(list[i+1:], list[i:])
				list[i] = p
				t.phrases[p.from[0]] = list
			}
		default:
			return fmt.Errorf("line %d: outside of a section", n+1)
		}
	}
	return nil
}

// formRanges are the blocks whose one-to-one NFKC forms are taken over.
var formRanges = [][2]rune{
	{0x2E80, 0x2FD5},   // CJK radicals
	{0x3038, 0x303A},   // Hangzhou numerals ten to thirty
	{0xF900, 0xFAFF},   // CJK compatibility ideographs
	{0xFE10, 0xFE6F},   // vertical and small forms
	{0xFF01, 0xFFEE},   // half- and full-width forms
	{0x2F800, 0x2FA1D}, // CJK compatibility ideographs supplement
}

// formPairs are the marks for which a form of our own is chosen: each variant before its form. A mark before itself is kept from NFKC's form.
const formPairs = "「“」”『‘』’﹁“﹂”﹃‘﹄’〝“〞”〟”｢“｣”" +
	"(（)）（（））﹙（﹚）︵（︶）﹝〔﹞〕︹〔︺〕" +
	"，，；；：：！！？？﹐，﹔；﹕：﹖？﹗！︐，︓：︔；︕！︖？﹑、" +
	"―—─—━—︱—‐-‑-‒-–-−-﹣-－-〜~∼~～~・·･·•·‧·∙·⋅·⋯…︙…"

const spaces = "\t\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000"

const lineEnds = "\r\v\f\u0085\u2028\u2029"

var droppedRanges = [][2]rune{
	{0x00, 0x08}, {0x0E, 0x1F}, {0x7F, 0x84}, {0x86, 0x9F}, {0xAD, 0xAD}, {0x180E, 0x180E}, {0x200B, 0x200F},
	{0x202A, 0x202E}, {0x2060, 0x2064}, {0x2066, 0x206F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFC},
}

func (t *tables) fillForms() {
	for _, b := range formRanges {
		for r := b[0]; r <= b[1]; r++ {
			s := norm.NFKC.String(string(r))
			if to, n := utf8.DecodeRuneInString(s); n == len(s) && to != r {
				t.form.set(r, to)
			}
		}
	}
	pairs := []rune(formPairs)
	for i := 0; i+1 < len(pairs); i += 2 {
		t.form.set(pairs[i], pairs[i+1])
	}
	for _, r := range spaces {
		t.form.set(r, ' ')
	}
	for _, r := range lineEnds {
		t.form.set(r, '\n')
	}
	for _, b := range droppedRanges {
		for r := b[0]; r <= b[1]; r++ {
			t.form.set(r, dropped)
		}
	}
}
