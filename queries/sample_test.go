package queries_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"reformgraph/graph"
	"reformgraph/queries"
)

func TestSample_sqlite(t *testing.T) { testSample(t, openSQLite(t)) }

func TestSample_neo4j(t *testing.T) { testSample(t, openNeo4j(t)) }

func testSample(t *testing.T, s graph.Store) {
	if got, err := queries.Sample(t.Context(), s, 5, 1); err != nil || len(got) != 0 {
		t.Fatalf("got %v and %v of an empty graph, want nothing", got, err)
	}
	load(t, s, "reform.txt")
	all, err := queries.Sample(t.Context(), s, 1e6, 1)
	if err != nil {
		t.Fatal(err)
	}
	claims := map[string]bool{}
	err = s.Export(t.Context(), func(r graph.Record) error {
		if r.Edge != nil && r.Edge.Props["claim"] != nil {
			claims[r.Edge.Props["claim"].(string)] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		delete(claims, c.ID)
		if !strings.Contains(c.Context, c.Quote) || c.SubjectName == "" || c.ObjectName == "" || c.Title == "" {
			t.Errorf("claim %s: got context %q, ends %q and %q, title %q: want the quote %q in the context, and names", c.ID, c.Context, c.SubjectName, c.ObjectName, c.Title, c.Quote)
		}
	}
	if len(claims) > 0 {
		t.Errorf("%d claims are not in the sample of all", len(claims))
	}

	few, err := queries.Sample(t.Context(), s, 7, 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all[:7], few); diff != "" {
		t.Errorf("a smaller sample is not the beginning of a larger one (-), but (+):\n%s", diff)
	}
	other, err := queries.Sample(t.Context(), s, 7, 2)
	if err != nil {
		t.Fatal(err)
	}
	id := func(c queries.SampledClaim) string { return c.ID }
	if slices.Equal(ids(few, id), ids(other, id)) {
		t.Error("got the same claims for two seeds, want others")
	}
	if _, err := queries.Sample(t.Context(), s, 0, 1); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("got %v for a sample of none, want an invalid parameter", err)
	}
}

func ids[T any](list []T, id func(T) string) []string {
	var out []string
	for _, x := range list {
		out = append(out, id(x))
	}
	return out
}

func TestSample_order(t *testing.T) {
	s := openSQLite(t)
	load(t, s, "reform.txt")
	before, err := queries.Sample(t.Context(), s, 1e6, 3)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: "fixture-1", Forget: []string{before[0].Article}}); err != nil {
		t.Fatal(err)
	}
	after, err := queries.Sample(t.Context(), s, 1e6, 3)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(slices.Clone(before), func(c queries.SampledClaim) bool { return c.Article == before[0].Article })
	id := func(c queries.SampledClaim) string { return c.ID }
	if diff := cmp.Diff(ids(want, id), ids(after, id)); diff != "" {
		t.Errorf("forgetting an article changed the order of other claims: want (-), got (+):\n%s", diff)
	}
}

func TestSample_context(t *testing.T) {
	long := strings.Repeat("长", 500)
	for _, c := range []struct{ text, quote, want string }{
		{"前一句。他说：“河长管河。”后一句。", "河长管河", "他说：“河长管河。”"},
		{"他说：“前一句。”河长管河！", "河长管河", "河长管河！"},
		{"标题\n　　河长管河，人人有责\n下一段", "河长管河", "河长管河，人人有责"},
		{"甲。河长管河。河长又管湖。乙。", "管河。河长又", "河长管河。河长又管湖。"},
		{"河长管河", "河长管河", "河长管河"},
		{long + "河长管河" + long, "河长管河", long[:600] + "河长管河" + long[:600]},
	} {
		start := len([]rune(c.text[:strings.Index(c.text, c.quote)]))
		if got := queries.Sentences([]rune(c.text), start, start+len([]rune(c.quote))); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestWriteSample(t *testing.T) {
	var b bytes.Buffer
	err := queries.WriteSample(&b, []queries.SampledClaim{{
		Claim:       queries.Claim{ID: "c1", Subject: "place:370300", Predicate: "MEASURED", Object: "figure:办件", Quote: "办件\n41", End: 5, Status: "done", Confidence: 0.8, Rule: "figure", Props: map[string]any{"value": 41.0}},
		SubjectName: "淄博市", ObjectName: "=办件", Title: "一,二", Context: "他说：“办件\n41。”"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{queries.SampleColumns, {"c1", "一,二", "", "", "他说：“办件\n41。”", "办件\n41", "淄博市", "MEASURED", "'=办件", "done", `{"value":41}`, "0.8", "figure",
		"place:370300", "figure:办件", "", "0", "5", ""}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
