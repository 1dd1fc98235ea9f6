package queries_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/queries"
	"reformgraph/queries/querytest"
)

// broad holds parameters with which each query answers several rows.
var broad = map[string]url.Values{
	"spread":       {"place": {"山东"}},
	"experiences":  {},
	"city":         {"place": {"山东"}},
	"evidence":     {"node": {"experience:有解思维"}},
	"flows":        {"from": {"山东"}},
	"pilots":       {},
	"leaders":      {},
	"unresolved":   {},
	"origins":      {"experience": {"夜间经济"}},
	"promotions":   {},
	"reach":        {},
	"cascades":     {},
	"risk-set":     {"experience": {"有解思维"}},
	"shared":       {"places": {"淄博,泰安,临沂"}},
	"initiatives":  {},
	"recognitions": {},
	"neighbours":   {"node": {"experience:有解思维"}},
	"path":         {"from": {"place:330213"}, "to": {"place:330681"}},
	"conflicts":    {},
	"coverage":     {},
	"search":       {"q": {"食堂"}},
	"facets":       {"q": {"食堂"}},
}

// Pages of one row, put together, are the answer: no row is left out or twice,
// so every row has a key of its own.
func TestQueries_pages(t *testing.T) {
	s := openSQLite(t)
	load(t, s, "reform.txt")
	for _, q := range queries.Catalogue() {
		params, ok := broad[q.Name]
		if !ok {
			t.Errorf("no parameters for %s", q.Name)
			continue
		}
		whole, err := queries.Run(t.Context(), s, q.Name, params)
		if err != nil || len(whole.Rows) < 3 || whole.Truncated || whole.Next != "" {
			t.Fatalf("%s: %v, %d rows, truncated %t", q.Name, err, len(whole.Rows), whole.Truncated)
		}
		want, _ := json.Marshal(whole.Rows)
		var rows []any
		page := url.Values{"limit": {"1"}}
		for k, v := range params {
			page[k] = v
		}
		for range whole.Rows {
			a, err := queries.Run(t.Context(), s, q.Name, page)
			if err != nil || len(a.Rows) != 1 {
				t.Fatalf("%s: %v after %d rows", q.Name, err, len(rows))
			}
			rows = append(rows, a.Rows...)
			page.Set("cursor", a.Next)
		}
		if page.Get("cursor") != "" {
			t.Errorf("%s: a cursor after the last row", q.Name)
		}
		if got, _ := json.Marshal(rows); string(got) != string(want) {
			t.Errorf("%s: pages hold\n%s\nwant\n%s", q.Name, got, want)
		}
	}
}

// A cursor never goes on somewhere else: not in another question, nor where its
// row is gone.
func TestQueries_cursors(t *testing.T) {
	s := openSQLite(t)
	load(t, s, "reform.txt")
	first, err := queries.Run(t.Context(), s, "spread", url.Values{"experience": {"接诉即办"}, "limit": {"1"}})
	if err != nil {
		t.Fatal(err)
	}
	run := func(params url.Values) error {
		params.Set("cursor", first.Next)
		_, err := queries.Run(t.Context(), s, "spread", params)
		return err
	}
	if err := run(url.Values{"experience": {"接訴即辦"}, "limit": {"2"}}); err != nil {
		t.Errorf("the same question in other words: %v", err)
	}
	for _, params := range []url.Values{{"experience": {"有解思维"}}, {"experience": {"接诉即办"}, "level": {"province"}}} {
		if err := run(params); !isInvalid(err, "cursor", "another query") {
			t.Errorf("%v: %v, want an error of the cursor", params, err)
		}
	}
	gone := []string{"article:laiwu-1", "article:laiwu-2"} // the first adopter
	if _, err := s.Apply(t.Context(), graph.Batch{Edition: querytest.Edition, Forget: gone}); err != nil {
		t.Fatal(err)
	}
	if err := run(url.Values{"experience": {"接诉即办"}}); !isInvalid(err, "cursor", "start again") {
		t.Errorf("a row that is gone: %v, want an error of the cursor", err)
	}
}

func isInvalid(err error, field, reason string) bool {
	var invalid *graph.InvalidError
	return errors.As(err, &invalid) && invalid.Field == field && strings.Contains(invalid.Reason, reason)
}
