package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// division is one row of the gazetteer in the making.
type division struct {
	code, name, parent string
	short              []string
	from, to           string
	today              string
	split              []string
	at                 *point
	former             []formerName
	first, last        int // index of the first and last list that has the code; -1: none
}

type formerName struct{ name, until string }

// merger joins the sources to one table.
type merger struct {
	src   *sources
	patch patches
	rows  map[string]*division
}

func merge(src *sources, patch patches) (map[string]*division, error) {
	m := &merger{src: src, patch: patch, rows: map[string]*division{}}
	m.collect()
	m.parents()
	m.renames()
	m.dates()
	m.successors()
	m.locate()
	return m.rows, m.check()
}

func (m *merger) listed(code string, i int) (string, bool) {
	if m.patch.has(code, "unlisted") && i < len(m.src.lists)-2 {
		return "", false
	}
	n, ok := m.src.lists[i].names[code]
	return n, ok && real(code, n)
}

// collect makes a row for every code that names a real division in any list.
func (m *merger) collect() {
	codes := map[string]bool{}
	for _, l := range m.src.lists {
		for c := range l.names {
			codes[c] = true
		}
	}
	for c := range m.src.ever {
		codes[c] = true
	}
	for c := range m.patch {
		codes[c] = true
	}
	for code := range codes {
		if m.patch.has(code, "drop") {
			continue
		}
		d := &division{code: code, first: -1, last: -1}
		for i := range m.src.lists {
			if n, ok := m.listed(code, i); ok {
				if d.first < 0 {
					d.first = i
				}
				d.last, d.name = i, n
			}
		}
		if n := m.src.ever[code]; d.name == "" && real(code, n) {
			d.name = n
		}
		// The newest list leaves out Taiwan's code; the others agree on it.
		if code == "710000" {
			d.last = len(m.src.lists) - 1
		}
		if n, ok := m.patch.value(code, "name"); ok {
			d.name = n
		}
		if d.name == "" {
			continue
		}
		d.short = shortNames(d.name)
		if n, ok := m.patch.value(code, "short"); ok {
			d.short = append(d.short, strings.Fields(n)...)
		}
		m.rows[code] = d
	}
}

func (m *merger) present(code string) bool {
	d := m.rows[code]
	return d != nil && d.last == len(m.src.lists)-1
}

func (m *merger) parents() {
	for code, d := range m.rows {
		if level(code) == "province" {
			continue
		}
		d.parent = code[:2] + "0000"
		if up := code[:4] + "00"; level(code) == "county" && m.rows[up] != nil {
			d.parent = up
		}
		if p, ok := m.patch.value(code, "parent"); ok {
			d.parent = p
		}
	}
}

// renames finds the names a code had before, from the lists and, before the first list, from dated events.
func (m *merger) renames() {
	// taken: names that another code bears, by province among all codes and by prefecture among those in force.
	taken, borne := map[string]bool{}, map[string]bool{}
	for code, d := range m.rows {
		taken[code[:2]+d.name] = true
		if m.present(code) {
			borne[area(code)+d.name] = true
		}
	}
	for code, d := range m.rows {
		last, at := "", 0
		for i := range m.src.lists {
			n, ok := m.listed(code, i)
			if !ok {
				continue
			}
			// A name that a neighbouring code bears shows that the code was given to another division.
			if last != "" && n != last && !borne[area(code)+last] && m.patch.legit(code, last) {
				d.former = append(d.former, formerName{last, m.renamed(d, last, n, at, i)})
			}
			last, at = n, i
		}
		for _, e := range m.src.events {
			if d.first != 0 || e.year > 2002 || e.prefecture != (level(code) == "prefecture") || len(e.old) != 1 || len(e.new) != 1 {
				continue
			}
			old := e.old[0]
			earliest := d.name
			if len(d.former) > 0 {
				earliest = d.former[0].name
			}
			if e.kind != "rename" || e.new[0] != earliest || old == earliest || taken[code[:2]+old] || !m.at(e, d) || !real(code, old) {
				continue
			}
			d.former = append([]formerName{{old, e.date}}, d.former...)
		}
		if n, ok := m.patch.value(code, "former"); ok {
			for _, f := range strings.Fields(n) {
				name, until, _ := strings.Cut(f, "|")
				d.former = append(d.former, formerName{name, until})
			}
		}
	}
}

