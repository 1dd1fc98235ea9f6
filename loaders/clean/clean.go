package clean

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// Span is part of the stored text, in code points.
type Span struct{ Start, End int }

// Body is what of the stored text is the article.
type Body struct {
	// Text is the stored text folded; Text.Span and Text.Index go between its runes and the stored code points that all spans here count.
	Text script.Folded
	// Headline holds the lines of the headline (kicker, title, subtitle) as far as they stand in the text.
	Headline []Span
	// Paragraphs are the lines of the body, without datelines, signatures and credits.
	Paragraphs []Span
	// Dateline is how the first paragraph begins (某报5月6日讯); empty if it has none.
	Dateline Span
	// Outlets are the names of outlets on the page, the likeliest first; with Breadcrumb a hint at where the article is at home.
	Outlets []string
	// Breadcrumb is the line that says where in the site the page stands; "" if none.
	Breadcrumb string
}

// Describe finds what the stored text says of its own article and fills the fields that are not in a.Given, and Script; a field that neither
// source nor text gives is left empty. It is a pure function of a.Text, a.Source, a.Given and the fields named there.
func Describe(a graph.Article) (graph.Article, Body) {
	p := newParsed(a.Text)
	p.given = func(field string) bool { return slices.Contains(a.Given, field) }
	p.title, p.url, p.file = "", "", fileName(a.Source)
	if p.given("title") {
		p.title = a.Title
	}
	if p.given("url") {
		p.url = a.URL
	}
	p.findBody()
	p.findHeadline()
	p.collect()

	a.Script = string(p.f.Script)
	if !p.given("title") {
		a.Title = p.foundTitle
	}
	if !p.given("outlet") {
		a.Outlet = p.outlet()
	}
	if !p.given("published") {
		a.Published, a.PublishedPrecision = p.published()
	}
	if !p.given("authors") {
		a.Authors = p.authors()
	}
	b := Body{Text: p.f, Dateline: p.dateline, Outlets: p.outlets(), Breadcrumb: p.breadcrumb}
	if p.given("outlet") && a.Outlet != "" {
		b.Outlets = unique(append([]string{script.Simplify(a.Outlet)}, b.Outlets...))
	}
	for _, s := range p.headline {
		b.Headline = append(b.Headline, p.stored(s))
	}
	for _, s := range p.body {
		b.Paragraphs = append(b.Paragraphs, p.stored(s))
	}
	return a, b
}

// kind is what a line is.
type kind int

const (
	blank kind = iota
	prose
	short      // neither a sentence nor known clutter: a headline, heading, list item or link
	bylineLine // see byline
	signatureLine
	datelineLine // a dateline on a line of its own
	crumb
	clutter
	tail
)

// line is one line of the folded text without the spaces at its ends.
type line struct {
	start, end int // folded indexes
	s          string
	n          int // runes
	kind       kind
	meta       meta // of bylineLine, signatureLine, datelineLine and tail
}

// parsed is the state of Describe: folded text, classed lines, and what was found in them.
type parsed struct {
	f     script.Folded
	runes []rune // stored text
	lines []line
	given func(field string) bool
	title string // given title
	url   string // given url
	file  string // name of the file, where the article fills one

	first, last int // lines of the body: first prose to last; first > last if there is no prose
	stop        int // first line that is not the article's any more
	by          int // line of the by-line before the body, -1 if none
	titleLine   int // line that is the given title, -1 if none is
	head        int // last line of the headline, -1 if none

	headline, body []Span // folded
	dateline       Span   // stored
	foundTitle     string
	breadcrumb     string
	lead           meta   // of the dateline
	signed         []meta // signatures, in order of the text
}

func newParsed(text string) *parsed {
	p := &parsed{f: script.Fold(text), runes: []rune(text), by: -1, head: -1, titleLine: -1}
	rs := p.f.Runes
	for start := 0; start <= len(rs); {
		end := start
		for end < len(rs) && rs[end] != '\n' {
			end++
		}
		a, b := start, end
		for a < b && rs[a] == ' ' {
			a++
		}
		for b > a && rs[b-1] == ' ' {
			b--
		}
		l := line{start: a, end: b, s: string(rs[a:b]), n: b - a}
		l.class(len(p.lines) == 0 || p.allBlank())
		p.lines = append(p.lines, l)
		start = end + 1
	}
	return p
}

