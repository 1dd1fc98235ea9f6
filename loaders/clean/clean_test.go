package clean

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"reformgraph/graph"
)

// page is a page written for these tests; every line of want is a piece of the headline (H) or the body (P).
type testPage struct {
	name    string
	in      graph.Article
	meta    string // title | outlet | published precision | authors | script
	want    []string
	outlets string
	crumb   string
}

var pages = []testPage{
	{
		name: "plain text, title on the first line",
		in:   graph.Article{Text: "甲县：一件事一次办 群众少跑腿\n甲网消息（早间新闻）：今年以来，甲县推行一件事一次办改革。\n群众办事更方便了。\n"},
		meta: "甲县：一件事一次办 群众少跑腿|甲网|||simplified",
		want: []string{"H甲县：一件事一次办 群众少跑腿", "P今年以来，甲县推行一件事一次办改革。", "P群众办事更方便了。"}, outlets: "甲网",
	},
	{
		name: "passage without title",
		in:   graph.Article{Text: "乙市赴丙市考察学习，借鉴其经验，建立了议事会制度。"},
		meta: "||||simplified",
		want: []string{"P乙市赴丙市考察学习，借鉴其经验，建立了议事会制度。"},
	},
	{
		name: "local paper with page tools and counters",
		in: graph.Article{Text: "您现在的位置：丁市新闻网 > 本地要闻 > 正文\n丁市以小切口推动大变化\n来源：丁市日报 作者：赵一 发布时间：2024-03-05 09:10 浏览次数：1208\n【字体：大 中 小】 打印 关闭窗口\n资料图片\n" +
			"　　丁市把群众的小事当成大事。\n一、抓住要害\n　　全市共梳理难题一百项,已解决九十项(见下表)。\n图片来源:网络\n　　下一步,丁市将继续努力。(图片由丁市日报供图)\n丁报融媒记者 赵一 通讯员 钱 二\n责任编辑：孙三\n上一篇：戊县召开会议\n下一篇：无\n相关新闻\n戊县召开全县改革推进会，县委书记出席并讲话，会议强调要抓好落实。\n丁市新闻网版权所有 丁ICP备00000000号\n12"},
		meta: "丁市以小切口推动大变化|丁市日报|2024-03-05 day|赵一 钱二|simplified",
		want: []string{"H丁市以小切口推动大变化", "P丁市把群众的小事当成大事。", "P一、抓住要害", "P全市共梳理难题一百项,已解决九十项(见下表)。",
			"P下一步,丁市将继续努力。"},
		outlets: "丁市日报 丁市新闻网 丁报融媒", crumb: "您现在的位置：丁市新闻网 > 本地要闻 > 正文",
	},
	{
		name: "traditional script with subtitle",
		in:   graph.Article{Text: "己網\n己網>>地方頻道>>要聞\n難題有人管 辦事有人幫\n——庚市推進改革紀實\n2021年5月6日08:00 |\n小字號\n改革春風起。\n庚市沿著既定方向推進改革，群眾滿意度顯著提高。\n來源：庚市委宣傳部\n(責編：李四、王五)\n分享讓更多人看到\n推薦閱讀\n某省召開會議\n會議強調，要抓好各項工作的落實，確保全年目標任務完成。\n返回頂部"},
		meta: "難題有人管 辦事有人幫——庚市推進改革紀實|己网|2021-05-06 day||traditional",
		want: []string{"H難題有人管 辦事有人幫", "H——庚市推進改革紀實", "P改革春風起。", "P庚市沿著既定方向推進改革，群眾滿意度顯著提高。"}, outlets: "己网 庚市委宣传部", crumb: "己网>>地方频道>>要闻",
	},
	{
		name: "dateline with reporters",
		in:   graph.Article{Text: "辛市举行改革发布会\n2023-04-05 10:11:12 来源：辛网 大字体 小字体 扫码带走\n打印\n　　辛网4月5日讯(记者　周六 吴七)4月4日下午，辛市举行发布会，介绍改革进展。\n　　会上，有关负责同志回答了提问。\n责任编辑：郑八"},
		meta: "辛市举行改革发布会|辛网|2023-04-05 day|周六 吴七|simplified",
		want: []string{"H辛市举行改革发布会", "P4月4日下午，辛市举行发布会，介绍改革进展。", "P会上，有关负责同志回答了提问。"}, outlets: "辛网",
	},
	{
		name: "kicker above the title, signature in a bracket at the end",
		in:   graph.Article{Text: "壬县坚持问题导向，推动干部到一线、资源到一线、服务到一线\n“一线工作法”带来新气象\n过去，壬县的项目建设进展较慢。\n如今，变化正在发生。（壬报/观察新闻记者 冯九 通讯员 陈十 褚一一）"},
		meta: "“一线工作法”带来新气象|壬报||冯九 陈十 褚一一|simplified",
		want: []string{"H壬县坚持问题导向，推动干部到一线、资源到一线、服务到一线", "H“一线工作法”带来新气象", "P过去，壬县的项目建设进展较慢。", "P如今，变化正在发生。"}, outlets: "壬报 观察新闻",
	},
	{
		name: "government page",
		in: graph.Article{Text: "无障碍阅读 | 长者模式\n首页\n政务公开\n互动交流\n当前位置：首页 > 政务公开 > 工作动态\n癸县推行“帮办代办”服务\n发布机构：癸县人民政府办公室 发布日期：2022年7月8日 信息来源：县行政审批局 浏览量：36次 字号：大 中 小\n" +
			"癸县组建帮办队伍，为企业提供全程服务。截至6月底，共服务企业三百家。\n附件：帮办事项清单.docx\n扫一扫在手机打开当前页\n关于我们 | 网站地图 | 联系我们\n主办单位：癸县人民政府办公室 网站标识码：0000000000"},
		meta: "癸县推行“帮办代办”服务|县行政审批局|2022-07-08 day||simplified",
		want: []string{"H癸县推行“帮办代办”服务", "P癸县组建帮办队伍，为企业提供全程服务。截至6月底，共服务企业三百家。"}, outlets: "县行政审批局", crumb: "当前位置：首页 > 政务公开 > 工作动态",
	},
	{
		name: "comments longer than the article",
		in:   graph.Article{Text: "财经 > 正文\n子市一趟办试点启动\n2020-02-03 18:20 子城观察 收藏 微博 微信 分享 1,020\n子市昨天启动一趟办试点，首批事项二十个。\n全部评论 3条\n甲网友：这个办法好，希望早一点在我们那里也推开，大家都能少跑几趟路。\n乙网友：办事确实快了不少，上个月我去办营业执照，一个上午就拿到了，点赞。\n丙网友：还有改进的空间，窗口人手不够，建议再增加几个窗口，并且延长服务时间。"},
		meta: "子市一趟办试点启动|子城观察|2020-02-03 day||simplified",
		want: []string{"H子市一趟办试点启动", "P子市昨天启动一趟办试点，首批事项二十个。"}, outlets: "子城观察", crumb: "财经 > 正文",
	},
	{
		name: "given fields win",
		in: graph.Article{Title: "丑市改革简讯", Outlet: "丑台", URL: "https://example.cn/2019/0304/c1-2.html", Authors: []string{"某某"}, Given: []string{"title", "outlet", "url", "authors"},
			Text: "丑市改革简讯\n本报讯（记者 卫二）丑市日前出台改革方案。"},
		meta: "丑市改革简讯|丑台|2019-03-04 day|某某|simplified",
		want: []string{"H丑市改革简讯", "P丑市日前出台改革方案。"}, outlets: "丑台",
	},
	{
		name: "given title not in the text, several items under heads",
		in: graph.Article{Title: "快讯", Given: []string{"title"},
			Text: "寅网消息（晚间新闻）：\n多地启动试点\n三个县近日启动试点。\n一批项目开工\n卯市一批项目开工。（视频编辑：蒋三 文字编辑：沈四）"},
		meta: "快讯|寅网|||simplified",
		want: []string{"P多地启动试点", "P三个县近日启动试点。", "P一批项目开工", "P卯市一批项目开工。"}, outlets: "寅网",
	},
	{
		name: "agency dateline with year from the address",
		in:   graph.Article{URL: "https://example.cn/a/20180607/1.html", Given: []string{"url"}, Text: "辰市改革见成效\n新华社辰市6月6日电（韩五、杨六）辰市改革见到成效。"},
		meta: "辰市改革见成效|新华社|2018-06-06 day|韩五 杨六|simplified",
		want: []string{"H辰市改革见成效", "P辰市改革见到成效。"}, outlets: "新华社",
	},
	{
		name: "day from the file's name, below what the text says",
		in:   graph.Article{Source: "news/2021-06-09_辰市简讯.txt", Text: "辰市改革见成效\n辰市今天启动改革试点。"},
		meta: "辰市改革见成效||2021-06-09 day||simplified",
		want: []string{"H辰市改革见成效", "P辰市今天启动改革试点。"},
	},
	{
		name: "second of publication in a broadcaster's file name",
		in:   graph.Article{Source: "VIDE1500000000123456.txt.gz", Text: "辰市改革见成效\n辰市今天启动改革试点。"},
		meta: "辰市改革见成效||2017-07-14 day||simplified",
		want: []string{"H辰市改革见成效", "P辰市今天启动改革试点。"},
	},
	{
		name: "day at the end of a broadcaster's file name",
		in:   graph.Article{Source: "VIDEabcdefghijKLMNOPQRST190304.txt", Text: "辰市改革见成效\n辰网3月2日讯 辰市启动改革试点。"},
		meta: "辰市改革见成效|辰网|2019-03-02 day||simplified",
		want: []string{"H辰市改革见成效", "P辰市启动改革试点。"}, outlets: "辰网",
	},
	{
		name: "the name of a file of many articles dates none of them",
		in:   graph.Article{Source: "2021-06-09.ndjson:3", Text: "辰市改革见成效\n辰市今天启动改革试点。"},
		meta: "辰市改革见成效||||simplified",
		want: []string{"H辰市改革见成效", "P辰市今天启动改革试点。"},
	},
	{
		name: "dateline with year from an event in the body",
		in:   graph.Article{Text: "甲州改革观摩会召开\n甲州网1月3日讯 甲州从2015年5月1日起试点。2019年12月30日，观摩会在甲州召开。"},
		meta: "甲州改革观摩会召开|甲州网|2020-01-03 day||simplified",
		want: []string{"H甲州改革观摩会召开", "P甲州从2015年5月1日起试点。2019年12月30日，观摩会在甲州召开。"}, outlets: "甲州网",
	},
	{
		name: "official document signed with a date in Chinese numerals",
		in:   graph.Article{Text: "关于推广巳县经验的通知\n各县区：\n现将巳县经验印发你们，请认真学习。\n巳市改革办\n二〇一九年十月十二日"},
		meta: "关于推广巳县经验的通知||2019-10-12 day||simplified",
		want: []string{"H关于推广巳县经验的通知", "P各县区：", "P现将巳县经验印发你们，请认真学习。", "P巳市改革办"},
	},
	{
		name: "interview keeps its questions, a statement its verb",
		in:   graph.Article{Text: "午县长谈改革\n记者：改革最难的是什么？\n午县长：最难的是转变观念，大家要想到一起。\n声明还说，将继续推进改革，并加强协作。\n记者：谢谢。"},
		meta: "午县长谈改革||||simplified",
		want: []string{"H午县长谈改革", "P记者：改革最难的是什么？", "P午县长：最难的是转变观念，大家要想到一起。", "P声明还说，将继续推进改革，并加强协作。", "P记者：谢谢。"},
	},
	{
		name: "list of links before and after",
		in:   graph.Article{Text: strings.Repeat("某地开展活动\n某地召开大会\n", 8) + "首页 > 新闻\n未市创新楼栋工作法\n编辑：未市网 发布时间：2024年1月2日 阅读 15\n未市推行楼栋工作法，居民有事就近办。\n未网记者 秦七\n" + strings.Repeat("别处新闻一条\n别处新闻两条\n", 8)},
		meta: "未市创新楼栋工作法|未市网|2024-01-02 day|秦七|simplified",
		want: []string{"H未市创新楼栋工作法", "P未市推行楼栋工作法，居民有事就近办。"}, outlets: "未市网 未网", crumb: "首页 > 新闻",
	},
	{
		name: "marked title, fields line by line",
		in:   graph.Article{Text: "标题：酉县推行集成服务\n来源：酉县政府网\n日期：2020年12月3日\n正文：\n酉县推行集成服务，一窗受理。\n酉县推行集成服务\n群众满意。（来源：酉城晚报 记者 尤一）"},
		meta: "酉县推行集成服务|酉县政府网|2020-12-03 day|尤一|simplified",
		want: []string{"H酉县推行集成服务", "P酉县推行集成服务，一窗受理。", "P群众满意。"}, outlets: "酉县政府网 酉城晚报",
	},
	{
		name: "markdown",
		in:   graph.Article{Text: "# 戌市改革一年间\n\n【戌市日报讯】记者许二报道：戌市改革满一年。\n\n## 成效\n\n办件时间缩短一半。\n"},
		meta: "戌市改革一年间|戌市日报||许二|simplified",
		want: []string{"H戌市改革一年间", "P戌市改革满一年。", "P## 成效", "P办件时间缩短一半。"}, outlets: "戌市日报",
	},
	{
		name: "account's page",
		in:   graph.Article{Text: "亥区：网格连万家\n原创 吕三 亥区发布 2024-03-05 08:00 某省\n亥区把网格建到楼栋。\n文 | 吕三\n编辑 | 施四"},
		meta: "亥区：网格连万家|亥区发布|2024-03-05 day|吕三|simplified",
		want: []string{"H亥区：网格连万家", "P亥区把网格建到楼栋。"}, outlets: "亥区发布 某省",
	},
	{name: "headline only", in: graph.Article{Text: "申市改革"}, meta: "申市改革||||simplified", want: []string{"H申市改革"}},
	{name: "nothing", in: graph.Article{Text: ""}, meta: "||||simplified"},
}

