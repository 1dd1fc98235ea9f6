package extract

import (
	"testing"

	"reformgraph/graph"
)

func TestExtractFigureNamesEndWithTheirNoun(t *testing.T) {
	for text, want := range map[string]string{
		"合肥市撤销了4个服务窗口和2个值班电话。":   "服务窗口",
		"合肥市破除城乡二元结构，撤销了4个服务窗口。": "服务窗口",
	} {
		var names []string
		for _, m := range chain(t).Extract(graph.Article{ID: "article:f", Text: text}).Mentions {
			if label, _ := graph.LabelOf(m.Node); label == graph.LabelFigure {
				names = append(names, m.Name)
			}
		}
		if len(names) == 0 || names[0] != want {
			t.Errorf("%s: got %v, want %s first", text, names, want)
		}
		for _, n := range names {
			if n == "城乡" || n == "结构" || n == "破除城乡" {
				t.Errorf("%s: %s is no figure", text, n)
			}
		}
	}
}
