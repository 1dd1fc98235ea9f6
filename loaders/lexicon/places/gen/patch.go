package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed patch.tsv
var patchText string

// patches are the hand-kept corrections: code → key → values. patch.tsv says what the keys mean.
type patches map[string]map[string][]string

func readPatches() (patches, error) {
	p := patches{}
	sc := bufio.NewScanner(strings.NewReader(patchText))
	for line := 1; sc.Scan(); line++ {
		if sc.Text() == "" || strings.HasPrefix(sc.Text(), "#") {
			continue
		}
		f := strings.Split(sc.Text(), "\t")
		if len(f) != 4 || len(f[0]) != 6 || f[3] == "" {
			return nil, fmt.Errorf("patch.tsv line %d: want code, key, value, notice", line)
		}
		if p[f[0]] == nil {
			p[f[0]] = map[string][]string{}
		}
		p[f[0]][f[1]] = append(p[f[0]][f[1]], f[2])
	}
	return p, sc.Err()
}

func (p patches) has(code, key string) bool { return len(p[code][key]) > 0 }

func (p patches) value(code, key string) (string, bool) {
	v := p[code][key]
	if len(v) == 0 {
		return "", false
	}
	return strings.Join(v, " "), true
}

// legit says that the name was the division's, not a slip of the list.
func (p patches) legit(code, name string) bool {
	for _, slip := range p[code]["slip"] {
		if slip == name {
			return false
		}
	}
	return true
}

func (p patches) point(code string) (point, bool) {
	v, ok := p.value(code, "point")
	if !ok {
		return point{}, false
	}
	a, b, _ := strings.Cut(v, ",")
	lat, err1 := strconv.ParseFloat(a, 64)
	lon, err2 := strconv.ParseFloat(b, 64)
	return point{lat, lon}, err1 == nil && err2 == nil
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
