package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

// documented is a row of the table in docs/config.md.
type documented struct{ key, variable, flag, preset string }

// readDocumented reads that table.
func readDocumented(t *testing.T) []documented {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "config.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []documented
	for line := range strings.Lines(string(b)) {
		cells := strings.Split(line, "|")
		if len(cells) < 7 || !strings.HasPrefix(line, "| `") {
			continue
		}
		cell := func(i int) string { return strings.Trim(strings.TrimSpace(cells[i]), "`") }
		rows = append(rows, documented{cell(1), cell(2), cell(3), cell(4)})
	}
	return rows
}

func TestConfigDocumented(t *testing.T) {
	var want []documented
	for _, s := range settings {
		d := documented{s.key, "REFORMGRAPH_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_")), "", fmt.Sprint(s.preset)}
		if _, list := s.preset.([]string); list {
			d.preset = ""
		}
		if s.flag != "" {
			d.flag = "--" + s.flag
		}
		want = append(want, d)
	}
	if got := readDocumented(t); !slices.Equal(got, want) {
		t.Errorf("docs/config.md says\n%v\nwant, from the table of settings,\n%v", got, want)
	}
}

// Every key is a field of Config and the other way round, and its environment
// variable reaches it.
func TestConfigVariables(t *testing.T) {
	t.Chdir(t.TempDir())
	var keys []string
	for _, s := range settings {
		keys = append(keys, s.key)
		value := map[string]string{"string": "from-variable", "int": "7", "bool": "true", "[]string": "a,b", "time.Duration": "7s"}[fmt.Sprintf("%T", s.preset)]
		t.Setenv("REFORMGRAPH_"+strings.ToUpper(strings.ReplaceAll(s.key, ".", "_")), value)
	}
	got, err := readConfig(newViper(), "")
	if err != nil {
		t.Fatal(err)
	}
	var fields []string
	var walk func(prefix string, v reflect.Value)
	walk = func(prefix string, v reflect.Value) {
		for i := range v.NumField() {
			key := prefix + v.Type().Field(i).Tag.Get("mapstructure")
			if f := v.Field(i); f.Kind() == reflect.Struct {
				walk(key+".", f)
				continue
			} else if f.IsZero() {
				t.Errorf("%s: its variable does not reach the setting", key)
			}
			fields = append(fields, key)
		}
	}
	walk("", reflect.ValueOf(got))
	if !slices.Equal(fields, keys) {
		t.Errorf("Config has the keys %v, want %v as the settings have", fields, keys)
	}
}

func TestConfigDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	v := newViper()
	got, err := readConfig(v, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings {
		if !reflect.DeepEqual(v.Get(s.key), s.preset) {
			t.Errorf("%s: got default %v, want %v", s.key, v.Get(s.key), s.preset)
		}
	}
	if len(got.TokenHashes) > 0 || got.RequestTimeout != 30*time.Second {
		t.Errorf("got %+v, want no token and half a minute", got)
	}
	if got.Store != "sqlite:reformgraph.db" || got.Neo4j.Password != "" {
		t.Errorf("got %+v, want a file in the working folder and no password", got)
	}
}

// Each setting that has a flag is a flag of some command.
func TestConfigFlags(t *testing.T) {
	root := (&Main{}).command()
	flags := map[string]bool{}
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
	for _, c := range root.Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
	}
	for _, s := range settings {
		if s.flag != "" && !flags[s.flag] {
			t.Errorf("%s: no command has the flag --%s", s.key, s.flag)
		}
	}
}
