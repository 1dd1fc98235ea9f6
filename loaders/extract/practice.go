package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
	"reformgraph/loaders/lexicon"
	"reformgraph/loaders/resolve"
)

// practiceHit is an initiative or experience named in the text.
type practiceHit struct {
	span
	name  string // as written, place in front left out
	kind  string
	rule  string
	conf  float64
	verb  int                 // where the verb that takes it stands, -1 without
	exp   *lexicon.Experience // what the lexicon knows of it
	only  bool                // the name is the experience's, nothing more
	div   *resolve.Division
	org   *orgHit
	id    string // initiative; "" if it stands for no place's doing
	expID string
	list  int // number of the enumeration it is a member of, 0 for none
	// public: an undertaking of the country where no place or body is named that it belongs to.
	public bool
	canon  string // the name that its id bears, where the text has another; "" without
}

// findPractices finds initiatives and experiences by their names, quotation
// marks, head nouns, verbs and enumerations.
func (c *Chain) findPractices(d *doc) {
	lists := 0
	for _, s := range d.sents {
		c.known(d, s)
		c.quoted(d, s)
		c.headed(d, s)
		c.asFrame(d, s)
		c.subjects(d, s)
		c.easings(d, s)
		c.plain(d, s)
		c.phrases(d, s)
		lists = c.enumerated(d, s, lists)
	}
	c.programmes(d)
	// Of overlapping finds the one with the better rule stays; the longer one among equals.
	slices.SortStableFunc(d.pracs, func(a, b practiceHit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	var keep []practiceHit
	for _, p := range d.pracs {
		p.span = d.unranked(d.balanced(p.span))
		p.name = d.text(p.span)
		drop := p.len() < 2 || p.rule != "programme" && c.slogan(p.name) || p.exp == nil && d.brokenBody(p.span)
		for k := len(keep) - 1; k >= 0 && k >= len(keep)-6 && !drop; k-- {
			q := &keep[k]
			if q.overlaps(p.span) {
				if p.list != 0 && q.list == 0 && p.holds(q.span) || q.list == 0 && p.list != 0 && q.holds(p.span) {
					q.list = p.list
				}
				if p.public && p.span == q.span {
					q.public = true
				}
				if p.exp != nil && q.exp == nil && q.holds(p.span) {
					q.exp = p.exp
					drop = true
				} else if p.conf > q.conf+0.05 && p.len() >= q.len() {
					if q.exp != nil && p.exp == nil {
						p.exp = q.exp
						p.only = false
					}
					if p.list == 0 {
						p.list = q.list
					}
					*q = p
					drop = true
				} else {
					drop = true
				}
				break
			}
		}
		if !drop {
			keep = append(keep, p)
		}
	}
	d.pracs = keep
}

// unranked leaves out what says only that the thing is the first or among whom:
// 全国首个|“一窗通办”改革.
func (d *doc) unranked(s span) span {
	at := s.start
	for _, w := range []string{"全国", "国内", "我国", "中国", "全省", "全市"} {
		if d.at(at, w) {
			at += 2
			break
		}
	}
	for _, w := range []string{"首个", "首家", "首批", "第一个", "第一家", "第一批"} {
		if n := at + len([]rune(w)); d.at(at, w) && s.end-n >= 4 {
			for d.at(n, "的") {
				n++
			}
			s.start = n
			break
		}
	}
	return s
}

// balanced brings the other quotation mark of a pair into a span, or leaves the one out.
func (d *doc) balanced(s span) span {
	depth, low := 0, 0
	for i := s.start; i < s.end; i++ {
		switch d.r[i] {
		case '“':
			depth++
		case '”':
			depth--
			low = min(low, depth)
		}
	}
	switch {
	case low < 0 && d.rune(s.start-1) == '“':
		s.start--
	case low < 0: // a closing mark without its opening one: the name begins behind it
		for i := s.end - 1; i >= s.start; i-- {
			if d.r[i] == '”' {
				s.start = i + 1
				break
			}
		}
	case depth > 0 && d.rune(s.end) == '”':
		s.end++
	case depth > 0:
		for i := s.start; i < s.end; i++ {
			if d.r[i] == '“' {
				s.end = i
				break
			}
		}
	}
	return s
}

// slogan says that a name is a slogan or nationwide plan, alone or with a general word.
func (c *Chain) slogan(name string) bool {
	bare := script.Bare(name)
	if c.slogans[bare] || strings.HasSuffix(bare, "五年规划") || strings.HasSuffix(bare, "精神") || strings.HasSuffix(bare, "思想") {
		return true
	}
	r := []rune(bare)
	for n := 1; n < len(r)-1; n++ { // 深入推进乡村振兴
		if c.slogans[string(r[n:])] && generic(string(r[:n])) {
			return true
		}
	}
	for n := 2; n <= len(r) && n <= 12; n++ {
		if c.slogans[string(r[:n])] && (n == len(r) || generic(string(r[n:]))) {
			return true
		}
	}
	return false
}

// brokenBody says that a span is, begins or ends inside a body's name.
func (d *doc) brokenBody(s span) bool {
	for _, o := range within(d.orgs, s.start-farthest, s.end) {
		if o.overlaps(s) && (o.holds(s) || o.start < s.start || o.end > s.end) {
			return true
		}
	}
	return false
}

// known finds the experiences of the lexicon.
func (c *Chain) known(d *doc, s sentence) {
	for i := s.start; i < s.end; i++ {
		n, ids, ok := c.exps.Longest(d.r[:s.end], i)
		if !ok {
			continue
		}
		if next := d.rune(i + n); next == '科' || next == '室' { // 医养结合科 is a ward
			i += n - 1
			continue
		}
		e := &c.lex.Experiences[ids[0]]
		at := span{i, i + n}
		if d.rune(i-1) == '“' && d.rune(i+n) == '”' {
			at = span{i - 1, i + n + 1}
		}
		d.pracs = append(d.pracs, practiceHit{span: at, name: d.text(at), kind: "method", rule: "known-experience", conf: 0.7, verb: c.verbBefore(d, s, at.start), exp: e, only: true})
		i += n - 1
	}
}

// verbBefore returns where a verb that takes what starts at i begins, -1 if none does.
func (c *Chain) verbBefore(d *doc, s sentence, i int) int {
	j := i
	for k := 0; k < 3 && j > s.start; k++ {
		for n := 4; n >= 2; n-- {
			if j-n >= s.start && c.takes(d.text(span{j - n, j})) {
				return j - n
			}
		}
		moved := false
		for _, w := range []string{"了", "起", "出", "好", "开展", "新时代", "过的", "过", "一批", "一系列", "全国首个", "全省首个", "全国首创", "全领域", "以", "并", "的"} {
			if d.before(j, w) {
				j -= len([]rune(w))
				moved = true
			}
		}
		if !moved {
			break
		}
	}
	if d.rune(i-1) == '以' {
		return i - 1
	}
	for n := 4; n >= 2; n-- {
		if j-n >= s.start && c.takes(d.text(span{j - n, j})) {
			return j - n
		}
	}
	return -1
}

// takes says that a verb takes a name in quotation marks: not 有了, behind which a figure of speech may stand.
func (c *Chain) takes(verb string) bool { return c.verbs[verb] != "" && verb != "有了" }

// quoted finds “…” with a head noun, a verb or an owner beside it.
func (c *Chain) quoted(d *doc, s sentence) {
	for i := s.start; i < s.end; i++ {
		if d.r[i] != '“' {
			continue
		}
		j, depth := i+1, 1
		for j < s.end && depth > 0 && j-i < 60 {
			switch d.r[j] {
			case '“':
				depth++
			case '”':
				depth--
			}
			j++
		}
		if depth > 0 {
			continue
		}
		inner := span{i + 1, j - 1}
		if inner.len() < 2 || strings.ContainsAny(d.text(inner), "。？！") || inner.len() > 30 && !strings.Contains(d.text(inner), "→") {
			i = j - 1
			continue
		}
		if d.honourBefore(s.start, i) {
			i = j - 1
			continue
		}
		end, kind := c.headAfter(d, s.span, j)
		verb := c.verbBefore(d, s, i)
		if end == j && verb >= 0 && d.rune(i-1) != '以' { // “四不两直”明察暗访: a short rest up to the next mark belongs to the name
			k := j
			for k < s.end && k-j <= 8 && han(d.r[k]) && !functionWord(d.r[k]) && !d.predicate(k) && !c.verbAt(d, s.span, k) {
				k++
			}
			if k-j >= 2 && k-j <= 8 && (k == s.end || !han(d.r[k]) && d.r[k] != '“') {
				end = k
			}
		}
		whole := span{i, end}
		// What stands between the verb and the quotation mark belongs to the name: 老城“疏解行动”.
		start := i
		if verb < 0 && !c.summing(d, s, i, inner) {
			for start > s.start && i-start < 14 && (han(d.r[start-1]) && !functionWord(d.r[start-1]) || d.r[start-1] == '”' && false) && !d.insideAny(start-1) {
				start--
				if v := c.verbBefore(d, s, start); v >= 0 {
					verb = v
					whole.start = start
					break
				}
			}
		}
		conf := 0.0
		rule := ""
		owner := d.insideAny(i - 1)
		switch {
		case end > j && verb >= 0 && kind != "":
			conf, rule = 0.93, "verb-quote-head"
		case end > j && verb >= 0:
			conf, rule = 0.8, "verb-quote-rest"
		case end > j && kind != "":
			conf, rule = 0.85, "quote-head"
		case verb >= 0 && d.rune(whole.start-1) != '以':
			conf, rule = 0.8, "verb-quote"
		case owner && inner.len() >= 3:
			conf, rule = 0.85, "owner-quote"
		case strings.Contains(d.text(inner), "+") && (strings.HasSuffix(d.text(inner), "+") || d.before(i, "通过") || d.before(i, "以") || d.before(i, "靠") || d.before(i, "用") || d.rune(i-1) == '”'): // “信用+”, “绿地+停车”
			conf, rule, kind = 0.75, "plus-quote", "model"
		case c.summing(d, s, i, inner):
			conf, rule, kind = 0.8, "list-quote", "mechanism"
		case c.kindOf(d, inner) != "" && d.r[inner.end-1] != '年' && strongHead(d.text(span{inner.end - 2, inner.end})) && !d.before(i, "的") && !strings.ContainsAny(d.text(inner), "、，") && inner.len() >= 3 && inner.len() <= 14:
			conf, rule, kind = 0.65, "quote-with-head", c.kindOf(d, inner)
		case d.rune(i-1) == '”' && len(d.pracs) > 0 && d.pracs[len(d.pracs)-1].end == i:
			prev := d.pracs[len(d.pracs)-1]
			conf, rule, kind, verb = prev.conf-0.05, prev.rule, prev.kind, prev.verb
		}
		if conf > 0 {
			if kind == "" {
				kind = "method"
			}
			d.pracs = append(d.pracs, practiceHit{span: whole, name: d.text(whole), kind: kind, rule: rule, conf: conf, verb: verb})
		}
		i = j - 1
	}
}

// honourBefore says that what stands at i is what somebody was named or chosen for: 入选联合国|“…名录”.
func (d *doc) honourBefore(from, i int) bool {
	for k := i - 2; k >= from && i-k < 10 && d.r[k+1] != '，'; k-- {
		for _, w := range []string{"入选", "列入", "获评", "荣获", "荣膺", "被评为", "评选", "授予"} {
			if d.at(k, w) && k+len([]rune(w)) <= i {
				return true
			}
		}
	}
	return false
}

// summing says that a quotation with a number in front sums up the list before
// it: 规划、布局、标准“三个统一”.
func (c *Chain) summing(d *doc, s sentence, i int, inner span) bool {
	if _, ok := chineseDigits[d.r[inner.start]]; !ok && d.r[inner.start] != '十' || inner.len() < 3 {
		return false
	}
	cl := d.clauseAt(i)
	return strings.Contains(d.text(span{cl.start, i}), "、") && han(d.rune(i-1))
}

// headAfter returns the end of a head noun that follows a quotation mark at j
// within a few characters, and its kind; j itself if there is none.
func (c *Chain) headAfter(d *doc, s span, j int) (int, string) {
	end, kind := j, ""
	for k := j; k < s.end && k-j < 14; k++ {
		r := d.r[k]
		if !han(r) || d.function(k) && !(r == '的' && k == j) || d.predicate(k) || strings.ContainsRune("中里上下内后前", r) || k > j && c.verbAt(d, s, k) && !d.at(k, "推进") && !d.at(k, "推动") && !d.at(k, "创新") && !d.at(k, "试点") && !d.at(k, "建设") && !d.at(k, "探索") {
			break
		}
		if n, ids, ok := c.heads.Longest(d.r[:s.end], k); ok {
			head := c.lex.Heads[ids[0]]
			if h := head.Field(0); strings.HasSuffix(h, "经验") || strings.HasSuffix(h, "做法") {
				if kind != "" || d.r[j] == '的' { // “X”改革|经验, “X”|的做法
					break
				}
			}
			if k+n-j <= 16 && (strongHead(head.Field(0)) || k == j && (head.Field(1) == "policy" || head.Field(1) == "plan")) {
				end, kind = k+n, head.Field(1)
				next := d.rune(k + n)
				if !han(next) || functionWord(next) {
					break
				}
				k += n - 1
			}
		}
	}
	return end, kind
}

// predicates are verbs that say something of a name in front of them: a name ends there.
var predicates = []string{"方面", "明显", "增强", "显著", "稳步", "因", "由于", "入选", "列入", "获评", "获得", "荣获", "成为", "走向", "走出", "取得", "作为", "受到", "得到", "推动", "促进", "激活", "引领", "助力", "破解", "解决", "实现", "覆盖", "惠及", "位列", "位居", "上线", "运行", "启动", "落地", "通过", "提升", "改变", "打破", "开始", "已经", "正在", "全面", "成效", "不断", "持续", "进行"}

func (d *doc) predicate(i int) bool {
	for _, w := range predicates {
		if d.at(i, w) {
			return true
		}
	}
	return false
}

// strongHead says that a head noun alone makes a name of what is before it.
func strongHead(h string) bool {
	switch h {
	case "制", "年", "贷", "建设", "治理", "管理", "服务", "整合", "转型", "方法", "办法", "方式", "项目", "体制", "计划", "规划", "试点", "方案", "做法", "经验", "举措", "路径", "清单", "整顿", "整治", "格局", "布局", "战略", "政策", "中心", "基地":
		return h == "试点" || h == "建设" || h == "服务" || h == "治理" || h == "制" || h == "政策" || h == "整治" || h == "体制" || h == "布局" || h == "经验" || h == "做法"
	}
	return true
}

// headed finds unquoted names: a verb and what it takes, up to a head noun.
func (c *Chain) headed(d *doc, s sentence) {
	for i := s.start; i < s.end; i++ {
		n, ids, ok := c.verbTrie.Longest(d.r[:s.end], i)
		if !ok || c.lex.Verbs[ids[0]].Field(0) == "计划" || !d.verbal(i) {
			continue
		}
		verb := i
		at := i + n
		for moved := true; moved; {
			moved = false
			for _, w := range []string{"了", "起", "出", "开展", "一批", "一系列", "一种", "一个", "一套", "一项", "一条", "新的"} {
				if d.at(at, w) {
					at += len([]rune(w))
					moved = true
				}
			}
		}
		// 创新推进X: one verb behind another.
		if m, _, ok := c.verbTrie.Longest(d.r[:s.end], at); ok && !d.at(at, "创新推") && !(d.at(at, "创新") && m == 2 && !c.verbAt(d, s.span, at+2)) {
			at += m
			for d.at(at, "了") || d.at(at, "起") {
				at++
			}
		}
		end, kind, strong := c.objectEnd(d, s.span, at)
		if end > 0 {
			name := span{at, end}
			if k := strings.LastIndex(d.text(name), "的“"); k >= 0 {
				name.start += len([]rune(d.text(name)[:k])) + 1
			}
			name = c.trimName(d, name)
			if name.len() >= 4 && name.len() <= 36 && c.nameable(d, name) {
				conf := 0.72
				if strong {
					conf = 0.82
				}
				d.pracs = append(d.pracs, practiceHit{span: name, name: d.text(name), kind: kind, rule: "verb-head", conf: conf, verb: verb})
				// 、 continues the list with the same verb.
				for d.rune(end) == '、' || d.rune(end) == '和' || d.rune(end) == '及' || d.rune(end) == '与' {
					next := end + 1
					e2, k2, strong2 := c.objectEnd(d, s.span, next)
					if t := c.trimName(d, span{next, e2}); e2 > next && t.len() >= 4 {
						next, e2 = t.start, t.end
					}
					if e2 <= 0 || e2-next < 4 || e2-next > 36 || !c.nameable(d, span{next, e2}) {
						break
					}
					conf := 0.72
					if strong2 {
						conf = 0.8
					}
					d.pracs = append(d.pracs, practiceHit{span: span{next, e2}, name: d.text(span{next, e2}), kind: k2, rule: "verb-head", conf: conf, verb: verb})
					end = e2
				}
				i = max(i, end-1)
				continue
			}
		}
		i += n - 1
	}
}

// verbal says that a word at i that can be a noun too (创新, 探索) is a verb
// there: a mark, a particle, an adverb or who does it stands in front.
func (d *doc) verbal(i int) bool {
	r := d.rune(i - 1)
	return !han(r) || functionWord(r) && r != '的' || strings.ContainsRune("先后再继始头均相着续入面极步力实快明而要中来即上会市省县区州村镇乡院门府局委过断深地序效速时常统共经大", r) || d.insideAny(i-1)
}

// plainVerbs take a name without a head noun, where it runs to the next mark: 推行|城乡学校结对帮扶。
var plainVerbs = map[string]bool{"实施": true, "实行": true, "推行": true, "试行": true, "开展": true, "聚力": true, "探索": true, "首创": true, "启动": true, "实现": true, "推出": true, "创新": true, "打造": true, "建设": true, "构建": true, "增设": true, "常设": true, "开设": true, "创新推出": true, "创新实施": true, "创新推进": true, "探索推行": true, "探索实行": true, "探索开展": true, "率先推行": true, "率先实行": true, "全面推行": true, "深入实施": true, "全面推进": true, "推进": true, "深化": true}

// plain finds the object of a plain verb up to the next mark, or each member of
// a list up to 等.
func (c *Chain) plain(d *doc, s sentence) {
	for i := s.start; i < s.end; i++ {
		n, ids, ok := c.verbTrie.Longest(d.r[:s.end], i)
		if !ok {
			continue
		}
		word := c.lex.Verbs[ids[0]].Field(0)
		if !plainVerbs[word] || d.rune(i-1) == '“' || !d.verbal(i) {
			i += n - 1
			continue
		}
		at := i + n
		for _, w := range []string{"了", "起", "出", "一批", "一系列"} {
			if d.at(at, w) {
				at += len([]rune(w))
			}
		}
		var spans []span
		start, k, depth, closed := at, at, 0, false
		for ; k < s.end && k-start < 30; k++ {
			r := d.r[k]
			switch {
			case r == '“':
				depth++
			case r == '”':
				depth--
			case depth > 0:
			case r == '、' && k-start <= 2:
				// 人、财、物统一管理: single words of one name
			case r == '、':
				spans = append(spans, span{start, k})
				start = k + 1
			case !han(r) && !letter(r) && !digit(r) && r != '+' && r != '·':
				closed = r != '《' && r != '（' && r != ' '
				spans = append(spans, span{start, k})
				k = s.end
			case r == '等':
				closed = true
				spans = append(spans, span{start, k})
				k = s.end
			}
		}
		if closed {
			for m, sp := range spans {
				if m > 0 && (word != "开展" && word != "推行" && word != "实行" && word != "实施" || d.insidePlace(sp.start) || sp.len() < 5) {
					break
				}
				size := sp.len()
				if size < 4 || size < 5 && len(spans) > 1 || size < 6 && len(spans) == 1 && broadVerbs[word] || size > 22 || !c.plainName(d, s, sp) {
					break
				}
				d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: c.plainKind(word), rule: "verb-object", conf: 0.6, verb: i, public: word == "推行" || word == "实行" || word == "试行" || word == "全面推行" || word == "率先推行"})
			}
		}
		i += n - 1
	}
}

