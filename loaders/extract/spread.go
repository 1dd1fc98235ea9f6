package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// writeSpread applies spread.tsv: what was promoted where, who learned from whom,
// where a practice began, and which places took one up. The titles of documents
// (《关于推广X的通知》) are read like sentences.
func (c *Chain) writeSpread(d *doc) {
	places := d.places
	d.places = c.withSides(d)
	t := &tying{Chain: c, d: d, named: map[int][]*practiceHit{}}
	read := func(x match) {
		if t.foreign(x) {
			return
		}
		switch x.p.emit {
		case "PROMOTED_TO":
			t.promoted(x)
		case "LEARNED_FROM":
			if !x.title { // who is to learn is not said there
				t.learned(x)
			}
		case "ORIGINATED_IN":
			t.originated(x)
		case "ADOPTS":
			t.adopted(x)
		}
	}
	d.apply(d.sents, c.spread, read)
	d.apply(titles(d), c.spread, func(x match) {
		x.title = true
		read(x)
	})
	t.sameName()
	d.places = places
}

// titles are what stands in 《》, each as a sentence of one clause.
func titles(d *doc) []sentence {
	var out []sentence
	for _, p := range d.papers {
		s := span{p.start, p.end}
		if d.rune(s.start) == '《' {
			s.start++
		}
		if d.rune(s.end-1) == '》' {
			s.end--
		}
		if s.len() > 8 && s.len() < 80 {
			out = append(out, sentence{span: s, clauses: []span{s}})
		}
	}
	return out
}

// tying reads the matches of one article.
type tying struct {
	*Chain
	d     *doc
	named map[int][]*practiceHit // by where their sentence begins: practices named by plain words, which findPractices left alone
	taken []taken
	// What the headline names, read once it is asked for; nil if nothing.
	titled    *practiceHit
	titleRead bool
}

// taken is an experience that a tie of this article speaks of.
type taken struct{ id, name string }

// notSpread follow a verb of spreading that says nothing about reform: 推广应用, 推广力度.
var notSpread = []string{"应用", "使用", "种植", "力度", "活动", "委员会", "人员", "工作者", "中心", "曲", "大使", "普通话", "国家通用语言", "展", "费", "员", "站", "平台", "体系", "方式", "周", "会", "阅读", "计划", "系统"}

// foreign says that a match speaks of goods, technology or study, not of a practice.
func (t *tying) foreign(x match) bool {
	if x.p.emit != "PROMOTED_TO" {
		return false
	}
	at := x.verbEnd()
	for _, w := range notSpread {
		if t.d.at(at, w) {
			return true
		}
	}
	for _, w := range []string{"可复制、可推广", "可复制可推广", "能复制、可推广", "可复制推广"} {
		if strings.Contains(t.d.text(span{x.span.start, at}), w) && at-x.span.start < 30 && strings.HasSuffix(t.d.text(span{x.span.start, at}), "可推广") {
			return true
		}
	}
	return false
}

// verbEnd is where the verb of a match ends: where its object begins, else its end.
func (x match) verbEnd() int {
	for _, g := range []string{"obj", "where"} {
		if k := x.p.re.SubexpIndex(g); k >= 0 && x.loc[2*k] >= 0 && (g == "obj" || x.loc[2*k+1] < x.loc[1]) && g == "obj" {
			return x.m.at[x.loc[2*k]]
		}
	}
	return x.span.end
}

