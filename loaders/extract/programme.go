package extract

import "reformgraph/loaders/resolve"

// programmes finds the undertakings of the whole country that a text is about: one
// that every text may name counts where the title names it, or the text does twice,
// and the text is at home in no place.
func (c *Chain) programmes(d *doc) {
	if d.home != nil && d.home.div != resolve.China {
		return
	}
	found := map[int][]span{}
	told := map[int]bool{}
	for _, s := range d.sents {
		titled := 0
		for i := s.start; i < s.end; i++ {
			switch d.r[i] {
			case '《':
				titled++
			case '》':
				titled = max(0, titled-1)
			}
			n, ids, ok := c.programmeNames.Longest(d.r[:s.end], i)
			if !ok {
				continue
			}
			k := ids[0]
			if titled > 0 {
				told[k] = told[k] || s.title || len(d.sents) > 0 && s.start == d.sents[0].start
				continue
			}
			told[k] = told[k] || s.title
			found[k] = append(found[k], span{i, i + n})
			i += n - 1
		}
	}
	for k, row := range c.lex.Programmes {
		at := found[k]
		if len(at) == 0 || len(at) < 2 && !told[k] {
			continue
		}
		for _, sp := range at {
			s := d.sentenceAt(sp.start)
			d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: "reform", rule: "programme", conf: 0.7, verb: c.governing(d, *s, sp.start), public: true, canon: row.Field(0)})
		}
	}
}
