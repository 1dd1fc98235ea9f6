package extract

import (
	"regexp"
	"slices"
	"strings"

	"reformgraph/graph"
)

// writeParts names the parts that only a list or arrows tell of: what they name
// is an initiative because of it. Each rule's example stands beside it.
func (c *Chain) writeParts(d *doc) {
	c.arrows(d)
	slices.SortStableFunc(d.pracs, func(a, b practiceHit) int { return a.start - b.start })
	c.groupHeads(d)
}

// writeTold says which initiative the sentences and paragraphs tell as part of
// which. It needs all that are named, those of the rules of spread among them.
func (c *Chain) writeTold(d *doc) {
	for _, s := range d.sents {
		c.aspect(d, s)
		c.core(d, s)
		c.inside(d, s)
		c.agenda(d, s)
		c.within(d, s)
		c.further(d, s)
		c.deepens(d, s)
	}
	c.planned(d)
	c.topics(d)
	c.distributed(d)
}

func (c *Chain) part(d *doc, a, b string, q span, conf float64, rule string) {
	if a == "" || b == "" || a == b {
		return
	}
	d.out.claim(claim{subject: a, predicate: graph.PartOf, object: b, quote: q, status: "done", confidence: conf, rule: rule})
}

// arrows: “市级改革→县级改革→乡镇改革”布局 has three parts.
func (c *Chain) arrows(d *doc) {
	for k := range d.pracs {
		p := d.pracs[k]
		if p.id == "" || !strings.Contains(p.name, "→") {
			continue
		}
		inner := p.span
		for i := p.start; i < p.end; i++ {
			if d.r[i] == '“' && inner.start == p.start {
				inner.start = i + 1
			}
			if d.r[i] == '”' {
				inner.end = i
			}
		}
		start := inner.start
		for i := inner.start; i <= inner.end; i++ {
			if i < inner.end && d.r[i] != '→' {
				continue
			}
			m := span{start, i}
			start = i + 1
			if m.len() < 3 {
				continue
			}
			part := practiceHit{span: m, name: d.text(m), kind: "reform", rule: "arrow-part", conf: 0.85, verb: p.verb, div: p.div}
			if kind := c.kindOf(d, m); kind != "" {
				part.kind = kind
			}
			part.id = c.initiative(d, &part)
			c.part(d, part.id, p.id, d.quote(p.span), 0.85, "arrow-part")
			d.pracs = append(d.pracs, part)
		}
	}
}

// initiative mentions a practice as an initiative of its place, with its IN.
func (c *Chain) initiative(d *doc, p *practiceHit) string {
	name := c.namer.Name(p.name, p.div)
	if len([]rune(name)) < 2 {
		return ""
	}
	code := "CN"
	if p.div != nil {
		code = p.div.Code
	}
	id := graph.ScopedID(graph.LabelInitiative, code, name)
	for _, q := range d.pracs { // 便民改革 is 十大便民改革 where the text has that
		if rest, ok := strings.CutSuffix(graph.Practice(q.id), name); ok && len([]rune(rest)) == 2 && strings.HasSuffix(rest, "大") {
			id = q.id
		}
	}
	d.out.mention(id, p.name, p.span, graph.Props{"kind": p.kind, "domain": c.domainOf(p.name)})
	if p.div != nil {
		d.out.claim(claim{subject: id, predicate: graph.In, object: p.div.ID(), quote: d.quote(p.span), status: d.status(p.start), confidence: p.conf, rule: p.rule, props: c.sinceProps(d, p)})
	}
	return id
}

