package queries

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"reformgraph/graph"
)

// fact is a claim as statements fetch it, with what is needed of its article.
type fact struct {
	claim, subject, predicate, object string
	article, quote                    string
	start, end                        int
	status                            string
	confidence                        float64
	rule                              string
	props                             map[string]any
	title, outlet                     string // of the article
	published                         string // of the article; "" if unknown
}

// factOf reads a row with the columns that all statements on claims share.
func factOf(r graph.Row) *fact {
	f := &fact{
		claim: str(r, "claim"), subject: str(r, "subject"), predicate: str(r, "predicate"), object: str(r, "object"),
		article: str(r, "article"), quote: str(r, "quote"), start: whole(r, "start"), end: whole(r, "end"),
		status: str(r, "status"), rule: str(r, "rule"), title: str(r, "title"), outlet: str(r, "outlet"), published: str(r, "published"),
		props: map[string]any{},
	}
	f.confidence = float(r, "confidence")
	given, _ := r["props"].(map[string]any)
	schema, _ := graph.SchemaOf(graph.Predicate(f.predicate))
	for k, v := range given {
		kind, ok := schema.Props[k]
		if !ok || v == nil {
			continue
		}
		// JSON has one kind of number, a driver two: the schema says which is meant.
		switch n := v.(type) {
		case int64:
			if kind == graph.Number {
				v = float64(n)
			}
		case float64:
			if kind == graph.Integer {
				v = int64(n)
			}
		}
		f.props[k] = v
	}
	return f
}

// facts fetches claims by a statement, leaving out those below the confidence,
// sorted by claim id.
func facts[P any](ctx context.Context, s graph.Store, t twin[P], p P, minConfidence float64) ([]*fact, error) {
	var out []*fact
	err := t.each(ctx, s, p, func(r graph.Row) error {
		if f := factOf(r); f.confidence >= minConfidence {
			out = append(out, f)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b *fact) int { return strings.Compare(a.claim, b.claim) })
	return out, err
}

func (f *fact) show() Claim {
	return Claim{f.claim, f.subject, f.predicate, f.object, f.article, f.quote, f.start, f.end, f.status, f.confidence, f.rule, f.props}
}

func (f *fact) prop(key string) string { s, _ := f.props[key].(string); return s }

// date is the claim's own date, else the publication date of its article.
func (f *fact) date() date {
	if d := f.ownDate(); d.known() {
		return d
	}
	return newDate(f.published, "reported")
}

// ownDate is the date that the claim carries, of a figure its period; unknown if none.
func (f *fact) ownDate() date {
	iso := cmp.Or(f.prop("since"), f.prop("date"), f.prop("period"))
	return newDate(iso, cmp.Or(f.prop("basis"), "stated"))
}

// compareConfidence orders the most confident first, then by claim id.
func (f *fact) compareConfidence(g *fact) int {
	if c := cmp.Compare(g.confidence, f.confidence); c != 0 {
		return c
	}
	return strings.Compare(f.claim, g.claim)
}

// distinct returns the facts without repetition, by claim id.
func distinct(fs []*fact) []*fact {
	out := slices.Clone(fs)
	slices.SortFunc(out, func(a, b *fact) int { return strings.Compare(a.claim, b.claim) })
	return slices.CompactFunc(out, func(a, b *fact) bool { return a.claim == b.claim })
}

// articleCount counts the articles behind facts.
func articleCount(fs []*fact) int {
	seen := map[string]bool{}
	for _, f := range fs {
		seen[f.article] = true
	}
	return len(seen)
}

// support is the part of a row that says how we know.
type support struct {
	ArticleCount  int        `json:"article_count" doc:"Articles that support the row."`
	EvidenceCount int        `json:"evidence_count" doc:"Claims that support the row."`
	Evidence      []Evidence `json:"evidence" doc:"The most confident five of them, with their quotes."`
}

func supportOf(fs []*fact) support {
	fs = distinct(fs)
	return support{articleCount(fs), len(fs), evidenceOf(fs)}
}

func str(r graph.Row, key string) string { s, _ := r[key].(string); return s }

func whole(r graph.Row, key string) int {
	switch n := r[key].(type) {
	case int64:
		return int(n)
	case float64:
		return int(n)
	}
	return 0
}

func float(r graph.Row, key string) float64 {
	switch n := r[key].(type) {
	case float64:
		return n
	case int64:
		return float64(n)
	}
	return 0
}

// null is nil for an empty text.
func null(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
