package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// orgHit is a body named in the text.
type orgHit struct {
	span
	id   string
	name string            // resolved: 淄博市委 for 市委
	div  *resolve.Division // its place; nil if none is known
	kind string
	post bool // only says where a person holds a post: 甲市委|书记某某
}

// levelWords are the words for a kind of division that may stand for one
// (市委, 省政府), with the proform level they resolve by and the words that they begin otherwise.
var levelWords = map[rune]struct{ level, not string }{
	'市': {"city", "场民区值容域直级属花井斤侩面长"}, '省': {"province", "份级内直属略去力电会城长"}, '县': {"county", "级域城直属长"}, '区': {"district", "域级块间别县直属分长"},
	'州': {"prefecture", "级直长"}, '旗': {"county", "帜下舰袍号子"},
}

// findBodies finds bodies in all sentences; places must be known.
func (c *Chain) findBodies(d *doc) {
	for _, s := range d.sents {
		pi := 0
		for i := s.start; i < s.end; {
			for pi < len(d.places) && d.places[pi].start < i {
				pi++
			}
			// Fixed names.
			if n, ids, ok := c.bodies.Longest(d.r[:s.end], i); ok {
				b := c.lex.Bodies[ids[0]]
				word := d.text(span{i, i + n})
				if !(word == "中央" && c.notCentre(d, i)) && !(d.rune(i-1) == '《' && d.rune(i+n) == '》') {
					name := b.Field(0)
					if more := c.office(d, s.end, i+n); more > 0 { // 自然资源部|办公厅, 国务院|医改领导小组
						n += more
						word = d.text(span{i, i + n})
						name = c.namer.Bare(word, nil)
					}
					d.addBody(orgHit{span: span{i, i + n}, id: graph.ScopedID(graph.LabelOrganization, "CN", name), name: word, kind: b.Field(1), div: resolve.China})
					first := i
					i += n
					if strings.HasSuffix(word, "委员会") && strings.HasPrefix(word, b.Field(0)) && word != b.Field(0) {
						i = c.committees(d, s.end, i, d.text(span{first, first + len([]rune(b.Field(0)))}), b.Field(1))
					}
					continue
				}
			}
			// A place and a stem: 淄博市|委改革办, 山东|省政府.
			if pi < len(d.places) && d.places[pi].start == i {
				p := d.places[pi]
				if h, ok := c.stem(d, s.end, i, p.end, p.div, p.pro); ok {
					d.addBody(h)
					i = h.end
					continue
				}
				i++
				continue
			}
			// 市|委 alone.
			lw, ok := levelWords[d.r[i]]
			from := i
			if d.before(i+1, "自治区") && i-2 >= s.start {
				lw.level, from = "province", i-2
			}
			if ok && i+1 < s.end && (!strings.ContainsRune(lw.not, d.r[i+1]) || c.longStem(d, s.end, i+1)) && !d.insidePlace(i) && (from < i || boundaryBefore(d, s.start, i)) {
				if n, ids, ok := c.stems.Longest(d.r[:s.end], i+1); ok && c.lex.Stems[ids[0]].Field(1) != "-" || c.department(d, s.end, i+1) > 0 {
					if q := c.antecedent(d, i, lw.level); q != nil {
						if h, ok := c.stem(d, s.end, from, i+1, q, false); ok {
							d.addBody(h)
							i = h.end
							continue
						}
					} else if ok {
						d.out.unresolved(span{i, i + 1 + n}, "no place of its kind is known whose body it could be")
					}
				}
			}
			i++
		}
	}
	c.findNamedBodies(d)
	slices.SortStableFunc(d.orgs, func(a, b orgHit) int { return a.start - b.start })
}

// longStem says that a stem of three or more characters begins at i: 市|民政局.
func (c *Chain) longStem(d *doc, end, i int) bool {
	n, ids, ok := c.stems.Longest(d.r[:end], i)
	return ok && n >= 3 && c.lex.Stems[ids[0]].Field(1) != "-" || c.department(d, end, i) >= 3 && d.r[i+1] != '长'
}

// office returns the length of an office or commission named after a national body at i.
func (c *Chain) office(d *doc, end, i int) int {
	for _, w := range []string{"办公厅", "办公室"} {
		if d.at(i, w) {
			return 3
		}
	}
	for n := 2; n <= 14 && i+n+3 <= end; n++ {
		if r := d.r[i+n-1]; !han(r) || functionWord(r) && r != '和' && r != '与' || d.at(i+n-1, "成立") || d.at(i+n-1, "设立") || d.at(i+n-1, "组建") {
			return 0
		}
		if d.at(i+n, "领导小组") && i+n+4 <= end {
			return n + 4
		}
		if d.at(i+n, "委员会") && !d.at(i+n-2, "专门") && !d.at(i+n-2, "工作") && !d.at(i, "常务") && !d.at(i, "各") && !d.at(i, "和") {
			return n + 3
		}
	}
	return 0
}

