package resolve

import (
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
	"reformgraph/loaders/lexicon"
)

// Namer makes the NAME part of ids, design.md section 3.
type Namer struct {
	gaz   *Gazetteer
	known map[string]bool // names that the lexicon knows as they are
	strip []string        // head nouns left out at the end, longest first
}

// NewNamer returns a namer over the head nouns and experiences of a lexicon.
func NewNamer(g *Gazetteer, lex *lexicon.Lexicon) *Namer {
	n := &Namer{gaz: g, known: map[string]bool{}}
	for _, r := range lex.Heads {
		if r.Field(2) == "1" {
			n.strip = append(n.strip, r.Field(0))
		}
	}
	sortLongest(n.strip)
	for _, e := range lex.Experiences {
		n.known[script.Bare(e.Name)] = true
	}
	return n
}

func sortLongest(words []string) {
	for i := 1; i < len(words); i++ {
		for j := i; j > 0 && (len(words[j]) > len(words[j-1]) || len(words[j]) == len(words[j-1]) && words[j] < words[j-1]); j-- {
			words[j], words[j-1] = words[j-1], words[j]
		}
	}
}

// Name returns NAME for what a text calls text, said of a place (nil if none):
// simplified, without marks and spaces, without the place's name in front and,
// unless the lexicon knows the name, without one trailing head noun.
func (n *Namer) Name(text string, of *Division) string {
	s := n.Bare(text, of)
	if n.known[s] {
		return graph.CutName(s)
	}
	for _, head := range n.strip {
		rest, ok := strings.CutSuffix(s, head)
		if !ok {
			continue
		}
		if len([]rune(rest)) < 2 || len(n.gaz.Find(rest)) > 0 {
			break
		}
		s = rest
		break
	}
	return graph.CutName(s)
}

// Bare is Name without the head noun rule: for bodies, documents, pilots,
// recognitions and figures.
func (n *Namer) Bare(text string, of *Division) string {
	s := script.Bare(text)
	if of != nil {
		for _, prefix := range []string{of.Name, Short(of)} {
			if rest, ok := strings.CutPrefix(s, prefix); ok && len([]rune(rest)) >= 2 {
				s = rest
				break
			}
		}
	}
	return graph.CutName(s)
}
