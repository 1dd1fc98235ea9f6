package extract

import (
	"slices"
	"sort"
	"strings"

	"reformgraph/loaders/resolve"
)

// placeHit is a place named in the text.
type placeHit struct {
	span
	div *resolve.Division
	// pro: said without a name (我市, 全省, 当地).
	pro bool
	// more: the other members of a compound (江浙); such a hit is a place only where a claim needs it.
	more []*resolve.Division
	// chain: part of a longer place that follows (浙江 in 浙江衢州开化县).
	chain bool
	// side: a party to talks, standing for its country (巴方); only ties of spread see it.
	side bool
}

// home is the place that an article comes from.
type home struct{ div *resolve.Division }

// notAfter are continuations that turn a short place name into part of
// another name: 青岛路, 泰安河.
var notAfter = []string{"路", "大街", "街道", "河", "江", "湖", "湾", "大桥", "大道", "话", "菜", "戏", "派", "站", "机场", "火车", "啤酒", "大曲", "高速", "铁路", "山", "拉面", "烤鸭", "炒饭", "火锅", "米粉", "热干面", "板鸭", "烧鸡", "小笼", "白酒", "龙井", "豆腐", "牛肉面", "肉夹馍", "刀削面", "早茶", "烧烤", "瓷器", "刺绣", "评书", "方言"}

// proforms are words that stand for a place of a level. The level "city" is a
// prefecture or county-level city.
var proforms = map[string]string{
	"全市": "city", "我市": "city", "该市": "city", "本市": "city", "全城": "city",
	"全省": "province", "我省": "province", "该省": "province", "全自治区": "province",
	"全区": "district", "我区": "district", "该区": "district", "本区": "district",
	"全县": "county", "我县": "county", "该县": "county", "本县": "county",
	"全国": "country", "我国": "country", "全中国": "country",
}

// compounds are short forms that stand for several provinces.
var compounds = map[string][]string{
	"江浙": {"320000", "330000"}, "苏浙": {"320000", "330000"}, "浙苏": {"330000", "320000"}, "京津": {"110000", "120000"}, "京津冀": {"110000", "120000", "130000"}, "川渝": {"510000", "500000"},
	"苏浙皖": {"320000", "330000", "340000"}, "苏浙沪": {"320000", "330000", "310000"}, "江浙沪": {"320000", "330000", "310000"}, "沪苏浙皖": {"310000", "320000", "330000", "340000"}, "云贵": {"530000", "520000"}, "粤闽": {"440000", "350000"}, "闽粤": {"350000", "440000"},
}

// rawPlaces are all names of the gazetteer in the text, before any judgement.
type rawPlace struct {
	span
	cand []*resolve.Division
	full bool
}

func (c *Chain) rawPlaces(r []rune, in span) []rawPlace {
	var out []rawPlace
	for i := in.start; i < in.end; {
		n, cand, full := c.gaz.Longest(r[:in.end], i)
		if n < 2 {
			i++
			continue
		}
		out = append(out, rawPlace{span{i, i + n}, cand, full})
		i += n
	}
	return out
}

