package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/resolve"
)

// post is one post of a person: a title and the body or place it is held at.
type post struct {
	span
	title string
	org   *orgHit
	div   *resolve.Division
}

// personHit is a person named beside a post, or again after that.
type personHit struct {
	span
	id   string
	name string
}

// saidAfter are words that follow a person's name.
var saidAfter = []string{"明确指出", "明确", "指出", "强调", "表示", "介绍", "认为", "告诉", "说", "主持", "出席", "讲话", "同志", "先生", "女士", "来到", "带领", "率", "在", "就", "对", "到", "向", "等", "为", "作", "会见", "考察", "调研", "要求", "听了", "参加", "宣布", "发表", "与", "和", "及", "将", "曾", "也", "则", "还", "从", "把", "被", "是", "的", "上门", "第一", "任", "代表", "陪同", "同", "解释", "透露", "坦言", "直言", "担任", "兼", "当选", "致辞", "致信", "签署", "部署", "提出", "高度", "专门", "亲自", "多次", "先后", "又", "都", "深入", "率先", "一行", "主任", "书记", "市长", "省长", "部长", "前往", "抵达", "访问", "结束", "今天", "昨天", "日前", "近日", "当天", "以", "分别", "共同", "作出", "做出", "听取", "充分", "创造", "年", "时", "一直", "正", "已", "了解", "没有", "觉得", "决定", "主动", "看望", "慰问", "走进", "叮嘱", "看到", "发现", "带着", "拿出", "想出", "开始", "回忆", "感慨", "告诉记者", "算了", "来说", "指着", "牢记", "深知", "心里", "回答", "接受", "组织", "牵头"}

// givenNot are characters that hardly ever stand in a given name.
func givenNot(r rune) bool {
	return strings.ContainsRune("说是在有不了着过们者性及其某等局委省县员职务议指的让使就都又还但则到这那并个各每", r) || !han(r)
}

// findPeople finds people by a post in front of or behind their name.
func (c *Chain) findPeople(d *doc) {
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			n, ids, ok := c.posts.Longest(d.r[:s.end], i)
			if !ok {
				continue
			}
			row := c.lex.Posts[ids[0]]
			if row.Field(1) == "-" {
				i += n - 1
				continue
			}
			at := span{i, i + n}
			if row.Field(0) == "常委" && d.rune(i+n) == '会' {
				i += n - 1
				continue
			}
			after := at.end
			if d.rune(after) == '、' || d.rune(after) == '兼' || d.rune(after) == ' ' || d.rune(after) == '—' {
				i += n - 1
				continue // another post follows; the name comes behind the last one
			}
			if row.Field(1) == "both" && c.follows(d, after) { // 林某书记|强调
				if name := c.personBefore(d, s.start, i); name.len() > 0 {
					c.addPerson(d, s.span, at, name, false)
					i += n - 1
					continue
				}
			}
			if name := c.personAt(d, s.end, after); name.len() > 0 && !c.saidWhole(d, name) {
				c.addPerson(d, s.span, at, name, true)
				i = name.end - 1
				continue
			}
			if row.Field(1) == "both" {
				if name := c.personBefore(d, s.start, i); name.len() > 0 {
					c.addPerson(d, s.span, at, name, false)
				}
			}
			i += n - 1
		}
	}
	c.againPeople(d)
}