// status tells whether a tie is done, asked for or denied.
func (t *tying) status(x match) string {
	d := t.d
	if x.p.status != "" {
		return x.p.status
	}
	if x.title {
		return "planned"
	}
	at := x.verbEnd() - 1
	cl := d.clauseAt(at)
	before := d.text(span{max(cl.start, x.span.start), max(at, x.span.start)})
	for _, w := range []string{"没有", "未能", "尚未", "未获", "不会", "不再", "并未", "不得", "防止", "避免"} {
		if strings.Contains(d.text(span{cl.start, at}), w) {
			return "negated"
		}
	}
	// 申请将…推广到全省，未获同意
	if strings.Contains(d.text(span{cl.start, at}), "申请") && strings.Contains(d.text(span{at, min(at+30, len(d.r))}), "未获") {
		return "negated"
	}
	if got := d.status(at); got != "done" {
		return got
	}
	for _, w := range []string{"计划", "力争", "拟", "要", "应", "希望", "愿", "可以", "能够", "争取", "有望", "建议", "研究", "准备", "能在", "鼓励", "支持", "申请", "逐步", "及时", "尽快", "抓紧", "加快", "并将", "成熟后", "成功后", "总结"} {
		if strings.Contains(before, w) && !(w == "要" && (strings.Contains(before, "重要") || strings.Contains(before, "主要"))) && !(w == "研究" && !strings.Contains(before, "研究推广")) && !(w == "应" && !strings.Contains(before, "应该") && !strings.Contains(before, "应当")) {
			if (w == "逐步" || w == "总结" || w == "加快" || w == "支持") && !d.inDemand(at) {
				continue
			}
			return "planned"
		}
	}
	for _, w := range []string{"正在", "已", "目前", "曾", "陆续", "相继", "先后", "如今", "得到", "得以", "今年在"} {
		if strings.Contains(before, w) {
			return "done"
		}
	}
	if d.demanded(at) || d.inDemand(at) {
		return "planned"
	}
	if h, ok := d.dateNear(at); ok && h.future {
		return "planned"
	}
	if x.p.emit != "ORIGINATED_IN" && d.directive() && d.goesOn(*d.sentenceOf(at)) {
		return "planned"
	}
	return "done"
}

// directives name, in a headline, what asks for things to be done: meetings, leaders who speak, documents.
var directives = []string{"会议", "主持召开", "强调", "印发", "公报", "座谈会", "作出批示", "部署", "讲话", "《", "要求"}

// directive says that the article reports a meeting, a speech or a document of the centre.
func (d *doc) directive() bool {
	for _, w := range directives {
		if strings.Contains(d.art.Title, w) {
			return true
		}
	}
	return false
}

// sentenceOf returns the sentence that holds i, an empty one where none does.
func (d *doc) sentenceOf(i int) *sentence {
	if s := d.sentenceAt(i); s != nil {
		return s
	}
	return &sentence{span: span{i, i}}
}

// inDemand says that a clause without a subject of its own goes on with what a
// demand earlier in its paragraph began: 会议要求，…。二是在全国推广….
func (d *doc) inDemand(i int) bool {
	s := d.sentenceAt(i)
	if s == nil {
		return false
	}
	said := false
	for _, q := range within(d.sents, s.start-600, s.start+1) {
		if q.para != s.para {
			continue
		}
		own := q.start == s.start
		end := q.end
		if own {
			end = i
		}
		found := false
		for _, w := range d.demands {
			if strings.Contains(d.text(span{q.start, end}), w) {
				found = true
			}
		}
		switch {
		case found:
			said = true
		case own:
		default:
			said = said && d.goesOn(q)
		}
	}
	return said && (d.goesOn(*s) || d.demandIn(s, i))
}

func (d *doc) demandIn(s *sentence, i int) bool {
	for _, w := range d.demands {
		if strings.Contains(d.text(span{s.start, max(i, s.start)}), w) {
			return true
		}
	}
	return false
}

// goesOn says that a sentence is a member of a list of demands or has no subject: 二是…, 要…, 试点要….
func (d *doc) goesOn(s sentence) bool {
	if _, ok := chineseDigits[d.rune(s.start)]; ok && (d.at(s.start+1, "是") || d.at(s.start+1, "要")) {
		return true
	}
	for _, w := range []string{"要", "同时", "将", "在", "对", "加快", "推动", "推广", "选取", "试点", "进一步", "加强", "深化", "完善", "支持", "鼓励", "积极", "继续", "并", "建立", "（", "全面", "大力", "有序", "推行", "健全", "稳步", "尽快", "及时", "强化", "优化", "落实", "统筹", "以"} {
		if d.at(s.start, w) {
			return true
		}
	}
	return strings.Contains(d.text(span{s.start, min(s.end, s.start+8)}), "要")
}

