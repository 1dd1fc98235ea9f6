package script

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Bare is a name as ids hold it: simplified, NFKC, without quotation marks, brackets, spaces and invisible characters.
func Bare(s string) string {
	s = norm.NFKC.String(Simplify(s))
	return strings.Map(func(r rune) rune {
		if r == '"' || r == '\'' || unicode.In(r, unicode.Z, unicode.C, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf) {
			return -1
		}
		return r
	}, s)
}

// Key is what two spellings of one term have in common, for search and comparison: Bare in lower case.
func Key(s string) string { return strings.ToLower(Bare(s)) }
