package clean

import (
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"reformgraph/graph/script"
	"reformgraph/loaders/article"
)

// maxBetween is how many short lines may stand between by-line and first sentence (a summary's heads, a first section); more are a menu.
const maxBetween = 8

// collect takes the body's spans, and what datelines, signatures and the lines around the body say.
func (p *parsed) collect() {
	for i := range p.lines {
		if p.lines[i].kind == crumb && p.breadcrumb == "" && i < p.stop {
			p.breadcrumb = p.lines[i].s
		}
	}
	start := 0
	switch {
	case p.by >= 0 && p.head < p.by:
		start = p.by + 1
	case p.head >= 0:
		start = p.head + 1
	}
	if first := min(p.first, p.stop); first < len(p.lines) {
		heads := 0
		for i := start; i < first; i++ {
			if p.lines[i].kind == short {
				heads++
			}
		}
		if heads > maxBetween && p.by >= 0 || start == 0 && heads > 3 && p.cluttered() {
			start = first
		}
	}
	for i := max(p.head, 0); i < start; i++ {
		if p.lines[i].kind == signatureLine || p.lines[i].kind == bylineLine && i != p.by {
			p.signed = append(p.signed, p.lines[i].meta)
		}
	}
	paragraphs := 0
	for i := start; i < min(p.stop, len(p.lines)); i++ {
		l := &p.lines[i]
		switch l.kind {
		case prose, short:
			if !p.isHeadline(l) {
				p.paragraph(l, paragraphs < 2 || i == p.first, i == p.last)
				paragraphs++
			}
		case signatureLine, bylineLine:
			p.signed = append(p.signed, l.meta)
		case datelineLine:
			if p.dateline == (Span{}) {
				p.lead, p.dateline = l.meta, p.stored(Span{l.start, l.end})
			}
		}
	}
	// Behind the body: source, date and signature, up to the first line that is clutter of another kind.
	for i := p.stop; i < len(p.lines); i++ {
		k := p.lines[i].kind
		if k == signatureLine || k == bylineLine || k == tail && p.lines[i].meta.any() {
			p.signed = append(p.signed, p.lines[i].meta)
		} else if k == tail || k == prose || k == short && i > p.stop+maxBetween {
			break
		}
	}
}

func (m meta) any() bool {
	return m.date != "" || m.source != "" || len(m.outlets) > 0 || len(m.authors) > 0
}

func (p *parsed) isHeadline(l *line) bool {
	if slices.ContainsFunc(p.headline, func(s Span) bool { return s.Start >= l.start && s.End <= l.end }) {
		return true
	}
	title := p.title
	if title == "" {
		title = p.foundTitle
	}
	// A page may show its title twice.
	return l.kind == short && len(p.headline) > 0 && script.Key(l.s) == script.Key(title)
}

var (
	lastBracket = regexp.MustCompile(`（([^（）]{3,80})）\s*。?$`)
	creditSigns = "（【[摄"
)

// paragraph adds one line of the body without dateline, signature and credits.
func (p *parsed) paragraph(l *line, opening, closing bool) {
	from, to := 0, len(l.s) // bytes
	if opening && p.dateline == (Span{}) {
		if m, end := readDateline(l.s); end > 0 {
			p.lead = m
			p.dateline = p.stored(Span{l.start, l.start + utf8.RuneCountInString(l.s[:end])})
			from = end
		}
	}
	if at := lastBracket.FindStringSubmatchIndex(l.s[from:]); at != nil {
		if m, ok := credit(l.s[from+at[2] : from+at[3]]); ok {
			p.signed = append(p.signed, m)
			to = from + at[0]
		} else if names := namesOnly(l.s[from+at[2] : from+at[3]]); closing && names != nil {
			p.signed = append(p.signed, meta{authors: names}) // （张三）
			to = from + at[0]
		}
	} else if k := strings.LastIndexAny(l.s, "。！？”"); k >= from && k >= 0 {
		_, size := utf8.DecodeRuneInString(l.s[k:])
		if rest := strings.TrimSpace(l.s[k+size:]); rest != "" && len(rest) < 200 {
			if m, ok := signature(rest); ok {
				p.signed = append(p.signed, m)
				to = k + size
			}
		}
	}
	var cuts [][]int
	if strings.ContainsAny(l.s[from:to], creditSigns) {
		for i := range rules().cut {
			cuts = append(cuts, rules().cut[i].re.FindAllStringIndex(l.s[from:to], -1)...)
		}
		slices.SortFunc(cuts, func(a, b []int) int { return a[0] - b[0] })
	}
	at := from
	for _, c := range cuts {
		p.piece(l, at, from+c[0])
		at = max(at, from+c[1])
	}
	p.piece(l, at, to)
}

// credit reads a bracket behind the text: a signature, or a by-line that names source or author.
func credit(s string) (meta, bool) {
	if m, ok := signature(s); ok {
		return m, true
	}
	if m, ok := byline(s); ok && (m.source != "" || len(m.authors) > 0) {
		return m, true
	}
	return meta{}, false
}

// piece adds bytes [a, b) of a line to the body, without spaces at its ends.
func (p *parsed) piece(l *line, a, b int) {
	for a < b && l.s[a] == ' ' {
		a++
	}
	for b > a && l.s[b-1] == ' ' {
		b--
	}
	if a >= b {
		return
	}
	start := l.start + utf8.RuneCountInString(l.s[:a])
	p.body = append(p.body, Span{start, start + utf8.RuneCountInString(l.s[a:b])})
}

var urlDate = regexp.MustCompile(`(?:[/_t\-]|^)((?:19|20)\d{2})[-/]?(\d{2})[-/]?(\d{2})(?:[/_.\-]|\d{2,8}[._/]|$)`)

