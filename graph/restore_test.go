package graph

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRestoreGivesTheSameDump(t *testing.T) {
	bare := Facts{Article: Article{ID: "article:3", Text: "无"}}
	want := dumped(t, sample("1"), sample("2"), bare)
	var s fakeStore
	if err := Restore(t.Context(), &s, strings.NewReader(want)); err != nil {
		t.Fatal(err)
	}
	if s.edition != "e" {
		t.Errorf("got edition %q, want e", s.edition)
	}
	if got := dumped(t, s.facts...); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRestoreInBatches(t *testing.T) {
	var facts []Facts
	for i := range MaxBatchArticles + 1 {
		facts = append(facts, Facts{Article: Article{ID: fmt.Sprintf("article:%04d", i), Text: "无"}})
	}
	var s fakeStore
	if err := Restore(t.Context(), &s, strings.NewReader(dumped(t, facts...))); err != nil {
		t.Fatal(err)
	}
	if want := []int{MaxBatchArticles, 1}; !slices.Equal(s.batches, want) {
		t.Errorf("got batches of %v articles, want %v", s.batches, want)
	}
}

func TestRestoreRefuses(t *testing.T) {
	whole := dumped(t, sample("1"), sample("2"))
	lines := slices.Collect(strings.Lines(whole))
	replace := func(old, new string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("the dump lacks %s", old)
		}
		return strings.Replace(whole, old, new, 1)
	}
	without := func(part string) string {
		i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, part) })
		if i < 0 {
			t.Fatalf("the dump lacks %s", part)
		}
		return strings.Join(slices.Delete(slices.Clone(lines), i, i+1), "")
	}
	for name, c := range map[string]struct{ text, want string }{
		"Empty":             {"", "line 1"},
		"OtherFormat":       {replace("reformgraph-dump-1", "reformgraph-dump-2"), "line 1"},
		"NoHeader":          {strings.Join(lines[1:], ""), "line 1"},
		"CutOff":            {strings.TrimSuffix(whole, "\n"), "cut off"},
		"CutOffInLine":      {whole[:len(whole)-20], "line"},
		"NoJSON":            {replace(lines[3], "{\n"), "line 4"},
		"NeitherNodeOrEdge": {replace(lines[3], "{}\n"), "line 4: is neither a node nor an edge"},
		"EmptyLine":         {replace(lines[3], "\n"), "line 4"},
		"LineTwice":         {whole + lines[3], "repeats line 4"},
		"OtherSpacing":      {replace(`"labels":[`, `"labels": [`), "line"},
		"Quote":             {replace(`"quote":"增速`, `"quote":"速增`), "claims"},
		"ClaimID":           {replace(`"claim":"`, `"claim":"0`), ""},
		"Offset":            {replace(`"start":16`, `"start":16.5`), ""},
		"HugeOffset":        {replace(`"start":16`, `"start":1e300`), "claims"},
		"UnknownProperty":   {replace(`"status":"done"`, `"status":"done","extra":1`), ""},
		"ArticleMissing":    {without(`"node":"article:2"`), "no node in the dump"},
		"PlaceMissing":      {without(`"node":"place:CN"`), "not among the places"},
		"NodeMissing":       {without(`"node":"figure:增速"`), "lacks the line"},
		"MentionMissing":    {without(`"edge":"MENTIONED_IN","from":"figure:增速"`), ""},
		"NodeUnreached":     {whole + `{"labels":["Entity","Figure"],"node":"figure:无","props":{"name":"无"}}` + "\n", fmt.Sprintf("line %d: does not follow", len(lines)+1)},
		"TextHash":          {replace(`"text_sha256":"`, `"text_sha256":"0`), "lacks the line"},
		"PlaceInItself":     {replace(`{"edge":"PART_OF","from":"place:370000","props":{},"to":"place:CN"}`, `{"edge":"PART_OF","from":"place:370000","props":{},"to":"place:370300"}`), "lies in itself"},
		"NodeAttributes":    {replace(`"practice":"有解思维"`, `"practice":"别的"`), "lacks the line"},
	} {
		t.Run(name, func(t *testing.T) {
			var s fakeStore
			err := Restore(t.Context(), &s, strings.NewReader(c.text))
			if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an invalid dump with %q", err, c.want)
			}
			if len(s.facts) > 0 {
				t.Errorf("got %d articles written, want none", len(s.facts))
			}
		})
	}
}

func TestRestoreNeedsAnEmptyStore(t *testing.T) {
	f := sample("1")
	s := fakeStore{facts: []Facts{f}}
	if err := Restore(t.Context(), &s, strings.NewReader(dumped(t, sample("2")))); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("got %v, want %v", err, ErrNotEmpty)
	}
}

// No text makes readDump panic, and what it accepts is a dump, line by line.
func FuzzReadDump(f *testing.F) {
	whole := dumped(f, sample("1"))
	f.Add([]byte(whole))
	for line := range strings.Lines(whole) {
		f.Add([]byte(`{"edition":"e","format":"reformgraph-dump-1"}` + "\n" + line))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		edition, facts, err := readDump(bytes.NewReader(data))
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Errorf("got %v, want %v", err, ErrInvalid)
			}
			return
		}
		var b bytes.Buffer
		if err := Dump(t.Context(), &fakeStore{edition: edition, facts: facts}, &b); err != nil {
			t.Fatal(err)
		}
		got, want := slices.Sorted(strings.Lines(b.String())), slices.Sorted(strings.Lines(string(data)))
		if !slices.Equal(got, want) {
			t.Errorf("got lines %q, want %q", got, want)
		}
	})
}
