// Command testsum runs `go test -json` with the arguments given and prints what a person (and a
// machine that reads the log) needs of it: each package's result line as go test writes it, the
// whole output of what failed, the skipped tests under their reasons, and last of all
//
//	N passed, N failed, N skipped
//
// Tests and subtests are counted alike. A package that fails without a failed test (it does not
// build, panics, times out) counts as one failure. It exits as go test does, and with 1 when no
// test ran at all.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

func main() {
	// An interrupt reaches go test by itself; this process stays to say what had run by then.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt, syscall.SIGTERM)

	cmd := exec.Command("go", append([]string{"test", "-json"}, os.Args[1:]...)...)
	cmd.Stderr = os.Stderr
	ok, err := run(cmd, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum: run go test:", err)
	}
	if !ok {
		os.Exit(1)
	}
}

// run runs a `go test -json` command, writes the summary of its output to w and reports whether
// tests ran and none failed. An error is one of running the command, not of a test.
func run(cmd *exec.Cmd, w io.Writer) (ok bool, err error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	if err := cmd.Start(); err != nil {
		return false, err
	}
	sum := newSummary(w)
	err = sum.read(out)
	status := cmd.Wait()
	sum.close(status != nil)
	return status == nil && err == nil && sum.failed == 0 && sum.passed > 0, err
}
