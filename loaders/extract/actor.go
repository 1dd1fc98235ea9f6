package extract

import (
	"sort"
	"strings"

	"reformgraph/loaders/resolve"
)

// scopeBefore are characters in front of a place or body that make it the
// target, origin or measure of what is said, not its doer: 向全国, 赴江苏, 居全省.
const scopeBefore = "向赴到从比于居列被对由据受按据含占自以"

// actor returns who does what stands at i: the place, and the body if one acts.
// It reads the clause up to i, then the subjects of earlier clauses of the
// sentence, then the subject of the sentence before, then the home. What an
// unknown place does is nobody else's.
func (c *Chain) actor(d *doc, i int) (*resolve.Division, *orgHit) {
	if d.ofUnknown(i) {
		return nil, nil
	}
	s := d.sentenceAt(i)
	if s == nil {
		if d.home != nil {
			return d.home.div, nil
		}
		return nil, nil
	}
	if q, o := c.actorIn(d, *s, i); q != nil || o != nil {
		if q == nil && d.home != nil {
			q = d.home.div // a body without a place of its own acts at home
		}
		return q, o
	}
	if d.home != nil && d.home.div.Level != "province" {
		return d.home.div, nil
	}
	if o := d.hero(); o != nil {
		return o.div, o
	}
	// The subject of the sentences before, in the same paragraph.
	for k := sort.Search(len(d.sents), func(k int) bool { return d.sents[k].start >= s.start }) - 1; k >= 0; k-- {
		t := d.sents[k]
		if t.para != s.para {
			break
		}
		if q, o := c.subject(d, t); q != nil || o != nil {
			if q != nil && q.Level == "country" {
				continue
			}
			return q, o
		}
		if s.start-t.start > 300 {
			break
		}
	}
	if d.home != nil {
		return d.home.div, nil
	}
	return nil, nil
}

// hero is the company or school that the headline is about (远航重工：以改革促转型): who acts
// where no other is named. nil if there is none.
func (d *doc) hero() *orgHit {
	for _, s := range d.sents {
		if !s.title {
			break
		}
		for n := range d.orgs {
			if o := &d.orgs[n]; o.start >= s.end {
				break
			} else if o.start == s.start && d.rune(o.end) == '：' && o.kind != "media" && o.kind != "party" && o.kind != "government" {
				return o
			}
		}
	}
	return nil
}

func (c *Chain) actorIn(d *doc, s sentence, i int) (*resolve.Division, *orgHit) {
	for k := len(s.clauses) - 1; k >= 0; k-- {
		cl := s.clauses[k]
		if cl.start >= i {
			continue
		}
		here := i < cl.end
		end := min(cl.end, i)
		if d.nation(cl.start, end) {
			return resolve.China, nil
		}
		var place *placeHit
		var org, holds *orgHit
		orgs, places := within(d.orgs, cl.start, end), within(d.places, cl.start, end)
		for n := range orgs {
			o := &orgs[n]
			if o.start >= cl.start && o.end <= end && o.kind != "media" && !d.spokenOf(o.end) && !d.scene(o) && (here || !d.hosts(o.end, cl.end)) && (d.opens(cl.start, o.start) || here && i-o.end <= 3 && !strings.ContainsRune(scopeBefore, d.rune(o.start-1))) {
				if o.post {
					holds = o
					continue
				}
				org = o
			}
		}
		for n := range places {
			p := &places[n]
			inRow := !here && d.rune(p.start-1) == '在' && strings.ContainsRune("、和与", d.rune(p.end)) && len(d.siblings(p.div, cl.end)) > 1
			if p.start < cl.start || p.end > end || p.chain || p.more != nil || !here && p.start-cl.start > 10 && !inRow {
				continue
			}
			if inRow {
				place = p
				break
			}
			if d.meetsAt(p) || strings.ContainsRune(scopeBefore, d.rune(p.start-1)) || p.pro && (p.div.Level == "country" || d.rune(p.start-1) == '在' && d.measure(p.end)) || p.div.Level == "country" && p.div != resolve.China {
				continue
			}
			if inOrg(d, p.span) || d.rune(p.start-1) == '《' || p.div.Level == "country" && d.before(p.start, "新") {
				continue
			}
			if place == nil || here && place.end <= p.start {
				place = p
			}
		}
		switch {
		case org != nil && place != nil && org.start > place.start:
			return org.div, org
		case place != nil:
			if place.div.Level == "country" && k > 0 {
				continue
			}
			return place.div, nil
		case org != nil:
			return org.div, org
		case holds != nil: // who holds a post acts for its place, not for the body
			return holds.div, nil
		}
	}
	return nil, nil
}

