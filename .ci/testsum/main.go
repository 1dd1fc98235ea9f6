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
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum: run go test:", err)
		os.Exit(1)
	}
	sum := newSummary(os.Stdout)
	readErr := sum.read(out)
	runErr := cmd.Wait()
	if readErr != nil {
		fmt.Fprintln(os.Stderr, "testsum: read the output of go test:", readErr)
	}
	sum.close(runErr != nil)
	if runErr != nil || readErr != nil || sum.failed > 0 || sum.passed == 0 {
		os.Exit(1)
	}
}
