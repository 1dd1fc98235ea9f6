package graph

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func TestCompleteIsCanonical(t *testing.T) {
	want := sample("1")
	want.Complete()
	if err := want.Validate(); err != nil {
		t.Fatal(err)
	}
	again := want
	again.Mentions, again.Claims, again.Places = slices.Clone(want.Mentions), slices.Clone(want.Claims), slices.Clone(want.Places)
	again.Complete()
	if !reflect.DeepEqual(again, want) {
		t.Errorf("completed twice: got %+v\nwant %+v", again, want)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		got := sample("1")
		rng.Shuffle(len(got.Mentions), func(i, j int) { got.Mentions[i], got.Mentions[j] = got.Mentions[j], got.Mentions[i] })
		rng.Shuffle(len(got.Claims), func(i, j int) { got.Claims[i], got.Claims[j] = got.Claims[j], got.Claims[i] })
		rng.Shuffle(len(got.Places), func(i, j int) { got.Places[i], got.Places[j] = got.Places[j], got.Places[i] })
		got.Complete()
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("in another order: got %+v\nwant %+v", got, want)
		}
	}
}

func TestCompleteLeavesOutPlacesThatNothingNeeds(t *testing.T) {
	f := sample("1")
	f.Complete()
	var got []string
	for _, p := range f.Places {
		got = append(got, p.ID)
	}
	// 370900 stays because 370902 is that today.
	if want := []string{"place:370000", "place:370300", "place:370900", "place:370902", "place:CN"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCompleteSortsAndDropsDuplicates(t *testing.T) {
	f := sample("1")
	m := &f.Mentions[1]
	m.Aliases = []string{"有解", "", "万事有解", m.Name, "有解"}
	m.Starts, m.Ends = []int{8, 6, 8, 6}, []int{10, 10, 10, 10}
	node := m.Node
	f.Unresolved = append(f.Unresolved, f.Unresolved[0], Unresolved{Start: 3, End: 4, Why: "b"}, Unresolved{Start: 3, End: 4, Why: "a"})
	f.Complete()
	i := slices.IndexFunc(f.Mentions, func(m Mention) bool { return m.Node == node })
	got := f.Mentions[i]
	if want := []string{"万事有解", "有解"}; !slices.Equal(got.Aliases, want) {
		t.Errorf("got aliases %v, want %v", got.Aliases, want)
	}
	if !slices.Equal(got.Starts, []int{6, 8}) || !slices.Equal(got.Ends, []int{10, 10}) {
		t.Errorf("got spans %v %v, want [6 8] [10 10]", got.Starts, got.Ends)
	}
	if want := []Unresolved{{3, 4, "博", "a"}, {3, 4, "博", "b"}, {28, 30, "某地", "no such place"}}; !slices.Equal(f.Unresolved, want) {
		t.Errorf("got %v, want %v", f.Unresolved, want)
	}
}

// Of several claims with one id the most confident stays.
func TestCompleteKeepsOneOfEqualClaims(t *testing.T) {
	f := sample("1")
	c := f.Claims[2]
	for _, v := range []struct {
		confidence   float64
		status, rule string
	}{{0.9, "planned", "b"}, {0.9, "done", "z"}, {0.9, "done", "a"}, {0.1, "done", "0"}} {
		c.Confidence, c.Status, c.Rule = v.confidence, v.status, v.rule
		f.Claims = append(f.Claims, c)
	}
	f.Complete()
	if len(f.Claims) != 4 {
		t.Fatalf("got %d claims, want 4", len(f.Claims))
	}
	i := slices.IndexFunc(f.Claims, func(c Claim) bool { return c.Predicate == In })
	if got := f.Claims[i]; got.Confidence != 0.9 || got.Status != "done" || got.Rule != "a" {
		t.Errorf("got %+v, want confidence 0.9, done, rule a", got)
	}
}

func TestCompleteBringsNumbersToTheirKinds(t *testing.T) {
	f := sample("1")
	f.Claims[0].Props = Props{"value": 5, "rank": 2.0}
	f.Complete()
	i := slices.IndexFunc(f.Claims, func(c Claim) bool { return c.Predicate == Measured })
	if got, want := f.Claims[i].Props, (Props{"value": 5.0, "rank": int64(2)}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v, want %#v", got, want)
	}
}

func TestClaimID(t *testing.T) {
	base := Claim{Article: "article:1", Subject: "place:370300", Predicate: Measured, Object: "figure:增速", Start: 1, End: 2, Props: Props{"value": 1.0}}
	id := ClaimID(base)
	if len(id) != 32 {
		t.Errorf("got id %q, want 32 hex digits", id)
	}
	same := base
	same.Confidence, same.Rule, same.Status, same.Quote = 0.5, "r", "planned", "q"
	if got := ClaimID(same); got != id {
		t.Errorf("confidence, rule, status or quote entered the id: got %s, want %s", got, id)
	}
	empty := base
	empty.Props = nil
	none := base
	none.Props = Props{}
	if ClaimID(empty) != ClaimID(none) {
		t.Error("no properties and empty ones: got two ids")
	}
	for name, change := range map[string]func(*Claim){
		"Article": func(c *Claim) { c.Article = "article:2" }, "Subject": func(c *Claim) { c.Subject = "place:CN" }, "Object": func(c *Claim) { c.Object = "figure:x" },
		"Predicate": func(c *Claim) { c.Predicate = In }, "Start": func(c *Claim) { c.Start = 0 }, "End": func(c *Claim) { c.End = 3 },
		"Props": func(c *Claim) { c.Props = Props{"value": 1.5} },
	} {
		c := base
		change(&c)
		if ClaimID(c) == id {
			t.Errorf("%s does not enter the id", name)
		}
	}
}
