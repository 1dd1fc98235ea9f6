package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
)

// writeParts says which initiative is part of which other one. Each rule's
// example stands beside it.
func (c *Chain) writeParts(d *doc) {
	c.arrows(d)
	slices.SortStableFunc(d.pracs, func(a, b practiceHit) int { return a.start - b.start })
	c.groupHeads(d)
	for _, s := range d.sents {
		c.aspect(d, s)
		c.core(d, s)
		c.inside(d, s)
		c.suchAs(d, s)
		c.said(d, s)
		c.deepens(d, s)
	}
	c.planned(d)
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
		ok, at := false, p.end
		for _, w := range []string{"为核心", "为主要内容", "为重点", "为抓手", "为内容", "为载体"} {
			if d.at(p.end, w) {
				ok, at = true, p.end+len([]rune(w))
			}
		}
		if !ok {
			continue
		}
		if d.rune(at) == '的' && k+1 < len(here) && here[k+1].start == at+1 && here[k+1].id != "" { // 以A、B为核心的|C
			whole := here[k+1]
			for j := k; j >= 0 && here[j].id != "" && (j == k || here[j+1].start-here[j].end <= 4 && strings.ContainsRune("、和", d.rune(here[j].end))); j-- {
				c.part(d, here[j].id, whole.id, d.quote(here[j].span, whole.span), 0.75, "core-of")
			}
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

// suchAs: 存款保险制度等金融安全网制度: what is named before 等 is part of what 等 sums up.
func (c *Chain) suchAs(d *doc, s sentence) {
	here := within(d.pracs, s.start, s.end)
	for k, p := range here {
		if p.id == "" || d.rune(p.start-1) != '等' {
			continue
		}
		end := p.start - 1
		for j := k - 1; j >= 0; j-- {
			q := here[j]
			if q.end != end || q.id == "" {
				break
			}
			c.part(d, q.id, p.id, d.quote(q.span, p.span), 0.75, "such-as")
			if !strings.ContainsRune("、和", d.rune(q.start-1)) {
				break
			}
			end = q.start - 1
		}
	}
}

// partWords say that what stands before them is part of what follows (甲是乙的|重要内容), or, behind 作为, of what stands between.
var partWords = []string{"一部分", "重要内容", "重要组成部分", "组成部分", "重要举措", "重要抓手", "重要环节", "重要一环", "关键一环", "子项目", "配套改革", "配套措施", "具体举措", "重点任务", "重点内容"}

// said: 作为乙的重要组成部分，…推行甲; 甲是乙的重要举措; 乙包括甲、丙.
func (c *Chain) said(d *doc, s sentence) {
	here := within(d.pracs, s.start, s.end)
	for k, p := range here {
		if p.id == "" {
			continue
		}
		for _, w := range []string{"包括", "包含", "涵盖", "主要包括", "由此形成"} {
			if !d.at(p.end, w) {
				continue
			}
			end := p.end + len([]rune(w))
			for _, q := range here[k+1:] {
				if q.id == "" || q.start-end > 2 {
					break
				}
				c.part(d, q.id, p.id, d.quote(p.span, q.span), 0.8, "part-said")
				end = q.end
			}
		}
		if d.rune(p.end) != '的' {
			continue
		}
		for _, w := range partWords {
			if !d.at(p.end+1, w) && !d.at(p.end+1, "一项"+w) {
				continue
			}
			cl := d.clauseAt(p.start)
			switch {
			case d.before(p.start, "作为"):
				for _, q := range here[k+1:] {
					if q.id != "" && q.verb >= cl.end {
						c.part(d, q.id, p.id, d.quote(p.span, q.span), 0.8, "part-said")
						break
					}
				}
			case d.before(p.start, "是") && k > 0 && here[k-1].id != "" && here[k-1].start >= cl.start:
				c.part(d, here[k-1].id, p.id, d.quote(here[k-1].span, p.span), 0.8, "part-said")
			}
			break
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
		// The umbrella: the last campaign or reform named in the paragraph before.
		before := within(d.pracs, 0, parts[0].start)
		for k := len(before) - 1; k >= 0 && len(before)-k < longestMemory; k-- {
			u := before[k]
			t := d.sentenceAt(u.start)
			if u.id == "" || t == nil || t.para < s.para-1 || u.kind != "campaign" && u.kind != "project" || u.conf < 0.8 {
				continue
			}
			for _, p := range parts {
				c.part(d, p.id, u.id, d.quote(p.span), 0.7, "distributed-list")
			}
			break
		}
	}
}
