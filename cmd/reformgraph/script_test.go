package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"reformgraph": main})
}

// TestScript runs the sessions of testdata/script: each a text file of commands,
// what they must print, and the files that they work on.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			port, err := freePorts()
			e.Setenv("PORT", strconv.Itoa(port))
			e.Setenv("NEXTPORT", strconv.Itoa(port+1))
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bytes":   scriptBytes,
			"big":     scriptBig,
			"exits":   scriptExits,
			"http":    scriptHTTP,
			"occupy":  scriptOccupy,
			"replace": scriptReplace,
		},
	})
}

// freePorts returns the first of two neighbouring ports that nobody has.
func freePorts() (port int, err error) {
	for range 100 {
		var one, two net.Listener
		if one, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return 0, err
		}
		port = one.Addr().(*net.TCPAddr).Port
		two, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port+1))
		one.Close()
		if err == nil {
			two.Close()
			return port, nil
		}
	}
	return 0, err
}

// scriptBytes writes a file of bytes given in hex: bytes FILE HEX.
func scriptBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE HEX")
	}
	b, err := hex.DecodeString(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o644))
}

// scriptBig writes a file of so many bytes or a few more: big FILE BYTES TEXT.
func scriptBig(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: big FILE BYTES TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(args[2]), n/len(args[2])+1), 0o644))
}

// scriptExits runs a command that must end with a status: exits STATUS COMMAND ARG…
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND ARG…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("got status %d, want %s", got, args[0])
	}
}

// scriptReplace replaces text in a file: replace FILE OLD NEW.
func scriptReplace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	if !bytes.Contains(b, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(b, []byte(args[1]), []byte(args[2])), 0o644))
}

// scriptHTTP prints the answer to a request, waiting for the server to come up:
// [!] http METHOD URL [BODYFILE]. With !, a status below 400 fails.
func scriptHTTP(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: http METHOD URL [BODYFILE]")
	}
	body := ""
	if len(args) > 2 {
		body = ts.ReadFile(args[2])
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		req, err := http.NewRequest(args[0], args[1], strings.NewReader(body))
		ts.Check(err)
		if body != "" {
			req.Header.Set("Content-Type", "application/json")
		}
		if token := ts.Getenv("TOKEN"); token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			if time.Now().After(deadline) {
				ts.Fatalf("no answer: %v", err)
			}
			time.Sleep(50 * time.Millisecond)
			continue
		}
		answer, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		ts.Check(err)
		fmt.Fprintf(ts.Stdout(), "%s\n%s\n%s\n", resp.Status, resp.Header.Get("Content-Type"), answer)
		if neg != (resp.StatusCode >= 400) {
			ts.Fatalf("got %s", resp.Status)
		}
		return
	}
}

// scriptOccupy takes a port until the session ends: occupy PORT.
func scriptOccupy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: occupy PORT")
	}
	l, err := net.Listen("tcp", "127.0.0.1:"+args[0])
	ts.Check(err)
	ts.Defer(func() { l.Close() })
}
