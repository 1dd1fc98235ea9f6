package graphtest

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"reformgraph/graph"
)

const (
	zibo   = "place:370300"
	taian  = "place:370900"
	yuhang = "place:330125" // succeeded by place:330110
	youjie = "experience:有解思维"
	own    = "initiative:370300:有解思维"
)

// adoption is an article with a claim of every kind of property.
func adoption(id string) graph.Facts {
	return article(id, "2020-05-06", []statement{
		{own, graph.Applies, youjie, graph.Props{"since": "2019-09", "precision": "month", "basis": "stated"}, ""},
		{own, graph.In, zibo, nil, ""},
		{own, graph.LedBy, "org:370300:淄博市委", graph.Props{"role": "lead"}, ""},
		{taian, graph.LearnedFrom, zibo, graph.Props{"how": "visit", "date": "2020-04-30", "precision": "day"}, ""},
		{taian, graph.Undertakes, "pilot:CN:物流枢纽", graph.Props{"count": int64(3), "approx": true, "stage": "applied"}, "planned"},
		{zibo, graph.Measured, "figure:增速", graph.Props{"value": -0.5, "unit": "%", "rank": int64(2), "approx": false}, ""},
		{"leader:张三@370300", graph.Holds, "org:370300:淄博市委", graph.Props{"title": "书记"}, "negated"},
		{zibo, graph.Received, "recognition:CN:文明城市", nil, ""},
		{zibo, graph.Issued, "document:370300:意见", nil, ""},
	}, map[string]view{
		own:                   {aliases: []string{"有解", "万事有解"}, props: graph.Props{"kind": "mechanism", "domain": "governance"}},
		"org:370300:淄博市委":     {name: "市委", props: graph.Props{"kind": "party"}},
		"place:370983/老城街道":   {},
		"recognition:CN:文明城市": {props: graph.Props{"kind": "award", "level": "national"}},
	})
}

func testEmptyStore(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	i := f.info()
	if i.StoreID == "" || i.Engine == "" {
		t.Errorf("got info %+v, want an id and an engine", i)
	}
	f.check()
	if states, err := f.store.States(t.Context(), []string{"article:1"}); err != nil || states == nil || len(states) != 0 {
		t.Errorf("got states %v, %v, want none", states, err)
	}
	if articles, err := f.store.Articles(t.Context(), "", 10); err != nil || len(articles) != 0 {
		t.Errorf("got articles %v, %v, want none", articles, err)
	}
	if changes, err := f.store.Changes(t.Context(), 0, 10); err != nil || len(changes) != 0 {
		t.Errorf("got changes %v, %v, want none", changes, err)
	}
	f.apply(graph.Batch{})
	f.apply(forget("1", "2"))
	if err := f.store.SetEdition(t.Context(), Edition); err != nil {
		t.Errorf("set edition: %v", err)
	}
	f.check()
}

func testLoad(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	before := f.info()
	facts := adoption("1")
	facts.Unresolved = []graph.Unresolved{{Start: 0, End: 1, Text: "𠮷", Why: "no such place"}}
	f.apply(load(facts, article("2", "", nil, map[string]view{youjie: {}})))
	f.check()
	if got := f.info(); got.StoreID != before.StoreID || got.Engine != before.Engine {
		t.Errorf("got info %+v, want id and engine of %+v", got, before)
	}
	states, err := f.store.States(t.Context(), []string{"article:2", "article:1", "article:3"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]graph.State{}
	for _, l := range f.model.facts() {
		want[l.Article.ID] = graph.State{Hash: l.Article.Hash(), Edition: Edition, Source: l.Article.Source}
	}
	if !reflect.DeepEqual(states, want) {
		t.Errorf("got states %v, want %v", states, want)
	}
}

// Everything that text may hold comes back as it was given.
func testLoadTextAsItStands(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	odd := "𠮷野家 Ａ１ é é \t\r 'quoted' \"double\" \\back\\slash $name :name ?1 {curly} <b>&amp;</b> \u2028 \ufeff \u200b \U000E0100 %_*"
	facts := article("odd ' \" $x", "2020-05", nil, map[string]view{youjie: {name: odd, aliases: []string{"'", `"`, "$a", "\\"}}})
	facts.Article.Title, facts.Article.Outlet, facts.Article.URL, facts.Article.Authors = odd, odd, "https://example.org/?q=有&x=%20", []string{odd, "", odd}
	facts.Article.Home = zibo
	facts.Places = allPlaces()
	f.apply(load(facts))
	f.check()
	got, err := f.store.Articles(t.Context(), "", 1)
	if err != nil || len(got) != 1 {
		t.Fatalf("got %v, %v, want one article", got, err)
	}
	if want := facts.Article; !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %#v\nwant %#v", got[0], want)
	}
}

