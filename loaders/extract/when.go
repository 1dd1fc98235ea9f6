package extract

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// timeHit is a date or period that the text names, resolved against the day of
// publication.
type timeHit struct {
	span
	date   string // ISO 8601 at its own precision
	since  bool   // 2019年以来: from then on
	future bool
	period string // as written, where it is no single date (前三季度)
	spoken bool   // counted from the day of publication: 今天, 日前
}

// findTimes finds dates, in every sentence. Relative ones (去年, 今年3月) need the
// day of publication and are left alone without it.
func findTimes(d *doc) {
	pub, _ := strconv.Atoi(first(d.art.Published, 4))
	day, err := time.Parse(time.DateOnly, d.art.Published)
	known := err == nil
	for _, s := range d.sents {
		year := 0 // of the last date in the sentence, for 9月 alone
		for i := s.start; i < s.end; i++ {
			h, y := d.time(i, s.end, pub, year)
			if h.len() == 0 && known {
				h = d.spoken(i, s, day)
				h.spoken = true
			}
			if h.len() == 0 {
				continue
			}
			if y != 0 {
				year = y
			}
			d.times = append(d.times, h)
			i = h.end - 1
		}
	}
}

func first(s string, n int) string {
	if len(s) < n {
		return ""
	}
	return s[:n]
}

// relativeYears count from the year of publication.
var relativeYears = []struct {
	word string
	diff int
}{{"前年", -2}, {"去年", -1}, {"今年", 0}, {"本年", 0}, {"明年", 1}, {"后年", 2}, {"上年", -1}}

// spokenDays count from the day of publication, in days; spokenMonths in months, and mean that month.
var (
	spokenDays = []struct {
		word string
		diff int
	}{{"今天", 0}, {"今日", 0}, {"今早", 0}, {"今晚", 0}, {"今起", 0}, {"即日起", 0}, {"昨天", -1}, {"昨日", -1}, {"昨晚", -1}, {"前天", -2}, {"明天", 1}, {"明日", 1}, {"后天", 2}}
	spokenMonths = []struct {
		word string
		diff int
	}{{"日前", 0}, {"近日", 0}, {"不久前", 0}, {"前不久", 0}, {"本月", 0}, {"这个月", 0}, {"上个月", -1}, {"上月", -1}, {"下个月", 1}, {"下月", 1}}
)

// earliestDay is the day of the month from which 日前 and 近日 mean that month: before it they may mean the last one.
const earliestDay = 4

