package extract

import (
	"strings"

	"reformgraph/graph"
)

// figureUnits are the measure words of counted things that a figure may name.
var figureUnits = map[string]bool{"项": true, "个": true, "条": true, "家": true, "件": true, "篇": true, "次": true, "轮次": true, "批次": true, "名": true, "人": true, "户": true, "处": true, "所": true, "座": true, "栋": true, "万人": true, "万户": true, "万人次": true, "人次": true, "万名": true, "万": true, "万个": true, "万家": true, "万件": true, "万项": true, "余项": true, "颗": true, "支": true, "套": true}

// notCounted are words behind a number that no figure is about.
var notCounted = []string{"方面", "月", "年", "小时", "领域", "大", "问题上", "层面", "会议", "星期", "工作日", "字", "阶段", "世纪", "国家", "省份", "城市", "地方", "地区", "代表", "委员", "百分点"}

// writeFigures finds what is measured: counted things (115个典型案例) and shares,
// amounts and growth (就诊率达到88%).
func (c *Chain) writeFigures(d *doc) {
	for k := range d.nums {
		n := d.nums[k]
		if n.ordinal || n.unit == "" {
			continue
		}
		s := d.sentenceAt(n.start)
		if s == nil || s.title {
			continue
		}
		cl := d.clauseAt(n.start)
		var name span
		switch {
		case figureUnits[n.unit]:
			name = c.countedThing(d, cl, n)
			if name.len() == 0 {
				name = c.measuredBefore(d, cl, n)
			}
		case n.percent || strings.HasSuffix(n.unit, "元") || n.unit == "倍" || strings.HasSuffix(n.unit, "亩") || strings.HasSuffix(n.unit, "吨"):
			name = c.measuredBefore(d, cl, n)
		}
		if name.len() < 2 || name.len() > 30 {
			continue
		}
		c.addFigure(d, cl, n, name)
	}
}

// countedThing is the noun phrase behind a number and its measure word.
func (c *Chain) countedThing(d *doc, cl span, n numHit) span {
	i := n.end
	for i < cl.end && (d.r[i] == '的' || d.r[i] == '“' && false) {
		i++
	}
	start := i
	depth := 0
	for i < cl.end && i-start < 24 {
		r := d.r[i]
		if r == '“' {
			depth++
		} else if r == '”' {
			depth--
		} else if depth == 0 && (!han(r) && !letter(r) && r != '+' || strings.ContainsRune("被在由为得分将均已都向实从", r) || c.verbAt(d, cl, i) && i > start+1 && !d.at(i, "创新") && !d.at(i, "试点") && !d.at(i, "改革")) {
			break
		}
		i++
	}
	for _, w := range notCounted {
		if d.at(start, w) {
			return span{}
		}
	}
	if i-start < 2 || depth != 0 {
		return span{}
	}
	for _, p := range d.places {
		if p.start == start {
			return span{}
		}
	}
	return span{start, i}
}

// measuredBefore is the phrase in front of a value: 县域内就诊率|达到|88%.
func (c *Chain) measuredBefore(d *doc, cl span, n numHit) span {
	end := n.start
	for moved := true; moved; {
		moved = false
		for _, w := range append([]string{"达到", "达", "超过", "突破", "为", "占到", "占", "近", "约", "超", "已", "到", "了", "至", "仅", "只", "有", "也", "已经", "接近", "共", "逾", "高于", "低于", "是", "就", "均", "都", "在", "增加", "将", "一"}, approxBefore...) {
			if d.before(end, w) && end-len([]rune(w)) >= cl.start {
				end -= len([]rune(w))
				moved = true
			}
		}
	}
	start := end
	for start > cl.start && end-start < 28 {
		r := d.r[start-1]
		if !han(r) && r != '“' && r != '”' && r != '、' && !letter(r) {
			break
		}
		if d.insideTime(start - 1) {
			break
		}
		start--
	}
	for moved := true; moved; {
		moved = false
		for _, w := range []string{"使", "让", "的", "其中", "目前", "现在", "累计", "截至目前", "为此", "同时", "已有", "并", "和", "而", "全国", "全市", "全省", "已", "对", "当地", "从", "为"} {
			if d.at(start, w) && start+len([]rune(w)) < end {
				start += len([]rune(w))
				moved = true
			}
		}
		for _, p := range d.places {
			if p.start == start && p.end < end-1 {
				start = p.end
				moved = true
			}
		}
	}
	if end-start < 3 {
		return span{}
	}
	return span{start, end}
}

func (d *doc) insideTime(i int) bool {
	for _, t := range d.times {
		if t.start <= i && i < t.end {
			return true
		}
	}
	return false
}

func (c *Chain) addFigure(d *doc, cl span, n numHit, name span) {
	text := d.text(name)
	if strings.ContainsAny(text, "《》") {
		return
	}
	id := graph.FigureID(c.namer.Bare(text, nil))
	subject := ""
	for k := range d.pracs {
		p := d.pracs[k]
		if p.id != "" && p.start >= cl.start && p.end <= n.start && !p.overlaps(name) {
			subject = p.id
		}
	}
	if subject == "" {
		q, _ := c.actor(d, n.start)
		if q == nil {
			return
		}
		subject = q.ID()
	}
	props := graph.Props{"value": n.value, "unit": n.unit, "approx": n.approx}
	for _, t := range d.times {
		if t.end <= n.start && t.start >= cl.start-30 && t.start >= 0 {
			props["period"] = d.text(t.span)
		}
	}
	switch {
	case d.before(n.start, "增长"), d.before(n.start, "提高"), d.before(n.start, "上升"), d.before(n.start, "增加"):
		props["direction"] = "up"
	case d.before(n.start, "下降"), d.before(n.start, "减少"), d.before(n.start, "压减"), d.before(n.start, "降低"):
		props["direction"] = "down"
	}
	d.out.mention(id, text, name, graph.Props{"unit": n.unit})
	d.out.claim(claim{subject: subject, predicate: graph.Measured, object: id, quote: d.quote(name, n.span), status: d.status(n.start), confidence: 0.7, rule: "number-and-noun", props: props})
}
