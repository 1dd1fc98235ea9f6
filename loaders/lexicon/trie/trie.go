// Package trie finds the words of a large list in text, quickly and without regular expressions.
package trie

import (
	"iter"
	"maps"
	"slices"
)

// Trie holds words over runes. Each word carries one or more ids, whose meaning is the caller's. A Trie is immutable
// once built and may be used by any number of goroutines.
//
// The edges out of the root, where nearly every look-up ends, are an array over the Basic Multilingual Plane; all
// others lie in one open-addressing hash table keyed by node and rune.
type Trie struct {
	root  [1 << 16]int32
	keys  []uint64
	next  []int32
	mask  uint64
	ids   [][]int // per node; nil: no word ends there
	words int
}

// Build makes a trie of the words and their ids. The empty word is left out. Ids are kept in the order given.
func Build(words map[string][]int) *Trie {
	runes := 0
	for w := range words {
		runes += len(w)/2 + 1
	}
	size := 16
	for size < runes*2 {
		size *= 2
	}
	t := &Trie{keys: make([]uint64, size), next: make([]int32, size), mask: uint64(size - 1), ids: make([][]int, 1, runes+1)}
	// Sorted, so that node numbers, and with them memory layout and speed, are the same in every run.
	for _, w := range slices.Sorted(maps.Keys(words)) {
		if w == "" {
			continue
		}
		node := int32(0)
		for _, r := range w {
			node = t.grow(node, r)
		}
		t.ids[node] = slices.Clone(words[w])
		if t.ids[node] == nil {
			t.ids[node] = []int{}
		}
		t.words++
	}
	return t
}

// Words returns the number of different words.
func (t *Trie) Words() int { return t.words }

func key(node int32, r rune) uint64 { return uint64(node)<<21 | uint64(uint32(r)) | 1<<63 }

func (t *Trie) slot(k uint64) uint64 { return k * 0x9E3779B97F4A7C15 >> 32 & t.mask }

func (t *Trie) step(node int32, r rune) int32 {
	if node == 0 && uint32(r) < 1<<16 {
		return t.root[r]
	}
	k := key(node, r)
	for i := t.slot(k); ; i = (i + 1) & t.mask {
		switch t.keys[i] {
		case k:
			return t.next[i]
		case 0:
			return 0
		}
	}
}

func (t *Trie) grow(node int32, r rune) int32 {
	if n := t.step(node, r); n != 0 {
		return n
	}
	n := int32(len(t.ids))
	t.ids = append(t.ids, nil)
	if node == 0 && uint32(r) < 1<<16 {
		t.root[r] = n
		return n
	}
	if len(t.ids)*2 > len(t.keys) {
		t.rehash()
	}
	t.put(key(node, r), n)
	return n
}

func (t *Trie) put(k uint64, n int32) {
	i := t.slot(k)
	for t.keys[i] != 0 {
		i = (i + 1) & t.mask
	}
	t.keys[i], t.next[i] = k, n
}

func (t *Trie) rehash() {
	keys, next := t.keys, t.next
	t.keys, t.next = make([]uint64, 2*len(keys)), make([]int32, 2*len(keys))
	t.mask = uint64(len(t.keys) - 1)
	for i, k := range keys {
		if k != 0 {
			t.put(k, next[i])
		}
	}
}

// Longest finds the longest word that begins at text[at]. The length is in runes; ok is false if no word begins there.
// The ids belong to the trie: do not change them.
func (t *Trie) Longest(text []rune, at int) (length int, ids []int, ok bool) {
	node := int32(0)
	for i := at; i < len(text); i++ {
		if node = t.step(node, text[i]); node == 0 {
			break
		}
		if w := t.ids[node]; w != nil {
			length, ids, ok = i+1-at, w, true
		}
	}
	return length, ids, ok
}

// All yields length in runes and ids of every word that begins at text[at], shortest first.
func (t *Trie) All(text []rune, at int) iter.Seq2[int, []int] {
	return func(yield func(int, []int) bool) {
		node := int32(0)
		for i := at; i < len(text); i++ {
			if node = t.step(node, text[i]); node == 0 {
				return
			}
			if w := t.ids[node]; w != nil && !yield(i+1-at, w) {
				return
			}
		}
	}
}