// personAt reads a name at i: a surname and one or two characters more, or a
// name with · in it.
func (c *Chain) personAt(d *doc, end, i int) span {
	if i >= end || !han(d.r[i]) {
		return span{}
	}
	// 夏巴兹·谢里夫, 买买提·艾力
	j := i
	for j < end && (han(d.r[j]) && !functionWord(d.r[j]) || d.r[j] == '·') && j-i < 14 {
		j++
	}
	if dot := slices.Index(d.r[i:j], '·'); dot >= 2 && dot <= 6 {
		k := i + dot + 1
		for k < j && k-i-dot <= 6 && !c.follows(d, k) {
			k++
		}
		if k > i+dot+1 {
			return span{i, k}
		}
	}
	sn := 0
	if i+2 <= end && c.surnames[string(d.r[i:i+2])] {
		sn = 2
	} else if c.surnames[string(d.r[i])] {
		sn = 1
	} else {
		return span{}
	}
	best, score := span{}, 0
	for given := 1; given <= 2; given++ {
		j := i + sn + given
		if j > end {
			break
		}
		ok := true
		for k := i + sn; k < j; k++ {
			if givenNot(d.r[k]) {
				ok = false
			}
		}
		if !ok {
			break
		}
		v := 0
		switch {
		case j == end || !han(d.r[j]):
			v = 3
			if given == 1 {
				v = 2
			}
		default:
			if n := c.followLength(d, j); n > 0 {
				v = 2 + n
				if given == 1 && j+1 <= end && !c.follows(d, j+1) {
					v++
				}
			}
		}
		if v > score || v == score && v > 0 && given == 2 && !c.follows(d, j-1) {
			best, score = span{i, j}, v
		}
	}
	if best.len() > 0 && (d.insidePlaceName(best) || inOrg(d, best)) {
		return span{}
	}
	return best
}

func (d *doc) insidePlaceName(s span) bool {
	for _, p := range within(d.places, s.start-farthest, s.end) {
		if p.overlaps(s) && !p.pro {
			return true
		}
	}
	return false
}

// saidWhole says that what looks like a name is a word of saying: 总书记|强调.
func (c *Chain) saidWhole(d *doc, s span) bool {
	for _, w := range saidAfter {
		if d.at(s.start, w) && len([]rune(w)) >= s.len() || d.rune(s.start) == '曾' && d.at(s.start+1, w) {
			return true
		}
	}
	return false
}

func (c *Chain) follows(d *doc, i int) bool { return c.followLength(d, i) > 0 }

// followLength is the length of the longest word at i that follows a name, 0 for none.
func (c *Chain) followLength(d *doc, i int) int {
	longest := 0
	for _, w := range saidAfter {
		if n := len([]rune(w)); n > longest && d.at(i, w) {
			longest = n
		}
	}
	if n, _, ok := c.verbTrie.Longest(d.r, i); ok && n > longest {
		longest = n
	}
	return longest
}

// personBefore reads a name that ends at i: 省委|林武|书记.
func (c *Chain) personBefore(d *doc, start, i int) span {
	for _, n := range []int{4, 3, 2} {
		at := i - n
		if at < start {
			continue
		}
		sn := 1
		if c.surnames[string(d.r[at:at+2])] && n > 2 {
			sn = 2
		} else if !c.surnames[string(d.r[at])] || n == 4 {
			continue
		}
		ok := true
		for k := at + sn; k < i; k++ {
			if givenNot(d.r[k]) {
				ok = false
			}
		}
		if !ok || d.insidePlaceName(span{at, i}) {
			continue
		}
		// A boundary, or a body, in front.
		if at == start || !han(d.r[at-1]) || functionWord(d.r[at-1]) || d.insideAny(at-1) {
			return span{at, i}
		}
	}
	return span{}
}

