package extract

import (
	"testing"

	"reformgraph/graph"
)

func TestExtractWhatIsUrgedIsNotDoneWhereItIsSaid(t *testing.T) {
	in := func(title, text string) []string {
		var places []string
		for _, c := range chain(t).Extract(graph.Article{ID: "article:u", Title: title, Text: text, Given: []string{"title"}}).Claims {
			if c.Predicate == graph.In && c.Subject != c.Object && graph.Practice(c.Subject) == "首席专员" {
				places = append(places, c.Object)
			}
		}
		return places
	}
	for _, x := range []struct {
		title, text string
		want        int
	}{
		{"某领导在合肥考察时强调优化营商环境", "国务院领导来到合肥市。各级政府要推行“首席专员”制度。", 0},
		{"某领导参加安徽代表团审议", "国务院领导参加安徽代表团审议。合肥市代表发言。我们一定要推行“首席专员”制度。", 0},
		{"某领导在合肥考察时强调优化营商环境", "国务院领导来到合肥市。合肥市推行“首席专员”制度。", 1},
		{"合肥市召开优化营商环境会议", "合肥市召开会议。各级政府要推行“首席专员”制度。", 1},
	} {
		if got := in(x.title, x.text); len(got) != x.want {
			t.Errorf("%s: %s: got places %v, want %d", x.title, x.text, got, x.want)
		}
	}
}
