package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// relaxed is the similarity from which two names stand for the same thing.
const relaxed = 0.75

// marks are dropped from names before they are compared.
const marks = `“”"‘’'「」『』《》〈〉()【】[]·•—-–、,。.;:!?`

// fold gives names that differ only in width, case, spaces and marks one form.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f || strings.ContainsRune(marks, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
	return strings.ToLower(s)
}

// foldAll folds names, leaving out those of which nothing remains.
func foldAll(names ...string) []string {
	var out []string
	for _, n := range names {
		if f := fold(n); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// similarity of two folded names: 1 for equal ones, else the F-measure of their
// longest common subsequence.
func similarity(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	if a == b {
		return 1
	}
	x, y := []rune(a), []rune(b)
	return 2 * float64(commonSubsequence(x, y)) / float64(len(x)+len(y))
}

func commonSubsequence(a, b []rune) int {
	prev, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for _, ca := range a {
		for j, cb := range b {
			if ca == cb {
				row[j+1] = prev[j] + 1
			} else {
				row[j+1] = max(row[j], prev[j+1])
			}
		}
		prev, row = row, prev
	}
	return prev[len(b)]
}