// committees reads the other committees of a body whose first one ends at i:
// 全国人大法律委员会|、财政经济委员会和外事委员会.
func (c *Chain) committees(d *doc, end, i int, of, kind string) int {
	for i+1 < end && (d.r[i] == '、' || d.r[i] == '和') {
		n := 0
		for k := i + 3; k < end && k-i <= 14 && n == 0; k++ {
			if !han(d.r[k]) || d.at(k, "委员会") && functionWord(d.r[k-1]) {
				break
			}
			if d.at(k, "委员会") {
				n = k + 3 - (i + 1)
			}
		}
		if n == 0 || i+1+n > end {
			break
		}
		at := span{i + 1, i + 1 + n}
		name := of + d.text(at)
		for _, w := range []string{"常委会", "全国"} { // 和常委会|代表资格审查委员会
			if strings.HasPrefix(d.text(at), w) {
				name = "全国人大" + strings.TrimPrefix(d.text(at), "全国人大")
			}
		}
		d.addBody(orgHit{span: at, id: graph.ScopedID(graph.LabelOrganization, "CN", c.namer.Bare(name, nil)), name: name, kind: kind, div: resolve.China})
		i = at.end
	}
	return i
}

func (d *doc) addBody(h orgHit) {
	if d.inBody == nil {
		d.inBody = make([]bool, len(d.r))
	}
	if slices.Contains(d.inBody[h.start:h.end], true) {
		return
	}
	for i := h.start; i < h.end; i++ {
		d.inBody[i] = true
	}
	d.orgs = append(d.orgs, h)
}

// longerBody adds a body in the place of its parent, whose name opens its own: 中国铁建|金融租赁公司.
func (d *doc) longerBody(h orgHit) {
	for k, o := range d.orgs {
		if o.start == h.start && o.end < h.end && o.kind == h.kind && h.kind == "enterprise" {
			d.orgs = slices.Delete(d.orgs, k, k+1)
			for i := o.start; i < o.end; i++ {
				d.inBody[i] = false
			}
			break
		}
	}
	d.addBody(h)
}

// notCentre: 中央 is the party's centre only where it acts or gives: not in 中央空调, 中央财政, 中央大街.
func (c *Chain) notCentre(d *doc, i int) bool {
	for _, w := range []string{"空调", "财政", "企业", "大街", "预算", "商务区", "公园", "台", "电视", "广播", "苏区", "民族", "音乐", "美术", "博物", "红军", "领导", "领土", "储备", "国家机关", "经济工作会议", "农村工作会议", "城镇化工作会议", "城市工作会议", "人才工作会议", "民族工作会议", "政治工作会议", "一号文件", "厨房", "银行"} {
		if d.at(i+2, w) {
			return true
		}
	}
	return d.rune(i-1) == '党' || d.rune(i-1) == '共' || d.rune(i-1) == '团'
}

// wordsBefore end in the character of a level word: 城市, 社区, 节省.
var wordsBefore = map[rune]string{'市': "城都超夜楼股门集闹菜黑入上街花", '省': "节反俭", '县': "", '区': "社地园城辖小新校库山灾战片景街郊牧林矿湖海分厂发港税特", '州': "神九", '旗': "国党红军锦义"}

func boundaryBefore(d *doc, start, i int) bool {
	if i <= start || !han(d.r[i-1]) {
		return true
	}
	return !strings.ContainsRune(wordsBefore[d.r[i]], d.r[i-1]) || d.insideAny(i-1)
}

func (d *doc) insideAny(i int) bool {
	return d.insidePlace(i) || i >= 0 && i < len(d.inBody) && d.inBody[i]
}