// spokenOf says that what follows a body makes it no doer: 在中央|层面, 省委|部署的任务.
func (d *doc) spokenOf(i int) bool {
	if d.speaker(i) {
		return false
	}
	for _, w := range []string{"层面", "方面", "关于", "部署", "要求", "决策", "精神", "有关", "确定", "相关", "的", "等", "关心", "关怀", "领导下"} {
		if d.at(i, w) {
			return w != "等" || !d.bodyCount(i+1)
		}
	}
	return false
}

// bodyCount says that what follows 等 counts bodies that act with those named: 等|五部门, 等|多部门, 等|部门.
func (d *doc) bodyCount(i int) bool {
	for k := i; k < i+4; k++ {
		for _, w := range []string{"部门", "部委", "单位", "机构", "方面"} {
			if d.at(k, w) {
				return true
			}
		}
		if _, numeral := chineseDigits[d.rune(k)]; !numeral && !digit(d.rune(k)) && !strings.ContainsRune("多个家十有关相", d.rune(k)) {
			return false
		}
	}
	return false
}

// speaker says that what follows a body is one of its people who speaks for it: 民政部|有关负责人表示.
func (d *doc) speaker(i int) bool {
	for _, w := range []string{"有关", "相关", "主要", "新闻"} {
		if d.at(i, w) {
			i += 2
		}
	}
	return d.at(i, "负责人") || d.at(i, "负责同志") || d.at(i, "发言人")
}

// scene says that a body is only where something is done: 在上海证券交易所|设立科创板.
func (d *doc) scene(o *orgHit) bool {
	if d.rune(o.start-1) != '在' {
		return false
	}
	for _, w := range []string{"开展", "设立", "举行", "召开", "上市", "试点", "实施", "推行", "启动", "建立", "挂牌"} {
		if d.at(o.end, w) {
			return true
		}
	}
	return false
}

// meetsAt says that a place is only where people meet: 在长春召开…推进会, 在南京举行.
func (d *doc) meetsAt(p *placeHit) bool {
	if d.rune(p.start-1) != '在' {
		return false
	}
	for _, w := range []string{"召开", "举行", "举办", "开幕", "闭幕", "会见", "出席", "主持", "拉开"} {
		if d.at(p.end, w) {
			return true
		}
	}
	return false
}

// hosts says that a body before i only holds a meeting or briefing in its clause, at which others speak.
func (d *doc) hosts(i, end int) bool {
	after := d.text(span{i, max(i, end)})
	for _, w := range []string{"举行", "召开", "举办"} {
		if k := strings.Index(after, w); k >= 0 && (strings.Contains(after[k:], "发布会") || strings.Contains(after[k:], "吹风会")) {
			return true
		}
	}
	return false
}

// many are subjects that stand for no place in particular: what they do is done across the country.
var many = []string{"各地", "多地", "全国各地", "各省区市", "各省份", "一些地方", "一些地区", "部分地区", "部分省市", "部分省份", "不少地方", "许多地方", "很多地方", "不少省市"}

