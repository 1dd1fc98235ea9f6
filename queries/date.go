package queries

import (
	"strings"
	"time"
)

// interval is the time that a date at its own precision may mean: from start to
// the day before end, UTC. The zero interval is an unknown date.
type interval struct{ start, end time.Time }

// intervalOf reads YYYY, YYYY-MM or YYYY-MM-DD; anything else is unknown.
func intervalOf(date string) interval {
	layout := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}[len(date)]
	start, err := time.Parse(layout, date)
	if layout == "" || err != nil {
		return interval{}
	}
	switch len(date) {
	case 4:
		return interval{start, start.AddDate(1, 0, 0)}
	case 7:
		return interval{start, start.AddDate(0, 1, 0)}
	}
	return interval{start, start.AddDate(0, 0, 1)}
}

func (i interval) known() bool { return !i.start.IsZero() }

// days is the length of the interval.
func (i interval) days() int { return daysBetween(i.start, i.end) }

func daysBetween(a, b time.Time) int { return int(b.Sub(a).Hours() / 24) }

// before says that i ends before j begins: whatever i and j stand for, i was first.
func (i interval) before(j interval) bool {
	return i.known() && j.known() && !i.end.After(j.start)
}

// compareStart orders by the first day, unknown last.
func (i interval) compareStart(j interval) int {
	switch {
	case i.known() != j.known():
		if i.known() {
			return -1
		}
		return 1
	default:
		return i.start.Compare(j.start)
	}
}

// date is a date with what is known of it.
type date struct {
	iso   string // "" if unknown
	basis string // stated, reported; "" if unknown
	interval
}

func newDate(iso, basis string) date {
	d := date{iso: iso, basis: basis, interval: intervalOf(iso)}
	if !d.known() {
		return date{}
	}
	return d
}

// compare orders dates: earlier first day first; on a tie stated before reported,
// then the more precise; unknown last.
func (d date) compare(e date) int {
	if c := d.compareStart(e.interval); c != 0 {
		return c
	}
	if d.basis != e.basis {
		if d.basis == "stated" {
			return -1
		}
		if e.basis == "stated" {
			return 1
		}
	}
	if c := d.end.Compare(e.end); c != 0 {
		return c
	}
	return strings.Compare(d.iso, e.iso)
}

// rivals says that two dates of one event cannot both hold: two stated ones that
// do not overlap, or a stated one that begins only after an article had already
// reported the event.
func rivals(d, e date) bool {
	switch {
	case d.basis == "stated" && e.basis == "stated":
		return d.before(e.interval) || e.before(d.interval)
	case d.basis == "stated" && e.basis == "reported":
		return e.before(d.interval)
	case d.basis == "reported" && e.basis == "stated":
		return d.before(e.interval)
	}
	return false
}

// anyRivals says whether two of the dates are rivals.
func anyRivals(dates []date) bool {
	for i, d := range dates {
		for _, e := range dates[i+1:] {
			if rivals(d, e) {
				return true
			}
		}
	}
	return false
}

// within says that a date may lie in the window; since and until are dates at
// any precision, "" for open. An unknown date is in no window but the open one.
func within(d interval, since, until string) bool {
	if since == "" && until == "" {
		return true
	}
	if !d.known() {
		return false
	}
	if s := intervalOf(since); s.known() && !d.end.After(s.start) {
		return false
	}
	if u := intervalOf(until); u.known() && !d.start.Before(u.end) {
		return false
	}
	return true
}
