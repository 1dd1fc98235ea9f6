package neo4jstore_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"reformgraph/graph"
)

// maker makes facts of any number of articles, the same for the same seed, with
// the shape of a real corpus: a few hubs that every other article mentions, and a
// long tail.
type maker struct {
	rng     *rand.Rand
	zipf    *rand.Zipf
	edition string
}

func newMaker(seed uint64) *maker {
	rng := rand.New(rand.NewPCG(seed, 1))
	return &maker{rng: rng, zipf: rand.NewZipf(rng, 1.2, 3, 2999), edition: "made-1"}
}

const (
	provinces  = 31
	perLevel   = 10 // prefectures of a province, counties of a prefecture
	tail       = "，推动各项工作走深走实并形成可复制可推广的做法"
	hubs       = 3
	hubPercent = 30
)

func (m *maker) place() graph.Place {
	province := 11 + int(m.zipf.Uint64())%provinces
	prefecture := int(m.zipf.Uint64()) % perLevel
	county := int(m.zipf.Uint64()) % perLevel
	code := fmt.Sprintf("%02d%02d%02d", province, prefecture, county)
	return placeOf(code)
}

func placeOf(code string) graph.Place {
	p := graph.Place{ID: graph.PlaceID(code), Name: "地" + code, Level: "county", Lat: 30.5, Lon: 110.25, Today: code}
	switch {
	case code == "CN":
		return graph.Place{ID: "place:CN", Name: "中国", Level: "country", Today: "CN"}
	case strings.HasSuffix(code, "0000"):
		p.Level, p.Parent = "province", "place:CN"
	case strings.HasSuffix(code, "00"):
		p.Level, p.City, p.Parent = "prefecture", true, graph.PlaceID(code[:2]+"0000")
	default:
		p.Parent = graph.PlaceID(code[:4] + "00")
	}
	return p
}

// article makes the facts of an article of that id with some claims.
func (m *maker) article(id string, claims int) graph.Facts {
	f := graph.Facts{Article: graph.Article{ID: "article:" + id, Title: "题" + id, Outlet: "晚报", Published: "2020-01-02",
		PublishedPrecision: "day", Script: "simplified", Given: []string{"title"}, Source: id + ".txt"}}
	var text strings.Builder
	length := 0
	write := func(s string) (start, end int) {
		text.WriteString(s)
		start, length = length, length+utf8.RuneCountInString(s)
		return start, length
	}
	write("报道" + id + "。\n")
	known := map[string]bool{}
	addPlace := func(p graph.Place) {
		for !known[p.ID] {
			known[p.ID] = true
			f.Places = append(f.Places, p)
			if p.Parent == "" {
				return
			}
			p = placeOf(graph.PlaceCode(p.Parent))
		}
	}
	at := map[string]int{} // index in f.Mentions
	mention := func(node, name string, props graph.Props) {
		start, end := write(name)
		i, ok := at[node]
		if !ok {
			i = len(f.Mentions)
			at[node] = i
			f.Mentions = append(f.Mentions, graph.Mention{Node: node, Name: name, Props: props})
		}
		mn := &f.Mentions[i]
		mn.Starts, mn.Ends = append(mn.Starts, start), append(mn.Ends, end)
		if name != mn.Name {
			mn.Aliases = append(mn.Aliases, name)
		}
	}
	somePlace := func() string {
		p := m.place()
		addPlace(p)
		mention(p.ID, p.Name, nil)
		return p.ID
	}
	someOrg := func() string {
		n := m.zipf.Uint64()
		if m.rng.IntN(100) < hubPercent {
			n = uint64(m.rng.IntN(hubs))
		}
		name := fmt.Sprintf("机关%d", n)
		mention(graph.ScopedID(graph.LabelOrganization, "CN", name), name+strings.Repeat("办", m.rng.IntN(2)), graph.Props{"kind": []string{"government", "party"}[m.rng.IntN(2)]})
		return graph.ScopedID(graph.LabelOrganization, "CN", name)
	}
	someInitiative := func() string {
		p := m.place()
		name := fmt.Sprintf("行动%d", m.zipf.Uint64())
		node := graph.ScopedID(graph.LabelInitiative, graph.PlaceCode(p.ID), name)
		mention(node, name, graph.Props{"kind": "campaign", "domain": graph.Domains[m.rng.IntN(5)]})
		return node
	}
	someExperience := func() string {
		name := fmt.Sprintf("经验%d", m.zipf.Uint64()%300)
		mention(graph.ExperienceID(name), name, nil)
		return graph.ExperienceID(name)
	}
	for range claims {
		c := graph.Claim{Start: length, Status: "done", Confidence: 0.5 + float64(m.rng.IntN(50))/100, Rule: "made"}
		switch m.rng.IntN(6) {
		case 0:
			c.Subject, c.Predicate, c.Object = someInitiative(), graph.Applies, someExperience()
			c.Props = graph.Props{"since": "2019-09", "precision": "month", "basis": "stated"}
		case 1:
			c.Subject, c.Predicate, c.Object = someInitiative(), graph.In, somePlace()
		case 2:
			c.Subject, c.Predicate, c.Object = someInitiative(), graph.LedBy, someOrg()
		case 3:
			c.Subject, c.Predicate, c.Object = somePlace(), graph.LearnedFrom, somePlace()
		case 4:
			n := fmt.Sprintf("指标%d", m.zipf.Uint64()%500)
			c.Subject, c.Predicate = somePlace(), graph.Measured
			c.Object = graph.FigureID(n)
			mention(c.Object, n, graph.Props{"unit": "%"})
			c.Props = graph.Props{"value": float64(m.rng.IntN(400)) / 4, "unit": "%", "rank": int64(m.rng.IntN(9))}
		default:
			n := fmt.Sprintf("文件%d", m.zipf.Uint64())
			c.Subject, c.Predicate = someOrg(), graph.Issued
			c.Object = graph.ScopedID(graph.LabelDocument, "CN", n)
			mention(c.Object, n, graph.Props{"kind": "policy"})
			c.Props = graph.Props{"date": "2018", "precision": "year"}
		}
		write(tail)
		c.End = length
		write("。\n")
		f.Claims = append(f.Claims, c)
	}
	f.Article.Text = text.String()
	runes := []rune(f.Article.Text)
	for i := range f.Claims {
		c := &f.Claims[i]
		c.Quote = string(runes[c.Start:c.End])
	}
	f.Complete()
	return f
}

// batches cuts articles into batches of the size that loaders use.
func (m *maker) batches(articles, claims int) []graph.Batch {
	var out []graph.Batch
	b := graph.Batch{Edition: m.edition}
	rows := 0
	for i := range articles {
		f := m.article(fmt.Sprintf("%06d", i), claims)
		if n := f.Rows(); len(b.Load) == graph.MaxBatchArticles || rows+n > graph.MaxBatchRows {
			out = append(out, b)
			b, rows = graph.Batch{Edition: m.edition}, 0
		}
		rows += f.Rows()
		b.Load = append(b.Load, f)
	}
	return append(out, b)
}