// dated gives the date that governs the verb of a match: the last one of its
// sentence in front of it, or in its object.
func (t *tying) dated(x match, key string) graph.Props {
	props := graph.Props{}
	var best *timeHit
	near := within(t.d.times, x.m.s.start, x.span.end)
	for k := range near {
		h := &near[k]
		if h.end <= x.span.end && (best == nil || h.start > best.start) {
			if h.end <= x.verbEnd() || h.start >= x.span.start {
				best = h
			}
		}
	}
	if best != nil {
		props[key], props["precision"] = best.date, graph.PrecisionOf(best.date)
	}
	return props
}

// promoted: a practice was spread to a scope.
func (t *tying) promoted(x match) {
	d := t.d
	var where []*placeHit
	if g := x.group("where"); g.len() > 0 {
		for _, w := range []string{"率先", "首先", "最先", "首次", "最早", "首批"} { // 在全国率先推行: it was first there
			if strings.Contains(d.text(g), w) {
				return
			}
		}
		where = t.scopes(x, g)
		if x.p.id == "scope-do" { // what is carried out in one place spreads nowhere
			where = slices.DeleteFunc(where, func(p *placeHit) bool { return !p.pro })
		}
	} else if g := x.group("where2"); g.len() > 0 {
		where = t.scopes(x, g)
	} else if g := x.group("some"); g.len() > 0 {
		where = t.partly(x, g)
	} else if x.re("law") || x.re("each") {
		where = []*placeHit{{span: span{x.span.start, x.span.start}, div: resolve.China, pro: true}}
	} else if x.re("nation") || x.re("wider") {
		if p := t.reach(x); p != nil && p.div == resolve.China && !t.within(x) {
			where = []*placeHit{p}
		}
	} else if g := x.group("all"); g.len() > 0 {
		for _, p := range t.scopes(x, g) {
			if p.pro && strings.HasPrefix(d.text(p.span), "全") {
				where = append(where, p)
			}
		}
	} else if p := t.reach(x); p != nil {
		where = []*placeHit{p}
	}
	if len(where) == 0 {
		return
	}
	scoped := x.re("where") || x.re("all") || x.re("some") || x.re("each")
	if g := x.group("some"); g.len() > 0 && (d.before(g.start, "覆盖") && x.group("subj").len() < 4 || x.re("obj") && x.group("obj").len() == 0 && t.pointsBack(t.adverbsOff(x.group("subj")))) {
		return
	}
	if g := x.group("subj"); g.len() > 0 && d.before(g.end, "为") { // 为在全国推广积累经验
		return
	}
	if !scoped && strings.Contains(d.text(d.clauseAt(x.span.start)), "首个") { // 成为首个全面推开改革的地区
		return
	}
	// 改革试点全面推开 points back to the reform; 全面推广 alone does not.
	pointed := false
	if strings.Contains(d.text(x.span), "推开") || strings.Contains(d.text(x.span), "铺开") {
		subject := d.text(x.group("subj")) + d.text(span{x.m.s.start, max(x.span.start, x.m.s.start)})
		pointed = !strings.HasPrefix(d.text(x.group("subj")), "为") && t.pointsBack(t.adverbsOff(x.group("subj"))) && (strings.Contains(subject, "试点") || strings.Contains(d.text(x.group("subj")), "改革"))
	}
	what := t.what(x, scoped || pointed)
	if len(what) == 0 {
		return
	}
	if g := x.group("some"); x.re("nation") || x.re("wider") || g.len() > 0 && d.before(g.start, "覆盖") {
		what = slices.DeleteFunc(slices.Clone(what), func(p *practiceHit) bool { return !t.policy(p) })
	}
	status := t.status(x)
	props := t.dated(x, "date")
	for _, o := range x.m.tokens {
		if o.mark == markBody && o.end <= x.verbEnd() && o.start >= d.clauseAt(x.span.start).start {
			props["by"] = d.orgs[o.index].name
		}
	}
	q := d.quote(x.span)
	conf := 0.82
	if !scoped {
		conf = 0.68
	}
	for _, p := range what {
		if !t.spreadable(p) || p.list != 0 && t.goods(d.text(span{p.end, max(d.clauseAt(p.end).end, p.end)})) { // A、B等防控技术
			continue
		}
		id := t.thing(d, p, false)
		for _, w := range where {
			for _, div := range members(w) {
				t.scope(d, w)
				d.out.claim(claim{subject: id, predicate: graph.PromotedTo, object: div.ID(), quote: q, status: status, confidence: conf, rule: x.p.id, props: props})
			}
		}
		if p.expID != "" {
			t.note(p)
		}
	}
	// 从X走向Y: it began in X.
	if g := x.group("root"); g.len() > 0 && !d.before(g.start-1, "又") && !d.before(g.start-1, "再") {
		if root := t.root(x, g, where); root != nil {
			for _, w := range what {
				d.out.claim(claim{subject: t.thing(d, w, true), predicate: graph.OriginatedIn, object: root.ID(), quote: q, confidence: 0.75, rule: x.p.id})
			}
		}
	}
}

