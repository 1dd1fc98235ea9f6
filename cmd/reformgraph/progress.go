package main

import (
	"context"
	"io"
	"math"
	"os"
	"slices"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"reformgraph/loaders/article"
)

// bar shows progress on a terminal. A nil bar shows nothing.
type bar struct {
	out     io.Writer
	known   bool // whether the number of articles is known
	started *progressbar.ProgressBar
}

// redraw is the shortest time between two states of the bar.
const redraw = 100 * time.Millisecond

// newBar returns nil if out is no terminal.
func newBar(out io.Writer) *bar {
	f, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return &bar{out: out}
}

// start begins to show a bar for a number of articles that will be told later,
// or a spinner if it never will.
func (b *bar) start(max int) {
	b.started = progressbar.NewOptions(max,
		progressbar.OptionSetWriter(b),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("articles"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionSetElapsedTime(true),
		progressbar.OptionThrottle(redraw),
		progressbar.OptionFullWidth(),
		progressbar.OptionClearOnFinish(),
	)
}

// Write keeps the bar from sight until the number of articles is known.
func (b *bar) Write(p []byte) (int, error) {
	if !b.known {
		return len(p), nil
	}
	return b.out.Write(p)
}

func (b *bar) add() {
	if b != nil && b.started != nil {
		b.started.Add(1)
	}
}

func (b *bar) clear() {
	if b != nil && b.started != nil {
		b.started.Clear()
	}
}

// total tells how many articles there are.
func (b *bar) total(n int) {
	if b == nil || n == 0 {
		return
	}
	if b.started == nil {
		b.start(n)
	}
	b.known = true
	b.started.ChangeMax(n)
}

// count finds out beside the loading how many articles the paths hold. Standard
// input cannot be read twice: its articles are counted as they come.
func (c *console) count(ctx context.Context, paths []string) {
	if c.bar == nil {
		return
	}
	if slices.Contains(paths, "-") {
		c.bar.known = true
		c.bar.start(-1)
		return
	}
	c.bar.start(math.MaxInt)
	go func() {
		n := 0
		for range article.Read(ctx, paths, article.Options{}) {
			n++
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		if ctx.Err() == nil && !c.finished {
			c.bar.total(n)
		}
	}()
}
