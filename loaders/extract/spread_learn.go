package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// withSides returns the places of the article and, between them, the sides of
// talks: 巴方 and 越方 for the country named before whose name begins so, 中方 for China.
func (c *Chain) withSides(d *doc) []placeHit {
	var headline []*resolve.Division
	for r, i := []rune(d.art.Title), 0; i < len(r); i++ {
		if n, cand, _ := c.gaz.Longest(r, i); n >= 2 && cand[0].Level == "country" {
			headline = append(headline, cand[0])
			i += n - 1
		}
	}
	var out []placeHit
	k := 0
	put := func(h placeHit) {
		for k < len(d.places) && d.places[k].start < h.start {
			out = append(out, d.places[k])
			k++
		}
		if (len(out) == 0 || out[len(out)-1].end <= h.start) && (k == len(d.places) || d.places[k].start >= h.end) {
			out = append(out, h)
		}
	}
	for _, s := range d.sents {
		for i := s.start + 1; i < s.end; i++ {
			if d.at(i-1, "中共") && (d.before(i-1, "借鉴") || d.before(i-1, "学习")) && !d.at(i+1, "中央") {
				put(placeHit{span: span{i - 1, i + 1}, div: resolve.China, side: true, pro: true})
				continue
			}
			if d.at(i-1, "中国") && !d.at(i+1, "共产党") && !d.at(i+1, "特色") && !inOrg(d, span{i - 1, i + 1}) && !d.insidePlace(i) {
				put(placeHit{span: span{i - 1, i + 1}, div: resolve.China, side: true, pro: true})
				continue
			}
			if d.r[i] != '方' || strings.ContainsRune("面法式案向便针位圆略才言程", d.rune(i+1)) || !han(d.r[i-1]) || d.insideAny(i-1) {
				continue
			}
			if d.before(i-1, "其") || strings.ContainsRune("东南西北多双各对前后上下地大官警校甲乙何", d.r[i-1]) {
				continue
			}
			q := side(d, i, headline)
			if q == nil {
				continue
			}
			put(placeHit{span: span{i - 1, i + 1}, div: q, side: true})
		}
	}
	return append(out, d.places[k:]...)
}

func side(d *doc, i int, headline []*resolve.Division) *resolve.Division {
	if d.r[i-1] == '中' {
		return resolve.China
	}
	var after *resolve.Division
	for k := len(d.places) - 1; k >= 0; k-- {
		p := d.places[k]
		if p.div.Level != "country" || p.div == resolve.China || d.r[p.start] != d.r[i-1] {
			continue
		}
		if p.start < i {
			return p.div
		}
		after = p.div
	}
	for _, q := range headline {
		if after == nil && q != resolve.China && []rune(q.Name)[0] == d.r[i-1] {
			after = q
		}
	}
	return after
}