// broadVerbs take general aims too (推进科技创新), so that a short object is no name.
var broadVerbs = map[string]bool{"推进": true, "全面推进": true, "深化": true, "开展": true, "探索": true, "启动": true, "创新": true}

func (c *Chain) plainKind(verb string) string {
	switch verb {
	case "开展", "启动":
		return "campaign"
	case "深化", "推进", "全面推进":
		return "reform"
	}
	return "mechanism"
}

// plainStops are words that an undertaking's name hardly holds: results, feelings, things bought and sold.
var plainStops = []string{"发展", "合作", "调研", "考察", "检查", "学习", "讨论", "交流", "会谈", "访问", "培训", "演练", "救援", "作业", "业务", "研究", "生产", "调查", "会议", "论坛", "活动", "比赛", "竞赛", "演出", "报道", "宣传", "投资", "贸易", "谈判", "对话", "关系", "斗争", "战争", "工作", "问题", "能力", "水平", "建设", "进程", "措施", "政策", "方法", "规律", "奥秘", "太空", "宇宙", "新路", "人民", "精神", "思想", "主义", "一个", "一种", "一场", "一条", "这", "更", "最", "不", "了", "很", "都", "可以", "能够", "中国", "世界", "全球", "人类", "各项", "有效", "任务", "目标", "计划", "责任", "监督", "巡视", "战略", "行动", "服务", "执法", "试验", "实验", "飞行", "航行", "巡航", "演习", "研讨", "慰问", "采访", "项目"}

