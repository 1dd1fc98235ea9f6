package places_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reformgraph/loaders/lexicon/places"
)

func load(t testing.TB) *places.Gazetteer {
	t.Helper()
	g, err := places.Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func codes(ps []*places.Place) []string {
	out := []string{}
	for _, p := range ps {
		out = append(out, p.Code)
	}
	return out
}

func TestDivisionsInForceAreTheOfficialNumber(t *testing.T) {
	g := load(t)
	got := map[string]int{}
	abolished := 0
	for p := range g.All() {
		if p.To == "" {
			got[p.Level]++
		} else {
			abolished++
		}
	}
	// 2,846 counties at the end of 2024; since then two districts became one and two counties were founded.
	want := map[string]int{places.Province: 34, places.Prefecture: 333, places.County: 2847}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("in force: got %v, want %v", got, want)
	}
	if abolished < 3000 {
		t.Errorf("abolished: got %d, want at least 3,000", abolished)
	}
}

func TestEveryDivisionHasAChainToItsProvince(t *testing.T) {
	g := load(t)
	for p := range g.All() {
		up := g.Parents(p.Code, "")
		if p.Level == places.Province {
			if len(up) > 0 {
				t.Errorf("%s %s: a province has parents %v", p.Code, p.Name, codes(up))
			}
			continue
		}
		if len(up) == 0 || up[len(up)-1].Level != places.Province {
			t.Errorf("%s %s: parents %v do not end at a province", p.Code, p.Name, codes(up))
			continue
		}
		if p.To == "" && slices.ContainsFunc(up, func(q *places.Place) bool { return q.To != "" }) {
			t.Errorf("%s %s: in force, but a parent of %v is not", p.Code, p.Name, codes(up))
		}
		if !g.Within(p.Code, up[len(up)-1].Code) {
			t.Errorf("%s %s: not within %s", p.Code, p.Name, up[len(up)-1].Code)
		}
	}
}

func TestEveryAbolishedCodeLeadsToThePresent(t *testing.T) {
	g := load(t)
	for p := range g.All() {
		now := g.Today(p.Code)
		switch {
		case now == nil:
			t.Errorf("%s %s: successor %s is unknown", p.Code, p.Name, p.Today)
		case p.To == "" && now != p:
			t.Errorf("%s %s: in force, but today is %s", p.Code, p.Name, now.Code)
		case p.To != "" && now == p && len(p.Split) == 0:
			t.Errorf("%s %s: abolished %s, neither succeeded nor split", p.Code, p.Name, p.To)
		case now != p && now.To != "":
			t.Errorf("%s %s: successor %s %s is abolished too", p.Code, p.Name, now.Code, now.Name)
		}
		for _, c := range p.Split {
			if q, ok := g.ByCode(c); !ok || q.To != "" {
				t.Errorf("%s %s: split into %s, which is not in force", p.Code, p.Name, c)
			}
		}
	}
}

func TestFactsOfKnownDivisions(t *testing.T) {
	g := load(t)
	for _, c := range []struct {
		code, name, level, parent, short string
		city                             bool
		today                            string
	}{
		{"370000", "山东省", places.Province, "", "山东", false, "370000"},
		{"110000", "北京市", places.Province, "", "北京", true, "110000"},
		{"150000", "内蒙古自治区", places.Province, "", "内蒙古", false, "150000"},
		{"650000", "新疆维吾尔自治区", places.Province, "", "新疆", false, "650000"},
		{"370300", "淄博市", places.Prefecture, "370000", "淄博", true, "370300"},
		{"370285", "莱西市", places.County, "370200", "莱西", true, "370285"},
		{"429004", "仙桃市", places.County, "420000", "仙桃", true, "429004"},
		{"419001", "济源市", places.County, "410000", "济源", true, "419001"},
		{"410881", "济源市", places.County, "410800", "济源", true, "419001"},
		{"110105", "朝阳区", places.County, "110000", "朝阳", false, "110105"},
		{"310115", "浦东新区", places.County, "310000", "浦东", false, "310115"},
		{"422800", "恩施土家族苗族自治州", places.Prefecture, "420000", "恩施 恩施州", false, "422800"},
		{"433100", "湘西土家族苗族自治州", places.Prefecture, "430000", "湘西 湘西州", false, "433100"},
		{"632802", "德令哈市", places.County, "632800", "德令哈", true, "632802"},
		{"429021", "神农架林区", places.County, "420000", "神农架", false, "429021"},
		{"371200", "莱芜市", places.Prefecture, "370000", "莱芜", true, "370116"},
		{"371203", "钢城区", places.County, "371200", "钢城", false, "370117"},
		{"330283", "奉化市", places.County, "330200", "奉化", true, "330213"},
		{"370282", "即墨市", places.County, "370200", "即墨", true, "370215"},
		{"500105", "江北区", places.County, "500000", "江北", false, "500157"},
		{"341400", "巢湖市", places.Prefecture, "340000", "巢湖", true, "341400"},
		{"460302", "西沙区", places.County, "460300", "西沙", false, "460302"},
		{"130682", "定州市", places.County, "130600", "定州", true, "130682"},
	} {
		p, ok := g.ByCode(c.code)
		if !ok {
			t.Errorf("%s %s: missing", c.code, c.name)
			continue
		}
		got := []any{p.Name, p.Level, p.Parent, strings.Join(p.Short, " "), p.City, p.Today}
		want := []any{c.name, c.level, c.parent, c.short, c.city, c.today}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", c.code, got, want)
		}
	}
}

