package queries

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

var unresolvedTwin = newTwin[noParams]("unresolved")

type unresolvedParams struct {
	Since string `param:"since" doc:"By the date of publication."`
	Until string `param:"until" doc:"By the date of publication."`
	page
}

// unresolvedRow is one wording that could not be tied to a node, for one reason.
type unresolvedRow struct {
	Text         string `json:"text" doc:"The words, in simplified characters."`
	Why          string `json:"why" doc:"Why they could not be tied to a node."`
	Count        int    `json:"count" doc:"How often they stand in the articles."`
	ArticleCount int    `json:"article_count" doc:"In how many articles."`
	Article      string `json:"article" doc:"Id of one of these, the first by id."`
	Start        int    `json:"start" doc:"Where the words first stand in it, in code points of its text."`
	End          int    `json:"end" doc:"Where they end."`
}

var unresolved = define(Query{
	Name:        "unresolved",
	Title:       "Which mentions could not be tied to a node",
	Description: "Wordings that the extraction left unresolved rather than guess, the most frequent first: what the lexicon should learn next.",
	Example:     url.Values{"limit": {"50"}},
}, runUnresolved, func(r unresolvedRow) string { return r.Text + "\n" + r.Why })

func runUnresolved(ctx context.Context, s graph.Store, p *unresolvedParams) ([]unresolvedRow, error) {
	type wording struct{ text, why string }
	byWording := map[wording]*unresolvedRow{}
	lastArticle := map[wording]string{}
	err := unresolvedTwin.each(ctx, s, noParams{}, func(r graph.Row) error {
		if !within(intervalOf(str(r, "published")), p.Since, p.Until) {
			return nil
		}
		w := wording{script.Simplify(str(r, "text")), str(r, "why")}
		row := byWording[w]
		if row == nil {
			row = &unresolvedRow{Text: w.text, Why: w.why, Article: str(r, "article"), Start: whole(r, "start"), End: whole(r, "end")}
			byWording[w] = row
		}
		row.Count++
		if lastArticle[w] != str(r, "article") {
			lastArticle[w] = str(r, "article")
			row.ArticleCount++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows := make([]unresolvedRow, 0, len(byWording))
	for _, r := range byWording {
		rows = append(rows, *r)
	}
	slices.SortFunc(rows, func(a, b unresolvedRow) int {
		return cmp.Or(b.Count-a.Count, b.ArticleCount-a.ArticleCount, strings.Compare(a.Text, b.Text), strings.Compare(a.Why, b.Why))
	})
	return rows, nil
}
