package server_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/queries/querytest"
	"reformgraph/server"
)

// A client that does not take its answer in is let go in time: the handler ends,
// so that it holds neither memory nor a reader of the store, and others are served.
func TestServer_slowClient(t *testing.T) {
	s := sqliteStore(t)
	for i := range 6 {
		f := graph.Facts{Article: graph.Article{ID: fmt.Sprint("article:", i), Text: strings.Repeat("一句长话。", 100_000)}}
		if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Load: []graph.Facts{f}}); err != nil {
			t.Fatal(err)
		}
	}
	log := &syncBuffer{}
	cfg := server.Config{Version: "test", WriteTimeout: 500 * time.Millisecond, Log: slog.New(slog.NewJSONHandler(log, nil))}
	h, err := server.New(cfg, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, l, h, cfg) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.(*net.TCPConn).SetReadBuffer(4096)
	fmt.Fprintf(conn, "GET /api/v1/articles?format=ndjson HTTP/1.1\r\nHost: x\r\nX-Request-Id: slow-1\r\n\r\n")
	deadline := time.Now().Add(20 * time.Second)
	for !logSays(log.String(), "slow-1", "") && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	if !logSays(log.String(), "slow-1", "timeout") {
		t.Errorf("got the log %q, want a record of slow-1 that says timeout", log)
	}
	if a := (site{url: "http://" + l.Addr().String()}).get(t, "/about"); a.status != 200 {
		t.Errorf("another client: got status %d, want 200", a.status)
	}
	cancel()
	if err := <-served; err != nil {
		t.Errorf("Serve: %v, want nil", err)
	}
}