func TestNameAtFollowsRenames(t *testing.T) {
	g := load(t)
	for _, c := range []struct{ code, date, want string }{
		{"420600", "2009", "襄樊市"},
		{"420600", "2010-11-25", "襄樊市"},
		{"420600", "2010-12", "襄阳市"},
		{"420600", "", "襄阳市"},
		{"530800", "2005", "思茅市"},
		{"530800", "2008", "普洱市"},
		{"130502", "2019", "桥东区"},
		{"370300", "1990", "淄博市"},
		{"371200", "", "莱芜市"},
		{"999999", "", ""},
	} {
		if got := g.NameAt(c.code, c.date); got != c.want {
			t.Errorf("NameAt(%s, %s): got %q, want %q", c.code, c.date, got, c.want)
		}
	}
}

func TestInForceCountsTheUncertainYearForBothSides(t *testing.T) {
	g := load(t)
	for _, c := range []struct {
		code, date string
		want       bool
	}{
		{"371200", "2018-12-25", true},
		{"371200", "2018", true},
		{"371200", "2019", false},
		{"371200", "", false},
		{"370116", "2017", false},
		{"370116", "2018", true},
		{"370116", "2019-06-01", true},
		{"330213", "2016-09-13", false},
		{"330213", "2016-09", true},
		{"370300", "1985", true},
	} {
		p, _ := g.ByCode(c.code)
		if got := g.InForce(p, c.date); got != c.want {
			t.Errorf("InForce(%s %s, %s): got %v, want %v", c.code, p.Name, c.date, got, c.want)
		}
	}
}

