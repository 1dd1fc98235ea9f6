package extract

import (
	"strings"

	"reformgraph/graph/script"
	"reformgraph/loaders/resolve"
)

// phrases finds unquoted names by the head noun that ends them, read leftwards to
// the word that cannot be part of a name: 加快推进|医保支付方式改革. A name counts
// where a verb of doing takes it, where what follows says how it fares
// (利率市场化改革|进一步深化), and, for …改革, anywhere.
func (c *Chain) phrases(d *doc, s sentence) {
	quoted, titled := 0, 0
	for i := s.start; i < s.end; i++ {
		switch d.r[i] {
		case '“':
			quoted++
			continue
		case '”':
			quoted = max(0, quoted-1)
			continue
		case '《':
			titled++
			continue
		case '》':
			titled = max(0, titled-1)
			continue
		}
		if quoted > 0 || titled > 0 || !han(d.r[i]) {
			continue
		}
		n, ids, ok := c.heads.Longest(d.r[:s.end], i)
		if !ok {
			continue
		}
		head := c.lex.Heads[ids[0]]
		least := phraseLeast(head.Field(0), head.Field(1))
		end := i + n
		if strings.HasSuffix(head.Field(0), "改革") && n > 2 { // 体制|改革: 体制 is part of what the name says
			i = end - 2
		}
		if least == 0 || end > s.end {
			if d.r[i] == '新' {
				i = end - 1
			}
			continue
		}
		if d.at(end, "建设") && end+2 <= s.end && head.Field(0) != "改革" {
			end += 2
		}
		follows := c.behindName(d, s.span, end)
		if follows == "" || follows == "says" && head.Field(0) == "计划" { // 计划在年内: a verb
			continue
		}
		start, ok := c.phraseStart(d, s, i)
		if !ok || i-start < least {
			continue
		}
		for _, n := range within(d.nums, start-4, start) { // 八大|便民改革
			if n.end == start && n.unit == "大" {
				start = n.start
			}
		}
		sp := span{start, end}
		if sp.len() > 24 || d.before(start, "党和") || !c.nameable(d, sp) || c.slogan(d.text(sp)) || d.insideAny(end-1) {
			continue
		}
		verb := c.governing(d, s, start)
		conf := 0.0
		switch {
		case verb >= 0:
			conf = 0.8
		case follows == "says", d.rune(end) == '等':
			conf = 0.7
		case strings.HasSuffix(head.Field(0), "改革") && c.reformed(d, span{start, end - 2}):
			conf = 0.65
		}
		if conf > 0 {
			d.pracs = append(d.pracs, practiceHit{span: sp, name: d.text(sp), kind: head.Field(1), rule: "head-noun", conf: conf, verb: verb, public: true})
		}
	}
}

// phraseLeast is how many characters a name needs in front of its head noun, so
// that it names one thing: 金融|改革, but 居家养老|机制. 0: the noun ends no such name.
func phraseLeast(head, kind string) int {
	switch {
	case strings.HasSuffix(head, "改革"):
		return 2
	case head == "制度", head == "体制":
		return 3
	case head == "机制", head == "体系", head == "模式", head == "工程", head == "行动", head == "平台", head == "计划", head == "政策", head == "新体制", head == "新机制", head == "管理体系", head == "专项行动", head == "三年行动", head == "工作机制", head == "服务平台", head == "信息平台", head == "责任制", head == "负责制", head == "行动计划":
		return 4
	}
	return 0
}

// behindName tells what follows a name that may end at i: "" if the name goes on,
// "ends" if it is over, "says" if what follows says how the thing fares.
func (c *Chain) behindName(d *doc, s span, i int) string {
	next := d.rune(i)
	if i >= s.end || !han(next) && next != '“' && !letter(next) && !digit(next) {
		return "ends"
	}
	if d.at(i, "创新") || d.at(i, "开放") { // 制度创新, 改革开放
		return ""
	}
	if c.verbAt(d, s, i) || d.predicate(i) {
		return "says"
	}
	if n, ids, ok := c.breaks.Longest(d.r[:s.end], i); ok && n > 0 && c.lex.Breaks[ids[0]].Field(1) == "adverb" {
		return "says"
	}
	if d.function(i) {
		if strings.ContainsRune("在已让使将正由", next) {
			return "says"
		}
		return "ends"
	}
	for _, w := range []string{"试点", "工作", "措施", "举措", "任务", "中", "后", "上", "进程", "方面", "事项", "领域", "红利", "成果", "目标", "力度"} {
		if d.at(i, w) {
			return "ends"
		}
	}
	return ""
}

