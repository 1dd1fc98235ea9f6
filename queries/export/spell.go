package export

import "time"

// spell is when a node or edge is there: days as YYYY-MM-DD, both included, ""
// for an open end. The zero spell is always.
type spell struct{ start, end string }

// period reads YYYY, YYYY-MM or YYYY-MM-DD as the days that it means, the second
// after the last; ok is false for anything else.
func period(date string) (start, after time.Time, ok bool) {
	layout := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}[len(date)]
	start, err := time.Parse(layout, date)
	if layout == "" || err != nil {
		return time.Time{}, time.Time{}, false
	}
	switch len(date) {
	case 4:
		return start, start.AddDate(1, 0, 0), true
	case 7:
		return start, start.AddDate(0, 1, 0), true
	}
	return start, start.AddDate(0, 0, 1), true
}

func firstDay(date string) string {
	start, _, ok := period(date)
	if !ok {
		return ""
	}
	return start.Format(time.DateOnly)
}

func lastDay(date string) string {
	_, after, ok := period(date)
	if !ok {
		return ""
	}
	return after.AddDate(0, 0, -1).Format(time.DateOnly)
}
