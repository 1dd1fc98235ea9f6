package extract

import (
	"slices"
	"testing"

	"reformgraph/graph"
)

func TestUnknownPlace(t *testing.T) {
	c := chain(t)
	for _, tt := range []struct {
		name, text string
		unknown    []string
		claims     int
	}{
		{"BehindItsProvince", "山东省云水市推行“快办”机制，办理时限压减40%。", []string{"云水市"}, 0},
		{"SubjectOfAClause", "去年以来，形势很好。金鸡县开展“一窗通办”改革。", []string{"金鸡县"}, 0},
		{"ItsDocument", "浙江省望潮市印发《望潮市难题会商办法》。", []string{"望潮市"}, 0},
		{"KnownPlaceAfterIt", "金鸡县开展“一窗通办”改革，泰安市推行“快办”机制。", []string{"金鸡县"}, 1},
		{"WordsThatAreNoNames", "山东省各市推行改革，浙江省贫困县开展培训，江苏省城市推进更新，山东省农产品市场开展促销。", nil, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := c.Extract(graph.Article{ID: "article:u", Text: tt.text, Published: "2022-05-06", PublishedPrecision: "day", Given: []string{"published"}})
			var got []string
			for _, u := range f.Unresolved {
				got = append(got, u.Text)
			}
			if !slices.Equal(got, tt.unknown) {
				t.Errorf("unresolved: got %q, want %q", got, tt.unknown)
			}
			if tt.claims >= 0 && len(f.Claims) != tt.claims {
				t.Errorf("got claims %v, want %d", f.Claims, tt.claims)
			}
		})
	}
}
