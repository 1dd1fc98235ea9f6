package queries

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"reformgraph/graph"
)

var (
	claimIDsTwin = newTwin[noParams]("claim_ids")
	textsTwin    = newTwin[idsParams]("texts")
)

// SampledClaim is a claim with what a person needs to judge it.
type SampledClaim struct {
	Claim
	SubjectName, ObjectName  string
	Title, Outlet, Published string // of the article; "" if unknown
	Context                  string // the sentences of the article that the quote stands in
}

// Sample draws n claims at random, all if there are fewer, in random order: so the
// first of them are a sample too. The draw depends on the claims of the graph and
// the seed alone; claims that are added later take places of their own and leave
// the order of the others as it was.
func Sample(ctx context.Context, s graph.Store, n int, seed int64) ([]SampledClaim, error) {
	var out []SampledClaim
	_, err := atOneRevision(ctx, s, func() (err error) {
		out, err = sample(ctx, s, n, seed)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	return out, nil
}

// draw is a claim and its lot.
type draw struct {
	lot            [sha256.Size]byte
	claim, article string
}

func (d draw) compare(e draw) int {
	return cmp.Or(bytes.Compare(d.lot[:], e.lot[:]), strings.Compare(d.claim, e.claim))
}

func sample(ctx context.Context, s graph.Store, n int, seed int64) ([]SampledClaim, error) {
	drawn, err := drawClaims(ctx, s, n, seed)
	if err != nil {
		return nil, err
	}
	var articles []string
	for _, d := range drawn {
		articles = append(articles, d.article)
	}
	slices.Sort(articles)
	articles = slices.Compact(articles)
	fs, err := facts(ctx, s, aboutTwin, idsParams{articles}, 0)
	if err != nil {
		return nil, err
	}
	byClaim := map[string]*fact{}
	var ends []string
	for _, f := range fs {
		byClaim[f.claim] = f
		ends = append(ends, f.subject, f.object)
	}
	names, err := loadNodes(ctx, s, ends)
	if err != nil {
		return nil, err
	}
	texts := map[string][]rune{}
	err = textsTwin.each(ctx, s, idsParams{articles}, func(r graph.Row) error {
		texts[str(r, "id")] = []rune(textOf(r))
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []SampledClaim
	for _, d := range drawn {
		f := byClaim[d.claim]
		if f == nil {
			return nil, fmt.Errorf("claim %s is gone: %w", d.claim, graph.ErrBusy)
		}
		out = append(out, SampledClaim{f.show(), names[f.subject].name, names[f.object].name, f.title, f.outlet, f.published,
			sentences(texts[f.article], f.start, f.end)})
	}
	return out, nil
}

// drawClaims returns the n claims with the smallest lots, in their order.
func drawClaims(ctx context.Context, s graph.Store, n int, seed int64) ([]draw, error) {
	if n < 1 {
		return nil, invalid("n", "must be at least 1")
	}
	var drawn []draw
	keep := func() {
		slices.SortFunc(drawn, draw.compare)
		drawn = drawn[:min(n, len(drawn))]
	}
	err := claimIDsTwin.each(ctx, s, noParams{}, func(r graph.Row) error {
		claim := str(r, "claim")
		drawn = append(drawn, draw{sha256.Sum256([]byte(strconv.FormatInt(seed, 10) + "\n" + claim)), claim, str(r, "article")})
		if len(drawn) >= 2*n+1000 {
			keep()
		}
		return nil
	})
	keep()
	return drawn, err
}

// longestContext bounds how far a context goes before and after its quote, in code
// points.
const longestContext = 200

const (
	sentenceEnds = "。！？!?\n"
	closing      = "”’」』）" // belong to the sentence that they close
)

// sentences returns the whole sentences that the span stands in, without the
// spaces around.
func sentences(text []rune, start, end int) string {
	at := func(i int, marks string) bool { return i >= 0 && i < len(text) && strings.ContainsRune(marks, text[i]) }
	first, last := start, end
	for first > 0 && start-first < longestContext && !at(first-1, sentenceEnds) {
		first--
	}
	for first < start && at(first, closing) {
		first++
	}
	for last < len(text) && last-end < longestContext && !at(last-1, sentenceEnds) && text[last] != '\n' {
		last++
	}
	for at(last, closing) {
		last++
	}
	return strings.TrimSpace(string(text[first:last]))
}

// SampleColumns names the columns of WriteSample. The last one is empty, for the
// verdict of who reads the sample.
var SampleColumns = []string{"claim", "title", "outlet", "published", "context", "quote", "subject_name", "predicate", "object_name", "status", "props",
	"confidence", "rule", "subject", "object", "article", "start", "end", "verdict"}

// WriteSample writes a sample as CSV with a header, for a spreadsheet.
func WriteSample(w io.Writer, claims []SampledClaim) error {
	c := csv.NewWriter(w)
	c.Write(SampleColumns)
	for _, s := range claims {
		cells := []string{s.ID, s.Title, s.Outlet, s.Published, s.Context, s.Quote, s.SubjectName, s.Predicate, s.ObjectName, s.Status,
			string(graph.CanonicalJSON(s.Props)), strconv.FormatFloat(s.Confidence, 'g', -1, 64), s.Rule, s.Subject, s.Object, s.Article,
			strconv.Itoa(s.Start), strconv.Itoa(s.End), ""}
		for i := range cells {
			cells[i] = Inert(cells[i])
		}
		c.Write(cells)
	}
	c.Flush()
	return c.Error()
}
