package explain

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"reformgraph/graph"
	"reformgraph/loaders/article"
	"reformgraph/loaders/clean"
	"reformgraph/loaders/extract"
)

// made is an article as the chain might have read it: with a mark inside another
// one, two that cross, clutter, and a reason of each kind.
func made() extract.Trace {
	text := "首页 > 新闻\n临沂市委计划推行“夜谈”机制。该区试行。\n分享到"
	rule := extract.Rule{ID: "verb-quote", Says: "A verb and a quotation.", Example: "甲市推行“乙”。", Expected: "乙 IN 甲市", File: "rules.tsv", Line: 3}
	pattern := extract.Rule{ID: "tried", Says: "A pattern.", Pattern: "{P}试行", File: "spread.tsv", Line: 9, Status: "negated"}
	return extract.Trace{
		Facts: graph.Facts{
			Article: graph.Article{ID: "article:m", Title: "夜谈", Outlet: "示例报", Published: "2020-06-01", Script: "simplified", Home: "place:371300", Text: text},
			Places:  []graph.Place{{ID: "place:371300", Name: "临沂市"}},
			Mentions: []graph.Mention{
				{Node: "place:371300", Name: "临沂市", Starts: []int{8}, Ends: []int{11}},
				{Node: "org:371300:市委", Name: "临沂市委", Starts: []int{8}, Ends: []int{12}, Props: graph.Props{"kind": "party"}},
				{Node: "initiative:371300:夜谈", Name: "“夜谈”机制", Aliases: []string{"夜谈"}, Starts: []int{16}, Ends: []int{22}},
				{Node: "figure:行", Name: "行“夜谈”", Starts: []int{15}, Ends: []int{20}},
			},
			Claims: []graph.Claim{
				{Subject: "initiative:371300:夜谈", Predicate: graph.In, Object: "place:371300", Quote: "计划推行“夜谈”机制", Start: 12, End: 22, Status: "planned", Confidence: 0.8, Rule: "verb-quote",
					Props: graph.Props{"since": "2020-06-01", "basis": "reported", "precision": "day"}},
				{Subject: "place:CN", Predicate: graph.Undertakes, Object: "place:371300", Quote: "该区试行", Start: 23, End: 27, Status: "negated", Confidence: 0.5, Rule: "tried", Props: graph.Props{"since": "2019"}},
			},
			Unresolved: []graph.Unresolved{{Start: 23, End: 25, Text: "该区", Why: "no place of its kind named before"}},
		},
		Sentences: []clean.Span{{Start: 8, End: 23}, {Start: 23, End: 28}},
		Reasons: []extract.Reason{
			{Rule: rule, Status: clean.Span{Start: 12, End: 14}},
			{Rule: pattern, Date: clean.Span{Start: 25, End: 27}},
		},
	}
}

func TestExplainText(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, made(), false); err != nil {
		t.Fatal(err)
	}
	want := `夜谈  article:m
示例报  2020-06-01  home 临沂市 place:371300
4 nodes, 2 claims, 1 unresolved

not read: 首页 > 新闻

1 [[临沂市 Place]委 Organization]计划推[行[“夜谈” Initiative] Figure][机制 Initiative]。
  • “夜谈”机制 IN 临沂市  planned 0.80
      ends   initiative:371300:夜谈  place:371300
      rule   verb-quote: A verb and a quotation. (rules.tsv, line 3)
      as in  甲市推行“乙”。
      quote  计划推行“夜谈”机制 (12-22)
      says   basis=reported  precision=day  since=2020-06-01
      date   2020-06-01: no date in the text governs it, so it is known no later than the day of publication
      status planned because of “计划”

2 [该区 Unresolved]试行。
  • place:CN UNDERTAKES 临沂市  negated 0.50
      ends   place:CN  place:371300
      rule   tried: A pattern. (spread.tsv, line 9)
      quote  该区试行 (23-27)
      says   since=2019
      date   2019 from “试行”
      status negated: the rule's own words say so
  ? 该区: no place of its kind named before

not read: 分享到

`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Colours change nothing but the brackets.
func TestExplainTextColours(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, made(), true); err != nil {
		t.Fatal(err)
	}
	if want := "\x1b[34m\x1b[0m\x1b[32m临沂市\x1b[0m\x1b[34m委\x1b[0m"; !strings.Contains(b.String(), want) {
		t.Errorf("got %q, want %q in it", b.String(), want)
	}
	plain := escapes.ReplaceAllString(b.String(), "")
	for _, want := range []string{"1 临沂市委计划推行“夜谈”机制。\n", "Place Initiative Experience", "• “夜谈”机制 IN 临沂市  planned 0.80"} {
		if !strings.Contains(plain, want) {
			t.Errorf("got %q, want %q in it", plain, want)
		}
	}
}

