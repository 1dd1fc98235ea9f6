package server_test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
)

// link passes TCP connections on to a server, until it is cut and after it is
// mended.
type link struct {
	listener net.Listener
	server   string
	mu       sync.Mutex
	cut      bool
	open     []net.Conn
}

func newLink(t *testing.T, server string) *link {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	k := &link{listener: l, server: server}
	t.Cleanup(func() { l.Close(); k.set(true) })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			go k.pass(near)
		}
	}()
	return k
}

func (k *link) pass(near net.Conn) {
	far, err := net.Dial("tcp", k.server)
	if err != nil {
		near.Close()
		return
	}
	k.mu.Lock()
	if k.cut {
		near.Close()
		far.Close()
	}
	k.open = append(k.open, near, far)
	k.mu.Unlock()
	go io.Copy(far, near)
	io.Copy(near, far)
	near.Close()
	far.Close()
}

// set cuts the link, with all that goes through it, or mends it.
func (k *link) set(cut bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cut = cut
	for _, c := range k.open {
		c.Close()
	}
	k.open = nil
}

// A Neo4j server that goes away is answered with 503; when it is back, so are
// the answers, without a restart.
func TestServer_neo4jGoesAway(t *testing.T) {
	srv := neo4jtest.Open(t)
	u, err := url.Parse(srv.URI)
	if err != nil {
		t.Fatal(err)
	}
	k := newLink(t, u.Host)
	// bolt: the driver must not be told of an address around the link.
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URL: "bolt://" + k.listener.Addr().String(), User: srv.User, Password: srv.Password,
		Database: srv.Database, RetryTime: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	load(t, s)
	web := serve(t, s, nil, nil)
	path := q("spread", "experience", "有解思维")
	if a := web.get(t, path); a.status != 200 {
		t.Fatalf("before: %d %s", a.status, a.body)
	}
	k.set(true)
	a := web.get(t, path)
	if a.status != 503 || a.header.Get("Retry-After") == "" {
		t.Errorf("away: status %d, Retry-After %q: %s", a.status, a.header.Get("Retry-After"), a.body)
	}
	if a := web.get(t, "/readyz"); a.status != 503 {
		t.Errorf("away: readyz %d", a.status)
	}
	if a := web.get(t, "/healthz"); a.status != 200 {
		t.Errorf("away: healthz %d", a.status)
	}
	k.set(false)
	for deadline := time.Now().Add(20 * time.Second); ; {
		if a = web.get(t, path); a.status == 200 || time.Now().After(deadline) {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	if a.status != 200 {
		t.Errorf("back: status %d: %s", a.status, a.body)
	}
}
