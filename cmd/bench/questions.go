package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/server"
)

// question is a named query with its parameters.
type question struct {
	query  string
	params url.Values
}

// questions are every named query as researchers ask it: about one experience or
// place where it can be, about the whole graph where that is its purpose. Each is
// asked in four variants, so that no rival lives off the last answer.
func (c *corpus) questions(size int) [][]question {
	variants := func(query string, params func(i int) url.Values) []question {
		var out []question
		for i := range 4 {
			out = append(out, question{query, params(i)})
		}
		return out
	}
	one := func(k string, v func(i int) string, more ...string) func(int) url.Values {
		return func(i int) url.Values {
			p := url.Values{k: {v(i)}}
			for n := 0; n < len(more); n += 2 {
				p.Set(more[n], more[n+1])
			}
			return p
		}
	}
	experience := func(i int) string { return graph.ExperienceID(plantedExperience(size, i)) }
	place := func(i int) string { return graph.PlaceCode(c.adopter(4 * i).ID) }
	fixed := func(pairs ...string) func(int) url.Values {
		return func(int) url.Values {
			p := url.Values{}
			for n := 0; n < len(pairs); n += 2 {
				p.Set(pairs[n], pairs[n+1])
			}
			return p
		}
	}
	all := [][]question{
		variants("spread", one("experience", experience)),
		variants("origins", one("experience", experience)),
		variants("promotions", one("place", place)),
		variants("flows", one("to", place)),
		variants("reach", fixed("kind", "all")),
		variants("experiences", one("place", place)),
		variants("cascades", fixed("level", "prefecture", "basis", "stated")),
		variants("risk-set", one("experience", experience, "level", "province")),
		variants("city", one("place", place)),
		variants("shared", func(i int) url.Values { return url.Values{"places": {place(i) + "," + place((i+1)%4)}} }),
		variants("initiatives", one("place", place)),
		variants("pilots", one("place", place)),
		variants("recognitions", one("place", place)),
		variants("leaders", one("place", place)),
		variants("search", one("q", func(i int) string { return name(40 + i) })),
		variants("facets", one("q", func(i int) string { return name(40 + i) })),
		variants("evidence", one("node", experience)),
		variants("neighbours", one("node", experience)),
		variants("path", func(i int) url.Values {
			return url.Values{"from": {"place:" + place(i)}, "to": {experience(i)}}
		}),
		variants("conflicts", fixed("kind", "date")),
		variants("coverage", fixed("by", "year")),
		variants("unresolved", fixed("limit", "50")),
	}
	return slices.DeleteFunc(all, func(qs []question) bool { return len(c.only) > 0 && !slices.Contains(c.only, qs[0].query) })
}

// call is a statement with its parameters.
type call struct {
	graph.Statement
	params map[string]any
}

// recorder is a store that keeps the statements run.
type recorder struct {
	graph.Store
	mu    sync.Mutex
	calls []call
}

func (r *recorder) Run(ctx context.Context, s graph.Statement, params map[string]any, each func(graph.Row) error) error {
	r.mu.Lock()
	r.calls = append(r.calls, call{s, params})
	r.mu.Unlock()
	return r.Store.Run(ctx, s, params, each)
}

// callsOf returns the statements that answer each question, and how many rows the
// first answer has.
func callsOf(ctx context.Context, s graph.Store, qs []question) (calls [][]call, rows int, err error) {
	for i, q := range qs {
		r := &recorder{Store: s}
		a, err := queries.Run(ctx, r, q.query, q.params)
		if err != nil {
			return nil, 0, err
		}
		if i == 0 {
			rows = len(a.Rows)
		}
		calls = append(calls, r.calls)
	}
	return calls, rows, nil
}

// serve answers over HTTP on a loopback port until stop is called.
func serve(ctx context.Context, s graph.Store) (base string, stop func(), err error) {
	cfg := server.Config{Version: "bench", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	handler, err := server.New(cfg, s, nil)
	if err != nil {
		return "", nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, l, handler, cfg) }()
	return "http://" + l.Addr().String(), func() { cancel(); <-done }, nil
}

