package extract

import (
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
	"reformgraph/loaders/resolve"
)

// writeSpread applies spread.tsv: what was promoted where, who learned from whom,
// where a practice began, and which places took one up together.
func (c *Chain) writeSpread(d *doc) {
	d.apply(c.spread, func(x match) {
		status := x.p.status
		if status == "" {
			status = d.status(x.span.end - 1)
			if status == "done" && d.demanded(x.span.end-1) {
				status = "planned"
			}
		}
		switch x.p.emit {
		case "PROMOTED_TO":
			c.promoted(d, x, status)
		case "LEARNED_FROM":
			c.learned(d, x, status)
		case "ORIGINATED_IN":
			c.originated(d, x, status)
		case "ADOPTS":
			c.adopted(d, x, status)
		}
	})
}

// dated puts the date that governs a match into props under key.
func (d *doc) dated(x match, key string) graph.Props {
	props := graph.Props{}
	var in []token
	for _, t := range x.m.tokens {
		if t.mark == markTime && t.end <= x.span.end {
			in = append(in, t)
		}
	}
	if len(in) > 0 {
		t := d.times[in[len(in)-1].index]
		props[key], props["precision"] = t.date, graph.PrecisionOf(t.date)
	}
	return props
}

// places returns the places named in a span, in order; countries only as scopes.
func (x match) places(d *doc, s span) []*placeHit {
	var out []*placeHit
	for _, t := range x.m.tokensIn(s, markPlace) {
		p := &d.places[t.index]
		if !p.chain {
			out = append(out, p)
		}
	}
	return out
}

// things returns the ids of the practices in a span as the given label wants
// them. Plain words become a practice if they can be one.
func (c *Chain) things(d *doc, x match, s span, experience bool) []string {
	var out []string
	toks := x.m.tokensIn(s, markPractice)
	if len(toks) > 0 {
		// A whole enumeration stands behind its last member.
		list := d.pracs[toks[len(toks)-1].index].list
		if experience {
			list = 0
		}
		for k := range d.pracs {
			p := &d.pracs[k]
			in := false
			for _, t := range toks {
				in = in || t.index == k
			}
			if in || list != 0 && p.list == list && x.m.s.holds(p.span) {
				out = append(out, c.thing(d, p, experience))
			}
		}
		return out
	}
	w := c.trimThing(d, s)
	if w.len() < 3 || w.len() > 30 || !c.thingable(d, w) {
		return nil
	}
	p := practiceHit{span: w, name: d.text(w), kind: "method", rule: x.p.id, conf: 0.7, verb: -1}
	if k := c.kindOf(d, w); k != "" {
		p.kind = k
	}
	p.div, p.org = c.owner(d, &p)
	for i := w.start; i < w.end; i++ {
		if n, ids, ok := c.exps.Longest(d.r[:w.end], i); ok {
			p.exp = &c.lex.Experiences[ids[0]]
			p.expID = graph.ExperienceID(script.Bare(p.exp.Name))
			d.out.mention(p.expID, d.text(span{i, i + n}), span{i, i + n}, graph.Props{"domain": p.exp.Domain})
			return []string{p.expID}
		}
	}
	if !experience && d.numberIn(w) {
		code := "CN"
		if p.div != nil {
			code = p.div.Code
		}
		p.id = graph.ScopedID(graph.LabelInitiative, code, c.namer.Name(p.name, p.div))
		d.out.mention(p.id, p.name, w, graph.Props{"kind": p.kind, "domain": c.domainOf(p.name)})
		return []string{p.id}
	}
	return []string{c.thing(d, &p, true)}
}

func (d *doc) numberIn(s span) bool {
	for _, n := range d.nums {
		if s.holds(n.digits) && n.unit != "" {
			return true
		}
	}
	return false
}

// thing returns the id of a practice: as an experience if wanted or known as
// such, else as the initiative it is.
func (c *Chain) thing(d *doc, p *practiceHit, experience bool) string {
	if p.expID == "" && (experience || p.id == "") {
		name := c.namer.Name(p.name, p.div)
		if len([]rune(name)) < 2 {
			return ""
		}
		p.expID = graph.ExperienceID(name)
		d.out.mention(p.expID, p.name, p.span, graph.Props{"domain": c.domainOf(p.name)})
		if p.id != "" {
			d.out.claim(claim{subject: p.id, predicate: graph.Applies, object: p.expID, quote: d.quote(p.span), status: d.status(p.start), confidence: 0.7, rule: "spreads", props: c.sinceProps(d, p)})
		}
	}
	if p.expID != "" && (experience || p.id == "" || p.only) {
		return p.expID
	}
	return p.id
}