// phraseStart reads leftwards from a head noun at i to the start of the name. It
// fails where the text runs on without a boundary.
func (c *Chain) phraseStart(d *doc, s sentence, i int) (int, bool) {
	const longest = 22
	start := i
	joint := -1 // where 和 stood, if the name may go on over it
	for start > s.start {
		if i-start > longest {
			return i, false
		}
		r := d.r[start-1]
		if r == '”' || r == '）' { // “…”公司治理机制 is read by its quotation marks
			return i, false
		}
		if !han(r) && !letter(r) && !digit(r) || d.insideNum(start-1) && !han(r) {
			break
		}
		if d.insideAny(start - 1) {
			break
		}
		if covers(d.times, start-1) || d.insideNum(start-1) {
			break
		}
		if d.function(start - 1) {
			if (r == '和' || r == '与') && joint < 0 && i-start >= 2 {
				joint = start
				start--
				continue
			}
			break
		}
		if n := c.breakBefore(d, s, start, i); n > 0 {
			break
		}
		start--
	}
	if joint >= 0 { // A和B机制: one name only where a verb takes both and A is short
		left := joint - 1 - start
		if left < 2 || left > 6 || strings.ContainsRune("的、", d.rune(start-1)) || c.governing(d, s, start) < 0 || c.endsInHead(d, span{start, joint - 1}) {
			start = joint
		}
	}
	return start, true
}

// endsInHead says that a span ends in a head noun, and so is a name of its own.
func (c *Chain) endsInHead(d *doc, sp span) bool { return c.kindOf(d, sp) != "" }

// breakBefore returns the length of a word that ends at start and is no part of a
// name whose head noun stands at head; 0 if there is none. A verb right before the
// head noun is part of the name (汇率形成|机制) unless something makes it a verb, and so
// is one that is a noun too (组织) anywhere.
func (c *Chain) breakBefore(d *doc, s sentence, start, head int) int {
	for n := 5; n >= 2; n-- {
		k := start - n
		if k < s.start {
			continue
		}
		w := d.text(span{k, start})
		class := c.breakClass[w]
		if class == "" && c.verbs[w] == "" {
			continue
		}
		if n == 2 && class != "adverb" && class != "time" && (class == "both" || start == head && !d.at(head, "改革")) && !d.verbal(k) {
			continue
		}
		return n
	}
	return 0
}

// governing returns where the verb of doing stands that takes a name at start: right
// before it, or earlier in the clause where 的, 、 or 和 lead up to the name; -1 if none does.
func (c *Chain) governing(d *doc, s sentence, start int) int {
	j := start
	for moved := true; moved; { // 加快|推进, 建立|一批
		moved = false
		for n := 5; n >= 2; n-- {
			if k := j - n; k >= s.start {
				if class := c.breakClass[d.text(span{k, j})]; class == "adverb" || class == "count" {
					j, moved = k, true
					break
				}
			}
		}
		for _, w := range []string{"了", "起", "出"} {
			if d.before(j, w) {
				j, moved = j-1, true
			}
		}
	}
	for n := 4; n >= 2; n-- {
		if k := j - n; k >= s.start && c.takes(d.text(span{k, j})) {
			return k
		}
	}
	if !strings.ContainsRune("的、和与及", d.rune(start-1)) {
		return -1
	}
	cl := d.clauseAt(start)
	for k := start - 5; k >= cl.start && start-k < 40; k-- {
		if n, _, ok := c.verbTrie.Longest(d.r[:start], k); ok && n >= 2 && (d.verbal(k) || k >= 2 && c.breakClass[d.text(span{k - 2, k})] == "adverb") && c.takes(d.text(span{k, k + n})) {
			return k
		}
	}
	return -1
}

