package clean

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reformgraph/loaders/article"
)

// meta is what a by-line, signature or dateline says.
type meta struct {
	date       string // ISO 8601
	precision  string
	month, day int // of a dateline without a year
	source     string
	outlets    []string // names of outlets, by likelihood
	authors    []string
}

func (m *meta) setDate(year, month, day int) {
	if m.date != "" {
		return
	}
	if iso, precision, ok := article.ISODate(year, month, day); ok {
		m.date, m.precision = iso, precision
	}
}

var (
	fullDate  = regexp.MustCompile(`((?:19|20)\d{2})\s?[年\-/.]\s?(\d{1,2})\s?[月\-/.]\s?(\d{1,2})(?:\s?[日号])?(?:\s*T?\s*\d{1,2}\s?[:时点]\s?\d{1,2}(?:\s?[:分]\s?\d{1,2})?[秒分]?(?:\.\d+)?)?`)
	monthDate = regexp.MustCompile(`((?:19|20)\d{2})\s?年\s?(\d{1,2})\s?月`)
	clockTime = regexp.MustCompile(`\b\d{1,2}:\d{2}(?::\d{2})?\b`)
	speaks    = regexp.MustCompile(`记\s*者|通讯员|评论员`)
	hanDate   = regexp.MustCompile(`^([一二][〇零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$`)
)

// maxByline is the length of the longest by-line, in characters.
const maxByline = 160

// byline reads a line that consists of labels with values, dates and page tools only. Ok is false for any other line.
func byline(s string) (m meta, ok bool) {
	if utf8.RuneCountInString(s) > maxByline || strings.ContainsRune(s, '。') || !strings.ContainsAny(s, "0123456789"+labelEnds+"年") {
		return m, false
	}
	if pureNoise(s) {
		return m, false
	}
	if d := hanDate.FindStringSubmatch(s); d != nil {
		m.setDate(hanNumber(d[1]), hanNumber(d[2]), hanNumber(d[3]))
		return m, m.date != ""
	}
	rest := s
	hasDate := false
	if d := fullDate.FindStringSubmatch(rest); d != nil {
		m.setDate(atoi(d[1]), atoi(d[2]), atoi(d[3]))
		hasDate = m.date != ""
		rest = fullDate.ReplaceAllString(rest, " | ")
	} else if d := monthDate.FindStringSubmatch(rest); d != nil {
		m.setDate(atoi(d[1]), atoi(d[2]), 0)
		hasDate = m.date != ""
		rest = monthDate.ReplaceAllString(rest, " | ")
	}
	labels := findLabels(rest)
	if !hasDate && len(labels) == 0 {
		return meta{}, false
	}
	for i := range rules().noise {
		rest = rules().noise[i].re.ReplaceAllStringFunc(rest, func(m string) string { return strings.Repeat("|", len(m)) })
	}
	rest = clockTime.ReplaceAllStringFunc(rest, func(m string) string { return strings.Repeat("|", len(m)) })
	labels = findLabels(rest)
	end := len(rest)
	first := end
	if len(labels) > 0 {
		first = labels[0].start
	}
	timed := hasDate && clockTime.MatchString(strings.NewReplacer("时", ":", "点", ":").Replace(s)) && utf8.RuneCountInString(s) <= 70
	loose := pieces(rest[:first])
	var weak []string // outlets named by the way
	for i, l := range labels {
		stop := end
		if i+1 < len(labels) {
			stop = labels[i+1].start
		}
		values := pieces(rest[l.end:stop])
		if len(values) == 0 {
			continue
		}
		value := values[0]
		loose = append(loose, values[1:]...)
		switch l.field {
		case "outlet":
			name, more, _ := strings.Cut(value, " ")
			if more != "" {
				loose = append(loose, strings.Fields(more)...)
			}
			m.source = strings.Trim(name, "《》“”（）【】[]<>")
			if a, b, ok := strings.Cut(m.source, "/"); ok { // 张三/甲报, 甲报/张三
				if person(a) {
					a, b = b, a
				}
				if person(b) {
					m.source = a
					m.authors = append(m.authors, b)
				}
			}
		case "author", "editor":
			names := splitNames(value)
			if l.field == "author" {
				m.authors = append(m.authors, names...)
			}
			switch {
			case len(names) > 0:
			case media(value):
				weak = append(weak, value)
			case utf8.RuneCountInString(value) > 20, strings.ContainsAny(value, "？！，；：“”…"), speaks.MatchString(rest[l.start:l.end]):
				return meta{}, false // what a reporter asked
			}
		}
	}
	unknown := 0
	for _, p := range loose {
		for _, t := range strings.Fields(p) {
			t = strings.Trim(t, "·•-—:：，、,;；（）()[]【】/\\>")
			switch {
			case media(t):
				weak = append(weak, t)
			case utf8.RuneCountInString(t) <= 1, digits(t):
			case hasDate && utf8.RuneCountInString(t) <= 6 && len(labels) == 0 && len(loose) == 1 && len(strings.Fields(p)) == 1 && person(t):
				m.authors = append(m.authors, t)
			case hasDate && !timed && len(labels) == 0 && masthead(s, t) && !slices.Contains(weak, t):
				weak = append(weak, strings.TrimSpace(fullDate.ReplaceAllString(s, " "))) // 太行评论 2022年8月3日: a date and one name
			default:
				// Beside a date with its time of day, a few words that no rule knows are the account or section.
				unknown += utf8.RuneCountInString(t)
				if !timed || unknown > 14 {
					return meta{}, false
				}
				if name, _, _ := strings.Cut(strings.TrimPrefix(t, "来源"), "["); m.source == "" && utf8.RuneCountInString(name) <= 12 && !person(name) {
					m.source = name
				}
			}
		}
	}
	m.outlets = weak
	return m, true
}