// findPlaces finds the places named in all sentences; the home must be known.
func (c *Chain) findPlaces(d *doc) {
	var raws []rawPlace
	fulls := map[string]bool{} // codes of counties whose full name the article has
	for _, s := range d.sents {
		for _, p := range c.rawPlaces(d.r, s.span) {
			raws = append(raws, p)
			if p.full {
				for _, q := range p.cand {
					fulls[q.Code] = true
				}
			}
		}
	}
	var last []*resolve.Division // places in the order of mention, for antecedents
	for k := 0; k < len(raws); k++ {
		p := raws[k]
		chainPrev := k > 0 && joined(d, raws[k-1].span, p.span) && len(last) > 0
		var ctx *resolve.Division
		if chainPrev {
			ctx = last[len(last)-1]
		}
		div := c.choose(d, p, ctx, last, fulls)
		if div == nil {
			continue
		}
		hit := placeHit{span: p.span, div: div}
		if ctx != nil && len(d.places) > 0 && c.gaz.Within(div, ctx) && div != ctx {
			d.places[len(d.places)-1].chain = true
		}
		d.places = append(d.places, hit)
		last = append(last, div)
	}
	c.findZones(d)
	c.findTownships(d)
	c.findProforms(d)
	slices.SortStableFunc(d.places, func(a, b placeHit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	// A longer name swallows those inside it.
	out := d.places[:0]
	for _, p := range d.places {
		if len(out) > 0 && out[len(out)-1].end > p.start && out[len(out)-1].len() >= p.len() {
			continue
		}
		out = append(out, p)
	}
	d.places = out
}

// joined says that b follows a as in 浙江衢州 or 广东佛山的南海区.
func joined(d *doc, a, b span) bool {
	return a.end == b.start || b.start-a.end == 1 && (d.r[a.end] == '的' || d.r[a.end] == '省' || d.r[a.end] == '·')
}

// choose picks what a name stands for, nil if nothing supports any reading.
func (c *Chain) choose(d *doc, p rawPlace, ctx *resolve.Division, before []*resolve.Division, fulls map[string]bool) *resolve.Division {
	name := d.text(p.span)
	next := d.rune(p.end)
	if !p.full {
		for _, w := range notAfter {
			if d.at(p.end, w) {
				return nil
			}
		}
	}
	cand := slices.Clone(p.cand)
	// In force at the article's date, else any that was ever.
	var now []*resolve.Division
	for _, q := range cand {
		if c.gaz.InForce(q, d.art.Published) {
			now = append(now, q)
		}
	}
	if len(now) > 0 {
		cand = now
	} else if !p.full || ctx == nil && cand[0].Level == "county" && !(d.home != nil && c.gaz.Within(cand[0], d.home.div)) {
		return nil // an abolished division is spoken of by its full name and where the text places it
	}
	if p.len() == 2 && p.full && ctx == nil && p.start > 0 && han(d.r[p.start-1]) && !functionWord(d.r[p.start-1]) && !d.insidePlace(p.start-1) {
		return nil // 形|成县
	}
	if ctx != nil {
		for _, q := range cand {
			if q != ctx && c.gaz.Within(q, ctx) {
				return q
			}
		}
	}
	switch name {
	case "城区", "新区", "郊区", "矿区", "市区", "开发区": // names of divisions, but words without their parent in front
		return nil
	}
	ambiguous := !p.full && c.gaz.Ambiguous(name)
	best := cand[0]
	rank := func(q *resolve.Division) int {
		switch q.Level {
		case "country", "province":
			return 0
		case "zone":
			return 1
		case "prefecture":
			return 2
		}
		return 3
	}
	for _, q := range cand {
		if rank(q) < rank(best) {
			best = q
		}
	}
	if ambiguous {
		for _, q := range cand {
			if fulls[q.Code] {
				return q
			}
		}
		return nil
	}
	if rank(best) < 3 {
		// A name of two ranks (吉林 province and city, 海南) is the higher one but for 市 behind it.
		if next == '市' && best.Level == "province" && !resolve.Municipality(best) {
			for _, q := range cand {
				if q.Level == "prefecture" {
					return q
				}
			}
		}
		if best.Level != "zone" || len(cand) == 1 {
			return best
		}
	}
	// Counties: the one that the context supports.
	if h := d.home; h != nil {
		for _, q := range cand {
			if c.gaz.Within(q, h.div) {
				return q
			}
		}
		if pre := c.gaz.Above(h.div, "prefecture"); pre != nil {
			for _, q := range cand {
				if c.gaz.Within(q, pre) && (p.full || fulls[q.Code]) {
					return q
				}
			}
		}
	}
	for i := len(before) - 1; i >= 0 && len(before)-i < longestMemory; i-- {
		for _, q := range cand {
			if q.Code == before[i].Code || q.Level == "county" && c.gaz.Within(q, before[i]) && (p.full || fulls[q.Code]) && before[i].Level != "country" {
				return q
			}
		}
	}
	if p.full {
		if len(cand) == 1 {
			return cand[0]
		}
		d.out.unresolved(p.span, "several places have this name and the text names none above it")
		return nil
	}
	for _, q := range cand {
		if fulls[q.Code] {
			return q
		}
	}
	// A county's short name alone: where it is unique, at least three characters, or a city's, it may be trusted.
	if len(cand) == 1 && (p.len() >= 3 || cand[0].Ref != nil && cand[0].Ref.City || cand[0].Level == "zone") {
		return cand[0]
	}
	return nil
}

// zoneKinds end the names of zones, longest first where one ends another.
var zoneKinds = []string{"经济技术开发区", "高新技术产业开发区", "高新技术开发区", "自由贸易试验区", "自贸试验区", "经济开发区", "产业开发区", "综合保税区", "工业园区", "保税区", "高新区", "经开区", "开发区", "自贸区", "新区", "片区"}

// findZones finds zones named by the place they lie in (上饶经济技术开发区) or by a
// short name of their own (沂河新区).
func (c *Chain) findZones(d *doc) {
	var found []placeHit
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			if d.r[i] != '区' {
				continue
			}
			for _, kind := range zoneKinds {
				n := len([]rune(kind))
				if i+1-n < s.start || !d.before(i+1, kind) {
					continue
				}
				if h, ok := c.zone(d, s.span, span{i + 1 - n, i + 1}); ok {
					found = append(found, h)
				}
				break
			}
		}
	}
	d.places = append(d.places, found...)
	slices.SortStableFunc(d.places, func(a, b placeHit) int { return a.start - b.start })
}

