package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// event is one line of `go test -json`; `go doc test2json` describes it.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build-output and build-fail, instead of Package
	Test        string
	Output      string
	FailedBuild string
}

// shownSkips is how many of the tests that were skipped for one reason are named.
const shownSkips = 10

// shownLines is how many of the first and of the last lines of a failed test's output are shown.
const shownLines = 100

// test names one test; in the zero name's place stands the package itself.
type test struct{ pkg, name string }

// summary prints events as they come and counts them.
type summary struct {
	w                       io.Writer
	passed, failed, skipped int
	output                  map[test]*strings.Builder // of tests that are still running, and of packages
	builds                  map[string]*strings.Builder
	failedIn                map[string]bool // packages with a failed test
	reasons                 []string        // in order of appearance
	skips                   map[string][]string
}

func newSummary(w io.Writer) *summary {
	return &summary{
		w:        w,
		output:   map[test]*strings.Builder{},
		builds:   map[string]*strings.Builder{},
		failedIn: map[string]bool{},
		skips:    map[string][]string{},
	}
}

// read takes events until the end of r. A line that is no event is printed as it is.
func (s *summary) read(r io.Reader) error {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) == nil && e.Action != "" {
				s.event(e)
			} else {
				fmt.Fprint(s.w, line)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (s *summary) event(e event) {
	t := test{e.Package, e.Test}
	switch e.Action {
	case "output":
		if e.Test == "" && isResultLine(e.Output) {
			fmt.Fprint(s.w, e.Output)
			return
		}
		appendTo(s.output, t, e.Output)
	case "build-output":
		appendTo(s.builds, e.ImportPath, e.Output)
	case "pass":
		if e.Test != "" {
			s.passed++
		}
		delete(s.output, t)
	case "fail":
		s.fail(t, e.FailedBuild)
	case "skip":
		if e.Test != "" {
			s.skip(t)
		}
		delete(s.output, t)
	}
}

// fail prints what a failed test or package has written. A test's parents fail with it; so a
// parent's own part follows its failed subtests.
func (s *summary) fail(t test, failedBuild string) {
	if t.name == "" && s.failedIn[t.pkg] {
		delete(s.output, t)
		return // counted and printed with its tests
	}
	s.failed++
	s.failedIn[t.pkg] = true
	fmt.Fprintf(s.w, "FAILED %s\n", label(t))
	if out := s.builds[failedBuild]; out != nil {
		fmt.Fprint(s.w, indent(out.String()))
	}
	// A panic or a time-out ends the process in the midst of tests that then have no end of their own.
	if t.name == "" {
		for _, running := range s.running(t.pkg) {
			fmt.Fprintf(s.w, "  was running: %s\n%s", running.name, indent(s.output[running].String()))
			delete(s.output, running)
		}
	}
	if out := s.output[t]; out != nil {
		fmt.Fprint(s.w, indent(out.String()))
	}
	delete(s.output, t)
}

func (s *summary) skip(t test) {
	s.skipped++
	reason := "no reason given"
	if out := s.output[t]; out != nil {
		reason = skipReason(out.String())
	}
	if _, known := s.skips[reason]; !known {
		s.reasons = append(s.reasons, reason)
	}
	s.skips[reason] = append(s.skips[reason], label(t))
}

// close prints the skipped tests and the closing line. goFailed tells that go test has exited
// with an error, which must show in the counts even if no event did.
func (s *summary) close(goFailed bool) {
	if goFailed && s.failed == 0 {
		s.failed = 1
		fmt.Fprintln(s.w, "FAILED go test itself: see above")
	}
	for _, reason := range s.reasons {
		names := s.skips[reason]
		fmt.Fprintf(s.w, "SKIPPED %d: %s\n", len(names), reason)
		for _, name := range names[:min(len(names), shownSkips)] {
			fmt.Fprintf(s.w, "  %s\n", name)
		}
		if more := len(names) - shownSkips; more > 0 {
			fmt.Fprintf(s.w, "  and %d more\n", more)
		}
	}
	fmt.Fprintf(s.w, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped)
}

// running returns the tests of a package that have written something and not ended, in order.
func (s *summary) running(pkg string) []test {
	var tests []test
	for t := range s.output {
		if t.pkg == pkg && t.name != "" {
			tests = append(tests, t)
		}
	}
	slices.SortFunc(tests, func(a, b test) int { return strings.Compare(a.name, b.name) })
	return tests
}

// isResultLine reports whether a package's output is the line with its result.
func isResultLine(line string) bool {
	return strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "FAIL\t") ||
		strings.HasPrefix(line, "?   \t")
}

// logged matches what the testing package puts before a message: "    file_test.go:12: ".
var logged = regexp.MustCompile(`(?m)^ +\S+\.go:\d+: `)

// skipReason takes from the output of a skipped test what it gave to Skip, which is the last
// message in it, on one line.
func skipReason(output string) string {
	places := logged.FindAllStringIndex(output, -1)
	if len(places) == 0 {
		return "no reason given"
	}
	message, _, _ := strings.Cut(output[places[len(places)-1][1]:], "\n--- ")
	message, _, _ = strings.Cut(message, "\n    --- ")
	return strings.Join(strings.Fields(message), " ")
}

func label(t test) string {
	if t.name == "" {
		return t.pkg
	}
	return t.pkg + " " + t.name
}

// indent sets text off from the lines of testsum, leaving out the middle of a very long one.
func indent(text string) string {
	var b strings.Builder
	lines := slices.Collect(strings.Lines(text))
	for i, line := range lines {
		if left := len(lines) - 2*shownLines; left > 0 && i >= shownLines && i < shownLines+left {
			if i == shownLines {
				fmt.Fprintf(&b, "    … %d lines left out …\n", left)
			}
			continue
		}
		b.WriteString("    " + line)
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		b.WriteString("\n")
	}
	return b.String()
}

func appendTo[K comparable](m map[K]*strings.Builder, key K, text string) {
	b := m[key]
	if b == nil {
		b = &strings.Builder{}
		m[key] = b
	}
	b.WriteString(text)
}
