package extract

import (
	"slices"
	"sort"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
	"reformgraph/loaders/resolve"
)

// pilotHit is a pilot status or a counted group of them.
type pilotHit struct {
	span
	name  string
	level string
	count *numHit
	verb  int
	div   *resolve.Division
	org   *orgHit
	id    string
	body  span // what is tried or shown: the name without its last word
	tried bool // the name ends in 试点 or a word that begins with it
	// of: the name is that of an undertaking that is tried in places named behind it.
	of bool
}

var pilotLevels = []struct{ word, level string }{
	{"国家级", "national"}, {"全国", "national"}, {"国家", "national"}, {"部级", "national"}, {"国务院", "national"}, {"中国", "national"}, {"新中国", "national"},
	{"省级", "provincial"}, {"全省", "provincial"}, {"省部级", "provincial"}, {"省一级", "provincial"}, {"自治区级", "provincial"},
	{"市级", "municipal"}, {"全市", "municipal"}, {"县级", "county"}, {"全县", "county"}, {"区级", "county"},
}

// pilotStops end the leftward reading of a pilot's name.
var pilotStops = []string{"建设", "获批", "入选", "列为", "成为", "承担", "开展", "创建", "打造", "作为", "确定为", "设立", "推进", "列入", "被评为", "获评", "荣获", "争创", "纳入", "获得", "启动", "进行", "加强", "统筹", "支持", "建成", "加快", "建立", "诞生", "承接", "申报", "通过", "评为", "实施", "推动", "深化", "了", "为", "在", "是", "将", "被", "由", "对", "从", "向", "把", "于", "有", "以", "到", "让", "使", "等", "先", "曾", "已", "开始", "始", "我国", "继续", "今年", "目前", "现在", "当前", "正在", "当地", "确定", "尚", "未", "形成", "参与", "加速", "同时", "次", "好", "仅", "要", "完善", "发挥", "实行", "力争", "全部", "办好", "新设", "授权", "扩大", "继续", "推广", "推开", "铺开", "之", "这", "该", "各", "每", "其", "开启", "首家", "按照", "确保", "明确", "们", "着", "并", "及", "或", "不", "个"}

// genericPilots name no one programme.
var genericPilots = []string{"", "改革", "综合", "首批", "相关", "国家", "全国", "省级", "国家级", "开展", "先行", "工作", "重大", "重点", "创新", "一批", "多项", "各项", "有关", "先行先试", "改革创新", "扩大", "全面", "部分", "各地", "这些", "若干", "选择", "典型", "新的", "地方", "深化", "进一步", "制度", "政策", "自主", "的", "现有", "新一轮", "不同", "其他", "多个", "分批", "积极", "探索", "经验", "发挥", "实验", "高质量", "先进", "现代化", "改革先行", "市区", "县市", "区县", "县市区", "市县", "县区", "地区", "农业", "科技", "旅游", "产业", "省市", "省区市", "省份", "市县区"}

// findPilots finds statuses by the word that ends their name.
func (c *Chain) findPilots(d *doc) {
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			n, _, ok := c.pilotEnds.Longest(d.r[:s.end], i)
			if !ok {
				continue
			}
			end := i + n
			if p, ok := c.pilot(d, s, i, end); ok {
				d.pilots = append(d.pilots, c.pilotMembers(d, s, p)...)
				d.pilots = append(d.pilots, p)
			}
			i = end - 1
		}
	}
}

// pilotMembers reads the names in front of a counted group: A、B等|5项国家级试点.
// Those that end in a word for pilots are found by it anyway.
func (c *Chain) pilotMembers(d *doc, s sentence, group pilotHit) []pilotHit {
	if group.count == nil || group.count.start > group.start || !d.before(group.count.start, "等") {
		return nil
	}
	members := c.members(d, s, group.count.start-1)
	if len(members) < 2 || d.insidePlace(group.count.start-2) { // 上海、广东等六个省市试点
		return nil
	}
	var out []pilotHit
	for _, m := range members {
		m = c.member(d, s, m)
		if d.at(m.start, "将进行") {
			m.start += 3
		}
		if k := strings.LastIndex(d.text(m), "将进行"); k >= 0 {
			m.start += len([]rune(d.text(m)[:k])) + 3
		}
		ended := false
		for k := m.start; k < m.end; k++ {
			if n, _, ok := c.pilotEnds.Longest(d.r[:m.end], k); ok && k+n == m.end {
				ended = true
			}
		}
		if ended || m.len() < 3 || m.len() > 30 {
			continue
		}
		out = append(out, pilotHit{span: m, name: d.text(m), level: group.level, verb: group.verb})
	}
	return out
}

