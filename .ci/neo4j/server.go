//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"text/template"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

//go:embed neo4j.conf.tmpl
var confTemplate string

// ports are the loopback ports of one server.
type ports struct{ Bolt, HTTP int }

// server is a running Neo4j process.
type server struct {
	home   string
	ports  ports
	cmd    *exec.Cmd
	exited chan struct{} // closed when the process has ended
}

// errPortTaken says that the server ended because it could not bind its port.
var errPortTaken = errors.New("the port is taken")

// start starts a server with its configuration, data and log below home, and returns once Bolt
// answers a query.
func start(ctx context.Context, java, lib, home string, p ports) (*server, error) {
	for _, dir := range []string{"conf", "import", "logs"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o777); err != nil {
			return nil, err
		}
	}
	var conf bytes.Buffer
	if err := template.Must(template.New("conf").Parse(confTemplate)).Execute(&conf, p); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(home, "conf", "neo4j.conf"), conf.Bytes(), 0o666); err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(home, "logs", "console.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()

	s := &server{home: home, ports: p, exited: make(chan struct{})}
	s.cmd = exec.Command(java, "-Xmx"+cmp.Or(os.Getenv(heapVariable), "512m"), "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8",
		"-cp", filepath.Join(lib, "*"), "org.neo4j.server.CommunityEntryPoint",
		"--home-dir="+home, "--config-dir="+filepath.Join(home, "conf"), "--console-mode")
	s.cmd.Stdout, s.cmd.Stderr = log, log
	// A group of its own: Ctrl-C must not end the server before the command that uses it.
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(s.cmd.SysProcAttr, syscall.SIGKILL)
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start Neo4j: %w", err)
	}
	go func() {
		s.cmd.Wait()
		close(s.exited)
	}()
	if err := s.waitReady(ctx); err != nil {
		tail := s.logTail()
		s.stop()
		if bytes.Contains(tail, []byte("Address already in use")) {
			err = errPortTaken
		}
		return nil, fmt.Errorf("start Neo4j on port %d (if its log below names a missing class, remove %s): %w\n%s", p.Bolt, lib, err, tail)
	}
	return s, nil
}

// uri is what a client dials.
func (s *server) uri() string { return fmt.Sprintf("bolt://127.0.0.1:%d", s.ports.Bolt) }

// httpURL is where its HTTP API answers.
func (s *server) httpURL() string { return fmt.Sprintf("http://127.0.0.1:%d", s.ports.HTTP) }

// waitReady returns when the server has answered a query over Bolt.
func (s *server) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute) // two minutes: a busy machine of two cores
	defer cancel()
	for {
		if s.answers(ctx) {
			return nil
		}
		select {
		case <-s.exited:
			return errors.New("the server ended")
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (s *server) answers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	driver, err := neo4j.NewDriverWithContext(s.uri(), neo4j.NoAuth())
	if err != nil {
		return false
	}
	defer driver.Close(context.Background())
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(context.Background())
	result, err := session.Run(ctx, "RETURN 1", nil)
	if err != nil {
		return false
	}
	_, err = result.Consume(ctx)
	return err == nil
}

// dead reports whether the process has ended.
func (s *server) dead() bool {
	select {
	case <-s.exited:
		return true
	default:
		return false
	}
}

// stop ends the server and returns when its process is gone.
func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.exited:
	case <-time.After(20 * time.Second):
		s.cmd.Process.Kill()
		<-s.exited
	}
}

// logTail returns the last lines that the server wrote.
func (s *server) logTail() []byte {
	log, err := os.ReadFile(filepath.Join(s.home, "logs", "console.log"))
	if err != nil {
		return []byte(err.Error())
	}
	lines := bytes.Split(bytes.TrimSpace(log), []byte("\n"))
	return bytes.Join(lines[max(0, len(lines)-20):], []byte("\n"))
}
