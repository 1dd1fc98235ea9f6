package script

import (
	"sort"
	"unicode/utf8"
)

// Folded is a text in the one alphabet of this package, with its way back.
type Folded struct {
	// Runes is the folded text; its indexes are what Start, End and Span take.
	Runes []rune
	// Script is that of the stored text.
	Script Script

	orig []int32 // stored index of each folded rune; nil where nothing was dropped, so that indexes are equal
}

// String is the folded text.
func (f Folded) String() string { return string(f.Runes) }

// Orig gives the index in the stored text, in code points, of folded rune i. For i = len(Runes) it is the end of the last rune.
func (f Folded) Orig(i int) int {
	switch {
	case f.orig == nil:
		return i
	case i < len(f.orig):
		return int(f.orig[i])
	case i == 0:
		return 0
	default:
		return int(f.orig[i-1]) + 1
	}
}

// Span turns the folded span [start, end) into the span of the stored text that it stands for, in code points.
// Dropped characters inside the span belong to it, those at its ends do not. An empty span stays empty.
func (f Folded) Span(start, end int) (int, int) {
	if start >= end {
		s := f.Orig(start)
		return s, s
	}
	return f.Orig(start), f.Orig(end-1) + 1
}

// Index is the folded index of the first rune at or after code point i of the stored text.
func (f Folded) Index(i int) int {
	if f.orig == nil {
		return min(max(i, 0), len(f.Runes))
	}
	return sort.Search(len(f.orig), func(k int) bool { return int(f.orig[k]) >= i })
}

// Fold folds a text whose script it finds by itself.
func Fold(text string) Folded {
	f, han, sure := fold(text)
	f.Script = verdict(han, sure)
	f.finish()
	return f
}

// FoldAs folds a piece of a text whose script is known from the whole.
func FoldAs(text string, s Script) Folded {
	f, _, _ := fold(text)
	f.Script = s
	f.finish()
	return f
}

// Detect says how a text is written, by the share of characters that simplified text never holds (see the package comment).
func Detect(text string) Script {
	t := load()
	han, sure := 0, 0
	for _, r := range text {
		if isHan(r) {
			han++
			if t.sure.get(r) != 0 {
				sure++
			}
		}
	}
	return verdict(han, sure)
}

func verdict(han, sure int) Script {
	if sure >= 2 && sure*100 >= han || sure == 1 && han <= 20 {
		return Traditional
	}
	return Simplified
}

// fold applies the form table and counts Chinese characters and those sure to be traditional.
func fold(text string) (f Folded, han, sure int) {
	t := load()
	n := utf8.RuneCountInString(text)
	out := make([]rune, 0, n)
	var orig []int32
	i := int32(0)
	for _, r := range text {
		if to := t.form.get(r); to != 0 {
			r = to
		} else if r >= 0xE0000 && r <= 0xE0FFF { // tags and the variation selectors of ideographs
			r = dropped
		}
		if r == dropped {
			if orig == nil {
				orig = make([]int32, i, n)
				for k := range orig {
					orig[k] = int32(k)
				}
			}
			i++
			continue
		}
		if isHan(r) {
			han++
			if t.sure.get(r) != 0 {
				sure++
			}
		}
		out = append(out, r)
		if orig != nil {
			orig = append(orig, i)
		}
		i++
	}
	return Folded{Runes: out, orig: orig}, han, sure
}

func (f *Folded) finish() {
	if f.Script == Traditional {
		simplify(f.Runes, true)
	}
	punctuate(f.Runes)
}

// isHan reports a Chinese character, 〇 included.
func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' || r >= 0x20000 && r <= 0x3FFFF || r >= 0xF900 && r <= 0xFAFF
}
