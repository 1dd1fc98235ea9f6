package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"reformgraph/graph"
)

// Passage is a short text with every tie of spread that it states.
type Passage struct {
	ID        string `json:"id"`
	Published string `json:"published"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Ties      []Tie  `json:"ties"`
}

// adopts is the tie of a place that carries out a practice; the others are
// predicates of the graph.
const adopts = "ADOPTS"

// tieKinds in the order of the report.
var tieKinds = []string{adopts, string(graph.PromotedTo), string(graph.LearnedFrom), string(graph.OriginatedIn)}

// Tie is a stated tie of spread. Each end is a list of names that are right, the
// first one the name that reports show.
type Tie struct {
	Kind   string   `json:"tie"`
	What   []string `json:"what"`  // the practice, of all but LEARNED_FROM
	Where  []string `json:"where"` // the place, likewise
	Who    []string `json:"who"`   // who learned
	From   []string `json:"from"`  // from whom or what
	Status string   `json:"status"`
	Date   string   `json:"date"` // ISO 8601 at the text's precision; "" if it gives none
	Core   *bool    `json:"core"` // true if absent
	Quote  string   `json:"quote"`
}

func (t Tie) core() bool { return isCore(t.Core) }

// ends are the names of the tie's two ends.
func (t Tie) ends() (from, to []string) {
	if t.Kind == string(graph.LearnedFrom) {
		return t.Who, t.From
	}
	return t.What, t.Where
}

// ReadPassages reads passages, one JSON object a line. The error names the line
// and the field that is wrong.
func ReadPassages(r io.Reader) ([]Passage, error) {
	var out []Passage
	b := bufio.NewReader(r)
	for line := 1; ; line++ {
		raw, err := b.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		end := err != nil
		if text := string(raw); fold(text) != "" {
			var p Passage
			if err := json.Unmarshal(raw, &p); err != nil {
				return nil, fmt.Errorf("line %d: not a passage: %w", line, err)
			}
			if err := p.check(); err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			out = append(out, p)
		}
		if end {
			return out, nil
		}
	}
}

func (p Passage) check() error {
	if p.ID == "" {
		return errors.New("id is empty")
	}
	for i, t := range p.Ties {
		from, to := t.ends()
		switch {
		case !slices.Contains(tieKinds, t.Kind):
			return fmt.Errorf("ties[%d].tie %q is not one of %v", i, t.Kind, tieKinds)
		case len(foldAll(from...)) == 0 || len(foldAll(to...)) == 0:
			return fmt.Errorf("ties[%d] lacks an end: %s needs %s", i, t.Kind, map[bool]string{true: "who and from", false: "what and where"}[t.Kind == string(graph.LearnedFrom)])
		case t.Status != "" && !slices.Contains(graph.Statuses, t.Status):
			return fmt.Errorf("ties[%d].status %q is not one of %v", i, t.Status, graph.Statuses)
		}
	}
	return nil
}
