package extract

import (
	"slices"
	"strings"
	"testing"
)

// initiatives returns the names of the initiatives of a text, in its order.
func initiatives(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	for _, m := range read(t, text).Mentions {
		if strings.HasPrefix(m.Node, "initiative:") {
			out = append(out, trimQuotes(m.Name))
		}
	}
	return out
}

func TestPhraseNamesWithoutPlaceOrQuotationMarks(t *testing.T) {
	for _, x := range []struct {
		text string
		want []string
	}{
		{"会议指出，要加快推进公立学校教师聘任制度改革。", []string{"公立学校教师聘任制度改革"}},
		{"港口收费改革取得明显进展，内河航运保险制度基本建立。", []string{"港口收费改革", "内河航运保险制度"}},
		{"水价综合改革是大家关心的事。", []string{"水价综合改革"}},
		{"方案提出，建立健全责权明晰、运转高效的乡镇财务监管体系。", []string{"乡镇财务监管体系"}},
		{"大家拥护改革、投身改革，把改革进行到底。", nil},
		{"完善工作机制，形成长效机制。", nil},
		{"法国总统说，法国将推进养老金制度改革。", nil},
		{"专家认为，海洋牧场管理体制已经建成，制度创新没有止境。", []string{"海洋牧场管理体制"}},
	} {
		got := initiatives(t, x.text)
		if !slices.Equal(got, x.want) {
			t.Errorf("%s\n got %q\nwant %q", x.text, got, x.want)
		}
	}
}
