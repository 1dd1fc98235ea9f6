package queries_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/queries/querytest"
)

// searched is the articles of the search tests: id, title and text, which hold what
// full text indexes stumble over.
var searched = []graph.Article{
	{ID: "article:hotline", Title: "热线", Text: "市民拨打12345热线，话务员五分钟内派单。\n另有５Ｇ信号，网速达1.5Gbps。", Outlet: "甲报", Published: "2020-03"},
	{ID: "article:trad", Title: "鄉鎮見聞", Text: "鄉里推開「最多跑一次」，群眾反覆稱讚。乾部說：後面還有。", Script: "traditional", Outlet: "乙報", Published: "2021"},
	{ID: "article:apart", Title: "两段话", Text: "他讲了改革。开放的门越开越大。\n放管\n服务双提升\n改 革“开放”新篇", Outlet: "甲报", Published: "2021-05-01"},
	{ID: "article:overlap", Title: "重叠", Text: "政务服、务公、公开都在，唯独没有那五个字连着。政务服务，务公开。", Published: "2019"},
	{ID: "article:whole", Title: "连着", Text: "本市政务服务公开工作提速。", Published: "2018"},
	{ID: "article:signs", Title: "符号", Text: "公式：a*b^c - d:e (f) AND g OR h NEAR/3 i NOT j {words} +k ~l \"m\" \\n C++ R&D 50% #1 a_b x|y <z> $1 @me `q` [r] !s ?t /u", Outlet: "丙(报) 'x'"},
	{ID: "article:upper", Title: "Ｈｕａｗｅｉ 与 Café", Text: "Ⅳ类第①条，㎡计价。"},
	{ID: "article:long", Title: "长文", Text: strings.Repeat("审批事项一律网上办理，", 60) + "结尾"},
	{ID: "article:plain", Title: "无题", Text: "and or near not"},
}

