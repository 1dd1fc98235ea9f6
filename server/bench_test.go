package server_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"reformgraph/queries"
	"reformgraph/server"
)

// Overhead is a question over HTTP beside the same one asked of the package queries:
// the routes, the checks against openapi.yaml, the log and the writing of the answer.
func BenchmarkOverhead(b *testing.B) {
	s := sqliteStore(b)
	load(b, s)
	h, err := server.New(server.Config{Version: "test", Log: slog.New(slog.DiscardHandler)}, s, nil)
	if err != nil {
		b.Fatal(err)
	}
	params := url.Values{"experience": {"experience:有解思维"}, "limit": {"100"}, "basis": {"stated"}, "min_confidence": {"0.2"}}
	b.Run("queries", func(b *testing.B) {
		for b.Loop() {
			a, err := queries.Run(b.Context(), s, "spread", params)
			if err != nil {
				b.Fatal(err)
			}
			if err := a.Write(new(strings.Builder), "json"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("http", func(b *testing.B) {
		for b.Loop() {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, q("spread")+params.Encode(), nil))
			if w.Code != http.StatusOK {
				b.Fatal(w.Body)
			}
		}
	})
}