// pureNoise reports a line of page tools and counters only.
func pureNoise(s string) bool {
	if utf8.RuneCountInString(s) > 80 {
		return false
	}
	for _, r := range s { // cheap, and true of nearly every line that is not noise
		if unicode.Is(unicode.Han, r) && !rules().noiseHan[r] {
			return false
		}
	}
	rest := s
	for i := range rules().noise {
		rest = rules().noise[i].re.ReplaceAllString(rest, "")
	}
	return rest != s && strings.IndexFunc(rest, unicode.IsLetter) < 0 && !strings.ContainsAny(rest, "年-/.:")
}

// pieces splits at bars and trims; empty ones are left out.
func pieces(s string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == '丨' }) {
		if p = strings.Trim(p, " ，、,;；（）()[]【】"); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// labelEnds are the characters one of which every label ends with.
const labelEnds = "：:|/丨"

type foundLabel struct {
	start, end int
	field      string
}

// findLabels gives the labels of a by-line in order, without overlaps.
func findLabels(s string) []foundLabel {
	if !strings.ContainsAny(s, labelEnds) {
		return nil
	}
	var all []foundLabel
	for i := range rules().label {
		r := &rules().label[i]
		for _, at := range r.re.FindAllStringIndex(s, -1) {
			// A short label must begin a word: 文： is one, 正文： is not.
			prev, _ := utf8.DecodeLastRuneInString(s[:at[0]])
			if at[0] > 0 && unicode.IsLetter(prev) && utf8.RuneCountInString(s[at[0]:at[1]]) < 3 {
				continue
			}
			all = append(all, foundLabel{at[0], at[1], r.field})
		}
	}
	slices.SortStableFunc(all, func(a, b foundLabel) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	out := all[:0]
	for _, l := range all {
		if len(out) == 0 || l.start >= out[len(out)-1].end {
			out = append(out, l)
		}
	}
	return out
}

var (
	role      = regexp.MustCompile(`^(.{0,16}?)(特约记者|见习记者|实习记者|首席记者|记者站|记者|特约通讯员|通讯员|特约评论员|评论员|特约撰稿人?|撰稿人?|撰文|采写|实习生|作者|文字|文|责任编辑|责编|编辑|校对|审核|摄影报道|摄影|摄像|摄|图片|图|视频|制图|统筹|策划)$`)
	roleName  = regexp.MustCompile(`^(.{0,16}?(?:记者|通讯员|评论员|实习生))(\p{Han}{2,4})$`)
	reported  = regexp.MustCompile(`^(\p{Han}{0,4})(?:摄影)?报[道导]$`)
	editorial = regexp.MustCompile(`编辑|责编|校对|审核|摄|图|视频|统筹|策划`)
	house     = regexp.MustCompile(`^(?:本[报网台刊社站]|我[报网台刊社站]|全媒体|融媒体?|首席|特派|驻\p{Han}{1,6}|□|■|●|◎|○|◆|▲|★|[（【\[]|\s)*`)
)

// signature reads a line or bracket that consists of roles and names only: 甲报记者 张三 通讯员 李四 王五.
func signature(s string) (m meta, ok bool) {
	if !strings.ContainsAny(s, "记员撰采生者文编责校审摄图视统策") {
		return m, false
	}
	s = strings.Trim(s, " （）()【】[]□■●◎◆▲★—-:：")
	if n := utf8.RuneCountInString(s); n < 4 || n > 90 || strings.ContainsAny(s, "。！？；") {
		return m, false
	}
	tokens := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" 、，：:,|丨&", r) })
	current, roles, names := "", 0, 0
	add := func(name string) {
		names++
		if !editorial.MatchString(current) {
			m.authors = append(m.authors, name)
		}
	}
	setRole := func(before, r string) {
		roles++
		current = r
		before = house.ReplaceAllString(before, "")
		for _, o := range strings.FieldsFunc(before, func(r rune) bool { return r == '/' || r == ' ' }) {
			o = strings.TrimSuffix(o, "全媒体")
			if media(o) || strings.HasSuffix(o, "融媒") {
				m.outlets = append(m.outlets, o)
			}
		}
	}
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if utf8.RuneCountInString(t) == 1 && i+1 < len(tokens) && utf8.RuneCountInString(tokens[i+1]) == 1 && current != "" {
			t += tokens[i+1]
			i++
		}
		// 文/张三 and 张三/文
		if a, b, cut := strings.Cut(t, "/"); cut {
			if r := role.FindStringSubmatch(a); r != nil && person(b) {
				setRole(r[1], r[2])
				add(b)
				continue
			}
			if r := role.FindStringSubmatch(b); r != nil && r[1] == "" && person(a) {
				setRole("", r[2])
				add(a)
				continue
			}
			if r := roleName.FindStringSubmatch(a); r != nil && person(r[2]) && reported.MatchString(b) { // 记者张三/某地报道
				setRole("", "记者")
				add(r[2])
				continue
			}
			if role.MatchString(a) && role.MatchString(b) { // 文/图
				setRole("", a)
				continue
			}
			if person(a) && person(b) && current != "" {
				add(a)
				add(b)
				continue
			}
		}
		if r := role.FindStringSubmatch(t); r != nil && !(current != "" && person(t)) {
			setRole(r[1], r[2])
			continue
		}
		if r := roleName.FindStringSubmatch(t); r != nil && person(r[2]) {
			rr := role.FindStringSubmatch(r[1])
			setRole(rr[1], rr[2])
			add(r[2])
			continue
		}
		switch {
		case person(t) && current != "":
			add(t)
		case current != "" && (t == "综合" || t == "整理" || t == "采写"):
		case current != "" && reported.MatchString(t): // 某地报道, 张三报道
			if name := reported.FindStringSubmatch(t)[1]; person(name) && names == 0 {
				add(name)
			}
		case current == "" && i+1 < len(tokens) && media(t):
			m.outlets = append(m.outlets, t)
		default:
			return meta{}, false
		}
	}
	return m, roles > 0 && names > 0
}

