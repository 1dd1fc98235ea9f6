package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// summarise writes a module of test files (name → Go code), runs its tests and returns the summary.
func summarise(t *testing.T, files map[string]string) (output string, ok bool) {
	t.Helper()
	dir := t.TempDir()
	files["go.mod"] = "module sample\n\ngo 1.26\n"
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "test", "-json", "-vet=off", "-timeout=2s", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	var w strings.Builder
	ok, err := run(cmd, &w)
	if err != nil {
		t.Fatal(err)
	}
	return w.String(), ok
}

func TestSummary(t *testing.T) {
	const head = "package p\n\nimport \"testing\"\n\n"
	cases := map[string]struct {
		files map[string]string
		ok    bool
		want  []string // in this order
		last  string
	}{
		"Pass": {map[string]string{"p_test.go": head + `func TestA(t *testing.T) { t.Run("Sub", func(*testing.T) {}) }`},
			true, []string{"ok  \tsample\t"}, "2 passed, 0 failed, 0 skipped"},
		"Fail": {map[string]string{"p_test.go": head + `
			func TestA(t *testing.T) {}
			func TestB(t *testing.T) { t.Run("Sub", func(t *testing.T) { t.Error("got 1, want 2") }) }`},
			false, []string{"FAILED sample TestB/Sub\n", "got 1, want 2", "FAILED sample TestB\n", "FAIL\tsample"},
			"1 passed, 2 failed, 0 skipped"},
		"LongOutput": {map[string]string{"p_test.go": "package p\n\nimport (\n\"fmt\"\n\"testing\"\n)\n" + `
			func TestA(t *testing.T) { for i := range 1000 { fmt.Println("line", i) }; t.Fail() }`},
			false, []string{"    line 0\n", "    line 98\n    … 802 lines left out …\n    line 901\n", "    line 999\n"}, "0 passed, 1 failed, 0 skipped"},
		"SkipsByReason": {map[string]string{"p_test.go": head + `
			func TestA(t *testing.T) {}
			func TestB(t *testing.T) { t.Log("first: this"); t.Skip("no server:\nstart one") }
			func TestC(t *testing.T) { t.Run("Sub", func(t *testing.T) { t.Skip("no server:\nstart one") }) }
			func TestD(t *testing.T) { t.SkipNow() }`},
			true, []string{"SKIPPED 2: no server: start one\n  sample TestB\n  sample TestC/Sub\n", "SKIPPED 1: no reason given\n  sample TestD\n"},
			"2 passed, 0 failed, 3 skipped"},
		"Panic": {map[string]string{"p_test.go": head + `func TestA(t *testing.T) { panic("out of cheese") }`},
			false, []string{"FAILED sample TestA", "out of cheese"}, "0 passed, 1 failed, 0 skipped"},
		"TimeOut": {map[string]string{"p_test.go": "package p\n\nimport (\n\"testing\"\n\"time\"\n)\n" + `
			func TestA(t *testing.T) { t.Log("waiting"); time.Sleep(time.Hour) }`},
			false, []string{"FAILED sample\n", "was running: TestA", "waiting", "test timed out after 2s"}, "0 passed, 1 failed, 0 skipped"},
		"DoesNotBuild": {map[string]string{"p_test.go": head + `func TestA(t *testing.T) { missing() }`, "q/q_test.go": head + `func TestA(t *testing.T) {}`},
			false, []string{"FAILED sample\n", "undefined: missing"}, "1 passed, 1 failed, 0 skipped"},
		"ExitsInMain": {map[string]string{"p_test.go": "package p\n\nimport (\n\"os\"\n\"testing\"\n)\n" + `
			func TestMain(m *testing.M) { os.Exit(3) }
			func TestA(t *testing.T) {}`},
			false, []string{"FAILED sample\n", "exit status 3"}, "0 passed, 1 failed, 0 skipped"},
		"NoTests": {map[string]string{"p.go": "package p"},
			false, []string{"?   \tsample\t[no test files]"}, "0 passed, 0 failed, 0 skipped"},
		"NoPackages": {map[string]string{},
			false, []string{"FAILED go test itself"}, "0 passed, 1 failed, 0 skipped"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, ok := summarise(t, c.files)
			if ok != c.ok {
				t.Errorf("got ok %v, want %v", ok, c.ok)
			}
			rest := got
			for _, want := range c.want {
				_, after, found := strings.Cut(rest, want)
				if !found {
					t.Fatalf("got %q, want %q in it, behind those before it in %q", got, want, c.want)
				}
				rest = after
			}
			if !strings.HasSuffix(got, "\n"+c.last+"\n") && got != c.last+"\n" {
				t.Errorf("got %q, want %q as the last line", got, c.last)
			}
		})
	}
}
