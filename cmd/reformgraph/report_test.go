package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"reformgraph/loaders/ingest"
)

func TestReportIsJSON(t *testing.T) {
	cases := map[string]struct {
		articles []ingest.Report
		failed   error
		stopped  string
	}{
		"Empty":   {},
		"Several": {articles: []ingest.Report{{Source: "a.txt"}, {Source: `b".txt`, Reason: "a\nb"}}, failed: errReported},
		"Stopped": {articles: []ingest.Report{{Source: "a.txt"}}, failed: errors.New(`no "room"`), stopped: `no "room"`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			r := &reportWriter{w: &out}
			for _, a := range c.articles {
				r.article(a)
			}
			r.passedOver("c.pdf", "no text")
			r.summary = ingest.Summary{New: len(c.articles)}
			if err := r.close("sqlite:x.db", c.failed); err != nil {
				t.Fatal(err)
			}
			var got struct {
				Articles   []ingest.Report
				PassedOver []passedOver `json:"passed_over"`
				Store      string
				Summary    ingest.Summary
				Stopped    string
			}
			if err := json.Unmarshal(out.Bytes(), &got); err != nil {
				t.Fatalf("%v in\n%s", err, out.Bytes())
			}
			if len(got.Articles) != len(c.articles) || len(got.PassedOver) != 1 || got.Summary.New != len(c.articles) || got.Stopped != c.stopped {
				t.Errorf("got %+v, want %d articles, one file passed over, stopped %q", got, len(c.articles), c.stopped)
			}
		})
	}
}

// Nothing is shown until it is known how many articles there are; then the count
// goes on from where it was.
func TestProgressTotalComesLater(t *testing.T) {
	var out bytes.Buffer
	b := &bar{out: &out}
	b.start(math.MaxInt)
	b.add()
	b.add()
	if out.Len() > 0 {
		t.Errorf("got %q before the total is known, want nothing", out.String())
	}
	time.Sleep(2 * redraw)
	b.total(4)
	b.add()
	b.clear()
	if got := out.String(); !strings.Contains(got, "2/4") {
		t.Errorf("got %q, want two of four", got)
	}
}
