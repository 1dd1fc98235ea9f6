package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestGeneratorReproducesTheFilesInTheRepository(t *testing.T) {
	dir := os.Getenv("GAZETTEER_SOURCES")
	if dir == "" {
		t.Skip("set GAZETTEER_SOURCES to the folder of raw files (README.md) to check the generated files")
	}
	out := t.TempDir()
	if err := run(dir, out, false); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"divisions.tsv", "townships.tsv.gz"} {
		got, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the generator makes %d other bytes than the %d in the repository; run it and commit", name, len(got), len(want))
		}
	}
}

func TestShortNamesDropKindAndPeoples(t *testing.T) {
	for name, want := range map[string][]string{
		"菏泽市":             {"菏泽"},
		"恩施土家族苗族自治州":      {"恩施", "恩施州"},
		"内蒙古自治区":          {"内蒙古"},
		"宁夏回族自治区":         {"宁夏"},
		"博尔塔拉蒙古自治州":       {"博尔塔拉", "博尔塔拉州"},
		"前郭尔罗斯蒙古族自治县":     {"前郭尔罗斯"},
		"东乡族自治县":          {"东乡"},
		"鄂温克族自治旗":         {"鄂温克"},
		"龙胜各族自治县":         {"龙胜"},
		"管城回族区":           {"管城"},
		"塔什库尔干塔吉克自治县":     {"塔什库尔干"},
		"双江拉祜族佤族布朗族傣族自治县": {"双江"},
		"浦东新区":            {"浦东"},
		"西林区":             {"西林"},
		"神农架林区":           {"神农架"},
		"井陉矿区":            {"井陉"},
		"香港特别行政区":         {"香港"},
		"阿里地区":            {"阿里"},
		"和县":              nil,
		"城区":              nil,
		"科尔沁左翼中旗":         nil,
	} {
		if got := shortNames(name); !reflect.DeepEqual(got, want) {
			t.Errorf("shortNames(%s): got %v, want %v", name, got, want)
		}
	}
}
