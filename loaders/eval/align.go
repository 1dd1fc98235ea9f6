package eval

import (
	"cmp"
	"slices"

	"reformgraph/loaders"
)

// alignment pairs gold entities with extracted nodes, by their indexes.
type alignment struct{ nodeOf, goldOf map[int]int }

// align pairs each gold entity with at most one node of its type: the most
// similar first, on a tie core gold first.
func align(gold []GoldEntity, nodes []loaders.NodeJSON, threshold float64) alignment {
	type pair struct {
		similarity float64
		core       bool
		gold, node int
	}
	var pairs []pair
	for gi, g := range gold {
		names := g.names()
		for ni, n := range nodes {
			if g.Type != n.Type {
				continue
			}
			if s := likeness(names, n); s >= threshold {
				pairs = append(pairs, pair{s, g.core(), gi, ni})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		core := 0
		if a.core != b.core {
			core = 1
			if a.core {
				core = -1
			}
		}
		return cmp.Or(cmp.Compare(b.similarity, a.similarity), core, a.gold-b.gold, a.node-b.node)
	})
	al := alignment{map[int]int{}, map[int]int{}}
	for _, p := range pairs {
		_, taken := al.nodeOf[p.gold]
		_, used := al.goldOf[p.node]
		if !taken && !used {
			al.nodeOf[p.gold], al.goldOf[p.node] = p.node, p.gold
		}
	}
	return al
}

// likeness is how similar the node's name is to the nearest of the folded names.
// Aliases count only where folding leaves nothing of the name.
func likeness(names []string, n loaders.NodeJSON) float64 {
	own := foldAll(append([]string{n.Name}, n.Aliases...)...)
	if len(own) == 0 {
		return 0
	}
	best := 0.0
	for _, name := range names {
		best = max(best, similarity(name, own[0]))
	}
	return best
}
