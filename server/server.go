package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/server/openapi"
)

// server is what handlers need.
type server struct {
	cfg                Config
	store              graph.Store
	watched            graph.Store // store, for answers that are read at one revision
	ingest             Ingester    // nil: nothing is loaded over HTTP
	spec               *openapi.Description
	meter              *metrics
	counted            atomic.Pointer[queries.Extent] // of the revision asked for last
	tokens, readTokens [][]byte                       // hashes of tokens that may write, and of those that may read
}

// New returns the handler of all routes. The store is only read, but by POST of
// articles, which goes through ingest; without one such requests are refused.
// The error names the setting that is wrong.
func New(cfg Config, store graph.Store, ingest Ingester) (http.Handler, error) {
	s := &server{cfg: cfg.withDefaults(), store: store, ingest: ingest}
	if s.cfg.PublishText == PublishQuotes {
		s.store = quotesOnly{store}
	}
	s.watched = queries.Watched(s.store)
	err := s.cfg.check()
	if err != nil {
		return nil, err
	}
	if s.spec, err = openapi.Load(); err != nil {
		return nil, err
	}
	s.meter = newMetrics(store, s.cfg.Version)
	if s.tokens, err = hashes(cfg.TokenHashes); err != nil {
		return nil, err
	}
	if s.readTokens, err = hashes(cfg.ReadTokenHashes); err != nil {
		return nil, fmt.Errorf("%w (read_tokens)", err)
	}
	e := echo.New()
	if e.IPExtractor, err = cfg.ipExtractor(); err != nil {
		return nil, err
	}
	e.HTTPErrorHandler = s.answerError
	e.Use(s.identify, s.meter.measured, s.logged, s.recovered, s.cors)
	for _, r := range s.routes() {
		e.Add(r.method, r.path, s.checked(r))
		if r.method == http.MethodGet {
			e.Add(http.MethodHead, r.path, s.checked(r))
		}
	}
	return e, nil
}

// Serve answers requests on the listener until ctx ends, then lets those in hand
// finish within cfg.ShutdownTimeout. It returns nil after such a stop.
func Serve(ctx context.Context, l net.Listener, h http.Handler, cfg Config) error {
	cfg = cfg.withDefaults()
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      cfg.WriteTimeout,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(cfg.Log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), cfg.ShutdownTimeout)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		srv.Close()
		if !errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("stop serving on %s: %w", l.Addr(), err)
		}
		cfg.Log.Warn("requests were cut off", "after", cfg.ShutdownTimeout)
	}
	return nil
}