// No article can send commands to the terminal.
func TestExplainTextShowsControlCharacters(t *testing.T) {
	trace := made()
	evil := "\x1b]0;owned\x07\u202e\u009b31m"
	trace.Facts.Article.Title, trace.Facts.Article.Outlet = evil, evil
	trace.Facts.Article.Text = strings.Replace(trace.Facts.Article.Text, "推行", "推\x1b", 1)
	trace.Facts.Claims[0].Quote, trace.Facts.Unresolved[0].Text = evil, evil
	var b bytes.Buffer
	if err := Text(&b, trace, false); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.ContainsAny(got, "\x1b\x07\u202e\u009b") || !strings.Contains(got, "␛]0;owned␇") {
		t.Errorf("got %q, want no control characters but signs for them", got)
	}
}

// pageOf renders traces and parses the page.
func pageOf(t *testing.T, traces ...extract.Trace) *html.Node {
	t.Helper()
	var b bytes.Buffer
	page, err := NewHTML(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range traces {
		if err := page.Article(trace); err != nil {
			t.Fatal(err)
		}
	}
	if err := page.Close(); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// all returns the elements of a tag and class; an empty one is any.
func all(root *html.Node, tag, class string) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (tag == "" || n.Data == tag) && (class == "" || strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")) {
			out = append(out, n)
		}
	}
	return out
}

// words is the text of a node but for what is for screen readers alone.
func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if attr(n, "class") == "unseen" {
		return ""
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(words(c))
	}
	return b.String()
}

// sound checks what holds for every page: it shows each text whole, loads and
// runs nothing, and each link leads to an element of the page.
func sound(t *testing.T, root *html.Node, traces ...extract.Trace) {
	t.Helper()
	ids := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "link", "img", "iframe", "object", "embed", "form", "base":
			t.Errorf("got an element %s, want a page that loads and runs nothing", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" {
				t.Errorf("got %s=%q on %s", a.Key, a.Val, n.Data)
			}
		}
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("got the id %s %d times", id, n)
		}
	}
	for _, a := range all(root, "a", "") {
		if target, ok := strings.CutPrefix(attr(a, "href"), "#"); !ok || ids[target] == 0 {
			t.Errorf("got a link to %q, want one to an element of the page", attr(a, "href"))
		}
	}
	articles := all(root, "article", "")
	if len(articles) != len(traces) {
		t.Fatalf("got %d articles, want %d", len(articles), len(traces))
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for i, a := range articles {
		var shown strings.Builder
		for _, li := range all(a, "li", "") {
			if class := attr(li, "class"); class == "clutter" {
				shown.WriteString(words(li))
			} else if class == "sentence" {
				shown.WriteString(words(all(li, "span", "words")[0]))
			}
		}
		f := traces[i].Facts
		if got, want := squeeze(shown.String()), squeeze(f.Article.Text); got != want {
			t.Errorf("%s: got text %q, want %q", f.Article.ID, got, want)
		}
		if got, want := len(all(a, "li", "claim")), len(f.Claims)+len(f.Unresolved); got != want {
			t.Errorf("%s: got %d claims and problems, want %d", f.Article.ID, got, want)
		}
	}
}

func TestExplainHTML(t *testing.T) {
	traces := []extract.Trace{made(), made()}
	root := pageOf(t, traces...)
	sound(t, root, traces...)
	var marks []string
	for _, m := range all(all(root, "ol", "sentences")[0], "mark", "") {
		marks = append(marks, attr(m, "class")+" "+words(m)+" "+attr(m, "id"))
	}
	want := "Organization 临沂市委 a1-m1|Place 临沂市 a1-m2|Figure 行“夜谈” a1-m3|Initiative “夜谈” a1-m4|Initiative 机制 |Unresolved 该区 a1-m5"
	if got := strings.Join(marks, "|"); got != want {
		t.Errorf("got marks\n%s\nwant\n%s", got, want)
	}
	claim := all(root, "li", "planned")[0]
	links := all(claim, "a", "")
	if len(links) != 2 || attr(links[0], "href") != "#a1-m4" || attr(links[1], "href") != "#a1-m2" {
		t.Errorf("got links of the first claim that do not lead to its initiative and place")
	}
	for _, want := range []string{"“夜谈”机制 IN 临沂市", "计划推行“夜谈”机制", "12–22", "planned because of “计划”", "verb-quote A verb and a quotation.", "甲市推行“乙”。", "rules.tsv, line 3"} {
		if !strings.Contains(words(claim), want) {
			t.Errorf("got claim %q, want %q in it", words(claim), want)
		}
	}
	if got := words(all(root, "li", "negated")[0]); !strings.Contains(got, "{P}试行") {
		t.Errorf("got claim %q, want its pattern in it", got)
	}
}