// placeUnits count places.
var placeUnits = []string{"个", "省", "市", "区", "县", "乡", "镇", "村"}

// partly is the place that a counted or general scope lies in (全国100个城市, 所有
// 县): the place it begins with, else the country, in a text that speaks for no other.
func (t *tying) partly(x match, g span) []*placeHit {
	d := t.d
	for _, p := range x.places(d, g) {
		if p.pro {
			return []*placeHit{p}
		}
	}
	for _, k := range x.m.tokensIn(g, markNumber) {
		if n := d.nums[k.index]; !n.percent && (n.whole < 2 || !slices.Contains(placeUnits, n.unit)) {
			return nil
		}
	}
	p := t.reach(x)
	if p == nil || p.div != resolve.China {
		for _, w := range []string{"省", "城市", "地市"} { // more than one city has
			if strings.Contains(d.text(g), w) {
				p = &placeHit{span: span{x.span.start, x.span.start}, div: resolve.China, pro: true}
			}
		}
	}
	if p == nil {
		return nil
	}
	return []*placeHit{p}
}

// within says that a clause names a place other than the country, or a part of
// it (在自贸试验区): what it tells is no roll-out to all.
func (t *tying) within(x match) bool {
	d := t.d
	cl := d.clauseAt(max(x.verbEnd()-1, x.span.start))
	for _, p := range within(d.places, cl.start, cl.end) {
		if p.div != resolve.China {
			return true
		}
	}
	for _, w := range []string{"试验区", "开发区", "示范区", "本市", "我市", "我省", "本省", "我县", "我区", "公司", "集团", "企业内", "单位", "系统", "部队", "全军", "陆军", "海军", "空军", "火箭军", "武警", "高校", "学校", "世界", "全球", "国际"} {
		if strings.Contains(d.text(span{cl.start, max(cl.start, x.verbEnd())}), w) {
			return true
		}
	}
	return false
}

// policy says that a practice is one that authorities roll out: known, quoted or by
// its name a system, pilot, mechanism or mode. A reform, policy or service at large is none.
func (t *tying) policy(p *practiceHit) bool {
	if p.exp != nil || strings.Contains(p.name, "“") || t.d.at(p.end, "试点") {
		return true
	}
	if r := []rune(p.name); len(r) < 5 {
		return false
	}
	if t.d.before(p.start, "推行") || t.d.before(p.start, "推广") || t.d.before(p.start, "开展") {
		if strings.HasSuffix(p.name, "制度改革") || strings.HasSuffix(p.name, "体制改革") {
			return true
		}
	}
	for _, w := range []string{"制度", "制", "机制", "试点", "试点经验", "模式", "登记", "监管", "审批", "清单", "工作法", "改革试点", "承诺制", "保险", "管理"} {
		if strings.HasSuffix(p.name, w) {
			return true
		}
	}
	return false
}

