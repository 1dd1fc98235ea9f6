package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"reformgraph/graph"
	"reformgraph/server"
)

// outcomes reads the answer to many articles: line, outcome and the field of a problem.
func outcomes(t *testing.T, body string) []string {
	t.Helper()
	var got []string
	for l := range strings.Lines(body) {
		var o struct {
			Line    int
			Outcome string
			Problem struct {
				Status int
				Field  string
			}
		}
		if err := json.Unmarshal([]byte(l), &o); err != nil {
			t.Fatalf("%v in %s", err, l)
		}
		s := fmt.Sprint(o.Line, " ", o.Outcome)
		if o.Problem.Status != 0 {
			s += fmt.Sprint(" ", o.Problem.Status, " ", o.Problem.Field)
		}
		got = append(got, s)
	}
	return got
}

func TestServer_postMany(t *testing.T) {
	s := sqliteStore(t)
	web := serve(t, s, ingester{s}, func(c *server.Config) { c.BodyLimit = 100 })
	post := func(path, body string) answer {
		return web.do(t, "POST", path, body, "Authorization", "Bearer "+token, "Content-Type", "application/x-ndjson")
	}
	lines := `{"id":"a","text":"一句话。"}` + "\n\n" + `{"id":"b","text":""}` + "\n" + `{"id":"c","text":"` + strings.Repeat("长", 50) + `"}` + "\n{\n" + `{"id":"d","text":"末一句。"}`
	a := post("/api/v1/articles?dry_run=true", lines)
	want := []string{"1 extracted", "3 failed 400 text", "4 failed 413 ", "5 failed 400 body", "6 extracted"}
	if got := outcomes(t, a.body); a.status != 200 || a.header.Get("Content-Type") != "application/x-ndjson" || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("dry run: got status %d, %q, want %q", a.status, got, want)
	}
	if info, _ := s.Info(t.Context()); info.Articles != 0 {
		t.Fatalf("a dry run stored %d articles", info.Articles)
	}
	want[0], want[4] = "1 new", "6 new"
	if got := outcomes(t, post("/api/v1/articles", lines).body); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if a := web.get(t, "/api/v1/articles/article:d"); a.status != 200 {
		t.Errorf("the last article: got status %d, want 200", a.status)
	}
	if a := post("/api/v1/articles", "\n \n"); a.status != 400 || a.problem(t)["field"] != "body" {
		t.Errorf("no article: got status %d, want 400: %s", a.status, a.body)
	}
}

// Each article is answered before the next one is sent.
func TestServer_postManyStreams(t *testing.T) {
	s := sqliteStore(t)
	web := serve(t, s, ingester{s}, nil)
	read, write := io.Pipe()
	req, err := http.NewRequestWithContext(t.Context(), "POST", web.url+"/api/v1/articles", read)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/x-ndjson")
	send := func(id string) {
		if _, err := fmt.Fprintf(write, "{\"id\":%q,\"text\":\"一句话。\"}\n", id); err != nil {
			t.Errorf("send %s: %v", id, err)
		}
	}
	go send("first")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answers := bufio.NewScanner(res.Body)
	for i, id := range []string{"first", "second", "third"} {
		if i > 0 {
			send(id)
		}
		if !answers.Scan() || !strings.Contains(answers.Text(), `"article:`+id+`"`) {
			t.Fatalf("got %q, %v, want the outcome of %s", answers.Text(), answers.Err(), id)
		}
	}
	write.Close()
	if answers.Scan() {
		t.Errorf("got %q, want the end", answers.Text())
	}
}