// namesOnly reads a bracket that holds nothing but names, as agencies put behind a dateline: （张三 李四）.
func namesOnly(s string) []string {
	s = strings.Trim(s, "（） ")
	names := splitNames(s)
	if strings.Count(strings.Join(names, ""), "")-1 != utf8.RuneCountInString(strings.NewReplacer(" ", "", "、", "", "，", "").Replace(s)) {
		return nil
	}
	return names
}

var (
	dated    = regexp.MustCompile(`^[【\[（]?([\p{Han}A-Za-z0-9·•/\- ]{2,24}?)[】\]）]?\s*(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})日\s*(?:电|讯|消息|综合消息)[】\]]?\s*(（[^（）]{1,80}）)?\s*[：:]?`)
	undated  = regexp.MustCompile(`^[【\[（]?([\p{Han}A-Za-z0-9·•/\- ]{2,24}?)[】\]）]?\s*(?:电|讯|消息|综合消息)(?:[】\]]?\s*(（[^（）]{1,80}）)\s*[：:]?|\s*[：:]|[】\]]|\s+|$)`)
	byOutlet = regexp.MustCompile(`^(?:据)?(?:本[报网台刊社]|(.{0,16}?(?:社|网|报|台|刊|客户端|新闻|融媒体?(?:中心)?|频道|周刊|在线|发布|杂志)(?:[·/].{2,10}?(?:新闻|网|报|客户端|壹点|号|频道|直播))?))(\p{Han}{0,8})$`)
	reports  = regexp.MustCompile(`^(?:（?\s*)((?:本[报网台刊])?(?:特约|见习|实习)?(?:记者|通讯员)\s*\p{Han}[\p{Han} 、，]{1,30}?)\s*报[道导]\s*[：:]?\s*`)
)

