package extract

import (
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// issueVerbs put a document out; they stand before it in its clause or behind it.
var issueVerbs = []string{"出台", "印发", "制定", "发布", "颁布", "编制", "下发", "公布", "审议通过", "出台了", "研究制定", "制定印发", "签署", "发出", "推出", "起草", "形成", "审议并通过", "通过了", "表决通过", "原则通过"}

// publicVerbs put out papers of any kind; the others make what is no rule or plan too: works, agreements.
var publicVerbs = map[string]bool{"印发": true, "发布": true, "颁布": true, "下发": true, "公布": true, "审议通过": true, "审议并通过": true, "表决通过": true, "原则通过": true, "通过了": true}

// meetings are words for the sitting of a body, which acts for it.
var meetings = []string{"会议", "全会", "大会", "委员长会议"}

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
	if d.at(whole.start, "关于") {
		orgs := within(d.orgs, whole.start-farthest, whole.start)
		for n := range orgs {
			if o := &orgs[n]; o.end == whole.start && d.bodyStarts(o.start) {
				return o.div, o
			}
		}
	}
	if o := c.sitting(d, s, whole.start); o != nil {
		return o.div, o
	}
	return c.actor(d, whole.start)
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
	} else if at < 0 && org != nil && org.end == whole.start && d.at(whole.start, "关于") {
		at, verb = org.start, "审议通过"
	}
	if at < 0 || p.kind == "other" && !publicVerbs[verb] {
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
	for _, b := range bodies {
		d.out.claim(claim{subject: b, predicate: graph.Issued, object: p.id, quote: d.quote(span{at, at + 1}, whole), status: d.status(at), confidence: conf, rule: rule, props: props})
	}
}
