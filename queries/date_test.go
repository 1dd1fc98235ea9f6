package queries

import "testing"

func TestDate_compare(t *testing.T) {
	stated := func(iso string) date { return newDate(iso, "stated") }
	reported := func(iso string) date { return newDate(iso, "reported") }
	// Each comes before the next.
	inOrder := []date{stated("2019-09"), stated("2020-01-01"), stated("2020-01"), stated("2020"), reported("2020-01-01"),
		stated("2020-02-29"), reported("2020-02-29"), {}}
	for i, a := range inOrder {
		for j, b := range inOrder {
			if got := a.compare(b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("compare(%s %s, %s %s) = %d", a.basis, a.iso, b.basis, b.iso, got)
			}
		}
	}
	for _, bad := range []string{"", "2019-13", "2019-02-30", "19", "2019年", "2019-1"} {
		if d := newDate(bad, "stated"); d.known() || d.iso != "" || d.basis != "" {
			t.Errorf("%q is taken for the date %+v", bad, d)
		}
	}
	for iso, want := range map[string]int{"2019": 365, "2020": 366, "2019-09": 30, "2020-02": 29, "2020-02-29": 1} {
		if got := intervalOf(iso).days(); got != want {
			t.Errorf("%s has %d days, want %d", iso, got, want)
		}
	}
}

func TestDate_rivals(t *testing.T) {
	tests := []struct {
		a, aBasis, b, bBasis string
		want                 bool
	}{
		{"2019", "stated", "2019-09", "stated", false},        // one lies in the other
		{"2019", "stated", "2020-01", "stated", true},         // they exclude each other
		{"2021", "reported", "2019", "stated", false},         // a report comes after the fact
		{"2018-10-10", "reported", "2019", "stated", true},    // it was reported before it is said to have begun
		{"2019-10-10", "reported", "2019", "stated", false},   // it may have begun by then
		{"2019", "reported", "2021-05-01", "reported", false}, // both are bounds only
	}
	for _, tt := range tests {
		a, b := newDate(tt.a, tt.aBasis), newDate(tt.b, tt.bBasis)
		if rivals(a, b) != tt.want || rivals(b, a) != tt.want {
			t.Errorf("rivals(%s %s, %s %s) = %t, %t; want %t", tt.a, tt.aBasis, tt.b, tt.bBasis, rivals(a, b), rivals(b, a), tt.want)
		}
	}
}

func TestDate_within(t *testing.T) {
	tests := []struct {
		date, since, until string
		want               bool
	}{
		{"2020", "", "", true},
		{"", "", "", true},
		{"", "2020", "", false},
		{"2020", "2020-06", "", true}, // it may be July
		{"2020", "2021", "", false},
		{"2020", "", "2020-01", true},
		{"2020-02", "", "2020-01", false},
		{"2020-01-31", "", "2020-01", true},
		{"2020-01-31", "2020-01-31", "2020-01-31", true},
	}
	for _, tt := range tests {
		if got := within(intervalOf(tt.date), tt.since, tt.until); got != tt.want {
			t.Errorf("within(%q, %q, %q) = %t, want %t", tt.date, tt.since, tt.until, got, tt.want)
		}
	}
}
