package neo4jstore

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// plan is what a batch comes to, once what the store holds is known.
type plan struct {
	edition   string
	reextract bool
	results   []graph.ArticleResult
	load      []*graph.Facts // articles to write, the unchanged left out
	leave     []string       // ids of articles to delete
	before    map[string]*holding
	tallies   map[string]*graph.Tally // of each node that is no place and whose mentions change, as they will be
}

// holding is what the store holds of one article that changes or goes.
type holding struct {
	claims   map[string]claimRef // by claim id
	places   []string            // those it refers to
	mentions map[string]graph.View
}

// claimRef is how an article keeps track of a claim: its type and id, so that it
// is found through the index of its type however many edges its ends have, and a
// hash of its properties, so that one that stays as it is is not written again.
type claimRef struct{ predicate, id, hash string }

func refOf(c graph.Claim) claimRef {
	return claimRef{string(c.Predicate), c.ID, shortHash(graph.CanonicalJSON(graph.ClaimProps(c)))}
}

func (r claimRef) String() string { return r.predicate + " " + r.id + " " + r.hash }

func parseRef(s string) claimRef {
	predicate, rest, _ := strings.Cut(s, " ")
	id, hash, _ := strings.Cut(rest, " ")
	return claimRef{predicate, id, hash}
}

// plan sorts out which articles of the batch change and reads what the store
// holds of these and of the nodes they mention or mentioned.
func (t transaction) plan(b graph.Batch) (*plan, error) {
	ids := slices.Clone(b.Forget)
	for i := range b.Load {
		ids = append(ids, b.Load[i].Article.ID)
	}
	states, err := t.states(ids)
	if err != nil {
		return nil, err
	}
	p := &plan{edition: b.Edition, reextract: b.Reextract, before: map[string]*holding{}, tallies: map[string]*graph.Tally{}}
	for i := range b.Load {
		a := b.Load[i].Article
		result := graph.ArticleResult{Article: a.ID, Outcome: graph.OutcomeNew}
		if st, ok := states[a.ID]; ok {
			result.Outcome = graph.OutcomeChanged
			if st.Hash == a.Hash() && st.Edition == b.Edition {
				result.Outcome = graph.OutcomeUnchanged
			}
		}
		if result.Outcome != graph.OutcomeUnchanged {
			p.load = append(p.load, &b.Load[i])
		}
		if result.Outcome == graph.OutcomeChanged {
			p.before[a.ID] = &holding{}
		}
		p.results = append(p.results, result)
	}
	for _, id := range b.Forget {
		result := graph.ArticleResult{Article: id, Outcome: graph.OutcomeUnknown}
		if _, ok := states[id]; ok {
			result.Outcome = graph.OutcomeForgotten
			p.leave = append(p.leave, id)
			p.before[id] = &holding{}
		}
		p.results = append(p.results, result)
	}
	if err := t.readHoldings(p.before); err != nil {
		return nil, err
	}
	if err := t.tally(p); err != nil {
		return nil, err
	}
	p.account()
	return p, nil
}

// readHoldings fills in what the store holds of the articles.
func (t transaction) readHoldings(before map[string]*holding) error {
	if len(before) == 0 {
		return nil
	}
	ids := map[string]any{"ids": slices.Sorted(maps.Keys(before))}
	err := t.query("UNWIND $ids AS id MATCH (a:Entity {id: id}) RETURN id, a.`_claims`, [(a)-[:REFERS_TO]->(p) | p.id]", ids,
		func(r *neo4j.Record) error {
			h := before[r.Values[0].(string)]
			h.claims, h.places, h.mentions = map[string]claimRef{}, stringList(r.Values[2]), map[string]graph.View{}
			for _, s := range stringList(r.Values[1]) {
				ref := parseRef(s)
				h.claims[ref.id] = ref
			}
			return nil
		})
	if err != nil {
		return err
	}
	return t.query("UNWIND $ids AS id MATCH (n:Entity)-[e:MENTIONED_IN]->(:Entity {id: id}) RETURN id, n.id, properties(e)", ids,
		func(r *neo4j.Record) error {
			node, _ := r.Values[1].(string)
			props := dumped(r.Values[2])
			var v graph.View
			v.Name, _ = props["name"].(string)
			v.Aliases, _ = props["aliases"].([]string)
			v.Props = graph.Props{}
			label, _ := graph.LabelOf(node)
			for k := range graph.NodeProps(label) {
				if x, ok := props[k]; ok {
					v.Props[k] = x
				}
			}
			before[r.Values[0].(string)].mentions[node] = v
			return nil
		})
}