func (c *Chain) zone(d *doc, s, kind span) (placeHit, bool) {
	// A place right in front, or with a short name between.
	prev := -1
	lo := sort.Search(len(d.places), func(k int) bool { return d.places[k].start >= s.start })
	for k := lo; k < len(d.places) && d.places[k].start < kind.end; k++ {
		p := d.places[k]
		if p.end <= kind.start {
			prev = k
		}
		if p.end >= kind.end {
			return placeHit{}, false // already one
		}
	}
	name := d.text(kind)
	if prev >= 0 {
		p := d.places[prev]
		gap := kind.start - p.end
		if gap == 0 && p.div.Level != "country" {
			return c.newZone(d, p.div, span{p.start, kind.end}, d.text(span{p.start, kind.end})), true
		}
		verb := false
		for _, w := range otherVerbs {
			verb = verb || strings.Contains(d.text(span{p.end, kind.start}), w)
		}
		if gap >= 1 && gap <= 4 && !verb && allHan(d.r[p.end:kind.start]) && !hasFunction(d.r[p.end:kind.start]) && name != "片区" && p.div.Level != "country" && p.div.Level != "province" {
			return c.newZone(d, p.div, span{p.start, kind.end}, d.text(span{p.end, kind.end})), true
		}
	}
	// 沂河新区 after a boundary, at home.
	if d.home != nil && (name == "新区" || name == "高新区" || name == "经开区" || name == "经济开发区" || name == "开发区") {
		start := kind.start
		for start > s.start && kind.start-start < 3 && han(d.r[start-1]) && !functionWord(d.r[start-1]) && !d.insidePlace(start-1) {
			start--
		}
		n := kind.start - start
		boundary := start == s.start || !han(d.r[start-1])
		if boundary && (n == 2 && name == "新区" || n == 0 && name != "新区") {
			if n == 0 {
				return c.newZone(d, d.home.div, kind, name), true
			}
			return c.newZone(d, d.home.div, span{start, kind.end}, d.text(span{start, kind.end})), true
		}
	}
	return placeHit{}, false
}

func (c *Chain) newZone(d *doc, within *resolve.Division, s span, name string) placeHit {
	if known := c.gaz.Find(name); len(known) == 1 && known[0].Level == "zone" {
		return placeHit{span: s, div: known[0]}
	}
	if within.Level == "zone" || within.Level == "township" || within.Level == "village" {
		if up := c.gaz.ByCode(within.Parent); up != nil {
			within = up
		}
	}
	return placeHit{span: s, div: d.out.division(within.Code+"/"+name, name, "zone", within)}
}

func (d *doc) insidePlace(i int) bool { return covers(d.places, i) }

// notVillages are words in 村 and 社区 that name no one village.
var notVillages = []string{"农村", "乡村", "全村", "各村", "本村", "山村", "新村", "行政村", "贫困村", "中心村", "试点村", "示范村", "自然村", "重点村", "每村", "个村", "该村", "村村", "驻村",
	"美丽乡村", "城中村", "渔村", "侨村", "邻村", "外村", "这个村", "小山村", "小村", "同村", "一村", "联村", "跨村", "强村", "进村", "入村", "到村", "城乡社区", "培训社区", "老旧社区", "所在社区", "街道社区", "农村社区", "智慧社区", "试点社区", "示范社区", "名社区", "名村", "离开村", "百村", "千村", "万村", "帮村"}