// addPerson reads the posts around a name and notes who holds what.
func (c *Chain) addPerson(d *doc, s, at, name span, behind bool) {
	var posts []post
	if behind {
		posts = c.postsBefore(d, s, at)
	} else {
		title := d.text(at)
		p := post{span: span{name.start, at.end}, title: title}
		orgs, places := within(d.orgs, name.start-farthest, name.start), within(d.places, name.start-farthest, name.start)
		for k := range orgs {
			if o := &orgs[k]; o.end == name.start {
				p.org, p.start = o, o.start
				p.title = o.tail(d) + title
			}
		}
		if p.org == nil {
			for k := range places {
				if q := places[k]; q.end == name.start && !q.pro {
					p.div, p.start = q.div, q.start
				}
			}
		}
		if p.org == nil && p.div == nil {
			p.org = c.nationalBody(d, title)
		}
		posts = []post{p}
	}
	text := d.text(name)
	code := "?"
	for _, p := range posts {
		if nationalPosts[p.title] != "" || nationalPosts[c.postWord(p.title)] != "" && p.org == nil && p.div == nil {
			code = "CN"
		}
		if p.org != nil && p.org.div != nil {
			code = p.org.div.Code
			break
		}
		if p.div != nil {
			code = p.div.Code
			break
		}
	}
	for _, p := range posts {
		if code == "?" && p.org != nil { // a body without a place of its own: 中国政法大学
			code = "CN"
		}
	}
	if code == "?" {
		// A person without body or place: at home, if the article has one.
		if d.home == nil || len(posts) == 0 {
			return
		}
		code = d.home.div.Code
	}
	id := graph.LeaderID(text, code)
	if d.byName == nil {
		d.byName = map[string]string{}
	}
	if known := d.byName[text]; known != "" {
		id = known
	}
	d.byName[text] = id
	d.people = append(d.people, personHit{name, id, text})
	d.out.mention(id, text, name, nil)
	// Several posts at one body are one tie: 党组书记、局长.
	type tie struct {
		object, title string
		lo, hi        int
	}
	var ties []tie
	for _, p := range posts {
		object := ""
		if p.org != nil {
			object = p.org.id
			p.org.post = true
			d.out.mention(p.org.id, p.org.name, p.org.span, graph.Props{"kind": p.org.kind})
		} else if p.div != nil {
			object = p.div.ID()
		}
		if object == "" {
			continue
		}
		if n := len(ties) - 1; n >= 0 && ties[n].object == object {
			ties[n].title += "、" + p.title
			continue
		}
		ties = append(ties, tie{object, p.title, min(p.start, name.start), max(p.end, name.end)})
	}
	for _, x := range ties {
		d.out.claim(claim{subject: id, predicate: graph.Holds, object: x.object, quote: d.quote(span{x.lo, x.hi}), confidence: 0.92, rule: "post-and-name", props: graph.Props{"title": x.title}})
	}
}

// nationalPosts are posts that one body of the country has.
var nationalPosts = map[string]string{"总书记": "党中央", "总理": "国务院", "副总理": "国务院", "国务委员": "国务院", "委员长": "全国人大常委会", "副委员长": "全国人大常委会"}

// nationalBody is the body of a national post that stands alone (张某某委员长), where the text names it; else nil.
func (c *Chain) nationalBody(d *doc, title string) *orgHit {
	body := nationalPosts[title]
	if body == "" {
		return nil
	}
	id := graph.ScopedID(graph.LabelOrganization, "CN", body)
	for k := range d.orgs {
		if d.orgs[k].id == id {
			o := d.orgs[k]
			return &o
		}
	}
	return nil
}

// tail is what a body's own words leave in a title: 市委 of 淄博市委.
func (o *orgHit) tail(d *doc) string { return d.text(o.span) }

// postsBefore reads the posts that end at 'last' leftward: 市委副秘书长、政研室主任、改革办副主任.
func (c *Chain) postsBefore(d *doc, s, last span) []post {
	var posts []post
	end := last.end
	if end == last.start && last.len() == 0 {
		return nil
	}
	for end > s.start {
		start := end
		for start > s.start && end-start < 40 {
			r := d.r[start-1]
			if r == '、' || r == '，' || r == '。' || r == '：' || r == '；' || r == '“' || r == '”' || r == ' ' || r == '\n' {
				break
			}
			start--
		}
		p, ok := c.post(d, span{start, end})
		if !ok {
			break
		}
		posts = append(posts, p)
		if start == s.start || d.r[start-1] != '、' {
			break
		}
		end = start - 1
	}
	slices.Reverse(posts)
	// A later post without a body of its own belongs to the party or government of the first: 市委副秘书长、政研室主任.
	var lead *post
	for k := range posts {
		p := &posts[k]
		if p.org != nil || p.div != nil {
			if lead == nil {
				lead = p
			}
			continue
		}
		if lead == nil || lead.org == nil || lead.org.div == nil || lead.org.div.Level == "country" {
			continue // 中央政治局委员、党组书记: of another body, not named
		}
		stem := strings.TrimSuffix(p.title, c.postWord(p.title))
		if stem == "" {
			for _, w := range []string{"市长", "省长", "县长", "区长", "州长", "旗长", "镇长", "乡长"} {
				if strings.HasSuffix(p.title, w) {
					p.div = lead.org.div // of the place, not of its party committee
				}
			}
			if p.div == nil {
				p.org = lead.org
			}
			continue
		}
		q := lead.org.div
		for _, try := range []string{"委" + stem, stem} {
			r := []rune(try)
			if n, ids, ok := c.stems.Longest(r, 0); ok && n == len(r) && c.lex.Stems[ids[0]].Field(1) != "-" {
				row := c.lex.Stems[ids[0]]
				canon := row.Field(2)
				if canon == "" {
					canon = row.Field(0)
				}
				kw := strings.TrimPrefix(q.Name, resolve.Short(q))
				if len([]rune(kw)) > 1 {
					kw = string([]rune(kw)[len([]rune(kw))-1:])
				}
				n := len([]rune(stem))
				p.org = &orgHit{span: span{p.start, p.start + n}, id: graph.ScopedID(graph.LabelOrganization, q.Code, kw+canon), name: resolve.Short(q) + kw + try, div: q, kind: row.Field(1)}
				break
			}
		}
	}
	return posts
}

