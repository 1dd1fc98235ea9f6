package eval

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"reformgraph/graph"
	"reformgraph/loaders"
)

const goldExample = `{
 "article": {"id": "x"},
 "entities": [
  {"key": "p1", "type": "Place", "name": "莒南县", "accept": ["莒南"]},
  {"key": "p2", "type": "Place", "name": "山东省", "core": false},
  {"key": "i1", "type": "Initiative", "name": "“路灯”工作法", "accept": ["路灯"], "props": {"date": "2020-05"}},
  {"key": "e1", "type": "Experience", "name": "路灯"},
  {"key": "f1", "type": "Figure", "name": "点亮的村", "props": {"value": 31}}],
 "claims": [
  {"subject": "i1", "predicate": "IN", "object": "p1"},
  {"subject": "i1", "predicate": "IN", "object": "p2", "core": false},
  {"subject": "i1", "predicate": "APPLIES", "object": "e1"},
  {"subject": "i1", "predicate": "MEASURED", "object": "f1"}]}`

// exampleFacts is an extraction of a text of which it has found half.
func exampleFacts() (loaders.FactsJSON, string) {
	text := "莒南县2020年5月推行“路灯”工作法，平邑县没有。"
	return loaders.FactsJSON{
		Article: loaders.ArticleJSON{ID: "article:x"},
		Nodes: []loaders.NodeJSON{
			{ID: "place:371327", Type: "Place", Name: "莒南", Mentions: []loaders.SpanJSON{{Start: 0, End: 2, Text: "莒南"}}},
			{ID: "place:371326", Type: "Place", Name: "平邑县", Mentions: []loaders.SpanJSON{{Start: 20, End: 23, Text: "平邑县"}}},
			{ID: "initiative:371327:路灯", Type: "Initiative", Name: "路灯工作", Mentions: []loaders.SpanJSON{{Start: 99, End: 101, Text: "路灯"}}},
		},
		Claims: []loaders.ClaimJSON{
			{Subject: "initiative:371327:路灯", Predicate: "IN", Object: "place:371327", Start: 0, End: 3, Quote: "莒南县", Confidence: 0.9, Props: graph.Props{"since": "2020-05"}},
			{Subject: "initiative:371327:路灯", Predicate: "IN", Object: "place:371326", Start: 0, End: 3, Quote: "平邑县", Confidence: 0.55},
		},
	}, text
}

func TestScoreArticles(t *testing.T) {
	g, err := ReadGold(strings.NewReader(goldExample))
	if err != nil {
		t.Fatal(err)
	}
	got, text := exampleFacts()
	s := ScoreArticles([]*Gold{g}, []loaders.FactsJSON{got}, []string{text})

	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"entities, exact", s.Exact.Entities, Counts{"Place": {1, 1, 0}, "Initiative": {0, 1, 1}, "Experience": {0, 0, 1}, "Figure": {0, 0, 1}}},
		{"entities, relaxed", s.Relaxed.Entities, Counts{"Place": {1, 1, 0}, "Initiative": {1, 0, 0}, "Experience": {0, 0, 1}, "Figure": {0, 0, 1}}},
		{"claims, exact", s.Exact.Claims, Counts{"IN": {0, 2, 1}, "APPLIES": {0, 0, 1}, "MEASURED": {0, 0, 1}}},
		{"claims, relaxed", s.Relaxed.Claims, Counts{"IN": {1, 1, 0}, "APPLIES": {0, 0, 1}, "MEASURED": {0, 0, 1}}},
		{"all claims, relaxed", s.Relaxed.Claims.All(), Count{1, 1, 2}},
		{"attributes", s.Attributes, map[string]*Share{"date": {1, 1}}},
		{"provenance", s.Provenance, Share{3, 5}},
		{"sure claims", s.Bins[5].Share, Share{1, 1}},
		{"unsure claims", s.Bins[1].Share, Share{0, 1}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", c.what, diff)
		}
	}
	if got, want := s.Error(), (0.1+0.55)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("got calibration error %v, want %v", got, want)
	}
}

