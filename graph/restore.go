package graph

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Restore reads a dump into an empty store, in batches, and with it the dump's
// edition. The dump is held in memory and checked as a whole before anything is
// written: every line must be what Dump writes of the articles in it. If writing
// fails, the batches committed until then stay, and the store is no longer empty.
//
// Errors: ErrNotEmpty; ErrInvalid, naming the line or the article; those of
// Store.Apply.
func Restore(ctx context.Context, s Store, r io.Reader) error {
	info, err := s.Info(ctx)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if info.Articles > 0 {
		return fmt.Errorf("restore: %w: it holds %d articles", ErrNotEmpty, info.Articles)
	}
	edition, facts, err := readDump(r)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	for len(facts) > 0 {
		n, rows := 0, 0
		for n < len(facts) && n < MaxBatchArticles && (n == 0 || rows+facts[n].Rows() <= MaxBatchRows) {
			rows += facts[n].Rows()
			n++
		}
		if _, err := s.Apply(ctx, Batch{Edition: edition, Load: facts[:n]}); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		facts = facts[n:]
	}
	return nil
}

// readDump brings a dump back to the facts of each article, in id order, complete
// and valid.
func readDump(r io.Reader) (edition string, facts []Facts, err error) {
	in := bufio.NewReaderSize(r, 1<<20)
	d := dumpReader{articles: map[string]*Facts{}, places: map[string]Place{}, parents: map[string]string{}}
	lines := map[[sha256.Size]byte]int{} // number of each line after the first
	for n := 1; ; n++ {
		line, readErr := in.ReadBytes('\n')
		if readErr != nil && readErr != io.EOF {
			return "", nil, readErr
		}
		if len(line) == 0 && n > 1 {
			break
		}
		bad := func(format string, args ...any) error {
			return &InvalidError{Field: fmt.Sprintf("line %d", n), Reason: fmt.Sprintf(format, args...)}
		}
		line, whole := bytes.CutSuffix(line, []byte("\n"))
		if n == 1 {
			var h dumpHeader
			if err := json.Unmarshal(line, &h); err != nil || h.Format != DumpFormat || !bytes.Equal(line, CanonicalJSON(h)) {
				return "", nil, bad("is not the first line of a dump: want {\"edition\":…,\"format\":%q}", DumpFormat)
			}
			edition = h.Edition
		}
		if !whole {
			return "", nil, bad("has no end: the dump is cut off")
		}
		if n == 1 {
			continue
		}
		rec, err := readLine(line)
		if err != nil {
			return "", nil, bad("%v", err)
		}
		d.add(rec)
		sum := sha256.Sum256(line)
		if first := lines[sum]; first != 0 {
			return "", nil, bad("repeats line %d", first)
		}
		lines[sum] = n
	}
	facts, err = d.facts()
	if err != nil {
		return "", nil, err
	}
	return edition, facts, sameLines(facts, lines)
}

// sameLines checks that the lines read are the dump of these facts.
func sameLines(facts []Facts, lines map[[sha256.Size]byte]int) error {
	err := Records(facts, func(r Record) error {
		line := dumpLine(r)
		sum := sha256.Sum256(line)
		if lines[sum] == 0 {
			return &InvalidError{Field: "dump", Reason: fmt.Sprintf("lacks the line that follows from its articles: %.300s", line)}
		}
		delete(lines, sum)
		return nil
	})
	if err != nil {
		return err
	}
	if len(lines) > 0 {
		return &InvalidError{Field: fmt.Sprintf("line %d", slices.Min(slices.Collect(maps.Values(lines)))), Reason: "does not follow from the articles of the dump"}
	}
	return nil
}

// dumpReader gathers the records of a dump by article.
type dumpReader struct {
	articles map[string]*Facts
	places   map[string]Place
	parents  map[string]string
}

func (d *dumpReader) of(id string) *Facts {
	f := d.articles[id]
	if f == nil {
		f = &Facts{}
		d.articles[id] = f
	}
	return f
}