// postWord is the post that a title ends with.
func (c *Chain) postWord(title string) string {
	r := []rune(title)
	for i := range r {
		if n, _, ok := c.posts.Longest(r, i); ok && i+n == len(r) {
			return string(r[i:])
		}
	}
	return ""
}

// post reads one post: a body or place, and a title that ends the span.
func (c *Chain) post(d *doc, s span) (post, bool) {
	word := c.postWord(d.text(s))
	if word == "" {
		return post{}, false
	}
	at := s.end - len([]rune(word))
	p := post{span: s, title: d.text(s)}
	orgs, places := within(d.orgs, s.start, s.end), within(d.places, s.start, at+1)
	for k := range orgs {
		o := &orgs[k]
		if o.start >= s.start && o.end < s.end && at-o.end < 12 {
			p.org = o
			p.start = o.start
			p.title = d.text(span{o.start, s.end})
		}
	}
	if p.org == nil {
		for k := range places {
			q := places[k]
			if q.start >= s.start && q.end <= at+1 && !q.pro && at-q.end < 8 {
				p.div, p.start = q.div, q.start
				p.title = d.text(span{q.start, s.end})
			}
		}
	}
	if p.org == nil && p.div == nil {
		// 市长, 区委书记 alone: at home or at the nearest place of that kind.
		if lw, ok := levelWords[d.r[s.end-len([]rune(word))]]; ok && len([]rune(word)) <= 4 {
			if q := c.antecedent(d, s.start, lw.level); q != nil {
				p.div = q
				p.start = s.end - len([]rune(word))
				p.title = word
			}
		} else if strings.HasPrefix(word, "副市长") || strings.HasPrefix(word, "副省长") || strings.HasPrefix(word, "副县长") {
			level := map[rune]string{'市': "city", '省': "province", '县': "county"}[[]rune(word)[1]]
			if q := c.antecedent(d, s.start, level); q != nil {
				p.div = q
			}
		} else {
			p.org = c.nationalBody(d, word)
		}
		if p.title != word && s.end-s.start > 14 {
			p.title = word
			p.start = s.end - len([]rune(word))
		}
	}
	return p, true
}

// againPeople notes later mentions of people already known.
func (c *Chain) againPeople(d *doc) {
	if len(d.people) == 0 {
		return
	}
	byFirst := map[rune][]personHit{}
	seen := map[string]bool{}
	for _, p := range d.people {
		if !seen[p.name] {
			seen[p.name] = true
			r := d.r[p.start]
			byFirst[r] = append(byFirst[r], p)
		}
	}
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			for _, p := range byFirst[d.r[i]] {
				n := p.len()
				if i+n <= s.end && d.at(i, p.name) {
					sp := span{i, i + n}
					d.out.mention(p.id, p.name, sp, nil)
					d.people = append(d.people, personHit{sp, p.id, p.name})
					i += n - 1
					break
				}
			}
		}
	}
	slices.SortStableFunc(d.people, func(a, b personHit) int { return a.start - b.start })
	d.people = slices.CompactFunc(d.people, func(a, b personHit) bool { return a.span == b.span })
}
