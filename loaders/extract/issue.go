package extract

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// issueVerbs put a document out; they stand before it in its clause or behind it.
var issueVerbs = []string{"出台", "印发", "制定", "发布", "颁布", "编制", "下发", "公布", "审议通过", "出台了", "研究制定", "制定印发", "签署", "发出", "推出", "起草", "形成", "审议并通过", "通过了", "表决通过", "原则通过"}

// publicVerbs put out papers of any kind; the others make what is no rule or plan too: works, agreements.
var publicVerbs = map[string]bool{"印发": true, "发布": true, "颁布": true, "下发": true, "公布": true, "审议通过": true, "审议并通过": true, "表决通过": true, "原则通过": true, "通过了": true}

// sitting is the body whose meeting passes what stands at i: the one that the sentence says to meet
// (主持召开甲委第三次会议，审议通过…), or, where the clause has 会议 for its subject, the last one that was said to meet.
func (c *Chain) sitting(d *doc, s sentence, i int) *orgHit {
	cl := d.clauseAt(i)
	from := cl.start
	if !d.at(cl.start, "会议") && !d.at(cl.start, "全会") {
		passes := false
		for k := cl.start; k < i; k++ {
			passes = passes || d.at(k, "审议") || d.at(k, "表决") || d.at(k, "通过了")
		}
		if !passes {
			return nil
		}
		from = s.start
	}
	before := within(d.orgs, 0, cl.start)
	for k := len(before) - 1; k >= 0 && len(before)-k < 40 && (from == cl.start || before[k].start >= s.start); k-- {
		o := &before[k]
		if strings.HasSuffix(o.name, "会议") {
			return o
		}
		for j := o.end; j < o.end+12 && j < len(d.r); j++ {
			if d.r[j] == '，' || d.r[j] == '。' {
				break
			}
			if d.at(j, "参加") || d.at(j, "出席") || d.at(j, "陪同") || d.at(j, "列席") || d.at(j, "发布会") {
				break
			}
			if d.at(j, "会议") || d.at(j, "全会") {
				return o
			}
		}
	}
	return nil
}

// passers pass or put out what stands before them as their agent: 由甲委|印发, 经甲委|审议通过, 获得甲委|批准.
var passers = []string{"批准", "审议通过", "通过", "印发", "发布", "公布", "颁布", "制定", "联合印发", "联合发布", "同意", "核准", "正式批准"}

// agent is the body that a clause behind a title names as the one that put it out.
func (c *Chain) agent(d *doc, s sentence, whole span) *orgHit {
	cl := d.clauseAt(whole.start)
	orgs := within(d.orgs, whole.end, min(cl.end, whole.end+30))
	for n := range orgs {
		o := &orgs[n]
		at := o.start
		for at > whole.end && d.rune(at-1) == '、' { // 由甲委、乙委印发
			k := at - 1
			for k > whole.end && d.insideAny(k-1) {
				k--
			}
			if k == at-1 {
				break
			}
			at = k
		}
		lead := false
		for _, w := range []string{"由", "经", "获", "获得", "经过", "得到"} {
			lead = lead || d.before(at, w)
		}
		for _, w := range passers {
			if lead && d.at(o.end, w) {
				return o
			}
		}
	}
	return nil
}

// issuer is who put a document out, as far as its sentence tells: the agent behind it, the body right before 关于 (国务院关于…的报告),
// the body whose meeting passed it, else who acts in the clause.
func (c *Chain) issuer(d *doc, s sentence, whole span) (*resolve.Division, *orgHit) {
	if o := c.agent(d, s, whole); o != nil {
		return o.div, o
	}
	if o := c.proposer(d, whole); o != nil {
		return o.div, o
	}
	if o := c.titleBody(d, whole); o != nil {
		return o.div, o
	}
	if d.rune(whole.start-1) == '的' { // 甲委日前印发的《…》
		for _, v := range issueVerbs {
			if at := whole.start - 1 - len([]rune(v)); d.at(at, v) {
				orgs := within(d.orgs, at-farthest, at)
				for n := len(orgs) - 1; n >= 0; n-- {
					if o := &orgs[n]; d.pastAdverbs(o.end) == at {
						return o.div, o
					}
				}
				if d.opens(d.clauseAt(at).start, at) {
					break
				}
				return nil, nil
			}
		}
	}
	if o := c.sitting(d, s, whole.start); o != nil {
		return o.div, o
	}
	return c.actor(d, whole.start)
}