// groupHeads: 八大便民改革 has the improvements of that name as parts (就医便民改革),
// and the list right in front of it.
func (c *Chain) groupHeads(d *doc) {
	for k := range d.pracs {
		p := d.pracs[k]
		name := []rune(trimQuotes(p.name))
		if p.id == "" || len(name) < 5 || name[1] != '大' {
			continue
		}
		if _, ok := chineseDigits[name[0]]; !ok && name[0] != '十' {
			continue
		}
		tail := string(name[max(2, len(name)-4):])
		for j := range d.pracs {
			q := d.pracs[j]
			if q.id != "" && j != k && strings.HasSuffix(q.name, tail) && len([]rune(q.name)) > 5 && !strings.HasSuffix(q.name, string(name[2:])) {
				c.part(d, q.id, p.id, d.quote(q.span), 0.8, "group-head")
			}
		}
		// The list that ends right before the group's name: …、救助、托育，八大便民改革.
		for _, m := range d.mentionsOf(p.id) {
			cl := d.clauseAt(m.start)
			s := d.sentenceAt(m.start)
			if s == nil || m.start-cl.start > 1 {
				continue
			}
			for n, x := range s.clauses {
				if x.start != cl.start || n == 0 || !strings.Contains(d.text(s.clauses[n-1]), "、") {
					continue
				}
				members := c.members(d, *s, s.clauses[n-1].end)
				if len(members) < 3 {
					continue
				}
				for _, mem := range members {
					mem = c.member(d, *s, mem)
					if dots := strings.LastIndex(d.text(mem), "……"); dots >= 0 {
						mem.start += len([]rune(d.text(mem)[:dots])) + 2
					}
					if mem.len() < 3 || mem.len() > 24 {
						continue
					}
					part := practiceHit{span: mem, name: d.text(mem), kind: "reform", rule: "group-list", conf: 0.75, verb: p.verb, div: p.div}
					part.id = c.initiative(d, &part)
					c.part(d, part.id, p.id, d.quote(mem, m), 0.75, "group-list")
				}
			}
		}
	}
}

// mentionsOf returns where a node is mentioned.
func (d *doc) mentionsOf(id string) []span {
	if n := d.out.nodes[id]; n != nil {
		return n.spans
	}
	return nil
}

// aspect: 在推进数字政府建设方面，建立首席数据官制度: what the sentence goes on to
// name is part of what it is about.
func (c *Chain) aspect(d *doc, s sentence) {
	for _, cl := range s.clauses {
		text := d.text(cl)
		if !strings.HasSuffix(text, "方面") && !strings.HasSuffix(text, "方面，") {
			continue
		}
		at := strings.Index(text, "在")
		if at < 0 {
			continue
		}
		topic := ""
		for _, p := range within(d.pracs, cl.start, cl.end) {
			if p.id != "" && cl.holds(p.span) {
				topic = p.id
			}
		}
		if topic == "" {
			continue
		}
		for _, p := range within(d.pracs, cl.end, s.end) {
			if p.id != "" && p.end <= s.end && p.conf >= 0.7 {
				c.part(d, p.id, topic, d.quote(p.span), 0.7, "aspect")
			}
		}
	}
}

// core: 推进街区更新，以“三个同步”为核心: the core is part of the undertaking named before.
func (c *Chain) core(d *doc, s sentence) {
	here := within(d.pracs, s.start, s.end)
	for k, p := range here {
		if p.id == "" || !s.holds(p.span) {
			continue
		}
		ok := false
		for _, w := range []string{"为核心", "为主要内容", "为重点", "为抓手", "为内容", "为载体"} {
			ok = ok || d.at(p.end, w)
		}
		if !ok {
			continue
		}
		for j := k - 1; j >= 0; j-- {
			if q := here[j]; q.id != "" && q.id != p.id {
				c.part(d, p.id, q.id, d.quote(q.span, p.span), 0.7, "core-of")
				break
			}
		}
	}
}

