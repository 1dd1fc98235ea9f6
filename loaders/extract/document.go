package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// paperHit is a titled document.
type paperHit struct {
	span
	whole          span // with 《》 and without what belongs to the name by its sense alone
	id, name, kind string
	by             []string          // ids of who put it out
	of             *resolve.Division // their place
	verb           int               // where the verb stands that says so
}

// paperKinds tell a document's kind by the end of its title.
var paperKinds = []struct{ end, kind string }{
	{"条例", "regulation"}, {"办法", "regulation"}, {"规定", "regulation"}, {"细则", "regulation"}, {"规则", "regulation"}, {"法", "regulation"}, {"标准", "regulation"}, {"准则", "regulation"},
	{"规划", "plan"}, {"方案", "plan"}, {"计划", "plan"}, {"纲要", "plan"}, {"要点", "plan"}, {"规划纲要", "plan"},
	{"意见", "policy"}, {"通知", "policy"}, {"决定", "policy"}, {"措施", "policy"}, {"政策", "policy"}, {"清单", "policy"}, {"公告", "policy"}, {"指南", "policy"}, {"若干", "policy"}, {"决议", "policy"},
	{"日报", "periodical"}, {"晚报", "periodical"}, {"通讯", "periodical"}, {"专报", "periodical"}, {"简报", "periodical"}, {"案例", "periodical"}, {"杂志", "periodical"}, {"周刊", "periodical"}, {"参考", "periodical"}, {"时报", "periodical"}, {"求是", "periodical"},
}

// shortTitles are titles that need what stands before them: 推进养老改革的《实施方案》.
var shortTitles = map[string]bool{"实施方案": true, "行动方案": true, "方案": true, "决定": true, "意见": true, "实施意见": true, "通知": true, "办法": true, "规划": true, "计划": true, "行动计划": true, "条例": true, "规定": true, "公告": true, "若干措施": true, "若干意见": true, "指导意见": true, "总体方案": true, "纲要": true, "工作方案": true}

// findPapers finds documents in 《》 and who issued them.
func (c *Chain) findPapers(d *doc) {
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			if d.r[i] != '《' {
				continue
			}
			j := i + 1
			depth := 1
			for j < s.end && depth > 0 && j-i < 80 {
				switch d.r[j] {
				case '《':
					depth++
				case '》':
					depth--
				}
				j++
			}
			if depth > 0 || j-i < 4 {
				continue
			}
			c.addPaper(d, s, span{i, j})
			i = j - 1
		}
		c.bareTitles(d, s)
		c.aboutTitles(d, s)
		c.laws(d, s)
	}
	slices.SortStableFunc(d.papers, func(a, b paperHit) int { return a.start - b.start })
	for _, s := range d.sents {
		c.published(d, s)
	}
}

// aboutEnds end a title of the form 关于…的意见.
var aboutEnds = []string{"的意见", "的指导意见", "的实施意见", "的若干意见", "的决定", "的通知", "的规定", "的若干规定", "的办法", "的暂行办法", "的方案", "的实施方案", "的总体方案", "的试点方案", "的若干措施", "的实施办法", "的暂行规定", "的报告", "的决定草案", "的批复", "的公告", "的若干政策", "的政策措施", "的行动计划", "的工作方案"}

// aboutTitles finds titles of the form 关于…的意见 without 《》, in sentences that speak of issuing or deliberating.
func (c *Chain) aboutTitles(d *doc, s sentence) {
	acts := false
	for k := s.start; k < s.end; k++ {
		if !acts {
			for _, v := range []string{"审议", "通过", "印发", "出台", "发布", "讨论", "制定", "下发", "颁布", "公布", "听取", "提交"} {
				acts = acts || d.at(k, v)
			}
		}
		if !acts || !d.at(k, "关于") || d.rune(k-1) == '《' || d.inTitle(k) {
			continue
		}
		end := 0
		for j := k + 4; j < s.end && j-k < 70 && end == 0; j++ {
			if r := d.r[j]; r == '。' || r == '；' || r == '《' || r == '，' {
				break
			}
			for _, w := range aboutEnds {
				if n := j + len([]rune(w)); d.at(j, w) && n > end && n <= s.end && (!han(d.rune(n)) || d.function(n)) {
					end = n
				}
			}
		}
		if end == 0 || end-k < 8 {
			continue
		}
		if in := strings.LastIndex(d.text(span{k, end}), "关于"); in > 0 { // 关于提请审议|关于…的决定草案
			k += len([]rune(d.text(span{k, end})[:in]))
		}
		kind := "policy"
		if d.before(end, "报告") {
			kind = "other"
		}
		c.putPaper(d, s, span{k, end}, span{k, end}, d.text(span{k, end}), kind, "bare-title", 0.75)
		k = end - 1
	}
}