// titleBody is the body that a title names as its author: 《中共中央 国务院|关于…的意见》.
func (c *Chain) titleBody(d *doc, whole span) *orgHit {
	orgs := within(d.orgs, whole.start, whole.end)
	for n := range orgs {
		if o := &orgs[n]; o.start <= whole.start+16 && d.at(o.end, "关于") {
			return o
		}
	}
	return nil
}

// proposer is the body right before a title that opens with 关于 (国务院|关于…的报告), or the one that asks a
// parliament to deliberate on it (财经委员会|关于提请审议|证券法修订草案).
func (c *Chain) proposer(d *doc, whole span) *orgHit {
	at := whole.start
	for _, w := range []string{"关于提请审议批准", "关于提请审议", "关于提请批准"} {
		if d.before(at, w) {
			at -= len([]rune(w))
		}
	}
	if at == whole.start && !d.at(at, "关于") {
		return nil
	}
	orgs := within(d.orgs, at-farthest, at)
	for n := range orgs {
		if o := &orgs[n]; o.end == at && d.bodyStarts(o.start) {
			return o
		}
	}
	return nil
}

// published notes the articles that a paper is said to print: 人民日报刊发评论员文章《…》, and the next sentence's 题目是《…》.
func (c *Chain) published(d *doc, s sentence) {
	for k := s.start; k < s.end; k++ {
		verb := ""
		for _, w := range []string{"刊发", "刊登", "发表", "刊载", "播发"} {
			if d.at(k, w) {
				verb = w
			}
		}
		if verb == "" {
			continue
		}
		id := ""
		var at span
		end := k
		for _, w := range []string{"今天", "明天", "将", "头版", "杂志"} {
			if d.before(end, w) {
				end -= len([]rune(w))
			}
		}
		if d.rune(end-1) == '》' {
			end--
		}
		orgs := within(d.orgs, end-farthest, end)
		for n := range orgs {
			if o := &orgs[n]; o.end == end && o.kind == "media" {
				id, at = o.id, o.span
			}
		}
		for n := end - 2; id == "" && n >= s.start && end-n < 12; n-- { // 《人民日报》
			if l, ids, ok := c.bodies.Longest(d.r[:end], n); ok && n+l == end && d.rune(n-1) == '《' && c.lex.Bodies[ids[0]].Field(1) == "media" {
				b := c.lex.Bodies[ids[0]]
				id, at = graph.ScopedID(graph.LabelOrganization, "CN", b.Field(0)), span{n, end}
				d.out.mention(id, d.text(at), at, graph.Props{"kind": "media"})
			}
		}
		if id == "" {
			continue
		}
		stop := s.end
		// 题目是《…》 in the sentence after.
		if n := sort.Search(len(d.sents), func(n int) bool { return d.sents[n].start >= s.end }); n < len(d.sents) && d.sents[n].para == s.para {
			t := d.sents[n]
			if d.at(t.start, "题目") || d.at(t.start, "题为") || d.at(t.start, "文章题") || d.at(t.start, "社论题") {
				stop = t.end
			}
		}
		for _, p := range within(d.papers, k, stop) {
			if p.start > k && p.kind != "periodical" {
				props := graph.Props{}
				if t, ok := d.dateNear(k); ok && !t.since {
					props["date"], props["precision"] = t.date, graph.PrecisionOf(t.date)
				}
				d.out.claim(claim{subject: id, predicate: graph.Issued, object: p.id, quote: d.quote(at, p.whole), status: d.status(k), confidence: 0.85, rule: "paper-prints", props: props})
			}
		}
	}
}