// stem reads a body whose place's name ends at from. start is where the whole begins.
func (c *Chain) stem(d *doc, end, start, from int, q *resolve.Division, pro bool) (orgHit, bool) {
	if q.Level == "country" || pro {
		return orgHit{}, false
	}
	at := from
	// 山东|省政府: the short name, then the word for the kind.
	if lw, ok := levelWords[d.rune(at)]; ok && !strings.HasSuffix(d.text(span{start, from}), string(d.rune(at))) && !strings.ContainsRune(lw.not, d.rune(at+1)) && from > start+1 {
		at++
	}
	n, kind, canon := 0, "", ""
	if l, ids, ok := c.stems.Longest(d.r[:end], at); ok {
		row := c.lex.Stems[ids[0]]
		if row.Field(1) == "-" {
			return orgHit{}, false
		} else {
			n, kind, canon = l, row.Field(1), row.Field(2)
			if canon == "" {
				canon = row.Field(0)
			}
		}
	}
	if l := c.department(d, end, at); l > n {
		n, kind, canon = l, "government", d.text(span{at, at + l})
	}
	if n == 0 {
		return orgHit{}, false
	}
	if kind == "association" && canon == "团委" {
		return orgHit{}, false
	}
	// 书记 of a 区 in 市辖区 and the like: the body must end here.
	if canon == "委" && (d.rune(at+1) == '托' || d.rune(at+1) == '派' || d.rune(at+1) == '以') {
		return orgHit{}, false
	}
	short := resolve.Short(q)
	kindWord := strings.TrimPrefix(q.Name, short)
	if kindWord == "特别行政区" {
		kindWord = "特区"
	} else if len([]rune(kindWord)) > 1 { // 自治州 stays out of 州委
		kindWord = string([]rune(kindWord)[len([]rune(kindWord))-1:])
		if q.Level == "province" {
			kindWord = "自治区"
		}
	}
	if q.Level == "zone" {
		kindWord = ""
	}
	stemText := d.text(span{at, at + n})
	if stemText == "海关" || stemText == "警方" { // 武汉海关 is no body of the city
		kindWord = ""
	}
	name := short + kindWord + stemText
	return orgHit{span: span{start, at + n}, id: graph.ScopedID(graph.LabelOrganization, q.Code, c.namer.Bare(kindWord+canon, nil)), name: name, div: q, kind: kind}, true
}

// department finds a department by its last character: 2 to 11 characters and 局, 厅.
func (c *Chain) department(d *doc, end, at int) int {
	if at+2 > end || !han(d.r[at]) || !han(d.r[at+1]) {
		return 0
	}
	for n := 2; n <= 12 && at+n < end; n++ {
		r := d.r[at+n]
		if r == '兼' || d.r[at] == '长' || d.r[at+1] == '兼' || r == '长' && d.rune(at+n+1) == '兼' {
			return 0
		}
		if !han(r) || functionWord(r) && r != '和' || strings.ContainsRune("市县区省", r) && n < 2 {
			return 0
		}
		if n >= 4 && r == '室' && d.before(at+n+1, "办公室") {
			for k := at; k < at+n; k++ {
				if d.insidePlace(k) || functionWord(d.r[k]) && d.r[k] != '和' {
					return 0
				}
			}
			return n + 1
		}
		if r == '局' || r == '厅' || r == '署' && n >= 2 && !d.at(at+n+1, "名") {
			if r == '局' && (strings.ContainsRune("布格结大开面势部", d.r[at+n-1]) || strings.ContainsRune("面势部", d.rune(at+n+1))) {
				return 0
			}
			if r == '厅' && (strings.ContainsRune("客大餐议", d.r[at+n-1]) || d.insidePlace(at)) {
				return 0
			}
			for k := at; k < at+n; k++ {
				if d.r[k] == '、' || d.insidePlace(k) || functionWord(d.r[k]) && d.r[k] != '和' {
					return 0
				}
			}
			return n + 1
		}
	}
	return 0
}

// genericBodies are words that make a name in a suffix (某公司, 乡镇卫生院) one of many.
var genericBodies = []string{"乡镇", "基层", "各级", "三甲", "县级", "市级", "省级", "公立", "有关", "相关", "企业", "这家", "该", "民营", "国有", "地方", "多家", "一家", "两家", "几家", "上市", "物流", "大型", "中小", "跨国",
	"外资", "科技", "母", "子", "分", "总", "本", "所在", "社区", "定点", "综合", "专科", "全科", "高等", "职业", "中外", "农村", "城市", "商业", "政策性", "开发性", "中小", "重点", "知名", "著名", "附近", "部分", "许多", "不少", "众多", "每家", "一些", "家庭", "民办", "私立", "希望", "全国", "各地", "专业", "股份制", "互助", "行业", "龙头", "骨干", "施工", "保险", "投资", "旅游", "快递", "生产", "外贸", "网络", "房地产", "能源", "电力", "乡村", "我们", "我", "你", "他", "当地", "研究", "集体", "合资", "独资", "控股", "担保", "租赁", "中央", "评审", "犯罪", "执照", "跨国", "所属", "首家", "外资控股", "上市", "专家", "居民", "村民", "业主", "常务", "党", "军", "咨询", "组织", "学术", "管理", "审议", "专门", "仲裁", "评估", "改制"}

