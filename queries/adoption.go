package queries

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"reformgraph/graph"
)

var (
	adoptionsTwin    = newTwin[adoptionsParams]("adoptions")
	adoptedInTwin    = newTwin[placesParams]("adopted_in")
	allAdoptionsTwin = newTwin[noParams]("all_adoptions")
)

// adoption is one place's taking up of one experience: all that speaks for it.
type adoption struct {
	experience string
	discovered bool
	place      string            // what it counts for: the division of today, rolled up
	node       string            // the place that the earliest claim names, as it was
	initiative string            // that of the earliest date
	date       date              // the earliest
	dates      map[string][]date // distinct known ones by initiative and place, not rolled up
	claims     []*fact
	// initiatives are all that stand behind it, sorted.
	initiatives []string
}

// adoptionKey is what one adoption is known by.
type adoptionKey struct{ experience, place string }

// event is one pair of claims that makes an initiative in a place an adoption.
type event struct {
	initiative, place string
	date              date
	claims            []*fact
}

// countAs says how adoptions are counted: places rolled up to a level, only dates
// of one basis.
type countAs struct{ level, basis string }

// adoptions composes the done APPLIES and IN claims of initiatives into adoptions
// of the wanted experiences (nil: all) and of the wanted practices. Discovered
// ones are still to be sifted by spreadsOut. Order: by experience, then
// compareAdoptions.
func adoptions(fs []*fact, g gazetteer, o countAs, wanted func(experience string) bool, practice func(name string) bool) []*adoption {
	in := map[string][]*fact{}      // done IN claims by initiative
	applies := map[string][]*fact{} // done APPLIES claims by initiative
	for _, f := range fs {
		if f.status != "done" {
			continue
		}
		switch f.predicate {
		case string(graph.In):
			in[f.subject] = append(in[f.subject], f)
		case string(graph.Applies):
			applies[f.subject] = append(applies[f.subject], f)
		}
	}
	found := map[adoptionKey]*adoption{}
	add := func(experience string, discovered bool, e event) {
		if o.basis != "" && e.date.basis != o.basis {
			return
		}
		k := adoptionKey{experience, g.rolled(e.place, o.level)}
		a := found[k]
		if a == nil {
			a = &adoption{experience: experience, discovered: discovered, place: k.place, dates: map[string][]date{}}
			found[k] = a
		}
		if a.node == "" || e.less(a) {
			a.node, a.initiative, a.date = e.place, e.initiative, e.date
		}
		doer := e.initiative + "\n" + g.today(e.place)
		if e.date.known() && !slices.ContainsFunc(a.dates[doer], func(d date) bool { return d.compare(e.date) == 0 }) {
			a.dates[doer] = append(a.dates[doer], e.date)
		}
		a.claims = append(a.claims, e.claims...)
		a.initiatives = append(a.initiatives, e.initiative)
	}
	for initiative, places := range in {
		for _, ap := range applies[initiative] {
			if !wanted(ap.object) {
				continue
			}
			for _, p := range places {
				d := ap.ownDate()
				if !d.known() {
					d = p.ownDate()
				}
				if !d.known() {
					d = newDate(ap.published, "reported")
				}
				add(ap.object, false, event{initiative, p.object, d, []*fact{ap, p}})
			}
		}
		if name := graph.Practice(initiative); practice(name) {
			for _, p := range places {
				add(graph.ExperienceID(name), true, event{initiative, p.object, p.date(), []*fact{p}})
			}
		}
	}
	out := make([]*adoption, 0, len(found))
	for _, a := range found {
		a.claims = distinct(a.claims)
		slices.Sort(a.initiatives)
		a.initiatives = slices.Compact(a.initiatives)
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b *adoption) int {
		return cmp.Or(strings.Compare(a.experience, b.experience), compareAdoptions(a, b))
	})
	return out
}

// less says that an event is the one an adoption is told by: earlier date, then
// smaller initiative and place.
func (e event) less(a *adoption) bool {
	return cmp.Or(e.date.compare(a.date), strings.Compare(e.initiative, a.initiative), strings.Compare(e.place, a.node)) < 0
}

// rivalDates says whether two dates of one initiative in one place cannot both hold.
func (a *adoption) rivalDates() bool {
	for _, dates := range a.dates {
		if anyRivals(dates) {
			return true
		}
	}
	return false
}

// compareAdoptions orders adoptions of one experience in time, undated last, and
// then by place.
func compareAdoptions(a, b *adoption) int {
	return cmp.Or(a.date.compare(b.date), strings.Compare(a.place, b.place))
}

// byExperience splits adoptions, which are sorted by experience.
func byExperience(as []*adoption) [][]*adoption {
	var out [][]*adoption
	for len(as) > 0 {
		n := 1
		for n < len(as) && as[n].experience == as[0].experience {
			n++
		}
		out, as = append(out, as[:n]), as[n:]
	}
	return out
}

// spreadsOut says that the adoptions of one practice make it a discovered
// experience: they lie in two prefectures at least.
func spreadsOut(as []*adoption, g gazetteer) bool {
	seen := map[string]bool{}
	for _, a := range as {
		for _, f := range a.claims {
			if f.predicate != string(graph.In) {
				continue
			}
			if p, ok := g.prefecture(f.object); ok {
				seen[p] = true
			}
		}
	}
	return len(seen) >= 2
}

// placeEnds lists the objects of IN claims, and further ids.
func placeEnds(fs []*fact, more ...string) []string {
	ids := slices.Clone(more)
	for _, f := range fs {
		if f.predicate == string(graph.In) {
			ids = append(ids, f.object)
		}
	}
	return ids
}

func none(string) bool  { return false }
func every(string) bool { return true }

// oneOf says whether a value is among those given.
func oneOf(values ...string) func(string) bool {
	set := map[string]bool{}
	for _, v := range values {
		set[v] = true
	}
	return func(v string) bool { return set[v] }
}

// unknownPractices keeps the practices that no Experience node carries.
func unknownPractices(ctx context.Context, s graph.Store, practices []string) ([]string, error) {
	ids := make([]string, len(practices))
	for i, p := range practices {
		ids[i] = graph.ExperienceID(p)
	}
	known, err := loadNodes(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(slices.Clone(practices), func(p string) bool {
		_, ok := known[graph.ExperienceID(p)]
		return ok || p == ""
	})
	slices.Sort(out)
	return slices.Compact(out), nil
}