// spoken reads what newsreaders say for a date: 今天（8月10日）, 日前, 上个月, 本周二, 15号, 12年前.
func (d *doc) spoken(i int, s sentence, day time.Time) timeHit {
	for _, w := range spokenDays {
		if !d.at(i, w.word) {
			continue
		}
		n := len([]rune(w.word))
		if i+n > s.end || d.at(i+n, "的") || d.rune(i-1) == '如' || d.rune(i-1) == '改' {
			continue
		}
		h := timeHit{span: span{i, i + n}, date: day.AddDate(0, 0, w.diff).Format(time.DateOnly), future: w.diff > 0, since: strings.HasSuffix(w.word, "起") || d.at(i+n, "起")}
		if d.rune(h.end) == '（' { // the day itself in brackets
			for k := h.end + 1; k < s.end && k-h.end < 9; k++ {
				if d.r[k] == '）' {
					if in, _ := d.time(h.end+1, s.end, day.Year(), day.Year()); in.end == k && len(in.date) == len(h.date) {
						h.end, h.date = k+1, in.date
					}
					break
				}
			}
		}
		return h
	}
	for _, w := range spokenMonths {
		if !d.at(i, w.word) {
			continue
		}
		n := len([]rune(w.word))
		if i+n > s.end || i > s.start && strings.ContainsRune("目以今往当此最生昔", d.r[i-1]) {
			continue
		}
		if strings.HasSuffix(w.word, "月") || day.Day() >= earliestDay {
			month := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, w.diff, 0)
			return timeHit{span: span{i, i + n}, date: month.Format("2006-01"), future: w.diff > 0}
		}
	}
	for _, w := range []struct {
		word string
		diff int
	}{{"本周", 0}, {"这周", 0}, {"上周", -7}} {
		if !d.at(i, w.word) || i+3 > s.end {
			continue
		}
		if n := strings.IndexRune("一二三四五六日", d.rune(i+2)); n >= 0 {
			weekday := (int(day.Weekday())+6)%7 + 1
			at := day.AddDate(0, 0, n/3+1-weekday+w.diff)
			return timeHit{span: span{i, i + 3}, date: at.Format(time.DateOnly), future: at.After(day)}
		}
	}
	if !digit(d.r[i]) || i > 0 && (digit(d.r[i-1]) || strings.ContainsRune("月至到—-.~第前后近约", d.r[i-1])) {
		return timeHit{}
	}
	n := 0
	for i+n < s.end && digit(d.r[i+n]) && n < 3 {
		n++
	}
	v, _ := strconv.Atoi(string(d.r[i : i+n]))
	end := i + n + 1
	switch {
	case n > 2 || v < 1 || end > s.end:
	case v <= 31 && (d.r[i+n] == '日' || d.r[i+n] == '号') && d.dayFollows(end): // 15号, a day of this month or of the last
		month := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
		if v > day.Day() && v-day.Day() > 3 {
			month = month.AddDate(0, -1, 0)
		}
		if at := month.AddDate(0, 0, v-1); at.Month() == month.Month() {
			return timeHit{span: span{i, end}, date: at.Format(time.DateOnly), future: at.After(day)}
		}
	case v >= 2 && v%10 != 0 && d.at(i+n, "年前") && v > 2: // round ones are not exact
		return timeHit{span: span{i, end + 1}, date: strconv.Itoa(day.Year() - v)}
	}
	return timeHit{}
}

// dayFollows says that what stands behind a number and 日 shows it to be a day of the month: 15日|，, 10日|上午, 8日|起.
func (d *doc) dayFollows(i int) bool {
	for _, w := range []string{"，", "上午", "下午", "晚", "凌晨", "中午", "早", "在", "起", "举行", "召开", "发布", "宣布", "印发", "至"} {
		if d.at(i, w) {
			return true
		}
	}
	return false
}

func (d *doc) time(i, end, pub, year int) (timeHit, int) {
	r := d.r
	start := i
	y := 0
	switch {
	case digit(r[i]) && (i == 0 || !digit(r[i-1]) && r[i-1] != '.'):
		n := 0
		for i+n < end && digit(r[i+n]) && n < 5 {
			n++
		}
		v, _ := strconv.Atoi(string(r[i : i+n]))
		switch {
		case n == 4 && v >= 1900 && v <= 2100 && i+n < end && !d.at(i+n, "年代") && (r[i+n] == '年' || r[i+n] == '-' && i+n+1 < end && digit(r[i+n+1])):
			y = v
			i += n + 1
			if r[i-1] == '-' {
				return d.isoDate(start, end), y
			}
		case n <= 2 && v >= 1 && v <= 12 && i+n < end && r[i+n] == '月':
			if year == 0 {
				year = pub
			}
			if year == 0 {
				return timeHit{}, 0
			}
			i += n + 1
			if year == pub && d.lastYears(v, i, start) {
				year--
			}
			return d.month(start, i, end, year, v), year
		default:
			return timeHit{}, 0
		}
	default:
		for _, w := range relativeYears {
			if d.at(i, w.word) {
				if pub == 0 {
					return timeHit{}, 0
				}
				y = pub + w.diff
				i += 2
				break
			}
		}
		if len(d.times) > 0 {
			last, _ := strconv.Atoi(first(d.times[len(d.times)-1].date, 4))
			switch {
			case y != 0:
			case d.at(i, "同年"), d.at(i, "当年") && i > 0 && !han(r[i-1]) && digit(d.rune(i+2)):
				y = last
				i += 2
			case d.at(i, "次年"), d.at(i, "翌年"):
				y = last + 1
				i += 2
			}
		}
		if y == 0 {
			return timeHit{}, 0
		}
	}
	h := timeHit{span: span{start, i}, date: fmt.Sprintf("%04d", y), future: pub != 0 && y > pub}
	// 2019年9月5日
	n := 0
	for i+n < end && digit(r[i+n]) && n < 3 {
		n++
	}
	if m, _ := strconv.Atoi(string(r[i : i+n])); n > 0 && n <= 2 && m >= 1 && m <= 12 && i+n < end && r[i+n] == '月' {
		return d.month(start, i+n+1, end, y, m), y
	}
	if d.at(h.end, "度") {
		h.end++
	}
	for _, p := range []string{"初", "年初", "年底", "底", "末", "上半年", "下半年", "一季度", "前三季度", "前两季度", "以来", "起", "开始"} {
		if d.at(i, p) && i+len([]rune(p)) <= end {
			h.end = i + len([]rune(p))
			h.since = p == "以来" || p == "起" || p == "开始"
			if !h.since {
				h.period = d.text(h.span)
			}
			break
		}
	}
	if d.at(h.end, "以来") {
		h.end += 2
		h.since = true
	}
	return h, y
}

