package graph

import "slices"

// The functions of this file say how facts stand in the graph as properties.
// Both stores use them, so that a dump is the same from either.

// ArticleRecord returns the node of an article, with its unresolved mentions as
// parallel lists.
func ArticleRecord(a Article, unresolved []Unresolved) NodeRecord {
	p := Props{"text": a.Text, "text_sha256": a.TextSHA256()}
	setString(p, "title", a.Title)
	setString(p, "outlet", a.Outlet)
	setString(p, "url", a.URL)
	setString(p, "published", a.Published)
	setString(p, "published_precision", a.PublishedPrecision)
	setString(p, "script", a.Script)
	setString(p, "home", a.Home)
	setStrings(p, "authors", a.Authors)
	setStrings(p, "given", a.Given)
	if len(unresolved) > 0 {
		var starts, ends []int64
		var whys []string
		for _, u := range unresolved {
			starts, ends, whys = append(starts, int64(u.Start)), append(ends, int64(u.End)), append(whys, u.Why)
		}
		p["unresolved_starts"], p["unresolved_ends"], p["unresolved_whys"] = starts, ends, whys
	}
	return NodeRecord{ID: a.ID, Labels: []string{string(LabelArticle), "Entity"}, Props: p}
}

// PlaceRecord returns the node of a place.
func PlaceRecord(pl Place) NodeRecord {
	p := Props{}
	setString(p, "name", pl.Name)
	setString(p, "level", pl.Level)
	setString(p, "valid_from", pl.From)
	setString(p, "valid_to", pl.To)
	setString(p, "today", pl.Today)
	if pl.Lat != 0 || pl.Lon != 0 {
		p["lat"], p["lon"] = pl.Lat, pl.Lon
	}
	labels := []string{"Entity", string(LabelPlace)}
	if pl.City {
		labels = []string{LabelCity, "Entity", string(LabelPlace)}
	}
	return NodeRecord{ID: pl.ID, Labels: labels, Props: p}
}

// MentionProps returns the properties of a MENTIONED_IN edge: the article's
// view of the node, and where it stands.
func MentionProps(m Mention) Props {
	p := Props{}
	for k, v := range m.Props {
		p[k] = v
	}
	setString(p, "name", m.Name)
	setStrings(p, "aliases", m.Aliases)
	p["starts"], p["ends"] = int64s(m.Starts), int64s(m.Ends)
	return p
}

// ClaimProps returns the properties of a claim edge.
func ClaimProps(c Claim) Props {
	p := Props{}
	for k, v := range c.Props {
		p[k] = v
	}
	p["claim"], p["article"], p["quote"], p["status"], p["rule"] = c.ID, c.Article, c.Quote, c.Status, c.Rule
	p["start"], p["end"], p["confidence"] = int64(c.Start), int64(c.End), c.Confidence
	return p
}

// Records calls each for every node and edge of the graph of these facts: what
// Store.Export has to give after they were loaded, in no particular order. Facts
// are complete and of one edition, an article occurs once. It stops at the first
// error and returns it.
func Records(facts []Facts, each func(Record) error) error {
	var err error
	give := func(r Record) {
		if err == nil {
			err = each(r)
		}
	}
	node := func(r NodeRecord) { give(Record{Node: &r}) }
	edge := func(from string, p Predicate, to string, props Props) {
		give(Record{Edge: &EdgeRecord{Type: p, From: from, To: to, Props: props}})
	}
	places := map[string]Place{}
	tallies := map[string]*Tally{}
	for _, f := range facts {
		node(ArticleRecord(f.Article, f.Unresolved))
		for _, p := range f.Places {
			places[p.ID] = p
		}
		for _, m := range f.Mentions {
			edge(m.Node, MentionedIn, f.Article.ID, MentionProps(m))
			if labelOf(m.Node) == LabelPlace {
				continue
			}
			if tallies[m.Node] == nil {
				tallies[m.Node] = &Tally{}
			}
			tallies[m.Node].Add(View{Name: m.Name, Aliases: m.Aliases, Props: m.Props})
		}
		for _, c := range f.Claims {
			edge(c.Subject, c.Predicate, c.Object, ClaimProps(c))
		}
	}
	for _, p := range places {
		node(PlaceRecord(p))
		if p.Parent != "" {
			edge(p.ID, PartOf, p.Parent, Props{})
		}
	}
	for id, t := range tallies {
		node(NodeRecord{ID: id, Labels: NodeLabels(id), Props: t.Attributes(id)})
	}
	return err
}

// View is what an article gives of one node: what a Tally counts.
type View struct {
	Name    string
	Aliases []string
	Props   Props
}

// majority returns the most frequent value, the smallest of several. Byte order
// of UTF-8 is code-point order.
func majority(counts map[string]int) string {
	best, n := "", 0
	for v, c := range counts {
		if c > n || c == n && v < best {
			best, n = v, c
		}
	}
	return best
}

// NodeLabels returns the sorted labels of a node that is neither place nor article.
func NodeLabels(id string) []string {
	l, _ := LabelOf(id)
	labels := []string{"Entity", string(l)}
	slices.Sort(labels)
	return labels
}

func setString(p Props, key, v string) {
	if v != "" {
		p[key] = v
	}
}

func setStrings(p Props, key string, v []string) {
	if len(v) > 0 {
		p[key] = v
	}
}

func int64s(v []int) []int64 {
	out := make([]int64, len(v))
	for i, x := range v {
		out[i] = int64(x)
	}
	return out
}