// client is what all rivals over HTTP are asked with.
func client() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConns: 64, MaxIdleConnsPerHost: 64, DisableCompression: true}, Timeout: 2 * time.Minute}
}

// overHTTP asks the server of this program.
func overHTTP(c *http.Client, base string, qs []question) rival {
	var urls []string
	for _, q := range qs {
		urls = append(urls, base+"/api/v1/queries/"+q.query+"?"+q.params.Encode())
	}
	return rival{"HTTP", func(ctx context.Context, n int) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, urls[n%len(urls)], nil)
		if err != nil {
			return err
		}
		_, err = body(c, req, http.StatusOK)
		return err
	}}
}

// body reads an answer to its end.
func body(c *http.Client, req *http.Request, want int) ([]byte, error) {
	res, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != want {
		err = fmt.Errorf("%s: status %d: %.300s", req.URL, res.StatusCode, b)
	}
	return b, err
}

// byDriver runs the same Cypher, one statement after the other, in a session.
func byDriver(driver neo4j.DriverWithContext, calls [][]call) rival {
	return rival{"driver", func(ctx context.Context, n int) error {
		session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database, AccessMode: neo4j.AccessModeRead})
		defer session.Close(ctx)
		for _, c := range calls[n%len(calls)] {
			result, err := session.Run(ctx, c.Cypher, c.params)
			if err != nil {
				return err
			}
			if _, err := result.Collect(ctx); err != nil {
				return err
			}
		}
		return nil
	}}
}

// byQueryAPI posts the same Cypher, one statement after the other, to Neo4j's own
// HTTP API.
func byQueryAPI(c *http.Client, api string, calls [][]call) (rival, error) {
	var bodies [][][]byte
	for _, list := range calls {
		var posts [][]byte
		for _, call := range list {
			b, err := json.Marshal(map[string]any{"statement": call.Cypher, "parameters": call.params, "accessMode": "READ"})
			if err != nil {
				return rival{}, err
			}
			posts = append(posts, b)
		}
		bodies = append(bodies, posts)
	}
	return rival{"Query API", func(ctx context.Context, n int) error {
		for _, post := range bodies[n%len(bodies)] {
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, api+"/db/"+database+"/query/v2", bytes.NewReader(post))
			if err != nil {
				return err
			}
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Accept", "application/json")
			answer, err := body(c, req, http.StatusAccepted)
			if err != nil {
				return err
			}
			// A failure while rows are streamed comes with a good status.
			if bytes.Contains(answer[max(0, len(answer)-2000):], []byte(`"errors":[`)) {
				return fmt.Errorf("the Query API failed: %.300s", answer)
			}
		}
		return nil
	}}, nil
}

// bySQL runs the same SQL, one statement after the other, on a connection.
func bySQL(db *sql.DB, calls [][]call) rival {
	return rival{"driver", func(ctx context.Context, n int) error {
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		for _, c := range calls[n%len(calls)] {
			if err := runSQL(ctx, conn, c); err != nil {
				return err
			}
		}
		return nil
	}}
}

func runSQL(ctx context.Context, conn *sql.Conn, c call) (err error) {
	var args []any
	for k, v := range c.params {
		if list, ok := v.([]string); ok {
			b, err := json.Marshal(list)
			if err != nil {
				return err
			}
			v = string(b)
		}
		args = append(args, sql.Named(k, v))
	}
	rows, err := conn.QueryContext(ctx, c.SQL, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// readOnly is the name under which database/sql opens a file as the store's own
// readers do.
func readOnly(file string) string {
	return "file:" + file + "?mode=ro&" + strings.Join([]string{"_pragma=query_only(1)", "_pragma=cache_size(-16384)", "_pragma=temp_store(memory)"}, "&")
}
