package extract

import (
	"slices"
	"sort"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// what returns the practices that a match speaks of: its object, else its
// subject, else what the clauses before spoke of. carry allows the last.
func (t *tying) what(x match, carry bool) []*practiceHit {
	if x.re("obj") {
		hits, generic := t.leftmost(x, x.group("obj"))
		if len(hits) > 0 {
			return hits
		}
		if !generic && t.goods(t.d.text(x.group("obj"))) { // goods are what spreads, not what was spoken of before
			return nil
		}
		if generic && x.re("subj") {
			if hits, _ := t.rightmost(x, x.group("subj")); len(hits) > 0 {
				return hits
			}
		}
		if generic {
			return t.carried(x, x.verbEnd(), t.d.text(x.group("subj"))+t.d.text(x.group("obj")))
		}
	}
	if x.re("subj") {
		hits, generic := t.rightmost(x, x.group("subj"))
		if len(hits) > 0 {
			return hits
		}
		if !generic || !carry || t.unknownObject(x) {
			return nil
		}
		return t.carried(x, max(x.group("subj").end, x.span.start), t.d.text(x.group("subj")))
	}
	if carry && (!x.re("obj") || x.group("obj").len() == 0) {
		description := ""
		if strings.Contains(t.d.text(x.span), "试点") {
			description = "试点"
		}
		return t.carried(x, x.span.start+1, description)
	}
	return nil
}

// unknownObject says that the verb has an object of its own that names something the
// rules do not know: what was spoken of before is then not what spreads.
func (t *tying) unknownObject(x match) bool {
	g := x.group("obj")
	if g.len() < 4 {
		return false
	}
	text := t.d.text(g)
	if points(text) || !han(t.d.rune(g.start)) {
		return false
	}
	for _, w := range []string{"的", "了", "以来", "后", "时", "工作", "试点", "过程", "成效", "这", "并", "进程", "开来", "改革", "到", "至", "为", "和", "与", "及", "将", "已", "在", "等"} {
		if strings.HasPrefix(text, w) {
			return false
		}
	}
	return true
}

// definite descriptions point back: 这一做法, 该制度, 试点经验.
var (
	pointers     = []string{"这一套", "这一", "这项", "这个", "这种", "这些", "这套", "这里的", "这", "该项", "该", "此项", "此", "上述", "其", "同样的", "同一", "相关", "有关", "试点的", "取得的", "形成的", "成熟的", "成功的", "可复制可推广的", "可复制、可推广的", "可复制", "可推广", "首批", "第一批", "第二批", "第三批", "新一批", "新一轮", "全国", "国家", "国家级", "一批", "一些", "一系列", "这批", "部分", "成功", "有效", "先进", "典型", "好的", "好", "新", "改革", "试点", "创新", "经验", "做法", "地区", "城市", "成果", "及时", "重要", "实践", "工作", "、", "的", "和", "特色", "制度性", "基层", "各地", "地方", "管用", "成熟", "规模", "随后", "目前", "数量", "先行", "地域", "不仅", "行业"}
	pointedNouns = []string{"改革试点", "试点经验", "试点工作", "试点范围", "试点政策", "试点成果", "改革经验", "经验做法", "成功经验", "做法", "经验", "制度", "改革", "模式", "机制", "办法", "措施", "举措", "政策", "试点", "工程", "创新", "成果", "方法", "体系", "范围", "方式", "试验", "工作", "标准", "方案"}
)

// points says that words only point back to something said before.
func points(text string) bool {
	if text == "" {
		return true
	}
	r := []rune(text)
	reach := make([]bool, len(r)+1)
	reach[0] = true
	for i := range r {
		if !reach[i] {
			continue
		}
		for _, list := range [][]string{pointers, pointedNouns} {
			for _, w := range list {
				if strings.HasPrefix(string(r[i:]), w) {
					reach[i+len([]rune(w))] = true
				}
			}
		}
	}
	return reach[len(r)]
}

// tails may stand behind a practice before the adverbs of its verb: 的做法, 改革经验.
var tails = []string{"", "经验", "做法", "的做法", "的经验", "试点", "改革", "改革试点", "制度", "改革经验", "试点经验", "工作", "试点工作", "模式", "机制", "的模式", "经验做法", "等", "等做法", "等经验", "等改革", "等制度", "等举措", "等措施", "试点城市", "试点地区", "试点区域", "试点省份", "试点规模", "城市", "地区", "覆盖面", "成果", "等成果", "政策", "范围", "试点范围", "管理模式", "工作法", "也", "试点经验做法", "体系", "服务", "登记", "行动", "计划", "工程", "措施", "举措", "等机制"}

// adverbs stand between a practice and the verb of its spread.
var adverbs = []string{"已经", "已", "正在", "正", "将", "要", "就", "都", "也", "并", "又", "再", "全面", "积极", "逐步", "加快", "目前", "如今", "今后", "下一步", "成熟后", "成功后", "及时", "尽快", "抓紧", "开始", "起", "陆续", "先后", "相继", "分领域", "分层次", "不断", "进一步", "同时", "随后", "此后", "近年来", "近日", "日前", "前不久", "最终", "现", "现在", "于", "计划", "力争", "年内", "拟", "决定", "能够", "可", "可以", "争取", "进行了", "一批批", "迅速", "很快", "、", "，", " ", "被", "由", "经", "得到", "在总结经验的基础上", "还", "有望", "有序", "稳步", "率先", "首先", "最早", "最初", "今年以来", "逐渐", "此前", "明确", "应", "是", "一道", "曾", "推动", "最先", "就是", "在试点基础上", "在试点的基础上", "大幅度", "大幅", "下一步", "一下子", "一哄而上", "范围", "内", "我国", "国家", "再次", "继续"}

func (t *tying) adverbsOff(s span) span {
	d := t.d
	for moved := true; moved && s.len() > 0; {
		moved = false
		for _, h := range within(d.times, s.start, s.end) {
			if h.end == s.end {
				s.end, moved = h.start, true
			}
		}
		for _, o := range within(d.orgs, s.start+1, s.end) { // 被省政府|推广
			if o.end == s.end && (d.rune(o.start-1) == '被' || d.rune(o.start-1) == '由' || d.rune(o.start-1) == '经') {
				s.end, moved = o.start, true
			}
		}
		for _, k := range within(d.nums, s.start, s.end) { // 将在3年内|推广
			if strings.HasSuffix(k.unit, "年") && (k.end == s.end || k.end == s.end-1 && d.rune(k.end) == '内') && d.before(k.start, "在") {
				s.end, moved = k.start-1, true
			}
		}
		for _, w := range []string{"从", "自"} { // 从今年8月1日起
			if moved && d.before(s.end, w) && s.len() > 0 {
				s.end--
			}
		}
		for _, w := range adverbs {
			if d.before(s.end, w) && s.len() >= len([]rune(w)) {
				s.end -= len([]rune(w))
				moved = true
				break
			}
		}
	}
	return s
}

// rightmost reads the practice that ends a stretch in front of a verb. generic
// says that the stretch only points back.
func (t *tying) rightmost(x match, s span) (hits []*practiceHit, generic bool) {
	d := t.d
	s = t.adverbsOff(s)
	// 试点将由最初的7个省份|扩大到…: where it was before.
	for _, k := range x.m.tokens {
		if (k.mark == markNumber || k.mark == markPlace) && s.holds(k.span) && s.end-k.end <= 8 {
			for i := k.start - 1; i > s.start && k.start-i <= 8; i-- {
				if (d.r[i] == '由' || d.r[i] == '从') && !d.bound(i) {
					s = t.adverbsOff(span{s.start, i})
					break
				}
			}
		}
	}
	// 将X在…推广, 把X推广到…: what stands behind 将 and 把.
	for i := s.end - 2; i >= s.start; i-- {
		if (d.r[i] == '将' || d.r[i] == '把') && !d.insidePractice(i) && d.rune(i+1) != '在' {
			s.start = i + 1
			break
		}
	}
	if s.len() == 0 {
		return nil, true
	}
	for _, k := range x.m.tokens { // 其中|8项
		if k.mark == markNumber && k.end == s.end && k.start-s.start <= 3 && strings.HasSuffix(d.nums[k.index].unit, "项") {
			return nil, true
		}
	}
	toks := x.m.tokensIn(s, markPractice)
	if n := len(toks); n > 0 {
		last := toks[n-1]
		tail := d.text(span{last.end, s.end})
		for _, mark := range []string{"从", "由", "自"} { // “巷长制”从小街|走向
			if before, _, ok := strings.Cut(tail, mark); ok {
				tail = before
			}
		}
		for _, w := range tails {
			if tail == w {
				return t.row(x, toks, s), false
			}
		}
		if d.pracs[last.index].list != 0 && strings.HasPrefix(tail, "等") { // A、B等几百项改革创新经验
			for _, w := range countedNouns {
				if strings.HasSuffix(tail, w) {
					return t.row(x, toks, s), false
				}
			}
		}
	}
	if h := t.counted(x, s.start, s.end); h != nil && h.end >= s.end-4 {
		return []*practiceHit{h}, false
	}
	// X试点城市|扩大到200个: the pilot is what spreads.
	for moved := true; moved; {
		moved = false
		for _, w := range []string{"城市", "地区", "区域", "省份", "范围", "规模", "数量", "名单", "覆盖面"} {
			if n := len([]rune(w)); d.before(s.end, w) && s.len() > n+3 {
				for _, e := range []string{"试点", "改革", "制度", "机制", "服务", "保险", "示范"} {
					if d.before(s.end-n, e) && !moved {
						s.end, moved = s.end-n, true
					}
				}
			}
		}
	}
	start := t.nounStart(s)
	w := t.trim(span{start, s.end})
	if points(d.text(w)) || points(d.text(span{start, s.end})) || w.len() < 2 {
		// 上海自贸试验区取得的经验
		for _, p := range x.m.tokensIn(s, markPlace) {
			if s.end-p.end <= 8 && d.before(s.end, "经验") {
				if h := t.plainHit(span{p.start, s.end}, x); h != nil {
					return []*practiceHit{h}, false
				}
			}
		}
		return nil, true
	}
	if h := t.plainHit(w, x); h != nil {
		return []*practiceHit{h}, false
	}
	// A clause whose own subject is no practice and ends in none: 受到肯定，在全国推广 has none.
	return nil, s.len() <= 3
}

// insidePractice says that i lies in the name of a practice.
func (d *doc) insidePractice(i int) bool {
	return covers(d.pracs, i)
}

// row is the last of the tokens and those joined to it by 、 and 和, or the whole
// enumeration that it closes.
func (t *tying) row(x match, toks []token, in span) []*practiceHit {
	d := t.d
	last := toks[len(toks)-1]
	p := &d.pracs[last.index]
	var out []*practiceHit
	if p.list != 0 {
		return append(out, d.listed(p)...)
	}
	out = append(out, p)
	at := last.start
	for k := len(toks) - 2; k >= 0; k-- {
		gap := at - toks[k].end
		if gap > 1 || gap == 1 && !strings.ContainsRune("、和及与", d.r[toks[k].end]) {
			break
		}
		out = append(out, &d.pracs[toks[k].index])
		at = toks[k].start
	}
	return out
}

// listed are the members of the enumeration that a practice belongs to.
func (d *doc) listed(p *practiceHit) []*practiceHit {
	var out []*practiceHit
	near := within(d.pracs, p.start-longestSentence, p.start+longestSentence)
	for k := range near {
		if near[k].list == p.list {
			out = append(out, &near[k])
		}
	}
	return out
}

// nounStart is where the noun that ends a stretch begins: behind the last verb
// with what it governs, mark or particle.
func (t *tying) nounStart(s span) int {
	d := t.d
	for i := s.end - 1; i > s.start; i-- {
		r := d.r[i-1]
		if strings.ContainsRune("，。：；！？（）《》", r) || strings.ContainsRune("将把对使让给被着了向为由是于到", r) && !d.insideAny(i-1) && !d.bound(i-1) {
			return i
		}
		if d.rune(i-1) == '”' && !han(d.rune(i)) {
			return i
		}
		for n := 4; n >= 2; n-- {
			if i-n >= s.start && t.verbs[d.text(span{i - n, i})] != "" && d.verbal(i-n) && s.end-i >= 4 {
				return i
			}
		}
		if s.end-i > 36 {
			return i
		}
	}
	return s.start
}

// bound says that a character that can be a particle is part of a word at i.
func (d *doc) bound(i int) bool {
	for _, w := range []string{"转让", "自由", "行为", "供给", "使用", "对外", "对口", "了解", "出让", "配给", "给付", "着力", "方向", "面向", "到户", "到期", "报到", "领到", "理由"} {
		if d.at(i, w) || d.at(i-1, w) {
			return true
		}
	}
	return false
}

// insideWord says that 出 at i begins a word of its own: 出口, 出入境.
func (d *doc) insideWord(i int) bool {
	return i+1 < len(d.r) && strings.ContainsRune("口入租让版生资行境厂清", d.r[i+1])
}

func (t *tying) trim(s span) span {
	d := t.d
	for moved := true; moved && s.len() > 2; {
		moved = false
		for _, w := range t.words["lead"] {
			if d.at(s.start, w) && s.len()-len([]rune(w)) >= 2 && !(w == "对" && d.at(s.start, "对外")) && !(w == "国家" && !d.at(s.start, "国家的")) && !(w == "出" && d.insideWord(s.start)) {
				s.start += len([]rune(w))
				moved = true
			}
		}
		for _, p := range within(d.places, s.start, s.start+1) {
			if p.end < s.end-2 && (p.pro || d.rune(p.end) == '的') {
				s.start = p.end
				moved = true
			}
		}
		for _, o := range within(d.orgs, s.start, s.start+1) {
			if o.end < s.end-2 {
				s.start = o.end
				moved = true
			}
		}
		at := s.start
		if d.rune(at) == '自' { // 自今年5月|试点
			at++
		}
		for _, h := range within(d.times, at, at+1) {
			if h.end <= s.end-2 {
				s.start = h.end
				moved = true
			}
		}
		for _, w := range []string{"等", "的", "了", "，", "等地"} {
			if d.before(s.end, w) && s.len()-len([]rune(w)) >= 2 {
				s.end -= len([]rune(w))
				moved = true
			}
		}
	}
	// A的B: B alone where it is a name of its own.
	text := []rune(d.text(s))
	for i := len(text) - 4; i > 0; i-- {
		if text[i-1] == '的' && !points(string(text[i:])) && !generic(string(text[i:])) {
			return span{s.start + i, s.end}
		}
	}
	return s
}

// countedNouns end a counted bundle: 28项改革试点|经验.
var countedNouns = []string{"最佳实践案例", "案例", "试点政策", "创新举措", "经验做法", "改革试点经验", "制度创新成果", "经验", "成果", "措施", "举措", "做法", "制度", "政策", "改革", "事项"}

// counted finds the last counted bundle between two positions.
func (t *tying) counted(x match, from, to int) *practiceHit {
	d := t.d
	var best *practiceHit
	for _, k := range x.m.tokens {
		if k.mark != markNumber || k.start < from || k.end > to {
			continue
		}
		n := d.nums[k.index]
		if n.percent || n.whole < 2 || !strings.ContainsAny(n.unit, "项条个批") || strings.Contains(n.unit, "月") {
			continue
		}
		end := 0
		if n.end == to || !han(d.rune(n.end)) || functionWord(d.rune(n.end)) { // 制度创新成果475项
			for _, w := range countedNouns {
				if d.before(n.start, w) {
					if start := t.nounStart(span{from, n.start}); n.start-start >= 4 && n.start-start < 16 {
						if w := t.trim(span{start, n.start}); w.len() >= 4 {
							best = t.hit(w, x)
						}
					}
					break
				}
			}
			continue
		}
		for i := n.end; i < to && i-n.end < 30; i++ {
			if strings.ContainsRune("，。；：", d.r[i]) {
				break
			}
			for _, w := range countedNouns {
				if d.at(i, w) && i+len([]rune(w)) <= to {
					end = max(end, i+len([]rune(w)))
				}
			}
		}
		if end > 0 {
			best = t.hit(span{n.start, end}, x)
		}
	}
	return best
}

// leftmost reads the practice that begins a stretch behind a verb.
func (t *tying) leftmost(x match, s span) (hits []*practiceHit, generic bool) {
	d := t.d
	for moved := true; moved && s.len() > 0; {
		moved = false
		for _, w := range []string{"了", "的", "起了", "起", "出", "一套", "一条", "一种", "一批", "一项", "一个", "以", "名为", "自己的", "各自的", "相应的", " ", "为期", "由", "用"} {
			if d.at(s.start, w) && s.len() >= len([]rune(w)) {
				s.start += len([]rune(w))
				moved = true
			}
		}
		for _, h := range within(d.times, s.start, s.start+1) {
			if h.end <= s.end {
				s.start, moved = h.end, true
			}
		}
	}
	for _, k := range x.m.tokens { // 在全国推广|8项
		if k.mark == markNumber && k.span == s && strings.HasSuffix(d.nums[k.index].unit, "项") {
			return nil, true
		}
	}
	if s.len() < 2 {
		return nil, false
	}
	for _, w := range []string{"正在", "已", "将", "为", "在", "向", "过程", "方面", "以来", "后", "时", "成效"} {
		if d.at(s.start, w) {
			return nil, false
		}
	}
	for _, w := range []string{"这一", "这项", "这种", "这套", "该", "这些", "此", "上述"} {
		if d.at(s.start, w) {
			for n := 2; n <= 8 && s.start+n <= s.end; n++ {
				if text := d.text(span{s.start, s.start + n}); points(text) && n == min(8, s.len()) || points(text) && n >= 3 {
					return nil, true
				}
			}
		}
	}
	if d.at(s.start, "包括") {
		if h := t.counted(x, s.start, s.end); h != nil {
			return []*practiceHit{h}, false
		}
	}
	toks := x.m.tokensIn(s, markPractice)
	if len(toks) > 0 {
		first := toks[0]
		gap := d.text(span{s.start, first.start})
		if first.start-s.start <= 16 && !strings.ContainsAny(gap, "，：；了将把对让使") && !t.another(s.start, first.start) {
			list := d.pracs[first.index].list
			if list != 0 {
				return t.row(x, toks[:1], s), false
			}
			out := []*practiceHit{&d.pracs[first.index]}
			at := first.end
			for _, k := range toks[1:] {
				if g := k.start - at; g > 1 || g == 1 && !strings.ContainsRune("、和及与", d.r[at]) {
					break
				}
				out = append(out, &d.pracs[k.index])
				at = k.end
			}
			return out, false
		}
	}
	if h := t.counted(x, s.start, s.end); h != nil && h.start-s.start <= 12 {
		return []*practiceHit{h}, false
	}
	if points(d.text(s)) {
		return nil, true
	}
	end := t.nounEnd(s)
	if end == 0 {
		return nil, false
	}
	w := t.trim(span{s.start, end})
	if points(d.text(w)) {
		return nil, true
	}
	if h := t.plainHit(w, x); h != nil {
		return []*practiceHit{h}, false
	}
	return nil, false
}

// another says that a list goes on with another verb between two positions: 试点政策、加快推进|X.
func (t *tying) another(from, to int) bool {
	for i := from; i < to; i++ {
		if t.d.r[i] == '、' && (t.verbAt(t.d, span{i + 1, to}, i+1) || t.d.at(i+1, "加快") || t.d.at(i+1, "进一步")) {
			return true
		}
	}
	return false
}

// practiceEnds are nouns that end what can spread, beside the head nouns of heads.tsv.
var practiceEnds = []string{"改革", "制度", "机制", "模式", "经验", "做法", "措施", "举措", "成果", "试点", "试验", "工作法", "办法", "政策", "体系", "清单", "管理", "服务", "作业", "登记", "审批", "监管", "细则", "体制", "方案", "行动", "工程", "标准", "流程", "套餐", "贷款", "制", "内容", "法院", "审批局", "自贸区", "自贸试验区", "自由贸易试验区", "法治", "试验区", "经济特区", "示范区", "先行区", "建设", "业务", "服务费", "评价", "保险", "工作站", "法庭"}

// nounEnd is where the noun that begins a stretch ends, 0 if it ends in no word for a practice.
func (t *tying) nounEnd(s span) int {
	d := t.d
	stop := s.end
	depth := 0
	for i := s.start; i < s.end; i++ {
		r := d.r[i]
		switch {
		case r == '“':
			depth++
		case r == '”':
			depth--
		case depth > 0:
		case r == '、' && t.another(i, min(i+6, s.end)):
			stop = i
		case strings.ContainsRune("，。；：！？（《", r) || r == '并' || r == '后' && i-s.start > 6:
			stop = i
		case i-s.start > 40:
			stop = i
		}
		if stop == i {
			break
		}
	}
	whole := span{s.start, stop}
	for whole.len() > 2 {
		moved := false
		for _, w := range []string{"以来", "工作", "等", "的"} {
			if d.before(whole.end, w) && !(w == "工作" && whole.len() < 6) {
				whole.end -= len([]rune(w))
				moved = true
			}
		}
		if !moved {
			break
		}
	}
	if whole.len() >= 2 && whole.len() <= 34 && t.practiceEnd(whole) && !strings.ContainsAny(d.text(whole), "是让使把将") {
		return whole.end
	}
	end, _, strong := t.objectEnd(d, span{s.start, stop}, s.start)
	if end > 0 && strong {
		return end
	}
	return 0
}

func (t *tying) practiceEnd(s span) bool {
	d := t.d
	if d.r[s.end-1] == '”' {
		return true
	}
	for _, w := range practiceEnds {
		if d.before(s.end, w) {
			return true
		}
	}
	return t.kindOf(d, s) != ""
}

// plainHit makes a practice of plain words, nil if they can name none.
func (t *tying) plainHit(w span, x match) *practiceHit {
	d := t.d
	if w.len() < 3 || w.len() > 34 {
		return nil
	}
	text := d.text(w)
	if strings.ContainsAny(text, "他她们我你是有不说，。；：") || generic(text) || points(text) {
		return nil
	}
	if t.goods(text) || strings.Contains(text, "基础上") {
		return nil
	}
	for _, bad := range []string{"典型经验", "先进经验", "成功经验", "有益经验", "宝贵经验", "好经验", "好做法", "典型做法", "基层经验"} {
		if strings.HasSuffix(text, bad) {
			return nil
		}
	}
	for _, p := range within(d.places, w.start, w.start+1) { // 杭州经验 may stand; a place alone not
		if p.span == w {
			return nil
		}
	}
	if !t.practiceEnd(w) || d.r[w.start] == '”' || strings.Count(text, "“") != strings.Count(text, "”") {
		return nil
	}
	return t.hit(w, x)
}

// goods says that a name is of goods, technology or study.
func (t *tying) goods(name string) bool {
	for _, bad := range t.words["goods"] {
		if strings.Contains(name, bad) {
			return true
		}
	}
	return false
}

// hit is the practice that stands in a span, made where none was found before.
func (t *tying) hit(w span, x match) *practiceHit {
	d := t.d
	for k, here := 0, within(d.pracs, w.start, w.start+1); k < len(here); k++ {
		if here[k].span == w {
			return &here[k]
		}
	}
	first := w.start // the named ones are kept by sentence
	if s := d.sentenceAt(w.start); s != nil {
		first = s.start
	}
	for _, h := range t.named[first] {
		if h.span == w {
			return h
		}
	}
	p := &practiceHit{span: w, name: d.text(w), kind: "method", rule: x.p.id, conf: 0.7, verb: -1}
	if k := t.kindOf(d, w); k != "" {
		p.kind = k
	}
	for i := w.start; i < w.end; i++ {
		if n, ids, ok := t.exps.Longest(d.r[:w.end], i); ok {
			e := &t.lex.Experiences[ids[0]]
			p.exp = e
			p.expID = graph.ExperienceID(script.Bare(e.Name))
			p.only = true
			d.out.mention(p.expID, d.text(span{i, i + n}), span{i, i + n}, graph.Props{"domain": e.Domain})
			break
		}
	}
	if p.expID == "" {
		for _, q := range within(d.places, w.start-farthest, w.start) {
			if q.end == w.start || q.end == w.start-1 && d.rune(w.start-1) == '的' {
				p.div = q.div
			}
		}
	}
	t.named[first] = append(t.named[first], p)
	return p
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
		if p.id != "" && p.div != nil && p.div.Level != "country" {
			d.out.claim(claim{subject: p.id, predicate: graph.Applies, object: p.expID, quote: d.quote(p.span), status: d.status(p.start), confidence: 0.7, rule: "spreads", props: c.sinceProps(d, p)})
		}
	}
	if p.expID != "" && (experience || p.id == "" || p.only) {
		return p.expID
	}
	return p.id
}