// inside: 在网格内建立“快办”机制, 推出于“一网通办”框架下: what is done inside an undertaking is part of it.
func (c *Chain) inside(d *doc, s sentence) {
	here := within(d.pracs, s.start, s.end)
	for k, p := range here {
		if p.id == "" || d.rune(p.start-1) != '在' || !d.at(p.end, "内") && !d.at(p.end, "中") && !d.at(p.end, "框架下") {
			continue
		}
		cl := d.clauseAt(p.start)
		for _, q := range here[k+1:] {
			if q.id != "" && q.end <= cl.end && q.verb >= p.end {
				c.part(d, q.id, p.id, d.quote(p.span, q.span), 0.7, "inside-of")
			}
		}
	}
}

// deepens: 该应用进一步深化“证照分离”改革: what the sentences before named last deepens the reform, as a part of it.
func (c *Chain) deepens(d *doc, s sentence) {
	for _, cl := range s.clauses {
		if d.rune(cl.start) != '该' && !d.at(cl.start, "这一") && !d.at(cl.start, "此项") && !d.at(cl.start, "这项") {
			continue
		}
		for _, p := range within(d.pracs, cl.start, cl.end) {
			if p.id == "" || p.verb < cl.start || p.verb-cl.start > 10 || !d.at(p.verb, "深化") && !d.at(p.verb, "落实") && !d.at(p.verb, "推进") {
				continue
			}
			before := within(d.pracs, d.firstOf(s).start, cl.start)
			for k := len(before) - 1; k >= 0; k-- {
				if q := before[k]; q.id != "" && q.id != p.id {
					c.part(d, q.id, p.id, d.quote(p.span), 0.7, "deepens")
					if p.expID != "" {
						d.out.claim(claim{subject: q.id, predicate: graph.Applies, object: p.expID, quote: d.quote(p.span), confidence: 0.7, rule: "deepens"})
					}
					break
				}
			}
		}
	}
}

// planned: the plan for X is set out in the paragraph that begins 《规划》提出: what it names is part of X.
func (c *Chain) planned(d *doc) {
	for n := range d.papers[:min(len(d.papers), longestMemory)] {
		p := &d.papers[n]
		if p.kind != "plan" && p.kind != "policy" {
			continue
		}
		whole, longest := "", 0
		for n := range d.pracs { // the longest name that the title holds
			if q := &d.pracs[n]; q.id != "" && q.len() >= 4 && q.len() > longest && strings.Contains(p.name, trimQuotes(q.name)) {
				whole, longest = q.id, q.len()
			}
		}
		if whole == "" {
			continue
		}
		for _, s := range d.sents {
			if s.start < p.start || s.title {
				continue
			}
			at := s.start
			if d.rune(at) != '《' {
				continue
			}
			for at < s.end && d.r[at] != '》' && at-s.start < 60 {
				at++
			}
			title := d.text(span{s.start + 1, at})
			if !strings.HasSuffix(p.name, title) {
				continue
			}
			lays := false
			for _, w := range []string{"提出", "明确", "部署", "要求", "指出", "规定", "确定", "包括"} {
				lays = lays || d.at(at+1, w)
			}
			if !lays {
				continue
			}
			for _, t := range d.sents {
				if t.para != s.para || t.start < s.start {
					continue
				}
				for _, q := range within(d.pracs, t.start, t.end) {
					if q.id != "" && q.start > at && q.conf >= 0.6 {
						c.part(d, q.id, whole, d.quote(q.span), 0.7, "plan-part")
					}
				}
			}
			break
		}
	}
}