// root is the place that a practice went out from: one found, or a short name
// that means one place only within the scope it went to.
func (t *tying) root(x match, g span, where []*placeHit) *resolve.Division {
	d := t.d
	for _, k := range x.m.tokensIn(g, markPlace) {
		if p := d.places[k.index]; !p.pro && p.div.Level != "country" {
			return p.div
		}
	}
	var only *resolve.Division
	for _, q := range t.gaz.Find(d.text(g)) {
		for _, w := range where {
			if w.div.Level != "country" && t.gaz.Within(q, w.div) && t.gaz.InForce(q, d.art.Published) {
				if only != nil && only != q {
					return nil
				}
				only = q
			}
		}
	}
	if only != nil {
		d.out.mention(only.ID(), d.text(g), g, nil)
	}
	return only
}

// re says whether a rule has a group of that name.
func (x match) re(group string) bool { return x.p.re.SubexpIndex(group) >= 0 }

// members are the divisions that a hit stands for.
func members(p *placeHit) []*resolve.Division {
	if p.more != nil {
		return p.more
	}
	return []*resolve.Division{p.div}
}

// scopes are the places that a group of scope names: those of a row, or the one in front of 其他…区域.
func (t *tying) scopes(x match, g span) []*placeHit {
	var out []*placeHit
	// 在北京、浙江试点的基础上在全国推开: what lies before is the ground, not the scope.
	for _, w := range []string{"基础上"} {
		if before, _, ok := strings.Cut(t.d.text(g), w); ok {
			g.start += len([]rune(before)) + len([]rune(w))
		}
	}
	for _, p := range x.places(t.d, g) {
		if len(out) > 0 && slices.ContainsFunc(out, func(q *placeHit) bool { return q.div == p.div }) {
			continue
		}
		out = append(out, p)
	}
	// 北京、天津等9个省市: members; 全国31个省份: the whole.
	if len(out) > 1 && out[0].div == resolve.China {
		out = out[:1]
	}
	return out
}

// places returns the places named in a span, in order; a place inside a longer one left out.
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

