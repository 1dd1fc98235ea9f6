package extract

import (
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// writeRelations says what is part of what, who leads and where a thing is done,
// by the rules of part.go and of relations.tsv. All other rules must be through.
func (c *Chain) writeRelations(d *doc) {
	pracs := d.pracs
	d.pracs = d.undertakings()
	defer func() { d.pracs = pracs }()
	c.writeTold(d)
	d.apply(d.sents, c.relations, func(x match) {
		status := x.p.status
		if status == "" {
			status = d.status(x.span.start)
		}
		var predicate graph.Predicate
		var from, to []string
		switch x.p.emit {
		case "PART_OF":
			predicate, from, to = graph.PartOf, x.undertakings(d, "part"), x.undertakings(d, "whole")
		case "LED_BY":
			predicate, from, to = graph.LedBy, x.undertakings(d, "what"), x.leaders(d)
		case "IN":
			predicate, from, to = graph.In, x.undertakings(d, "what"), x.seats(d)
		}
		for _, a := range from {
			for _, b := range to {
				d.out.claim(claim{subject: a, predicate: predicate, object: b, quote: d.quote(x.span), status: status, confidence: 0.75, rule: x.p.id})
			}
		}
	})
}

// undertakings returns where initiatives are named: those that findPractices
// found, those that other rules made of a title or a tie, and these again wherever
// their names recur. Of several at one place the first counts.
func (d *doc) undertakings() []practiceHit {
	var out []practiceHit
	for _, p := range d.pracs {
		if p.id != "" {
			out = append(out, p)
		}
	}
	names, keys := map[rune][]*node{}, map[string]string{} // by first character; by NAME
	for _, n := range d.out.order {
		if !strings.HasPrefix(n.id, "initiative:") {
			continue
		}
		if key := graph.Practice(n.id); keys[key] == "" {
			keys[key] = n.id
		}
		for _, s := range n.spans {
			out = append(out, practiceHit{span: s, name: d.text(s), id: n.id, verb: -1})
		}
		if r := []rune(n.name); len(r) >= 5 {
			names[r[0]] = append(names[r[0]], n)
		}
	}
	for _, p := range d.pracs { // a known practice named again, which is done somewhere in the article
		if p.id == "" && p.only {
			if p.id = keys[script.Bare(p.exp.Name)]; p.id != "" {
				p.verb = -1
				out = append(out, p)
			}
		}
	}
	for _, s := range d.sents {
		for i := s.start; i < s.end; i++ {
			for _, n := range names[d.r[i]] {
				if d.at(i, n.name) {
					out = append(out, practiceHit{span: span{i, i + len([]rune(n.name))}, name: n.name, id: n.id, verb: -1})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b practiceHit) int { return a.start - b.start })
	end := 0
	return slices.DeleteFunc(out, func(p practiceHit) bool {
		if p.start < end {
			return true
		}
		end = p.end
		return false
	})
}

// undertakings returns the initiatives named in a group of a match, also inside the titles there.
func (x match) undertakings(d *doc, group string) []string {
	at := x.group(group)
	var out []string
	for _, p := range within(d.pracs, at.start, at.end) {
		if p.id != "" && at.holds(p.span) {
			out = append(out, p.id)
		}
	}
	return out
}

// leaders returns the bodies and people of the group who.
func (x match) leaders(d *doc) []string {
	at := x.group("who")
	var out []string
	for _, t := range x.m.tokensIn(at, markBody) {
		if o := d.orgs[t.index]; o.kind != "media" {
			out = append(out, o.id)
		}
	}
	for _, t := range x.m.tokensIn(at, markPerson) {
		out = append(out, d.people[t.index].id)
	}
	return out
}

// seats returns the places of the group where, each the most specific one of its chain.
func (x match) seats(d *doc) []string {
	at := x.group("where")
	var out []string
	for _, t := range x.m.tokensIn(at, markPlace) {
		if p := d.places[t.index]; !p.chain && p.div.Level != "country" {
			out = append(out, p.div.ID())
		}
	}
	return out
}