// A store that goes away ends the work, and the last line says so.
func TestServer_postManyStoreFails(t *testing.T) {
	s := sqliteStore(t)
	web := serve(t, s, ingester{&failing{Store: s, after: 2}}, nil)
	var lines strings.Builder
	for i := range 10 {
		fmt.Fprintf(&lines, "{\"id\":\"%d\",\"text\":\"一句话。\"}\n", i)
	}
	a := web.do(t, "POST", "/api/v1/articles", lines.String(), "Authorization", "Bearer "+token, "Content-Type", "application/x-ndjson")
	want := []string{"1 new", "2 new", "3 failed 503 "}
	if got := outcomes(t, a.body); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A client that stops sending in mid-line is let go.
func TestServer_postManyStalls(t *testing.T) {
	s := sqliteStore(t)
	web := serve(t, s, ingester{s}, func(c *server.Config) { c.WriteTimeout = 200 * time.Millisecond })
	conn, err := net.Dial("tcp", strings.TrimPrefix(web.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /api/v1/articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n{\"id\":\"a\",\"text\":\"一句", token)
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	got, err := io.ReadAll(conn)
	if err != nil || !strings.Contains(string(got), `"status":408`) {
		t.Errorf("got %q, %v, want a line with status 408 and the end", got, err)
	}
	if info, _ := s.Info(t.Context()); info.Articles != 0 {
		t.Errorf("got %d articles, want none of half a line", info.Articles)
	}
}

// failing takes some articles and is then gone.
type failing struct {
	graph.Store
	after int
}

func (f *failing) Apply(ctx context.Context, b graph.Batch) (graph.Result, error) {
	if f.after == 0 {
		return graph.Result{}, fmt.Errorf("apply: %w", graph.ErrUnavailable)
	}
	f.after--
	return f.Store.Apply(ctx, b)
}

// stuck takes a batch and does not come to its end.
type stuck struct{ ended chan error }

func (s stuck) Extract(ctx context.Context, articles iter.Seq[server.Sent], _ func(json.RawMessage, error)) error {
	return s.Load(ctx, articles, nil)
}

func (s stuck) Load(ctx context.Context, articles iter.Seq[server.Sent], _ func(server.Loaded, error)) error {
	for sent := range articles {
		if sent.Article != nil {
			<-ctx.Done()
			s.ended <- context.Cause(ctx)
			return ctx.Err()
		}
	}
	return nil
}

// A batch that takes too long ends the work; the answer says so.
func TestServer_postManyOverdue(t *testing.T) {
	in := stuck{make(chan error, 1)}
	web := serve(t, sqliteStore(t), in, func(c *server.Config) { c.RequestTimeout = 100 * time.Millisecond })
	a := web.do(t, "POST", "/api/v1/articles", `{"text":"一句话。"}`+"\n", "Authorization", "Bearer "+token, "Content-Type", "application/x-ndjson")
	if a.status != 503 || !strings.Contains(a.body, "too long") || a.header.Get("Retry-After") == "" {
		t.Errorf("got status %d: %s, want 503 with Retry-After", a.status, a.body)
	}
}

// A client that goes away while its articles are read ends the work on them: when
// its answer cannot be written, at the latest.
func TestServer_postManyClientGone(t *testing.T) {
	s := sqliteStore(t)
	gone := make(chan error, 1)
	web := serve(t, s, endless{gone}, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(web.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST /api/v1/articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/x-ndjson\r\nContent-Length: 100000\r\n\r\n{\"id\":\"a\",\"text\":\"一句\"}\n", token)
	if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("the work goes on 10 s after the client has gone")
	}
}

// endless answers its first article again and again.
type endless struct{ ended chan error }

func (e endless) Extract(context.Context, iter.Seq[server.Sent], func(json.RawMessage, error)) error {
	return nil
}

func (e endless) Load(ctx context.Context, articles iter.Seq[server.Sent], each func(server.Loaded, error)) error {
	for sent := range articles {
		for sent.Article != nil && ctx.Err() == nil {
			each(server.Loaded{Article: "article:a", Outcome: "new"}, nil)
		}
		if ctx.Err() != nil {
			break
		}
	}
	e.ended <- context.Cause(ctx)
	return ctx.Err()
}
