package graph

import (
	"context"
)

// sample returns facts of one article with a mention of every label, a claim of
// every kind of property, an unresolved mention and places with a successor.
func sample(id string) Facts {
	const text = "𠮷市淄博推行有解思维，泰安去学。增速5.5%，连续三年。某地也去。\n"
	f := Facts{
		Article: Article{ID: "article:" + id, Title: "标题 <&>", Outlet: "晨报", URL: "https://example.org/" + id, Published: "2020-05-06", PublishedPrecision: "day",
			Authors: []string{"乙", "甲"}, Script: "simplified", Home: "place:370300", Text: text, Given: []string{"title", "url"}, Source: "here.txt"},
		Places: []Place{
			{ID: "place:CN", Name: "中国", Level: "country", Today: "CN"},
			{ID: "place:370000", Name: "山东省", Level: "province", Lat: 36.67, Lon: 117.02, Today: "370000", Parent: "place:CN"},
			{ID: "place:370300", Name: "淄博市", Level: "prefecture", City: true, Today: "370300", Parent: "place:370000"},
			{ID: "place:370902", Name: "泰山县", Level: "county", From: "1949", To: "1985-03", Today: "370900", Parent: "place:370000"},
			{ID: "place:370900", Name: "泰安市", Level: "prefecture", City: true, From: "1985-03-27", Today: "370900", Parent: "place:370000"},
			{ID: "place:330000", Name: "浙江省", Level: "province", Today: "330000", Parent: "place:CN"},
		},
		Mentions: []Mention{
			{Node: "place:370902", Name: "泰安", Starts: []int{11}, Ends: []int{13}},
			{Node: "initiative:370300:有解思维", Name: "有解思维", Aliases: []string{"有解"}, Props: Props{"kind": "mechanism", "domain": "governance"}, Starts: []int{6}, Ends: []int{10}},
			{Node: "experience:有解思维", Name: "有解思维", Starts: []int{6}, Ends: []int{10}},
			{Node: "figure:增速", Name: "增速", Props: Props{"unit": "%"}, Starts: []int{16}, Ends: []int{18}},
			{Node: "pilot:CN:试点", Name: "试点", Props: Props{"level": "national"}, Starts: []int{6}, Ends: []int{8}},
			{Node: "leader:张三@370300", Name: "张三", Starts: []int{6}, Ends: []int{8}},
			{Node: "org:370300:市委", Name: "市委", Props: Props{"kind": "party"}, Starts: []int{6}, Ends: []int{8}},
			{Node: "recognition:CN:奖", Name: "奖", Props: Props{"kind": "award", "level": "national"}, Starts: []int{6}, Ends: []int{8}},
			{Node: "document:370300:意见", Name: "意见", Props: Props{"kind": "policy"}, Starts: []int{6}, Ends: []int{8}},
		},
		Claims: []Claim{
			{Subject: "place:370300", Predicate: Measured, Object: "figure:增速", Props: Props{"value": 5.5, "unit": "%", "approx": false, "rank": int64(2)}, Start: 16, End: 22},
			{Subject: "initiative:370300:有解思维", Predicate: Applies, Object: "experience:有解思维", Props: Props{"since": "2019-09", "precision": "month", "basis": "stated"}, Start: 0, End: 10},
			{Subject: "initiative:370300:有解思维", Predicate: In, Object: "place:370300", Start: 0, End: 10},
			{Subject: "place:370902", Predicate: LearnedFrom, Object: "place:370300", Props: Props{"how": "visit"}, Start: 11, End: 15},
		},
		Unresolved: []Unresolved{{Start: 28, End: 30, Text: "某地", Why: "no such place"}},
	}
	runes := []rune(text)
	for i := range f.Claims {
		c := &f.Claims[i]
		c.Quote, c.Status, c.Confidence, c.Rule = string(runes[c.Start:c.End]), "done", 0.75, "rule"
	}
	return f
}

// fakeStore holds facts for Dump and remembers what Restore applies.
type fakeStore struct {
	Store
	edition string
	facts   []Facts
	batches []int
}

func (s *fakeStore) Info(context.Context) (Info, error) {
	return Info{Edition: s.edition, Articles: len(s.facts)}, nil
}

func (s *fakeStore) Export(_ context.Context, each func(Record) error) error {
	return Records(s.facts, each)
}

func (s *fakeStore) Apply(_ context.Context, b Batch) (Result, error) {
	s.edition = b.Edition
	s.facts = append(s.facts, b.Load...)
	s.batches = append(s.batches, len(b.Load))
	return Result{}, nil
}
