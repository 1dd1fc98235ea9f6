//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
)

// findJava returns a Java program that Neo4j 5.26 runs on (17 or 21): the one of JAVA_HOME, of
// PATH, or any installed under /usr/lib/jvm. Where there is none, it installs Debian's.
func findJava(ctx context.Context) (string, error) {
	if java := installedJava(ctx); java != "" {
		return java, nil
	}
	// Debian 12 has 17, Debian 13 has 21; each lacks the other.
	err := aptInstall(ctx, "openjdk-17-jre-headless")
	if err != nil && !errors.Is(err, errCannotInstall) {
		err = aptInstall(ctx, "openjdk-21-jre-headless")
	}
	if err != nil {
		return "", fmt.Errorf("no Java 17 or 21 found: %w", err)
	}
	if java := installedJava(ctx); java != "" {
		return java, nil
	}
	return "", errors.New("no Java 17 or 21 found, although apt-get has just installed one")
}

func installedJava(ctx context.Context) string {
	var candidates []string
	if home := os.Getenv("JAVA_HOME"); home != "" {
		candidates = append(candidates, filepath.Join(home, "bin", "java"))
	}
	if java, err := exec.LookPath("java"); err == nil {
		candidates = append(candidates, java)
	}
	installed, _ := filepath.Glob("/usr/lib/jvm/*/bin/java")
	supported := regexp.MustCompile(`version "(17|21)[.+"]`)
	for _, java := range append(candidates, installed...) {
		if out, err := command(ctx, java, "-version").CombinedOutput(); err == nil && supported.Match(out) {
			return java
		}
	}
	return ""
}

// errCannotInstall says that no package can be installed at all on this machine.
var errCannotInstall = errors.New("it can be installed only by root on a machine with apt-get")

// aptInstall installs a Debian package with what it depends on.
func aptInstall(ctx context.Context, name string) error {
	apt, err := exec.LookPath("apt-get")
	if err != nil || os.Geteuid() != 0 {
		return errCannotInstall
	}
	fmt.Fprintf(os.Stderr, "neo4j: installing the Debian package %s\n", name)
	for _, args := range [][]string{{"update", "-qq"}, {"install", "-y", "-qq", "--no-install-recommends", name}} {
		cmd := command(ctx, apt, args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s of %s: %w\n%s", args[0], name, err, out)
		}
	}
	return nil
}

// command is exec.CommandContext, except that the end of ctx asks the process to stop instead of
// killing it: apt-get leaves a locked database behind when killed.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	return cmd
}