func (c *Chain) plainName(d *doc, s sentence, sp span) bool {
	r := d.r[sp.start:sp.end]
	text := string(r)
	for k, x := range r {
		if d.function(sp.start+k) && x != '向' && x != '与' && x != '和' && x != '的' {
			return false
		}
	}
	if strings.Contains(text, "的") || generic(text) || !c.nameable(d, sp) {
		return false
	}
	ends := func(words ...string) bool {
		for _, w := range words {
			if strings.HasSuffix(text, w) {
				return true
			}
		}
		return false
	}
	switch {
	case d.before(sp.start, "实现") || d.before(sp.start, "实现了"):
		return ends("互认", "统一管理", "统一", "通办", "联办", "共享", "全覆盖", "一体化", "共用")
	case d.before(sp.start, "打造") || d.before(sp.start, "打造了") || d.before(sp.start, "建设") || d.before(sp.start, "构建"):
		return ends("城市", "先行区", "强市", "强县", "强省", "样板", "先行城市")
	case d.before(sp.start, "常设") || d.before(sp.start, "增设") || d.before(sp.start, "开设"):
		return true
	}
	for _, w := range plainStops {
		if strings.Contains(text, w) {
			return false
		}
	}
	if strings.ContainsRune("上中下里内前后间", r[len(r)-1]) || strings.ContainsAny(text, "已徐渐正") {
		return false
	}
	for k := sp.start + 1; k < sp.end; k++ {
		if d.predicate(k) {
			return false
		}
	}
	if c.holdsVerb(d, sp) {
		return false
	}
	for _, n := range within(d.nums, sp.start, sp.end) {
		if n.start >= sp.start && n.start < sp.end && digit(d.r[n.start]) {
			return false
		}
	}
	return true
}