// cctvName is how China Central Television names its items, in addresses and so in saved files: by the second of publication and its millionths
// (VIDE1382959567003881), since 2015 by twenty random characters and the day as YYMMDD.
var cctvName = regexp.MustCompile(`(?:VIDE|ARTI)(?:(1\d{9})\d{6}|\w{20}([0-3]\d)(\d{2})(\d{2}))(?:\.\w+)?$`)

// fileDate is a day in the name of a file: 2021-06-09, 20210609, 2021年06月09日.
var fileDate = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})(?:\D|$)`)

// namedDay gives the day that a name holds, as form or as an item of Central Television; 0 if none.
func namedDay(name string, form *regexp.Regexp) (year, month, day int) {
	if d := form.FindStringSubmatch(name); d != nil {
		return atoi(d[1]), atoi(d[2]), atoi(d[3])
	}
	switch d := cctvName.FindStringSubmatch(name); {
	case d == nil:
	case d[1] != "":
		t := time.Unix(int64(atoi(d[1])), 0).In(time.FixedZone("UTC+8", 8*60*60))
		return t.Year(), int(t.Month()), t.Day()
	default:
		return 2000 + atoi(d[2]), atoi(d[3]), atoi(d[4])
	}
	return 0, 0, 0
}

// fileName is the name, without its extension, of the file that an article alone makes up; "" for one of many in a file.
func fileName(source string) string {
	base := path.Base(filepath.ToSlash(source))
	base = strings.TrimSuffix(base, ".gz")
	switch ext := path.Ext(base); strings.ToLower(ext) {
	case ".txt", ".md", ".markdown", ".html", ".htm":
		return strings.TrimSuffix(base, ext)
	}
	return ""
}

// published gives the date of publication: that of the by-line, else of the dateline, else of a line behind the body, else of the address or
// the file's name; a dateline without a year takes theirs, else that of an event in the body shortly before.
func (p *parsed) published() (iso, precision string) {
	if p.by >= 0 && p.lines[p.by].meta.date != "" {
		return p.lines[p.by].meta.date, p.lines[p.by].meta.precision
	}
	if p.lead.date != "" {
		return p.lead.date, p.lead.precision
	}
	for _, m := range p.signed {
		if m.date != "" {
			return m.date, m.precision
		}
	}
	for _, name := range []struct {
		text string
		form *regexp.Regexp
	}{{p.url, urlDate}, {p.file, fileDate}} {
		year, month, day := namedDay(name.text, name.form)
		if year != 0 && p.lead.month != 0 {
			month, day = p.lead.month, p.lead.day
		}
		if iso, precision, ok := article.ISODate(year, month, day); ok && month > 0 && day > 0 {
			return iso, precision
		}
	}
	return p.datelineYear()
}

// datelineYear completes a dateline's month and day by the year of a full date in the body at most 31 days before it: what the news is about.
func (p *parsed) datelineYear() (iso, precision string) {
	if p.lead.month == 0 {
		return "", ""
	}
	for _, s := range p.body {
		for _, d := range fullDate.FindAllStringSubmatch(string(p.f.Runes[s.Start:s.End]), -1) {
			year := atoi(d[1])
			event := time.Date(year, time.Month(atoi(d[2])), atoi(d[3]), 0, 0, 0, 0, time.UTC)
			for _, y := range []int{year, year + 1} {
				days := time.Date(y, time.Month(p.lead.month), p.lead.day, 0, 0, 0, 0, time.UTC).Sub(event).Hours() / 24
				if iso, precision, ok := article.ISODate(y, p.lead.month, p.lead.day); ok && days >= 0 && days <= 31 {
					return iso, precision
				}
			}
		}
	}
	return "", ""
}

func (p *parsed) authors() []string {
	var all []string
	if p.by >= 0 {
		all = append(all, p.lines[p.by].meta.authors...)
	}
	all = append(all, p.lead.authors...)
	for _, m := range p.signed {
		all = append(all, m.authors...)
	}
	return unique(all)
}

var (
	siteName = regexp.MustCompile(`(?:网|在线|报|社|台|客户端|传媒|融媒体中心|杂志)$`)
	nobody   = regexp.MustCompile(`^(?:本[网站报台刊]|本网站|网络|互联网|未知|原创|转载|综合|其他|无|暂无|自采|网站)$`)
)

// outlets gives every outlet's name that the page shows, the likeliest to have published the article first.
func (p *parsed) outlets() []string {
	var strong, weak, signed, other []string
	take := func(m meta) {
		switch {
		case m.source == "" || nobody.MatchString(m.source):
		case media(m.source):
			strong = append(strong, m.source)
		default:
			other = append(other, m.source)
		}
	}
	if p.by >= 0 {
		take(p.lines[p.by].meta)
		weak = append(weak, p.lines[p.by].meta.outlets...)
	}
	for _, m := range p.signed {
		take(m)
		signed = append(signed, m.outlets...)
	}
	for _, part := range regexp.MustCompile(`[>»›→\-·：: ]+`).Split(p.breadcrumb, -1) {
		if media(part) && siteName.MatchString(part) {
			weak = append(weak, part)
		}
	}
	for i := 0; i < min(p.first, p.stop) && i < len(p.lines); i++ {
		if l := &p.lines[i]; l.kind == short && l.n <= 8 && i != p.head && media(l.s) && siteName.MatchString(l.s) {
			weak = append(weak, l.s)
		}
	}
	all := slices.Concat(strong, weak, p.lead.outlets, signed, other)
	return unique(all)
}

func (p *parsed) outlet() string {
	if all := p.outlets(); len(all) > 0 {
		return all[0]
	}
	return ""
}

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