// carried returns what the clauses and sentences before at spoke of: the
// nearest practice or counted bundle of the sentence, else of the two sentences
// before it in the paragraph. A description that says 试点 prefers one that does.
func (t *tying) carried(x match, at int, description string) []*practiceHit {
	d := t.d
	if x.title {
		return nil
	}
	lo := x.m.s.start
	pilot := strings.Contains(description, "试点")
	if h := t.nearest(x, lo, at, pilot); h != nil {
		return h
	}
	if h := t.nearest(x, lo, at, false); h != nil {
		return h
	}
	if !pilot && strings.HasPrefix(d.text(span{lo, at}), "目前这") {
		description = "这"
	}
	if pilot = strings.Contains(d.text(span{lo, max(at, lo)}), "试点"); pilot && description == "" {
		description = "试点"
	}
	if description == "" && at-lo > 24 {
		return nil // the sentence has a subject of its own
	}
	for n := 0; n < 4; n++ {
		var prev *sentence
		if k := sort.Search(len(d.sents), func(k int) bool { return d.sents[k].start >= lo }) - 1; k >= 0 && d.sents[k].para == x.m.s.para {
			prev = &d.sents[k]
		}
		if prev == nil || n >= 2 && !pilot {
			return t.headline(x, description+d.text(x.span))
		}
		m := d.mark(*prev)
		y := match{p: x.p, m: &m, span: prev.span, loc: x.loc}
		if h := t.nearest(y, prev.start, prev.end, pilot); h != nil {
			return h
		}
		if h := t.nearest(y, prev.start, prev.end, false); n == 0 && h != nil && (strings.Contains(description, "这") || strings.Contains(d.text(span{x.m.s.start, at}), "这项")) {
			return h
		}
		lo = prev.start
	}
	return nil
}