// asFrame finds 以X推动…, and 将X作为…改革.
func (c *Chain) asFrame(d *doc, s sentence) {
	for _, cl := range s.clauses {
		r := d.rune(cl.start)
		at := cl.start + 1
		switch {
		case r == '以':
			end, kind, strong := c.objectEnd(d, cl, at)
			if end > 0 && strong && end-at >= 5 && end-at <= 24 && end < cl.end && (c.verbAt(d, cl, end) || d.predicate(end)) || end == cl.end && strong && end-at >= 6 {
				sp := span{at, end}
				if c.nameable(d, sp) && !strings.Contains(d.text(sp), "为") && !c.holdsVerb(d, sp) {
					d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: kind, rule: "by-means-of", conf: 0.8, verb: cl.start})
				}
			}
		}
		// 将群众诉求专项深办作为今年的重大改革
		for k := cl.start; k < cl.end; k++ {
			if d.r[k] != '将' && d.r[k] != '把' {
				continue
			}
			for j := k + 4; j < cl.end && j-k < 40; j++ { // 将甲与乙进行整合
				if !d.at(j, "进行") {
					continue
				}
				for _, w := range []string{"重组整合", "整合", "重组", "改造", "改革", "归并"} {
					if n := j + 2 + len([]rune(w)); d.at(j+2, w) && n <= cl.end {
						sp := span{k + 1, n}
						if de := strings.LastIndex(d.text(span{sp.start, j}), "的"); de >= 0 {
							sp.start += len([]rune(d.text(span{sp.start, j})[:de])) + 1
						}
						if sp.len() >= 6 && sp.len() <= 30 {
							d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: "reform", rule: "merged", conf: 0.75, verb: k})
						}
						break
					}
				}
				break
			}
			end := -1
			for j := k + 5; j < cl.end && j-k < 24; j++ {
				if d.at(j, "作为") || d.at(j, "列为") || d.at(j, "确定为") {
					end = j
					break
				}
			}
			if end < 0 {
				continue
			}
			rest := d.text(span{end, cl.end})
			ok := false
			for _, w := range []string{"改革", "工程", "抓手", "举措", "突破口", "切入点", "品牌"} {
				ok = ok || strings.Contains(rest, w)
			}
			sp := span{k + 1, end}
			if ok && !generic(d.text(sp)) && !hasFunction(d.r[sp.start:sp.end]) {
				d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: "reform", rule: "taken-as", conf: 0.8, verb: k})
			}
			break
		}
	}
}

// otherVerbs are verbs beside those of verbs.tsv that begin or break a phrase, so that it is no name.
var otherVerbs = []string{"学习", "借鉴", "总结", "围绕", "聚焦", "按照", "根据", "作为", "通过", "针对", "面对", "随着", "关于", "牵头", "负责", "进行", "加强", "加快", "促进", "确保", "参与", "支持", "保障", "调度", "扭住", "破解", "获得", "取得", "成为", "进入", "走进", "来到", "召开", "举行", "听取", "审议", "研究", "讨论", "贯彻", "同意", "会议", "部署", "审议", "公布", "要求", "发布", "列入", "印发", "结合", "利用", "发挥", "开始", "享受", "需要", "得益于", "精准"}

func (c *Chain) holdsVerb(d *doc, sp span) bool {
	for k := sp.start; k < sp.end; k++ {
		if n, ids, ok := c.verbTrie.Longest(d.r[:sp.end], k); ok {
			switch w := c.lex.Verbs[ids[0]].Field(0); {
			case (w == "创新" || w == "试点" || w == "计划" || w == "组织" || w == "建设") && k > sp.start:
				k += n - 1
				continue
			}
			return true
		}
		for _, w := range otherVerbs {
			if d.at(k, w) {
				return true
			}
		}
	}
	return false
}

// easings finds what is lifted, handed down or made simpler: the verb is part of the
// name (取消药品加成, 放宽落户条件).
func (c *Chain) easings(d *doc, s sentence) {
	for k := s.start; k < s.end; k++ {
		n := 0
		for _, w := range easingVerbs {
			if d.at(k, w) {
				n = len([]rune(w))
				break
			}
		}
		if n == 0 || !d.verbal(k) || d.insideAny(k) {
			continue
		}
		at := k + n
		if d.at(at, "了") {
			at++
		}
		end := at
		for end < s.end && (han(d.r[end]) || d.r[end] == '“' || d.r[end] == '”') && end-at < 16 && !d.function(end) {
			end++
		}
		next := d.rune(end)
		closed := end == s.end || next == '，' || next == '。' || next == '；' || next == '、' || next == '等'
		sp := span{k, end}
		if closed && end-at >= 3 && end-at <= 12 && !c.slogan(d.text(span{at, end})) && !generic(d.text(span{at, end})) && !c.holdsVerb(d, span{at, end}) && !strings.ContainsAny(d.text(sp), "这其我不") {
			ok := false
			for _, w := range easedThings {
				ok = ok || strings.Contains(d.text(span{at, end}), w)
			}
			if ok {
				d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: "reform", rule: "easing", conf: 0.65, verb: k})
			}
		}
		k = at - 1
	}
}

// easingVerbs lift, loosen or hand down.
var easingVerbs = []string{"取消", "放宽", "放开", "下放", "减免", "免征", "免除", "简化", "精简", "压缩", "降低", "清理", "整合"}

// easedThings are what administrations lift and loosen; without one of them the verbs speak of anything.
var easedThings = []string{"审批", "许可", "收费", "加成", "限制", "门槛", "准入", "条件", "手续", "流程", "程序", "环节", "权限", "事权", "执法权", "管理权", "费用", "学费", "税", "户口", "落户", "限购", "证明", "材料", "机构", "职能", "平台", "事项", "时限", "医保", "城乡", "资质", "认定", "编制", "待遇"}

// subjects finds names that open a clause as its subject: 户籍制度改革|激活了市场.
func (c *Chain) subjects(d *doc, s sentence) {
	for _, cl := range s.clauses {
		at := cl.start
		if d.r[at] == '【' { // a programme's tag
			for at < cl.end && d.r[at] != '】' {
				at++
			}
			at++
		}
		for moved := true; moved && at < cl.end; {
			moved = false
			for _, p := range within(d.places, at, at+1) {
				if p.start == at && p.end < cl.end {
					at = p.end
					moved = true
				}
			}
			for _, o := range within(d.orgs, at, at+1) {
				if o.start == at && o.end < cl.end {
					at = o.end
					moved = true
				}
			}
			for _, t := range within(d.times, at, at+1) {
				if t.start == at {
					at = t.end
					moved = true
				}
			}
			if d.at(at, "的") {
				at++
			}
		}
		end, kind, strong := c.objectEnd(d, cl, at)
		if end <= 0 || !strong || end-at < 5 || end-at > 20 || end == cl.end || !c.verbAt(d, cl, end) && !d.predicate(end) && !strings.ContainsRune("让使给为将把已正在", d.r[end]) {
			continue
		}
		sp := c.trimName(d, span{at, end})
		if sp.start > at && sp.len() < 5 || sp.end < end {
			continue
		}
		text := d.text(sp)
		if sp.len() == 0 || strings.ContainsAny(string(d.r[sp.start]), "以要让使将把对从向由同") || !c.nameable(d, sp) || strings.ContainsAny(text, "的了在是有为不自从先扭") || c.holdsVerb(d, sp) || kind == "campaign" && strings.HasSuffix(text, "年") {
			continue
		}
		d.pracs = append(d.pracs, practiceHit{span: sp, name: text, kind: kind, rule: "subject-head", conf: 0.55, verb: -1})
	}
}

// objectEnd finds where a name that begins at at ends: behind the last head noun
// before a mark, outside quotation marks.
func (c *Chain) objectEnd(d *doc, s span, at int) (end int, kind string, strong bool) {
	depth := 0
	for k := at; k < s.end && k-at < 40; k++ {
		r := d.r[k]
		if r == '“' {
			depth++
			continue
		}
		if r == '”' {
			depth--
			if depth < 0 {
				break
			}
			continue
		}
		if depth > 0 {
			continue
		}
		if r == '、' && end == 0 && c.shortMembers(d, s, at, k) {
			continue
		}
		if r == '等' || r == '《' || !han(r) && !letter(r) && !digit(r) && r != '+' && r != '-' && r != '·' && r != '→' {
			break
		}
		if n, ids, ok := c.heads.Longest(d.r[:s.end], k); ok && k > at {
			head := c.lex.Heads[ids[0]]
			if head.Field(0) == "年" {
				continue
			}
			next := d.rune(k + n)
			firm := len([]rune(head.Field(0))) >= 2 && strongHead(head.Field(0))
			if weakHead(head.Field(0)) && (han(next) && !d.at(k+n, "方面") || k-at < 4) {
				k += n - 1
				continue
			}
			if !han(next) || d.function(k+n) || c.verbAt(d, s, k+n) || d.predicate(k+n) {
				end, kind, strong = k+n, head.Field(1), firm
				if d.function(k+n) && next != '的' || c.verbAt(d, s, k+n) || !han(next) || d.predicate(k+n) {
					break
				}
			}
			k += n - 1
		}
	}
	return end, kind, strong
}