// bodyStarts says that the name of a body begins at i on its own, and is not the end of a longer one.
func (d *doc) bodyStarts(i int) bool { return !d.insidePlace(i-1) && (i == 0 || !d.insideAny(i-1)) }

// issuing returns where the verb stands that puts a document out, -1 if none does, and the verb.
func (c *Chain) issuing(d *doc, s sentence, clause, whole span) (int, string) {
	for _, v := range issueVerbs {
		at := -1
		for k := clause.start; k < whole.start; k++ {
			if d.at(k, v) {
				at = k
			}
		}
		if at < 0 {
			for k := whole.end; k < clause.end && k < whole.end+8; k++ {
				if d.at(k, v) {
					at = k
				}
			}
		}
		if at >= 0 {
			return at, v
		}
	}
	if d.before(whole.start, "启动") || d.before(whole.start, "启动实施") { // 甲院启动《行动计划》: its own plan
		return whole.start - 2, "启动"
	}
	return -1, ""
}

// issued notes who put a document out.
func (c *Chain) issued(d *doc, s sentence, p paperHit, actor *resolve.Division, org *orgHit, rule string, conf float64) {
	if p.kind == "periodical" {
		return
	}
	whole := p.whole
	clause := d.clauseAt(whole.start)
	// A list of titles goes on over commas: the verb stands in a clause before.
	for k, q := range s.clauses {
		if q.start == clause.start && k > 0 && strings.Trim(d.text(span{clause.start, whole.start}), "、和以及《， ") == "" && d.r[whole.start] == '《' {
			for k > 0 && strings.HasPrefix(strings.TrimLeft(d.text(s.clauses[k]), "、和以及 "), "《") {
				k--
			}
			clause = s.clauses[k]
		}
	}
	at, verb := c.issuing(d, s, clause, whole)
	if o := c.agent(d, s, whole); o != nil {
		at, verb = o.end, "发布"
	} else if o := c.proposer(d, whole); at < 0 && o != nil {
		at, verb = o.start, "审议通过"
	}
	if at < 0 || p.kind == "other" && !publicVerbs[verb] || verb == "启动" && (p.kind != "plan" || org == nil) {
		return
	}
	subject := ""
	if org != nil {
		subject = org.id
	} else if actor != nil {
		subject = actor.ID()
	}
	props := graph.Props{}
	if t, ok := d.dateNear(at); ok && t.end > clause.start-60 && !t.since && t.period == "" {
		props["date"], props["precision"] = t.date, graph.PrecisionOf(t.date)
	}
	bodies := []string{subject}
	if org != nil {
		bodies = nil
		for _, o := range d.row(org) {
			bodies = append(bodies, o.id)
		}
	}
	hit := &d.papers[len(d.papers)-1]
	hit.by, hit.verb, hit.of = bodies, at, actor
	for _, b := range bodies {
		d.out.claim(claim{subject: b, predicate: graph.Issued, object: p.id, quote: d.quote(span{at, at + 1}, whole), status: d.status(at), confidence: conf, rule: rule, props: props})
	}
}

// titleTails end titles: what stands before them is what the document is about.
var titleTails = regexp.MustCompile(`(?:的|之)?(?:若干|指导|实施|总体|试点|工作|框架|暂行|专项|综合|行动|发展|战略|改革|三年|五年|“[^”]{3,4}”)*(?:意见|方案|规划纲要|规划|计划|办法|决定草案|决定|通知|措施|纲要|工作进展情况的报告|工作情况的报告|情况的报告|报告|清单)(?:（[^）]*）)?$`)