// add takes what facts are made of and passes over the nodes that follow from them.
func (d *dumpReader) add(rec Record) {
	switch {
	case rec.Edge != nil && rec.Edge.Type == MentionedIn:
		f := d.of(rec.Edge.To)
		f.Mentions = append(f.Mentions, mentionOf(*rec.Edge))
	case rec.Edge != nil && rec.Edge.Type == PartOf && labelOf(rec.Edge.From) == LabelPlace:
		d.parents[rec.Edge.From] = rec.Edge.To
	case rec.Edge != nil:
		c := claimOf(*rec.Edge)
		f := d.of(c.Article)
		f.Claims = append(f.Claims, c)
	case labelOf(rec.Node.ID) == LabelArticle:
		f := d.of(rec.Node.ID)
		f.Article, f.Unresolved = articleOf(*rec.Node)
	case labelOf(rec.Node.ID) == LabelPlace:
		d.places[rec.Node.ID] = placeOf(*rec.Node)
	}
}

func (d *dumpReader) facts() ([]Facts, error) {
	for id, p := range d.places {
		p.Parent = d.parents[id]
		d.places[id] = p
	}
	var facts []Facts
	for _, id := range slices.Sorted(maps.Keys(d.articles)) {
		f := *d.articles[id]
		if f.Article.ID == "" {
			return nil, &InvalidError{Article: id, Field: "article", Reason: "has edges, but no node in the dump"}
		}
		f.Places = f.needed(d.places)
		f.Complete()
		if err := f.Validate(); err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}

func articleOf(n NodeRecord) (Article, []Unresolved) {
	p := n.Props
	a := Article{ID: n.ID, Title: text(p, "title"), Outlet: text(p, "outlet"), URL: text(p, "url"),
		Published: text(p, "published"), PublishedPrecision: text(p, "published_precision"), Authors: texts(p, "authors"),
		Script: text(p, "script"), Home: text(p, "home"), Text: text(p, "text"), Given: texts(p, "given")}
	starts, ends, whys := ints(p, "unresolved_starts"), ints(p, "unresolved_ends"), texts(p, "unresolved_whys")
	runes := []rune(a.Text)
	var us []Unresolved
	for i := range starts {
		if i < len(ends) && i < len(whys) && 0 <= starts[i] && starts[i] <= ends[i] && ends[i] <= len(runes) {
			us = append(us, Unresolved{Start: starts[i], End: ends[i], Text: string(runes[starts[i]:ends[i]]), Why: whys[i]})
		}
	}
	return a, us
}

func placeOf(n NodeRecord) Place {
	p := n.Props
	pl := Place{ID: n.ID, Name: text(p, "name"), Level: text(p, "level"), From: text(p, "valid_from"), To: text(p, "valid_to"),
		Today: text(p, "today"), City: slices.Contains(n.Labels, LabelCity)}
	pl.Lat, _ = p["lat"].(float64)
	pl.Lon, _ = p["lon"].(float64)
	return pl
}

func mentionOf(e EdgeRecord) Mention {
	m := Mention{Node: e.From, Name: text(e.Props, "name"), Aliases: texts(e.Props, "aliases"),
		Starts: ints(e.Props, "starts"), Ends: ints(e.Props, "ends")}
	for k := range nodeProps[labelOf(e.From)] {
		if v, ok := e.Props[k]; ok {
			if m.Props == nil {
				m.Props = Props{}
			}
			m.Props[k] = v
		}
	}
	return m
}

func claimOf(e EdgeRecord) Claim {
	p := e.Props
	c := Claim{ID: text(p, "claim"), Article: text(p, "article"), Subject: e.From, Predicate: e.Type, Object: e.To,
		Quote: text(p, "quote"), Status: text(p, "status"), Rule: text(p, "rule")}
	start, _ := p["start"].(float64)
	end, _ := p["end"].(float64)
	c.Start, c.End = int(start), int(end)
	c.Confidence, _ = p["confidence"].(float64)
	schema, _ := SchemaOf(e.Type)
	for k := range schema.Props {
		if v, ok := p[k]; ok {
			if c.Props == nil {
				c.Props = Props{}
			}
			c.Props[k] = v
		}
	}
	return c
}

func text(p Props, key string) string { s, _ := p[key].(string); return s }

func texts(p Props, key string) []string {
	var out []string
	list, _ := p[key].([]any)
	for _, x := range list {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func ints(p Props, key string) []int {
	var out []int
	list, _ := p[key].([]any)
	for _, x := range list {
		if n, ok := x.(float64); ok {
			out = append(out, int(n))
		}
	}
	return out
}