// area is where a name should be unique: the prefecture for a county, the province for a prefecture.
func area(code string) string {
	if level(code) == "county" {
		return code[:4]
	}
	return code[:2]
}

// at says whether the event tells of the division's own surroundings.
func (m *merger) at(e event, d *division) bool {
	up := m.rows[d.parent]
	if up == nil {
		return true
	}
	names := []string{up.name}
	for _, f := range up.former {
		names = append(names, f.name)
	}
	if s := stem(up.name); s != "" {
		names = append(names, s)
	}
	return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(e.where, n) })
}

// between says which part of two lists' dates is certain: the year if both lie in it or the gap is a year's, else nothing.
func (m *merger) between(i, j int) string {
	a, b := m.src.lists[i].date, m.src.lists[j].date
	if a[:4] == b[:4] || a[:4]+"-12" == a && fmt.Sprint(number(a[:4])+1) == b[:4] {
		return b[:4]
	}
	return ""
}

func (m *merger) renamed(d *division, old, now string, i, j int) string {
	for _, e := range m.src.events {
		if e.year >= number(m.src.lists[i].date[:4]) && e.year <= number(m.src.lists[j].date[:4]) &&
			slices.Contains(e.old, old) && slices.Contains(e.new, now) && (m.at(e, d) || e.prefecture) {
			return e.date
		}
	}
	if y := m.between(i, j); y != "" {
		return y
	}
	return m.src.lists[j].date
}

// dates sets from and to, from the most certain to the least: the patch; an event that names the division in the years
// the lists leave open; for a county recoded with its prefecture, the prefecture's date; for a code that took over
// another's name, the other's end; the year; the month of the list that first shows the change.
func (m *merger) dates() {
	codes := slices.Sorted(maps.Keys(m.rows))
	end := len(m.src.lists) - 1
	year := func(i int) int { return number(m.src.lists[i].date[:4]) }
	for _, prefectures := range []bool{true, false} {
		for _, code := range codes {
			d := m.rows[code]
			if (level(code) == "prefecture") != prefectures {
				continue
			}
			up := m.rows[d.parent]
			switch {
			case d.first > 0:
				d.from = m.began(d, year(d.first-1), year(d.first))
				if d.from == "" && up != nil && up.first == d.first {
					d.from = up.from
				}
			case d.first == 0:
				d.from = m.began(d, 1980, 2002)
			default:
				d.from = m.began(d, 1980, 2002)
			}
			switch {
			case d.first < 0:
				d.to = m.ended(d, 1980, 2002)
				if d.to == "" && up != nil && up.first < 0 {
					d.to = up.to
				}
			case d.last < end:
				d.to = m.ended(d, year(d.last), year(d.last+1))
				if d.to == "" && up != nil && up.last == d.last {
					d.to = up.to
				}
			}
			if v, ok := m.patch.value(code, "from"); ok {
				d.from = v
			}
			if v, ok := m.patch.value(code, "to"); ok {
				d.to = v
			}
		}
	}
	heirs := map[string][]*division{}
	for _, code := range codes {
		if d := m.rows[code]; d.first >= 0 && d.last < end {
			heirs[fmt.Sprint(code[:2], d.name, d.last+1)] = append(heirs[fmt.Sprint(code[:2], d.name, d.last+1)], d)
		}
	}
	for _, code := range codes {
		d := m.rows[code]
		if d.first > 0 {
			if old := heirs[fmt.Sprint(code[:2], d.name, d.first)]; len(old) == 1 {
				if d.from == "" {
					d.from = old[0].to
				} else if old[0].to == "" {
					old[0].to = d.from
				}
			}
		}
	}
	for _, code := range codes {
		d := m.rows[code]
		if d.first > 0 && d.from == "" {
			if d.from = m.between(d.first-1, d.first); d.from == "" {
				d.from = m.src.lists[d.first].date
			}
		}
		if d.to == "" && d.first < 0 {
			d.to = m.src.lists[0].date
		}
		if d.to == "" && d.first >= 0 && d.last < end {
			if d.to = m.between(d.last, d.last+1); d.to == "" {
				d.to = m.src.lists[d.last+1].date
			}
		}
		if d.from != "" && d.to != "" && d.from > d.to {
			d.from = ""
		}
	}
}

