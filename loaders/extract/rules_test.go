package extract

import (
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/loaders/lexicon"
)

// read extracts a text published on a Monday in June 2020.
func read(t *testing.T, text string) graph.Facts {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	f := c.Extract(graph.Article{ID: "article:t", Text: text, Published: "2020-06-01", PublishedPrecision: "day", Given: []string{"published"}})
	if err := f.Validate(); err != nil {
		t.Fatalf("invalid facts of %q: %v", text, err)
	}
	return f
}

// says lists the claims as FROM PREDICATE TO, by name, with the rule behind.
func says(f graph.Facts) []string {
	names := map[string][]string{}
	for _, m := range f.Mentions {
		names[m.Node] = append([]string{m.Name}, m.Aliases...)
	}
	for _, p := range f.Places {
		names[p.ID] = append(names[p.ID], p.Name)
	}
	var out []string
	for _, c := range f.Claims {
		for _, a := range names[c.Subject] {
			for _, b := range names[c.Object] {
				out = append(out, trimQuotes(a)+" "+string(c.Predicate)+" "+trimQuotes(b)+" "+c.Rule)
			}
		}
	}
	return out
}

func TestRuleFilesEachExampleGivesWhatItSays(t *testing.T) {
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	c := chain(t)
	for _, rows := range [][]lexicon.Row{lex.Spread, lex.Honours, lex.Relations} {
		for _, r := range rows {
			if err := c.try(r.Field(5), r.Field(6), r.Field(0)); err != nil {
				t.Error(r.Errorf("%v", err))
			}
		}
	}
}

func TestRuleConfidenceIsOfRulesThatExist(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.lex.Confidence {
		if _, ok := c.Rule(r.Field(0)); !ok {
			t.Errorf("%v", r.Errorf("no rule is called %q: count anew", r.Field(0)))
		}
	}
	for _, row := range []lexicon.Row{{Fields: []string{"a", "x", "3"}}, {Fields: []string{"a", "4", "3"}}, {Fields: []string{"a", "-1", "3"}}} {
		if got, err := confidences([]lexicon.Row{row}); err == nil {
			t.Errorf("counts %v give %v, want an error", row.Fields, got)
		}
	}
	if got, _ := confidences([]lexicon.Row{{Fields: []string{"a", "0", "0"}}}); got["a"] != 0.75 {
		t.Errorf("a rule never seen has confidence %v, want 0.75", got["a"])
	}
}

func TestWhenSpokenDaysCountFromPublication(t *testing.T) {
	for text, want := range map[string]string{
		"今天（6月1日），合肥市推行“夜间议事”机制。":             "2020-06-01",
		"昨天，合肥市推行“夜间议事”机制。":                   "2020-05-31",
		"上个月，合肥市推行“夜间议事”机制。":                  "2020-05",
		"上周五，合肥市推行“夜间议事”机制。":                  "2020-05-29",
		"28日，合肥市推行“夜间议事”机制。":                  "2020-05-28",
		"7年前，合肥市推行“夜间议事”机制。":                  "2013",
		"2018年2月，合肥市启动试验。同年5月，合肥市推行“夜间议事”机制。": "2018-05",
		"日前，合肥市推行“夜间议事”机制。":                   "2020-06-01", // on the first of a month it may mean the last one
	} {
		found := false
		f := read(t, text)
		for _, c := range f.Claims {
			if c.Predicate == graph.In && strings.Contains(c.Subject, "夜间议事") {
				found = true
				if got, _ := c.Props["since"].(string); got != want {
					t.Errorf("%s is dated %q, want %q", text, got, want)
				}
			}
		}
		if !found {
			t.Errorf("%s: nothing found", text)
		}
	}
}

func TestIssueWhoPutADocumentOut(t *testing.T) {
	for text, want := range map[string]string{
		"教育部、水利部等五部门日前联合印发《夜间议事实施办法》。":                "教育部 ISSUED 夜间议事实施办法|水利部 ISSUED 夜间议事实施办法",
		"《夜间议事管理规定》由合肥市人大常委会审议通过。":                    "合肥市人大常委会 ISSUED 夜间议事管理规定",
		"陆明远主持中央全面深化改革委员会第三次会议，会议审议通过《夜间议事实施方案》。":     "中央全面深化改革委员会 ISSUED 夜间议事实施方案",
		"会议听取了国务院关于夜间议事工作情况的报告。大会审议国务院关于楼栋管家工作情况的意见。": "国务院 ISSUED 关于楼栋管家工作情况的意见",
		"记者介绍了水利部日前印发的《夜间议事实施办法》。":                    "水利部 ISSUED 夜间议事实施办法",
		"今天出版的《人民日报》刊发评论员文章《说夜间议事》。":                  "人民日报 ISSUED 说夜间议事",
	} {
		got := "|" + strings.Join(says(read(t, text)), "|")
		for _, w := range strings.Split(want, "|") {
			if !strings.Contains(got, "|"+w+" ") {
				t.Errorf("%s: missing %s in %s", text, w, got)
			}
		}
	}
}

func TestFigureValuesAndWhoseTheyAre(t *testing.T) {
	for text, want := range map[string]float64{
		"合肥市推行“夜间议事”机制，三分之一的社区开始参与。":     0.333,
		"合肥市推行“夜间议事”机制，百分之六十的社区开始参与。":    60,
		"合肥市推行“夜间议事”机制，办理时限压缩至3天。":       3,
		"合肥市推行“夜间议事”机制，审批事项由81项，精简到27项。": 27,
		"合肥市推行“夜间议事”机制，参加面占全市社区的40%。":    40,
		"合肥市推行“夜间议事”机制，惠及5万名居民。":         5,
	} {
		found := false
		f := read(t, text)
		for _, c := range f.Claims {
			if c.Predicate == graph.Measured && strings.Contains(c.Subject, "夜间议事") {
				found = found || c.Props["value"] == want
			}
		}
		if !found {
			t.Errorf("%s: no figure of %v; %v", text, want, says(f))
		}
	}
}
