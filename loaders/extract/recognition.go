package extract

import (
	"strings"

	"reformgraph/graph"
)

// writeHonours applies honours.tsv: what a practice or place was awarded,
// ranked, praised or published for. Groups of a rule: by (who grants), name
// (what it is called); what is honoured is found beside it.
func (c *Chain) writeHonours(d *doc) {
	d.apply(d.sents, c.honours, func(x match) {
		kind := x.p.emit
		nameAt := x.group("name")
		if nameAt.len() == 0 {
			nameAt = x.span
		}
		name := d.text(nameAt)
		if n := len([]rune(name)); n < 3 || n > 50 {
			return
		}
		if kind == "ranking" { // who is ranked is no part of the name
			for _, p := range within(d.places, nameAt.start, nameAt.end) {
				if p.start == nameAt.start && p.end < nameAt.end-4 {
					nameAt.start = p.end
				}
			}
		}
		nameAt = d.balanced(nameAt)
		for nameAt.len() > 0 && d.r[nameAt.start] == ' ' {
			nameAt.start++
		}
		name = d.text(nameAt)
		byAt := x.group("by")
		grantor, level := "?", "other"
		var by *orgHit
		for _, t := range x.m.tokensIn(x.span, markBody) {
			if byAt.len() == 0 || byAt.holds(t.span) {
				by = &d.orgs[t.index]
				break
			}
		}
		if by == nil && kind == "endorsement" { // the body of the leader who wrote it
			orgs := within(d.orgs, x.m.s.start, x.span.start)
			for k := range orgs {
				if o := &orgs[k]; o.start >= x.m.s.start && o.end <= x.span.start {
					by = o
				}
			}
		}
		if by != nil && by.div != nil {
			grantor = by.div.Code
			switch by.div.Level {
			case "country":
				level = "national"
			case "province":
				level = "provincial"
			case "prefecture":
				level = "municipal"
			}
		}
		for _, l := range pilotLevels {
			if level != "other" {
				break
			}
			if strings.Contains(name, l.word) {
				level = l.level
				if level == "county" {
					level = "other"
				}
				if level == "national" {
					grantor = "CN"
				}
			}
		}
		if level == "other" {
			for _, q := range within(d.places, nameAt.start, nameAt.end) {
				if nameAt.holds(q.span) && q.div.Level == "province" {
					level, grantor = "provincial", q.div.Code
				}
			}
		}
		id := graph.ScopedID(graph.LabelRecognition, grantor, c.namer.Bare(name, nil))
		if kind == "ranking" && (strings.Contains(name, "考核") || strings.Contains(name, "评价") || strings.Contains(name, "评估")) {
			return // an assessment, which has a rule of its own
		}
		subjects := c.honoured(d, x)
		if by != nil && by.div != nil && len(subjects) == 1 && subjects[0] == by.div.ID() { // who grants is not who gets
			subjects = nil
			if d.home != nil && d.home.div != by.div {
				subjects = []string{d.home.div.ID()}
			}
		}
		if len(subjects) == 0 && by == nil {
			return
		}
		d.out.mention(id, name, nameAt, graph.Props{"kind": kind, "level": level})
		status := d.status(x.span.start)
		if x.p.status != "" {
			status = x.p.status
		}
		props := graph.Props{}
		if t, ok := d.dateNear(x.span.start); ok && !t.future && !t.since {
			props["date"], props["precision"] = t.date, graph.PrecisionOf(t.date)
		}
		cl := d.clauseAt(x.span.start)
		for _, n := range within(d.nums, cl.start, cl.end) {
			if cl.holds(n.span) && (n.unit == "项" || n.unit == "个" || n.unit == "次") && !n.ordinal {
				props["count"], props["approx"] = int64(n.whole), n.approx
			}
		}
		q := d.quote(x.span)
		for _, s := range subjects {
			d.out.claim(claim{subject: s, predicate: graph.Received, object: id, quote: q, status: status, confidence: 0.8, rule: x.p.id, props: props})
		}
		if by != nil {
			d.out.claim(claim{subject: id, predicate: graph.GrantedBy, object: by.id, quote: q, status: status, confidence: 0.85, rule: x.p.id})
		}
	})
}

// honoured returns the ids of what a recognition is for: the practices before it
// in its clause or the one before, all members of a list; else who acts.
func (c *Chain) honoured(d *doc, x match) []string {
	s := x.m.s
	at := x.span.start
	cl := d.clauseAt(at)
	var out []string
	pick := func(from, to int) {
		list := 0
		pracs := within(d.pracs, from, to)
		for k := len(pracs) - 1; k >= 0; k-- {
			p := pracs[k]
			if p.id == "" || p.start < from || p.end > to || x.span.holds(p.span) && p.start > at {
				continue
			}
			if len(out) == 0 {
				out, list = append(out, p.id), p.list
			} else if list != 0 && p.list == list {
				out = append(out, p.id)
			}
		}
	}
	pick(cl.start, at)
	if len(out) == 0 && at-cl.start < 6 {
		for k, q := range s.clauses {
			if q.start == cl.start && k > 0 {
				pick(s.clauses[k-1].start, at)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, p := range within(d.places, at, at+3) { // the match begins with who is honoured
		if p.div.Level != "country" && (p.start == at || d.rune(at) == '在' && p.start == at+1) {
			return []string{p.div.ID()}
		}
	}
	if q, _ := c.actor(d, at); q != nil && q.Level != "country" {
		return []string{q.ID()}
	}
	return nil
}