func (c *Chain) pilot(d *doc, s sentence, at, end int) (pilotHit, bool) {
	word := d.text(span{at, end})
	// Leftward to the start of the name.
	start := at
	for start > s.start && at-start < 40 {
		r := d.r[start-1]
		if r == '”' {
			k := start - 1
			for k > s.start && d.r[k] != '“' && start-k < 30 {
				k--
			}
			if d.r[k] != '“' {
				break
			}
			start = k
			continue
		}
		if r == '）' || r == '（' {
			start--
			continue
		}
		if !han(r) && !letter(r) && !digit(r) && r != '+' {
			break
		}
		if d.insideNum(start - 1) {
			break
		}
		if r == '的' && start == at && d.rune(start-2) == '革' { // 公立医院改革的试点城市
			start--
			continue
		}
		if (r == '和' || r == '与') && at-start >= 4 && han(d.rune(start-2)) {
			start--
			continue
		}
		stop := d.function(start - 1)
		for _, w := range pilotStops {
			if d.before(start, w) && !d.insidePlace(start-1) && !(len(w) == len("个") && d.inContentWord(start-1)) {
				stop = true
				break
			}
		}
		if stop {
			break
		}
		start--
	}
	p := pilotHit{span: span{start, end}, verb: start - 1, body: span{start, at}, tried: strings.HasPrefix(word, "试点")}
	body := d.text(span{start, at})
	// A number right in front or behind makes it a counted group.
	nums := within(d.nums, start-farthest, end+2)
	for k := range nums {
		q := &nums[k]
		if q.ordinal || q.unit == "" || q.percent || strings.ContainsAny(q.unit, "年月日元") {
			continue
		}
		if q.end == start || q.start == end || q.start-end == 1 && d.r[end] == '达' {
			p.count = q
		}
	}
	bare := body
	for _, l := range pilotLevels {
		if strings.HasPrefix(bare, l.word) {
			p.level = l.level
			bare = strings.TrimPrefix(bare, l.word)
			break
		}
	}
	for _, w := range []string{"全国首个", "全国首批", "全国第一批", "全国第一个", "国家首批"} {
		if d.before(start, w) {
			p.level = "national"
		}
	}
	if p.level == "" {
		// 全国28个“多规合一”试点市县
		before := start
		if p.count != nil && p.count.end == start {
			before = p.count.start
		}
		for _, l := range pilotLevels {
			if d.before(before, l.word) {
				p.level = l.level
				break
			}
		}
	}
	generic := slices.Contains(genericPilots, bare) || len([]rune(bare)) < 2
	if word == "试点" || word == "示范区" || strings.HasPrefix(word, "试点") {
		if generic && (p.count == nil || p.level == "") {
			return p, false
		}
	} else if generic {
		return p, false
	}
	switch {
	case word == "试点" && (d.rune(end) == '“' || c.verbAt(d, s.span, end) && p.count == nil && d.rune(end+2) == '“'):
		return p, false
	case d.at(end, "经验"), d.at(end, "成果"), d.at(end, "内容"), d.at(end, "方案"), d.at(end, "办法"), d.at(end, "意见"), d.at(end, "任务"):
		return p, false
	}
	if strings.HasPrefix(word, "试点") && word != "试点" && p.count == nil && len([]rune(bare)) < 3 {
		return p, false
	}
	if d.placesOnly(span{start, at}) {
		return p, false // 福建厦门试点: no programme's name
	}
	p.name = d.text(p.span)
	for _, q := range within(d.places, start-farthest, end) {
		if q.div.Level == "zone" && q.end >= end && q.start <= start+1 || p.count == nil && q.start == start && q.end == at && word == "试点" {
			return p, false // a zone is a place; 在衡水试点 has no programme's name
		}
	}
	if p.count == nil && word == "试点" && c.verbAt(d, s.span, end) && len([]rune(bare)) < 3 {
		return p, false
	}
	return p, true
}

func (d *doc) insideNum(i int) bool {
	for _, n := range within(d.nums, i-farthest, i+1) {
		if i < n.end && n.unit != "" {
			return true
		}
	}
	return false
}