// shortMembers says that the marks from k on part short words of one name:
// 挖掘、培育、总结一体化工作体系.
func (c *Chain) shortMembers(d *doc, s span, at, k int) bool {
	if k-at < 2 || k-at > 12 {
		return false
	}
	n := 0
	for i := k + 1; i < s.end && i-k < 6; i++ {
		if d.r[i] == '、' {
			return n >= 2 && n <= 3
		}
		if !han(d.r[i]) || functionWord(d.r[i]) {
			return false
		}
		n++
	}
	// The last short word runs on to the head noun.
	return k-at > 4 && d.rune(k-3) == '、'
}

// weakHead says that a head noun makes a name only where it ends a clause.
func weakHead(h string) bool {
	switch h {
	case "服务", "管理", "治理", "建设", "项目", "方案", "举措", "做法", "经验", "经验做法", "年", "方法", "办法", "方式", "整合", "转型", "清单", "规划", "计划", "战略", "政策", "品牌", "活动", "试点", "中心", "基地":
		return true
	}
	return false
}

func (c *Chain) verbAt(d *doc, s span, i int) bool {
	if i >= s.end {
		return false
	}
	_, _, ok := c.verbTrie.Longest(d.r[:s.end], i)
	return ok
}

// genericNames are objects too general to be an initiative's name.
var genericNames = []string{"改革", "机制", "制度", "工作", "各项改革", "重点改革", "全面深化改革", "深化改革", "改革工作", "重大改革", "一系列改革", "改革发展", "改革措施", "有关政策", "相关政策", "配套政策", "政策", "经济体制", "社会治理", "基层治理", "管理体制", "各项工作", "体系", "新模式", "新路径", "新机制", "新格局", "发展格局", "新发展格局", "新发展理念", "发展理念", "人民群众", "生产方式", "生活方式", "发展方式", "思想体系", "主题教育", "教育活动", "实践活动", "主题教育活动", "相关工作", "一系列政策", "现代化建设", "国家战略", "重大战略", "发展战略", "项目建设", "重点项目", "工作方案", "实施方案", "行动计划", "宏观政策", "积极的财政政策", "稳健的货币政策", "财政政策", "货币政策", "长效机制", "工作机制", "体制机制", "新体制", "自己的方式", "这种方式", "多种方式", "这种模式", "这一模式", "这项制度", "这项改革", "法律制度", "中国特色社会主义制度", "治理体系", "国家治理体系", "法治体系", "社会主义现代化建设", "全面从严治党", "党的建设", "经济建设", "文化建设", "队伍建设", "能力建设", "基础设施建设"}

// genericParts make no name between them: 一批重大改革举措.
var genericParts = []string{"国家级", "省级", "市级", "县级", "改革创新", "经验做法", "改革", "重大", "重点", "系列", "一系列", "一批", "各项", "相关", "有关", "成果", "创新", "亮点", "经验", "做法", "项目", "任务", "举措", "措施", "工作", "事项", "方案", "政策", "制度", "机制", "体制", "体系", "模式", "实用", "管用", "有效", "新", "典型", "先进", "全面", "深化", "试点", "优秀", "特色", "品牌", "管理", "服务", "治理", "建设", "的", "和", "及", "与", "等", "路径", "方式", "方法", "办法", "行动", "活动", "计划", "规划", "工程", "平台", "具体", "各类", "多种", "良好", "长效", "完善", "健全", "科学", "现代", "发展", "社会", "经济", "基层", "高质量", "重要", "关键", "制度性", "安排", "创新性", "实施", "落实", "推进", "示范", "系统", "综合", "多项", "若干", "国家", "中央", "全国", "地方", "各地", "体制机制", "领域", "各领域", "重点领域", "关键环节", "一", "这", "这些", "本", "实", "好", "用", "思路", "战略", "总体", "总体布局", "布局", "格局", "理念", "配套", "扶持", "优惠", "目标", "市场", "法律", "法规", "文化", "民生", "生态", "党", "人民", "中国特色", "新型", "三", "两", "多", "个", "项", "条", "以", "整合", "转型", "升级", "数字", "清单", "持续", "进一步", "大力", "积极", "更加", "基本", "成功", "可复制", "可推广", "新时代", "新格局", "强有力", "更好", "共同", "开放", "开放型", "扩大", "对外", "攻坚", "攻坚战", "三大"}

var unmarked = strings.NewReplacer("“", "", "”", "", "、", "", " ", "")

func generic(text string) bool {
	r := []rune(unmarked.Replace(text))
	reach := make([]bool, len(r)+1)
	reach[0] = true
	for i := range r {
		if !reach[i] {
			continue
		}
		for _, w := range genericParts {
			n := 0
			ok := true
			for _, x := range w {
				if i+n >= len(r) || r[i+n] != x {
					ok = false
					break
				}
				n++
			}
			if ok {
				reach[i+n] = true
			}
		}
	}
	return reach[len(r)]
}

// nameable says that a span can be an initiative's name.
func (c *Chain) nameable(d *doc, s span) bool {
	text := d.text(s)
	if slices.Contains(genericNames, text) || generic(text) {
		return false
	}
	r := []rune(text)
	if functionWord(r[0]) && r[0] != '以' && r[0] != '为' && r[0] != '与' && r[0] != '由' && r[0] != '让' && r[0] != '从' && r[0] != '对' {
		return false
	}
	for _, bad := range []string{"习近平", "党的", "总书记", "我们", "他们", "这一", "这种", "这个", "自己", "马克思", "社会主义", "中国梦", "人类命运", "小康", "不断", "一种", "新发展理念", "以人民为中心", "贯彻", "成为", "可以", "能够", "必须", "已经", "有着", "没有"} {
		if strings.Contains(text, bad) {
			return false
		}
	}
	if strings.Count(text, "的") > 2 {
		return false
	}
	if digit(r[0]) || r[0] == '、' || strings.HasSuffix(text, "来") || strings.HasSuffix(text, "情况") || strings.HasSuffix(text, "成果") || strings.HasSuffix(text, "方式") && len(r) <= 4 || strings.HasPrefix(text, "更多") || strings.HasPrefix(text, "一幅") || strings.HasPrefix(text, "一项") || strings.HasPrefix(text, "一个") || strings.HasPrefix(text, "一种") {
		return false
	}
	for _, p := range within(d.places, s.start, s.start+1) { // a place alone with a head noun is no name
		if p.span == s {
			return false
		}
	}
	return true
}

// listEnds end an enumeration of undertakings: A、B、C等|10余项经验做法.
var listEnds = []string{"经验做法", "改革创新经验", "改革创新举措", "创新举措", "改革事项", "重点改革事项", "重点改革任务", "改革措施", "改革举措", "重大改革事项", "改革", "做法", "经验", "举措", "机制", "制度", "工程", "行动", "相关做法", "改革经验", "惠民工程", "改革任务", "改革项目", "改革试点", "试点任务", "政策措施", "工作机制", "有效做法", "典型做法", "典型经验", "创新做法", "制度创新成果", "模式", "新模式", "改革举措", "技术", "方式", "政策"}

// enumerated finds the members of lists that end in a word for undertakings.
func (c *Chain) enumerated(d *doc, s sentence, lists int) int {
	for i := s.start; i < s.end; i++ {
		if d.r[i] != '等' && !digit(d.r[i]) {
			continue
		}
		j := i
		if d.r[i] == '等' {
			j++
		}
		// A number, measure word and adjectives up to the word for undertakings.
		end := 0
		for k := j; k < s.end && k-j < 26; k++ {
			r := d.r[k]
			if r == '，' || r == '、' || r == '“' || r == '。' || r == '：' || r == '；' {
				break
			}
			for _, w := range listEnds {
				if d.at(k, w) && k+len([]rune(w)) > end && k+len([]rune(w)) <= s.end {
					if n := d.rune(k + len([]rune(w))); !han(n) || functionWord(n) || strings.ContainsRune("走获得入均全分取", n) || d.insideAny(k+len([]rune(w))) {
						end = k + len([]rune(w))
					}
				}
			}
			if end > 0 && k >= end {
				break
			}
		}
		if end == 0 || d.r[i] != '等' && !d.counted(i, end) || c.actsBetween(d, s.span, j, end) {
			continue
		}
		members := c.members(d, s, i)
		if len(members) < 2 { // 推广|积分落户|等制度
			if m := c.onlyMember(d, s, members[0], i); m.len() >= 4 && d.r[i] == '等' {
				d.pracs = append(d.pracs, practiceHit{span: m, name: d.text(m), kind: "mechanism", rule: "list-member", conf: 0.75, verb: c.verbBefore(d, s, m.start)})
			}
			continue
		}
		lists++
		for _, m := range members {
			h := c.trimName(d, c.member(d, s, m))
			for h.len() > 4 && strings.ContainsRune("出了起的", d.r[h.start]) { // 总结|出…
				h.start++
			}
			if text := d.text(h); h.len() < 4 || h.len() > 40 || generic(text) || strings.ContainsAny(text, "是有不我你他她们") || strings.Contains(text, "为主") || strings.HasPrefix(text, "会议") || strings.HasPrefix(text, "同意") || strings.HasPrefix(text, "要") || d.insidePlaceName(span{h.start, h.start + 1}) && h.len() < 5 {
				continue
			}
			kind := "mechanism"
			if e := c.kindOf(d, h); e != "" {
				kind = e
			}
			d.pracs = append(d.pracs, practiceHit{span: h, name: d.text(h), kind: kind, rule: "list-member", conf: 0.88, verb: i, list: lists, public: c.kindOf(d, h) != ""})
		}
		i = end - 1
	}
	return lists
}

