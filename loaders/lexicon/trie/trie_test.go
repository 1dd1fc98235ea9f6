package trie_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"reformgraph/loaders/lexicon/trie"
)

func TestLongestPrefersTheLongerWord(t *testing.T) {
	tr := trie.Build(map[string][]int{"中": {1}, "中山": {2, 3}, "中山市": {4}, "山市": {5}, "𠮷林": {6}, "": {7}})
	if got, want := tr.Words(), 5; got != want {
		t.Errorf("words: got %d, want %d", got, want)
	}
	for _, c := range []struct {
		text   string
		at     int
		length int
		ids    []int
	}{
		{"去中山市看", 1, 3, []int{4}},
		{"去中山看", 1, 2, []int{2, 3}},
		{"去中山市看", 2, 2, []int{5}},
		{"去中山市看", 0, 0, nil},
		{"𠮷林", 0, 2, []int{6}},
		{"中", 0, 1, []int{1}},
		{"中", 1, 0, nil},
	} {
		length, ids, ok := tr.Longest([]rune(c.text), c.at)
		if length != c.length || !reflect.DeepEqual(ids, c.ids) || ok != (c.length > 0) {
			t.Errorf("Longest(%s, %d): got %d %v %v, want %d %v", c.text, c.at, length, ids, ok, c.length, c.ids)
		}
	}
}

func TestAllStopsWhenAsked(t *testing.T) {
	tr := trie.Build(map[string][]int{"甲": {1}, "甲乙": {2}, "甲乙丙": {3}})
	var got []int
	for n := range tr.All([]rune("甲乙丙"), 0) {
		got = append(got, n)
		if n == 2 {
			break
		}
	}
	if want := []int{1, 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// compare checks every position of the text against a search that tries every word.
func compare(t *testing.T, words map[string][]int, text string) {
	t.Helper()
	tr := trie.Build(words)
	runes := []rune(text)
	for at := range runes {
		rest := string(runes[at:])
		want := map[int][]int{}
		best := 0
		for w, ids := range words {
			if w != "" && strings.HasPrefix(rest, w) {
				n := len([]rune(w))
				want[n] = ids
				best = max(best, n)
			}
		}
		got := map[int][]int{}
		last := 0
		for n, ids := range tr.All(runes, at) {
			if n <= last {
				t.Fatalf("All(%q, %d): length %d after %d", text, at, n, last)
			}
			got[n], last = ids, n
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("All(%q, %d) of %v: got %v, want %v", text, at, words, got, want)
		}
		n, ids, ok := tr.Longest(runes, at)
		if n != best || ok != (best > 0) || ok && !reflect.DeepEqual(ids, want[best]) {
			t.Fatalf("Longest(%q, %d): got %d %v %v, want %d %v", text, at, n, ids, ok, best, want[best])
		}
	}
}

func TestTrieEqualsBruteForceOnRandomWords(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	draw := func(n, letters int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(rune(0x4E00 + rnd.IntN(letters)))
		}
		return b.String()
	}
	for round := range 40 {
		words := map[string][]int{}
		for i := range 1 + rnd.IntN(400) {
			w := draw(1+rnd.IntN(5), 2+round)
			words[w] = append(words[w], i)
		}
		compare(t, words, draw(200, 3+round))
	}
}

func FuzzTrie(f *testing.F) {
	f.Add("中 中山 山市", "去中山市")
	f.Add("a aa aaa", "aaaa")
	f.Add("𠮷 \x00", "𠮷\x00")
	f.Fuzz(func(t *testing.T, list, text string) {
		words := map[string][]int{}
		for i, w := range strings.Fields(strings.ToValidUTF8(list, "")) {
			words[w] = append(words[w], i)
		}
		compare(t, words, strings.ToValidUTF8(text, ""))
	})
}

func BenchmarkLongest(b *testing.B) {
	rnd := rand.New(rand.NewPCG(3, 4))
	words := map[string][]int{}
	for i := range 20000 {
		var w []rune
		for range 2 + rnd.IntN(3) {
			w = append(w, rune(0x4E00+rnd.IntN(2000)))
		}
		words[string(w)] = []int{i}
	}
	tr := trie.Build(words)
	text := make([]rune, 1<<20)
	for i := range text {
		text[i] = rune(0x4E00 + rnd.IntN(2000))
	}
	b.SetBytes(int64(len(string(text))))
	for b.Loop() {
		for at := range text {
			tr.Longest(text, at)
		}
	}
}