func (p *parsed) allBlank() bool {
	for i := range p.lines {
		if p.lines[i].kind != blank {
			return false
		}
	}
	return true
}

func (p *parsed) stored(s Span) Span {
	a, b := p.f.Span(s.Start, s.End)
	return Span{a, b}
}

// tailStarts are the characters with which a whole sentence of clutter begins; other sentences are not tried against the clutter rules.
const tailStarts = "凡本未声免版特郑重转网未附【[（①②③*※©C"

var (
	arrows    = regexp.MustCompile(`\s*(?:>+|»|›|→|＞+)\s*`)
	homeWord  = regexp.MustCompile(`^(?:首页|主页|网站首页)\s*[-–—/|·]\s*\S`)
	whereWord = regexp.MustCompile(`^(?:您|你)?(?:的|现在|目前|所在)?(?:当前|所在|现在|目前)?(?:的)?位置(?:是)?\s*[：:]?\s*`)
)

func (l *line) class(firstLine bool) {
	switch {
	case l.n == 0:
		l.kind = blank
		return
	case sentence(l.s, l.n, firstLine):
		l.kind = prose
		if r, _ := utf8.DecodeRuneInString(l.s); l.n > maxByline*2 || !strings.ContainsRune(tailStarts, r) {
			return
		}
		if matchAny(rules().tail, l.s) {
			l.kind = tail
		} else if matchAny(rules().drop, l.s) {
			l.kind = clutter
		}
		return
	case l.isCrumb():
		l.kind = crumb
		return
	}
	if m, end := readDateline(l.s); end == len(l.s) {
		l.kind, l.meta = datelineLine, m
		return
	}
	if l.n <= maxByline {
		if m, ok := byline(l.s); ok {
			l.kind, l.meta = bylineLine, m
			if m.date == "" && m.source == "" && matchAny(rules().tail, l.s) {
				l.kind = tail // the editors' line
			}
			return
		}
		if m, ok := signature(l.s); ok {
			l.kind, l.meta = signatureLine, m
			return
		}
		if matchAny(rules().tail, l.s) {
			l.kind = tail
			return
		}
		if l.n == 1 || pureNoise(l.s) || matchAny(rules().drop, l.s) {
			l.kind = clutter
			return
		}
	}
	l.kind = short
}

// sentence tells running text from headings, links and labels by its marks and length. The first line of a text may be a long headline.
func sentence(s string, n int, firstLine bool) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’）》 "))
	switch {
	case strings.ContainsRune(s, '。'):
		return n >= 6
	case firstLine && n <= 80:
		return n >= 30 && (last == '；' || last == '：')
	case strings.ContainsRune("！？…", last):
		return n >= 18
	case last == '；' || last == '：':
		return n >= 12 && !strings.ContainsAny(s, "|>")
	}
	return n >= 60 && strings.ContainsRune(s, '，')
}

func (l *line) isCrumb() bool {
	if l.n > 80 {
		return false
	}
	if whereWord.MatchString(l.s) || homeWord.MatchString(l.s) {
		return true
	}
	if strings.IndexFunc(l.s, unicode.IsLetter) < 0 {
		return false
	}
	parts := arrows.Split(l.s, -1)
	if len(parts) < 2 || len(parts) > 9 || strings.ContainsAny(l.s, "。；！？") {
		return false
	}
	for i, p := range parts {
		n := utf8.RuneCountInString(p)
		if n > 16 && i+1 < len(parts) || n > 40 || n == 0 && i > 0 && i+1 < len(parts) {
			return false
		}
	}
	return parts[0] != ""
}

// maxLinks is how many short lines in a row, without marks of running text, part two texts on one page.
const maxLinks = 12

