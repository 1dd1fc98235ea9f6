//go:build unix

// Command neo4j provides a real Neo4j Community server for the tests and for use by hand, from
// the jars that pom.xml names.
//
//	neo4j exec COMMAND [ARG…]   start a server of its own on free loopback ports, run COMMAND with
//	                            REFORMGRAPH_TEST_NEO4J_URI (Bolt) and REFORMGRAPH_TEST_NEO4J_HTTP
//	                            set, stop the server, exit as COMMAND did
//	neo4j serve                 a server on 127.0.0.1:7687 (Bolt) and 127.0.0.1:7474 (HTTP) until
//	                            interrupted; its data stay in build/neo4j/data
//	neo4j fetch                 only bring the jars
//
// It is run from the project's root folder. The jars lie in build/neo4j/VERSION/lib, or below
// REFORMGRAPH_CACHE instead of build, where several clones may share them. What it needs and does
// not find (Java 17 or 21, Maven) it installs with apt-get where it is root on a Debian machine.
// Where Neo4j cannot be had, exec says so in one line and runs COMMAND without it; with
// REQUIRE_NEO4J=1 it fails instead. Where REFORMGRAPH_TEST_NEO4J_URI is already set, exec starts
// nothing and only runs COMMAND.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
)

// uriVariable tells the tests where the server is; the package neo4jtest reads it. httpVariable
// names its HTTP API, which benchmarks compare with.
const (
	uriVariable  = "REFORMGRAPH_TEST_NEO4J_URI"
	httpVariable = "REFORMGRAPH_TEST_NEO4J_HTTP"
	heapVariable = "REFORMGRAPH_NEO4J_HEAP" // how much memory Java may take, as in 1g; default 512m
)

// Child processes are tied to the thread that starts them (see dieWithParent), so the main
// goroutine, which starts them all, keeps to the main thread.
func init() { runtime.LockOSThread() }

func main() {
	if len(os.Args) < 2 {
		usage()
	}
	switch cmd, args := os.Args[1], os.Args[2:]; {
	case cmd == "exec" && len(args) > 0:
		os.Exit(runExec(args))
	case cmd == "serve" && len(args) == 0:
		os.Exit(runServe())
	case cmd == "fetch" && len(args) == 0:
		ctx, stop := interruptible()
		defer stop()
		lib, err := jars(ctx)
		if err != nil {
			fatal(err)
		}
		fmt.Println(lib)
	default:
		usage()
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: neo4j exec COMMAND [ARG…] | serve | fetch")
	os.Exit(2)
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "neo4j:", err)
	os.Exit(1)
}

// interruptible returns a context that ends at the first SIGINT, SIGTERM or SIGHUP.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
}

// runExec is the exec command; it returns the exit code.
func runExec(command []string) int {
	if os.Getenv(uriVariable) != "" {
		return runCommand(command, nil, nil)
	}
	ctx, stop := interruptible()
	defer stop()
	java, lib, err := distribution(ctx)
	if ctx.Err() != nil {
		return 130
	}
	if err != nil {
		if os.Getenv("REQUIRE_NEO4J") == "1" {
			fmt.Fprintf(os.Stderr, "neo4j: %v; REQUIRE_NEO4J=1 forbids to go on without it\n", err)
			return 1
		}
		fmt.Fprintf(os.Stderr, "*** NO NEO4J: %v. ALL NEO4J TESTS WILL BE SKIPPED ***\n", err)
		return runCommand(command, nil, nil)
	}

	home, err := tempHome()
	if err != nil {
		fatal(err)
	}
	defer os.RemoveAll(home)
	srv, err := startOnFreePorts(ctx, java, lib, home)
	if err != nil {
		os.RemoveAll(home)
		if ctx.Err() != nil {
			return 130
		}
		fatal(err)
	}
	stop() // from here on signals go to the command
	code := runCommand(command, []string{uriVariable + "=" + srv.uri(), httpVariable + "=" + srv.httpURL()}, srv.exited)
	if srv.dead() {
		fmt.Fprintf(os.Stderr, "neo4j: the server ended while the command ran; the end of its log:\n%s\n", srv.logTail())
		if code == 0 {
			code = 1
		}
	}
	srv.stop()
	return code
}

// runServe is the serve command; it returns the exit code.
func runServe() int {
	ctx, stop := interruptible()
	defer stop()
	java, lib, err := distribution(ctx)
	if err != nil {
		fatal(err)
	}
	home, err := filepath.Abs("build/neo4j")
	if err != nil {
		fatal(err)
	}
	ports := ports{Bolt: 7687, HTTP: 7474}
	for _, p := range []int{ports.Bolt, ports.HTTP} {
		if !free(p) {
			fatal(fmt.Errorf("port %d is in use, perhaps by another server; stop that first", p))
		}
	}
	srv, err := start(ctx, java, lib, home, ports)
	if err != nil {
		fatal(err)
	}
	fmt.Printf("Neo4j %s is ready. Data: %s. Ctrl-C stops it.\n", version(), filepath.Join(home, "data"))
	fmt.Printf("  reformgraph --store %s …\n", srv.uri())
	fmt.Printf("  %s=%s make test   (only while it holds nothing but test data)\n", uriVariable, srv.uri())
	select {
	case <-ctx.Done():
		srv.stop()
		return 0
	case <-srv.exited:
		fmt.Fprintf(os.Stderr, "neo4j: the server ended by itself; the end of its log:\n%s\n", srv.logTail())
		return 1
	}
}

// distribution returns what a server needs: a Java program and the folder of jars.
func distribution(ctx context.Context) (java, lib string, err error) {
	if java, err = findJava(ctx); err != nil {
		return "", "", err
	}
	if lib, err = jars(ctx); err != nil {
		return "", "", err
	}
	return java, lib, nil
}

// tempHome makes a home folder for a server that lives as long as one command. It lies in build,
// so that what a killed run leaves behind is ignored by git and removed by `make clean`.
func tempHome() (string, error) {
	if err := os.MkdirAll("build", 0o777); err != nil {
		return "", err
	}
	home, err := os.MkdirTemp("build", "neo4j-run-")
	if err != nil {
		return "", err
	}
	return filepath.Abs(home)
}

// startOnFreePorts starts a server on ports that the system names. Between the asking and the
// binding another process may take one; then it tries others.
func startOnFreePorts(ctx context.Context, java, lib, home string) (*server, error) {
	for attempt := 1; ; attempt++ {
		bolt, err := freePort()
		if err != nil {
			return nil, err
		}
		http, err := freePort()
		if err != nil {
			return nil, err
		}
		srv, err := start(ctx, java, lib, home, ports{Bolt: bolt, HTTP: http})
		if err == nil || attempt == 3 || ctx.Err() != nil || !errors.Is(err, errPortTaken) {
			return srv, err
		}
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("ask for a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func free(port int) bool {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	l.Close()
	return true
}