// onlyMember is the one name that a verb of doing takes in front of 等, empty if there is none.
func (c *Chain) onlyMember(d *doc, s sentence, m span, i int) span {
	for k := i - 4; k > m.start && i-k <= 16; k-- {
		if d.function(k) || !han(d.r[k]) {
			break
		}
		if sp := (span{k, i}); c.governing(d, s, k) >= 0 && !c.holdsVerb(d, sp) && c.nameable(d, sp) && !c.slogan(d.text(sp)) {
			return sp
		}
	}
	return span{}
}

// actsBetween says that a verb stands between 等 and the word for undertakings, so
// that the list is of something else: 人才、资金等方面采取新举措.
func (c *Chain) actsBetween(d *doc, s span, from, to int) bool {
	for k := from; k < to-1; k++ {
		for _, w := range []string{"采取", "进入", "方面", "领域", "提出", "出台", "实施", "开展", "进行", "推出", "探索", "制定", "落实"} {
			if d.at(k, w) {
				return true
			}
		}
	}
	return false
}

// counted says that a number at i begins a counted group (8项经验做法) that a list precedes.
func (d *doc) counted(i, end int) bool {
	for _, n := range within(d.nums, i, i+1) {
		if n.digits.start == i && (n.unit == "项" || n.unit == "个" || n.unit == "条") && n.end < end {
			return true
		}
	}
	return false
}

// members splits what stands before i at 、 outside quotation marks, back to the
// start of the clause.
func (c *Chain) members(d *doc, s sentence, i int) []span {
	var out []span
	end, depth := i, 0
	start := s.start
	for k := i - 1; k >= s.start; k-- {
		r := d.r[k]
		switch {
		case r == '”' || r == '》' || r == '）':
			depth++
			if r == '”' && k+1 < end && d.r[k+1] == '“' && depth == 1 {
				out = append(out, span{k + 1, end})
				end = k + 1
			}
		case r == '“' || r == '《' || r == '（':
			depth--
		case depth == 0 && r == '、':
			out = append(out, span{k + 1, end})
			end = k
		case depth == 0 && (r == '，' || r == '：' || r == '。' || r == '；' || r == '—'):
			start = k + 1
			k = s.start
		}
		if k == s.start {
			break
		}
		if i-k > 240 {
			start = k
			break
		}
	}
	out = append(out, span{start, end})
	slices.Reverse(out)
	return out
}

// member trims the first member's lead: the actor and verb in front of the list.
func (c *Chain) member(d *doc, s sentence, m span) span {
	for m.start < m.end && d.r[m.start] == ' ' {
		m.start++
	}
	// Text up to the last 了, 把, 对, 围绕, 包括 or a place is no part of the name.
	for k := m.end - 1; k > m.start; k-- {
		if d.r[k-1] == '”' || d.r[k] == '“' {
			continue
		}
		if d.r[k-1] == '了' && k < m.end-3 {
			m.start = k
			break
		}
	}
	for _, w := range []string{"先后", "交办", "谋划", "包括", "通过", "围绕", "其中", "比如", "推出", "研究", "形成", "重点", "打造", "例如", "在"} {
		if d.at(m.start, w) && !(w == "打造" || w == "在") {
			for d.at(m.start, w) {
				m.start += len([]rune(w))
			}
		}
	}
	for _, p := range within(d.places, m.start, m.start+1) {
		if p.start == m.start && p.end < m.end-2 {
			m.start = p.end
			if d.rune(m.start) == '的' {
				m.start++
			}
		}
	}
	for _, o := range within(d.orgs, m.start, m.start+1) {
		if o.start == m.start && o.end < m.end-2 {
			m.start = o.end
		}
	}
	for moved := true; moved; {
		moved = false
		for _, w := range []string{"进一步", "积极", "全面", "深入", "持续", "大力", "扎实", "着力", "加快"} {
			if d.at(m.start, w) && m.end-m.start-len([]rune(w)) >= 4 {
				m.start += len([]rune(w))
				moved = true
			}
		}
		if n, _, ok := c.verbTrie.Longest(d.r[:m.end], m.start); ok && m.end-m.start-n >= 4 {
			m.start += n
			moved = true
		}
	}
	return m
}

// kindOf reads the kind of an initiative off its last word.
func (c *Chain) kindOf(d *doc, s span) string {
	kind := ""
	for k := s.start; k < s.end; k++ {
		if n, ids, ok := c.heads.Longest(d.r[:s.end], k); ok && k+n == s.end {
			kind = c.lex.Heads[ids[0]].Field(1)
			break
		}
	}
	return kind
}

// domainWord is a word that tells a domain.
type domainWord struct{ word, domain string }

// domainOf tells an initiative's domain by the words of its name.
func (c *Chain) domainOf(name string) string {
	for _, w := range c.domainWords {
		if strings.Contains(name, w.word) {
			return w.domain
		}
	}
	return "other"
}