// findTownships finds townships and villages under a county that the text names.
func (c *Chain) findTownships(d *doc) {
	var found []placeHit
	known := map[string]*resolve.Division{}
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			switch {
			case d.r[i] == '镇' || d.r[i] == '乡' || d.r[i] == '道' && d.before(i+1, "街道"):
				if h, ok := c.township(d, s.span, i+1); ok {
					found = append(found, h)
				}
			case d.r[i] == '村' || d.r[i] == '区' && d.before(i+1, "社区"):
				if h, ok := c.village(d, s.span, i+1, found, known); ok {
					found = append(found, h)
				}
			}
		}
	}
	d.places = append(d.places, found...)
	slices.SortStableFunc(d.places, func(a, b placeHit) int { return a.start - b.start })
}

func (c *Chain) township(d *doc, s span, end int) (placeHit, bool) {
	for n := 6; n >= 2; n-- {
		start := end - n
		if start < s.start || !allHan(d.r[start:end]) {
			continue
		}
		name := d.text(span{start, end})
		counties := c.gaz.Townships(name)
		if len(counties) == 0 {
			continue
		}
		// Under the county named right in front, else before, else at home.
		var near []*resolve.Division
		for k := sort.Search(len(d.places), func(k int) bool { return d.places[k].start >= start }) - 1; k >= 0 && len(near) < longestMemory; k-- {
			near = append(near, d.places[k].div)
		}
		if d.home != nil {
			near = append(near, d.home.div)
		}
		for _, up := range near {
			var fit []string
			for _, code := range counties {
				if q := c.gaz.ByCode(code); q != nil && (c.gaz.Within(q, up) || q.Ref != nil && up.Ref != nil && q.Ref.Today == up.Ref.Today) {
					fit = append(fit, code)
				}
			}
			if len(fit) == 1 && (up.Level == "county" || up.Level == "prefecture") {
				in := c.gaz.ByCode(fit[0])
				if up.Level == "county" {
					in = up
				}
				return placeHit{span: span{start, end}, div: d.out.division(in.Code+"/"+name, name, "township", in)}, true
			}
		}
		return placeHit{}, false
	}
	return placeHit{}, false
}

func (c *Chain) village(d *doc, s span, end int, found []placeHit, known map[string]*resolve.Division) (placeHit, bool) {
	for n := 7; n >= 3; n-- { // the same village again
		if start := end - n; start >= s.start {
			if v := known[d.text(span{start, end})]; v != nil {
				return placeHit{span: span{start, end}, div: v}, true
			}
		}
	}
	if strings.ContainsRune("落民里干级委党集务容口头庄医校部户组屯居规貌支官史镇", d.rune(end)) && !d.at(end, "村委会") && !d.at(end, "党支部") && !d.at(end, "委会") && !d.at(end, "党委") && d.r[end-1] == '村' {
		return placeHit{}, false // 村落, 村民, 村务
	}
	kind := 1
	if d.before(end, "社区") {
		kind = 2
	}
	start, in := -1, (*resolve.Division)(nil)
	// 长阳县乐园村: a county or township right in front.
	near := slices.Concat(within(found, s.start, end), within(d.places, s.start, end))
	for _, p := range near {
		if p.end <= end-kind-1 && p.end >= end-kind-5 && p.start >= s.start && !p.pro && (p.div.Level == "county" || p.div.Level == "township" || p.div.Level == "prefecture" || p.div.Level == "province") {
			if allHan(d.r[p.end:end]) && !hasFunction(d.r[p.end:end]) && (start < 0 || p.end > start) {
				start, in = p.end, p.div
			}
		}
	}
	if start < 0 {
		// 水桶村 after a comma or 在, with a county named before.
		for n := kind + 1; n <= kind+3; n++ {
			at := end - n
			if at < s.start || !han(d.r[at]) || functionWord(d.r[at]) {
				break
			}
			if at == s.start || !han(d.r[at-1]) || strings.ContainsRune("在到和与从是的向把让为", d.r[at-1]) {
				if n >= kind+2 {
					start = at
				}
				break
			}
		}
		if start < 0 {
			return placeHit{}, false
		}
		last := sort.Search(len(d.places), func(k int) bool { return d.places[k].start >= start }) - 1
		for i := last; i >= 0 && last-i < longestMemory; i-- {
			if q := d.places[i]; q.div.Level == "county" && !q.pro {
				in = q.div
				break
			}
		}
		if in == nil && d.home != nil && d.home.div.Level == "county" {
			in = d.home.div
		}
	}
	if in == nil {
		return placeHit{}, false
	}
	if strings.ContainsRune("镇乡县市区", d.r[start]) && end-start > kind+2 {
		start++
	}
	for _, w := range otherVerbs {
		if d.at(start, w) {
			return placeHit{}, false
		}
	}
	name := d.text(span{start, end})
	if len([]rune(name)) < kind+2 || hasFunction(d.r[start:end]) || strings.ContainsAny(name, "个各多几每全的") || kind == 2 && strings.ContainsRune("一二两三四五六七八九十老小大新", []rune(name)[len([]rune(name))-3]) {
		return placeHit{}, false
	}
	for _, w := range notVillages {
		if strings.HasSuffix(name, w) {
			return placeHit{}, false
		}
	}
	if in.Level == "township" || in.Level == "zone" {
		if up := c.gaz.Above(d.out.up(in), "county"); up != nil {
			in = up
		}
	}
	v := d.out.division(in.Code+"/"+name, name, "village", in)
	known[name] = v
	return placeHit{span: span{start, end}, div: v}, true
}

