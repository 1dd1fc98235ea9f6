package eval

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Write prints the report: a table of entities and one of claims, exact beside
// relaxed, attributes and provenance, a table of ties, and how well confidence is
// calibrated.
func (r *Report) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	if s := r.Articles; s != nil {
		fmt.Fprintf(b, "%d annotated articles\n\n", r.ArticleCount)
		s.write(b)
		fmt.Fprintln(b)
		s.Calibration.write(b, "claims")
	}
	if s := r.Spread; s != nil {
		if r.Articles != nil {
			fmt.Fprintln(b)
		}
		fmt.Fprintf(b, "%d annotated passages\n\n", r.PassageCount)
		s.write(b)
		fmt.Fprintln(b)
		s.Calibration.write(b, "ties")
	}
	return b.Flush()
}

// WriteMisses prints what was missed and what is wrong, relaxed, one a line, by
// type and then in the order of the articles.
func (r *Report) WriteMisses(w io.Writer) error {
	var all []Miss
	if r.Articles != nil {
		all = append(all, r.Articles.Relaxed.Misses...)
	}
	if r.Spread != nil {
		all = append(all, r.Spread.Misses...)
	}
	slices.SortStableFunc(all, func(a, b Miss) int {
		return cmp.Or(-cmp.Compare(a.What, b.What), cmp.Compare(a.Kind, b.Kind))
	})
	b := bufio.NewWriter(w)
	for _, m := range all {
		verdict := "missed"
		if m.Wrong {
			verdict = "wrong "
		}
		fmt.Fprintf(b, "%s %s %s in %s: %s\n", verdict, m.What, m.Kind, m.Article, m.Text)
	}
	return b.Flush()
}

// WriteRules prints how many claims each extraction rule made in the articles,
// their mean confidence, and the share that is in gold.
func (r *Report) WriteRules(w io.Writer) error {
	if r.Articles == nil {
		return nil
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%-28s%7s%7s%7s\n", "rule", "claims", "mean", "right")
	for _, rule := range slices.Sorted(maps.Keys(r.Articles.Rules)) {
		fmt.Fprintf(b, "%-28s%s\n", rule, r.Articles.Rules[rule].figures())
	}
	return b.Flush()
}

func (s *ArticleScore) write(w io.Writer) {
	for _, t := range []struct {
		name           string
		exact, relaxed Counts
	}{{"entities", s.Exact.Entities, s.Relaxed.Entities}, {"claims", s.Exact.Claims, s.Relaxed.Claims}} {
		fmt.Fprintf(w, "%-14s%9s%7s%7s   %9s%7s%7s   tp/fp/fn (relaxed)\n", t.name, "exact P", "R", "F1", "relaxed P", "R", "F1")
		row := func(kind string, exact, relaxed Count) {
			fmt.Fprintf(w, "%-14s%s   %s   %d/%d/%d\n", kind, exact.figures(9), relaxed.figures(9), relaxed.TP, relaxed.FP, relaxed.FN)
		}
		for _, kind := range t.relaxed.kinds() {
			row(kind, t.exact[kind], t.relaxed[kind])
		}
		row("ALL", t.exact.All(), t.relaxed.All())
		fmt.Fprintln(w)
	}
	for _, a := range compared {
		if n := s.Attributes[a.name]; n != nil {
			fmt.Fprintf(w, "%s right on %d of %d matched core entities\n", a.name, n.Right, n.Of)
		}
	}
	fmt.Fprintf(w, "provenance: %d right, %d wrong\n", s.Provenance.Right, s.Provenance.Of-s.Provenance.Right)
}

func (s *SpreadScore) write(w io.Writer) {
	fmt.Fprintf(w, "%-14s%7s%7s%7s   tp/fp/fn\n", "tie", "P", "R", "F1")
	row := func(kind string, n Count) {
		fmt.Fprintf(w, "%-14s%s   %d/%d/%d\n", kind, n.figures(7), n.TP, n.FP, n.FN)
	}
	for _, kind := range tieKinds {
		row(kind, s.Ties[kind])
	}
	row("ALL", s.Ties.All())
	fmt.Fprintf(w, "status right %d of %d, date right %d of %d\n", s.Status.Right, s.Status.Of, s.Date.Right, s.Date.Of)
}

// figures shows precision, recall and F1, the first in a column of that width.
func (c Count) figures(width int) string {
	return fmt.Sprintf("%*s%7s%7s", width, show(c.Precision()), show(c.Recall()), show(c.F1()))
}

func show(v float64, ok bool) string {
	if !ok {
		return "  -  "
	}
	return fmt.Sprintf("%.3f", v)
}

func (c Calibration) write(w io.Writer, what string) {
	fmt.Fprintf(w, "%-14s%7s%7s%7s\n", "confidence", what, "mean", "right")
	for i, b := range c.Bins {
		upper := 1.0
		if i+1 < len(calibrationBounds) {
			upper = calibrationBounds[i+1]
		}
		fmt.Fprintf(w, "%-14s%s\n", fmt.Sprintf("%.1f to %.1f", calibrationBounds[i], upper), b.figures())
	}
	fmt.Fprintf(w, "expected calibration error %.3f\n", c.Error())
}

// figures shows how many claims, their mean confidence, and the share right.
func (b Bin) figures() string {
	right, ok := ratio(b.Right, b.Of)
	return fmt.Sprintf("%7d%7s%7s", b.Of, show(b.Mean(), ok), show(right, ok))
}