// distributed: after 开展“一村一策”行动, a sentence in which three or more places
// or bodies each do one thing of their own names the parts of that undertaking.
func (c *Chain) distributed(d *doc) {
	member := map[string]bool{}
	for _, s := range d.sents {
		var parts []practiceHit
		seen := map[string]bool{}
		for _, cl := range s.clauses {
			for _, p := range within(d.pracs, cl.start, cl.end) {
				if p.id == "" || !cl.holds(p.span) || p.verb < cl.start {
					continue
				}
				owner := ""
				for _, q := range within(d.places, cl.start, cl.start+1) {
					if q.start == cl.start && q.end <= p.verb && !q.pro {
						owner = q.div.Code
					}
				}
				for _, o := range within(d.orgs, cl.start, cl.start+1) {
					if o.start == cl.start && o.end <= p.verb {
						owner = o.id
					}
				}
				if owner != "" && !seen[owner] {
					seen[owner] = true
					parts = append(parts, p)
				}
				break
			}
		}
		if len(parts) < 3 {
			continue
		}
		for _, p := range parts {
			member[p.id] = true
		}
		// The umbrella: the last campaign or reform named in the paragraph before, itself in no such list.
		before := within(d.pracs, 0, parts[0].start)
		for k := len(before) - 1; k >= 0 && len(before)-k < longestMemory; k-- {
			u := before[k]
			t := d.sentenceAt(u.start)
			if u.id == "" || member[u.id] || t == nil || t.para < s.para-1 || u.kind != "campaign" && u.kind != "project" || u.conf < 0.8 {
				continue
			}
			for _, p := range parts {
				c.part(d, p.id, u.id, d.quote(p.span), 0.7, "distributed-list")
			}
			break
		}
	}
}

// agendaTail follows, up to the end of its clause, an undertaking whose parts are told next: X的主要目标是…, 一系列X举措。
var agendaTail = regexp.MustCompile(`^(?:试点|工作)?的?(?:主要|总体|具体|重点|首要|核心|基本|各项|改革)*(?:目标|任务|内容|举措|措施|要点|重点)(?:是|有|包括|为|如下)?$`)

// agenda: 金融改革的主要目标是：甲制度基本建立；乙机制进一步完善。 一系列的司法改革举措。甲；乙；丙。
// What the list that follows names is part of the undertaking.
func (c *Chain) agenda(d *doc, s sentence) {
	for _, p := range within(d.pracs, s.start, s.end) {
		if p.id == "" || p.end > s.end {
			continue
		}
		cl := d.clauseAt(p.end - 1)
		if cl.end-p.end > 14 || !agendaTail.MatchString(d.text(span{p.end, cl.end})) {
			continue
		}
		rest := d.listFrom(s, cl.end)
		if rest.len() == 0 {
			continue
		}
		for _, q := range within(d.pracs, rest.start, rest.end) {
			if q.id != "" && q.end <= rest.end {
				c.part(d, q.id, p.id, d.quote(q.span), 0.7, "agenda")
			}
		}
	}
}

// listFrom is the list that a clause which ends at i introduces: the rest of its
// sentence behind ： or 是, with the sentences joined to it by ；, or the next sentences
// where these are so joined.
func (d *doc) listFrom(s sentence, i int) span {
	k := d.sentenceIndex(s)
	chain := func(k int) int { // the last sentence of the run that k begins
		for k+1 < len(d.sents) && d.sents[k+1].para == d.sents[k].para && d.rune(d.sents[k].end-1) == '；' {
			k++
		}
		return k
	}
	last := chain(k)
	if i < s.end-1 && (d.rune(i) == '：' || d.before(i, "是") || d.before(i, "包括")) {
		return span{i, d.sents[last].end}
	}
	if i >= s.end-1 && k+1 < len(d.sents) && d.sents[k+1].para == s.para {
		if last := chain(k + 1); last > k+1 {
			return span{d.sents[k+1].start, d.sents[last].end}
		}
	}
	return span{}
}

