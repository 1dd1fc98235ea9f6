package eval

import (
	"fmt"

	"reformgraph/graph"
	"reformgraph/loaders"
)

// ArticleScore compares the extraction of annotated articles with gold.
type ArticleScore struct {
	Exact, Relaxed Match
	// Attributes of matched core entities, of those that gold gives: date, count,
	// value and level.
	Attributes map[string]*Share
	// Provenance counts mentions and quotes, and those that stand in the text at
	// their offsets. A node without mentions counts as one that does not.
	Provenance Share
	Calibration
	// Rules are the claims of each extraction rule, counted as in Calibration: by
	// rule, what its confidence should be.
	Rules map[string]*Bin
}

// Match is the comparison at one degree of strictness.
type Match struct {
	Entities, Claims Counts
	// Misses lists, for a person to read, what was missed and what is wrong.
	Misses []Miss
}

// Miss is a difference from gold.
type Miss struct {
	Article string // as gold names it
	Wrong   bool   // extracted and in no gold; else in gold and not extracted
	What    string // entity, claim or tie
	Kind    string // type, predicate or kind of tie
	Text    string
}

// ScoreArticles compares extractions with gold, one of each per article in the
// same order. Texts are those that the extractions' offsets count in.
func ScoreArticles(gold []*Gold, got []loaders.FactsJSON, texts []string) ArticleScore {
	s := ArticleScore{
		Exact:      Match{Entities: Counts{}, Claims: Counts{}},
		Relaxed:    Match{Entities: Counts{}, Claims: Counts{}},
		Attributes: map[string]*Share{},
		Rules:      map[string]*Bin{},
	}
	for i, g := range gold {
		s.Exact.article(g, got[i], 1)
		right := s.Relaxed.article(g, got[i], relaxed)
		for k, c := range got[i].Claims {
			if !scored(c.Predicate) {
				continue
			}
			s.Calibration.add(c.Confidence, right[k])
			if s.Rules[c.Rule] == nil {
				s.Rules[c.Rule] = &Bin{}
			}
			s.Rules[c.Rule].add(c.Confidence, right[k])
		}
		s.attributes(g, got[i])
		s.provenance(texts[i], got[i])
	}
	return s
}

// scored tells whether wrong claims of this predicate count in articles. Where a
// practice began is annotated in passages only.
func scored(predicate string) bool { return predicate != string(graph.OriginatedIn) }

// article adds one article and returns for each extracted claim whether it is
// in gold.
func (m *Match) article(g *Gold, got loaders.FactsJSON, threshold float64) []bool {
	al := align(g.Entities, got.Nodes, threshold)
	for gi, e := range g.Entities {
		if !e.core() {
			continue
		}
		if _, found := al.nodeOf[gi]; found {
			m.Entities.add(e.Type, Count{TP: 1})
		} else {
			m.Entities.add(e.Type, Count{FN: 1})
			m.miss(g, false, "entity", e.Type, e.Name)
		}
	}
	for ni, n := range got.Nodes {
		if _, found := al.goldOf[ni]; !found {
			m.Entities.add(n.Type, Count{FP: 1})
			m.miss(g, true, "entity", n.Type, n.Name)
		}
	}
	return m.claims(g, got, al, threshold)
}

func (m *Match) claims(g *Gold, got loaders.FactsJSON, al alignment, threshold float64) []bool {
	gold := map[string]int{}
	for i, e := range g.Entities {
		gold[e.Key] = i
	}
	nodes, names := map[string]int{}, map[string]string{}
	for i, n := range got.Nodes {
		nodes[n.ID], names[n.ID] = i, n.Name
	}
	same := func(key, id string) bool {
		ni, ok := nodes[id]
		if !ok {
			return false
		}
		gi := gold[key]
		if paired, ok := al.nodeOf[gi]; ok && paired == ni {
			return true
		}
		e, n := g.Entities[gi], got.Nodes[ni]
		return (e.Type == n.Type || isPractice(e.Type) && isPractice(n.Type)) && likeness(e.names(), n) >= threshold
	}
	used := make([]bool, len(got.Claims))
	for _, c := range g.Claims {
		hit := false
		for k, s := range got.Claims {
			if !used[k] && s.Predicate == c.Predicate && same(c.Subject, s.Subject) && same(c.Object, s.Object) {
				used[k], hit = true, true
				break
			}
		}
		switch {
		case !c.core():
		case hit:
			m.Claims.add(c.Predicate, Count{TP: 1})
		default:
			m.Claims.add(c.Predicate, Count{FN: 1})
			m.miss(g, false, "claim", c.Predicate, fmt.Sprintf("%s %s %s", g.Entities[gold[c.Subject]].Name, c.Predicate, g.Entities[gold[c.Object]].Name))
		}
	}
	for k, s := range got.Claims {
		if !used[k] && scored(s.Predicate) {
			m.Claims.add(s.Predicate, Count{FP: 1})
			m.miss(g, true, "claim", s.Predicate, fmt.Sprintf("%s %s %s", names[s.Subject], s.Predicate, names[s.Object]))
		}
	}
	return used
}

// isPractice holds of the two types of which either may stand for a practice that
// is both a place's own undertaking and known beyond it.
func isPractice(label string) bool {
	return label == string(graph.LabelInitiative) || label == string(graph.LabelExperience)
}

func (m *Match) miss(g *Gold, wrong bool, what, kind, text string) {
	m.Misses = append(m.Misses, Miss{g.Article.ID, wrong, what, kind, text})
}
