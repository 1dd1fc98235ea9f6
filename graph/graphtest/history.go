package graphtest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"reformgraph/graph"
)

var sequences = flag.Int("graphtest.sequences", 0, "how many random histories the conformance suite tries; 0 is the store's own number")

// testHistory is the property of design.md section 1.4: whatever was loaded,
// changed, reloaded, forgotten and reextracted, in whatever batches and order, the
// dump equals, byte for byte, that of a store into which the final set was loaded.
func testHistory(t *testing.T, factory Factory, o Options) {
	n := o.Sequences
	if *sequences > 0 {
		n = *sequences
	}
	for i := range n {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			if o.Independent {
				t.Parallel()
			}
			r := random{rand.New(rand.NewPCG(20_12, uint64(i)))}
			f := newFixture(t, factory, o)
			for range 3 + r.IntN(8) {
				r.step(f)
			}
			f.check()
			got := Dump(t, f.store)
			final, edition := f.model.facts(), f.model.edition

			fresh := newFixture(t, factory, o)
			r.Shuffle(len(final), func(i, j int) { final[i], final[j] = final[j], final[i] })
			for len(final) > 0 {
				n := 1 + r.IntN(len(final))
				b := load(final[:n]...)
				b.Edition = edition
				fresh.apply(b)
				final = final[n:]
			}
			same(t, Dump(t, fresh.store), got)
		})
	}
}

// random makes articles and steps of a history.
type random struct{ *rand.Rand }

func pick[T any](r random, list []T) T { return list[r.IntN(len(list))] }

// maybe is true in one of n cases.
func (r random) maybe(n int) bool { return r.IntN(n) == 0 }

var (
	randomPlaces   = slices.Sorted(maps.Keys(places))
	randomSubjects = []string{"initiative:370300:有解思维", "initiative:370900:有解思维", "initiative:370300:𠮷事", "initiative:330100:最多跑一次"}
	randomNodes    = map[graph.Label][]string{
		graph.LabelInitiative:   randomSubjects,
		graph.LabelExperience:   {"experience:有解思维", "experience:最多跑一次"},
		graph.LabelPlace:        randomPlaces,
		graph.LabelOrganization: {"org:370300:淄博市委", "org:330100:杭州市政府"},
		graph.LabelPilot:        {"pilot:CN:物流枢纽", "pilot:?:试点"},
		graph.LabelLeader:       {"leader:张三@370300", "leader:李四@330100"},
		graph.LabelRecognition:  {"recognition:CN:文明城市"},
		graph.LabelDocument:     {"document:370300:意见"},
		graph.LabelFigure:       {"figure:增速", "figure:Ａ"},
	}
	randomWords = map[string][]string{
		"since": {"2019", "2019-09", "2020-02-29"}, "date": {"2018", "2020-12-01"}, "basis": graph.Bases, "stage": graph.Stages, "domain": graph.Domains[:3],
		"direction": graph.Directions, "level": {"national", "provincial"}, "unit": {"%", "亿元"},
	}
)

// props gives some of the properties of a schema.
func (r random) props(schema map[string]graph.Kind, vocabulary map[string][]string) graph.Props {
	p := graph.Props{}
	for _, k := range slices.Sorted(maps.Keys(schema)) {
		if k == "precision" || r.maybe(2) {
			continue
		}
		switch schema[k] {
		case graph.String:
			words := vocabulary[k]
			if words == nil {
				words = []string{"甲", "乙"}
			}
			p[k] = pick(r, words)
		case graph.Integer:
			p[k] = int64(r.IntN(5) - 1)
		case graph.Number:
			p[k] = pick(r, []float64{0, 5, -0.25, 1e21, 1e-7, 123456789.5})
		case graph.Boolean:
			p[k] = r.maybe(2)
		}
	}
	for _, k := range []string{"since", "date"} {
		if date, ok := p[k].(string); ok {
			p["precision"] = graph.PrecisionOf(date)
		}
	}
	return p
}