// loadSearched loads them, with a node that has names, of which two words run on
// into each other only across names.
func loadSearched(t *testing.T, s graph.Store) {
	t.Helper()
	b := graph.Batch{Edition: querytest.Edition}
	for _, a := range searched {
		a.PublishedPrecision = graph.PrecisionOf(a.Published)
		b.Load = append(b.Load, graph.Facts{Article: a})
	}
	b.Load[0].Mentions = []graph.Mention{
		{Node: "experience:接诉即办", Name: "接诉即办", Aliases: []string{"办件快", "未诉先办"}, Starts: []int{0}, Ends: []int{2}},
		{Node: "figure:5G基站", Name: "5G基站(座)", Starts: []int{3}, Ends: []int{4}},
	}
	for i := range b.Load {
		b.Load[i].Complete()
	}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// searchTraps says what is found, in its order, and how: ID match "words found".
var searchTraps = []struct {
	q    string
	want string // short ids, match and the words at the offsets
}{
	// One character, of either script and width.
	{"热", `hotline start 热`},
	{"熱", `hotline start 热`},
	{"鄉", `trad start 鄉`},
	{"乡", `trad start 鄉`},
	{"g", `figure:5G基站 part, hotline text Ｇ, signs text g`},
	{"Ｇ", `figure:5G基站 part, hotline text Ｇ, signs text g`},
	{"5", `figure:5G基站 start, hotline text 5, signs text 5`},
	// Digits, Latin letters and Chinese run on into each other, and parts of them are found.
	{"12345热线", `hotline text 12345热线`},
	{"12345 热线", `hotline text 12345`},
	{`"12345 热线"`, `hotline text 12345热线`},
	{"345热", `hotline text 345热`},
	{"“5G”", `figure:5G基站 start, hotline text ５Ｇ`},
	{"5G信号", `hotline text ５Ｇ信号`},
	{"1.5gbps", `hotline text 1.5Gbps`},
	{"15Gbps", ``},
	{"huawei", `upper start`},
	{"HUAWEI与", `upper start`},
	{"cafe", `upper part`},
	{"IV类第1条", `upper text Ⅳ类第①条`},
	{"m2计", `upper text ㎡计`},
	// Traditional and simplified, also where conversion goes by the words around.
	{"最多跑一次", `trad text 最多跑一次`},
	{"推開「最多", `trad text 推開「最多`},
	{"反复称赞", `trad text 反覆稱讚`},
	{"反覆", `trad text 反覆`},
	{"干部说:后面", `trad text 乾部說：後面`},
	{"热線", `hotline name 热线`},
	// A phrase does not reach over the end of a sentence, line, title or name.
	{"改革开放", `apart text 改 革“开放`},
	{"改革。开放", `apart text 改革。开放`},
	{"改革 开放", `apart text 改革`},
	{"放管服", ``},
	{"放管 服务", `apart text 放管`},
	{"热线市民", ``},
	{"办办件", ``},
	{"快接诉", ``},
	{"接诉即办 未诉", `experience:接诉即办 start`},
	{"接诉即办办件快", ``},
	// Words that overlap in the text without the phrase.
	{"政务服务公开", `whole text 政务服务公开`},
	{"政务服 务公开", `overlap text 政务服, whole text 政务服`},
	// Signs are signs, and operators words.
	{"a*b", `signs text a*b`},
	{"a*", `signs text a*`},
	{"热*", ``},
	{"*", `signs text *`},
	{"AND", `plain text and, signs text AND`},
	{"热 AND 市", ``},
	{"热 OR 乡", ``},
	{"NEAR(热 线)", ``},
	{"near/3", `signs text NEAR/3`},
	{"-热线", ``},
	{"热线 -市民", ``},
	{"+热", ``},
	{"words:热线", ``},
	{"^热线", ``},
	{"热线~", ``},
	{"c++", `signs text C++`},
	{"c+", `signs text C+`},
	{"r&d", `signs text R&D`},
	{"x|y", `signs text x|y`},
	{"a_b", `signs text a_b`},
	{"(f)", `upper part, signs text f`},
	{`"m"`, `signs text m, upper text ㎡`},
	{`\n`, `plain text n, signs text N`},
	{"d:e", `signs text d:e`},
	{"d：e", `signs text d:e`},
	{"<z>", `signs text <z>`},
	{"、", `overlap text 、`},
	{"热线 、", ``},
	{`热"线`, `hotline name 热线`},
	{`热"线 市"民`, ``},
	// Nothing at all.
	{"不存在的词", ``},
	{"␤", `error q`},
	{"“” ()", `error q`},
	{`"`, `error q`},
	{`\`, `error q`},
	// Long, to the limit and beyond.
	{strings.Repeat("审批事项一律网上办理，", 27), `long text ` + strings.Repeat("审批事项一律网上办理，", 27)},
	{strings.Repeat("审批事项一律网上办理。", 27), ``},
	{strings.Repeat("审 ", 150), `long text 审`},
	{strings.Repeat("审", 301), `error q`},
}

func TestSearch_trapsSQLite(t *testing.T) { testTraps(t, openSQLite(t)) }

func TestSearch_trapsNeo4j(t *testing.T) { testTraps(t, openNeo4j(t)) }

func testTraps(t *testing.T, s graph.Store) {
	loadSearched(t, s)
	texts := map[string][]rune{}
	for _, a := range searched {
		texts[a.ID] = []rune(a.Text)
	}
	for _, tt := range searchTraps {
		name := tt.q
		if r := []rune(name); len(r) > 20 {
			name = string(r[:20]) + "…"
		}
		found := search(t, s, "search", url.Values{"q": {tt.q}})
		if field, failed := strings.CutPrefix(tt.want, "error "); failed || found.err != nil {
			if !failed || !isInvalid(found.err, field, "") {
				t.Errorf("%s: got %v, want %q", name, found.err, tt.want)
			}
			continue
		}
		var got []string
		for _, r := range found.rows {
			line := strings.TrimPrefix(r.Node, "article:") + " " + r.Match
			if r.Start != nil {
				line += " " + string(texts[r.Node][*r.Start:*r.End])
				if in := string([]rune(*r.Snippet)[*r.Start-*r.SnippetStart : *r.End-*r.SnippetStart]); !strings.HasSuffix(line, in) {
					t.Errorf("%s: the snippet %q has %q where the words are", name, *r.Snippet, in)
				}
			} else if r.Snippet != nil || r.Link != nil {
				t.Errorf("%s: a snippet or link without an offset", name)
			}
			got = append(got, line)
			if r.HitCount != len(found.rows) {
				t.Errorf("%s: got hit count %d for %d rows", name, r.HitCount, len(found.rows))
			}
		}
		if got := strings.Join(got, ", "); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, tt.want)
		}
		// What is counted is what is found.
		labels := map[string]int{}
		for _, r := range found.rows {
			labels[r.Label]++
		}
		for _, f := range search(t, s, "facets", url.Values{"q": {tt.q}, "by": {"label"}}).rows {
			if f.Count != labels[*f.Value] || f.HitCount != len(found.rows) {
				t.Errorf("%s: facet %s counts %d of %d, want %d of %d", name, *f.Value, f.Count, f.HitCount, labels[*f.Value], len(found.rows))
			}
			delete(labels, *f.Value)
		}
		if len(labels) > 0 {
			t.Errorf("%s: the facets leave out %v", name, labels)
		}
	}
}

// found holds rows of search or facets.
type found struct {
	err  error
	rows []struct {
		Node, Label, Match, Facet string
		Value, Snippet, Link      *string
		Start, End                *int
		SnippetStart              *int `json:"snippet_start"`
		HitCount                  int  `json:"hit_count"`
		Count                     int
	}
}

func search(t *testing.T, s graph.Store, query string, params url.Values) (f found) {
	t.Helper()
	a, err := queries.Run(t.Context(), s, query, params)
	if err != nil {
		return found{err: err}
	}
	b, err := json.Marshal(a.Rows)
	if err == nil {
		err = json.Unmarshal(b, &f.rows)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Search follows the graph: what is changed, renamed, forgotten or read anew is
// found as it is now, and nothing as it was.
func TestSearch_followsSQLite(t *testing.T) { testFollows(t, openSQLite(t)) }

func TestSearch_followsNeo4j(t *testing.T) { testFollows(t, openNeo4j(t)) }

func testFollows(t *testing.T, s graph.Store) {
	article := func(id, title, text, name string) graph.Facts {
		f := graph.Facts{Article: graph.Article{ID: "article:" + id, Title: title, Text: text},
			Mentions: []graph.Mention{{Node: "experience:甲法", Name: name, Starts: []int{0}, Ends: []int{1}}}}
		f.Complete()
		return f
	}
	expect := func(step, q string, want ...string) {
		t.Helper()
		var got []string
		for _, r := range search(t, s, "search", url.Values{"q": {q}}).rows {
			got = append(got, r.Node)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %s finds %v, want %v", step, q, got, want)
		}
	}
	apply := func(b graph.Batch) {
		t.Helper()
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	apply(graph.Batch{Edition: "e1", Load: []graph.Facts{article("1", "初稿", "街道试行新规", "甲法"), article("2", "转载", "外地跟进", "乙名")}})
	expect("loaded", "试行", "article:1")
	expect("loaded", "乙名", "experience:甲法")
	apply(graph.Batch{Edition: "e1", Load: []graph.Facts{article("1", "终稿", "街道推开新规", "甲法"), article("2", "转载", "外地也跟进", "丙名")}})
	expect("changed", "试行")
	expect("changed", "初稿")
	expect("changed", "推开", "article:1")
	expect("changed", "终稿", "article:1")
	expect("changed", "乙名")
	expect("changed", "丙名", "experience:甲法")
	apply(graph.Batch{Edition: "e2", Reextract: true, Load: []graph.Facts{article("1", "终稿", "街道推开新规", "丁名"), article("2", "转载", "外地也跟进", "丁名")}})
	expect("read anew", "推开", "article:1")
	expect("read anew", "甲法")
	expect("read anew", "丁", "experience:甲法")
	apply(graph.Batch{Forget: []string{"article:1"}})
	expect("forgotten", "推开")
	expect("forgotten", "丁名", "experience:甲法")
	expect("forgotten", "外地", "article:2")
	apply(graph.Batch{Forget: []string{"article:2"}})
	expect("all forgotten", "丁名")
	expect("all forgotten", "外地")
}

// Both stores answer search and facets alike, row for row, over all filters.
func TestSearch_sameInBothStores(t *testing.T) {
	n, l := openNeo4j(t), openSQLite(t)
	for _, s := range []graph.Store{n, l} {
		load(t, s, "reform.txt")
	}
	for _, q := range []string{"的", "市", "有解", "枫桥经验", "食堂", "一", "2", "e", "。", "改革 市", "萬事有解"} {
		for _, filter := range []url.Values{{}, {"label": {"Article"}}, {"place": {"山东"}}, {"place": {"淄博"}, "scope": {"exact"}}, {"since": {"2020"}}, {"until": {"2015"}},
			{"domain": {"livelihood"}}, {"node_level": {"prefecture"}}, {"label": {"Initiative"}, "place": {"浙江"}}, {"limit": {"3"}}} {
			for _, query := range []string{"search", "facets"} {
				params := url.Values{"q": {q}}
				for k, v := range filter {
					params[k] = v
				}
				var answers [2]string
				for i, s := range []graph.Store{n, l} {
					a, err := queries.Run(t.Context(), s, query, params)
					if err != nil {
						t.Fatalf("%s %v: %v", query, params, err)
					}
					b, _ := json.Marshal([]any{a.Rows, a.Next, a.Params})
					answers[i] = string(b)
				}
				if answers[0] != answers[1] {
					t.Errorf("%s %v: Neo4j answers\n%s\nSQLite\n%s", query, params, answers[0], answers[1])
				}
			}
		}
	}
}

// Every query for one or two neighbouring characters of the fixture finds what
// looking through all the texts finds.
func TestSearch_findsAllParts(t *testing.T) {
	s := openSQLite(t)
	load(t, s, "reform.txt")
	facts := querytest.Read(t, filepath.Join("testdata", "reform.txt"))
	texts := map[string]string{}
	parts := map[string]bool{}
	for _, f := range facts {
		if f.Article.ID == "article:retracted-1" || f.Article.Script == "traditional" {
			continue
		}
		texts[f.Article.ID] = f.Article.Title + "\n" + f.Article.Text
		runes := []rune(f.Article.Text)
		for i := range runes {
			for n := 1; n <= 2 && i+n <= len(runes); n++ {
				if part := string(runes[i : i+n]); !strings.ContainsAny(part, "\n ,:.()“”《》\"（）") {
					parts[part] = true
				}
			}
		}
	}
	if len(parts) < 500 {
		t.Fatalf("the fixture has %d parts only", len(parts))
	}
	for part := range parts {
		var got, want []string
		for _, r := range search(t, s, "search", url.Values{"q": {part}, "label": {"Article"}, "limit": {"1000"}}).rows {
			if _, ok := texts[r.Node]; ok {
				got = append(got, r.Node)
			}
		}
		for id, text := range texts {
			if strings.Contains(strings.ToLower(text), strings.ToLower(part)) {
				want = append(want, id)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", part, got, want)
		}
	}
}
