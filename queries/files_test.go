package queries_test

import (
	"regexp"
	"slices"
	"testing"
)

// aside matches what is no code: comments, strings and quoted names of either language.
var aside = regexp.MustCompile(`(?s)--[^\n]*|//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.|'')*'|"[^"]*"` + "|`[^`]*`")

var (
	cypherParameter = regexp.MustCompile(`\$(\w+)`)
	sqlParameter    = regexp.MustCompile(`(?:^|[^:\w]):([a-z]\w*)`)
)

// parametersOf returns the names of the parameters in a statement, sorted.
func parametersOf(text, sign string) []string {
	text = aside.ReplaceAllString(text, " ")
	pattern := cypherParameter
	if sign == ":" {
		pattern = sqlParameter
	}
	names := []string{}
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestParametersOf(t *testing.T) {
	tests := []struct {
		text, sign string
		want       []string
	}{
		{"MATCH (n:Entity {id: $id}) // not $this\nWHERE n.name <> '$that' RETURN n", "$", []string{"id"}},
		{"SELECT ':no' || :yes -- :neither\nFROM t /* :nor */ WHERE a = :also AND \":b\" = :yes", ":", []string{"also", "yes"}},
		{"RETURN 1", "$", []string{}},
	}
	for _, tt := range tests {
		if got := parametersOf(tt.text, tt.sign); !slices.Equal(got, tt.want) {
			t.Errorf("parametersOf(%q) = %v, want %v", tt.text, got, tt.want)
		}
	}
}
