package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"reformgraph/queries"
)

// What a load did is told from the revision before it, and ends with the
// revision after it.
func TestChanges(t *testing.T) {
	t.Chdir(t.TempDir())
	run := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		m := Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Version: "test"}
		if status := m.Run(t.Context(), args); status != exitDone {
			t.Fatalf("%v: got status %d, want %d: %s", args, status, exitDone, errs.String())
		}
		return out.String()
	}
	revision := func() string {
		t.Helper()
		var a struct{ Revision string }
		if err := json.Unmarshal([]byte(run("query", "experiences")), &a); err != nil {
			t.Fatal(err)
		}
		return a.Revision
	}
	load := func(lines string) {
		t.Helper()
		if err := os.WriteFile("news.ndjson", []byte(lines), 0o644); err != nil {
			t.Fatal(err)
		}
		run("load", "news.ndjson")
	}
	load(`{"id":"a","published":"2023-02-03","text":"淄博市2018年起推行河长制，河道有人管。"}`)
	before := revision()
	if got := run("changes", "--since", before); got != "" {
		t.Errorf("got %q, want nothing yet", got)
	}
	load(`{"id":"b","published":"2023-05-06","text":"烟台市推行河长制，河道有人管。"}`)
	run("forget", "article:a")
	lines := strings.Split(strings.TrimSpace(run("changes", "--since", before)), "\n")
	var got []queries.Change
	for _, l := range lines {
		var c queries.Change
		if err := json.Unmarshal([]byte(l), &c); err != nil {
			t.Fatal(err)
		}
		got = append(got, c)
	}
	if len(got) != 2 || got[0].Article != "article:b" || got[0].Outcome != "new" || len(got[0].ClaimsAdded) == 0 || len(got[0].ClaimsRemoved) != 0 ||
		got[1].Article != "article:a" || got[1].Outcome != "forgotten" || len(got[1].ClaimsRemoved) == 0 {
		t.Errorf("got %+v, want article:b new and article:a forgotten, with their claims", got)
	}
	if last := got[len(got)-1].Revision; last != revision() {
		t.Errorf("got %s on the last line, want the revision of the graph %s", last, revision())
	}
}