// learned: a place or body took something from another place, body or practice.
func (t *tying) learned(x match) {
	status := t.status(x)
	if x.re("sides") || x.re("talks") {
		t.mutual(x, status)
		return
	}
	from := t.sources(x)
	if g := x.group("yours"); g.len() > 0 {
		if q := t.otherSide(); q != nil {
			d := t.d
			d.out.mention(q.ID(), q.Name, g, nil)
			d.out.mention(resolve.China.ID(), "中国", g, nil)
			t.learns(x, resolve.China.ID(), q.ID(), "planned")
		}
		return
	}
	if len(from) == 0 {
		return
	}
	if status == "done" {
		for _, w := range []string{"愿", "希望", "期待", "将同", "将为"} {
			if strings.Contains(t.d.text(span{x.m.s.start, max(x.span.end-1, x.m.s.start)}), w) {
				status = "planned"
			}
		}
	}
	if x.p.id == "learned-bare" { // 钦佩中国改革…，愿学习借鉴
		from = nil
		for _, k := range x.m.tokensIn(x.span, markPlace) {
			if t.d.places[k.index].div == resolve.China && from == nil {
				from = t.end(k)
			}
		}
		if from == nil {
			return
		}
	}
	who := t.learners(x, from)
	if g := x.group("who"); x.re("who") && !x.p.rowsOf("who") {
		who = nil
		if d := t.d; d.at(g.start, "我") {
			d.out.mention(resolve.China.ID(), "中国", g, nil)
			who = []string{resolve.China.ID()}
		} else {
			for _, k := range x.m.tokensIn(g, markPlace) {
				who = append(who, t.end(k)...)
			}
		}
		for _, id := range who {
			if slices.Contains(from, id) {
				return
			}
		}
	}
	// 北京 in a dateline does not learn from 中方: the other side is not known then.
	if len(from) == 1 && from[0] == resolve.China.ID() {
		foreign := who[:0]
		for _, id := range who {
			if q := t.seat(id); q == nil || len(q.Code) == 2 {
				foreign = append(foreign, id)
			}
		}
		who = foreign
	}
	for _, a := range who {
		for _, b := range from {
			t.learns(x, a, b, status)
		}
		// 相互借鉴: the other way round as well.
		if strings.Contains(t.d.text(x.span), "相互") || strings.Contains(t.d.text(x.span), "互学互鉴") {
			for _, b := range from {
				t.learns(x, b, a, status)
			}
		}
	}
	t.takenUp(x, who, status)
}

// mutual: both sides of talks learn from each other.
func (t *tying) mutual(x match, status string) {
	d := t.d
	about := false
	for _, w := range []string{"经验", "做法", "治国", "治党", "立法", "理政", "模式"} {
		about = about || strings.Contains(d.text(x.m.s.span), w)
	}
	if !about {
		return
	}
	g := x.group("sides")
	q := t.otherSide()
	if x.re("talks") {
		g = x.group("talks")
		held := false
		for _, w := range []string{"会谈", "会见", "访问", "通电话", "通话", "对话", "会晤"} {
			held = held || strings.Contains(d.art.Title+d.text(span{0, min(60, len(d.r))}), w)
		}
		if q == nil || !held {
			return
		}
	} else if q == nil || d.rune(g.start) != '双' && d.rune(g.start) != '两' && d.rune(g.start) != '彼' {
		return
	}
	for _, w := range []string{"愿", "希望", "期待", "要", "将", "应", "加强", "深化"} {
		if strings.Contains(d.text(span{x.m.s.start, x.span.end}), w) {
			status = "planned"
		}
	}
	d.out.mention(q.ID(), q.Name, g, nil)
	d.out.mention(resolve.China.ID(), "中国", g, nil)
	t.learns(x, q.ID(), resolve.China.ID(), status)
	t.learns(x, resolve.China.ID(), q.ID(), status)
}

// learns writes one tie.
func (t *tying) learns(x match, who, from, status string) {
	d := t.d
	props := t.dated(x, "date")
	how := "学习借鉴"
	for _, w := range []string{"取经", "考察学习", "学习考察", "跟班学习", "考察", "观摩", "授课", "借鉴", "引进", "复制", "仿效", "效仿", "蓝本", "学习"} {
		if strings.Contains(d.text(x.span), w) {
			how = w
			break
		}
	}
	props["how"] = how
	d.out.claim(claim{subject: who, predicate: graph.LearnedFrom, object: from, quote: d.quote(x.span), status: status, confidence: 0.8, rule: x.p.id, props: props})
}

// end is the id of a place or body as the end of a tie, noted among the facts.
func (t *tying) end(k token) []string {
	d := t.d
	switch k.mark {
	case markPlace:
		p := &d.places[k.index]
		if p.chain {
			return nil
		}
		t.scope(d, p)
		var out []string
		for _, q := range members(p) {
			if p.side && q != resolve.China {
				d.out.mention(q.ID(), q.Name, p.span, nil)
			}
			out = append(out, q.ID())
		}
		return out
	case markBody:
		return []string{d.orgs[k.index].id}
	}
	return nil
}

