package extract

import (
	"math"
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
	"reformgraph/loaders/resolve"
)

// node is a node in the making.
type node struct {
	id      string
	name    string
	aliases map[string]bool
	props   graph.Props
	spans   []span
	at      map[span]bool // spans as a set
}

// facts collects what the rules find; spans are of the folded text.
type facts struct {
	gaz     *resolve.Gazetteer
	d       *doc
	nodes   map[string]*node
	order   []*node
	claims  []graph.Claim
	local   map[string]*resolve.Division // zones, townships, villages of this article
	seen    map[string]int               // claims by predicate and ends: place in claims, plus one
	bad     []graph.Unresolved
	doubted map[int]bool // starts of them
	// confidence of the rules that were measured; the others keep what they give.
	confidence map[string]float64
}

func newFacts(g *resolve.Gazetteer, d *doc, confidence map[string]float64) *facts {
	return &facts{gaz: g, d: d, confidence: confidence, nodes: map[string]*node{}, local: map[string]*resolve.Division{}, seen: map[string]int{}, doubted: map[int]bool{}}
}

// division returns the place of a code that the gazetteer lacks, the same one each time.
func (f *facts) division(code, name, level string, within *resolve.Division) *resolve.Division {
	if q := f.known(code); q != nil {
		return q
	}
	q := &resolve.Division{Code: code, Name: name, Level: level, Parent: within.Code}
	f.local[code] = q
	return q
}

// up is the place that q lies in, nil for a country.
func (f *facts) up(q *resolve.Division) *resolve.Division {
	if q == nil || q.Parent == "" {
		return nil
	}
	return f.known(q.Parent)
}

// known is the place of a code, of the gazetteer or of this article; nil if neither has it.
func (f *facts) known(code string) *resolve.Division {
	if q := f.gaz.ByCode(code); q != nil {
		return q
	}
	return f.local[code]
}

// unresolved notes what could not be tied to a node.
func (f *facts) unresolved(s span, why string) {
	a, b := f.d.fold.Span(s.start, s.end)
	if a >= b {
		return
	}
	if f.doubted[a] {
		return
	}
	f.doubted[a] = true
	f.bad = append(f.bad, graph.Unresolved{Start: a, End: b, Text: f.stored(a, b), Why: why})
}

func (f *facts) stored(a, b int) string { return f.d.cut(a, b) }

// mention notes that a node stands at s under a name; props are kept where not yet given.
func (f *facts) mention(id, name string, s span, props graph.Props) *node {
	n := f.nodes[id]
	if n == nil {
		n = &node{id: id, name: name, aliases: map[string]bool{}, props: graph.Props{}, at: map[span]bool{}}
		f.nodes[id] = n
		f.order = append(f.order, n)
	}
	if name != n.name && name != "" {
		// An initiative goes by the wording that is its NAME, where the text has it.
		if key := graph.Practice(id); key != "" && script.Bare(name) == key && script.Bare(n.name) != key && strings.HasPrefix(id, "initiative:") {
			name, n.name = n.name, name
		}
		n.aliases[name] = true
		delete(n.aliases, n.name)
	}
	for k, v := range props {
		if _, ok := n.props[k]; !ok {
			if text, isText := v.(string); !isText || text != "" {
				n.props[k] = v
			}
		}
	}
	if s.len() > 0 && !n.at[s] {
		n.at[s] = true
		n.spans = append(n.spans, s)
	}
	return n
}

// place notes that a place is named at s and returns its id.
func (f *facts) place(p placeHit) string {
	name := f.d.text(p.span)
	if p.pro {
		f.mention(p.div.ID(), p.div.Name, p.span, nil)
		return p.div.ID()
	}
	n := f.mention(p.div.ID(), name, p.span, nil)
	if len([]rune(name)) > len([]rune(n.name)) && strings.HasPrefix(p.div.Name, name) {
		n.aliases[n.name] = true
		n.name = name
		delete(n.aliases, name)
	}
	return p.div.ID()
}

// claim is what a rule asserts.
type claim struct {
	subject    string
	predicate  graph.Predicate
	object     string
	quote      span
	status     string
	confidence float64
	rule       string
	props      graph.Props
}

