package graphtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"reformgraph/graph"
)

// Edition is the edition of the suite's facts.
const Edition = "edition-1"

// places is the gazetteer of the suite: two provinces with a prefecture and a
// county each, a county that another one succeeded, and the country.
var places = func() map[string]graph.Place {
	list := []graph.Place{
		{ID: "place:CN", Name: "中国", Level: "country", Today: "CN"},
		{ID: "place:370000", Name: "山东省", Level: "province", Lat: 36.67, Lon: 117.02, Today: "370000", Parent: "place:CN"},
		{ID: "place:370300", Name: "淄博市", Level: "prefecture", City: true, Lat: 36.81, Lon: 118.05, Today: "370300", Parent: "place:370000"},
		{ID: "place:370900", Name: "泰安市", Level: "prefecture", City: true, Lat: 36.2, Lon: 117.09, Today: "370900", Parent: "place:370000"},
		{ID: "place:370983", Name: "肥城市", Level: "county", City: true, From: "1992", Today: "370983", Parent: "place:370900"},
		{ID: "place:370983/老城街道", Name: "老城街道", Level: "township", Today: "370983/老城街道", Parent: "place:370983"},
		{ID: "place:330000", Name: "浙江省", Level: "province", Lat: 30.27, Lon: 120.15, Today: "330000", Parent: "place:CN"},
		{ID: "place:330100", Name: "杭州市", Level: "prefecture", City: true, Lat: 30.29, Lon: 120.16, Today: "330100", Parent: "place:330000"},
		{ID: "place:330125", Name: "余杭县", Level: "county", From: "1949", To: "1994", Today: "330110", Parent: "place:330100"},
		{ID: "place:330110", Name: "余杭区", Level: "county", From: "2001", Today: "330110", Parent: "place:330100"},
	}
	m := map[string]graph.Place{}
	for _, p := range list {
		m[p.ID] = p
	}
	return m
}()

// statement is one claim of a test article: the article's text holds a sentence
// for it, which is the claim's quote.
type statement struct {
	subject   string
	predicate graph.Predicate
	object    string
	props     graph.Props
	status    string // "" is done
}

// view is what a test article says of a node beside its name.
type view struct {
	name    string // "" is the last part of the id
	aliases []string
	props   graph.Props
}

// article makes the facts of an article whose text is a title line and one
// sentence for each statement. Nodes that views names and no statement does are
// mentioned at the end.
func article(id, published string, statements []statement, views map[string]view) graph.Facts {
	f := graph.Facts{Article: graph.Article{
		ID: "article:" + id, Title: "标题" + id, Outlet: "晨报", Published: published, PublishedPrecision: graph.PrecisionOf(published),
		Authors: []string{"记者甲", "记者乙"}, Script: "simplified", Given: []string{"title"}, Source: "suite/" + id + ".txt",
	}}
	var text strings.Builder
	length := 0
	write := func(s string) (start, end int) {
		text.WriteString(s)
		start = length
		length += utf8.RuneCountInString(s)
		return start, length
	}
	write("𠮷报道：" + id + "\n")
	spans := map[string][][2]int{}
	var order []string
	mention := func(node string) {
		start, end := write(nameOf(node, views))
		if spans[node] == nil {
			order = append(order, node)
		}
		spans[node] = append(spans[node], [2]int{start, end})
	}
	for _, s := range statements {
		start := length
		mention(s.subject)
		write(" " + strings.ToLower(string(s.predicate)) + " ")
		mention(s.object)
		end := length
		write("。\n")
		status := s.status
		if status == "" {
			status = "done"
		}
		f.Claims = append(f.Claims, graph.Claim{Subject: s.subject, Predicate: s.predicate, Object: s.object, Start: start, End: end,
			Status: status, Confidence: 0.8, Rule: "suite", Props: s.props})
	}
	var rest []string
	for node := range views {
		if spans[node] == nil {
			rest = append(rest, node)
		}
	}
	slices.Sort(rest)
	for _, node := range rest {
		mention(node)
		write("。\n")
	}
	f.Article.Text = text.String()
	runes := []rune(f.Article.Text)
	for i := range f.Claims {
		c := &f.Claims[i]
		c.Quote = string(runes[c.Start:c.End])
	}
	for _, node := range order {
		v := views[node]
		m := graph.Mention{Node: node, Name: nameOf(node, views), Aliases: v.aliases, Props: v.props}
		for _, s := range spans[node] {
			m.Starts, m.Ends = append(m.Starts, s[0]), append(m.Ends, s[1])
		}
		f.Mentions = append(f.Mentions, m)
	}
	f.Places = allPlaces()
	f.Complete()
	return f
}

func allPlaces() []graph.Place {
	return slices.Collect(maps.Values(places))
}

func nameOf(node string, views map[string]view) string {
	if v := views[node]; v.name != "" {
		return v.name
	}
	if p, ok := places[node]; ok {
		return p.Name
	}
	name := node[strings.LastIndexByte(node, ':')+1:]
	name, _, _ = strings.Cut(name, "@")
	return name
}

// clone copies facts deeply, since a store may complete those it is given.
func clone(f graph.Facts) graph.Facts {
	f.Places = slices.Clone(f.Places)
	f.Unresolved = slices.Clone(f.Unresolved)
	f.Mentions = slices.Clone(f.Mentions)
	f.Claims = slices.Clone(f.Claims)
	return f
}

// load is a batch of the suite's edition.
func load(facts ...graph.Facts) graph.Batch {
	b := graph.Batch{Edition: Edition}
	for _, f := range facts {
		b.Load = append(b.Load, clone(f))
	}
	return b
}

// forget is a batch that forgets articles.
func forget(ids ...string) graph.Batch {
	b := graph.Batch{}
	for _, id := range ids {
		b.Forget = append(b.Forget, fmt.Sprintf("article:%s", id))
	}
	return b
}
