//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// The tests of running commands start this test binary again as the program itself.
func TestMain(m *testing.M) {
	if os.Getenv("NEO4J_TEST_AS_PROGRAM") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program returns the command `neo4j exec sh -c SCRIPT` with a server that somebody else has
// started, so that none is started here.
func program(t *testing.T, script string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "exec", "sh", "-c", script)
	cmd.Env = append(os.Environ(), "NEO4J_TEST_AS_PROGRAM=1", uriVariable+"=bolt://127.0.0.1:1")
	cmd.Env = append(cmd.Env, env...)
	cmd.Dir = t.TempDir()
	return cmd
}

func TestExecExitCode(t *testing.T) {
	for script, want := range map[string]int{"exit 0": 0, "exit 7": 7, "kill -TERM $$": 128 + 15} {
		cmd := program(t, script)
		cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Errorf("%s: got exit code %d, want %d", script, got, want)
		}
	}
}

// What a command leaves running is ended with it.
func TestExecLeavesNothing(t *testing.T) {
	cmd := program(t, "sleep 300 & echo started")
	cmd.Stdout = &strings.Builder{} // Wait returns when the last process that may write here has ended
	start := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 100*time.Second {
		t.Errorf("got an end after %v, want it soon after the command's own", took)
	}
}

// A signal must reach what the command has started, not only the command.
func TestExecSignalReachesGrandchild(t *testing.T) {
	for name, signal := range map[string]os.Signal{"Interrupt": syscall.SIGINT, "Terminate": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			ready := filepath.Join(t.TempDir(), "ready")
			var out strings.Builder
			cmd := program(t, `trap : INT TERM
				sh -c 'trap "echo told; exit" INT TERM; : >`+ready+`; while :; do sleep 0.05; done'
				exit 9`)
			cmd.Stdout = &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
				if _, err := os.Stat(ready); err == nil {
					break
				}
				if time.Since(start) > 20*time.Second {
					t.Fatal("got no start of the grandchild within 20 s")
				}
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			cmd.Wait()
			if !strings.Contains(out.String(), "told") {
				t.Errorf("got output %q, want the grandchild told of the signal", out.String())
			}
			if got := cmd.ProcessState.ExitCode(); got != 9 {
				t.Errorf("got exit code %d, want the command's own 9", got)
			}
		})
	}
}

// Where Neo4j cannot be had (here: no apt-get, no mvn and no java in PATH), the command runs
// without a server, or not at all where one was promised.
func TestExecWithoutNeo4j(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(sh, filepath.Join(bin, "sh")); err != nil {
		t.Fatal(err)
	}
	for required, want := range map[string]struct {
		code     int
		out, say string
	}{
		"":  {0, "uri=\n", "ALL NEO4J TESTS WILL BE SKIPPED"},
		"1": {1, "", "REQUIRE_NEO4J=1 forbids"},
	} {
		var out, say strings.Builder
		cmd := program(t, `echo "uri=$`+uriVariable+`"`, uriVariable+"=", "REQUIRE_NEO4J="+required,
			"REFORMGRAPH_CACHE=", "PATH="+bin, "JAVA_HOME=")
		cmd.Stdout, cmd.Stderr = &out, &say
		cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != want.code {
			t.Errorf("REQUIRE_NEO4J=%q: got exit code %d, want %d", required, got, want.code)
		}
		if got := out.String(); got != want.out {
			t.Errorf("REQUIRE_NEO4J=%q: got output %q, want %q", required, got, want.out)
		}
		if got := say.String(); !strings.Contains(got, want.say) || strings.Count(got, "\n") != 1 {
			t.Errorf("REQUIRE_NEO4J=%q: got message %q, want one line with %q", required, got, want.say)
		}
	}
}

// compose.yaml configures a server like the one of the tests: what guards a production server
// must be the same in both.
func TestComposeHasGuards(t *testing.T) {
	data, err := os.ReadFile("../../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]struct{ Environment map[string]string }
	}
	if err := yaml.Unmarshal(data, &compose); err != nil {
		t.Fatal(err)
	}
	environment := compose.Services["neo4j"].Environment
	_, guards, found := strings.Cut(confTemplate, "# What a production server needs too")
	guards, _, end := strings.Cut(guards, "\n\n")
	if !found || !end {
		t.Fatal("got no section of guards in neo4j.conf.tmpl")
	}
	for _, line := range strings.Split(guards, "\n")[1:] {
		key, want, _ := strings.Cut(line, "=")
		// The image's rule: _ is written twice, a full stop becomes _.
		name := "NEO4J_" + strings.ReplaceAll(strings.ReplaceAll(key, "_", "__"), ".", "_")
		if got := environment[name]; got != want {
			t.Errorf("%s: got %q in compose.yaml, want %q as in neo4j.conf.tmpl", name, got, want)
		}
	}
}