// within: 开展“一村一策”行动，推行甲工作法: what the next clauses of the sentence do, with no
// subject of their own, is part of the campaign, project or reform that it began with.
func (c *Chain) within(d *doc, s sentence) {
	here := within(d.pracs, s.start, s.end)
	for k, p := range here {
		if p.id == "" || p.verb < 0 || p.list != 0 || strings.ContainsRune("、和与", d.rune(p.end)) || p.kind != "campaign" && p.kind != "reform" && !strings.HasSuffix(p.name, "工程") {
			continue
		}
		if cl := d.clauseAt(p.end - 1); p.rule == "easing" || cl.end-p.end > 4 { // the clause ends with it
			continue
		}
		for _, q := range here[k+1:] {
			if strings.HasSuffix(q.name, "改革") || strings.HasSuffix(q.name, "战略") || strings.HasSuffix(q.name, "行动") { // of the same rank
				break
			}
			if q.id == "" || q.verb < p.end || q.list != 0 || strings.ContainsRune("、和与", d.rune(q.verb-1)) {
				continue
			}
			if d.newSubject(p.end, q.verb) {
				break
			}
			c.part(d, q.id, p.id, d.quote(p.span, q.span), 0.65, "within-sentence")
		}
		break
	}
}

// further: 启动混合所有制改革。随后，又实施员工持股计划。
func (c *Chain) further(d *doc, s sentence) {
	k := d.sentenceIndex(s)
	if k < 1 || d.sents[k-1].para != s.para || !slices.ContainsFunc([]string{"随后", "在此基础上", "其中", "为此"}, func(w string) bool { return d.at(s.start, w) }) {
		return
	}
	before := within(d.pracs, d.sents[k-1].start, d.sents[k-1].end)
	for j := len(before) - 1; j >= 0; j-- {
		if before[j].id == "" {
			continue
		}
		for _, q := range within(d.pracs, s.start, s.end) {
			if q.id != "" {
				c.part(d, q.id, before[j].id, d.quote(q.span), 0.7, "further")
			}
		}
		break
	}
}

// sentenceIndex is the number of a sentence among those of the article.
func (d *doc) sentenceIndex(s sentence) int {
	k, _ := slices.BinarySearchFunc(d.sents, s.start, func(t sentence, i int) int { return t.start - i })
	return k
}

// topics: in what a place tells of itself, a paragraph that begins with setting up a
// mechanism goes on with its parts. Elsewhere only a counted list does (一是…; 二是…).
func (c *Chain) topics(d *doc) {
	para := -1
	for k, s := range d.sents {
		if s.para == para || s.title {
			continue
		}
		para = s.para
		top := practiceHit{}
		for _, p := range within(d.pracs, s.start, s.end) {
			if p.id == "" {
				continue
			}
			if p.verb >= 0 && p.list == 0 && p.exp == nil && d.rune(p.end) != '、' && (p.kind == "mechanism" || p.kind == "reform" || p.kind == "campaign") {
				top = p
			}
			break
		}
		if top.id == "" {
			continue
		}
		local := d.home != nil && top.div != nil && top.div.Level != "country"
		for _, t := range d.sents[k:] {
			if t.para != para {
				break
			}
			for _, q := range within(d.pracs, t.start, t.end) {
				if !local && !d.counts(d.clauseAt(q.verb).start) {
					continue
				}
				if q.id != "" && q.verb >= top.end && q.list == 0 && !d.newSubject(d.clauseAt(q.verb).start, q.verb) {
					c.part(d, q.id, top.id, d.quote(q.span), 0.65, "topic")
				}
			}
		}
	}
}

// counts says that a clause at i is a member of a counted list: 一是…, 第二，….
func (d *doc) counts(i int) bool {
	if d.rune(i) == '第' {
		i++
	}
	_, ok := chineseDigits[d.rune(i)]
	return ok && strings.ContainsRune("是要、", d.rune(i+1))
}

// newSubject says that a place or body opens a clause between two places of the text.
func (d *doc) newSubject(from, to int) bool {
	for _, p := range within(d.places, from, to) {
		if p.start >= from && !p.pro && d.opens(d.clauseAt(p.start).start, p.start) {
			return true
		}
	}
	for _, o := range within(d.orgs, from, to) {
		if o.start >= from && d.opens(d.clauseAt(o.start).start, o.start) {
			return true
		}
	}
	return false
}