// lastYears says that a month named without a year is one of the year before: 12月 in news of January, unless it is still to come.
func (d *doc) lastYears(month, i, start int) bool {
	now, err := strconv.Atoi(strings.TrimPrefix(first(d.art.Published, 7), first(d.art.Published, 5)))
	if err != nil || month-now < 6 {
		return false
	}
	for k := i; k < i+24 && k < len(d.r) && d.r[k] != '。'; k++ {
		if d.r[k] == '将' || d.at(k, "预计") || d.at(k, "计划") || d.at(k, "拟") || d.at(k, "前") {
			return false
		}
	}
	for k := start - 1; k >= 0 && start-k < 12 && d.r[k] != '。'; k-- {
		if d.r[k] == '将' || d.r[k] == '到' || d.at(k, "预计") || d.at(k, "计划") || d.at(k, "拟") || d.at(k, "今年") {
			return false
		}
	}
	return true
}

func (d *doc) month(start, i, end, y, m int) timeHit {
	h := timeHit{span: span{start, i}, date: fmt.Sprintf("%04d-%02d", y, m)}
	n := 0
	for i+n < end && digit(d.r[i+n]) && n < 3 {
		n++
	}
	if v, _ := strconv.Atoi(string(d.r[i : i+n])); n > 0 && n <= 2 && v >= 1 && v <= 31 && i+n < end && (d.r[i+n] == '日' || d.r[i+n] == '号') {
		if t := time.Date(y, time.Month(m), v, 0, 0, 0, 0, time.UTC); t.Day() == v {
			h.date = fmt.Sprintf("%04d-%02d-%02d", y, m, v)
			h.end = i + n + 1
		}
	}
	for _, w := range []string{"上旬", "中旬", "下旬", "份", "初", "底"} {
		if d.at(h.end, w) {
			h.end += len([]rune(w))
			break
		}
	}
	for _, w := range []string{"以来", "开始", "起"} {
		if d.at(h.end, w) {
			h.since = true
			h.end += len([]rune(w))
			break
		}
	}
	h.future = d.art.Published != "" && len(h.date) <= len(d.art.Published) && h.date > d.art.Published[:len(h.date)]
	return h
}

func (d *doc) isoDate(start, end int) timeHit {
	i := start
	for i < end && (digit(d.r[i]) || d.r[i] == '-') && i-start < 10 {
		i++
	}
	s := string(d.r[start:i])
	for _, layout := range []string{"2006-01-02", "2006-01"} {
		if len(s) >= len(layout) {
			if _, err := time.Parse(layout, s[:len(layout)]); err == nil {
				return timeHit{span: span{start, start + len(layout)}, date: s[:len(layout)]}
			}
		}
	}
	return timeHit{}
}

// dateNear returns the date that governs what stands at i: the last one before
// it in its sentence, in its clause or an earlier one; the first of the sentence
// may open it for all clauses. ok is false if there is none.
func (d *doc) dateNear(i int) (timeHit, bool) {
	s := d.sentenceAt(i)
	if s == nil {
		return timeHit{}, false
	}
	var best timeHit
	for _, t := range within(d.times, s.start, s.end) {
		if t.end <= i {
			best = t
		}
	}
	return best, best.len() > 0
}