// writePractices gives the practices their places and ids and says what the
// text says of them: where, by whom, applying what.
func (c *Chain) writePractices(d *doc) {
	applied := map[string]bool{}  // experiences that something in the text applies
	byName := map[string]string{} // NAME → id of the first one so called
	byCore := map[string]string{} // what stands in quotation marks → id of the first one whose name holds it
	for k := range d.pracs {
		p := &d.pracs[k]
		p.div, p.org = c.owner(d, p)
		if p.div != nil && p.div.Level != "country" && d.urged(p) {
			p.div, p.org, p.public = nil, nil, true
		}
		if p.exp != nil && p.div != nil && p.div.Level != "country" && !c.adopter(d, p) {
			p.div, p.org = nil, nil
		}
		if p.exp != nil {
			e := p.exp
			p.expID = graph.ExperienceID(script.Bare(e.Name))
			at := c.expSpan(d, p)
			d.out.mention(p.expID, trimQuotes(d.text(at)), at, graph.Props{"domain": e.Domain})
		}
		if p.exp == nil && c.insidePilot(d, p.span) {
			continue // the programme's name, not the place's own undertaking
		}
		if p.only && p.verb < 0 && !c.doingOf(d, p) && !c.fares(d, p) && !(p.exp.Origin == "CN" && p.div == nil && d.home == nil && !applied[p.expID] && !d.abroad(p.start)) {
			continue // the experience is only spoken of
		}
		if p.div == nil && p.exp == nil && p.org == nil && p.conf < 0.9 && !(p.public && publicName(p.name) && !d.abroad(p.start)) {
			continue // nobody's doing: a notion that the text speaks of
		}
		of := p.div
		name := c.namer.Name(p.name, of)
		if p.canon != "" {
			name = c.namer.Name(p.canon, of)
		}
		if len([]rune(name)) < 2 {
			continue
		}
		if p.exp != nil {
			// “万事有解”工作法: the experience and a general word are the experience's name alone.
			at := c.expSpan(d, p)
			from := p.start
			for _, q := range within(d.places, from, at.start) {
				if q.start == from && q.end <= at.start {
					from = q.end
				}
			}
			rest := d.text(span{from, at.start}) + d.text(span{at.end, p.end})
			if p.only || generic(rest) || rest == "“”" {
				name = script.Bare(p.exp.Name)
				if slices.Contains(p.exp.Variants, d.text(at)) {
					name = script.Bare(d.text(at))
				}
			}
		}
		code := "CN"
		if of != nil {
			code = of.Code
		}
		id := graph.ScopedID(graph.LabelInitiative, code, name)
		if first := byName[name]; first != "" && (p.verb < 0 || p.div == nil || d.home != nil && p.div == d.home.div || p.public && strings.HasPrefix(first, "initiative:CN:")) {
			id = first
		} else if first == "" {
			byName[name] = id
		}
		if core := quotedCore(p.name); len([]rune(core)) >= 3 && p.exp == nil { // “一单到底”服务 is the “一单到底”改革 named before
			if first := byCore[core]; first == "" {
				byCore[core] = id
			} else if p.div == nil || strings.HasPrefix(first, "initiative:"+code+":") || strings.HasPrefix(first, "initiative:CN:") {
				id = first
			}
		}
		p.id = id
		domain := c.domainOf(p.name)
		if p.exp != nil && p.exp.Domain != "" {
			domain = p.exp.Domain
		}
		d.out.mention(id, p.name, p.span, graph.Props{"kind": p.kind, "domain": domain})
		status := d.status(max(p.verb, p.start-1)) // 取消 at the verb itself negates nothing
		if p.verb >= 0 {
			status = d.status(p.verb)
		}
		if status == "done" && (d.demanded(max(p.verb, p.start-1)) || d.called(max(p.verb, p.start-1))) {
			status = "planned" // asked for
		}
		if status == "done" && p.exp != nil && p.div != nil && d.asked(p) {
			status = "planned"
		}
		q := d.quote(p.span)
		if p.verb >= 0 && p.verb < p.start {
			q = d.quote(span{p.verb, p.end})
		}
		props := c.sinceProps(d, p)
		// What the whole country does is no adoption by a place: PROMOTED_TO says it.
		elsewhere := p.div != nil && p.verb < 0 && !strings.HasPrefix(id, "initiative:"+p.div.Code+":") // named again by the way, far from its place
		unnamed := p.div == resolve.China && !d.names(resolve.China)                                    // of the whole country, which the text does not name: the id says so
		if p.div != nil && !elsewhere && !unnamed && !(p.exp != nil && p.div.Level == "country") {
			for _, at := range d.siblings(p.div, p.start) {
				d.out.claim(claim{subject: id, predicate: graph.In, object: at.ID(), quote: q, status: status, confidence: p.conf, rule: p.rule, props: props})
			}
		}
		if p.org != nil && !d.inTitle(p.start) && (p.verb >= 0 && p.list == 0 || p.org.end == p.start || p.list != 0 && d.opens(d.clauseAt(p.org.start).start, p.org.start)) {
			for _, o := range d.row(p.org) {
				d.out.claim(claim{subject: id, predicate: graph.LedBy, object: o.id, quote: q, status: status, confidence: p.conf - 0.05, rule: "body-acts"})
			}
		}
		if o := c.leads(d, p); o != nil {
			d.out.claim(claim{subject: id, predicate: graph.LedBy, object: o.id, quote: d.quote(o.span), status: status, confidence: 0.75, rule: "body-leads", props: graph.Props{"role": "牵头"}})
		}
		if who := c.doer(d, p); who != "" {
			d.out.claim(claim{subject: id, predicate: graph.LedBy, object: who, quote: q, status: status, confidence: p.conf - 0.1, rule: "person-acts"})
		}
		if p.div == resolve.China {
			for n := range d.places {
				if r := &d.places[n]; r.div == resolve.China {
					c.scope(d, r)
					break
				}
			}
		}
		if p.expID != "" {
			applied[p.expID] = true
			props := c.sinceProps(d, p)
			d.out.claim(claim{subject: id, predicate: graph.Applies, object: p.expID, quote: q, status: status, confidence: p.conf, rule: "names-experience", props: props})
		}
	}
}

// centre are bodies and posts of the centre, as they open the report of what it asks for.
var centre = []string{"国务院", "中共中央", "中央", "全国人大", "全国政协", "总书记", "总理", "委员长"}