// findNamedBodies finds bodies by the word that ends their name, and those that are being set up.
func (c *Chain) findNamedBodies(d *doc) {
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			n, ids, ok := c.suffixes.Longest(d.r[:s.end], i)
			if !ok {
				continue
			}
			row := c.lex.Suffixes[ids[0]]
			if h, ok := c.named(d, s.span, span{i, i + n}, row.Field(1), row.Field(2) == "1"); ok {
				d.longerBody(h)
				i = h.end - 1
			}
		}
		c.groups(d, s)
	}
}

// leftStops are words that end the leftward reading of a name.
var leftStops = []string{"成立", "开展", "经过", "新设", "代表", "首家", "首个", "我国", "注册", "吸引", "面对", "属于", "服务", "名为", "称为", "组建", "设立", "建立", "来到", "走进", "走访", "位于", "获批", "落户", "依托", "考察", "通过", "包括", "邀请", "前往", "参观", "引进", "借助", "委托", "作为", "担任", "视察", "调研", "指导", "支持", "鼓励", "推动", "要求", "以及", "面向", "来自", "采访", "高规格", "准成立", "进驻", "参加", "出席", "召开", "出任", "兼任", "现任", "原", "如", "比如", "例如", "像", "记者", "带领", "帮助", "报道", "据", "派驻", "入驻", "毕业于", "就读", "打造", "创办", "创建", "开设", "创立", "一家", "这家", "两家", "多家", "几家", "家", "所", "位", "名", "个"}

func (c *Chain) named(d *doc, s, suffix span, kind string, strict bool) (orgHit, bool) {
	start := suffix.start
	for start > s.start && suffix.start-start < 24 {
		r := d.r[start-1]
		if r == '）' || r == '（' || r == '·' || letter(r) {
			start--
			continue
		}
		if !han(r) || functionWord(r) && !(r == '和' && d.insidePlace(start-1)) && !(r == '与' && (kind == "government")) {
			break
		}
		stop := false
		for _, w := range leftStops {
			if d.before(start, w) && !d.insideAny(start-1) && (len(w) > 3 || d.counting(start-2)) {
				stop = true
				break
			}
		}
		if stop || c.clauseWord(d, s.start, start) {
			break
		}
		start--
	}
	// The name begins with the last run of places in it, where there is one.
	var div *resolve.Division
	places := within(d.places, start-farthest, suffix.end)
	for k, p := range places {
		if p.pro || p.end > suffix.end || p.start < s.start {
			continue
		}
		if p.start >= start-2 && p.start < suffix.start && p.end <= suffix.end && (k == 0 || places[k-1].end != p.start || places[k-1].start < start) {
			if div == nil || p.start <= start {
				start, div = p.start, p.div
			}
		}
	}
	if div != nil {
		for _, p := range within(d.places, start, suffix.start) {
			if p.start >= start && p.end <= suffix.start && !p.pro {
				div = p.div
			}
		}
	}
	mid := d.text(span{start, suffix.start})
	size := suffix.start - start
	if size == 0 {
		return orgHit{}, false
	}
	made := d.before(start, "成立") || d.before(start, "组建") || d.before(start, "设立") || d.before(start, "成立了") || d.before(start, "组建了") || d.before(start, "建立")
	if div == nil && !strings.HasPrefix(mid, "中国") && !strings.HasPrefix(mid, "国家") {
		if strict || size < 2 && !made {
			return orgHit{}, false
		}
		if kind == "government" && !made && size < 6 {
			return orgHit{}, false
		}
		for _, g := range genericBodies {
			if mid == g || strings.HasSuffix(mid, g) && size < 5 && kind != "media" {
				return orgHit{}, false
			}
		}
		if kind == "enterprise" && size < 3 {
			return orgHit{}, false
		}
		if d.rune(start-1) == '的' && kind == "enterprise" && size < 4 {
			return orgHit{}, false
		}
	}
	if div != nil {
		for _, g := range genericBodies {
			if tail := string([]rune(mid)[min(len([]rune(mid)), 2):]); tail == g && kind != "other" {
				return orgHit{}, false
			}
		}
	}
	if rest := strings.TrimPrefix(strings.TrimPrefix(mid, "国家"), "中国"); rest != mid && slices.Contains(genericBodies, rest) { // 国家公立医院
		return orgHit{}, false
	}
	if strings.HasSuffix(mid, "国") && suffix.len() == 2 && kind == "enterprise" || d.rune(start) == '受' || d.rune(start) == '年' { // 二十国集团
		return orgHit{}, false
	}
	if d.rune(start-1) == '《' || strings.ContainsAny(mid, "、，") {
		return orgHit{}, false
	}
	whole := span{start, suffix.end}
	name := d.text(whole)
	code, q := "CN", div
	if q == nil && d.home != nil && !strings.HasPrefix(mid, "中国") && !strings.HasPrefix(mid, "国家") && kind != "media" {
		q = d.home.div
	}
	if q != nil {
		code = q.Code
	}
	return orgHit{span: whole, id: graph.ScopedID(graph.LabelOrganization, code, c.namer.Bare(name, q)), name: name, div: q, kind: kind}, true
}

