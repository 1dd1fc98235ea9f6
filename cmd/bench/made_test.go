package main

import (
	"reflect"
	"testing"

	"reformgraph/graph"
)

func TestMade_isTheSameAndValid(t *testing.T) {
	a, err := newCorpus([]int{50, 200})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := newCorpus([]int{50, 200})
	claims, mentions := 0, 0
	adopters := map[string]int{}
	for i := range 400 {
		got := a.article(i)
		if want := b.article(i); !reflect.DeepEqual(got, want) {
			t.Fatalf("article %d: got other facts the second time", i)
		}
		if err := got.Validate(); err != nil {
			t.Fatal(err)
		}
		claims, mentions = claims+len(got.Claims), mentions+len(got.Mentions)
		for _, c := range got.Claims {
			if c.Predicate == graph.Applies {
				adopters[c.Object]++
			}
		}
	}
	t.Logf("%.1f claims and %.1f mentions an article", float64(claims)/400, float64(mentions)/400)
	for _, size := range a.sizes {
		for e := range planted {
			if got := adopters[graph.ExperienceID(plantedExperience(size, e))]; got != plantedAdoptions {
				t.Errorf("planted experience %d of size %d: got %d adoptions, want %d", e, size, got, plantedAdoptions)
			}
		}
	}
}
