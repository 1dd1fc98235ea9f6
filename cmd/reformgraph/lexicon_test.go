package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
)

// The examples of docs/lexicon.md, one for each file, make a lexicon that works.
func TestLexiconDocumented(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "lexicon.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	blocks := regexp.MustCompile("(?ms)^```tsv ([a-z]+\\.tsv)\n(.*?)^```$").FindAllStringSubmatch(string(doc), -1)
	for _, b := range blocks {
		if err := os.WriteFile(filepath.Join(dir, b[1]), []byte(b[2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	embedded, err := filepath.Glob(filepath.Join("..", "..", "loaders", "lexicon", "*.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	// places.tsv has no embedded counterpart; rules.tsv and confidence.tsv are not for adding.
	if len(blocks) != len(embedded)-1 {
		t.Errorf("got examples of %d files, want %d: one for each that may be added to", len(blocks), len(embedded)-1)
	}
	for _, domain := range graph.Domains {
		if !strings.Contains(string(doc), domain) {
			t.Errorf("domain %s is not named", domain)
		}
	}
	m := Main{config: Config{Lexicon: dir}}
	chain, err := m.chain()
	if err != nil {
		t.Fatal(err)
	}
	f := chain.Extract(graph.Article{ID: "article:t", Published: "2021-05-06", PublishedPrecision: "day", Given: []string{"published"},
		Text: "瓷都城铺展板凳夜谈，夜谈促进会到淄博市淄川区新造镇观摩。未来科技新区推行护河制。淄博市首席夜谈官南荣明远主持“灯下”议事法。"})
	var got []string
	for _, n := range f.Mentions {
		got = append(got, n.Node)
	}
	for _, want := range []string{"experience:楼栋夜谈", "initiative:370300:楼栋夜谈", "org:CN:省夜谈促进会", "place:370303/新造镇",
		"place:370300/淄川未来科技新区", "experience:河长制", "leader:南荣明远@370300"} {
		if !slices.Contains(got, want) {
			t.Errorf("got %v, want %s among them", got, want)
		}
	}
}
