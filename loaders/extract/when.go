package extract

import (
	"fmt"
	"strconv"
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
}

// findTimes finds dates, in every sentence. Relative ones (去年, 今年3月) need the
// day of publication and are left alone without it.
func findTimes(d *doc) {
	pub, _ := strconv.Atoi(first(d.art.Published, 4))
	for _, s := range d.sents {
		year := 0 // of the last date in the sentence, for 9月 alone
		for i := s.start; i < s.end; i++ {
			h, y := d.time(i, s.end, pub, year)
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
		case n == 4 && v >= 1900 && v <= 2100 && i+n < end && (r[i+n] == '年' || r[i+n] == '-' && i+n+1 < end && digit(r[i+n+1])):
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
		if y == 0 && d.at(i, "同年") && len(d.times) > 0 {
			y, _ = strconv.Atoi(first(d.times[len(d.times)-1].date, 4))
			i += 2
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
