package explain

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"reformgraph/graph"
	"reformgraph/loaders/extract"
)

// Escape sequences of a terminal.
const (
	reset = "\x1b[0m"
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
)

// colours tell types apart; each also differs in weight or line, since not
// everybody tells all colours apart.
var colours = map[string]string{
	string(graph.LabelPlace):        "\x1b[32m",
	string(graph.LabelInitiative):   "\x1b[1;35m",
	string(graph.LabelExperience):   "\x1b[1;4;35m",
	string(graph.LabelPilot):        "\x1b[33m",
	string(graph.LabelLeader):       "\x1b[1;34m",
	string(graph.LabelOrganization): "\x1b[34m",
	string(graph.LabelRecognition):  "\x1b[1;33m",
	string(graph.LabelDocument):     "\x1b[36m",
	string(graph.LabelFigure):       "\x1b[1;36m",
	unresolved:                      "\x1b[4;31m",
}

// shownClutter is how much is shown of a stretch that was not read, in characters.
const shownClutter = 40

// Text writes how an article was read for a person at a terminal. Without
// colours a mention is [in brackets Type].
func Text(w io.Writer, t extract.Trace, colour bool) error {
	v := look(t)
	p := &printer{w: bufio.NewWriter(w), colour: colour}
	a := v.Article
	p.line("%s  %s", p.in(bold, a.Title), p.in(dim, a.ID))
	p.line("%s  %s  home %s", or(printable(a.Outlet), "no outlet"), or(printable(a.Published), "no date"), or(strings.TrimSpace(v.HomeName+" "+p.in(dim, a.Home)), "unknown"))
	p.line("%d nodes, %d claims, %d unresolved", len(v.Nodes), v.Claims, v.Bad)
	if colour {
		var legend []string
		for _, kind := range types() {
			legend = append(legend, p.in(colours[kind], kind))
		}
		p.line("%s", strings.Join(legend, " "))
	}
	for _, b := range v.Blocks {
		p.line("")
		if b.Number == 0 {
			p.line("%s", p.in(dim, clutter(b.Pieces[0].Text)))
			continue
		}
		p.line("%s %s", p.in(dim, fmt.Sprintf("%d", b.Number)), p.pieces(b.Pieces, ""))
		for _, c := range b.Claims {
			p.claim(c)
		}
		for _, u := range b.Unresolved {
			p.line("  ? %s: %s", p.in(colours[unresolved], u.Text), u.Why)
		}
	}
	p.line("")
	return p.w.Flush()
}

type printer struct {
	w      *bufio.Writer
	colour bool
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

// in returns text in a style, safe to print.
func (p *printer) in(style, text string) string {
	text = printable(text)
	if !p.colour || text == "" {
		return text
	}
	return style + text + reset
}

func (p *printer) pieces(pieces []piece, outer string) string {
	var b strings.Builder
	for _, x := range pieces {
		switch {
		case x.Type == "":
			b.WriteString(printable(x.Text))
		case p.colour:
			style := colours[x.Type]
			b.WriteString(reset + style + p.pieces(x.Inside, style) + reset + outer)
		default:
			b.WriteString("[" + p.pieces(x.Inside, "") + " " + x.Type + "]")
		}
	}
	return b.String()
}

func (p *printer) claim(c claim) {
	p.line("  • %s %s %s  %s %.2f", p.in(colours[c.Subject.Type], c.Subject.Name), p.in(bold, c.Predicate), p.in(colours[c.Object.Type], c.Object.Name), c.Status, c.Confidence)
	p.row("ends", p.in(dim, c.Subject.ID+"  "+c.Object.ID))
	p.row("rule", p.in(bold, c.Rule.ID)+": "+printable(c.Rule.Says)+p.in(dim, fmt.Sprintf(" (%s, line %d)", c.Rule.File, c.Rule.Line)))
	if c.Rule.Example != "" {
		p.row("as in", printable(c.Rule.Example))
	}
	p.row("quote", printable(c.Quote)+p.in(dim, fmt.Sprintf(" (%d-%d)", c.Start, c.End)))
	var own []string
	for _, x := range c.Props {
		own = append(own, printable(x.Key+"="+x.Value))
	}
	if len(own) > 0 {
		p.row("says", strings.Join(own, "  "))
	}
	if c.Date != "" {
		p.row("date", printable(c.Date))
	}
	if c.Why != "" {
		p.row("status", printable(c.Why))
	}
}

func (p *printer) row(name, text string) {
	p.line("      %s%s %s", p.in(dim, name), strings.Repeat(" ", 6-len(name)), text)
}

// clutter is a line about what was not read.
func clutter(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= shownClutter {
		return "not read: " + string(runes)
	}
	return fmt.Sprintf("not read: %s… (%d characters)", string(runes[:shownClutter]), len(runes))
}

// printable shows the control characters of a text as signs, so that no article
// can send commands to a terminal or turn the line around.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '␀' + r
		case r == 0x7F:
			return '␡'
		case r >= 0x80 && r < 0xA0, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F:
			return '\uFFFD'
		}
		return r
	}, text)
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
