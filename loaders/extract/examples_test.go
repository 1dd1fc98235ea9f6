package extract_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/loaders/article"
	"reformgraph/loaders/extract"
	"reformgraph/loaders/lexicon"
)

// TestExamples compares what the chain reads in each article of examples/ with
// the expectation made by hand in testdata/examples, named after the article's
// id or else after its file. A line is
//
//	node ID | node? ID
//	claim SUBJECT PREDICATE OBJECT [planned|negated] [property=value …] | claim? …
//
// Without ? it must be found, with ? it may; what stands in no line may not be
// returned. The status is done unless given; properties not given are free.
func TestExamples(t *testing.T) {
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	chain, err := extract.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for item, err := range article.Read(context.Background(), []string{"../../examples"}, article.Options{Today: "2026-01-01"}) {
		if err != nil {
			t.Fatal(err)
		}
		found++
		name := strings.TrimPrefix(item.Article.ID, "article:")
		if !strings.HasPrefix(name, "ex-") {
			name = strings.TrimSuffix(filepath.Base(item.Article.Source), filepath.Ext(item.Article.Source))
		}
		t.Run(name, func(t *testing.T) {
			want, err := readExpectation(filepath.Join("testdata", "examples", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			got := chain.Extract(chain.Prepare(item.Article))
			got.Complete()
			if err := got.Validate(); err != nil {
				t.Fatal(err)
			}
			want.compare(t, got)
		})
	}
	if files, _ := filepath.Glob("testdata/examples/*.txt"); len(files) != found {
		t.Errorf("%d expectations for %d articles", len(files), found)
	}
}

type expectation struct {
	nodes  map[string]bool // id to whether it must be found
	claims []*expectedClaim
}

type expectedClaim struct {
	line                       string
	subject, predicate, object string
	status                     string
	props                      map[string]string
	must, found                bool
}

func readExpectation(file string) (*expectation, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	e := &expectation{nodes: map[string]bool{}}
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		w := strings.Fields(in.Text())
		if len(w) == 0 || strings.HasPrefix(w[0], "#") {
			continue
		}
		kind, may := strings.CutSuffix(w[0], "?")
		switch {
		case kind == "node" && len(w) == 2:
			e.nodes[w[1]] = !may
		case kind == "claim" && len(w) >= 4:
			c := &expectedClaim{line: in.Text(), subject: w[1], predicate: w[2], object: w[3], status: "done", props: map[string]string{}, must: !may}
			for _, x := range w[4:] {
				if k, v, ok := strings.Cut(x, "="); ok {
					c.props[k] = v
				} else {
					c.status = x
				}
			}
			e.claims = append(e.claims, c)
		default:
			return nil, fmt.Errorf("%s:%d: %q is neither a node nor a claim", file, n, in.Text())
		}
	}
	return e, in.Err()
}

func (e *expectation) compare(t *testing.T, got graph.Facts) {
	seen := map[string]bool{}
	for _, m := range got.Mentions {
		seen[m.Node] = true
		if _, ok := e.nodes[m.Node]; !ok {
			t.Errorf("got node %s (%s), which is not expected", m.Node, m.Name)
		}
	}
	for id, must := range e.nodes {
		if must && !seen[id] {
			t.Errorf("node %s is missing", id)
		}
	}
	for _, c := range got.Claims {
		if !e.take(c) {
			t.Errorf("got claim %s %s %s %s %s, which is not expected (rule %s: %s)", c.Subject, c.Predicate, c.Object, c.Status, graph.CanonicalJSON(c.Props), c.Rule, c.Quote)
		}
	}
	for _, c := range e.claims {
		if c.must && !c.found {
			t.Errorf("missing: %s", c.line)
		}
	}
}

// take marks the expected claims that a claim found satisfies.
func (e *expectation) take(c graph.Claim) bool {
	ok := false
	for _, x := range e.claims {
		if x.subject != c.Subject || x.predicate != string(c.Predicate) || x.object != c.Object || x.status != c.Status {
			continue
		}
		same := true
		for k, v := range x.props {
			same = same && fmt.Sprint(c.Props[k]) == v
		}
		if same {
			x.found, ok = true, true
		}
	}
	return ok
}