// nation says that a clause has the state as its subject: 国家开始实施, 我国试点.
func (d *doc) nation(start, end int) bool {
	for k := start; k < end && k-start < 16; k++ {
		if d.insidePlace(k) && !d.at(k, "我国") && !d.at(k, "全国") {
			break
		}
		for _, w := range many {
			if d.at(k, w) && d.rune(k+len([]rune(w))) != '的' && (d.opens(start, k) || d.before(k, "我国") && d.opens(start, k-2)) {
				return true
			}
		}
		if !d.at(k, "国家") && !d.at(k, "我国") || !d.opens(start, k) {
			continue
		}
		if inOrg(d, span{k, k + 2}) {
			return false
		}
		for _, w := range []string{"开始", "将", "已", "还", "也", "进一步", "全面", "正式", "出台", "实施", "启动", "推行", "决定", "在", "又", "先后", "首次", "首批", "积极", "试点", "推进", "，"} {
			if d.at(k+2, w) {
				return true
			}
		}
	}
	return false
}

// measure says that what follows a place makes it a measure or a scope: 在全省|率先.
func (d *doc) measure(i int) bool {
	for _, w := range []string{"率先", "首", "推广", "推开", "复制", "第", "排", "前", "唯一", "最", "名列", "位", "领先", "范围"} {
		if d.at(i, w) {
			return true
		}
	}
	return false
}

// siblings returns the places that stand in one row with the last mention of q
// before i (甲区、乙区和丙县), q among them, in the order of the text.
func (d *doc) siblings(q *resolve.Division, i int) []*resolve.Division {
	at := -1
	for k := sort.Search(len(d.places), func(k int) bool { return d.places[k].start >= i }) - 1; k >= 0 && i-d.places[k].start < longestSentence; k-- {
		if p := &d.places[k]; p.div == q && p.end <= i && !p.pro {
			at = k
			break
		}
	}
	if at < 0 {
		return []*resolve.Division{q}
	}
	s := d.sentenceAt(d.places[at].start)
	if s == nil || i > s.end {
		return []*resolve.Division{q}
	}
	row := func(a, b int) bool { // b follows a in one row
		p, r := d.places[a], d.places[b]
		start := r.start
		for b > 0 && d.places[b-1].chain && d.places[b-1].end == start && b-1 > a {
			b--
			start = d.places[b].start
		}
		return start == p.end+1 && strings.ContainsRune("、和与及", d.rune(p.end))
	}
	lo, hi := at, at
	for k := at - 1; k >= 0; k-- {
		if d.places[k].chain {
			continue
		}
		if !row(k, lo) || d.places[k].pro {
			break
		}
		lo = k
	}
	for k := at + 1; k < len(d.places); k++ {
		if d.places[k].chain {
			continue
		}
		if !row(hi, k) || d.places[k].pro || d.places[k].end > i {
			break
		}
		hi = k
	}
	var out []*resolve.Division
	for k := lo; k <= hi; k++ {
		if p := d.places[k]; !p.chain && p.div.Level != "country" {
			out = append(out, p.div)
		}
	}
	if len(out) == 0 {
		return []*resolve.Division{q}
	}
	return out
}

// openers may stand in front of the subject of a clause.
var openers = []string{"近年来", "同时", "其中", "此外", "为此", "对此", "据悉", "目前", "如今", "近日", "日前", "特别是", "比如", "在", "由", "而", "但", "经", "当前", "现在", "今天", "昨天", "随后", "此前", "之前", "、", "和", "与", "及", "“", "是", "正", "去年以来", "十八大以来", " ", "　", "—", "据了解", "记者从", "截至", "为", "不久前", "前不久", "刚刚"}

// opens says that nothing but openers, dates, places and bodies stand between
// the start of a clause and i.
func (d *doc) opens(start, i int) bool {
	for start < i {
		next := start
		for _, t := range within(d.times, start, start+1) {
			if t.start == start {
				next = t.end
			}
		}
		for _, p := range within(d.places, start, start+1) {
			if p.start == start && p.end <= i {
				next = max(next, p.end)
			}
		}
		for _, o := range within(d.orgs, start, start+1) {
			if o.start == start && o.end <= i {
				next = max(next, o.end)
			}
		}
		if next == start {
			for _, w := range openers {
				if d.at(start, w) {
					next = max(next, start+len([]rune(w)))
				}
			}
		}
		if next == start {
			return false
		}
		start = next
	}
	return start == i
}