func testReload(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2")))
	f.apply(load(adoption("1"), adoption("2")))
	f.apply(load(adoption("2"), adoption("3")))
	elsewhere := adoption("3")
	elsewhere.Article.Source = "another/place.txt"
	f.apply(load(elsewhere))
	f.check()
}

func testChange(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2")))
	other := article("1", "2021", []statement{
		{own, graph.Applies, youjie, graph.Props{"since": "2019-09", "precision": "month", "basis": "stated"}, ""}, // stays
		{taian, graph.LearnedFrom, youjie, nil, ""},
	}, map[string]view{own: {aliases: []string{"有解"}, props: graph.Props{"kind": "brand"}}})
	res := f.apply(load(other))
	if r := res.Articles[0]; r.Outcome != graph.OutcomeChanged || len(r.Added) != 1 || len(r.Removed) != 8 {
		t.Errorf("got %+v, want 1 claim added and 8 removed", r)
	}
	f.check()
	title := other
	title.Article.Title = "新标题"
	if r := f.apply(load(title)).Articles[0]; r.Outcome != graph.OutcomeChanged || len(r.Added)+len(r.Removed) != 0 {
		t.Errorf("got %+v, want a change of no claim", r)
	}
	f.check()
	nothing := article("1", "", nil, nil)
	f.apply(load(nothing))
	f.check()
}

// Each field of an article is replaced, to and from nothing.
func testChangeOfEachField(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	change := func(name string, do func(*graph.Facts)) {
		t.Helper()
		for _, facts := range []graph.Facts{adoption("1"), adoption("1")} {
			do(&facts)
			f.apply(load(facts))
			f.check()
			got, err := f.store.Articles(t.Context(), "", 2)
			for i := range got {
				if len(got[i].Authors) == 0 {
					got[i].Authors = nil
				}
			}
			if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], facts.Article) {
				t.Errorf("%s: got %#v, %v\nwant %#v", name, got, err, facts.Article)
			}
			do = func(*graph.Facts) {}
		}
	}
	text := func(field func(*graph.Article) *string) func(*graph.Facts) {
		return func(f *graph.Facts) {
			if p := field(&f.Article); *p == "" {
				*p = "别的"
			} else {
				*p = ""
			}
		}
	}
	change("nothing", func(*graph.Facts) {})
	change("title", text(func(a *graph.Article) *string { return &a.Title }))
	change("outlet", text(func(a *graph.Article) *string { return &a.Outlet }))
	change("url", text(func(a *graph.Article) *string { return &a.URL }))
	change("script", text(func(a *graph.Article) *string { return &a.Script }))
	change("published", func(f *graph.Facts) { f.Article.Published, f.Article.PublishedPrecision = "2021", "year" })
	change("unpublished", func(f *graph.Facts) { f.Article.Published, f.Article.PublishedPrecision = "", "" })
	change("authors", func(f *graph.Facts) { f.Article.Authors = nil })
	change("given", func(f *graph.Facts) { f.Article.Given = []string{"outlet", "title"} })
	change("home", func(f *graph.Facts) { f.Article.Home, f.Places = "place:330110", allPlaces() })
	change("text", func(f *graph.Facts) { f.Article.Text += "又一句。" })
}

func testForget(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1")))
	alone := Dump(t, f.store)
	f.apply(load(article("2", "2022", []statement{{"initiative:330110:最多跑一次", graph.In, "place:330110", nil, ""}}, nil)))
	f.apply(forget("2", "3"))
	f.check()
	same(t, Dump(t, f.store), alone)
	// One batch may load and forget.
	b := load(adoption("4"))
	b.Forget = []string{"article:1"}
	f.apply(b)
	f.check()
	f.apply(forget("4"))
	f.check()
	if i := f.info(); i.Edition != "" || i.Articles != 0 {
		t.Errorf("got %+v, want no edition and no article", i)
	}
	// An emptied store takes any edition, as a new one does.
	b = load(adoption("1"))
	b.Edition = "edition-2"
	f.apply(b)
	f.check()
}

