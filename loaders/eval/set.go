package eval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders"
	"reformgraph/loaders/article"
	"reformgraph/loaders/ingest"
)

// goldEnding is how the name of an annotated article's file ends.
const goldEnding = ".gold.json"

// Set is annotated material to measure a chain on.
type Set struct {
	gold     []*Gold
	texts    []string // the files of the gold's articles, in the same order
	passages []Passage
	files    []string // the files of the passages
}

// OpenSet reads annotated articles (files named *.gold.json) and annotated
// passages (*.ndjson), in the order given; of a folder all that lie directly in
// it, by name. The text of ID.gold.json is the one file ID.txt, ID.md or ID.html
// in textDir, or beside it if textDir is "". An error names the file.
func OpenSet(paths []string, textDir string) (*Set, error) {
	var s Set
	for _, p := range paths {
		files, err := annotated(p)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if err := s.read(f, textDir); err != nil {
				return nil, fmt.Errorf("%s: %w", f, err)
			}
		}
	}
	return &s, nil
}

// annotated lists the files to read of a path: itself, or what a folder holds.
func annotated(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && (strings.HasSuffix(e.Name(), goldEnding) || filepath.Ext(e.Name()) == ".ndjson") {
			files = append(files, filepath.Join(path, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no annotated article (*%s) and no passages (*.ndjson) in this folder", path, goldEnding)
	}
	return files, nil
}

func (s *Set) read(file, textDir string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if filepath.Ext(file) == ".ndjson" {
		passages, err := ReadPassages(bytes.NewReader(raw))
		if err != nil {
			return err
		}
		s.passages, s.files = append(s.passages, passages...), append(s.files, file)
		return nil
	}
	id, ok := strings.CutSuffix(filepath.Base(file), goldEnding)
	if !ok {
		return fmt.Errorf("is neither an annotated article (*%s) nor a file of passages (*.ndjson)", goldEnding)
	}
	g, err := ReadGold(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if textDir == "" {
		textDir = filepath.Dir(file)
	}
	var texts []string
	for _, ext := range []string{".txt", ".md", ".html"} {
		text := filepath.Join(textDir, id+ext)
		if _, err := os.Stat(text); err == nil {
			texts = append(texts, text)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if len(texts) != 1 {
		return fmt.Errorf("found %d texts of the article: want one of %s.txt, .md or .html in %s", len(texts), id, textDir)
	}
	s.gold, s.texts = append(s.gold, g), append(s.texts, texts[0])
	return nil
}

// Report is how well a chain does on a set. What the set lacks is nil.
type Report struct {
	Articles *ArticleScore
	Spread   *SpreadScore
	// Counts of what was measured.
	ArticleCount, PassageCount int
}

// Measure runs the loader's chain over the texts of the set, as `reformgraph
// extract` does, and compares. An article that cannot be read is an error.
func (s *Set) Measure(ctx context.Context, l *ingest.Loader) (*Report, error) {
	r := &Report{ArticleCount: len(s.gold), PassageCount: len(s.passages)}
	if len(s.gold) > 0 {
		facts, err := readFacts(ctx, l, s.texts, len(s.gold))
		if err != nil {
			return nil, err
		}
		texts := make([]string, len(facts))
		for i, f := range facts {
			texts[i] = f.Article.Text
		}
		score := ScoreArticles(s.gold, rendered(facts), texts)
		r.Articles = &score
	}
	if len(s.passages) > 0 {
		facts, err := readFacts(ctx, l, s.files, len(s.passages))
		if err != nil {
			return nil, err
		}
		for i, p := range s.passages {
			if f := facts[i]; f.Article.ID != graph.ArticleID(p.ID, "", "") {
				return nil, fmt.Errorf("passage %s was read as %s", p.ID, f.Article.ID)
			}
		}
		score := ScoreSpread(s.passages, rendered(facts))
		r.Spread = &score
	}
	return r, nil
}

// readFacts reads the files, which hold n articles in all.
func readFacts(ctx context.Context, l *ingest.Loader, files []string, n int) ([]graph.Facts, error) {
	out := make([]graph.Facts, 0, n)
	for f, err := range l.Extract(ctx, article.Read(ctx, files, article.Options{})) {
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(out) != n {
		return nil, fmt.Errorf("%s: hold %d articles, want %d", strings.Join(slices.Compact(files), ", "), len(out), n)
	}
	return out, nil
}

func rendered(facts []graph.Facts) []loaders.FactsJSON {
	out := make([]loaders.FactsJSON, len(facts))
	for i, f := range facts {
		out[i] = loaders.ToJSON(f)
	}
	return out
}