// subject is the place or body that opens a sentence.
func (c *Chain) subject(d *doc, s sentence) (*resolve.Division, *orgHit) {
	for _, cl := range s.clauses {
		orgs, places := within(d.orgs, cl.start, cl.end), within(d.places, cl.start, cl.end)
		for n := range orgs {
			o := &orgs[n]
			if o.start >= cl.start && o.end <= cl.end && o.kind != "media" && d.opens(cl.start, o.start) {
				return o.div, o
			}
		}
		for n := range places {
			p := &places[n]
			if p.start >= cl.start && p.start-cl.start <= 8 && p.end <= cl.end && !p.chain && !inOrg(d, p.span) && p.div.Level != "country" && !strings.ContainsRune(scopeBefore, d.rune(p.start-1)) {
				return p.div, nil
			}
		}
	}
	return nil, nil
}

func inOrg(d *doc, s span) bool {
	for _, o := range within(d.orgs, s.start-farthest, s.start+1) {
		if o.holds(s) {
			return true
		}
	}
	return false
}

// plannedWords, before what is said in its clause, say that it is meant, asked
// for or still to come; negatedWords that it is not done.
var (
	plannedWords = []string{"拟", "计划", "力争", "要求", "争取", "努力", "有望", "即将", "并将", "还将", "也将", "都将", "将在", "将于", "将全面", "将进一步", "将继续", "将逐步", "将推", "将开展", "将建", "将实", "将启动", "将设", "将试点", "将先行", "将率先", "将选", "将向", "将进行", "将以", "希望", "明年", "下一步", "应当", "应该", "鼓励", "支持各地", "建议", "要把", "要在", "要认真", "要总结", "要加快", "要全面", "要积极", "要推", "要深", "要及时", "决定在", "决定将", "能够在", "愿", "可在"}
	negatedWords = []string{"未能", "尚未", "没有", "不再", "防止", "杜绝", "避免", "并未", "从未", "拒绝", "停止", "取消"}
)

// status tells whether what stands at i is done, planned or negated.
func (d *doc) status(i int) string {
	cl := d.clauseAt(i)
	for k := cl.start; k < i && k < cl.end; k++ {
		for _, w := range negatedWords {
			if d.at(k, w) {
				return "negated"
			}
		}
		for _, w := range plannedWords {
			if d.at(k, w) {
				return "planned"
			}
		}
		if d.r[k] == '将' && k+1 < len(d.r) && k > cl.start && d.insideAny(k-1) && strings.ContainsRune("对成建推开为设制启", d.r[k+1]) {
			return "planned"
		}
	}
	if t, ok := d.dateNear(i); ok && t.future && t.start >= cl.start {
		return "planned"
	}
	return "done"
}

// called says that the clause calls for something: 要深化…, 必须坚持….
func (d *doc) called(i int) bool {
	cl := d.clauseAt(i)
	for _, w := range []string{"要", "必须", "应", "一要", "二要", "三要", "需要", "需"} {
		if d.at(cl.start, w) && !d.at(cl.start, "要素") && !d.at(cl.start, "应急") && !d.at(cl.start, "应用") && !d.at(cl.start, "需求") {
			return true
		}
	}
	return false
}

// demanded says that the sentence reports what a meeting or a leader asks for,
// from the word of asking on.
func (d *doc) demanded(i int) bool {
	s := d.sentenceAt(i)
	if s == nil {
		return false
	}
	said := false
	for k := s.start; k < i; k++ {
		for _, w := range []string{"会议要求", "会议决定", "会议强调", "会议指出", "会议提出", "通知要求", "意见要求", "明确要求", "批示指出", "强调", "指出", "要求"} {
			if d.at(k, w) {
				said = true
			}
		}
		if said && (d.r[k] == '要' && d.rune(k+1) != '求' || d.at(k, "应") || d.at(k, "要求") || d.at(k, "决定")) {
			return true
		}
	}
	return false
}