// artwork says that a title is that of a song, film, programme or book by the words of its clause.
func (c *Chain) artwork(d *doc, whole span) bool {
	cl := d.clauseAt(whole.start)
	for k := max(cl.start, whole.start-30); k < whole.end+6 && k < len(d.r); k++ {
		for _, w := range []string{"电视剧", "电影", "歌曲", "特别节目", "纪录片", "话剧", "歌舞", "小说", "音乐会", "舞剧", "京剧", "诗歌", "油画", "专题片", "动画", "演唱"} {
			if d.at(k, w) {
				return true
			}
		}
	}
	return false
}

// lawEnds end what a parliament deliberates on: 种子法|修订草案.
var lawEnds = []string{"修正案草案", "修订草案", "修正案", "草案"}

// laws finds laws under deliberation, which texts name without 《》.
func (c *Chain) laws(d *doc, s sentence) {
	for k := s.start + 2; k < s.end; k++ {
		if d.r[k] != '法' || d.inTitle(k) {
			continue
		}
		n := 0
		for _, w := range lawEnds {
			if d.at(k+1, w) && n == 0 {
				n = len([]rune(w))
			}
		}
		end := k + 1 + n
		if n == 0 || end > s.end || han(d.rune(end)) && !d.function(end) && !strings.ContainsRune("进作提", d.rune(end)) {
			continue
		}
		start := k
		for start > s.start && han(d.r[start-1]) && k-start < 14 && (!d.function(start-1) || d.r[start-1] == '和' && k-start > 2) {
			stop := false
			for _, w := range []string{"审议", "提请", "通过", "修改", "关于", "继续", "批准", "表决", "对", "了", "将", "分别"} {
				stop = stop || d.before(start, w)
			}
			if stop {
				break
			}
			start--
		}
		if k-start >= 1 && k-start <= 13 {
			c.putPaper(d, s, span{start, end}, span{start, end}, d.text(span{start, end}), "regulation", "bare-title", 0.75)
		}
		k = end - 1
	}
}

// bareEnds end the name of a rule or plan that stands without 《》, with the kind.
var bareEnds = []struct{ end, kind string }{
	{"条例", "regulation"}, {"管理办法", "regulation"}, {"暂行办法", "regulation"}, {"实施办法", "regulation"}, {"实施细则", "regulation"}, {"管理规定", "regulation"}, {"若干规定", "regulation"},
	{"总体方案", "plan"}, {"实施方案", "plan"}, {"改革方案", "plan"}, {"试点方案", "plan"}, {"工作方案", "plan"}, {"行动计划", "plan"}, {"行动方案", "plan"}, {"发展规划", "plan"}, {"总体规划", "plan"}, {"规划纲要", "plan"},
	{"指导意见", "policy"}, {"实施意见", "policy"}, {"若干意见", "policy"}, {"若干措施", "policy"}, {"权力清单", "policy"}, {"责任清单", "policy"}, {"负面清单", "policy"}, {"白皮书", "other"},
	{"工作要点", "plan"}, {"工作计划", "plan"}, {"的意见", "policy"}, {"的通知", "policy"}, {"的方案", "plan"}, {"的若干措施", "policy"}, {"目录", "policy"}, {"名单", "other"},
}

