package queries

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reformgraph/graph"
)

// Answer is what a query says. Rows are structs of the query's row type.
type Answer struct {
	Query     string         `json:"query"`
	Params    map[string]any `json:"params"`   // those given, names resolved to ids
	Revision  string         `json:"revision"` // STOREID-N: the state of the graph that was read
	Truncated bool           `json:"truncated"`
	Next      string         `json:"next"` // cursor of the next page; "" at the end
	Rows      []any          `json:"rows"`

	columns []Column
}

// Evidence is a quote that supports a row.
type Evidence struct {
	Claim   string `json:"claim"`
	Article string `json:"article"`
	Quote   string `json:"quote"`
	Start   int    `json:"start"` // code points of the article's text
	End     int    `json:"end"`

	// Status and Confidence are the claim's; exports of graphs show them.
	Status     string  `json:"-"`
	Confidence float64 `json:"-"`
}

// Claim is a claim as it is shown everywhere.
type Claim struct {
	ID         string         `json:"claim" doc:"Id of the claim."`
	Subject    string         `json:"subject" doc:"Id of the node that the claim is about."`
	Predicate  string         `json:"predicate" doc:"Type of the edge."`
	Object     string         `json:"object" doc:"Id of the node at the edge's other end."`
	Article    string         `json:"article" doc:"Id of the article that claims it."`
	Quote      string         `json:"quote" doc:"The words of the article, verbatim."`
	Start      int            `json:"start" doc:"Where the quote starts in the article's text, in code points."`
	End        int            `json:"end" doc:"Where it ends."`
	Status     string         `json:"status" doc:"done, planned or negated."`
	Confidence float64        `json:"confidence" doc:"From 0 to 1."`
	Rule       string         `json:"rule" doc:"The extraction rule that read it."`
	Props      map[string]any `json:"props" doc:"The edge's own properties."`
}

// Formats lists what Answer.Write can write.
func Formats() []string { return []string{"json", "csv", "ndjson", "table"} }

// Write writes the answer: json, the whole object; csv, a header and the rows,
// of the evidence the first quote; ndjson, one row a line; table, for the eye.
func (a *Answer) Write(w io.Writer, format string) error {
	b := bufio.NewWriter(w)
	var err error
	switch format {
	case "json":
		enc := json.NewEncoder(b)
		enc.SetEscapeHTML(false)
		err = enc.Encode(a)
	case "ndjson":
		enc := json.NewEncoder(b)
		enc.SetEscapeHTML(false)
		for _, r := range a.Rows {
			if err = enc.Encode(r); err != nil {
				break
			}
		}
	case "csv":
		err = a.csv(b)
	case "table":
		err = a.table(b)
	default:
		return invalid("format", "%q is not one of %s", format, orList(Formats()))
	}
	if err != nil {
		return fmt.Errorf("write answer as %s: %w", format, err)
	}
	return b.Flush()
}

// evidenceColumns stand for an evidence column in CSV.
var evidenceColumns = []string{"evidence_article", "evidence_quote", "evidence_start", "evidence_end"}

// header names the columns of CSV.
func (a *Answer) header() []string {
	var out []string
	for _, c := range a.columns {
		if c.Type == "evidence" {
			out = append(out, evidenceColumns...)
		} else {
			out = append(out, c.Name)
		}
	}
	return out
}

// cells returns a row under the header; null is empty.
func (a *Answer) cells(row any) []string {
	var out []string
	v := reflect.ValueOf(row)
	for _, c := range a.columns {
		f := v.FieldByIndex(c.index)
		if c.Type == "evidence" {
			if es := f.Interface().([]Evidence); len(es) > 0 {
				e := es[0]
				out = append(out, e.Article, e.Quote, strconv.Itoa(e.Start), strconv.Itoa(e.End))
			} else {
				out = append(out, "", "", "", "")
			}
			continue
		}
		out = append(out, cell(f))
	}
	return out
}

func cell(f reflect.Value) string {
	if f.Kind() == reflect.Pointer {
		if f.IsNil() {
			return ""
		}
		f = f.Elem()
	}
	if f.Kind() == reflect.Map {
		return string(graph.CanonicalJSON(f.Interface()))
	}
	return fmt.Sprint(f.Interface())
}

func (a *Answer) csv(w io.Writer) error {
	c := csv.NewWriter(w)
	c.Write(a.header())
	for _, r := range a.Rows {
		cells := a.cells(r)
		for i, s := range cells {
			cells[i] = Inert(s)
		}
		c.Write(cells)
	}
	c.Flush()
	return c.Error()
}

// BOM goes before CSV for programs that take UTF-8 for another encoding without
// it, as Excel does.
const BOM = "\ufeff"

// Inert keeps a spreadsheet from reading a text as a formula: such a text gets an
// apostrophe in front, as spreadsheets themselves write it. Numbers stay. The
// full-width signs count as well: spreadsheets set to Chinese or Japanese take them.
func Inert(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

// tableCell is the widest cell of a table, in columns of the terminal.
const tableCell = 40

func (a *Answer) table(w io.Writer) error {
	lines := [][]string{a.header()}
	for _, r := range a.Rows {
		lines = append(lines, a.cells(r))
	}
	widths := make([]int, len(lines[0]))
	for _, cells := range lines {
		for i, s := range cells {
			cells[i] = clip(strings.Join(strings.Fields(s), " "), tableCell)
			widths[i] = max(widths[i], width(cells[i]))
		}
	}
	for n, cells := range lines {
		var b strings.Builder
		for i, s := range cells {
			b.WriteString(s)
			if i < len(cells)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-width(s)+2))
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
		if n == 0 {
			total := 2 * (len(widths) - 1)
			for _, x := range widths {
				total += x
			}
			fmt.Fprintln(w, strings.Repeat("-", total))
		}
	}
	_, err := fmt.Fprintf(w, "%d rows, revision %s\n", len(a.Rows), a.Revision)
	if a.Truncated {
		_, err = fmt.Fprintf(w, "cut off; next page: cursor=%s\n", a.Next)
	}
	return err
}

// wide holds the characters that take two columns of a terminal: Chinese, kana,
// Hangul, and full-width forms and punctuation.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 || strings.ContainsRune("“”‘’…—·", r)
}

func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}

// clip cuts a text to a width and marks the cut.
func clip(s string, most int) string {
	if width(s) <= most {
		return s
	}
	n := 0
	for i, r := range s {
		step := 1
		if wide(r) {
			step = 2
		}
		if n+step > most-1 {
			return s[:i] + "~"
		}
		n += step
	}
	return s
}

// evidenceOf returns the best five of the claims: by confidence, then claim id.
func evidenceOf(claims []*fact) []Evidence {
	sorted := distinct(claims)
	slices.SortFunc(sorted, func(a, b *fact) int { return a.compareConfidence(b) })
	out := []Evidence{}
	for _, c := range sorted[:min(len(sorted), maxEvidence)] {
		out = append(out, Evidence{c.claim, c.article, c.quote, c.start, c.end, c.status, c.confidence})
	}
	return out
}

// maxEvidence is the most quotes that a row shows.
const maxEvidence = 5

// First returns a text column of the first row, "" if there is no row, no such
// column, or null in it.
func (a *Answer) First(column string) string {
	i := slices.IndexFunc(a.columns, func(c Column) bool { return c.Name == column })
	if len(a.Rows) == 0 || i < 0 {
		return ""
	}
	return cell(reflect.ValueOf(a.Rows[0]).FieldByIndex(a.columns[i].index))
}