// clauseWord says that a word ends at i that the name of a body does not hold: 扩大|…公司, 已经|….
func (c *Chain) clauseWord(d *doc, from, i int) bool {
	for n := 2; n <= 4 && i-n >= from; n++ {
		switch c.breakClass[d.text(span{i - n, i})] {
		case "adverb", "time", "count":
			return !d.insideAny(i - 1)
		case "verb":
			if d.verbal(i-n) && !d.insideAny(i-1) {
				return true
			}
		}
	}
	return false
}

// counting says that the character at i counts: 一|家, 这|家, 多|位.
func (d *doc) counting(i int) bool {
	r := d.rune(i)
	_, numeral := chineseDigits[r]
	return numeral || digit(r) || strings.ContainsRune("十百千万余多几这该那某每各", r)
}

// groups reads A、B、C四大集团公司 and A、B两家企业: each member is a company.
func (c *Chain) groups(d *doc, s sentence) {
	for _, n := range within(d.nums, s.start, s.end) {
		if n.start < s.start || n.end > s.end || n.ordinal {
			continue
		}
		if n.unit != "大" && n.unit != "家" {
			continue
		}
		kind := ""
		for _, w := range []string{"集团公司", "集团", "公司", "企业", "银行"} {
			if d.at(n.end, w) {
				kind = "enterprise"
			}
		}
		if kind == "" || n.start-s.start < 4 {
			continue
		}
		// Members to the left, separated by 、.
		end := n.start
		count := 0
		for end > s.start {
			start := end
			for start > s.start && han(d.r[start-1]) && !functionWord(d.r[start-1]) && end-start < 12 {
				stop := false
				for _, w := range leftStops {
					if d.before(start, w) {
						stop = true
					}
				}
				if stop || d.before(start, "实现") || d.before(start, "推动") {
					break
				}
				start--
			}
			if end-start < 3 || end-start > 10 || count == 0 && (start == s.start || d.r[start-1] != '、') {
				break
			}
			h := orgHit{span: span{start, end}, name: d.text(span{start, end}), kind: kind}
			code := "CN"
			if d.home != nil {
				h.div, code = d.home.div, d.home.div.Code
			}
			h.id = graph.ScopedID(graph.LabelOrganization, code, c.namer.Bare(h.name, h.div))
			d.addBody(h)
			count++
			if start == s.start || d.r[start-1] != '、' {
				break
			}
			end = start - 1
		}
	}
}

// writeBodies puts the bodies found among the facts, with their seats.
func (c *Chain) writeBodies(d *doc) {
	for _, o := range d.orgs {
		n := d.out.mention(o.id, o.name, o.span, graph.Props{"kind": o.kind})
		if text := d.text(o.span); text != o.name {
			n.aliases[text] = true
		}
		for _, w := range []string{"落户", "坐落于", "位于", "入驻"} {
			if !d.at(o.end, w) {
				continue
			}
			for _, p := range within(d.places, o.end, o.end+8) {
				if !p.chain && p.div.Level != "country" {
					d.out.claim(claim{subject: o.id, predicate: graph.In, object: p.div.ID(), quote: d.quote(o.span, p.span), status: d.status(o.end), confidence: 0.9, rule: "seat"})
				}
			}
		}
		if o.div != nil && o.div.Level != "country" {
			d.out.claim(claim{subject: o.id, predicate: graph.In, object: o.div.ID(), quote: d.quote(o.span), confidence: 0.9, rule: "body-of-place"})
		}
	}
}