func testEdgeOfTwoArticles(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1"), adoption("2")))
	f.check()
	if got := strings.Count(Dump(t, f.store), `{"edge":"APPLIES"`); got != 2 {
		t.Errorf("got %d edges, want one for each article", got)
	}
	f.apply(forget("1"))
	f.check()
}

func testRivalValues(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(article("1", "2020", []statement{
		{zibo, graph.Measured, "figure:增速", graph.Props{"value": 5.0, "unit": "%"}, ""},
		{zibo, graph.Measured, "figure:增速", graph.Props{"value": 5.5, "unit": "%"}, ""},
		{own, graph.Applies, youjie, graph.Props{"since": "2019", "precision": "year"}, ""},
	}, nil), article("2", "2020", []statement{
		{zibo, graph.Measured, "figure:增速", graph.Props{"value": 7.0, "unit": "%"}, ""},
		{own, graph.Applies, youjie, graph.Props{"since": "2018-02-28", "precision": "day"}, "planned"},
	}, nil)))
	f.check()
	rows := f.rows(query(
		"MATCH (s {id: $place})-[e:MEASURED]->(o) RETURN e.value AS value ORDER BY value",
		"SELECT CAST(props ->> 'value' AS REAL) AS value FROM claim WHERE subject = :place AND type = 'MEASURED' ORDER BY value"),
		map[string]any{"place": zibo})
	if want := []graph.Row{{"value": 5.0}, {"value": 5.5}, {"value": 7.0}}; !reflect.DeepEqual(rows, want) {
		t.Errorf("got %v, want %v", rows, want)
	}
}

func testAttributesByMajority(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	say := func(id string, v view) graph.Facts { return article(id, "2020", nil, map[string]view{own: v}) }
	attributes := func() graph.Row {
		t.Helper()
		rows := f.rows(query(
			"MATCH (n:Initiative {id: $id}) RETURN n.name AS name, n.kind AS kind, n.domain AS domain, n.aliases AS aliases, n.practice AS practice",
			"SELECT name, kind, domain, nullif(aliases, '[]') AS aliases_json, practice FROM node WHERE label = 'Initiative' AND id = :id"), map[string]any{"id": own})
		if len(rows) != 1 {
			t.Fatalf("got rows %v, want one", rows)
		}
		return rows[0]
	}
	want := func(name string, kind, domain any, aliases ...any) {
		t.Helper()
		f.check()
		w := graph.Row{"name": name, "kind": kind, "domain": domain, "aliases": nil, "practice": "有解思维"}
		if len(aliases) > 0 {
			w["aliases"] = aliases
		}
		if got := attributes(); !reflect.DeepEqual(got, w) {
			t.Errorf("got %v, want %v", got, w)
		}
	}
	f.apply(load(say("1", view{name: "乙", aliases: []string{"丙"}, props: graph.Props{"kind": "model"}})))
	want("乙", "model", nil, "丙")
	f.apply(load(say("2", view{name: "丁", props: graph.Props{"kind": "brand", "domain": "party"}})))
	want("丁", "brand", "party", "丙", "乙") // a tie: the smaller in code-point order
	f.apply(load(say("3", view{name: "乙", aliases: []string{"丁"}, props: graph.Props{"kind": "model"}})))
	want("乙", "model", "party", "丁", "丙")
	f.apply(load(say("1", view{name: "丁", props: graph.Props{"kind": "brand"}})))
	want("丁", "brand", "party", "乙")
	f.apply(forget("2"))
	want("丁", "brand", nil, "乙")
	f.apply(forget("1"))
	want("乙", "model", nil, "丁")
}