// findProforms resolves 我市, 全省 and their like by the home and the nearest antecedent.
func (c *Chain) findProforms(d *doc) {
	var found []placeHit
	for _, s := range d.sents {
		for i := s.start; i+1 < s.end; i++ {
			r := d.r[i]
			if strings.ContainsRune("江苏浙京川沪云粤闽", r) {
				for _, n := range []int{4, 3, 2} {
					if i+n <= s.end && !d.insidePlace(i) && compounds[string(d.r[i:i+n])] != nil {
						h := placeHit{span: span{i, i + n}}
						for _, code := range compounds[string(d.r[i:i+n])] {
							h.more = append(h.more, c.gaz.ByCode(code))
						}
						h.div = h.more[0]
						found = append(found, h)
						i += n - 1
						break
					}
				}
				continue
			}
			if r != '全' && r != '我' && r != '该' && r != '本' {
				continue
			}
			for _, n := range []int{4, 2} {
				if i+n > s.end {
					continue
				}
				level, ok := proforms[string(d.r[i:i+n])]
				if !ok {
					continue
				}
				if d.rune(i+n) == '委' { // 我市委
					break
				}
				if div := c.antecedent(d, i, level); div != nil {
					found = append(found, placeHit{span: span{i, i + n}, div: div, pro: true})
				} else if r == '该' {
					d.out.unresolved(span{i, i + n}, "no place of its kind named before")
				}
				break
			}
		}
	}
	d.places = append(d.places, found...)
}

// longestMemory is how many places back an antecedent is looked for.
const longestMemory = 200

// fits says whether a place can be spoken of by a proform of a level.
func fits(q *resolve.Division, level string) bool {
	switch level {
	case "city":
		return resolve.IsCity(q)
	case "province":
		return q.Level == "province"
	case "district":
		return q.Level == "county" && strings.HasSuffix(q.Name, "区") || q.Level == "province" && strings.HasSuffix(q.Name, "自治区") || q.Level == "zone"
	case "county":
		return q.Level == "county"
	}
	return false
}

func (c *Chain) antecedent(d *doc, at int, level string) *resolve.Division {
	if level == "country" {
		return resolve.China
	}
	if d.home != nil {
		for q := d.home.div; q != nil; q = d.out.up(q) {
			if fits(q, level) {
				return q
			}
		}
	}
	last := sort.Search(len(d.places), func(k int) bool { return d.places[k].start >= at }) - 1
	for k := last; k >= 0 && last-k < longestMemory; k-- {
		p := d.places[k]
		if p.pro {
			continue
		}
		for q := p.div; q != nil; q = d.out.up(q) {
			if fits(q, level) && (q == p.div || level == "province" || level == "city") {
				return q
			}
		}
	}
	return nil
}