// trimThing cuts what is no part of a practice's name off both ends.
func (c *Chain) trimThing(d *doc, s span) span {
	for _, n := range d.nums { // 有|4项改革经验
		if s.holds(n.span) && n.unit != "" && !n.ordinal {
			s.start = n.start
			break
		}
	}
	for moved := true; moved && s.len() > 2; {
		moved = false
		for _, w := range []string{"将", "把", "对", "的", "了", "其", "要", "并", "而", "这里的", "这里", "目前", "今年", "试点的", "试点", "包括", "开展", "推动", "一批", "为", "等", "和", "又", "还", "由此", "我国", "国家", "全面", "推广", "认真", "总结", "形成了", "形成的", "取得的", "探索出", "，", " "} {
			if d.at(s.start, w) && s.len()-len([]rune(w)) >= 3 && !(w == "试点" && s.len() < 6) {
				s.start += len([]rune(w))
				moved = true
			}
		}
		for _, p := range d.places {
			if p.start == s.start && p.end < s.end-2 && (p.pro || d.rune(p.end) == '的') {
				s.start = p.end
				moved = true
			}
		}
		for _, t := range d.times {
			if t.start == s.start && t.end < s.end-2 {
				s.start = t.end
				moved = true
			}
		}
		for _, w := range []string{"等", "的", "了", "，", "已", "正", "也", "将", "开始", "目前", "正在", "今年", "不断", "逐步", "先后"} {
			if d.before(s.end, w) && s.len()-len([]rune(w)) >= 2 {
				s.end -= len([]rune(w))
				moved = true
			}
		}
	}
	return s
}

// thingable says that plain words name a practice: they end in a word for one,
// or are quoted, and hold no clause.
func (c *Chain) thingable(d *doc, s span) bool {
	text := d.text(s)
	for _, bad := range []string{"技术", "品种", "产品", "精神", "讲话", "思想", "主题教育", "车", "药", "先进经验", "成功经验", "有益经验", "宝贵经验"} {
		if strings.HasSuffix(text, bad) {
			return false
		}
	}
	if strings.ContainsAny(text, "他她们我你是有不说") {
		return false
	}
	if d.r[s.start] == '“' && d.r[s.end-1] == '”' {
		return true
	}
	return c.kindOf(d, s) != "" || strings.HasSuffix(text, "成果") || strings.HasSuffix(text, "措施") || strings.HasSuffix(text, "作业") || strings.HasSuffix(text, "细则") || strings.HasSuffix(text, "标准")
}

// lastPractice is the nearest practice before i in its sentence or the one before.
func (c *Chain) lastPractice(d *doc, i int) *practiceHit {
	s := d.sentenceAt(i)
	if s == nil {
		return nil
	}
	for k := len(d.pracs) - 1; k >= 0; k-- {
		p := &d.pracs[k]
		if p.end <= i && (p.id != "" || p.expID != "") && p.start >= s.start {
			return p
		}
	}
	return nil
}

func (c *Chain) promoted(d *doc, x match, status string) {
	var what []string
	if g := x.group("what"); g.len() > 0 {
		what = c.things(d, x, g, false)
	} else if p := c.lastPractice(d, x.span.start+1); p != nil {
		if p.list != 0 {
			for k := range d.pracs {
				if d.pracs[k].list == p.list {
					what = append(what, c.thing(d, &d.pracs[k], false))
				}
			}
		} else {
			what = append(what, c.thing(d, p, false))
		}
	}
	props := d.dated(x, "date")
	for _, t := range x.m.tokens {
		if t.mark == markBody && t.end <= x.span.end && t.start >= d.clauseAt(x.span.start).start {
			props["by"] = d.orgs[t.index].name
		}
	}
	q := d.quote(x.span)
	for _, p := range x.places(d, x.group("where")) {
		for _, w := range what {
			c.scope(d, p)
			d.out.claim(claim{subject: w, predicate: graph.PromotedTo, object: p.div.ID(), quote: q, status: status, confidence: 0.82, rule: x.p.id, props: props})
		}
	}
}

// scope notes a place that is only named by 全国 or 全省 once a claim needs it.
func (c *Chain) scope(d *doc, p *placeHit) {
	if p.div == resolve.China {
		d.out.mention(p.div.ID(), "中国", p.span, nil)
	}
	for _, q := range p.more {
		d.out.mention(q.ID(), q.Name, p.span, nil)
	}
}

