package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"reformgraph/graph"
	"reformgraph/loaders/article"
	"reformgraph/loaders/ingest"
)

func (m *Main) loadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "load PATH…",
		Short: "Read articles from files and folders into the graph",
		Long: `Load reads .txt, .md, .html, .json and .ndjson files (also with .gz behind), folders
of such files, and standard input as "-". Articles that are in the graph already are
left alone, changed ones replace what they said before. A file that cannot be read is
named with the reason, and the rest is loaded; then the exit status is 1.

An interrupt (Ctrl-C) finishes the batch in hand and says where it stopped; load the
same again to complete the rest. A second interrupt ends at once.`,
		Example: "  reformgraph load articles/ --report report.json\n  zcat more.ndjson.gz | reformgraph --store neo4j://localhost:7687 load -",
		Args:    atLeast(1, "at least one file or folder to load, or - for standard input"),
	}
	reportFile := cmd.Flags().String("report", "", "write what became of each article to this JSON `FILE`")
	addFlag(cmd.Flags(), "workers")
	addFlag(cmd.Flags(), "lexicon")
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		return m.withStore(cmd.Context(), toLoad, func(s graph.Store) error {
			chain, err := m.chain()
			if err != nil {
				return err
			}
			run := func(c *console, ctx context.Context) (ingest.Summary, error) {
				today := today()
				l := &ingest.Loader{Store: s, Chain: chain, Today: today, Workers: m.config.Workers}
				options := article.Options{Today: today, Stdin: m.Stdin, Note: c.passedOver}
				c.count(ctx, paths)
				return l.Load(ctx, article.Read(ctx, paths, options), c.article)
			}
			if *reportFile == "" {
				return m.ingest(cmd.Context(), "loaded into", nil, run)
			}
			var failed error
			err = writeAtomic(*reportFile, func(w io.Writer) error {
				// The report is kept when articles failed or the run was stopped, too.
				r := &reportWriter{w: w}
				failed = m.ingest(cmd.Context(), "loaded into", r, run)
				return r.close(m.config.Store, failed)
			})
			return errors.Join(failed, err)
		})
	}
	return cmd
}

// today is the day in China, by whose clock articles are dated.
func today() string {
	return time.Now().In(time.FixedZone("UTC+8", 8*60*60)).Format(time.DateOnly)
}

// ingest runs a loader under the eyes of the person who called it.
func (m *Main) ingest(ctx context.Context, done string, report *reportWriter, run func(*console, context.Context) (ingest.Summary, error)) error {
	c := newConsole(m.Stderr, m.config.Quiet, report)
	start := time.Now()
	summary, err := run(c, ctx)
	c.finish()
	if report != nil {
		report.summary = summary
	}
	if !m.config.Quiet {
		fmt.Fprintf(m.Stdout, "%s %s in %s: %d new, %d unchanged, %d changed, %d failed\n", done, m.config.Store,
			time.Since(start).Round(time.Millisecond), summary.New, summary.Unchanged, summary.Changed, summary.Failed)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("interrupted: %w; run the same command again to complete the rest", err)
	case errors.Is(err, graph.ErrEdition) && m.config.Lexicon != "":
		return fmt.Errorf("%w, both with --lexicon %s", err, m.config.Lexicon)
	case errors.Is(err, graph.ErrEdition):
		return fmt.Errorf("%w; if the graph was made with a lexicon of your own, give that one again with --lexicon instead", err)
	case err != nil:
		return err
	case summary.Failed > 0:
		return errReported
	}
	return nil
}

// shownNotes bounds the notes that are printed; a report file has all.
const shownNotes = 20

// console tells a person how a run goes: failures and notes as lines, progress
// as a bar where the output is a terminal.
type console struct {
	mu       sync.Mutex // passedOver is called while articles are read, article while they are written
	out      io.Writer
	quiet    bool
	bar      *bar // nil without a terminal
	notes    int
	report   *reportWriter
	finished bool
}

func newConsole(out io.Writer, quiet bool, report *reportWriter) *console {
	c := &console{out: out, quiet: quiet, report: report}
	if !quiet {
		c.bar = newBar(out)
	}
	return c
}

// article tells what became of an article.
func (c *console) article(r ingest.Report) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report != nil {
		c.report.article(r)
	}
	if r.Outcome == ingest.OutcomeFailed {
		c.line("failed: %s: %s", r.Source, strings.TrimPrefix(r.Reason, r.Source+": "))
	}
	for _, note := range r.Notes {
		c.note("%s: %s", r.Source, note)
	}
	c.bar.add()
}

// passedOver tells of a file that holds no article.
func (c *console) passedOver(source, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report != nil {
		c.report.passedOver(source, reason)
	}
	c.note("%s: %s", source, reason)
}

func (c *console) note(format string, args ...any) {
	c.notes++
	if !c.quiet && c.notes <= shownNotes {
		c.line("note: "+format, args...)
	}
}

func (c *console) line(format string, args ...any) {
	c.bar.clear()
	fmt.Fprintf(c.out, format+"\n", args...)
}

func (c *console) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finished = true
	c.bar.clear()
	if hidden := c.notes - shownNotes; hidden > 0 && !c.quiet {
		fmt.Fprintf(c.out, "note: %d more notes; --report FILE keeps all\n", hidden)
	}
}
