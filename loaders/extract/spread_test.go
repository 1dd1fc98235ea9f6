package extract

import (
	"strings"
	"testing"

	"reformgraph/graph"
)

// ties reads a text under a headline and lists its ties of spread as FROM PREDICATE TO STATUS.
func ties(t *testing.T, title, text string) string {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	a := graph.Article{ID: "article:t", Title: title, Text: text, Published: "2020-06-01", PublishedPrecision: "day", Given: []string{"published"}}
	if title != "" {
		a.Given = append(a.Given, "title")
	}
	f := c.Extract(a)
	if err := f.Validate(); err != nil {
		t.Fatalf("invalid facts of %q: %v", text, err)
	}
	names := map[string]string{}
	for _, p := range f.Places {
		names[p.ID] = p.Name
	}
	for _, m := range f.Mentions {
		if names[m.Node] == "" {
			names[m.Node] = trimQuotes(m.Name)
		}
	}
	var out []string
	for _, c := range f.Claims {
		switch c.Predicate {
		case graph.PromotedTo, graph.LearnedFrom, graph.OriginatedIn:
			out = append(out, names[c.Subject]+" "+string(c.Predicate)+" "+names[c.Object]+" "+c.Status)
		case graph.Applies:
			for _, in := range f.Claims {
				if in.Predicate == graph.In && in.Subject == c.Subject {
					out = append(out, names[c.Object]+" ADOPTS "+names[in.Object]+" "+c.Status)
				}
			}
		}
	}
	return strings.Join(out, "; ")
}

func TestSpreadReadsTies(t *testing.T) {
	for _, x := range []struct{ title, text, want string }{
		// How far: counted places stand for the country, those of a province for the province.
		{"", "会议决定，将“夜间议事”试点扩大到120个县。", "PROMOTED_TO 中国 planned"},
		{"", "安徽省的“夜间议事”试点已扩大到全省40个县。", "PROMOTED_TO 安徽省 done"},
		// Trial places named behind the trial, or in a sentence after it.
		{"", "财政部公布首批“夜间议事”试点。苏州、芜湖等12个城市被列为试点城市。", "ADOPTS 芜湖市"},
		{"楼栋积分改革试点扩至三市", "在此基础上，将苏州、芜湖、徐州纳入试点范围。", "楼栋积分改革试点 ADOPTS 徐州市"},
		{"", "芜湖市作为首批试点推行“巷长制”。", "巷长制 ADOPTS 芜湖市"},
		// Firsts beside and behind their place.
		{"", "作为全国首个楼栋积分改革试点城市，芜湖市走在前列。", "楼栋积分改革 ORIGINATED_IN 芜湖市"},
		{"【走基层】芜湖：巷子里的变化", "全国率先推行“巷长制”，让居民少走路。", "巷长制 ORIGINATED_IN 芜湖市"},
		// Both sides of talks.
		{"陆明远会见老挝总理", "双方将加强治国理政经验交流，相互借鉴。", "老挝 LEARNED_FROM 中国 planned"},
		{"", "老挝的治理经验曾为我们提供了借鉴。", "中国 LEARNED_FROM 老挝 done"},
		// What a meeting says to be done everywhere is asked for.
		{"国务院召开会议", "全面推行楼栋积分制度。", "楼栋积分制度 PROMOTED_TO 中国 planned"},
	} {
		if got := ties(t, x.title, x.text); !strings.Contains(got, x.want) {
			t.Errorf("%q | %q\n  got  %q\n  want %q", x.title, x.text, got, x.want)
		}
	}
}

func TestSpreadLeavesAlone(t *testing.T) {
	for _, x := range []struct{ title, text, not string }{
		{"", "会议要求，总结推广各地好经验好做法。", "PROMOTED_TO"},                  // nothing named
		{"", "当地在全省推广小麦新品种，面积达20万亩。", "PROMOTED_TO"},               // goods
		{"", "芜湖市推行“巷长制”。今年将在全国推广节水农机具。", "PROMOTED_TO"},           // goods, not the practice before
		{"", "芜湖市推行“巷长制”。轮作试点已经增加到3000万亩。", "PROMOTED_TO"},         // no places are counted
		{"", "苏州、芜湖没有列入今年的“巷长制”试点。", "ADOPTS 芜湖市 done"},            // no trial place
		{"", "合肥市在全国率先推行“容缺承诺”机制。", "PROMOTED_TO"},                 // first among all, not spread to all
		{"", "政协委员建议芜湖市推行“河长制”。", "河长制 ADOPTS"},                    // an appeal
		{"陆明远会见老挝总理", "两国人民相互借鉴、携手前行。", "LEARNED_FROM"},            // no experience
		{"", "“巷长制”在合肥市全面实施。", "PROMOTED_TO 合肥市"},                  // carried out in one place
		{"", "合肥市推行“巷长制”。陆军首次全面推行新兵“先训后补”模式。", "先训后补 PROMOTED_TO"}, // the army's own
	} {
		if got := ties(t, x.title, x.text); strings.Contains(got, x.not) {
			t.Errorf("%q | %q\n  got  %q\n  want nothing with %q", x.title, x.text, got, x.not)
		}
	}
}