func (m *merger) began(d *division, since, until int) string {
	for _, e := range m.src.events {
		if e.year >= since && e.year <= until && slices.Contains(e.new, d.name) && !slices.Contains(e.old, d.name) &&
			e.prefecture == (level(d.code) == "prefecture") && e.kind != "rename" && m.at(e, d) &&
			!(e.prefecture && e.kind == "merge") { // a city that takes in the prefecture of its name is the same city
			return e.date
		}
	}
	return ""
}

// ended returns the date of the first event that takes the division away; of several in one year the most precise.
func (m *merger) ended(d *division, since, until int) string {
	found, in := "", 0
	for _, e := range m.src.events {
		gone := slices.Contains(e.old, d.name) && !slices.Contains(e.new, d.name) ||
			strings.Contains(e.text, "撤销"+d.name) && !strings.Contains(e.text, "设立"+d.name)
		if !gone || e.year < since || e.year > until || e.kind == "rename" || e.prefecture != (level(d.code) == "prefecture") || !m.at(e, d) {
			continue
		}
		if found == "" || e.year < in || e.year == in && len(e.date) > len(found) {
			found, in = e.date, e.year
		}
	}
	return found
}

// successors sets today. Rules, in order:
//  1. a code in force is its own;
//  2. the patch;
//  3. the one present code that the list of successors leads to, followed to the present; but where it only names the
//     prefecture of a county, the counties that the event which ended it names, if the crosswalk has one;
//  4. of several, the one with the same stem (吴县市 has none, 莱芜市 → 莱芜区);
//  5. of several within one division of the same stem, that division (the county-level 沧州市 → 沧州市);
//  6. else none: the code stays its own and split lists the divisions that share its land.
//
// A code the list of successors lacks is looked up by its name, then by its stem, within its province.
func (m *merger) successors() {
	for _, code := range slices.Sorted(maps.Keys(m.rows)) {
		d := m.rows[code]
		d.today = code
		if m.present(code) {
			continue
		}
		if v, ok := m.patch.value(code, "today"); ok {
			d.today = v
			continue
		}
		if v, ok := m.patch.value(code, "split"); ok {
			d.split = strings.Fields(v)
			continue
		}
		found := map[string]bool{}
		m.follow(code, found, map[string]bool{})
		all := slices.Sorted(maps.Keys(found))
		if len(all) == 1 && level(code) == "county" && level(all[0]) == "prefecture" {
			if heirs := m.heirs(d, all[0]); len(heirs) > 0 {
				all = heirs
			}
		}
		if len(all) == 1 {
			d.today = all[0]
			continue
		}
		var same []string
		ups := map[string]bool{}
		for _, c := range all {
			if s := stem(m.rows[c].name); s != "" && s == stem(d.name) {
				same = append(same, c)
			}
			ups[m.rows[c].parent] = true
		}
		if len(same) == 1 {
			d.today = same[0]
			continue
		}
		if len(ups) == 1 {
			for up := range ups {
				if p := m.rows[up]; p != nil && stem(p.name) != "" && stem(p.name) == stem(d.name) {
					d.today = up
				}
			}
		}
		if d.today == code {
			d.split = all
		}
	}
}