// triedIn finds what is tried in places named behind it: 司法体制改革在甲、乙等六个省市试点.
func (c *Chain) triedIn(d *doc) {
	for k := range d.pracs {
		p := &d.pracs[k]
		cl := d.clauseAt(p.start)
		in := -1
		for i := p.end; i < cl.end && i-p.end < 8 && in < 0; i++ {
			if d.r[i] == '在' {
				in = i
			}
		}
		if in < 0 || p.end > cl.end {
			continue
		}
		sites := within(d.places, in+1, in+3)
		if len(sites) == 0 || sites[0].div.Level == "country" {
			continue
		}
		for i := sites[0].end; i+1 < cl.end && i-in < 60; i++ {
			if d.at(i, "试点") && d.rune(i-1) != '、' {
				d.pilots = append(d.pilots, pilotHit{span: p.span, name: trimQuotes(p.name) + "试点", verb: in, div: sites[0].div, body: p.span, tried: true, of: true})
				break
			}
		}
	}
	slices.SortStableFunc(d.pilots, func(a, b pilotHit) int { return a.start - b.start })
}

// tried adds what is tried as an undertaking of its own: 开展|多式联运“一单制”|试点.
func (c *Chain) tried(d *doc) {
	for _, p := range d.pilots {
		sp := p.body
		if !p.tried || p.of || p.count != nil || d.at(p.end, "试验") {
			continue
		}
		for _, l := range pilotLevels {
			if strings.HasPrefix(d.text(sp), l.word) {
				sp.start += len([]rune(l.word))
				break
			}
		}
		for _, q := range within(d.places, sp.start, sp.end) {
			if q.start == sp.start && q.end < sp.end {
				sp.start = q.end
			}
		}
		sp = c.trimName(d, sp)
		if bare := script.Bare(d.text(sp)); len([]rune(bare)) < 4 || !c.nameable(d, sp) || c.slogan(bare) || d.insidePlace(sp.end-1) || endsInPlace(bare) {
			continue
		}
		known := false
		for n := range d.pracs {
			q := d.pracs[n]
			known = known || q.overlaps(sp) && q.end != p.end // one that has 试点 in its name stands for the pilot
		}
		if !known {
			kind := c.kindOf(d, sp)
			if kind == "" {
				kind = "reform"
			}
			d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: kind, rule: "tried-out", conf: 0.75, verb: c.verbBefore(d, *d.sentenceAt(sp.start), sp.start), public: true})
		}
	}
	slices.SortStableFunc(d.pracs, func(a, b practiceHit) int { return a.start - b.start })
}