func TestDescribe(t *testing.T) {
	for _, p := range pages {
		t.Run(p.name, func(t *testing.T) {
			a, b := Describe(p.in)
			if got := fmt.Sprintf("%s|%s|%s|%s|%s", a.Title, a.Outlet, strings.TrimSpace(a.Published+" "+a.PublishedPrecision), strings.Join(a.Authors, " "), a.Script); got != p.meta {
				t.Errorf("metadata\n got %s\nwant %s", got, p.meta)
			}
			rs := []rune(a.Text)
			var got []string
			for _, s := range b.Headline {
				got = append(got, "H"+string(rs[s.Start:s.End]))
			}
			for _, s := range b.Paragraphs {
				got = append(got, "P"+string(rs[s.Start:s.End]))
			}
			if !slices.Equal(got, p.want) {
				t.Errorf("body\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(p.want, "\n     "))
			}
			if got := strings.Join(b.Outlets, " "); got != p.outlets {
				t.Errorf("outlets got %q want %q", got, p.outlets)
			}
			if b.Breadcrumb != p.crumb {
				t.Errorf("breadcrumb got %q want %q", b.Breadcrumb, p.crumb)
			}
		})
	}
}

// What Describe found is found again from its own result: reading anew changes nothing.
func TestDescribe_again(t *testing.T) {
	for _, p := range pages {
		first, _ := Describe(p.in)
		second, _ := Describe(first)
		if first.Hash() != second.Hash() {
			t.Errorf("%s: %+v then %+v", p.name, first, second)
		}
	}
}

func TestRules_examples(t *testing.T) {
	n := 0
	for _, list := range [][]rule{rules().noise, rules().label, rules().drop, rules().tail, rules().cut} {
		for _, r := range list {
			n++
			if !r.re.MatchString(r.example) {
				t.Errorf("rules.tsv:%d: %s does not catch its example %q", r.line, r.kind, r.example)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d rules", n)
	}
}

func TestRules_errors(t *testing.T) {
	for in, want := range map[string]string{
		"drop\t^a$": "line 1: want kind, pattern and example between tabs", "\nfoo\ta\tb": `line 2: unknown kind "foo"`, "cut\t(\tb": "line 1: error parsing regexp: missing closing ): `(`",
	} {
		if _, err := parseRules(in); err == nil || err.Error() != want {
			t.Errorf("parseRules(%q) got %v want %s", in, err, want)
		}
	}
}

func TestReadDateline(t *testing.T) {
	for in, want := range map[string]string{
		"甲网5月6日讯（记者 张三、李四）近日":      "甲网 5-6 张三 李四|近日",
		"新华社某市1月2日电 记者张三":          "新华社 1-2 |记者张三",
		"本报讯（通讯员 王五）日前":            " 0-0 王五|日前",
		"本报记者 张三 李四报道：今年":          " 0-0 张三 李四|今年",
		"乙台消息：今天":                  "乙台 0-0 |今天",
		"丙日报客户端2024年3月4日讯 今天":      "丙日报客户端 3-4 |今天",
		"丁网·闪闪新闻5月10日讯（戊台记者 赵六）去年": "丁网·闪闪新闻 戊台 5-10 赵六|去年",
		"某部委消息，今年":                 " 0-0 |某部委消息，今年",
		"5月6日，记者从市改革办获悉":           " 0-0 |5月6日，记者从市改革办获悉",
		"据了解，全市用电量增长":              " 0-0 |据了解，全市用电量增长",
		"有好消息：今年开工":                " 0-0 |有好消息：今年开工",
	} {
		m, end := readDateline(in)
		got := fmt.Sprintf("%s %d-%d %s|%s", strings.Join(m.outlets, " "), m.month, m.day, strings.Join(m.authors, " "), strings.TrimSpace(in[end:]))
		if got != want {
			t.Errorf("readDateline(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestSignature(t *testing.T) {
	for in, want := range map[string]string{
		"甲报融媒记者 张三 通讯员 李四":      "张三 李四",
		"□ 本报记者 张 三 李小四":        "张三 李小四",
		"记者：张三；编辑：李四":           "-",
		"记者张三 李四 某地报道":          "张三 李四",
		"文/张三 图/李四":             "张三",
		"撰稿 张三 校对 王五":           "张三",
		"（记者 欧阳明 通讯员 阿某·买某某）":   "欧阳明 阿某·买某某",
		"记者 从市里了解到":             "-",
		"记者 张三 发现一个问题":          "-",
		"张三 李四":                 "-",
		"记者李四/某地报导":             "李四",
		"全市改革工作会议":              "-",
		"图为活动现场。本报记者 张三 摄":      "-",
		"甲日报全媒体记者 张三 李四 实习生 王五": "张三 李四 王五",
	} {
		m, ok := signature(in)
		got := strings.Join(m.authors, " ")
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("signature(%q) got %q want %q", in, got, want)
		}
	}
}

func TestByline(t *testing.T) {
	for in, want := range map[string]string{
		"来源：甲日报 2024-03-05 09:10":         "甲日报 2024-03-05 ",
		"2024年3月5日 星期二 第03版：要闻":           " 2024-03-05 ",
		"作者：张三 来源：乙网 责任编辑：李四 点击：36次":      "乙网  张三",
		"发布时间：2024-03-05来源：丙县融媒体中心":       "丙县融媒体中心 2024-03-05 ",
		"时间：2024年3月":                      " 2024-03 ",
		"索引号：A1 文号：甲政发〔2020〕1号":           "  ",
		"2019-08-07 11:22 某某观察 收藏 分享":     " 2019-08-07 ",
		"某市召开全市改革推进会议并部署下一步工作 2024-03-05": "- ",
		"会议于2024年3月5日召开":                  "- ",
		"记者：你怎么看？":                        "- ",
		"二〇二〇年三月五日":                       " 2020-03-05 ",
		"甲报记者 2024-02-30":                 "- ",
	} {
		m, ok := byline(in)
		got := m.source + " " + m.date + " " + strings.Join(m.authors, " ")
		if !ok {
			got = "- "
		}
		if got != want {
			t.Errorf("byline(%q) got %q want %q", in, got, want)
		}
	}
}

func TestHanNumber(t *testing.T) {
	for in, want := range map[string]int{"二〇二四": 2024, "一九九八": 1998, "五": 5, "十": 10, "十二": 12, "二十": 20, "三十一": 31} {
		if got := hanNumber(in); got != want {
			t.Errorf("hanNumber(%s) got %d want %d", in, got, want)
		}
	}
}

func FuzzDescribe(f *testing.F) {
	for _, p := range pages {
		f.Add(p.in.Text, p.in.Title)
	}
	f.Add("\ufeff甲\u200b\n——乙\n作者：丙/丁", "甲")
	f.Fuzz(func(t *testing.T, text, title string) {
		a := graph.Article{Text: text, Title: title}
		if title != "" {
			a.Given = []string{"title"}
		}
		a, b := Describe(a)
		n := utf8.RuneCountInString(text)
		last := 0
		all := append(slices.Clone(b.Headline), b.Paragraphs...)
		slices.SortFunc(all, func(x, y Span) int { return x.Start - y.Start })
		for _, s := range all {
			if s.Start < last || s.End <= s.Start || s.End > n {
				t.Fatalf("span %v after %d in a text of %d", s, last, n)
			}
			last = s.End
		}
		if d := b.Dateline; d.Start < 0 || d.End < d.Start || d.End > n {
			t.Fatalf("dateline %v", d)
		}
		if title != "" && a.Title != title {
			t.Fatalf("given title %q became %q", title, a.Title)
		}
	})
}

func BenchmarkDescribe(b *testing.B) {
	text := "甲县改革记\n来源：甲报 2024-03-05 09:10\n" + strings.Repeat("全县上下锚定目标，推动“放管服”改革走深走实，前三季度增长11.2%，居全市第一位。群众办事由三天缩短到半天，满意度不断提高。\n一、抓好落实\n", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Describe(graph.Article{Text: text})
	}
}