// urged says that a leader on a visit, or a meeting or speech of the centre, calls for
// a thing in a sentence that names no place: it is asked of the country, not told of
// the place visited or met.
func (d *doc) urged(p *practiceHit) bool {
	has := func(text string, words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	title, lead := d.art.Title, ""
	for _, s := range d.sents {
		if !s.title {
			lead = d.text(s.span)
			break
		}
		title += d.text(s.span)
	}
	visit := has(title, "考察", "调研", "视察") || has(title, "会议", "座谈会", "代表团", "讲话", "批示", "论坛", "集体学习") && has(lead, centre...)
	at := max(p.verb, p.start-1)
	if !visit || !d.demanded(at) && !d.called(at) && !d.exhorted(at) {
		return false
	}
	s := d.sentenceAt(p.start)
	return s != nil && !slices.ContainsFunc(within(d.places, s.start, p.start), func(q placeHit) bool { return q.start >= s.start && q.div.Level != "country" })
}

// exhorted says that the sentence calls on somebody before i: 各级政府要…, 我们一定要….
func (d *doc) exhorted(i int) bool {
	s := d.sentenceOf(i)
	for k := s.start + 1; k < i; k++ {
		if d.r[k] != '要' || strings.ContainsRune("素求点闻", d.rune(k+1)) {
			continue
		}
		for _, w := range []string{"一定", "我们", "政府", "各地", "部门", "地区", "干部", "党委", "组织", "一", "二", "三", "四", "五", "六"} {
			if d.before(k, w) {
				return true
			}
		}
	}
	return false
}

// names says that the text names a place, if by 全国 or another word for it.
func (d *doc) names(q *resolve.Division) bool {
	return slices.ContainsFunc(d.places, func(p placeHit) bool { return p.div == q })
}

// row returns the bodies that act together with one: 市委、市政府|推行….
func (d *doc) row(o *orgHit) []orgHit {
	out := []orgHit{*o}
	at := o.start
	before := within(d.orgs, o.start-2*farthest, o.start)
	for k := len(before) - 1; k >= 0; k-- {
		if b := before[k]; b.end == at-1 && strings.ContainsRune("、和与", d.rune(b.end)) {
			out = append(out, b)
			at = b.start
			continue
		}
		break
	}
	return out
}

// leads is the body that a later clause of the paragraph says to lead what was
// named before: 甲县推行“X”制度。县纪委牵头，……
func (c *Chain) leads(d *doc, p *practiceHit) *orgHit {
	s := d.sentenceAt(p.start)
	if s == nil || p.verb < 0 || p.conf < 0.8 {
		return nil
	}
	orgs := within(d.orgs, p.end, p.end+61)
	for k := range orgs {
		o := &orgs[k]
		if !d.at(o.end, "牵头") && !d.at(o.end, "负责牵头") {
			continue
		}
		t := d.sentenceAt(o.start)
		if t == nil || t.para != s.para {
			return nil
		}
		for _, other := range within(d.pracs, p.end, o.end+14) { // what it leads is named right behind, or another practice came between
			if other.start >= p.end && other.start < o.end+14 && other.conf >= 0.7 {
				return nil
			}
		}
		return o
	}
	return nil
}

// doer is the person with a local post who does what a practice's verb says: the
// last one named before it in the sentence, unless the person only speaks of it.
func (c *Chain) doer(d *doc, p *practiceHit) string {
	if p.verb < 0 || p.org != nil || len(d.people) == 0 {
		return ""
	}
	s := d.sentenceAt(p.verb)
	if s == nil {
		return ""
	}
	people := within(d.people, s.start, p.verb)
	for k := len(people) - 1; k >= 0; k-- {
		who := people[k]
		if who.end > p.verb || who.start < s.start {
			continue
		}
		if strings.HasSuffix(who.id, "@CN") || p.verb-who.end > 60 {
			return ""
		}
		between := d.text(span{who.end, p.verb})
		for _, w := range []string{"指出", "强调", "表示", "说", "介绍", "要求", "认为", "“", "告诉", "透露"} {
			if strings.Contains(between, w) || strings.HasPrefix(between, "、") {
				return ""
			}
		}
		return who.id
	}
	return ""
}

// sinceProps dates an initiative: stated where a date governs its verb, else reported.
func (c *Chain) sinceProps(d *doc, p *practiceHit) graph.Props {
	at := p.start
	if p.verb >= 0 {
		at = min(p.verb, p.start)
	}
	for _, t := range within(d.times, p.end, p.end+8) { // X于2014年8月启动
		if !t.future && t.start < d.clauseAt(p.start).end && (strings.ContainsRune("于自从", d.rune(t.start-1))) {
			return graph.Props{"since": t.date, "precision": graph.PrecisionOf(t.date), "basis": "stated"}
		}
	}
	if t, ok := d.dateNear(at); ok && !t.future && !d.life(at) && d.governs(t, at) && p.rule != "owner-quote" {
		return graph.Props{"since": t.date, "precision": graph.PrecisionOf(t.date), "basis": "stated"}
	}
	if d.art.Published != "" {
		return graph.Props{"since": d.art.Published, "precision": graph.PrecisionOf(d.art.Published), "basis": "reported"}
	}
	return graph.Props{}
}

// inTitle says that i stands inside 《》.
func (d *doc) inTitle(i int) bool {
	for _, p := range within(d.papers, i-2*farthest, i+1) {
		if i < p.end {
			return true
		}
	}
	return false
}

func (c *Chain) insidePilot(d *doc, s span) bool {
	for _, p := range within(d.pilots, s.start-farthest, s.start+1) {
		if p.holds(s) && !(p.tried && s.end == p.body.end) {
			return true
		}
	}
	return false
}

// governs says that a date dates what stands at i: in its own clause, alone in the
// clause before, or as a year that opens the sentence (今年，…).
func (d *doc) governs(t timeHit, i int) bool {
	cl := d.clauseAt(i)
	if t.start >= cl.start {
		return true
	}
	own := d.clauseAt(t.start)
	if own.end-t.end > 1 || t.start-own.start > 2 {
		return false
	}
	s := d.sentenceAt(i)
	if s == nil {
		return false
	}
	if own.start == s.start {
		if len(t.date) == 4 {
			return true
		}
		// As long as nobody else opens a clause in between.
		for _, q := range s.clauses {
			if q.start <= own.end+1 || q.start > cl.start {
				continue
			}
			for _, p := range within(d.places, q.start, q.start+4) {
				if d.opens(q.start, p.start) {
					return false
				}
			}
			for _, o := range within(d.orgs, q.start, q.start+4) {
				if d.opens(q.start, o.start) {
					return false
				}
			}
		}
		return true
	}
	return own.end+1 >= cl.start
}

// life says that the sentence at i tells a person's life, whose dates date no reform.
func (d *doc) life(i int) bool {
	s := d.sentenceAt(i)
	if s == nil {
		return false
	}
	for k := s.start; k < s.end-1; k++ {
		for _, w := range []string{"出生", "生于", "毕业", "入党", "入伍", "参加工作", "调任", "任职期间", "退休", "去世"} {
			if d.at(k, w) {
				return true
			}
		}
	}
	return false
}

// owner is the place and body that a practice belongs to: the one right in front
// of its name, else who acts.
func (c *Chain) owner(d *doc, p *practiceHit) (*resolve.Division, *orgHit) {
	orgs, places := within(d.orgs, p.start-farthest, p.start), within(d.places, p.start-farthest, p.start)
	for n := range orgs {
		if o := &orgs[n]; (p.verb >= 0 || o.div == nil || o.div.Level != "country") && o.end == p.start || o.end == p.start-1 && d.rune(p.start-1) == '的' {
			return o.div, o
		}
	}
	for n := range places {
		if q := &places[n]; (q.end == p.start || q.end == p.start-1 && d.rune(p.start-1) == '的') && q.div.Level != "country" && !(q.pro && q.div.Level == "country") {
			return q.div, nil
		}
	}
	at := p.start
	if p.verb >= 0 && p.verb < p.start {
		at = p.verb
	}
	q, o := c.actor(d, at)
	if q == nil && o == nil { // X由民政部牵头实施
		for _, w := range []string{"由", "是由", "，由"} {
			if at := p.end + len([]rune(w)); d.at(p.end, w) {
				for _, b := range within(d.orgs, at, at+1) {
					if b.start == at {
						return b.div, &b
					}
				}
			}
		}
	}
	return q, o
}

// expSpan is where the experience's own name stands inside a practice.
func (c *Chain) expSpan(d *doc, p *practiceHit) span {
	for i := p.start; i < p.end; i++ {
		if n, ids, ok := c.exps.Longest(d.r[:p.end], i); ok && &c.lex.Experiences[ids[0]] == p.exp {
			return span{i, i + n}
		}
	}
	return p.span
}

// doingOf says that a bare experience is done by its sentence's actor though no
// listed verb takes it: 以X为, 在X引领下, X的实施, X落地.
func (c *Chain) doingOf(d *doc, p *practiceHit) bool {
	for _, w := range []string{"引领下", "牵引下", "的实施", "的推行", "落地", "试点", "全覆盖", "改革"} {
		if d.at(p.end, w) {
			return true
		}
	}
	if d.rune(p.start-1) == '以' {
		return true
	}
	// Said of a place that the sentence names, and not as something to learn from or to spread.
	if p.div == nil || p.div.Level == "country" {
		return false
	}
	for _, w := range []string{"经验", "”经验", "发源", "陈列", "精神", "先进", "走向", "从"} {
		if d.at(p.end, w) || strings.HasSuffix(p.exp.Name, "经验") {
			return false
		}
	}
	cl := d.clauseAt(p.start)
	for k := p.end; k < cl.end; k++ {
		for _, w := range []string{"诞生", "发源", "起源", "走向", "推广"} {
			if d.at(k, w) {
				return false
			}
		}
	}
	for k := cl.start; k < p.start; k++ {
		for _, w := range []string{"学习", "借鉴", "推广", "取经", "像", "如同", "不同于", "诞生", "发源", "评选", "入选"} {
			if d.at(k, w) && !(w == "推广" && d.spreadsAtHome(cl, k)) {
				return false
			}
		}
	}
	return true
}

// spreadsAtHome says that 推广 at i is done by the place of its sentence within
// itself: 江西|推广集中育秧, 大力推广.
func (d *doc) spreadsAtHome(cl span, i int) bool {
	for _, w := range []string{"大力", "积极", "全面"} {
		if at := i - len([]rune(w)); d.before(i, w) && (at == cl.start || d.insidePlace(at-1) && d.opens(cl.start, at)) {
			return true
		}
	}
	return d.insidePlace(i-1) && d.opens(cl.start, i)
}

// aloof are words of a clause that speak of a practice as something to learn, spread or tell of.
var aloof = []string{"学习", "借鉴", "推广", "取经", "诞生", "发源", "起源", "走向", "经验", "入选", "评选", "推介", "介绍", "会议", "纪念", "讲述"}

// fares says that the text tells how a known practice fares, and so speaks of an
// undertaking: 存款保险制度|基本建立, 家庭医生签约服务|覆盖全国.
func (c *Chain) fares(d *doc, p *practiceHit) bool {
	s := d.sentenceAt(p.start)
	if s == nil || d.abroad(p.start) || c.kindOf(d, p.span) == "" {
		return false
	}
	if c.behindName(d, s.span, p.end) != "says" && !(d.rune(p.end) == '等' && slices.ContainsFunc(within(d.pracs, p.end+1, p.end+2), func(q practiceHit) bool { return q.start == p.end+1 })) {
		return false
	}
	cl := d.text(d.clauseAt(p.start))
	return !slices.ContainsFunc(aloof, func(w string) bool { return strings.Contains(cl, w) })
}

// trimQuotes takes one pair of quotation marks off a name that is quoted as a whole, and loose ones off its ends.
func trimQuotes(s string) string {
	if r := []rune(s); len(r) > 2 && r[0] == '“' && r[len(r)-1] == '”' && strings.Count(s, "“") == 1 {
		return string(r[1 : len(r)-1])
	}
	if n := strings.Count(s, "“") - strings.Count(s, "”"); n > 0 {
		return strings.TrimPrefix(s, "“")
	} else if n < 0 {
		return strings.TrimSuffix(s, "”")
	}
	return s
}