// endsInPlace says that a name ends in a word for those who try something: 部分城市|试点.
func endsInPlace(name string) bool {
	for _, w := range []string{"城市", "地区", "省份", "省市", "县市", "县区", "企业", "单位", "相关", "社区", "院校"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// grantVerbs give a status to others, startVerbs begin a trial.
var (
	grantVerbs = []string{"支持", "公布", "发布", "印发", "批准", "批复", "同意", "授予", "确定", "认定", "命名", "评选", "选定", "遴选"}
	startVerbs = []string{"决定开展", "决定启动", "决定在", "启动", "部署", "组织开展", "组织实施", "开展"}
)

// verbAdverbs stand between a body and its verb, dates beside.
var verbAdverbs = []string{"联合", "共同", "正式", "已经", "已", "还", "也", "又", "先后", "相继", "近日", "日前", "今天", "昨天", "首次", "专门", "会同有关部门"}

// pastAdverbs is where the verb of a body that ends at i begins: 水利部|日前联合|公布.
func (d *doc) pastAdverbs(i int) int {
	if d.rune(i) == '等' && d.bodyCount(i+1) {
		for k := i + 1; k < i+7; k++ {
			for _, w := range []string{"部门", "部委", "单位", "机构"} {
				if d.at(k, w) {
					i = k + 2
				}
			}
		}
	}
	for moved := true; moved; {
		moved = false
		for _, t := range within(d.times, i, i+1) {
			i, moved = t.end, true
		}
		for _, w := range verbAdverbs {
			if d.at(i, w) {
				i, moved = i+len([]rune(w)), true
				break
			}
		}
	}
	return i
}

// writePilots gives the pilots ids and says who undertakes them.
func (c *Chain) writePilots(d *doc) {
	for k := range d.pilots {
		p := &d.pilots[k]
		if !p.of {
			p.div, p.org = c.pilotActor(d, p)
		}
		level := p.level
		name := p.name
		grantor := "?"
		switch level {
		case "national":
			grantor = "CN"
		case "provincial":
			if q := c.gaz.Above(p.div, "province"); q != nil {
				grantor = q.Code
			}
		case "municipal":
			if q := c.gaz.Above(p.div, "prefecture"); q != nil {
				grantor = q.Code
			}
		case "county":
			if q := c.gaz.Above(p.div, "county"); q != nil {
				grantor = q.Code
			}
		}
		if level == "" {
			// 中国（某地）…试验区 and 山东省…先行区: the grantor opens the name.
			for _, q := range within(d.places, p.start, p.start+1) {
				if q.start == p.start && !q.pro {
					if q.div.Level == "province" {
						level, grantor = "provincial", q.div.Code
					}
				}
			}
		}
		if level == "" {
			level = "unknown"
		}
		of := p.div
		p.id = graph.ScopedID(graph.LabelPilot, grantor, c.namer.Bare(name, of))
		if core := quotedCore(name); core != "" && p.tried { // “跨境理财通”业务试点 is the “跨境理财通”试点 named before
			for n := range d.pilots[:k] {
				if q := &d.pilots[n]; q.tried && quotedCore(q.name) == core {
					p.id = q.id
					break
				}
			}
		}
		d.out.mention(p.id, name, p.span, graph.Props{"level": level})
		stage := "undertaken"
		cl := d.clauseAt(p.start)
		text := d.text(cl)
		switch {
		case strings.Contains(text, "通过评估") || strings.Contains(text, "通过验收") || strings.Contains(text, "验收通过"):
			stage = "passed"
		case strings.Contains(text, "申报") || strings.Contains(text, "申请") || strings.Contains(text, "争创"):
			stage = "applied"
		}
		props := graph.Props{"stage": stage}
		if p.count != nil {
			props["count"] = int64(p.count.whole)
			props["approx"] = p.count.approx
		}
		if t, ok := d.dateNear(p.start); ok && !t.future {
			props["since"], props["precision"] = t.date, graph.PrecisionOf(t.date)
		}
		spans := []span{p.span}
		if p.count != nil {
			spans = append(spans, p.count.span)
		}
		q := d.quote(spans...)
		status := d.status(p.start)
		for n := sort.Search(len(d.orgs), func(n int) bool { return d.orgs[n].start >= p.start }) - 1; n >= 0 && d.orgs[n].start >= cl.start; n-- { // 省委、省政府支持甲市建设X先行区
			o := &d.orgs[n]
			if o.start < cl.start || o.end > p.start {
				continue
			}
			granting, at := false, d.pastAdverbs(o.end)
			for _, w := range grantVerbs {
				granting = granting || d.at(at, w)
			}
			if o.div == resolve.China && (o.kind == "government" || o.kind == "party") { // a body of the whole country starts a trial for others to take part in
				for _, w := range startVerbs {
					granting = granting || d.at(at, w)
				}
			}
			if !granting && !(n+1 < len(d.orgs) && d.orgs[n+1].start == o.end+1 && d.r[o.end] == '、') {
				break
			}
			d.out.claim(claim{subject: p.id, predicate: graph.GrantedBy, object: o.id, quote: q, status: status, confidence: 0.8, rule: "granting-body"})
		}
		sites := c.selected(d, p)
		if len(sites) == 0 && p.div != nil && p.div.Level != "country" {
			sites = d.siblings(p.div, p.start)
		}
		if o := p.org; o != nil && (o.kind == "enterprise" || o.kind == "other") { // 甲公司启动混改试点: its own, not its place's
			d.out.claim(claim{subject: o.id, predicate: graph.Undertakes, object: p.id, quote: d.quote(append(spans, o.span)...), status: status, confidence: 0.75, rule: "pilot-of-body", props: props})
			sites = nil
		}
		for _, at := range sites {
			d.out.claim(claim{subject: at.ID(), predicate: graph.Undertakes, object: p.id, quote: q, status: status, confidence: 0.8, rule: "pilot-of-place", props: props})
			d.out.claim(claim{subject: p.id, predicate: graph.In, object: at.ID(), quote: q, status: status, confidence: 0.75, rule: "pilot-of-place"})
		}
	}
}

// quotedCore is what stands in the first quotation marks of a name, "" without any.
func quotedCore(name string) string {
	from, to := strings.Index(name, "“"), strings.Index(name, "”")
	if from < 0 || to < from {
		return ""
	}
	return strings.ReplaceAll(script.Bare(name[from+len("“"):to]), "、", "")
}

// trials reads places given as trial places of a practice: the trial is named
// once (试点“X”), its places follow (试点地区之一的甲市).
func (c *Chain) trials(d *doc) {
	var what *practiceHit
	pilot := ""
	for k := range d.places {
		q := &d.places[k]
		if q.pro || q.div.Level == "country" {
			continue
		}
		at := q.start
		for k > 0 && at > 0 && d.places[k-1].chain && d.places[k-1].end == at {
			at = d.places[k-1].start
			break
		}
		for _, w := range []string{"之一的", "之一", "的"} {
			if d.before(at, w) {
				at -= len([]rune(w))
				break
			}
		}
		ok := false
		for _, w := range []string{"试点地区", "试点城市", "试点县", "试点省份", "试点市", "试点单位", "试点区", "试点"} {
			ok = ok || d.before(at, w)
		}
		if !ok || q.chain {
			continue
		}
		if what == nil {
			for n := range d.pracs {
				p := &d.pracs[n]
				if p.end <= at && p.conf >= 0.7 && p.verb >= 0 && strings.Contains(d.text(span{max(0, p.start-6), p.end + min(2, len(d.r)-p.end)}), "试点") {
					what = p
					break
				}
			}
			if what == nil {
				return
			}
			pilot = graph.ScopedID(graph.LabelPilot, "CN", c.namer.Bare(trimQuotes(what.name), nil))
			for n := range d.pilots {
				if strings.Contains(trimQuotes(d.pilots[n].name), trimQuotes(what.name)) {
					pilot = d.pilots[n].id
				}
			}
			d.out.mention(pilot, what.name, what.span, graph.Props{"level": "national"})
		}
		quote := d.quote(span{at, q.end})
		d.out.claim(claim{subject: q.div.ID(), predicate: graph.Undertakes, object: pilot, quote: quote, confidence: 0.75, rule: "trial-place", props: graph.Props{"stage": "undertaken"}})
		d.out.claim(claim{subject: pilot, predicate: graph.In, object: q.div.ID(), quote: quote, confidence: 0.75, rule: "trial-place"})
		if what.id != "" {
			d.out.claim(claim{subject: what.id, predicate: graph.In, object: q.div.ID(), quote: quote, confidence: 0.7, rule: "trial-place"})
		}
	}
}

// selected are the places that a clause behind a pilot's name says to be chosen
// for it: 公布X试点名单，甲区、乙县等12个县区入选.
func (c *Chain) selected(d *doc, p *pilotHit) []*resolve.Division {
	s := d.sentenceAt(p.start)
	if s == nil {
		return nil
	}
	for _, cl := range s.clauses {
		if cl.start < p.end {
			continue
		}
		text := strings.TrimRight(d.text(cl), "。；，")
		if !strings.HasSuffix(text, "入选") && !strings.HasSuffix(text, "上榜") && !strings.HasSuffix(text, "在列") {
			continue
		}
		for _, q := range within(d.places, cl.start, cl.end) {
			if q.start >= cl.start && q.end <= cl.end && !q.chain && !q.pro && q.div.Level != "country" {
				return d.siblings(q.div, cl.end)
			}
		}
	}
	return nil
}

func (c *Chain) pilotActor(d *doc, p *pilotHit) (*resolve.Division, *orgHit) {
	for _, q := range within(d.places, p.end, p.end+1) { // 国家公立医院改革试点城市柳州: the place follows
		if q.start == p.end && !q.pro && q.div.Level != "country" {
			return q.div, nil
		}
	}
	// 厦门多式联运“一单制”试点: the city that opens the name has it.
	at := p.start
	var site *resolve.Division
	for _, q := range within(d.places, p.start, p.end) {
		if q.start == at && !q.pro && q.end < p.end-4 {
			at, site = q.end, q.div
		}
	}
	if site != nil && (site.Level == "prefecture" || site.Level == "county") {
		p.start = at
		p.name = d.text(p.span)
		return site, nil
	}
	q, o := c.actor(d, p.start)
	if q == nil && o == nil && site != nil && site.Level == "province" && c.gaz.ByCode(site.Code) != nil && strings.HasSuffix(site.Name, "市") { // 北京国家先导区
		return site, nil
	}
	return q, o
}
