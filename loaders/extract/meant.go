package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// here are the words by which a text that has no name for a place says where it is.
var here = []string{"当地", "这里", "本地", "此地"}

// meant gives each place that a claim needs and the text never names (the title
// does, or it is the country that a roll-out without a scope means) a mention,
// since no node is without one: the words of the claim's sentence that stand for
// it, else the claim's quote.
func (f *facts) meant() {
	for _, c := range f.claims {
		for _, id := range []string{c.Subject, c.Object} {
			if n := f.nodes[id]; n != nil && len(n.spans) > 0 || !strings.HasPrefix(id, "place:") {
				continue
			}
			q := f.known(graph.PlaceCode(id))
			if q == nil {
				continue
			}
			f.mention(id, q.Name, f.standsFor(id, span{f.d.fold.Index(c.Start), f.d.fold.Index(c.End-1) + 1}), nil)
		}
	}
}

// standsFor is what stands for a place in the sentence of a quote.
func (f *facts) standsFor(id string, quote span) span {
	s := f.d.sentenceOf(quote.start)
	for _, p := range f.d.places {
		if p.start < s.start || p.end > s.end {
			continue
		}
		if p.div.ID() == id && p.len() > 0 || slices.ContainsFunc(p.more, func(q *resolve.Division) bool { return q.ID() == id }) {
			return p.span
		}
	}
	for _, w := range here {
		if i := strings.Index(f.d.text(s.span), w); i >= 0 {
			at := s.start + len([]rune(f.d.text(s.span)[:i]))
			return span{at, at + len([]rune(w))}
		}
	}
	return quote
}
