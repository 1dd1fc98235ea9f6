package queries_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/queries"
)

func TestAnswer_formats(t *testing.T) {
	s := openSQLite(t)
	load(t, s, "reform.txt")
	a, err := queries.Run(t.Context(), s, "spread", url.Values{"experience": {"有解思维"}, "limit": {"7"}, "until": {"2022"}})
	if err != nil {
		t.Fatal(err)
	}
	write := func(format string) string {
		var b bytes.Buffer
		if err := a.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	rows, err := csv.NewReader(strings.NewReader(write("csv"))).ReadAll()
	if err != nil || len(rows) != 8 {
		t.Fatalf("csv: %v, %d lines, want 8", err, len(rows))
	}
	if tail := rows[0][len(rows[0])-4:]; !slices.Equal(tail, []string{"evidence_article", "evidence_quote", "evidence_start", "evidence_end"}) {
		t.Errorf("csv ends in the columns %v", tail)
	}
	if got := strings.Count(write("ndjson"), "\n"); got != 7 {
		t.Errorf("ndjson has %d lines, want 7", got)
	}
	table := strings.Split(write("table"), "\n")
	if got, want := strings.Index(table[0], "place_name"), strings.Index(table[2], "淄博市"); got < 0 || want < 0 {
		t.Errorf("the table has no place_name or 淄博市:\n%s\n%s", table[0], table[2])
	}
	if err := a.Write(&bytes.Buffer{}, "xml"); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("an unknown format: %v, want ErrInvalid", err)
	}
}

func TestInert(t *testing.T) {
	for text, want := range map[string]string{"": "", "淄博": "淄博", "=1+1": "'=1+1", "@cmd": "'@cmd", "-5": "-5", "+3.2": "+3.2", "-a": "'-a", "\tx": "'\tx",
		"\rx": "'\rx", "\nx": "'\nx", "＝1+1": "'＝1+1", "－5": "'－5", "1=1": "1=1", "-5%": "'-5%", "+1-1": "'+1-1", "-1e3": "-1e3", "\xff=1": "\xff=1"} {
		if got := queries.Inert(text); got != want {
			t.Errorf("Inert(%q) = %q, want %q", text, got, want)
		}
	}
}
