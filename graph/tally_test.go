package graph

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

// merge is the attributes of a node from views that are counted afresh.
func merge(id string, views []View) Props {
	var t Tally
	for _, v := range views {
		t.Add(v)
	}
	return t.Attributes(id)
}

// A tally from which views were removed, and which went through JSON meanwhile,
// equals one that never saw them.
func TestTallyForgets(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	view := func() View {
		v := View{Name: pick("甲", "乙", "丙"), Props: Props{"kind": pick("brand", "model")}}
		if rng.IntN(2) == 0 {
			v.Aliases = []string{pick("甲", "丁", "戊")}
			v.Props["domain"] = pick("party", "economy")
		}
		return v
	}
	for range 500 {
		var keep, drop []View
		var got, want Tally
		for range 1 + rng.IntN(8) {
			keep = append(keep, view())
			want.Add(keep[len(keep)-1])
		}
		for range rng.IntN(8) {
			drop = append(drop, view())
			got.Add(drop[len(drop)-1])
		}
		for _, v := range keep {
			got.Add(v)
		}
		b, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		got = Tally{}
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatal(err)
		}
		for _, v := range drop {
			got.Remove(v)
		}
		const id = "initiative:370300:甲"
		if got, want := got.Attributes(id), merge(id, keep); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v, want %v for %v", got, want, keep)
		}
		for _, v := range keep {
			got.Remove(v)
		}
		if !got.Empty() || len(got.Aliases) != 0 || len(got.Values) != 0 {
			t.Fatalf("got %v, want an empty tally", got)
		}
	}
}

func TestMerge(t *testing.T) {
	views := []View{
		{Name: "乙", Aliases: []string{"丙"}, Props: Props{"kind": "model"}},
		{Name: "甲", Aliases: []string{"乙"}, Props: Props{"kind": "brand", "domain": "party"}},
		{Name: "乙", Props: Props{"kind": "brand"}},
	}
	got := merge("initiative:370300:丁", views)
	want := Props{"name": "乙", "aliases": []string{"丙", "甲"}, "kind": "brand", "domain": "party", "practice": "丁"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// On a tie the value that is smaller in code-point order.
	if got := merge("org:CN:丁", views[:2])["name"]; got != "乙" {
		t.Errorf("got %q, want 乙, which sorts before 甲", got)
	}
}
