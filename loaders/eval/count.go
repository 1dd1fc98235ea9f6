package eval

import (
	"maps"
	"slices"
)

// Count compares what was found with gold.
type Count struct {
	TP int // core gold that was found
	FP int // found, and in no gold
	FN int // core gold that was not found
}

// Precision is the share of what was found that is right; ok is false if nothing
// that counts was found.
func (c Count) Precision() (p float64, ok bool) { return ratio(c.TP, c.TP+c.FP) }

// Recall is the share of core gold that was found; ok is false if there is none.
func (c Count) Recall() (r float64, ok bool) { return ratio(c.TP, c.TP+c.FN) }

// F1 is the harmonic mean of both; ok is false if there is nothing to count.
func (c Count) F1() (f float64, ok bool) {
	p, _ := c.Precision()
	r, _ := c.Recall()
	if p > 0 && r > 0 {
		return 2 * p * r / (p + r), true
	}
	return 0, c != Count{}
}

func ratio(part, whole int) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

// Counts holds a count per type of entity, predicate or tie.
type Counts map[string]Count

func (c Counts) add(kind string, n Count) {
	was := c[kind]
	c[kind] = Count{was.TP + n.TP, was.FP + n.FP, was.FN + n.FN}
}

// All is the sum over all kinds.
func (c Counts) All() Count {
	var sum Count
	for _, n := range c {
		sum = Count{sum.TP + n.TP, sum.FP + n.FP, sum.FN + n.FN}
	}
	return sum
}

// kinds are the keys in order.
func (c Counts) kinds() []string { return slices.Sorted(maps.Keys(c)) }

// Share counts how many of some things are right.
type Share struct{ Right, Of int }

func (s *Share) add(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}
