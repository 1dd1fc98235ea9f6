//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

// runCommand runs the command with more variables in its environment and returns its exit code,
// 128 + N if signal N ended it. A signal to this process goes on to the command and all that it
// started; ten seconds later, or at a second signal, whatever is left is killed. The same happens
// when serverGone is closed, since every later test would only wait for time-outs.
func runCommand(command, env []string, serverGone <-chan struct{}) int {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)

	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(cmd.SysProcAttr, syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "neo4j:", err)
		return 127
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()

	group := -cmd.Process.Pid
	var killAt <-chan time.Time
	for {
		select {
		case err := <-done:
			syscall.Kill(group, syscall.SIGKILL) // what the command left running
			return exitCode(err)
		case sig := <-signals:
			if killAt != nil {
				syscall.Kill(group, syscall.SIGKILL)
				continue
			}
			syscall.Kill(group, sig.(syscall.Signal))
			killAt = time.After(10 * time.Second)
		case <-serverGone:
			serverGone = nil
			fmt.Fprintln(os.Stderr, "neo4j: the server has ended, interrupting the command")
			syscall.Kill(group, syscall.SIGINT)
			killAt = time.After(10 * time.Second)
		case <-killAt:
			syscall.Kill(group, syscall.SIGKILL)
		}
	}
}

func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		return 1
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exit.ExitCode()
}
