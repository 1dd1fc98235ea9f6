package extract

import (
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// paperHit is a titled document.
type paperHit struct {
	span
	id, name, kind string
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

// issueVerbs put a document out; they stand before it in its clause or behind it.
var issueVerbs = []string{"出台", "印发", "制定", "发布", "颁布", "编制", "下发", "公布", "审议通过", "出台了", "研究制定", "制定印发", "签署", "发出", "推出", "起草", "形成"}

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
	}
}

func (c *Chain) addPaper(d *doc, s sentence, whole span) {
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
		}
	}
	actor, org := c.actor(d, whole.start)
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
	d.papers = append(d.papers, paperHit{span: at, id: id, name: name, kind: kind})
	d.out.mention(id, name, at, graph.Props{"kind": kind})
	if kind == "periodical" || kind == "other" {
		return
	}
	clause := d.clauseAt(whole.start)
	for _, v := range issueVerbs {
		vi := -1
		for k := clause.start; k < whole.start; k++ {
			if d.at(k, v) {
				vi = k
			}
		}
		if vi < 0 {
			for k := whole.end; k < clause.end && k < whole.end+8; k++ {
				if d.at(k, v) {
					vi = k
				}
			}
		}
		if vi < 0 {
			continue
		}
		subject := ""
		if org != nil {
			subject = org.id
		} else if actor != nil {
			subject = actor.ID()
		}
		props := graph.Props{}
		if t, ok := d.dateNear(vi); ok && t.end > clause.start-60 && !t.since && t.period == "" {
			props["date"], props["precision"] = t.date, graph.PrecisionOf(t.date)
		}
		orgs := within(d.orgs, clause.start, clause.end)
		for n := range orgs { // 甲、乙联合印发
			if o := &orgs[n]; org != nil && o.id != subject && o.start >= clause.start && o.end <= org.start && strings.Trim(d.text(span{o.end, org.start}), "、和") == "" {
				d.out.claim(claim{subject: o.id, predicate: graph.Issued, object: id, quote: d.quote(o.span, span{vi, vi + 1}, whole), status: d.status(vi), confidence: 0.85, rule: "issue-verb", props: props})
			}
		}
		d.out.claim(claim{subject: subject, predicate: graph.Issued, object: id, quote: d.quote(span{vi, vi + 1}, whole), status: d.status(vi), confidence: 0.85, rule: "issue-verb", props: props})
		return
	}
}