// vague sources are no practice of anybody: 国际先进经验.
var vague = strings.NewReplacer("国际", "", "国外", "", "国内外", "", "境外", "", "其他", "", "国家", "", "地区", "", "各国", "", "各地", "", "先进", "", "成功", "", "有益", "", "好的", "", "好", "", "经验", "", "做法", "", "模式", "", "一切", "", "优秀", "", "的", "", "世界", "", "和", "", "先行", "", "试点", "", "相关", "", "有关", "", "成熟", "", "发达", "", "理念", "", "发展", "", "治国理政", "", "外地", "", "兄弟", "", "省市", "", "管理", "", "通行", "", "彼此", "", "对方", "", "人类", "", "文明", "", "成果", "", "这一", "", "这些", "", "制度", "", "技术", "", "外国", "", "、", "", "及", "", "与", "", "了", "", "吸收", "", "历史", "", "改革", "")

// sources are who or what was learned from.
func (t *tying) sources(x match) []string {
	d := t.d
	g := x.group("from")
	if g.len() == 0 {
		return nil
	}
	var out []string
	for _, k := range x.m.tokens {
		if !g.holds(k.span) || k.mark != markPlace && k.mark != markBody {
			continue
		}
		if len(out) == 0 && k.start-g.start > 8 {
			break
		}
		if k.mark == markBody && (len(out) > 0 || x.p.id == "learned-visit" && d.orgs[k.index].kind == "other") {
			continue
		}
		out = append(out, t.end(k)...)
	}
	for _, k := range x.m.tokensIn(g, markPractice) {
		p := &d.pracs[k.index]
		if p.exp == nil && (p.conf < 0.7 || len([]rune(vague.Replace(p.name))) < 3 || len(out) == 0 && !strings.HasPrefix(p.name, "“")) || t.goods(p.name) {
			continue
		}
		if id := t.thing(d, p, true); id != "" {
			out = append(out, id)
			t.note(p)
		}
	}
	if len(out) == 0 && x.p.id == "learned-words" {
		if w := t.trim(g); w.len() >= 6 && w.len() <= 20 && len([]rune(vague.Replace(d.text(w)))) >= 2 {
			if p := t.plainHit(w, x); p != nil {
				out = append(out, t.thing(d, p, true))
			}
		}
	}
	return out
}