// heirs lists the counties of a prefecture that the event which ended the county founded or enlarged, as they are now.
func (m *merger) heirs(d *division, prefecture string) []string {
	found := map[string]bool{}
	for _, e := range m.src.events {
		if e.prefecture || e.date != d.to || !slices.Contains(e.old, d.name) || slices.Contains(e.new, d.name) || !m.at(e, d) {
			continue
		}
		for code, h := range m.rows {
			if code[:4] != prefecture[:4] || level(code) != "county" || code == d.code {
				continue
			}
			if slices.Contains(e.new, h.name) || slices.ContainsFunc(h.former, func(f formerName) bool { return slices.Contains(e.new, f.name) }) {
				m.follow(code, found, map[string]bool{})
			}
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(found)), func(c string) bool { return level(c) != "county" })
}

func (m *merger) follow(code string, found, seen map[string]bool) {
	if seen[code] {
		return
	}
	seen[code] = true
	if m.present(code) {
		found[code] = true
		return
	}
	if v, ok := m.patch.value(code, "today"); ok {
		found[v] = true
		return
	}
	n := len(found)
	for _, c := range m.src.next[code] {
		m.follow(c, found, seen)
	}
	name := m.src.ever[code]
	if d := m.rows[code]; d != nil {
		name = d.name
	}
	if len(found) > n || name == "" {
		return
	}
	for _, same := range []func(*division) bool{
		func(d *division) bool { return d.name == name },
		func(d *division) bool { return stem(name) != "" && stem(d.name) == stem(name) },
	} {
		var hits []string
		for c, d := range m.rows {
			if c[:2] == code[:2] && level(c) == level(code) && m.present(c) && same(d) {
				hits = append(hits, c)
			}
		}
		if len(hits) == 1 {
			found[hits[0]] = true
			return
		}
	}
}

// locate gives each row the point of its own code, else, for one in force, that of a feature with its name or stem in its province.
func (m *merger) locate() {
	byCode := map[string]feature{}
	byName := map[string][]feature{}
	for _, f := range m.src.points {
		if _, ok := byCode[f.code]; !ok && f.code != "" {
			byCode[f.code] = f
		}
		if len(f.code) == 6 {
			byName[f.code[:2]+f.name] = append(byName[f.code[:2]+f.name], f)
			if s := stem(f.name); s != "" {
				byName[f.code[:2]+s] = append(byName[f.code[:2]+s], f)
			}
		}
	}
	for code, d := range m.rows {
		if p, ok := m.patch.point(code); ok {
			d.at = &p
			continue
		}
		if f, ok := byCode[code]; ok && (stem(f.name) == stem(d.name) || level(code) == "province" || formerly(d, f.name)) {
			p := f.at
			d.at = &p
			continue
		}
		if !m.present(code) {
			continue
		}
		names := []string{d.name, stem(d.name)}
		for _, f := range d.former {
			names = append(names, f.name, stem(f.name))
		}
		for _, n := range names {
			fs := byName[code[:2]+n]
			fs = slices.DeleteFunc(slices.Clone(fs), func(f feature) bool { return level(f.code) != level(code) })
			if n != "" && len(fs) > 0 && !slices.ContainsFunc(fs, func(f feature) bool { return f.at != fs[0].at }) {
				p := fs[0].at
				d.at = &p
				break
			}
		}
	}
}

func formerly(d *division, name string) bool {
	return slices.ContainsFunc(d.former, func(f formerName) bool { return f.name == name || stem(f.name) == stem(name) })
}

// check refuses a table in which a reference leads nowhere.
func (m *merger) check() error {
	for code, d := range m.rows {
		if d.parent != "" && m.rows[d.parent] == nil {
			return fmt.Errorf("%s %s: parent %s is not in the table", code, d.name, d.parent)
		}
		if !m.present(d.today) && d.today != code {
			return fmt.Errorf("%s %s: successor %s is not in force", code, d.name, d.today)
		}
	}
	return nil
}
