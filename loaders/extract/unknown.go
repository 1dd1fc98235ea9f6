package extract

import (
	"slices"
	"strings"
)

// notNames are characters that the name of a division does not hold: measures,
// scopes, and what other words in 市 and 县 are made of (各县, 贫困县, 上市).
const notNames = "各全部分该本我多等几数每这那某两三四五六七八九十百千上下主副都城省州市县区镇乡村级直辖强大示点困邻外股楼菜夜集超门房车花店民产农牧粮猪商"

// findUnknown finds names built like those of cities and counties that no
// division has, where they stand as one: behind the province or prefecture they
// would lie in (山东省云水市), or as the subject of a clause whose verb follows
// (金鸡县推行…). Each is unresolved: guessing the parent would be wrong.
func (c *Chain) findUnknown(d *doc) {
	note := func(s span) {
		if !covers(d.places, s.start) && !covers(d.places, s.end-1) {
			d.unknown = append(d.unknown, s)
			d.out.unresolved(s, "no division of this name is known")
		}
	}
	for _, p := range d.places {
		if p.pro || p.more != nil || p.div.Level != "province" && p.div.Level != "prefecture" {
			continue
		}
		if n := d.divisionName(p.end, 3); n > 0 {
			note(span{p.end, p.end + n})
		}
	}
	for _, s := range d.sents {
		for _, cl := range s.clauses {
			if n := d.divisionName(cl.start, 2); n > 0 {
				if v, _, _ := c.verbTrie.Longest(d.r[:cl.end], cl.start+n); v > 0 {
					note(span{cl.start, cl.start + n})
				}
			}
		}
	}
	slices.SortFunc(d.unknown, func(a, b span) int { return a.start - b.start })
}

// divisionName returns the length of a name in 市 or 县 with two to longest
// characters before it, 0 if there is none at i.
func (d *doc) divisionName(i, longest int) int {
	for n := 0; n <= longest && i+n < len(d.r); n++ {
		switch r := d.r[i+n]; {
		case r == '市' || r == '县':
			if n < 2 || d.rune(i+n+1) == '场' || hasFunction(d.r[i:i+n]) {
				return 0
			}
			return n + 1
		case r < 0x4e00 || r > 0x9fff || strings.ContainsRune(notNames, r):
			return 0
		}
	}
	return 0
}

// ofUnknown says that what stands at i has an unknown place as its subject: one
// stands before it in the sentence, and no other place or body between.
func (d *doc) ofUnknown(i int) bool {
	s := d.sentenceAt(i)
	if s == nil {
		return false
	}
	at := -1
	for _, u := range d.unknown {
		if u.start >= s.start && u.end <= i {
			at = u.end
		}
	}
	if at < 0 {
		return false
	}
	for _, p := range within(d.places, at, i) {
		if !p.pro {
			return false
		}
	}
	return len(within(d.orgs, at, i)) == 0
}

// dropUnknown leaves out what unknown places do: no place is there to tie it to.
func (d *doc) dropUnknown() {
	if len(d.unknown) == 0 {
		return
	}
	d.pracs = slices.DeleteFunc(d.pracs, func(p practiceHit) bool { return d.ofUnknown(p.start) })
	d.pilots = slices.DeleteFunc(d.pilots, func(p pilotHit) bool { return d.ofUnknown(p.start) })
	d.nums = slices.DeleteFunc(d.nums, func(n numHit) bool { return d.ofUnknown(n.start) })
}
