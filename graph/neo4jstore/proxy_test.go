package neo4jstore_test

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/neo4jstore/neo4jtest"
)

// proxy stands between a store and its server, to take the server away.
type proxy struct {
	target string
	addr   string

	mu        sync.Mutex
	listener  net.Listener
	conns     map[net.Conn]bool
	cutCommit bool // cut the next connection that commits, once the server has done so
	cuts      int
}

// newProxy starts a proxy to the server, and returns the settings of a store that
// goes through it.
func newProxy(t *testing.T, srv neo4jtest.Server) (*proxy, neo4jstore.Config) {
	t.Helper()
	u, err := url.Parse(srv.URI)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{target: u.Host, addr: "127.0.0.1:0", conns: map[net.Conn]bool{}}
	p.start(t)
	t.Cleanup(p.stop)
	cfg := config(srv)
	cfg.URL = "bolt://" + p.addr
	return p, cfg
}

// start lets connections in, at the same address as before.
func (p *proxy) start(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", p.addr)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listener, p.addr = l, l.Addr().String()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c)
		}
	}()
}

// stop refuses connections and breaks those that stand, as a killed server does.
func (p *proxy) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listener.Close()
	for c := range p.conns {
		c.Close()
	}
}

// commitMessage is the message COMMIT of Bolt: chunk of two bytes, structure
// without fields, its tag, end of message.
var commitMessage = []byte{0, 2, 0xB0, 0x12, 0, 0}

func (p *proxy) serve(client net.Conn) {
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		client.Close()
		return
	}
	p.mu.Lock()
	p.conns[client], p.conns[server] = true, true
	p.mu.Unlock()
	defer func() {
		client.Close()
		server.Close()
		p.mu.Lock()
		delete(p.conns, client)
		delete(p.conns, server)
		p.mu.Unlock()
	}()
	go func() {
		io.Copy(client, server)
		client.Close()
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		cut := false
		if bytes.HasSuffix(buf[:n], commitMessage) {
			p.mu.Lock()
			if cut = p.cutCommit; cut {
				p.cutCommit = false
				p.cuts++
			}
			p.mu.Unlock()
		}
		if cut {
			client.Close() // no answer gets through
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
		if cut {
			time.Sleep(500 * time.Millisecond) // the server commits
			return
		}
	}
}
