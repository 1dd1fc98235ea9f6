package queries

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
)

var aboutTwin = newTwin[idsParams]("about")

type evidenceParams struct {
	Node  string `param:"node" need:"yes"`
	Order string `param:"order" values:"confidence,date" default:"confidence" doc:"confidence: the most confident first; date: a timeline, undated last."`
	dates
	Status        string  `param:"status"`
	MinConfidence float64 `param:"min_confidence"`
	page
}

// evidenceRow is one claim, with the names of its ends and its article.
type evidenceRow struct {
	Claim
	SubjectName  *string `json:"subject_name" doc:"Name of the subject."`
	ObjectName   *string `json:"object_name" doc:"Name of the object."`
	ArticleTitle *string `json:"article_title" doc:"Title of the article."`
	Outlet       *string `json:"outlet" doc:"Where it was published."`
	Published    *string `json:"published" doc:"When it was published."`
	Since        *string `json:"since" doc:"Date of what is claimed: the claim's own, else the article's."`
	Precision    *string `json:"precision" doc:"Its precision."`
	Basis        *string `json:"basis" doc:"stated for the claim's own date, reported for the article's."`
}

var evidence = define(Query{
	Name:  "evidence",
	Title: "Every claim about one thing, with the words that make it",
	Description: "All claims with the node at either end, of every status, each with its quote; of an article, all that it claims. A place stands for all that it was called before; " +
		"a discovered experience for the initiatives that carry its practice. order=date makes it a timeline.",
	Example: url.Values{"node": {"experience:有解思维"}, "order": {"date"}},
}, runEvidence, func(r evidenceRow) string { return r.ID })

func runEvidence(ctx context.Context, s graph.Store, p *evidenceParams) ([]evidenceRow, error) {
	ids, err := nodeAndFormer(ctx, s, p.Node)
	if err != nil {
		return nil, err
	}
	fs, err := facts(ctx, s, aboutTwin, idsParams{ids}, p.MinConfidence)
	if err != nil {
		return nil, err
	}
	fs = slices.DeleteFunc(fs, func(f *fact) bool {
		d := f.date()
		return p.Status != "" && f.status != p.Status || p.Basis != "" && d.basis != p.Basis || !within(d.interval, p.Since, p.Until)
	})
	slices.SortFunc(fs, func(a, b *fact) int {
		if p.Order == "date" {
			return cmp.Or(a.date().compare(b.date()), strings.Compare(a.claim, b.claim))
		}
		return a.compareConfidence(b)
	})
	var ends []string
	for _, f := range fs {
		ends = append(ends, f.subject, f.object)
	}
	names, err := loadNodes(ctx, s, ends)
	if err != nil {
		return nil, err
	}
	rows := make([]evidenceRow, len(fs))
	for i, f := range fs {
		d := f.date()
		rows[i] = evidenceRow{f.show(), null(names[f.subject].name), null(names[f.object].name), null(f.title), null(f.outlet), null(f.published),
			null(d.iso), null(graph.PrecisionOf(d.iso)), null(d.basis)}
	}
	return rows, nil
}

// nodeAndFormer returns the ids that stand for a node: of a place also those of
// its former names, of a discovered experience those of its initiatives.
func nodeAndFormer(ctx context.Context, s graph.Store, id string) ([]string, error) {
	missing := &NotFoundError{Field: "node", Value: id, Reason: "no node has this id"}
	l, ok := graph.LabelOf(id)
	if !ok {
		return nil, invalid("node", "%q is not an id: want LABEL:…, as in place:370300 or experience:有解思维", id)
	}
	if l == graph.LabelArticle {
		known, err := s.States(ctx, []string{id})
		if err != nil {
			return nil, err
		}
		if _, ok := known[id]; !ok {
			return nil, missing
		}
		return []string{id}, nil
	}
	nodes, err := loadNodes(ctx, s, []string{id})
	if err != nil {
		return nil, err
	}
	_, found := nodes[id]
	switch {
	case found && l == graph.LabelPlace:
		a, err := loadArea(ctx, s, id, "exact")
		return a.ids(), err
	case found:
		return []string{id}, nil
	case l == graph.LabelExperience:
		sp, err := spreadOfExperience(ctx, s, &id, countAs{}, 0)
		if errors.Is(err, graph.ErrNotFound) {
			return nil, missing
		}
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, a := range sp.adoptions {
			ids = append(ids, a.initiatives...)
		}
		slices.Sort(ids)
		return slices.Compact(ids), nil
	}
	return nil, missing
}