// tally reads the tallies of the nodes whose mentions change and brings them to
// what they will be. Places are left out: their attributes are reference data.
func (t transaction) tally(p *plan) error {
	touched := func(id string) {
		if graph.PlaceCode(id) == "" {
			p.tallies[id] = &graph.Tally{}
		}
	}
	for _, h := range p.before {
		for id := range h.mentions {
			touched(id)
		}
	}
	for _, f := range p.load {
		for _, m := range f.Mentions {
			touched(m.Node)
		}
	}
	ids := slices.Sorted(maps.Keys(p.tallies))
	err := t.query("UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN id, n.`_tally`", map[string]any{"ids": ids}, func(r *neo4j.Record) error {
		id, _ := r.Values[0].(string)
		text, _ := r.Values[1].(string)
		if err := json.Unmarshal([]byte(text), p.tallies[id]); err != nil {
			return passed(fmt.Errorf("apply batch: property _tally of %s is damaged: %v: dump the store and restore it", id, err))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, h := range p.before {
		for id, v := range h.mentions {
			if tally := p.tallies[id]; tally != nil {
				tally.Remove(v)
			}
		}
	}
	for _, f := range p.load {
		for _, m := range f.Mentions {
			if tally := p.tallies[m.Node]; tally != nil {
				tally.Add(graph.View{Name: m.Name, Aliases: m.Aliases, Props: m.Props})
			}
		}
	}
	return nil
}

// account fills in which claims each article gains and loses.
func (p *plan) account() {
	after := map[string][]graph.Claim{}
	for _, f := range p.load {
		after[f.Article.ID] = f.Claims
	}
	for i := range p.results {
		r := &p.results[i]
		var old map[string]claimRef
		if h := p.before[r.Article]; h != nil {
			old = h.claims
		}
		kept := map[string]bool{}
		for _, c := range after[r.Article] {
			if _, ok := old[c.ID]; ok {
				kept[c.ID] = true
			} else {
				r.Added = append(r.Added, c.ID)
			}
		}
		for id := range old {
			if !kept[id] {
				r.Removed = append(r.Removed, id)
			}
		}
		slices.Sort(r.Added)
		slices.Sort(r.Removed)
	}
}

// nodeProps returns the properties of a node that is neither place nor article.
func nodeProps(id string, tally *graph.Tally) map[string]any {
	p := tally.Attributes(id)
	text, _ := json.Marshal(tally)
	p["_tally"] = string(text)
	name, _ := p["name"].(string)
	aliases, _ := p["aliases"].([]string)
	return withKeys(id, p, name, aliases)
}

// withKeys adds the id and the folded names that look-ups and search go by.
func withKeys(id string, p graph.Props, name string, aliases []string) map[string]any {
	p["id"] = id
	key := script.Key(name)
	keys := []string{key}
	for _, a := range aliases {
		keys = append(keys, script.Key(a))
	}
	p["_name_key"] = key
	keys = slices.DeleteFunc(keys, func(k string) bool { return k == "" })
	keys = slices.Compact(sorted(keys))
	p["_keys"], p["_words"] = keys, script.Tokens(keys...)
	return p
}

// shortHash tells whether reference data is what it was.
func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