// article makes facts of an article.
func (r random) article(id string) graph.Facts {
	var statements []statement
	views := map[string]view{}
	mention := func(node string) {
		l, _ := graph.LabelOf(node)
		if _, seen := views[node]; seen {
			return
		}
		v := view{props: r.props(graph.NodeProps(l), attributeWords(l))}
		if r.maybe(2) {
			v.name = pick(r, []string{"甲", "乙", "丙"})
		}
		for r.maybe(2) {
			v.aliases = append(v.aliases, pick(r, []string{"甲", "乙", "丁", "𠮷", "Ａ"}))
		}
		views[node] = v
	}
	for range r.IntN(6) {
		s := pick(r, graph.EdgeSchemas())
		st := statement{pick(r, randomNodes[pick(r, s.From)]), s.Predicate, pick(r, randomNodes[pick(r, s.To)]), r.props(s.Props, randomWords), pick(r, graph.Statuses)}
		statements = append(statements, st)
		mention(st.subject)
		mention(st.object)
	}
	for range r.IntN(3) {
		mention(pick(r, randomNodes[pick(r, graph.Labels()[1:])]))
	}
	f := article(id, pick(r, []string{"", "2020", "2021-07", "2022-02-28"}), statements, views)
	if r.maybe(3) {
		f.Article.Home, f.Places = pick(r, randomPlaces), allPlaces()
	}
	if r.maybe(3) {
		f.Unresolved = []graph.Unresolved{{Start: 0, End: 1, Text: "𠮷", Why: "unknown"}}
	}
	f.Complete()
	return f
}

// attributeWords are values that Validate allows for the attributes of a label.
func attributeWords(l graph.Label) map[string][]string {
	words := maps.Clone(randomWords)
	words["kind"] = map[graph.Label][]string{graph.LabelInitiative: graph.InitiativeKinds, graph.LabelOrganization: graph.OrganizationKinds,
		graph.LabelRecognition: graph.RecognitionKinds, graph.LabelDocument: graph.DocumentKinds}[l]
	return words
}

var randomIDs = []string{"1", "2", "3", "4", "5", "𠮷", "Ａ"}

// shuffled brings the parts of facts into another order, which says the same.
func (r random) shuffled(f graph.Facts) graph.Facts {
	f = clone(f)
	r.Shuffle(len(f.Mentions), func(i, j int) { f.Mentions[i], f.Mentions[j] = f.Mentions[j], f.Mentions[i] })
	r.Shuffle(len(f.Claims), func(i, j int) { f.Claims[i], f.Claims[j] = f.Claims[j], f.Claims[i] })
	r.Shuffle(len(f.Places), func(i, j int) { f.Places[i], f.Places[j] = f.Places[j], f.Places[i] })
	return f
}

// batch makes a batch of new, changed, known and forgotten articles among ids.
func (r random) batch(m *model, ids []string) graph.Batch {
	b := graph.Batch{Edition: m.edition}
	if b.Edition == "" {
		b.Edition = Edition
	}
	for _, i := range r.Perm(len(ids))[:1+r.IntN(len(ids))] {
		id := ids[i]
		known, ok := m.loaded["article:"+id]
		switch {
		case r.maybe(4):
			b.Forget = append(b.Forget, "article:"+id)
		case ok && r.maybe(2):
			b.Load = append(b.Load, r.shuffled(known.facts))
		default:
			b.Load = append(b.Load, r.article(id))
		}
	}
	return b
}

// step takes one step of a history in store and model.
func (r random) step(f *fixture) {
	switch r.IntN(8) {
	case 0: // a batch that is refused
		b := r.batch(f.model, randomIDs)
		wrong := r.article("0")
		wrong.Article.Text = ""
		b.Load = append(b.Load, wrong)
		if _, err := f.store.Apply(f.Context(), b); !errors.Is(err, graph.ErrInvalid) {
			f.Fatalf("got %v, want %v", err, graph.ErrInvalid)
		}
	case 1: // one that is cancelled
		ctx, cancel := context.WithCancel(f.Context())
		cancel()
		if _, err := f.store.Apply(ctx, r.batch(f.model, randomIDs)); !errors.Is(err, context.Canceled) {
			f.Fatalf("got %v, want %v", err, context.Canceled)
		}
	case 2: // two loaders at once
		half := len(randomIDs) / 2
		a, b := r.batch(f.model, randomIDs[:half]), r.batch(f.model, randomIDs[half:])
		var wg sync.WaitGroup
		for _, b := range []graph.Batch{a, b} {
			wg.Go(func() {
				if _, err := f.store.Apply(f.Context(), b); err != nil {
					f.Error(err)
				}
			})
		}
		wg.Wait()
		f.model.apply(a)
		f.model.apply(b)
	case 3: // another edition reads all articles anew
		if f.model.edition == "" {
			return
		}
		edition := "edition-" + fmt.Sprint(2+r.IntN(3))
		if edition == f.model.edition {
			return
		}
		for _, l := range f.model.facts() {
			anew := r.article(strings.TrimPrefix(l.Article.ID, "article:"))
			f.apply(graph.Batch{Edition: edition, Reextract: true, Load: []graph.Facts{anew}})
		}
		if err := f.store.SetEdition(f.Context(), edition); err != nil {
			f.Fatal(err)
		}
		f.model.setEdition(edition)
	default:
		f.apply(r.batch(f.model, randomIDs))
	}
}