// findHome judges which place an article speaks of as 我市: the division with
// the most mentions of itself and what lies in it, title and first lines
// counting more. A county or a province wins where most mentions are its own.
func (c *Chain) findHome(d *doc) *resolve.Division {
	own := map[*resolve.Division]float64{}
	named := map[*resolve.Division]int{} // mentions of a place or what lies in it
	titled := map[*resolve.Division]bool{}
	lines := map[*resolve.Division]map[int]bool{} // lines that name it
	line := 0
	nation := 0.0
	var order []*resolve.Division
	add := func(q *resolve.Division, w float64) {
		if _, ok := own[q]; !ok {
			order = append(order, q)
		}
		own[q] += w
		for up := q; up != nil && up.Level != "country"; up = c.gaz.ByCode(up.Parent) {
			named[up]++
			titled[up] = titled[up] || w >= 5
			if lines[up] == nil {
				lines[up] = map[int]bool{}
			}
			lines[up][line] = true
		}
	}
	for n, s := range d.sents {
		weight := 1.0
		if s.title {
			weight = 5
		} else if n < 4 {
			weight = 2
		}
		line = s.para
		raws := c.rawPlaces(d.r, s.span)
		nation += weight * float64(c.nationwide(d, s.span))
		for k, p := range raws {
			if d.venue(p.span) {
				continue
			}
			var ctx *resolve.Division
			if k > 0 && joined(d, raws[k-1].span, p.span) {
				for _, q := range raws[k-1].cand {
					for _, x := range p.cand {
						if c.gaz.Within(x, q) && x != q {
							ctx = x
						}
					}
				}
			}
			switch {
			case ctx != nil:
				add(ctx, weight)
			case !p.full && c.gaz.Ambiguous(d.text(p.span)):
			default:
				var now []*resolve.Division
				for _, x := range p.cand {
					if c.gaz.InForce(x, d.art.Published) {
						now = append(now, x)
					}
				}
				if len(now) == 0 || now[0].Level == "country" || len(now) > 1 && now[0].Level == "county" && !p.full {
					continue
				}
				add(now[0], weight)
			}
		}
	}
	total := map[*resolve.Division]float64{}
	sum := 0.0
	for _, q := range order {
		sum += own[q]
		for up := q; up != nil && up.Level != "country"; up = c.gaz.ByCode(up.Parent) {
			total[up] += own[q]
		}
	}
	var best *resolve.Division
	better := func(level string, share float64) {
		var top *resolve.Division
		for _, q := range order {
			for up := q; up != nil && up.Level != "country"; up = c.gaz.ByCode(up.Parent) {
				if up.Level == level && (top == nil || total[up] > total[top] || total[up] == total[top] && up.Code < top.Code) {
					top = up
				}
			}
		}
		if top != nil && total[top] >= share*sum && total[top] >= 2 && (best == nil || c.gaz.Within(top, best)) {
			// Going down from a province or prefecture needs the lower one to be spoken of more than the upper one itself.
			if best == nil || total[top] >= own[best]*1.0 {
				best = top
			}
		}
	}
	better("province", 0.6)
	better("prefecture", 0.55)
	better("county", 0.6)
	if best != nil && best.Level == "prefecture" && own[best] == 0 {
		// Only its counties are named: the county if there is one, else the prefecture.
		better("county", 0.5)
	}
	if best != nil && !titled[best] && line > 3 { // in one item of many, or only towards the end: a place passed through
		first := line
		for k := range lines[best] {
			first = min(first, k)
		}
		if len(lines[best]) < 2 || first > (line+1)/2 {
			return nil
		}
	}
	if best != nil && !titled[best] && (named[best] < 2 || nation > total[best]) {
		return nil // named once, or in a text about the state's business
	}
	return best
}

// nationwide counts the words in a sentence that speak of the state as a whole.
func (c *Chain) nationwide(d *doc, s span) int {
	n := 0
	for i := s.start; i < s.end; i++ {
		for _, w := range []string{"总书记", "国务院", "党中央", "中共中央", "全国人大", "全国政协", "国家主席", "中央军委", "中央政治局", "我国", "各国", "人类命运共同体"} {
			if d.at(i, w) {
				n++
				i += len([]rune(w)) - 1
				break
			}
		}
	}
	return n
}

// venue says that a place is only where something was held: 在北京举行, 在杭州会见.
func (d *doc) venue(s span) bool {
	if d.rune(s.start-1) != '在' {
		return false
	}
	for i := s.end; i < s.end+12 && i < len(d.r); i++ {
		for _, w := range []string{"举行", "召开", "会见", "开幕", "闭幕", "出席", "主持", "人民大会堂", "钓鱼台", "中南海", "落下帷幕", "同", "会晤"} {
			if d.at(i, w) {
				return true
			}
		}
		if d.r[i] == '，' || d.r[i] == '。' {
			return false
		}
	}
	return false
}
