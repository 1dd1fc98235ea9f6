package extract

import "sort"

// at returns where a hit stands; every kind of hit embeds a span.
func (s span) at() span { return s }

// spanned is a kind of hit.
type spanned interface{ at() span }

// within returns the hits of a list in order of the text that begin in [from, to).
// It shares the list's memory, so a pointer into it is one into the list.
func within[T spanned](list []T, from, to int) []T {
	lo := sort.Search(len(list), func(i int) bool { return list[i].at().start >= from })
	hi := lo + sort.Search(len(list)-lo, func(i int) bool { return list[lo+i].at().start >= to })
	return list[lo:hi]
}

// farthest bounds how far back a hit can begin that reaches over a place in the text.
const farthest = 60

// covers says that a hit of the list stands over i.
func covers[T spanned](list []T, i int) bool {
	for _, h := range within(list, i-farthest, i+1) {
		if i < h.at().end {
			return true
		}
	}
	return false
}