// bareTitles finds rules and plans named without 《》 as the object of a verb of issuing.
func (c *Chain) bareTitles(d *doc, s sentence) {
	for _, cl := range s.clauses {
		for k := cl.start; k < cl.end; k++ {
			n := 0
			for _, v := range issueVerbs {
				if d.at(k, v) && v != "形成" && v != "推出" {
					n = max(n, len([]rune(v)))
				}
			}
			if n == 0 {
				continue
			}
			at := k + n
			for d.at(at, "了") || d.at(at, "实施") {
				at += map[bool]int{true: 1, false: 2}[d.at(at, "了")]
			}
			end, kind := 0, ""
			for j := at; j < cl.end && j-at < 30; j++ {
				if r := d.r[j]; r == '《' || r == '，' || r == '、' || r == '。' {
					break
				}
				for _, b := range bareEnds {
					if d.at(j, b.end) {
						end, kind = j+len([]rune(b.end)), b.kind
					}
				}
			}
			if end == 0 || end-at < 6 || han(d.rune(end)) && !d.function(end) {
				continue
			}
			if de := strings.LastIndex(d.text(span{at, end}), "的"); de >= 0 && end-at > 16 && !slices.ContainsFunc(bareEnds, func(b struct{ end, kind string }) bool {
				return strings.HasPrefix(b.end, "的") && strings.HasSuffix(d.text(span{at, end}), b.end)
			}) {
				at += len([]rune(d.text(span{at, end})[:de])) + 1
			}
			if end-at < 6 {
				continue
			}
			c.putPaper(d, s, span{at, end}, span{at, end}, d.text(span{at, end}), kind, "bare-title", 0.7)
			k = end - 1
		}
	}
}

func (c *Chain) addPaper(d *doc, s sentence, whole span) {
	if c.artwork(d, whole) {
		return
	}
	inner := span{whole.start + 1, whole.end - 1}
	title := d.text(inner)
	base := title
	if k := strings.IndexRune(base, '（'); k > 0 && strings.HasSuffix(base, "）") {
		base = base[:k]
	}
	kind := "other"
	for _, p := range paperKinds {
		if strings.HasSuffix(base, p.end) {
			kind = p.kind
		}
	}
	name, at := title, inner
	if shortTitles[title] {
		// The modifier belongs to the name: from the verb of issuing on.
		clause := d.clauseAt(whole.start)
		from := whole.start
		for k := clause.start; k < whole.start; k++ {
			for _, v := range issueVerbs {
				if d.at(k, v) {
					from = k + len([]rune(v))
				}
			}
		}
		for from < whole.start && (d.r[from] == '了' || d.r[from] == '，') {
			from++
		}
		if whole.start-from >= 4 && whole.start-from <= 40 {
			at = span{from, whole.end}
			name = d.text(at)
		} else {
			// 《规划》 alone is the one named before in full; without one it has no name.
			for k := len(d.papers) - 1; k >= 0; k-- {
				if p := d.papers[k]; strings.HasSuffix(strings.Trim(p.name, "》"), title) {
					d.papers = append(d.papers, paperHit{span: at, whole: whole, id: p.id, name: p.name, kind: p.kind})
					d.out.mention(p.id, p.name, at, nil)
					return
				}
			}
			return
		}
	}
	c.putPaper(d, s, at, whole, name, kind, "issue-verb", 0.85)
}

// putPaper notes a document and who issued it. at is its name, whole what stands in the text for it.
func (c *Chain) putPaper(d *doc, s sentence, at, whole span, name, kind, rule string, conf float64) {
	if b := d.balanced(at); b != at {
		at, name = b, d.text(b)
	}
	title, base := strings.Trim(d.text(whole), "《》"), strings.Trim(d.text(whole), "《》")
	if k := strings.IndexRune(base, '（'); k > 0 && strings.HasSuffix(base, "）") {
		base = base[:k]
	}
	actor, org := c.issuer(d, s, whole)
	code := "CN"
	of := (*resolve.Division)(nil)
	if org != nil && org.div != nil {
		of = org.div
	} else if actor != nil {
		of = actor
	}
	if of != nil {
		code = of.Code
	}
	id := graph.ScopedID(graph.LabelDocument, code, c.namer.Bare(strings.NewReplacer("《", "", "》", "").Replace(name), of))
	// The same title again is the same document.
	for _, p := range d.papers {
		if strings.Contains(p.name, title) && len(title) > 12 || p.name == name || base != title && strings.TrimSuffix(p.name, "（试行）") == base {
			id = p.id
			break
		}
	}
	d.papers = append(d.papers, paperHit{span: at, whole: whole, id: id, name: name, kind: kind})
	d.out.mention(id, name, at, graph.Props{"kind": kind})
	c.issued(d, s, d.papers[len(d.papers)-1], actor, org, rule, conf)
}