// A place stays as long as an article needs it: as an end of a claim, as what a
// place lies in, or as what it is today.
func testPlacesShared(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	ids := func() []string {
		t.Helper()
		f.check()
		var out []string
		for _, r := range f.rows(query("MATCH (p:Place) RETURN p.id AS id", "SELECT id FROM node WHERE label = 'Place'"), nil) {
			out = append(out, r["id"].(string))
		}
		slices.Sort(out)
		return out
	}
	mention := func(id, place string) graph.Facts { return article(id, "2020", nil, map[string]view{place: {}}) }
	f.apply(load(mention("1", yuhang), mention("2", "place:330110"), mention("3", "place:370983")))
	if got, want := ids(), []string{"place:330000", "place:330100", "place:330110", "place:330125", "place:370000", "place:370900", "place:370983", "place:CN"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	f.apply(forget("2"))
	if got := ids(); !slices.Contains(got, "place:330110") {
		t.Errorf("got %v, want the successor kept", got)
	}
	f.apply(load(mention("1", "place:330000")))
	if got, want := ids(), []string{"place:330000", "place:370000", "place:370900", "place:370983", "place:CN"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	home := article("4", "2020", nil, nil)
	home.Article.Home, home.Places = "place:370900", allPlaces()
	f.apply(load(home))
	f.apply(forget("1", "3"))
	if got, want := ids(), []string{"place:370000", "place:370900", "place:CN"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	f.apply(forget("4"))
	if got := ids(); len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
}

// Another edition may know a place by another name, in another place.
func testPlacesOfAnotherEdition(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1")))
	b := graph.Batch{Edition: "edition-2", Reextract: true, Load: []graph.Facts{adoption("1")}}
	for i, p := range b.Load[0].Places {
		switch p.ID {
		case "place:370983":
			p.Name, p.Parent, p.Level, p.City, p.Lat, p.Lon = "新肥城", "place:370300", "township", false, -1.5, 0
		case "place:370300":
			p.From, p.To, p.City, p.Lat, p.Lon = "1950-01-02", "2030", false, 0, 0
		}
		b.Load[0].Places[i] = p
	}
	f.apply(b)
	if err := f.store.SetEdition(t.Context(), "edition-2"); err != nil {
		t.Fatal(err)
	}
	f.model.setEdition("edition-2")
	f.check()
}

func testArticlesInPages(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	// U+FF21 is smaller than U+20BB7, in bytes as in code points; as UTF-16 it is not.
	ids := []string{"a", "B", "é", "丙", "Ａ", "𠮷", "10", "9", "a b"}
	var facts []graph.Facts
	for _, id := range ids {
		facts = append(facts, adoption(id))
	}
	f.apply(load(facts...))
	var want []graph.Article
	for _, l := range f.model.facts() {
		want = append(want, l.Article)
	}
	for _, limit := range []int{1, 2, 4, len(ids), 100} {
		var got []graph.Article
		after := ""
		for {
			page, err := f.store.Articles(t.Context(), after, limit)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			if len(page) > limit {
				t.Fatalf("got %d articles, want at most %d", len(page), limit)
			}
			got = append(got, page...)
			after = page[len(page)-1].ID
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("limit %d: got %v, want %v", limit, got, want)
		}
	}
}

func testChangesInPages(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	var want []graph.Change
	note := func(b graph.Batch) {
		res := f.apply(b)
		var changes []graph.Change
		for _, r := range res.Articles {
			if r.Outcome != graph.OutcomeUnchanged && r.Outcome != graph.OutcomeUnknown {
				changes = append(changes, graph.Change{N: res.Revision, Article: r.Article, Outcome: r.Outcome, Added: r.Added, Removed: r.Removed})
			}
		}
		slices.SortFunc(changes, func(a, b graph.Change) int { return strings.Compare(a.Article, b.Article) })
		want = append(want, changes...)
	}
	note(load(adoption("𠮷"), adoption("Ａ"), adoption("1")))
	note(load(adoption("1"))) // nothing
	b := load(article("1", "2020", nil, nil), adoption("5"))
	b.Forget = []string{"article:Ａ", "article:nobody"}
	note(b)
	note(forget("5"))
	for _, limit := range []int{1, 2, 3, 4, 5, 100} {
		var got []graph.Change
		since := int64(0)
		for {
			page, err := f.store.Changes(t.Context(), since, limit)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			since = page[len(page)-1].N
			for _, c := range page {
				if len(c.Added) == 0 {
					c.Added = nil
				}
				if len(c.Removed) == 0 {
					c.Removed = nil
				}
				got = append(got, c)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("limit %d: got %+v, want %+v", limit, got, want)
		}
	}
}

func testClosed(t *testing.T, factory Factory, o Options) {
	f := newFixture(t, factory, o)
	f.apply(load(adoption("1")))
	if err := f.store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.Info(t.Context()); err == nil {
		t.Error("info of a closed store: got no error")
	}
	if _, err := f.store.Apply(t.Context(), forget("1")); err == nil {
		t.Error("apply to a closed store: got no error")
	}
	err := f.store.Run(t.Context(), query("RETURN 1 AS n", "SELECT 1 AS n"), nil, func(graph.Row) error { return errors.New("a row") })
	if err == nil || err.Error() == "a row" {
		t.Errorf("run on a closed store: got %v, want an error of the store", err)
	}
}