// Whatever an article says is text.
func TestExplainHTMLHostileText(t *testing.T) {
	trace := made()
	evil := `"><script>alert(1)</script><img src=x onerror=alert(1)>' onmouseover='x`
	f := &trace.Facts
	f.Article.Text += evil
	f.Article.ID, f.Article.Title, f.Article.Outlet, f.Article.Published, f.Article.Home = "article:"+evil, evil, evil, evil, evil
	f.Mentions[0].Name, f.Mentions[1].Aliases, f.Mentions[2].Node = evil, []string{evil}, "initiative:CN:"+evil
	f.Claims[0].Quote, f.Claims[0].Subject, f.Claims[1].Props["since"], f.Claims[1].Status = evil, evil, evil, evil
	f.Unresolved[0].Text, f.Unresolved[0].Why = evil, evil
	trace.Reasons[0].Rule.Says, trace.Reasons[1].Rule.Pattern = evil, evil
	root := pageOf(t, trace)
	sound(t, root, trace)
	if got := words(all(root, "h1", "")[0]); got != evil {
		t.Errorf("got title %q, want %q", got, evil)
	}
}

// Every claim that the chain makes of the texts of this project has a rule that is
// described with an example, and each text is shown whole.
func TestExplainEveryRuleThatIsUsed(t *testing.T) {
	chain, err := extract.Load()
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"../../examples", "../eval/testdata/spread.ndjson"}
	texts, err := filepath.Glob("../eval/testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range texts {
		if _, err := os.Stat(strings.TrimSuffix(path, ".txt") + ".gold.json"); err == nil {
			paths = append(paths, path)
		}
	}
	var traces []extract.Trace
	claims := 0
	for item, err := range article.Read(context.Background(), paths, article.Options{Today: "2026-01-01"}) {
		if err != nil {
			t.Fatal(err)
		}
		trace := chain.Trace(chain.Prepare(item.Article))
		traces = append(traces, trace)
		runes := []rune(trace.Facts.Article.Text)
		for i, c := range trace.Facts.Claims {
			claims++
			if r := trace.Reasons[i].Rule; r.Says == "" || r.Example == "" {
				t.Errorf("%s: got claim %s by rule %q, which is not described with an example in loaders/lexicon: see rules.tsv", c.Article, c.Quote, c.Rule)
			}
			if got := string(runes[c.Start:c.End]); got != c.Quote {
				t.Errorf("%s: got quote %q, want %q", c.Article, c.Quote, got)
			}
		}
		if err := Text(&bytes.Buffer{}, trace, true); err != nil {
			t.Fatal(err)
		}
	}
	if len(traces) < 30 || claims < 200 {
		t.Errorf("got %d articles and %d claims, want more", len(traces), claims)
	}
	sound(t, pageOf(t, traces...), traces...)
}

func TestExplainNothingRead(t *testing.T) {
	trace := extract.Trace{Facts: graph.Facts{Article: graph.Article{ID: "article:n", Text: "　"}}}
	sound(t, pageOf(t, trace), trace)
	var b bytes.Buffer
	if err := Text(&b, trace, false); err != nil || !strings.Contains(b.String(), "0 nodes, 0 claims, 0 unresolved") {
		t.Errorf("got %v and %q, want no nodes", err, b.String())
	}
	if got := words(pageOf(t)); !strings.Contains(got, "No article was read.") {
		t.Errorf("got %q, want a page that says that no article was read", got)
	}
}

// Of several marks of a node a claim leads to the one nearest to its quote.
func TestExplainHTMLNearestMark(t *testing.T) {
	trace := made()
	trace.Facts.Mentions[0].Starts, trace.Facts.Mentions[0].Ends = []int{8, 25}, []int{11, 27}
	root := pageOf(t, trace)
	sound(t, root, trace)
	for class, want := range map[string]string{"planned": "#a1-m2", "negated": "#a1-m6"} {
		links := all(all(root, "li", class)[0], "a", "")
		if got := attr(links[len(links)-1], "href"); got != want {
			t.Errorf("%s: got a link to %s, want %s", class, got, want)
		}
	}
}