// reach is the scope of a spread that names none: the place whose doing the
// sentence tells of, the country where the centre acts.
func (t *tying) reach(x match) *placeHit {
	d := t.d
	china := &placeHit{span: span{x.span.start, x.span.start}, div: resolve.China, pro: true}
	at := max(x.verbEnd()-1, x.span.start)
	if x.title {
		// Who issued it stands in front of the title.
		s := d.clauseAt(x.m.s.start)
		issuers := within(d.orgs, s.start, x.m.s.start)
		for k := range issuers {
			if o := &issuers[k]; o.end <= x.m.s.start && o.div != nil {
				if o.div.Level == "country" {
					return china
				}
				return &placeHit{span: o.span, div: o.div}
			}
		}
		if d.home == nil || d.home.div.Level == "country" {
			return china
		}
		return nil
	}
	cl := d.clauseAt(at)
	for _, w := range []string{"国家", "我国", "国务院", "中央", "全国"} {
		if strings.Contains(d.text(span{cl.start, at}), w) {
			return china
		}
	}
	q, o := t.actorIn(d, x.m.s, at)
	switch {
	case o != nil && (o.div == nil || o.div.Level == "country"):
		return china
	case q != nil && q.Level != "country":
		for k := range d.places {
			if d.places[k].div == q {
				return &placeHit{span: d.places[k].span, div: q}
			}
		}
	}
	if d.home != nil && d.home.div.Level != "country" && t.speaksFor(d) {
		return nil
	}
	return china
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

// originated: a practice began in a place.
func (t *tying) originated(x match) {
	d := t.d
	if t.status(x) != "done" || t.hoped(x) {
		return
	}
	// 率先在全国开展 tells among whom it was first; 率先在X开展 tells where, and another rule reads it.
	if g := x.group("all"); g.len() > 0 && !strings.HasPrefix(d.text(g), "全") {
		return
	}
	what := t.what(x, !x.re("obj"))
	if len(what) == 0 {
		return
	}
	var where []*resolve.Division
	if g := x.group("where"); g.len() > 0 {
		ps := x.places(d, g)
		if !x.p.rows() && len(ps) > 1 { // the nearest one acts
			ps = ps[len(ps)-1:]
		}
		for _, p := range ps {
			if p.div.Level != "country" && !p.pro {
				where = append(where, p.div)
			}
		}
		if len(where) == 0 {
			for _, k := range x.m.tokensIn(g, markBody) {
				if o := d.orgs[k.index]; o.div != nil && o.div.Level != "country" {
					where = append(where, o.div)
				}
			}
		}
	}
	if len(where) == 0 && (!x.re("where") || x.re("obj")) {
		q, o := t.actor(d, max(x.span.start, x.verbEnd()-1))
		if q == nil && o == nil {
			q = t.titlePlace()
		}
		if q != nil && q.Level != "country" {
			where = append(where, q)
		}
	}
	props := t.dated(x, "since")
	q := d.quote(x.span)
	for _, w := range what {
		for _, p := range where {
			d.out.claim(claim{subject: t.thing(d, w, true), predicate: graph.OriginatedIn, object: p.ID(), quote: q, confidence: 0.8, rule: x.p.id, props: props})
		}
		t.note(w)
	}
}

// titlePlace is the place that the headline gives as its subject (【栏目】甲市：…), nil if it gives none.
func (t *tying) titlePlace() *resolve.Division {
	r := []rune(headlineBody(t.d.art.Title))
	var last *resolve.Division
	for i := 0; i < len(r); {
		n, cand, _ := t.gaz.Longest(r, i)
		if n < 2 || cand[0].Level == "country" || last != nil && !t.gaz.Within(cand[0], last) {
			return nil
		}
		for _, q := range cand[1:] { // 芜湖: the city, not the county in it
			if !t.gaz.Within(q, cand[0]) {
				return nil
			}
		}
		last = cand[0]
		if i += n; i < len(r) && r[i] == '：' {
			return last
		}
	}
	return nil
}

// headlineBody is a headline without the tag of its column in front.
func headlineBody(title string) string {
	if k := strings.LastIndex(title, "】"); k >= 0 {
		title = title[k+len("】"):]
	}
	return strings.TrimSpace(title)
}

// hoped says that a first is only hoped for or asked: 有利于率先探索, 将率先; or
// that it is what a report or a leader of the country was first to say.
func (t *tying) hoped(x match) bool {
	d := t.d
	before := d.text(span{d.clauseAt(x.span.start).start, max(x.verbEnd(), x.span.start)})
	for _, w := range []string{"将率先", "要率先", "有利于", "努力", "争取", "争当", "力争", "加快", "推动", "鼓励", "支持", "报告", "总书记", "习近平", "《", "中央", "世界上", "全球", "国际上"} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return d.inDemand(x.verbEnd()-1) && d.goesOn(x.m.s)
}

// rows says that a rule's places are a row of equals.
func (p *pattern) rows() bool { return strings.Contains(p.row.Field(2), "(?P<where>{P+})") }

// adopted: places take up a practice; each gets an initiative of its own that
// applies the experience.
func (t *tying) adopted(x match) {
	d := t.d
	if x.title && !strings.HasSuffix(x.p.id, "-in") {
		return
	}
	if x.p.id == "trial-in" {
		for _, w := range []string{"政策", "经验", "工作", "范围", "城市", "地区", "成果", "内容", "任务", "方案", "期", "单位", "企业", "县", "省", "项目", "区", "村", "阶段"} {
			if d.at(x.group("obj").start, w) {
				return
			}
		}
	}
	places := t.scopes(x, x.group("where"))
	what := t.what(x, true)
	if g := x.group("obj"); g.len() > 0 && x.p.id == "places-of-pilot" && t.pointsBack(g) || x.p.id == "named-pilots" && t.pointsBack(g) {
		what = t.tried(x, what)
	}
	status := t.status(x)
	for _, k := range x.m.tokensIn(x.group("where"), markBody) { // 甲市、乙市海关推出…
		if o := d.orgs[k.index]; len(places) > 0 && o.div != nil && o.div.Level != "country" && d.rune(k.start-1) == '、' {
			places = append(places, &placeHit{span: o.span, div: o.div})
		}
	}
	if status == "negated" && x.p.id == "named-pilots" { // what is no trial place does nothing
		return
	}
	for _, w := range what {
		if !t.spreadable(w) && !works(w.name) {
			continue
		}
		for _, p := range places {
			for _, q := range members(p) {
				if q.Level != "country" {
					t.adopts(x, q, w, status)
				}
			}
		}
	}
	if x.re("model") && len(places) > 0 {
		for _, k := range x.places(d, x.group("model")) {
			for _, p := range places {
				t.learns(x, p.div.ID(), k.div.ID(), status)
			}
		}
	}
}

// pointsBack says that an object names nothing itself: 首批试点.
func (t *tying) pointsBack(g span) bool {
	return points(t.d.text(g)) || points(t.d.text(t.trim(g)))
}

// tried is what places tried out that are only called its trial places: what the
// clause goes on to say they do, else of the practices spoken of before those
// that are reforms or on trial.
func (t *tying) tried(x match, before []*practiceHit) []*practiceHit {
	d := t.d
	cl := d.clauseAt(x.span.end - 1)
	from, to := x.span.end, cl.end
	if cl.end-x.span.end < 2 { // …作为首批试点，将率先执行X
		if next := d.clauseAt(cl.end + 1); next.start > cl.start && d.sentenceOf(next.start).start == d.sentenceOf(cl.start).start {
			from, to = next.start, next.end
		}
	}
	for i := from; i < to-4 && i-from < 12; i++ {
		for _, w := range []string{"推行", "实行", "试行", "启动", "开展", "实施", "执行"} {
			if !d.at(i, w) {
				continue
			}
			if hits, _ := t.leftmost(x, span{i + 2, to}); len(hits) > 0 {
				return hits
			}
		}
	}
	if x.p.id == "named-pilots" {
		return before
	}
	return slices.DeleteFunc(slices.Clone(before), func(p *practiceHit) bool {
		around := d.text(span{max(0, p.start-4), min(p.end+4, len(d.r))})
		return !strings.Contains(around, "试点") && !strings.Contains(around, "改革") && !strings.Contains(around, "试验")
	})
}

// adopts gives a place an initiative of its own that applies an experience.
func (t *tying) adopts(x match, q *resolve.Division, w *practiceHit, status string) {
	d := t.d
	experience := t.thing(d, w, true)
	if experience == "" {
		return
	}
	id := graph.ScopedID(graph.LabelInitiative, q.Code, graph.Practice(experience))
	name := w.name
	d.out.mention(id, name, w.span, graph.Props{"kind": "reform", "domain": t.domainOf(name)})
	props := t.dated(x, "since")
	if props["since"] != nil {
		props["basis"] = "stated"
	}
	quote := d.quote(x.span)
	d.out.claim(claim{subject: id, predicate: graph.In, object: q.ID(), quote: quote, status: status, confidence: 0.78, rule: x.p.id, props: props})
	d.out.claim(claim{subject: id, predicate: graph.Applies, object: experience, quote: quote, status: status, confidence: 0.78, rule: x.p.id, props: props})
	t.note(w)
}

// note remembers an experience that a tie speaks of.
func (t *tying) note(p *practiceHit) {
	if p.expID == "" || slices.ContainsFunc(t.taken, func(k taken) bool { return k.id == p.expID }) {
		return
	}
	t.taken = append(t.taken, taken{p.expID, graph.Practice(p.expID)})
}

// sameName says of initiatives that bear the name of an experience whose spread
// the article tells that they apply it.
func (t *tying) sameName() {
	d := t.d
	for _, e := range t.taken {
		for k := range d.pracs {
			p := &d.pracs[k]
			if p.id == "" || graph.Practice(p.id) != e.name || p.div == nil || p.div.Level == "country" {
				continue
			}
			d.out.claim(claim{subject: p.id, predicate: graph.Applies, object: e.id, quote: d.quote(p.span), status: d.status(p.start), confidence: 0.72, rule: "same-name", props: t.sinceProps(d, p)})
		}
	}
}