// headline returns the practice that the headline names, where the text only points to it.
func (t *tying) headline(x match, description string) []*practiceHit {
	d := t.d
	word := ""
	for _, w := range []string{"试点", "改革", "这项", "这一"} {
		if word == "" && strings.Contains(description, w) {
			word = w
		}
	}
	if word == "" || d.art.Title == "" {
		return nil
	}
	if !t.titleRead {
		t.titleRead = true
		t.titled = t.readHeadline(x)
	}
	if t.titled == nil {
		return nil
	}
	for i := x.m.s.start; i < x.m.s.end; i++ {
		if d.at(i, word) {
			h := *t.titled
			h.span = span{i, i + len([]rune(word))}
			if h.expID != "" {
				d.out.mention(h.expID, h.name, h.span, graph.Props{"domain": h.exp.Domain})
			}
			return []*practiceHit{&h}
		}
	}
	return nil
}

// readHeadline reads the headline as a text of its own: a known experience, else
// the first reform, pilot or system that it names.
func (t *tying) readHeadline(x match) *practiceHit {
	td := t.read(graph.Article{ID: t.d.art.ID, Text: headlineBody(t.d.art.Title)})
	findTimes(td)
	findNumbers(td)
	t.findPlaces(td)
	t.findBodies(td)
	t.findPractices(td)
	t2 := &tying{Chain: t.Chain, d: td, named: map[int][]*practiceHit{}, titleRead: true}
	for k := range td.pracs {
		if p := &td.pracs[k]; p.exp != nil {
			return &practiceHit{name: p.name, kind: p.kind, rule: x.p.id, conf: 0.65, verb: -1, exp: p.exp, expID: graph.ExperienceID(script.Bare(p.exp.Name)), only: true}
		}
	}
	for _, s := range td.sents {
		m := td.mark(s)
		y := match{p: x.p, m: &m, span: s.span, loc: x.loc}
		for i := s.start + 3; i < s.end; i++ {
			for _, e := range []string{"改革试点", "试点", "改革", "专项行动"} {
				n := len([]rune(e))
				if !td.at(i, e) || i+n > s.end || td.at(i, "改革开放") {
					continue
				}
				if e == "改革" && td.at(i+n, "试点") {
					continue
				}
				w := t2.trim(span{max(t2.nounStart(span{s.start, i + n}), s.start), i + n})
				if w.len() < 5 || hasFunction(td.r[w.start:w.end]) || t.slogan(td.text(w)) || strings.Contains(td.text(w), "深化") || strings.Contains(td.text(w), "供给侧") {
					continue
				}
				if h := t2.plainHit(w, y); h != nil {
					return &practiceHit{name: h.name, kind: h.kind, rule: x.p.id, conf: 0.65, verb: -1}
				}
			}
		}
	}
	return nil
}

