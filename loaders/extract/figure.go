package extract

import (
	"sort"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// figureUnits are the measure words of counted things that a figure may name.
var figureUnits = map[string]bool{"项": true, "个": true, "条": true, "家": true, "件": true, "篇": true, "次": true, "轮次": true, "批次": true, "名": true, "人": true, "户": true, "处": true, "所": true, "座": true, "栋": true, "人次": true, "颗": true, "支": true, "套": true, "场": true, "份": true, "张": true, "台": true, "辆": true, "种": true, "类": true, "位": true}

// notCounted are words behind a number that no figure is about.
var notCounted = []string{"方面", "月", "年", "小时", "领域", "问题上", "层面", "星期", "工作日", "字", "阶段", "世纪", "百分点", "主题", "季度", "市之一", "县之一", "城市之一", "重大机遇", "行动计划", "部分", "环节", "步骤", "角度", "原则", "台阶", "新台阶", "时期", "全面", "更加", "坚持", "确保", "第一", "以上", "以下", "左右", "之多", "全会", "会议精神", "具有", "创业"}

// notCountedAlone are so where nothing follows them.
var notCountedAlone = map[string]bool{"意见": true, "规划": true, "要求": true, "关键": true, "重点": true, "中心": true, "目标": true, "问题": true, "任务": true, "部门": true, "措施": true, "办法": true, "孩子": true, "老人": true}

// valueWords stand between what is measured and its value.
var valueWords = []string{"放宽至", "放宽到", "提高到", "提高至", "缩短至", "缩短到", "压缩至", "压缩到", "降至", "降到", "增至", "可达", "仅需", "只需", "不超过", "分别达到", "分别为", "分别", "超", "达到", "达", "超过", "突破", "为", "占到", "占", "近", "约", "超", "已", "到", "了", "至", "仅", "只", "只交", "有", "也", "已经", "接近", "共", "逾", "高于", "低于", "是", "就", "均", "都", "在", "将", "多达", "总计", "累计", "合计", "涉及", "约为", "平均", "不到", "将近", "大约", "至少", "不少于"}

// changeWords stand there too and tell the direction; they stay in the name.
var changeWords = []struct{ word, direction string }{
	{"增长", "up"}, {"提高", "up"}, {"上升", "up"}, {"增加", "up"}, {"提升", "up"}, {"扩大", "up"}, {"提速", "up"},
	{"下降", "down"}, {"减少", "down"}, {"压减", "down"}, {"降低", "down"}, {"缩短", "down"}, {"压缩", "down"}, {"节省费用", "down"}, {"节省", "down"}, {"节约", "down"},
}

// leadWords open a phrase without belonging to what is measured.
var leadWords = []string{"随后", "此外", "另外", "以及", "使得", "使", "让", "的", "其中", "目前", "现在", "累计", "截至目前", "为此", "同时", "已有", "并且", "并", "和", "而", "全国", "已", "对", "当地", "从", "为", "共", "先后", "今年", "去年", "其", "所有", "以来", "到", "比", "同比", "这里", "也", "还", "将", "近", "约", "如今", "现", "能够实现", "能够", "可以", "预计", "可", "能", "份", "目前已", "每年", "每人", "一个"}

// writeFigures finds what is measured: counted things (115个典型案例) and shares,
// amounts and growth (就诊率达到88%).
func (c *Chain) writeFigures(d *doc) {
	values := map[string]float64{}
	for k := range d.nums {
		n := d.nums[k]
		if n.ordinal || n.unit == "" || d.quotedNumber(n) || d.at(n.start, "二元") { // 城乡二元结构; two yuan are 两元
			continue
		}
		s := d.sentenceAt(n.start)
		if s == nil || s.title {
			continue
		}
		if !digit(d.r[n.start]) && !n.percent && n.value < 2 && d.r[n.start] != '上' {
			continue // 一项, 一个: an article, not a count
		}
		cl := d.clauseAt(n.start)
		word := n.measure()
		var name span
		switch {
		case d.changed(n) == 1:
			continue // the value it had before
		case d.changed(n) == 2:
			name = c.changedThing(d, cl, n)
		case (n.percent || strings.HasSuffix(n.unit, "元") || n.unit == "分钱") && c.shareOf(d, cl, n).len() > 0:
			name = c.shareOf(d, cl, n)
		case strings.HasSuffix(n.unit, "亩") && han(d.rune(n.end)) && c.countedThing(d, cl, n).len() > 2:
			name = c.countedThing(d, cl, n)
		case n.unit == "倍" && han(d.rune(n.end)) && c.countedThing(d, cl, n).len() > 2:
			name = c.countedThing(d, cl, n)
		case timeUnits[word] && !d.spent(n):
			continue
		case timeUnits[word] || n.unit == "周岁" || n.unit == "岁" || strings.HasSuffix(n.unit, "立方米") || strings.HasSuffix(n.unit, "千瓦时") || strings.HasSuffix(n.unit, "千瓦") || strings.HasSuffix(n.unit, "公顷"):
			name = c.measuredBefore(d, *s, cl, n)
		case n.percent || strings.HasSuffix(n.unit, "元") || n.unit == "倍" || n.unit == "成" || strings.HasSuffix(n.unit, "亩") || strings.HasSuffix(n.unit, "吨") || strings.HasSuffix(n.unit, "平方米") || strings.HasSuffix(n.unit, "公里") || strings.HasSuffix(n.unit, "分钱") || n.unit == "分钟":
			name = c.measuredBefore(d, *s, cl, n)
		case figureUnits[word]:
			name = c.countedThing(d, cl, n)
			if name.len() == 0 && !han(d.rune(d.pastBound(n.end))) {
				name = c.measuredBefore(d, *s, cl, n)
			}
		case word == "" && (strings.HasSuffix(n.unit, "万") || strings.HasSuffix(n.unit, "亿")):
			name = c.countedThing(d, cl, n)
		case word != "" && !notMeasured[word] && !han(d.rune(d.pastBound(n.end))): // 开放档案17659万卷
			name = c.measuredBefore(d, *s, cl, n)
		}
		name = d.untailed(name)
		if name.len() < 3 && !(name.len() == 2 && figureUnits[word] && d.r[name.start] != '部') || name.len() > 30 {
			continue
		}
		text := d.text(name)
		if d.placesOnly(name) || bareVerbs[text] || strings.ContainsAny(text, "《》他她你我们哪") || strings.HasSuffix(text, "的") || strings.Count(text, "“") != strings.Count(text, "”") {
			continue
		}
		// Two counts of one thing: what is done with it tells them apart.
		key := c.namer.Bare(text, nil)
		if v, ok := values[key]; ok && v != n.whole {
			at := n.start
			if d.rune(at-1) == '了' {
				at--
			}
			done := at
			for at > cl.start && n.start-at < 8 && han(d.r[at-1]) && !functionWord(d.r[at-1]) && !d.insideTime(at-1) && !d.insideAny(at-1) && !d.insideNum(at-1) {
				at--
			}
			if done-at >= 2 {
				text = strings.TrimPrefix(strings.TrimSuffix(d.text(span{at, done}), "共"), "已") + text
				key = c.namer.Bare(text, nil)
			}
		}
		values[key] = n.whole
		d.named = append(d.named, name)
		c.addFigure(d, *s, cl, n, name, text)
	}
}

// untailed is the name of a figure without what only joins it to the next words: 市州|和, 代表发言|后, 反对票|双双.
func (d *doc) untailed(s span) span {
	for s.len() > 2 && (strings.ContainsRune("和与及均各且", d.r[s.end-1]) || d.r[s.end-1] == '后' && !strings.ContainsRune("推落延滞", d.r[s.end-2]) || d.before(s.end, "双双")) {
		s.end--
		if d.r[s.end] == '双' {
			s.end--
		}
	}
	return s
}

// notMeasured are measure words of dates, ranks and parts of names.
var notMeasured = map[string]bool{"月": true, "季度": true, "届": true, "期": true, "级": true, "度": true, "步": true, "环": true, "番": true, "大": true, "对": true, "层": true, "章": true, "国": true, "省": true, "市": true, "区": true, "县": true, "镇": true, "乡": true, "村": true, "道": true, "片": true, "本": true, "部": true, "门": true, "档": true, "批": true, "轮": true, "次": true, "年": true, "天": true, "日": true}

// pastBound is where the text goes on behind 以上, 以下 or 左右.
func (d *doc) pastBound(i int) int {
	if d.at(i, "以上") || d.at(i, "以下") || d.at(i, "左右") {
		return i + 2
	}
	return i
}

// timeUnits are measure words of time; a time is a figure only where a verb says that it is spent or shortened.
var timeUnits = map[string]bool{"年": true, "天": true, "日": true, "小时": true, "个月": true, "工作日": true, "个工作日": true, "周": true}

// spent says that a time is measured: 压缩至3天, 仅需2个工作日.
func (d *doc) spent(n numHit) bool {
	at := n.start
	for d.before(at, "了") || d.before(at, "近") || d.before(at, "约") {
		at--
	}
	for _, w := range []string{"压缩至", "压缩到", "缩短至", "缩短到", "缩短为", "压缩为", "压减至", "降至", "降到", "减至", "减少到", "减少至", "仅需", "只需", "只要", "不超过", "缩短", "压缩", "提速", "延长至", "延长到", "平均用时", "历时"} {
		if d.before(at, w) {
			return true
		}
	}
	return false
}

// bareVerbs name nothing that is measured.
var bareVerbs = map[string]bool{"建成": true, "新增": true, "完成": true, "达到": true, "增长": true, "同比增长": true, "平均": true, "全市建成": true, "增加": true, "下降": true, "实现": true, "其中": true, "总投资": false}

// placesOnly says that a span holds places and nothing else.
func (d *doc) placesOnly(s span) bool {
	at := s.start
	for _, p := range within(d.places, s.start, s.end) {
		if p.start == at {
			at = p.end
		}
	}
	return at >= s.end
}

// changeTo stand between an old value and a new one: 由109颗|变为|1颗.
var changeTo = []string{"变为", "减至", "减少到", "减少至", "压减至", "压缩至", "压缩到", "缩短到", "缩短至", "缩短为", "增加到", "增至", "提高到", "提升到", "提升至", "降至", "降到", "降为", "下降到", "下降至", "扩大到", "上升到", "上升至", "精简到", "精简至", "精简为"}

// changed says that a number is the old (1) or the new value (2) of a change.
func (d *doc) changed(n numHit) int {
	for _, w := range changeTo {
		if d.at(d.pastComma(n.end), w) && (d.before(n.start, "由") || d.before(n.start, "从") || d.before(n.start, "由原来的") || d.before(n.start, "从原来的")) {
			return 1
		}
		if d.before(n.start, w) {
			for _, old := range within(d.nums, n.start-farthest, n.start) {
				if d.pastComma(old.end) == n.start-len([]rune(w)) && (d.pastComma(old.end) == old.end || d.before(old.start, "由") || d.before(old.start, "从")) {
					return 2
				}
			}
		}
	}
	return 0
}

// pastComma is where the text goes on behind a comma: 由812项，|精简到270项.
func (d *doc) pastComma(i int) int {
	if d.rune(i) == '，' {
		return i + 1
	}
	return i
}

// changedThing is what changed from one value to another: 审批印章 in 将审批印章由109颗变为1颗.
func (c *Chain) changedThing(d *doc, cl span, n numHit) span {
	end := -1
	s := d.sentenceAt(n.start)
	from := cl.start
	if s != nil && n.start-cl.start < 8 { // the old value stands before a comma
		from = max(s.start, n.start-farthest)
	}
	for k := n.start; k > from; k-- {
		if d.r[k] == '由' || d.r[k] == '从' {
			end = k
			if q := d.clauseAt(k); q.start < cl.start {
				cl = q
			}
			break
		}
	}
	if end < 0 {
		return span{}
	}
	start := end
	for start > cl.start && han(d.r[start-1]) && !strings.ContainsRune("将把使让的", d.r[start-1]) && end-start < 16 {
		start--
	}
	for _, p := range within(d.places, start, start+1) {
		if p.start == start && p.end < end-1 {
			start = p.end
		}
	}
	return span{start, end}
}

// shareOf is the noun behind a share or an amount: 1%的|土地面积, 每月1000元的|绩效补贴,
// and what a share has done: 超过70%|落实了统一管理.
func (c *Chain) shareOf(d *doc, cl span, n numHit) span {
	at := n.end
	if d.at(at, "以上") || d.at(at, "左右") {
		at += 2
	}
	of := d.rune(at) == '的'
	if of {
		at++
	}
	end := at
	for end < cl.end && han(d.r[end]) && !functionWord(d.r[end]) && !d.predicate(end) && end-at < 14 {
		if end > at && c.verbAt(d, cl, end) {
			break
		}
		end++
	}
	if of || !n.percent {
		for _, w := range []string{"基础", "情况", "速度", "比例", "水平", "幅度", "价格", "条件", "前提", "目标是", "高位", "增速", "区间"} {
			if d.at(at, w) {
				return span{}
			}
		}
		if (end-at >= 3 || of && n.percent && end-at == 2) && !c.verbAt(d, cl, at) {
			if rest := d.text(span{end, cl.end}); of && n.percent && end < cl.end && cl.end-at <= 16 && han(d.rune(end)) && !strings.ContainsAny(rest, "的、“”") && !d.at(end, "都") {
				for end = cl.end; end > at && !han(d.r[end-1]); {
					end--
				}
			}
			return span{at, end}
		}
		return span{}
	}
	if (c.verbAt(d, cl, at) || d.at(at, "实现") || d.at(at, "达到") || d.doing(at)) && (d.before(n.start, "超过") || d.before(n.start, "有") || d.before(n.start, "近") || d.before(n.start, "约")) {
		end = cl.end
		for end > at && !han(d.r[end-1]) {
			end--
		}
		if end-at <= 24 {
			return span{at, end}
		}
	}
	return span{}
}

// measure is a number's measure word without the multiplier.
func (n numHit) measure() string { return strings.TrimLeft(n.unit, "万亿千百") }

// quotedNumber says that a number is part of a name in quotation marks or of a
// word like 十大: “五个一”.
func (d *doc) quotedNumber(n numHit) bool {
	if n.unit == "大" || n.unit == "次" && !digit(d.r[n.start]) && !d.at(n.end, "获") && !d.at(n.end, "被") && !d.at(n.end, "入选") {
		return true
	}
	for _, r := range []rune{d.rune(n.start - 1), d.rune(n.end)} { // 2—3个
		if r == '—' || r == '-' || r == '~' {
			return true
		}
	}
	s := d.sentenceAt(n.start)
	if s == nil {
		return true
	}
	depth := 0
	for i := s.start; i < n.start; i++ {
		switch d.r[i] {
		case '“', '《':
			depth++
		case '”', '》':
			depth = max(0, depth-1)
		}
	}
	if depth == 0 {
		return false
	}
	for i := n.end; i < s.end; i++ {
		if d.r[i] == '”' || d.r[i] == '》' {
			return i-n.start < 40
		}
	}
	return false
}

// countedThing is the noun phrase behind a number and its measure word. A
// general noun takes what is done with it along: 30余项|经验做法被刊发推广.
func (c *Chain) countedThing(d *doc, cl span, n numHit) span {
	i := n.end
	if d.rune(i) == '的' && strings.HasSuffix(n.unit, "万") { // 近12万的|老年人
		i++
	}
	start := i
	depth := 0
	for i < cl.end && i-start < 26 {
		r := d.r[i]
		if r == '“' {
			depth++
		} else if r == '”' {
			depth--
		} else if depth == 0 && (strings.ContainsRune("近约超达", r) && digit(d.rune(i+1)) || !han(r) && !letter(r) && r != '+' || strings.ContainsRune("被在由为得分将均已都向实从使让是有就也可到逐各", r) && i > start+1 || d.predicate(i) && i > start+1 ||
			c.verbAt(d, cl, i) && i > start+1 && !d.at(i, "创新") && !d.at(i, "试点") && !d.at(i, "改革") && !d.at(i, "建设") && d.rune(i-1) != '”' && !d.before(i, "工作")) {
			break
		}
		if depth == 0 && (r == '的' && d.countable(start, i) || i >= start+2 && d.doing(i) && !d.doing(start)) {
			break
		}
		i++
	}
	if depth != 0 {
		return span{}
	}
	for i == start+1 && d.r[i] == '、' && i+1 < cl.end && strings.ContainsRune("县市区镇乡村", d.r[start]) && strings.ContainsRune("县市区镇乡村", d.r[i+1]) { // 县、市、区
		for i+1 < cl.end && d.r[i] == '、' && strings.ContainsRune("县市区镇乡村", d.r[i+1]) {
			i += 2
		}
	}
	for _, w := range notCounted {
		if d.at(start, w) {
			return span{}
		}
	}
	for _, p := range within(d.places, start, start+1) {
		if p.start == start {
			return span{}
		}
	}
	if d.rune(start) == '的' || i-start < 2 {
		return span{}
	}
	noun := d.text(span{start, i})
	if notCountedAlone[noun] {
		return span{}
	}
	if (generic(noun) || strings.HasSuffix(noun, "事项")) && i < cl.end && (strings.ContainsRune("被由", d.r[i]) || d.at(i, "通过") || d.at(i, "获")) && cl.end-start <= 30 {
		end := cl.end
		for end > i && (d.r[end-1] == '。' || d.r[end-1] == '；') {
			end--
		}
		return span{start, end}
	}
	return span{start, i}
}

// countables end what is counted, so that 的 behind them opens what it has: 78个国家和地区|的出境旅游.
var countables = []string{"国家", "地区", "省", "省份", "市", "城市", "县", "区", "乡镇", "街道", "社区", "村", "企业", "部门", "单位", "学校", "医院", "机构", "家庭", "群众", "居民", "农民", "学生"}

func (d *doc) countable(start, i int) bool {
	for _, w := range countables {
		if n := len([]rune(w)); i-start >= n && d.before(i, w) {
			return true
		}
	}
	return false
}

// doings begin what a counted thing does: 13项文献遗产|入选名录.
var doings = []string{"入选", "获批", "上架", "参展", "开工", "竣工", "投产", "落户", "入驻", "加入", "参加", "参与", "完工", "通车", "复工", "脱贫", "摘帽", "纳入", "列入", "成为", "来自", "进入", "签约", "亮相", "抵达", "归集", "相继", "陆续", "正式", "全部", "现在", "已经", "共同", "同时", "先后", "统一", "自愿", "慕名", "可以", "能够", "开始", "不再", "享受", "受益", "落地", "运行", "基本"}

func (d *doc) doing(i int) bool {
	for _, w := range doings {
		if d.at(i, w) {
			return true
		}
	}
	if d.at(i, "服务") {
		for _, w := range []string{"中心", "机构", "站", "点", "队", "人员", "企业", "平台", "窗口"} {
			if d.before(i, w) {
				return true
			}
		}
	}
	return false
}

// measuredBefore is the phrase in front of a value: 县域内就诊率|达到|88%.
func (c *Chain) measuredBefore(d *doc, s sentence, cl span, n numHit) span {
	end := c.skipValueWords(d, cl, n.start)
	if n.percent && end == n.start && d.rune(end-1) == '的' && strings.ContainsRune(d.text(span{cl.start, end}), '占') { // 甲占乙的|30%
		end--
	}
	if end-cl.start < 2 {
		if k := len(d.named); k > 0 && d.named[k-1].end <= cl.start && cl.start-d.named[k-1].end < 16 && d.named[k-1].start >= s.start { // …占耕地的30%，达到3亿亩: what the clause before measures
			name := d.named[k-1]
			for i := name.start + 3; i < name.end; i++ {
				if d.r[i] == '占' {
					if name.end = i; d.r[i-1] == '已' || d.r[i-1] == '约' {
						name.end--
					}
					break
				}
			}
			return name
		}
		// ，占50.81%: what the clause before ends with.
		for k, q := range s.clauses {
			if q.start == cl.start && k > 0 {
				prev := s.clauses[k-1]
				start := prev.end
				for start > prev.start && han(d.r[start-1]) && !strings.ContainsRune("为是到了在", d.r[start-1]) && prev.end-start < 14 {
					start--
				}
				if prev.end-start >= 3 {
					return span{start, prev.end}
				}
			}
		}
		return span{}
	}
	start := end
	for start > cl.start && end-start < 28 {
		r := d.r[start-1]
		if !han(r) && r != '“' && r != '”' && r != '、' && !letter(r) || d.insideTime(start-1) || d.insideNum(start-1) {
			break
		}
		start--
	}
	for i := end - 3; i > start; i-- { // 明确了将|招录年龄|放宽至
		if r := d.r[i-1]; strings.ContainsRune("将把让", r) && d.function(i-1) || r == '在' && i-start <= 4 {
			start = i
			break
		}
	}
	for moved := true; moved; {
		moved = false
		for _, w := range leadWords {
			if d.at(start, w) && start+len([]rune(w))+2 <= end {
				start += len([]rune(w))
				moved = true
			}
		}
		for _, p := range within(d.places, start, start+1) {
			if p.start == start && p.end < end-2 {
				start = p.end
				moved = true
			}
		}
		for _, o := range within(d.orgs, start, start+1) {
			if o.start == start && o.end < end-2 {
				start = o.end
				moved = true
			}
		}
		for _, w := range []string{"新承接", "承担", "承接", "自主开展", "开展", "拥有"} {
			if d.at(start, w) && start+len([]rune(w))+3 <= end {
				start += len([]rune(w))
				moved = true
			}
		}
	}
	for start < end && d.r[start] == '、' {
		start++
	}
	for end > start && strings.ContainsRune("从由比较", d.r[end-1]) {
		end--
	}
	if end-start < 3 {
		return span{}
	}
	return span{start, end}
}

func (c *Chain) skipValueWords(d *doc, cl span, end int) int {
	for moved := true; moved; {
		moved = false
		for _, w := range valueWords {
			if d.before(end, w) && end-len([]rune(w)) >= cl.start && !(w == "有" && (d.before(end, "拥有") || d.before(end, "具有"))) {
				end -= len([]rune(w))
				moved = true
			}
		}
	}
	return end
}

func (d *doc) insideTime(i int) bool { return covers(d.times, i) }

// topic is the initiative that a sentence or its paragraph is about: the last one
// named before i in the sentence; that of the sentences before, as long as none of
// them and not this one has a place or body of its own for its subject; that which the paragraph opens with, or its heading.
func (c *Chain) topic(d *doc, s sentence, i int) string {
	here := within(d.pracs, s.start, i)
	for k := len(here) - 1; k >= 0; k-- {
		if p := here[k]; p.id != "" && p.start >= s.start && p.end <= i && p.conf >= 0.7 {
			if p.list != 0 {
				return ""
			}
			return p.id
		}
	}
	t := s
	for k := sort.Search(len(d.sents), func(k int) bool { return d.sents[k].start >= s.start }) - 1; k >= 0 && d.sents[k].para == s.para && s.start-d.sents[k].start < 300; k-- {
		// A sentence without a place of its own goes on about what the one before named.
		if q, o := c.actorIn(d, t, i); q != nil || o != nil {
			break
		}
		t = d.sents[k]
		i = t.end
		before := within(d.pracs, t.start, t.end)
		for n := len(before) - 1; n >= 0; n-- {
			if p := before[n]; p.id != "" && p.conf >= 0.8 && p.verb >= 0 && p.list == 0 {
				return p.id
			}
		}
	}
	first := d.firstOf(s)
	for _, p := range within(d.pracs, first.start, first.end) {
		if p.id != "" && p.conf >= 0.8 && (p.end <= i || p.verb >= 0 && p.start < d.clauseAt(i).end) { // behind the figure only as what is done with it: 12个县试点X
			return p.id
		}
	}
	if h := d.heading(first); h != nil {
		for _, p := range within(d.pracs, h.start, h.end) {
			if p.id != "" {
				return p.id
			}
		}
	}
	return ""
}

// measuredPlace is the place whose figure stands at i, where no undertaking's is told: the country where its clause says so
// (全国1200个县), else the place that acts, else the country or the last place that the paragraph speaks of; nil if there is none.
func (c *Chain) measuredPlace(d *doc, s sentence, i int) *resolve.Division {
	cl := d.clauseAt(i)
	for k := len(s.clauses) - 1; k > 0; k-- { // 全国1200个县，15000个乡镇: the second count has the subject of the first
		if s.clauses[k].start == cl.start && i-cl.start <= 1 {
			cl = s.clauses[k-1]
		}
	}
	for _, p := range within(d.places, cl.start, min(cl.start+8, i)) {
		if p.div == resolve.China && p.more == nil && strings.HasSuffix(d.text(p.span), "国") && d.opens(cl.start, p.start) && !inOrg(d, p.span) {
			c.scope(d, &p)
			return p.div
		}
	}
	q, o := c.actor(d, i)
	if q != nil && q != resolve.China {
		return q
	}
	before := within(d.places, d.firstOf(s).start, s.end)
	var land *placeHit
	for n := len(before) - 1; n >= 0; n-- {
		switch p := &before[n]; {
		case p.chain || p.more != nil || inOrg(d, p.span) || strings.ContainsRune(scopeBefore, d.rune(p.start-1)):
		case p.div == resolve.China:
			land = p
		case p.div.Level != "country":
			return p.div
		}
	}
	if land != nil {
		c.scope(d, land)
		return land.div
	}
	if q == resolve.China || o != nil && o.div == resolve.China { // a body of the whole country acts
		for n := range d.places {
			if p := &d.places[n]; p.div == resolve.China && p.more == nil {
				c.scope(d, p)
				return p.div
			}
		}
	}
	return nil
}

// heading is the line above a paragraph's first sentence that is its heading: short, without a full stop.
func (d *doc) heading(first sentence) *sentence {
	k := sort.Search(len(d.sents), func(k int) bool { return d.sents[k].start >= first.start }) - 1
	if k < 0 || d.sents[k].para != first.para-1 || d.sents[k].title || d.sents[k].len() > 40 || strings.ContainsRune("。！？；：…”", d.r[d.sents[k].end-1]) || k > 0 && d.sents[k-1].para == d.sents[k].para {
		return nil
	}
	return &d.sents[k]
}

// firstOf is the first sentence of the paragraph that s stands in.
func (d *doc) firstOf(s sentence) sentence {
	k := sort.Search(len(d.sents), func(k int) bool { return d.sents[k].start >= s.start })
	for k > 0 && k < len(d.sents) && d.sents[k-1].para == s.para {
		k--
	}
	if k < len(d.sents) {
		return d.sents[k]
	}
	return s
}

func (c *Chain) addFigure(d *doc, s sentence, cl span, n numHit, name span, text string) {
	id := graph.FigureID(c.namer.Bare(text, nil))
	subject := ""
	for _, p := range within(d.pracs, cl.start, n.start) {
		if p.id != "" && p.start >= cl.start && p.end <= n.start && p.conf >= 0.7 && p.list == 0 {
			subject = p.id
		}
	}
	for _, p := range within(d.pracs, name.start-farthest, name.end) { // what is measured is the undertaking itself: 推行X3000亩
		if p.id != "" && p.overlaps(name) && p.len() >= 3 {
			subject = p.id
		}
	}
	for _, p := range within(d.pracs, cl.start, n.start) { // A、B等8项做法: of the place whose article it is
		if p.list != 0 && d.home != nil {
			subject = d.home.div.ID()
		}
	}
	if subject == "" {
		subject = c.topic(d, s, n.start)
	}
	if subject == "" {
		q := c.measuredPlace(d, s, n.start)
		if q == nil {
			return
		}
		subject = q.ID()
	}
	props := graph.Props{"value": n.value, "unit": n.unit, "approx": n.approx}
	for _, t := range within(d.times, s.start, s.end) {
		if t.end <= n.start && !t.spoken {
			props["period"] = d.text(t.span)
		}
	}
	for _, w := range changeWords {
		if strings.HasSuffix(d.text(span{max(cl.start, n.start-6), n.start}), w.word) || strings.HasSuffix(text, w.word) {
			props["direction"] = w.direction
			break
		}
	}
	d.out.mention(id, text, name, graph.Props{"unit": n.unit})
	d.out.claim(claim{subject: subject, predicate: graph.Measured, object: id, quote: d.quote(name, n.span), status: d.status(n.start), confidence: 0.7, rule: "number-and-noun", props: props})
}
