package main

import (
	"fmt"
	"io"

	"reformgraph/graph"
	"reformgraph/loaders/ingest"
)

// reportWriter writes the report of a run, one article after the other, as the
// JSON object {"articles": […], "passed_over": […], "store", "summary",
// "stopped"}. Its first error is returned by close.
type reportWriter struct {
	w       io.Writer
	n       int
	skipped []passedOver
	summary ingest.Summary
	err     error
}

// passedOver is a file that was not read since it holds no article.
type passedOver struct {
	Source string `json:"source"`
	Reason string `json:"reason"`
}

func (r *reportWriter) article(a ingest.Report) {
	before := ",\n"
	if r.n == 0 {
		before = "{\"articles\": [\n"
	}
	r.n++
	r.printf("%s%s", before, graph.CanonicalJSON(a))
}

func (r *reportWriter) passedOver(source, reason string) {
	r.skipped = append(r.skipped, passedOver{source, reason})
}

// close completes the report; failed is why the run ended before its end, if it
// did.
func (r *reportWriter) close(store string, failed error) error {
	if r.n == 0 {
		r.printf("{\"articles\": [")
	}
	if r.skipped == nil {
		r.skipped = []passedOver{}
	}
	r.printf("\n],\n\"passed_over\": %s,\n\"store\": %s,\n\"summary\": %s", graph.CanonicalJSON(r.skipped), graph.CanonicalJSON(store), graph.CanonicalJSON(r.summary))
	if failed != nil && failed != errReported {
		r.printf(",\n\"stopped\": %s", graph.CanonicalJSON(failed.Error()))
	}
	r.printf("}\n")
	return r.err
}

func (r *reportWriter) printf(format string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.w, format, args...)
	}
}