// reformed says that what stands before 改革 is a thing that is reformed, so that
// both make a name without a verb: 农村集体产权制度|改革, 金融|改革, not 拥护|改革.
func (c *Chain) reformed(d *doc, sp span) bool {
	text := d.text(sp)
	for _, w := range []string{"制度", "体制", "机制", "体系", "综合", "配套", "化", "方式", "管理", "权", "分置", "结构", "机构"} {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	for _, w := range c.domainWords {
		if strings.HasSuffix(text, w.word) && len([]rune(w.word)) > 1 {
			return true
		}
	}
	return false
}

// trimName takes a clause off a name that a verb takes: what stands before a word that
// is no part of a name (不懈加强|农村基层党组织建设), what follows a name that is whole
// (司法体制改革|积累经验), and general words behind 的 (公司改革|的又一重要举措).
func (c *Chain) trimName(d *doc, sp span) span {
	if sp.len() <= 0 { // no name was found
		return sp
	}
	if d.r[sp.start] == '以' && d.at(sp.end, "为") { // 以|“三个同步”机制|为重点
		sp.start++
	}
	for k := sp.end - 3; k > sp.start; k-- { // 以“三个同步”为重点的|街区更新改革
		if d.r[k] == '为' && cored(d.text(span{k, sp.end})) > 0 {
			sp.start = k + cored(d.text(span{k, sp.end}))
			break
		}
	}
	depth := 0
	for k := sp.start; k < sp.end; k++ {
		switch d.r[k] {
		case '“':
			depth++
		case '”':
			depth--
		}
		if depth > 0 {
			continue
		}
		if d.r[k] == '的' && k > sp.start+3 && c.kindOf(d, span{sp.start, k}) != "" && generalWords(d.text(span{k + 1, sp.end})) {
			return span{sp.start, k}
		}
		n, ids, ok := c.breaks.Longest(d.r[:sp.end], k)
		if !ok {
			continue
		}
		class := c.lex.Breaks[ids[0]].Field(1)
		if class == "both" || k+n >= sp.end || class == "verb" && k > sp.start && c.isHead(d, span{k + n, sp.end}) && !d.before(sp.end, "经验") {
			continue
		}
		if k >= sp.start+4 && c.kindOf(d, span{sp.start, k}) != "" {
			return span{sp.start, k}
		}
		if class == "adverb" || class == "verb" || class == "count" {
			sp.start = k + n
			if m, _, ok := c.verbTrie.Longest(d.r[:sp.end], sp.start); ok && sp.end-sp.start-m >= 4 { // 全面|深化|…改革
				sp.start += m
			}
			k = sp.start - 1
		}
	}
	for k := sp.start + 1; k <= sp.start+3 && k < sp.end; k++ { // 相应|的海关监管制度
		if d.r[k] == '的' && !d.insideAny(k-1) {
			sp.start = k + 1
		}
	}
	if de := strings.LastIndex(d.text(sp), "的"); de > 0 && !strings.Contains(d.text(sp), "”") && len(d.text(sp))-de <= len("的政策措施") && generic(d.text(sp)[de+len("的"):]) { // 显著地方特色的|改革
		return span{sp.end, sp.end}
	}
	for _, n := range within(d.nums, sp.start, sp.start+2) { // 五个|区域农业服务中心
		if n.unit != "" && !n.ordinal && n.end < sp.end && (n.unit == "个" || n.unit == "种" || n.unit == "项" || n.unit == "条" || n.unit == "批") {
			sp.start = n.end
		}
	}
	return sp
}

// cored returns how many characters the words take that say that a thing is the core
// of what follows (为核心的); 0 if a text does not begin with them.
func cored(text string) int {
	for _, w := range []string{"核心", "重点", "内容", "主要内容", "重要内容", "抓手", "载体", "突破口", "主线", "引领", "基础", "目标"} {
		if strings.HasPrefix(text, "为"+w+"的") {
			return 2 + len([]rune(w))
		}
	}
	return 0
}

// isHead says that a span is a head noun and nothing more.
func (c *Chain) isHead(d *doc, sp span) bool {
	n, _, ok := c.heads.Longest(d.r[:sp.end], sp.start)
	return ok && sp.start+n == sp.end
}

// generalWords says that what stands behind the 的 of a name says only how much it matters.
func generalWords(s string) bool {
	for _, w := range []string{"又一", "重要", "重大", "关键", "具体", "一项", "有力", "有效"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return generic(s)
}

// abroad says that the sentence at i, or the title, speaks of another country: its
// reforms are none of the graph's.
func (d *doc) abroad(i int) bool {
	s := d.sentenceAt(i)
	if s == nil {
		return false
	}
	foreign := func(from, to int) bool {
		for _, p := range within(d.places, from, to) {
			if p.div.Level == "country" && p.div != resolve.China {
				return true
			}
		}
		return false
	}
	if foreign(s.start, s.end) {
		return true
	}
	for _, t := range d.sents {
		if (t.title || t.para == s.para) && t.start <= i && foreign(t.start, t.end) {
			return true
		}
		if t.start > i {
			break
		}
	}
	text := d.text(s.span)
	for _, w := range []string{"中方", "双方", "两国", "联合国安理会", "国际社会"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// publicName says that a name may stand as an undertaking of the whole country where
// the text names no place: it says what is reformed, in more than general words.
func publicName(name string) bool { return len([]rune(script.Bare(name))) >= 4 }
