package extract

import (
	"slices"
	"strings"

	"reformgraph/loaders/resolve"
)

// atLarge are words in front of a practice that speak for the whole country, or
// of what somebody says, hears or resolves: the practice is then nobody's doing here.
var atLarge = []string{"会议", "国务院", "中央", "全国人大", "总书记", "习近平", "李克强", "我国", "中国政府", "《意见》", "《通知》", "《决定》", "《方案》", "国家", "听取", "审议", "各地", "各级", "各地区"}

// adopter judges whether the place that a known experience was given to carries
// it out: a place found in its own sentence or the one before, or the article's
// home where the article speaks for it. Where a meeting, the centre or a leader
// of the country speaks, only a place named in the clause counts.
func (c *Chain) adopter(d *doc, p *practiceHit) bool {
	if p.div == nil || p.div.Level == "country" {
		return false
	}
	at := p.start
	if p.verb >= 0 && p.verb < at {
		at = p.verb
	}
	s := d.sentenceAt(p.start)
	if s == nil {
		return true
	}
	cl := d.clauseAt(p.start)
	for _, w := range []string{"示范基地", "示范县", "示范园", "龙头", "企业", "基地", "项目"} { // a title or a firm named after it
		if d.at(p.end, w) {
			return false
		}
	}
	for _, w := range []string{"建议", "呼吁"} {
		if strings.Contains(d.text(span{s.start, max(p.start, s.start)}), w) {
			return false
		}
	}
	if t := d.text(span{max(cl.start, p.start-14), max(p.start, cl.start)}); strings.Contains(t, "全国") && !strings.Contains(t, "率先") && !strings.Contains(t, "首") && (strings.Contains(t, "推开") || strings.Contains(t, "推广") || strings.Contains(t, "各地") || strings.Contains(t, "推行")) {
		return false
	}
	for _, q := range within(d.places, p.start-8, p.start+1) { // 推广某省某经验: it began there
		if q.end == p.start || q.end == p.start-1 && !han(d.rune(p.start-1)) {
			for _, w := range []string{"推广", "学习", "借鉴", "复制", "学习运用", "总结"} {
				if d.before(q.start, w) {
					return false
				}
			}
		}
	}
	inside := func(from, to int) bool {
		for _, q := range within(d.places, from, to) {
			if q.end <= to && c.same(q.div, p.div) && !strings.ContainsRune("向对从同与和", d.rune(q.start-1)) {
				return true
			}
		}
		for _, o := range within(d.orgs, from, to) {
			if o.end <= to && o.div != nil && c.same(o.div, p.div) {
				return true
			}
		}
		return false
	}
	if inside(cl.start, max(p.end, cl.start)) {
		return true
	}
	if d.home != nil && d.home.div.Level != "province" && d.ownVoice() {
		return true
	}
	before := d.text(span{s.start, max(at, s.start)})
	for _, w := range atLarge {
		if strings.Contains(before, w) {
			return false
		}
	}
	if d.goesOn(*s) && d.inDemand(at) {
		return false
	}
	if inside(s.start, p.end) {
		return true
	}
	if (p.verb < 0 || d.directive()) && (d.home == nil || d.home.div.Level == "province") {
		return false
	}
	if d.home == nil || !c.same(d.home.div, p.div) {
		return true // the subject of a sentence before
	}
	return c.speaksFor(d)
}

func (c *Chain) same(a, b *resolve.Division) bool {
	return a == b || c.gaz.Within(a, b) || c.gaz.Within(b, a) && b.Level != "country"
}

// ownVoice says that the article says 我市 or 全市 again and again: it is written at home.
func (d *doc) ownVoice() bool {
	n := 0
	for _, p := range d.places {
		if p.pro && p.div != resolve.China {
			n++
		}
	}
	return n >= 3
}

// speaksFor says that the article speaks for its home: its title names it, or it says 我市 or 全市.
func (c *Chain) speaksFor(d *doc) bool {
	if strings.Contains(d.art.Title, resolve.Short(d.home.div)) {
		return true
	}
	for _, p := range d.places {
		if p.pro && p.div != resolve.China {
			return true
		}
	}
	n := 0
	for _, p := range d.places {
		if c.same(p.div, d.home.div) && p.div.Level != "country" {
			n++
		}
	}
	return n >= 3 && n*2 > len(d.places)
}

// asked says that a meeting or a leader asks for a practice: 要抢占高地，推进X.
func (d *doc) asked(p *practiceHit) bool {
	at := p.start
	if p.verb >= 0 && p.verb < at {
		at = p.verb
	}
	s := d.sentenceAt(at)
	if s == nil {
		return false
	}
	for _, w := range []string{"要", "希望"} {
		if d.at(s.start, w) {
			return true
		}
	}
	return d.demanded(at) || d.goesOn(*s) && d.inDemand(at)
}

// spreadable says that a thing can spread from place to place: a known practice, a
// member of a list of practices, or by its name a reform, pilot, system, mechanism or
// model, not an event, an operation or a work.
func (t *tying) spreadable(p *practiceHit) bool {
	if p.exp != nil || p.list != 0 || t.d.at(p.end, "试点") {
		return true
	}
	name := trimQuotes(p.name)
	for _, bad := range append(slices.Clone(t.words["goods"]), "督察", "督查", "检查", "收网", "期工程", "巡视", "活动", "演练", "演习", "选举", "会议", "宣讲", "调研", "救助", "响应", "抢险") {
		if strings.Contains(name, bad) {
			return false
		}
	}
	for _, w := range []string{"改革", "试点", "试验", "制度", "机制", "模式", "工作法", "做法", "新政", "政策", "办法", "制", "体制", "登记", "审批", "监管", "管理", "服务", "保险", "经验", "内容", "业务", "评价", "工程", "体系", "成果", "措施", "举措", "案例", "清单", "事项", "作业", "细则", "方案", "平台", "法", "贷", "券"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return strings.Contains(p.name, "“")
}

// works says that a name is of something that several places build alike (乡镇X站建设), not
// of building at large.
func works(name string) bool {
	if !strings.HasSuffix(name, "建设") || len([]rune(name)) < 7 {
		return false
	}
	for _, w := range []string{"设施", "项目", "工程", "经济", "队伍", "能力", "国防", "文化", "社会", "城市", "党", "城镇", "新区", "重点", "重大", "现代化"} {
		if strings.Contains(name, w) {
			return false
		}
	}
	return true
}
