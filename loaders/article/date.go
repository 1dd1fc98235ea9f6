package article

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var dateForm = regexp.MustCompile(`^(\d{4})(?:\s*年?|[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|年\s*(\d{1,2})月(?:(\d{1,2})[日号])?)(?:[T\s,，]*(\d{1,2}[:：时].*))?$`)

var compactDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:\d{6})?$`)

// china is the clock by which a Chinese outlet's day is counted.
var china = time.FixedZone("UTC+8", 8*60*60)

// ParseDate reads a date of publication as sources write it (2024-05-25, 2024/5/25 08:30, 2024年5月, 20240525, 2024, RFC 3339) and gives it in
// ISO 8601 at its own precision: day, month or year. The time of day is left out; where it comes with a zone, the day is that in China.
func ParseDate(s string) (iso, precision string, ok bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05Z07:00", time.RFC1123Z, time.RFC1123} {
		if t, err := time.Parse(layout, s); err == nil {
			t = t.In(china)
			return ISODate(t.Year(), int(t.Month()), t.Day())
		}
	}
	if m := compactDate.FindStringSubmatch(s); m != nil {
		return ISODate(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	m := dateForm.FindStringSubmatch(s)
	if m == nil {
		return "", "", false
	}
	month, day := m[2]+m[4], m[3]+m[5]
	switch {
	case m[6] != "" && day == "":
		return "", "", false // a time of day without a day
	case month == "":
		return ISODate(atoi(m[1]), 0, 0)
	case atoi(month) == 0 || day != "" && atoi(day) == 0:
		return "", "", false
	}
	return ISODate(atoi(m[1]), atoi(month), atoi(day))
}

// ISODate writes a date at its own precision: month 0 and day 0 are unknown. Ok is false for a day that the calendar does not have.
func ISODate(year, month, day int) (iso, precision string, ok bool) {
	switch {
	case year < 1000 || year > 9999 || month < 0 || month > 12:
		return "", "", false
	case month == 0:
		return fmt.Sprintf("%04d", year), "year", day == 0
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month), "month", true
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if day < 0 || t.Day() != day {
		return "", "", false
	}
	return t.Format(time.DateOnly), "day", true
}

// CheckDate refuses a date of publication after the day of loading; both in ISO 8601, an empty one passes.
func CheckDate(published, today string) error {
	n := min(len(published), len(today))
	if published == "" || today == "" || published[:n] <= today[:n] {
		return nil
	}
	return fmt.Errorf("published: %s lies after the day of loading, %s", published, today)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