// learners are who learned: the row of places or the body in front of the verb,
// in its clause or an earlier one, which is not itself learned from.
func (t *tying) learners(x match, from []string) []string {
	d := t.d
	if g := x.group("who"); g.len() > 0 && x.p.rowsOf("who") {
		var out []string
		for _, k := range x.m.tokens {
			if g.holds(k.span) {
				out = append(out, t.end(k)...)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	stop := x.group("from").start
	clauses := x.m.s.clauses
	for k := len(clauses) - 1; k >= 0; k-- {
		cl := clauses[k]
		if cl.start >= stop {
			continue
		}
		var row []string
		last := -1
		for _, h := range x.m.tokens {
			if h.start < cl.start || h.end > min(stop, cl.end) || h.mark != markPlace && h.mark != markBody {
				continue
			}
			if strings.ContainsRune("向对从同与和赴到自于由把将被及", d.rune(h.start-1)) && !(last >= 0 && h.start-last <= 2) {
				continue
			}
			if h.mark == markPlace && d.places[h.index].chain {
				if last >= 0 && h.start-last <= 2 {
					last = h.end
				}
				continue
			}
			if d.says(h.end) {
				continue
			}
			if h.mark == markPlace && (d.places[h.index].pro && d.places[h.index].div == resolve.China && strings.Contains(d.text(h.span), "全国")) {
				continue
			}
			if h.mark == markBody && d.orgs[h.index].kind == "media" {
				continue
			}
			switch {
			case last < 0 || h.start-last <= 2 && d.rune(h.start-1) != '的' && (h.start != last || h.mark == markPlace):
				row = append(row, t.end(h)...)
			case h.start == last && len(row) > 0: // a body right behind its place
				row = append(row[:len(row)-1], t.end(h)...)
			default:
				continue
			}
			last = h.end
		}
		for _, w := range []string{"各地", "各省", "各国", "每个国家", "各级", "各个"} { // a learner that is nobody
			if strings.Contains(d.text(span{cl.start, max(cl.start, min(stop, cl.end))}), w) {
				return nil
			}
		}
		var out []string
		for _, id := range row {
			own := false
			for _, f := range from {
				own = own || f == id
			}
			if !own {
				out = append(out, id)
			}
		}
		if len(out) > 0 {
			return out
		}
		if stop-cl.start > 200 {
			break
		}
	}
	q, o := t.actor(d, max(stop-1, x.span.start))
	id := ""
	if o != nil && o.kind != "media" {
		id = o.id
	} else if q != nil && q.Level != "country" {
		id = q.ID()
	}
	for _, f := range from {
		if f == id {
			return nil
		}
	}
	if id == "" || len(from) == 1 && from[0] == resolve.China.ID() && !strings.Contains(id, "org:") && len(graph.PlaceCode(id)) > 2 {
		// In talks the other side is the one country spoken of beside China.
		if len(from) == 1 && from[0] == resolve.China.ID() {
			if q := t.otherSide(); q != nil {
				d.out.mention(q.ID(), q.Name, x.group("from"), nil)
				return []string{q.ID()}
			}
		}
		return nil
	}
	return []string{id}
}

// otherSide is the only foreign country that title and text name, nil if there are more or none.
func (t *tying) otherSide() *resolve.Division {
	var only *resolve.Division
	for k := range t.d.places {
		q := t.d.places[k].div
		if q.Level != "country" || q == resolve.China {
			continue
		}
		if only != nil && only != q {
			return nil
		}
		only = q
	}
	for r, i := []rune(t.d.art.Title), 0; i < len(r); i++ {
		n, cand, _ := t.gaz.Longest(r, i)
		if n < 2 || cand[0].Level != "country" || cand[0] == resolve.China {
			continue
		}
		if only != nil && only != cand[0] {
			return nil
		}
		only = cand[0]
		i += n - 1
	}
	return only
}

// says reports that who ends at i only asks others or passes something on.
func (d *doc) says(i int) bool {
	for _, w := range []string{"要求", "提出", "强调", "指出", "印发", "转发", "发布", "批示", "部署"} {
		if d.at(i, w) || d.at(i+2, w) {
			return true
		}
	}
	return false
}

// rowsOf says that a group of a rule is a row of places.
func (p *pattern) rowsOf(group string) bool {
	return strings.Contains(p.row.Field(2), "(?P<"+group+">{P+})")
}

// takenUp says that who borrowed a practice carries it out: the practice named as
// the source of 借鉴 and 引进, or what the same sentence goes on to set up.
func (t *tying) takenUp(x match, who []string, status string) {
	d := t.d
	text := d.text(x.span)
	var what []*practiceHit
	for _, w := range []string{"借鉴", "引进", "引入", "复制", "移植", "仿效", "效仿", "照搬"} {
		if !strings.Contains(text, w) || x.re("who") {
			continue
		}
		for _, k := range x.m.tokensIn(x.group("from"), markPractice) {
			what = append(what, &d.pracs[k.index])
		}
		break
	}
	if len(what) == 0 && x.re("then") {
		g := x.group("then")
		if hits, _ := t.leftmost(x, g); len(hits) > 0 {
			what = hits
		}
	}
	for _, a := range who {
		q := t.seat(a)
		if q == nil || q.Level == "country" {
			continue
		}
		for _, w := range what {
			t.adopts(x, q, w, status)
		}
	}
}

// seat is the place of a learner, nil if it has none.
func (t *tying) seat(id string) *resolve.Division {
	for k := range t.d.places {
		for _, q := range members(&t.d.places[k]) {
			if q.ID() == id {
				return q
			}
		}
	}
	for _, o := range t.d.orgs {
		if o.id == id {
			return o.div
		}
	}
	return nil
}
