package extract

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"reformgraph/graph"
	"reformgraph/loaders"
)

func chain(t testing.TB) *Chain {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func rendered(t testing.TB, f graph.Facts) string {
	t.Helper()
	var b bytes.Buffer
	if err := loaders.WriteJSON(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExtractIsTheSameEachTimeAndInParallel(t *testing.T) {
	c := chain(t)
	a := graph.Article{ID: "article:p", Text: "合肥优化营商环境\n" + sample, Published: "2022-05-06", PublishedPrecision: "day", Given: []string{"published"}}
	want := rendered(t, c.Extract(a))
	if strings.Count(want, `"predicate"`) < 15 {
		t.Fatalf("the sample gives too little to compare: %s", want)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := rendered(t, c.Extract(a)); got != want {
				t.Errorf("another run gives\n%s\nwant\n%s", got, want)
			}
		})
	}
	wg.Wait()
}

func TestPrepareOfPreparedArticleChangesNothingAndFactsAgree(t *testing.T) {
	c := chain(t)
	a := graph.Article{ID: "article:p", Text: "合肥优化营商环境\n2022年5月6日 来源：示例日报\n" + sample}
	p := c.Prepare(a)
	if p.Home != "place:340100" || p.Published != "2022-05-06" {
		t.Errorf("prepared home %q, published %q; want place:340100, 2022-05-06", p.Home, p.Published)
	}
	if got := c.Prepare(p); got.Hash() != p.Hash() {
		t.Errorf("prepared twice: %+v, want %+v", got, p)
	}
	if got, want := rendered(t, c.Extract(p)), rendered(t, c.Extract(a)); got != want {
		t.Errorf("facts of the prepared article\n%s\nwant\n%s", got, want)
	}
}

func TestExtractWorkGrowsWithTheTextOnly(t *testing.T) {
	c := chain(t)
	for _, text := range []string{
		strings.Repeat("合肥市", 30000), strings.Repeat("“", 30000), strings.Repeat("、改革", 20000), strings.Repeat("《", 20000), strings.Repeat("1", 50000),
		strings.Repeat("市委", 30000), strings.Repeat("推行“一窗通办”改革，", 8000), strings.Repeat("一", 40000), strings.Repeat("在甲、乙、丙等", 10000),
	} {
		f := c.Extract(graph.Article{ID: "article:l", Text: text})
		if err := f.Validate(); err != nil {
			t.Errorf("%.20s…: %v", text, err)
		}
	}
}

// unmentioned returns an end of a claim that no words of the text stand for, "" if there is none.
func unmentioned(f graph.Facts) string {
	mentioned := map[string]bool{}
	for _, m := range f.Mentions {
		mentioned[m.Node] = len(m.Starts) > 0
	}
	for _, c := range f.Claims {
		for _, end := range []string{c.Subject, c.Object} {
			if !mentioned[end] {
				return end
			}
		}
	}
	return ""
}

func TestExtractMentionsPlacesThatTheTextNeverNames(t *testing.T) {
	for _, x := range []struct{ title, text, place, want string }{
		{"福建：山林改革见成效", "这些年山林分散，难以经营。当地探索出“林权账本”平台。", "place:350000", "当地"},
		{"登记改革见成效", "企业少跑了路。2016年，全面推开“多证合一”改革。", "place:CN", "全面推开“多证合一”改革"},
	} {
		f := chain(t).Extract(graph.Article{ID: "article:m", Title: x.title, Text: x.text, Given: []string{"title"}})
		if end := unmentioned(f); end != "" {
			t.Errorf("%s: %s is an end of a claim and mentioned nowhere", x.text, end)
		}
		got := ""
		for _, m := range f.Mentions {
			if m.Node == x.place {
				got = string([]rune(x.text)[m.Starts[0]:m.Ends[0]])
			}
		}
		if !strings.Contains(got, x.want) {
			t.Errorf("%s: %s is mentioned by %q, want %q", x.text, x.place, got, x.want)
		}
	}
}

// FuzzExtract holds that no text makes the chain panic or state what is not in it.
func FuzzExtract(f *testing.F) {
	for _, s := range []string{sample, "", "《》“”、，。", "市委书记李某", "赴江浙取经", "全国推广", "2019年13月", "第3位", "國務院督查激勵", "\ufeff合\u200b肥市\r\n", "由3变为1", strings.Repeat("改革", 50)} {
		f.Add(s, "2020-06-01")
	}
	c, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, date string) {
		if len(text) > 1<<16 || text == "" || strings.ToValidUTF8(text, "") != text || strings.Contains(text, "\x00") {
			t.Skip("no text that an article can have")
		}
		a := graph.Article{ID: "article:f", Text: text}
		if graph.PrecisionOf(date) == "day" && len(date) == 10 {
			a.Published, a.PublishedPrecision, a.Given = date, "day", []string{"published"}
		}
		facts := c.Extract(a)
		if err := facts.Validate(); err != nil && !strings.Contains(err.Error(), "published") {
			t.Fatal(err)
		}
		if end := unmentioned(facts); end != "" {
			t.Fatalf("%s is an end of a claim and mentioned nowhere", end)
		}
	})
}

// shared is the study material beside the project; tests that use it are skipped where it is absent.
const shared = "../../../shared"

func TestStudyCorpusGivesValidFacts(t *testing.T) {
	if testing.Short() {
		t.Skip("the study corpus takes some seconds")
	}
	file, err := os.Open(filepath.Join(shared, "corpus", "xwlb-reform-2012-2023.ndjson.gz"))
	if err != nil {
		t.Skip("no study corpus beside the project: ", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	c := chain(t)
	n, bad := 0, 0
	for in := json.NewDecoder(z); ; n++ {
		var r struct{ ID, Title, Published, Text string }
		if err := in.Decode(&r); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if n%10 != 0 { // one in ten: the whole is loaded by the corpus test of the command
			continue
		}
		f := c.Extract(graph.Article{ID: graph.ArticleID(r.ID, "", r.Text), Title: r.Title, Published: r.Published, PublishedPrecision: graph.PrecisionOf(r.Published), Text: r.Text, Given: []string{"title", "published"}})
		if err := f.Validate(); err != nil {
			if bad++; bad < 5 {
				t.Error(err)
			}
		}
		if end := unmentioned(f); end != "" {
			t.Errorf("%s: %s is an end of a claim and mentioned nowhere", f.Article.ID, end)
		}
	}
	if n < 3000 {
		t.Errorf("%d articles read, want 3,000 or more", n)
	}
}