// oblique says that a practice is a means or a ground of what its clause tells,
// or one of the fields of it, not its theme: 依托X, 在X、Y等方面.
func (t *tying) oblique(p *practiceHit) bool {
	d := t.d
	for _, w := range []string{"依托", "通过", "借助", "凭借", "利用", "按照", "根据", "围绕", "结合", "为深化", "随着"} {
		if d.before(p.start, w) || d.at(p.start, w) || p.verb >= 0 && d.at(p.verb, w) {
			return true
		}
		for _, q := range within(d.places, p.start-farthest, p.start+1) {
			if q.end <= p.start && p.start-q.end <= 1 && d.before(q.start, w) || q.start == p.start && d.before(q.start, w) {
				return true
			}
		}
	}
	cl := d.clauseAt(p.start)
	rest := d.text(span{p.end, max(cl.end, p.end)})
	for _, w := range []string{"等方面", "等领域", "等环节", "等重点"} {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return d.r[p.start] == '在'
}

// plainNamed is the last reform, pilot or system that plain words between two
// positions name, which no rule for practices found: 全面深化X改革的一年.
func (t *tying) plainNamed(x match, from, to int, pilot bool) *practiceHit {
	d := t.d
	ends := []string{"改革试点", "改革", "试点", "制度"}
	if pilot {
		ends = ends[:3]
	}
	for i := to - 2; i > from+2; i-- {
		for _, e := range ends {
			n := len([]rune(e))
			if !d.at(i, e) || i+n > to || covers(d.pracs, i) || covers(d.orgs, i) || covers(d.papers, i) {
				continue
			}
			if next := d.rune(i + n); han(next) && next != '的' && !functionWord(next) {
				continue
			}
			cl := d.clauseAt(i)
			w := t.trim(span{max(t.nounStart(span{max(cl.start, from), i + n}), from), i + n})
			if w.len() < 6 || t.holdsVerb(d, span{w.start, w.end - n}) || hasFunction(d.r[w.start:w.end]) || t.verbBefore(d, x.m.s, w.start) < 0 && !d.before(w.start, "扩大") {
				continue
			}
			if h := t.plainHit(w, x); h != nil && !t.oblique(h) {
				return h
			}
		}
	}
	return nil
}

// nominal are verbs that name a field in front of 试点: 研发试点, 改造试点.
var nominal = []string{"研发", "建设", "改造", "转型", "创新", "治理", "利用", "流转", "开发", "交易", "服务", "管理", "保护"}

// trial is the practice that a pilot tries out (X试点城市: X试点), nil if its name says none.
func (t *tying) trial(p pilotHit, x match) *practiceHit {
	d := t.d
	if p.count != nil {
		return nil
	}
	for i := p.end - 2; i > p.start+2; i-- {
		if d.at(i, "试点") {
			w := span{p.start, i + 2}
			for _, q := range within(d.places, w.start, w.end) { // 全国X试点, 甲省、乙省三地试点
				if q.end < w.end-4 && q.start-w.start <= 1 {
					w.start = q.end
				}
			}
			w = t.trim(w)
			if w.len() < 5 || points(d.text(w)) || t.holdsVerb(d, span{w.start, w.end - 4}) || t.holdsVerb(d, span{w.end - 4, w.end - 2}) && !slices.Contains(nominal, d.text(span{w.end - 4, w.end - 2})) {
				return nil
			}
			return t.plainHit(w, x)
		}
	}
	return nil
}

func (t *tying) nearest(x match, from, to int, pilot bool) []*practiceHit {
	d := t.d
	var best *practiceHit
	better := func(h *practiceHit) {
		if h.start < from || h.end > to {
			return
		}
		if pilot && !(strings.Contains(d.text(span{max(h.start-4, from), min(h.end+4, to)}), "试点") || strings.Contains(h.name, "经验")) {
			return
		}
		if best == nil || h.start > best.start || h.start == best.start && h.end > best.end {
			best = h
		}
	}
	for k, here := 0, within(d.pracs, from, to); k < len(here); k++ {
		p := &here[k]
		if generic(trimQuotes(p.name)) || p.exp == nil && p.conf < 0.6 || t.oblique(p) {
			continue
		}
		better(p)
	}
	for _, k := range x.m.tokens { // 上海自贸试验区取得的经验
		if k.mark != markPlace || k.start < from {
			continue
		}
		for n := 0; n <= 6 && k.end+n+2 <= to; n++ {
			if r := d.r[k.end+n]; !han(r) || strings.ContainsRune("，。；在和与", r) {
				break
			}
			if d.at(k.end+n, "经验") && !d.places[k.index].pro && !d.places[k.index].side {
				if h := t.plainHit(span{k.start, k.end + n + 2}, x); h != nil {
					better(h)
				}
				break
			}
		}
	}
	for _, h := range t.named[x.m.s.start] {
		better(h)
	}
	if pilot || best == nil {
		for _, p := range within(d.pilots, from, to) {
			if h := t.trial(p, x); h != nil {
				better(h)
			}
		}
	}
	if h := t.counted(x, from, to); h != nil {
		better(h)
	}
	if best == nil {
		if h := t.plainNamed(x, from, to, pilot); h != nil {
			better(h)
		}
	}
	if best == nil {
		return nil
	}
	if best.list != 0 {
		return d.listed(best)
	}
	return []*practiceHit{best}
}