var listItem = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.、．]|第[一二三四五六七八九十]+|——|-|·|●|■|◆|①|②|③|④|⑤)|[，：；、“《（]`)

// nearHead is how many lines below the by-line or the given title the body begins at the latest.
const nearHead = 15

// findBody chooses the run of prose that is longest, where one right below a dated by-line or the given title counts fourfold and one
// behind the beginning of the tail half: comments and recommended stories may be longer than a short article.
func (p *parsed) findBody() {
	p.findTitleLine()
	type run struct{ first, last, size, weight int }
	var best, cur run
	cur.first = -1
	links, sinceHead, tailed, headed := 0, nearHead+1, false, false
	flush := func() {
		if cur.first >= 0 && cur.size*cur.weight > best.size*best.weight {
			best = cur
		}
		cur = run{first: -1}
		links = 0
	}
	for i := range p.lines {
		l := &p.lines[i]
		if i == p.titleLine {
			flush() // what stands above the title is another text
			sinceHead, tailed = 0, false
			continue
		}
		switch l.kind {
		case prose:
			if cur.first < 0 {
				cur.first = i
				switch {
				case tailed:
					cur.weight = 1
				case sinceHead <= nearHead:
					cur.weight, headed = 8, true
				default:
					cur.weight = 2
				}
			}
			cur.last = i
			cur.size += l.n
			links = 0
		case short:
			if !listItem.MatchString(l.s) {
				links++
			}
			if links > maxLinks {
				flush()
			}
		case bylineLine:
			if l.meta.date != "" && cur.first < 0 && !headed { // later ones are those of comments
				sinceHead, tailed = 0, false
			}
		case tail:
			flush()
			tailed = true
		}
		if l.kind != blank {
			sinceHead++
		}
	}
	flush()
	if best.size == 0 { // no sentence: a headline, a list or a table
		p.first, p.last = len(p.lines), -1
		p.stop = len(p.lines)
		for i := range p.lines {
			if p.lines[i].kind == tail && i > 0 {
				p.stop = i
				break
			}
		}
		return
	}
	p.first, p.last = best.first, best.last
	// Short lines behind the last sentence belong to the text when they are few or nothing marks a web page.
	p.stop = p.last + 1
	var behind []int
	end := len(p.lines)
	for i := p.last + 1; i < len(p.lines); i++ {
		if p.lines[i].kind == tail || p.lines[i].kind == prose {
			end = i
			break
		}
		if p.lines[i].kind == short {
			behind = append(behind, i)
		}
	}
	if len(behind) > 0 && (len(behind) <= 2 || end == len(p.lines) && !p.cluttered()) {
		p.stop = behind[len(behind)-1] + 1
	}
}

// cluttered reports whether the page shows clutter anywhere.
func (p *parsed) cluttered() bool {
	for i := range p.lines {
		switch p.lines[i].kind {
		case tail, crumb:
			return true
		case clutter:
			if strings.IndexFunc(p.lines[i].s, unicode.IsLetter) >= 0 {
				return true
			}
		}
	}
	return false
}

// maxHead is how many lines above the body its by-line and headline are looked for.
const maxHead = 25

// findHeadline finds by-line and title above the body.
func (p *parsed) findHeadline() {
	limit := min(p.first, p.stop)
	for i := limit - 1; i >= 0 && i >= limit-maxHead; i-- {
		if p.lines[i].kind == bylineLine || p.lines[i].kind == tail && p.lines[i].meta.any() {
			if p.by < 0 || p.lines[i].meta.date != "" && p.lines[p.by].meta.date == "" {
				p.by = i
			}
		}
	}
	if p.title != "" {
		if i := p.titleLine; i >= 0 && i < limit {
			p.head = i
			p.headline = []Span{{p.lines[i].start, p.lines[i].end}}
			if i+1 < limit && dashed(p.lines[i+1].s) {
				p.headline = append(p.headline, Span{p.lines[i+1].start, p.lines[i+1].end})
				p.head = i + 1
			}
		}
		return
	}
	from := limit
	if p.by >= 0 {
		from = p.by
		// By-lines of several lines: the headline stands above the first of them.
		for i := p.by - 1; i >= 0 && p.lines[i].kind != short && p.lines[i].kind != prose && p.lines[i].kind != crumb; i-- {
			if p.lines[i].kind == bylineLine {
				from = i
			}
		}
	}
	cand := p.above(from)
	if len(cand) == 0 && p.by >= 0 { // by-line first, headline below
		for i := p.by + 1; i < limit; i++ {
			if p.headLike(i) {
				cand = []int{i}
				break
			}
		}
	}
	if len(cand) == 0 {
		return
	}
	main := p.mainTitle(cand)
	p.head = cand[main]
	title := p.text(p.head)
	headline := []int{p.head}
	if main+1 < len(cand) && dashed(p.lines[cand[main+1]].s) {
		title += p.text(cand[main+1])
		headline = append(headline, cand[main+1])
	}
	if main == 1 && p.opens(cand[0]) { // kicker
		headline = append([]int{cand[0]}, headline...)
	}
	p.foundTitle = strings.Join(strings.Fields(titleMark.ReplaceAllString(title, "")), " ")
	for _, i := range headline {
		l := &p.lines[i]
		mark := utf8.RuneCountInString(titleMark.FindString(l.s))
		p.headline = append(p.headline, Span{l.start + mark, l.end})
	}
	p.head = headline[len(headline)-1]
}

// titleMark is what stands before a title that is marked as one.
var titleMark = regexp.MustCompile(`^(?:#+\s*|标\s*题\s*[：:]\s*)+`)

// text is a line as it stands in the stored text.
func (p *parsed) text(i int) string {
	// Characters that folding dropped are no part of a title, so the title is put together from the kept ones.
	var b strings.Builder
	for k := p.lines[i].start; k < p.lines[i].end; k++ {
		b.WriteRune(p.runes[p.f.Orig(k)])
	}
	return b.String()
}

// above collects up to four lines that can be a headline, right above a line, in order of the text.
func (p *parsed) above(from int) []int {
	var cand []int
	for i := from - 1; i >= 0 && len(cand) < 4; i-- {
		if p.headLike(i) {
			cand = append(cand, i)
		} else if k := p.lines[i].kind; k == short || k == prose || k == crumb || k == tail {
			break
		}
	}
	slices.Reverse(cand)
	return cand
}

// headLike reports a short line that is neither a menu nor a section's name.
func (p *parsed) headLike(i int) bool {
	l := &p.lines[i]
	if l.kind != short || l.n > 110 || l.n < 4 {
		return false
	}
	tokens := strings.FieldsFunc(l.s, func(r rune) bool { return r == ' ' || r == '|' })
	return len(tokens) < 5 || l.n > 7*len(tokens)
}

func dashed(s string) bool { return strings.HasPrefix(s, "—") || strings.HasPrefix(s, "--") }

// mainTitle chooses among headline lines: right above a by-line the last, before its subtitle; else the first, unless it reads as a kicker: longer
// than the line below it, with a comma where that has none.
func (p *parsed) mainTitle(cand []int) int {
	s := func(k int) string { return p.lines[cand[k]].s }
	if p.by >= 0 {
		k := len(cand) - 1
		for k > 0 && dashed(s(k)) {
			k--
		}
		return k
	}
	if len(cand) > 1 && !dashed(s(1)) && !listItem.MatchString(strings.TrimLeft(s(1), "“《")) &&
		strings.ContainsAny(s(0), "，、") && !strings.ContainsAny(s(1), "，、") && p.lines[cand[0]].n > p.lines[cand[1]].n {
		return 1
	}
	return 0
}

// opens reports whether nothing but clutter stands above a line.
func (p *parsed) opens(i int) bool {
	for j := range i {
		if k := p.lines[j].kind; k == short || k == prose {
			return false
		}
	}
	return true
}

// findTitleLine finds the line that is the given title, or that it begins with; of several the last before running text. On a page with clutter a few
// sentences (a notice of the site) may stand above it.
func (p *parsed) findTitleLine() {
	want := script.Key(p.title)
	if want == "" {
		return
	}
	above := 0
	for i := range p.lines {
		l := &p.lines[i]
		if l.kind == prose {
			if above += l.n; p.titleLine >= 0 || above > 200 || !p.cluttered() {
				return
			}
		}
		if l.kind != short && l.kind != prose || l.n > 2*utf8.RuneCountInString(p.title)+4 {
			continue
		}
		key := script.Key(titleMark.ReplaceAllString(l.s, ""))
		if key != "" && (key == want || above == 0 && strings.HasPrefix(want, key) && len(key)*2 >= len(want)) {
			p.titleLine = i
		}
	}
}