// readDateline reads how a first paragraph begins (某报5月6日讯（记者 张三）, 某社某地5月6日电, 某网消息：); end is the byte behind it, 0 if
// there is none.
func readDateline(s string) (m meta, end int) {
	var name, bracket string
	isDated := false
	if d := dated.FindStringSubmatch(s); d != nil {
		isDated, end, name, bracket = true, len(d[0]), d[1], d[5]
		m.month, m.day = atoi(d[3]), atoi(d[4])
		if d[2] != "" {
			m.setDate(atoi(d[2]), m.month, m.day)
		}
	} else if d := undated.FindStringSubmatch(s); d != nil {
		end, name, bracket = len(d[0]), d[1], d[2]
	}
	if end > 0 {
		name = strings.TrimPrefix(name, "据")
		if d := fullDate.FindStringSubmatchIndex(name); d != nil && d[0] == 0 { // 2022年4月12日 某网讯
			m.setDate(atoi(name[d[2]:d[3]]), atoi(name[d[4]:d[5]]), atoi(name[d[6]:d[7]]))
			name = strings.TrimSpace(name[d[1]:])
		}
		h := byOutlet.FindStringSubmatch(name)
		switch {
		case media(name):
			m.outlets = append(m.outlets, name)
		case h != nil && (isDated || h[2] == ""):
			if media(h[1]) {
				m.outlets = append(m.outlets, h[1])
			}
		default:
			m, end = meta{}, 0
		}
	}
	if end > 0 && bracket != "" {
		if sig, ok := signature(bracket); ok {
			m.authors = sig.authors
			m.outlets = append(m.outlets, sig.outlets...)
		} else {
			m.authors = namesOnly(bracket)
		}
	}
	if r := reports.FindStringSubmatchIndex(s[end:]); r != nil {
		if sig, ok := signature(s[end+r[2] : end+r[3]]); ok {
			m.authors = append(m.authors, sig.authors...)
			end += r[1]
		}
	}
	return m, end
}

func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != '.' && r != ',' && r != '+' && !unicode.IsDigit(r) }) < 0
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// hanNumber reads 二〇二四, 五, 十二, 三十一.
func hanNumber(s string) int {
	const figures = "零一二三四五六七八九"
	n, last := 0, 0
	ten := false
	for _, r := range s {
		if r == '〇' {
			r = '零'
		}
		if r == '十' {
			ten = true
			n = max(last, 1) * 10
			last = 0
			continue
		}
		d := utf8.RuneCountInString(figures[:max(strings.IndexRune(figures, r), 0)])
		if ten {
			last = d
		} else {
			last = last*10 + d
		}
	}
	return n + last
}

// masthead says that a short line holds a date and one more word, of Chinese characters, that can be an outlet's
// name: nothing that says what happened on the day.
func masthead(line, word string) bool {
	n := utf8.RuneCountInString(word)
	if n < 2 || n > 8 || utf8.RuneCountInString(line) > 28 || len(strings.Fields(fullDate.ReplaceAllString(line, " "))) != 1 {
		return false
	}
	for _, r := range word {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	for _, w := range []string{"时间", "日期", "举行", "召开", "开幕", "成立", "启动", "实施", "施行", "通过", "发布", "印发", "生效", "截至", "会议"} {
		if strings.Contains(word, w) {
			return false
		}
	}
	return true
}