// titleLeads open what a document is about without being part of its name.
var titleLeads = []string{"关于", "中共中央", "国务院", "全面", "进一步", "深入", "加快", "推进", "深化", "推动", "实施", "开展", "加强", "完善", "建立健全", "建立", "健全", "促进", "支持", "积极", "稳步", "有序", "扎实", "大力", "做好", "规范", "落实", "实行", "推行", "授权", "改革完善", "创新", "新时代加快", "新时代", "探索"}

// undertakings end the names of what a title names as being undertaken.
var undertakings = []string{"改革", "制度", "机制", "体系", "体制", "体系建设", "工程", "行动", "转型", "模式", "试点", "试验区", "示范区", "一体化", "责任制", "行动计划", "攻坚战"}

// about is what a title names as being undertaken, as far as it has the form of a name; empty if it has not.
func (c *Chain) about(d *doc, whole span) span {
	at := span{whole.start, whole.end}
	if d.r[at.start] == '《' {
		at = span{at.start + 1, at.end - 1}
	}
	text := d.text(at)
	loc := titleTails.FindStringIndex(text)
	if loc == nil {
		return span{}
	}
	rest := []rune(text[:loc[0]])
	if tail := text[loc[0]:]; strings.HasPrefix(tail, "改革") || strings.HasPrefix(tail, "试点") || strings.HasPrefix(tail, "行动计划") { // …制度|改革方案
		for _, w := range []string{"改革", "试点", "行动计划"} {
			if strings.HasPrefix(tail, w) {
				rest = append(rest, []rune(w)...)
			}
		}
	}
	at.end = at.start + len(rest)
	for moved := true; moved; {
		moved = false
		for _, w := range titleLeads {
			if d.at(at.start, w) {
				at.start += len([]rune(w))
				moved = true
			}
		}
		for _, p := range within(d.places, at.start, at.start+1) {
			if p.start == at.start && p.end < at.end-3 && d.rune(p.end) != '性' {
				at.start, moved = p.end, true
			}
		}
		if d.rune(at.start) == '在' { // 在全国推进…
			return span{}
		}
	}
	if at.len() < 5 || at.len() > 18 {
		return span{}
	}
	name := d.text(at)
	if strings.ContainsAny(name, "，、；《》") || hasFunction([]rune(strings.NewReplacer("和", "", "与", "").Replace(name))) || generic(name) || strings.Count(name, "“") != strings.Count(name, "”") {
		return span{}
	}
	for _, w := range undertakings {
		if strings.HasSuffix(name, w) {
			return at
		}
	}
	return span{}
}

// titled makes undertakings of what the titles of plans and decisions name, led by who put them out.
func (c *Chain) titled(d *doc) {
	for n := range d.papers {
		p := &d.papers[n]
		if len(p.by) == 0 || p.kind == "regulation" || p.kind == "periodical" {
			continue
		}
		id, at := "", span{}
		for _, q := range within(d.pracs, p.whole.start, p.whole.end) { // a rule for names read one there
			if q.id != "" && p.whole.holds(q.span) {
				id, at = q.id, q.span
				break
			}
		}
		if id == "" {
			if at = c.about(d, p.whole); at.len() == 0 || c.insidePilot(d, at) {
				continue
			}
			made := practiceHit{span: at, name: d.text(at), kind: "plan", rule: "title-names", conf: 0.7, verb: p.verb, div: p.of}
			if p.of == resolve.China {
				made.div = nil
			}
			if kind := c.kindOf(d, at); kind != "" {
				made.kind = kind
			}
			if id = c.initiative(d, &made); id == "" {
				continue
			}
			made.id = id
			d.pracs = append(d.pracs, made)
			slices.SortStableFunc(d.pracs, func(a, b practiceHit) int { return a.start - b.start })
		}
		for _, b := range p.by {
			if strings.HasPrefix(b, "org:") {
				d.out.claim(claim{subject: id, predicate: graph.LedBy, object: b, quote: d.quote(span{p.verb, p.verb + 1}, at), status: d.status(p.verb), confidence: 0.7, rule: "title-names"})
			}
		}
	}
}