func TestNamedFindsFullShortAndFormerNamesByRank(t *testing.T) {
	g := load(t)
	for _, c := range []struct {
		name string
		want []string
	}{
		{"襄樊市", []string{"420600"}},
		{"恩施", []string{"422800", "422801"}},
		{"仙桃", []string{"429004"}},
		{"巴州", []string{"652800", "511902"}},
		{"鲁", nil},
		{"不存在市", nil},
	} {
		var got []string
		for _, p := range g.Named(c.name) {
			if p.To == "" {
				got = append(got, p.Code)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("Named(%s) in force: got %v, want %v", c.name, got, c.want)
		}
	}
	if got, want := codes(g.Named("吉林"))[0], "220000"; got != want {
		t.Errorf("Named(吉林)[0]: got %s, want %s", got, want)
	}
	for name, ps := range g.Names() {
		if len(ps) == 0 || len([]rune(name)) < 2 {
			t.Errorf("Names: %q with %v", name, codes(ps))
		}
	}
}

func TestParentsAreThoseOfTheDate(t *testing.T) {
	g := load(t)
	for _, c := range []struct {
		code, date string
		want       []string
	}{
		{"370285", "2020", []string{"370200", "370000"}},
		{"429004", "2020", []string{"420000"}},
		{"110105", "", []string{"110000"}},
		{"371202", "2015", []string{"371200", "370000"}},
		{"370116", "2020", []string{"370100", "370000"}},
		{"370000", "", []string{}},
	} {
		if got := codes(g.Parents(c.code, c.date)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Parents(%s, %s): got %v, want %v", c.code, c.date, got, c.want)
		}
	}
	if g.Within("370285", "370100") || !g.Within("370285", "370000") || !g.Within("370285", "370285") || g.Within("000000", "370000") {
		t.Error("Within: wrong for 370285 or an unknown code")
	}
}

func TestPointsLieInChinaAndAreNearlyComplete(t *testing.T) {
	g := load(t)
	all, missing := 0, 0
	for p := range g.All() {
		if p.To == "" {
			all++
			if !p.HasPoint {
				missing++
			}
		}
		if p.HasPoint && (p.Lat < 3.8 || p.Lat > 53.6 || p.Lon < 73.4 || p.Lon > 135.1) {
			t.Errorf("%s %s: point %v, %v is outside China", p.Code, p.Name, p.Lat, p.Lon)
		}
	}
	if missing*100 > all {
		t.Errorf("points missing: got %d of %d, want at most 1 %%", missing, all)
	}
}

func TestTownshipsAreKnownByCounty(t *testing.T) {
	g := load(t)
	var got []string
	for _, town := range g.Townships("姜山镇") {
		got = append(got, town.County)
	}
	if want := "370285"; !slices.Contains(got, want) {
		t.Errorf("Townships(姜山镇): got %v, want %s among them", got, want)
	}
	if got := len(g.Townships("城关镇")); got < 50 {
		t.Errorf("Townships(城关镇): got %d, want at least 50", got)
	}
	n := 0
	for name, cs := range g.TownshipNames() {
		for _, c := range cs {
			n++
			if g.Today(c) == nil {
				t.Errorf("township %s: county %s is unknown", name, c)
			}
		}
	}
	if n < 38000 {
		t.Errorf("townships: got %d, want at least 38,000", n)
	}
}

func TestTablesOfCountriesZonesAndAmbiguousNames(t *testing.T) {
	g := load(t)
	for name, want := range map[string]string{"新加坡": "SG", "中国": "CN", "美利坚合众国": "US", "印尼": "ID"} {
		c, ok := g.Country(name)
		if back, known := g.CountryByCode(want); !ok || c.Code != want || !known || back.Code != want {
			t.Errorf("Country(%s): got %v %v, want %s", name, c, ok, want)
		}
	}
	if _, ok := g.Country("全国"); ok {
		t.Error("Country(全国): found, want none")
	}
	if n := len(slices.Collect(g.Countries())); n < 195 {
		t.Errorf("countries: got %d, want at least 195", n)
	}
	if z := g.Zones("雄安新区"); len(z) != 1 || z[0].Within != "130000" {
		t.Errorf("Zones(雄安新区): got %v", z)
	}
	for z := range g.AllZones() {
		if p, ok := g.ByCode(z.Within); !ok || p.To != "" {
			t.Errorf("zone %s: %s is not in force", z.Name, z.Within)
		}
	}
	if why, ok := g.Ambiguous("和平"); !ok || why != "word" {
		t.Errorf("Ambiguous(和平): got %q %v, want word", why, ok)
	}
	if _, ok := g.Ambiguous("淄博"); ok {
		t.Error("Ambiguous(淄博): listed")
	}
	for name, why := range g.AllAmbiguous() {
		if len(g.Named(name)) == 0 || !slices.Contains([]string{"word", "other", "inside"}, why) {
			t.Errorf("ambiguous name %s (%s): no division has it, or the reason is unknown", name, why)
		}
	}
	if got := len(g.Sum()); got != 64 {
		t.Errorf("Sum: %d characters, want 64", got)
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if err := places.Parse(); err != nil {
			b.Fatal(err)
		}
	}
}

func TestDatesOfDivisionsAreOrderedAndWellFormed(t *testing.T) {
	g := load(t)
	date := regexp.MustCompile(`^(\d{4}(-\d\d(-\d\d)?)?)?$`)
	for p := range g.All() {
		if !date.MatchString(p.From) || !date.MatchString(p.To) || p.From != "" && p.To != "" && p.From > p.To {
			t.Errorf("%s %s: from %q to %q", p.Code, p.Name, p.From, p.To)
		}
		last := ""
		for _, f := range p.Former {
			if !date.MatchString(f.Until) || f.Until == "" || f.Until < last || f.Name == p.Name {
				t.Errorf("%s %s: former name %s until %q", p.Code, p.Name, f.Name, f.Until)
			}
			last = f.Until
		}
	}
}

func TestDamagedDataNamesFileAndLine(t *testing.T) {
	const head = "# comment\ncolumns\n"
	const good = "370000\t山东省\tprovince\t\t山东\t鲁\t\t\t\t370000\t\t36.6\t117\t\n"
	if err := places.ParseDivisions(head + good); err != nil {
		t.Fatalf("good data: %v", err)
	}
	for what, c := range map[string]struct{ text, want string }{
		"short line":     {head + good + "370300\t淄博市\n", "divisions.tsv line 4: 2 fields"},
		"no number":      {head + strings.Replace(good, "36.6", "north", 1), `divisions.tsv line 3: point "north"`},
		"no date":        {head + strings.Replace(good, "\t\t\t\t370000", "\t\t1996-05-38\t\t370000", 1), `divisions.tsv line 3: date "1996-05-38"`},
		"wrong order":    {head + good + good, "divisions.tsv line 4: code 370000: not in ascending order"},
		"unknown parent": {head + strings.Replace(good, "province\t\t", "province\t990000\t", 1), "names 990000, which is not in the file"},
	} {
		if err := places.ParseDivisions(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", what, err, c.want)
		}
	}
}