func (c *Chain) learned(d *doc, x match, status string) {
	var who, from []string
	ends := func(s span, learner bool) []string {
		var out []string
		for _, t := range x.m.tokens {
			if !s.holds(t.span) {
				continue
			}
			switch t.mark {
			case markPlace:
				if p := &d.places[t.index]; !p.chain {
					c.scope(d, p)
					if p.more == nil {
						out = append(out, p.div.ID())
					}
					for _, q := range p.more {
						out = append(out, q.ID())
					}
				}
			case markBody:
				out = append(out, d.orgs[t.index].id)
			case markPractice:
				if learner {
					continue
				}
				out = append(out, c.thing(d, &d.pracs[t.index], true))
			}
		}
		return out
	}
	if g := x.group("who"); g.len() > 0 {
		who = ends(g, true)
	}
	if len(who) == 0 {
		if q, o := c.actor(d, x.group("from").start); o != nil {
			who = []string{o.id}
		} else if q != nil {
			who = []string{q.ID()}
		}
	}
	from = ends(x.group("from"), false)
	props := d.dated(x, "date")
	how := "学习借鉴"
	for _, w := range []string{"取经", "考察学习", "学习考察", "考察", "观摩", "借鉴", "引进", "复制", "授课", "学习"} {
		if strings.Contains(d.text(x.span), w) {
			how = w
			break
		}
	}
	props["how"] = how
	q := d.quote(x.span)
	for _, a := range who {
		for _, b := range from {
			if status == "done" && x.p.id == "learned-practice" && strings.HasPrefix(b, "experience:") && (how == "借鉴" || how == "引进" || how == "复制") {
				c.takesUp(d, x, a, b)
			}
			d.out.claim(claim{subject: a, predicate: graph.LearnedFrom, object: b, quote: q, status: status, confidence: 0.8, rule: x.p.id, props: props})
		}
	}
}

// takesUp says that a place or body that borrowed an experience practises it.
func (c *Chain) takesUp(d *doc, x match, who, experience string) {
	var q *resolve.Division
	for _, p := range d.places {
		if p.div.ID() == who {
			q = p.div
		}
	}
	for _, o := range d.orgs {
		if o.id == who {
			q = o.div
		}
	}
	n := d.out.nodes[experience]
	if q == nil || q.Level == "country" || n == nil || len(n.spans) == 0 {
		return
	}
	c.adopts(d, x, q, experience, n.spans[len(n.spans)-1], "done")
}

func (c *Chain) originated(d *doc, x match, status string) {
	if status == "planned" {
		return
	}
	var what []string
	g := x.group("what")
	if g.len() > 0 {
		what = c.things(d, x, g, true)
	} else if p := c.lastPractice(d, x.span.start+1); p != nil {
		what = append(what, c.thing(d, p, true))
	}
	var where []*resolve.Division
	if w := x.group("where"); w.len() > 0 {
		for _, p := range x.places(d, w) {
			if p.div.Level != "country" && !p.pro {
				where = append(where, p.div)
			}
		}
		for _, t := range x.m.tokensIn(w, markBody) {
			if o := d.orgs[t.index]; o.div != nil && o.div.Level != "country" {
				where = append(where, o.div)
			}
		}
	}
	if len(where) == 0 {
		if q, _ := c.actor(d, max(g.start, x.span.start)); q != nil && q.Level != "country" {
			where = append(where, q)
		}
	}
	props := d.dated(x, "since")
	q := d.quote(x.span)
	for _, w := range what {
		for _, p := range where {
			d.out.claim(claim{subject: w, predicate: graph.OriginatedIn, object: p.ID(), quote: q, confidence: 0.8, rule: x.p.id, props: props})
		}
	}
}

// adopted reads several places that take up one thing: each gets an initiative of
// its own that applies the experience.
func (c *Chain) adopted(d *doc, x match, status string) {
	what := c.things(d, x, x.group("what"), true)
	places := x.places(d, x.group("where"))
	for _, e := range what {
		if !strings.HasPrefix(e, "experience:") {
			continue
		}
		for _, p := range places {
			if p.div.Level == "country" {
				continue
			}
			if n := d.out.nodes[e]; n != nil && len(n.spans) > 0 {
				c.adopts(d, x, p.div, e, n.spans[0], status)
			}
		}
	}
}

// adopts gives a place an initiative of its own that applies an experience.
func (c *Chain) adopts(d *doc, x match, q *resolve.Division, experience string, at span, status string) {
	id := graph.ScopedID(graph.LabelInitiative, q.Code, graph.Practice(experience))
	d.out.mention(id, d.text(at), at, graph.Props{"kind": "reform", "domain": c.domainOf(d.text(at))})
	props := d.dated(x, "since")
	if props["since"] != nil {
		props["basis"] = "stated"
	}
	quote := d.quote(x.span)
	d.out.claim(claim{subject: id, predicate: graph.In, object: q.ID(), quote: quote, status: status, confidence: 0.78, rule: x.p.id, props: props})
	d.out.claim(claim{subject: id, predicate: graph.Applies, object: experience, quote: quote, status: status, confidence: 0.78, rule: x.p.id, props: props})
}