func TestScoreSpread(t *testing.T) {
	passages, err := ReadPassages(strings.NewReader(`{"id": "a", "ties": [{"tie": "ADOPTS", "what": ["路灯工作法", "路灯"], "where": ["莒南县"], "status": "done", "date": "2020"},` +
		`{"tie": "LEARNED_FROM", "who": ["平邑县"], "from": ["莒南县"], "status": "planned"},` +
		`{"tie": "PROMOTED_TO", "what": ["路灯"], "where": ["山东省"], "core": false}]}` + "\n\n" + `{"id": "b", "ties": []}`))
	if err != nil {
		t.Fatal(err)
	}
	node := func(id, name string) loaders.NodeJSON { return loaders.NodeJSON{ID: id, Name: name} }
	claim := func(s, p, o, status string, props graph.Props) loaders.ClaimJSON {
		return loaders.ClaimJSON{Subject: s, Predicate: p, Object: o, Status: status, Props: props, Confidence: 0.75}
	}
	got := []loaders.FactsJSON{{
		Nodes: []loaders.NodeJSON{node("initiative:371327:路灯", "“路灯”"), node("experience:路灯", "路灯"), node("place:371327", "莒南县")},
		Claims: []loaders.ClaimJSON{
			claim("initiative:371327:路灯", "IN", "place:371327", "done", graph.Props{"since": "2020-05"}),
			claim("initiative:371327:路灯", "APPLIES", "experience:路灯", "done", nil),
			claim("initiative:371327:路灯", "PROMOTED_TO", "place:山东省", "planned", nil),
			claim("place:平邑县", "LEARNED_FROM", "place:371327", "done", nil),
			claim("place:平邑县", "LEARNED_FROM", "place:371327", "planned", nil),
		}}, {
		Claims: []loaders.ClaimJSON{claim("experience:路灯", "ORIGINATED_IN", "place:莒南县", "done", nil)}}}
	s := ScoreSpread(passages, got)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"ties", s.Ties, Counts{"ADOPTS": {1, 0, 0}, "LEARNED_FROM": {1, 0, 0}, "ORIGINATED_IN": {0, 1, 0}}},
		{"status", s.Status, Share{1, 2}},
		{"date", s.Date, Share{1, 1}},
		{"misses", s.Misses, []Miss{{"b", true, "tie", "ORIGINATED_IN", "路灯 -> 莒南县"}}},
		{"confidence", s.Bins[3].Share, Share{3, 4}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", c.what, diff)
		}
	}
}

func TestScoreNothing(t *testing.T) {
	var n Count
	if _, ok := n.Precision(); ok {
		t.Error("got a precision of nothing, want none")
	}
	if _, ok := n.F1(); ok {
		t.Error("got an F1 of nothing, want none")
	}
	if f, ok := (Count{FN: 3}).F1(); f != 0 || !ok {
		t.Errorf("got F1 %v, %v where all is missed, want 0", f, ok)
	}
}

func TestReadGoldErrors(t *testing.T) {
	for _, c := range []struct{ name, gold, want string }{
		{"NoJSON", `entities`, "not an annotated article"},
		{"NoKey", `{"entities": [{"type": "Place", "name": "临沂"}]}`, "entities[0].key is empty"},
		{"KeyTwice", `{"entities": [{"key": "p", "type": "Place", "name": "临沂"}, {"key": "p", "type": "Place", "name": "莒县"}]}`, `entities[1].key "p" stands twice`},
		{"UnknownType", `{"entities": [{"key": "p", "type": "Town", "name": "临沂"}]}`, `entities[0].type "Town"`},
		{"ArticleIsNoEntity", `{"entities": [{"key": "p", "type": "Article", "name": "临沂"}]}`, `entities[0].type "Article"`},
		{"OnlyMarks", `{"entities": [{"key": "p", "type": "Place", "name": "“”"}]}`, "entities[0].name is empty"},
		{"UnknownPredicate", `{"claims": [{"predicate": "LIKES"}]}`, `claims[0].predicate "LIKES"`},
		{"UnknownEnd", `{"entities": [{"key": "p", "type": "Place", "name": "临沂"}], "claims": [{"subject": "p", "predicate": "IN", "object": "q"}]}`, `claims[0].object "q"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadGold(strings.NewReader(c.gold))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestReadPassagesErrors(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"NoJSON", "{", "line 2: not a passage"},
		{"NoID", `{"text": "…"}`, "line 2: id is empty"},
		{"UnknownTie", `{"id": "a", "ties": [{"tie": "LIKES"}]}`, `line 2: ties[0].tie "LIKES"`},
		{"NoEnd", `{"id": "a", "ties": [{"tie": "LEARNED_FROM", "what": ["甲"], "where": ["乙"]}]}`, "line 2: ties[0] lacks an end: LEARNED_FROM needs who and from"},
		{"UnknownStatus", `{"id": "a", "ties": [{"tie": "ADOPTS", "what": ["甲"], "where": ["乙"], "status": "maybe"}]}`, `line 2: ties[0].status "maybe"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadPassages(strings.NewReader(`{"id": "ok"}` + "\n" + c.line + "\n"))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestOpenSetErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("none/readme.txt", "不是标注")
	two := write("two/a.gold.json", goldExample)
	write("two/a.txt", "甲")
	write("two/a.md", "乙")
	lone := write("lone/b.gold.json", goldExample)
	for _, c := range []struct{ name, path, text, want string }{
		{"Absent", filepath.Join(dir, "absent"), "", "no such file"},
		{"NothingAnnotated", filepath.Join(dir, "none"), "", "no annotated article"},
		{"TwoTexts", two, "", "a.gold.json: found 2 texts"},
		{"NoText", lone, "", "b.gold.json: found 0 texts"},
		{"NoTextThere", two, filepath.Join(dir, "none"), "want one of a.txt"},
		{"OtherFile", filepath.Join(dir, "none", "readme.txt"), "", "is neither an annotated article"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := OpenSet([]string{c.path}, c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}
