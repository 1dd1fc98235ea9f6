package places

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

var (
	//go:embed divisions.tsv
	divisionsText string
	//go:embed townships.tsv.gz
	townshipsGzip []byte
	//go:embed countries.tsv
	countriesText string
	//go:embed zones.tsv
	zonesText string
	//go:embed ambiguous.tsv
	ambiguousText string
)

// rows calls fn with the fields of each line that is neither empty nor a comment; header says whether a line of
// column names comes first. It stops at the first error and adds file and line.
func rows(file, text string, fields int, header bool, fn func(f []string) error) error {
	buf := make([]string, 0, fields)
	for n := 1; text != ""; n++ {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		if line == "" || line[0] == '#' {
			continue
		}
		if header {
			header = false
			continue
		}
		buf = buf[:0]
		for f := range strings.SplitSeq(line, "\t") {
			buf = append(buf, f)
		}
		if len(buf) != fields {
			return fmt.Errorf("%s line %d: %d fields instead of %d", file, n, len(buf), fields)
		}
		if err := fn(buf); err != nil {
			return fmt.Errorf("%s line %d: %w", file, n, err)
		}
	}
	return nil
}

func words(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, " ")
}

func parse() (*Gazetteer, error) {
	g := &Gazetteer{}
	if err := g.parseDivisions(divisionsText); err != nil {
		return nil, fmt.Errorf("load gazetteer: %w", err)
	}
	if err := g.parseTables(); err != nil {
		return nil, fmt.Errorf("load gazetteer: %w", err)
	}
	h := sha256.New()
	for _, part := range [][]byte{[]byte(divisionsText), townshipsGzip, []byte(countriesText), []byte(zonesText), []byte(ambiguousText)} {
		fmt.Fprintf(h, "%d\n", len(part))
		h.Write(part)
	}
	g.sum = hex.EncodeToString(h.Sum(nil))
	g.towns = sync.OnceValue(func() map[string][]string {
		by, err := parseTownships(townshipsGzip)
		if err != nil {
			// Embedded at build time and read by a test: only a damaged program can come here.
			panic(err)
		}
		return by
	})
	return g, nil
}

// isDate says that s is a year, a month or a day of the calendar, or empty.
func isDate(s string) bool {
	layouts := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}
	_, err := time.Parse(layouts[len(s)], s)
	return s == "" || err == nil
}

func (g *Gazetteer) parseDivisions(text string) error {
	n := strings.Count(text, "\n")
	g.places = make([]Place, 0, n)
	err := rows("divisions.tsv", text, 14, true, func(f []string) error {
		p := Place{Code: f[0], Name: f[1], Level: f[2], Parent: f[3], Short: words(f[4]), Abbr: f[5], City: f[6] == "1",
			From: f[7], To: f[8], Today: f[9], Split: words(f[10])}
		for _, date := range []string{p.From, p.To} {
			if !isDate(date) {
				return fmt.Errorf("date %q of %s: want a year, a month or a day", date, p.Code)
			}
		}
		if f[11] != "" {
			var err1, err2 error
			p.Lat, err1 = strconv.ParseFloat(f[11], 64)
			p.Lon, err2 = strconv.ParseFloat(f[12], 64)
			if err1 != nil || err2 != nil {
				return fmt.Errorf("point %q, %q: want degrees", f[11], f[12])
			}
			p.HasPoint = true
		}
		for _, old := range words(f[13]) {
			name, until, _ := strings.Cut(old, "|")
			p.Former = append(p.Former, FormerName{name, until})
		}
		if len(g.places) > 0 && g.places[len(g.places)-1].Code >= p.Code {
			return fmt.Errorf("code %s: not in ascending order", p.Code)
		}
		g.places = append(g.places, p)
		return nil
	})
	if err != nil {
		return err
	}
	g.byCode = make(map[string]*Place, len(g.places))
	g.byName = make(map[string][]*Place, 2*len(g.places))
	for i := range g.places {
		g.byCode[g.places[i].Code] = &g.places[i]
	}
	for i := range g.places {
		p := &g.places[i]
		for _, c := range append([]string{p.Today, p.Parent}, p.Split...) {
			if g.byCode[c] == nil && c != "" {
				return fmt.Errorf("divisions.tsv: %s %s names %s, which is not in the file", p.Code, p.Name, c)
			}
		}
		g.name(p.Name, p)
		for _, s := range p.Short {
			g.name(s, p)
		}
		for _, f := range p.Former {
			g.name(f.Name, p)
		}
	}
	for _, ps := range g.byName {
		if len(ps) > 1 {
			slices.SortFunc(ps, func(a, b *Place) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Code, b.Code)) })
		}
	}
	return nil
}

func (g *Gazetteer) name(name string, p *Place) {
	if !slices.Contains(g.byName[name], p) {
		g.byName[name] = append(g.byName[name], p)
	}
}

func rank(p *Place) int {
	switch p.Level {
	case Province:
		return 0
	case Prefecture:
		return 1
	}
	return 2
}

func parseTownships(packed []byte) (map[string][]string, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("townships.tsv.gz: %w", err)
	}
	var text strings.Builder
	if _, err := io.Copy(&text, z); err != nil {
		return nil, fmt.Errorf("townships.tsv.gz: %w", err)
	}
	by := make(map[string][]string, 32000)
	err = rows("townships.tsv.gz", text.String(), 2, false, func(f []string) error {
		county := f[0]
		for name := range strings.SplitSeq(f[1], " ") {
			by[name] = append(by[name], county)
		}
		return nil
	})
	return by, err
}

func (g *Gazetteer) parseTables() error {
	t := tables{country: map[string]int{}, zone: map[string][]int{}, ambiguous: map[string]string{}}
	err := rows("countries.tsv", countriesText, 2, false, func(f []string) error {
		names := words(f[1])
		if len(f[0]) != 2 || len(names) == 0 {
			return fmt.Errorf("want a code of two letters and names")
		}
		if n := len(t.countries); n > 0 && t.countries[n-1].Code >= f[0] {
			return fmt.Errorf("code %s: not in ascending order", f[0])
		}
		for _, n := range names {
			if _, dup := t.country[n]; dup {
				return fmt.Errorf("name %s: two countries have it", n)
			}
			t.country[n] = len(t.countries)
		}
		t.countries = append(t.countries, Country{f[0], names[0], names})
		return nil
	})
	if err != nil {
		return err
	}
	err = rows("zones.tsv", zonesText, 2, false, func(f []string) error {
		if _, ok := g.byCode[f[0]]; !ok {
			return fmt.Errorf("code %s: no such division", f[0])
		}
		names := words(f[1])
		for _, n := range names {
			t.zone[n] = append(t.zone[n], len(t.zones))
		}
		t.zones = append(t.zones, Zone{names[0], f[0], names})
		return nil
	})
	if err != nil {
		return err
	}
	err = rows("ambiguous.tsv", ambiguousText, 2, false, func(f []string) error {
		if _, dup := t.ambiguous[f[0]]; dup {
			return fmt.Errorf("name %s: listed twice", f[0])
		}
		t.ambiguous[f[0]] = f[1]
		return nil
	})
	if err != nil {
		return err
	}
	g.tables = t
	return nil
}