// claim adds a claim. Its ends must have been mentioned, or be places. Of claims
// of one predicate between the same ends the best one stays, of equals the first.
func (f *facts) claim(c claim) {
	if c.subject == "" || c.object == "" || c.subject == c.object || c.quote.len() == 0 {
		return
	}
	key := string(c.predicate) + "\x00" + c.subject + "\x00" + c.object
	if c.predicate == graph.Holds {
		title, _ := c.props["title"].(string)
		key += "\x00" + title
	}
	if v, ok := f.confidence[c.rule]; ok {
		c.confidence = v
	}
	if c.status == "" {
		c.status = "done"
	}
	a, b := f.d.fold.Span(c.quote.start, c.quote.end)
	if b-a > graph.MaxQuoteRunes {
		b = a + graph.MaxQuoteRunes
	}
	if a >= b {
		return
	}
	old := f.seen[key]
	if old > 0 && !f.better(c.status, c.props, a, f.claims[old-1]) {
		return
	}
	props := graph.Props{}
	for k, v := range c.props {
		if s, ok := v.(string); ok && s == "" {
			continue
		}
		if n, ok := v.(float64); ok && (math.IsNaN(n) || math.IsInf(n, 0)) {
			continue
		}
		props[k] = v
	}
	made := graph.Claim{Subject: c.subject, Predicate: c.predicate, Object: c.object, Quote: f.stored(a, b), Start: a, End: b,
		Status: c.status, Confidence: c.confidence, Rule: c.rule, Props: props}
	if old > 0 {
		f.claims[old-1] = made
		return
	}
	f.claims = append(f.claims, made)
	f.seen[key] = len(f.claims)
}

// better says that a claim at the stored offset start says more than one made
// before: that it is done rather than planned, a date or count that the other
// lacks, or, with all that equal, a sentence of the body rather than the headline.
func (f *facts) better(status string, props graph.Props, start int, old graph.Claim) bool {
	if status != old.Status {
		return status == "done"
	}
	if n, m := tells(props), tells(old.Props); n != m {
		return n > m
	}
	return f.d.inHeadline(old.Start) && !f.d.inHeadline(start)
}

// inHeadline says that a code point of the stored text stands in the headline.
func (d *doc) inHeadline(at int) bool {
	i := d.fold.Index(at)
	for _, s := range d.sents {
		if s.start <= i && i < s.end {
			return s.title
		}
	}
	return false
}

// tells ranks claims between the same ends by what they add: a date that the
// text states counts more than none, none more than the day of the report.
func tells(p graph.Props) int {
	n := 0
	switch {
	case p["basis"] == "stated" || p["basis"] == nil && (p["since"] != nil || p["date"] != nil):
		n = 2
	case p["basis"] == nil:
		n = 1
	}
	if p["count"] != nil || p["value"] != nil {
		n += 3
	}
	return n
}

// result turns what was collected into completed facts.
func (f *facts) result() graph.Facts {
	out := graph.Facts{Article: f.d.art, Unresolved: f.bad}
	places := map[string]bool{}
	var need func(q *resolve.Division)
	need = func(q *resolve.Division) {
		if q == nil || places[q.Code] {
			return
		}
		places[q.Code] = true
		ref := f.gaz.Reference(q)
		out.Places = append(out.Places, ref)
		need(f.up(q))
		need(f.gaz.ByCode(ref.Today))
	}
	byID := func(id string) { need(f.known(graph.PlaceCode(id))) }
	byID(out.Article.Home)
	f.meant()
	for _, n := range f.order {
		if strings.HasPrefix(n.id, "place:") {
			byID(n.id)
		}
		if len(n.spans) == 0 {
			continue
		}
		m := graph.Mention{Node: n.id, Name: n.name, Props: n.props}
		for a := range n.aliases {
			m.Aliases = append(m.Aliases, a)
		}
		slices.Sort(m.Aliases)
		slices.SortFunc(n.spans, func(a, b span) int {
			if a.start != b.start {
				return a.start - b.start
			}
			return a.end - b.end
		})
		for _, s := range n.spans {
			a, b := f.d.fold.Span(s.start, s.end)
			if a < b {
				m.Starts, m.Ends = append(m.Starts, a), append(m.Ends, b)
			}
		}
		if len(m.Starts) > 0 {
			out.Mentions = append(out.Mentions, m)
		}
	}
	for _, c := range f.claims {
		byID(c.Subject)
		byID(c.Object)
	}
	out.Claims = f.claims
	out.Complete()
	return out
}
