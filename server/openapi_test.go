package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"reformgraph/queries"
	"reformgraph/queries/export"
	"reformgraph/server"
	"reformgraph/server/openapi"
)

// spec is openapi.yaml.
func spec(t testing.TB) *openapi.Description {
	t.Helper()
	d, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// specPaths are the paths of the description that a route of the server stands for.
func specPaths(route string) []string {
	if strings.Contains(route, ":name") {
		var out []string
		for _, q := range queries.Catalogue() {
			out = append(out, strings.Replace(route, ":name", q.Name, 1))
		}
		return out
	}
	return []string{strings.Replace(route, "*", "{id}", 1)}
}

// The description holds every route and nothing else.
func TestOpenAPI_routes(t *testing.T) {
	doc := spec(t)
	served := map[string]bool{}
	for _, r := range server.Routes() {
		for _, path := range specPaths(r[1]) {
			served[r[0]+" "+path] = true
			op := doc.Operation(r[0], path)
			if op == nil {
				if !strings.Contains(r[1], ":name") { // TestOpenAPI_queries tells of those
					t.Errorf("openapi.yaml does not describe %s %s", r[0], path)
				}
				continue
			}
			if op.ID == "" || op.Summary == "" {
				t.Errorf("%s %s: has no operationId or no summary", r[0], path)
			}
			for _, p := range slices.Concat(op.Params, op.PathParams) {
				if p.Description == "" {
					t.Errorf("%s %s: parameter %s is not described", r[0], path, p.Name)
				}
			}
			for _, p := range op.Params {
				if p.AllowEmpty == p.Required {
					t.Errorf("%s %s: parameter %s: got allowEmptyValue %t and required %t, want one of them", r[0], path, p.Name, p.AllowEmpty, p.Required)
				}
			}
		}
	}
	for _, op := range doc.Operations {
		if !served[op.Method+" "+op.Path] {
			t.Errorf("openapi.yaml describes %s %s, which the server does not have", op.Method, op.Path)
		}
	}
}

// The description holds every query of the catalogue with its parameters and
// columns. What is missing is printed as it must stand there.
func TestOpenAPI_queries(t *testing.T) {
	doc := spec(t)
	for _, q := range queries.Catalogue() {
		schema := rowSchema(q.Name)
		complain := func(what string, got any, want string) {
			t.Errorf("openapi.yaml: %s of query %s is %v; put under paths:\n%s\nand under components, schemas:\n%s\n(%s)", what, q.Name, got, pathYAML(q), rowYAML(q), want)
		}
		op := doc.Operation("GET", "/api/v1/queries/"+q.Name)
		row, ok := doc.Schema(schema)
		if op == nil || !ok {
			complain("the description", "missing", "paths and schemas both")
			continue
		}
		var got, want []string
		for _, p := range op.Params {
			got = append(got, paramText(p))
		}
		for _, p := range q.Params {
			want = append(want, wantParam(p))
		}
		for _, name := range []string{formatParam(q), "bom"} {
			p, _ := doc.Param(name)
			want = append(want, paramText(p))
		}
		if !slices.Equal(got, want) {
			complain("the list of parameters", strings.Join(got, "\n"), "want "+strings.Join(want, "\n"))
			continue
		}
		var columns []string
		for _, c := range q.Columns {
			columns = append(columns, c.Name)
			p, ok := row.Members[c.Name]
			if !ok {
				complain("column "+c.Name, "missing", "")
				continue
			}
			if c.Type != "evidence" {
				kind := []string{c.Type}
				if c.Nullable {
					kind = append(kind, "null")
				}
				if !slices.Equal(p.Types, kind) {
					complain("the type of column "+c.Name, p.Types, fmt.Sprint("want ", kind))
				}
				if p.Description != c.Description {
					complain("the description of column "+c.Name, p.Description, "want "+c.Description)
				}
			}
		}
		if len(row.Members) != len(columns) || !slices.Equal(row.Required, columns) {
			complain("the list of columns", row.Required, fmt.Sprint("want ", columns))
		}
		if op.Summary != q.Title || strings.TrimSpace(op.Description) != q.Description {
			complain("title or description", op.Summary, "want "+q.Title+": "+q.Description)
		}
	}
}

// formatParam names the description of the formats that a query has.
func formatParam(q *queries.Query) string {
	if queries.HasGraph(q.Name) {
		return "rowsOrGraph"
	}
	return "format"
}

// rowSchema is the name of the schema of a query's rows: risk-set has RiskSetRow.
func rowSchema(query string) string {
	var b strings.Builder
	for _, part := range strings.Split(query, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String() + "Row"
}

// paramText says all of a parameter that a client goes by.
func paramText(p openapi.Param) string {
	text := fmt.Sprintf("%s: %s, required %t, enum %v", p.Name, strings.Join(p.Schema.Types, "|"), p.Required, p.Schema.Enum)
	if p.Schema.Default != "" {
		text += ", default " + p.Schema.Default
	}
	if p.Schema.Minimum != nil {
		text += fmt.Sprintf(", from %v to %v", *p.Schema.Minimum, *p.Schema.Maximum)
	}
	return text + ": " + p.Description
}

func wantParam(p queries.Param) string {
	text := fmt.Sprintf("%s: %s, required %t, enum %v", p.Name, jsonType(p), p.Required, p.Values)
	if p.Default != "" {
		text += ", default " + p.Default
	}
	if p.Min != nil {
		text += fmt.Sprintf(", from %v to %v", *p.Min, *p.Max)
	}
	return text + ": " + p.Description
}

func jsonType(p queries.Param) string {
	if p.Type == "integer" || p.Type == "number" {
		return p.Type
	}
	return "string"
}

// jsonSchema is the schema of a parameter, as JSON, which is YAML too.
func jsonSchema(p queries.Param) string {
	quote := func(v any) string { b, _ := json.Marshal(v); return string(b) }
	parts := []string{`"type": "string"`}
	switch p.Type {
	case "integer", "number":
		parts = []string{`"type": ` + quote(p.Type), `"minimum": ` + quote(*p.Min), `"maximum": ` + quote(*p.Max)}
		if p.Default != "" {
			parts = append(parts, `"default": `+p.Default)
		}
	case "word":
		parts = append(parts, `"enum": `+quote(p.Values))
		if p.Default != "" {
			parts = append(parts, `"default": `+quote(p.Default))
		}
	case "date":
		parts = append(parts, `"title": "YYYY, YYYY-MM or YYYY-MM-DD"`)
	default:
		parts = append(parts, `"maxLength": 300`)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// yamlText quotes a text as JSON does, without HTML escapes.
func yamlText(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(s)
	return strings.TrimSpace(b.String())
}

func pathYAML(q *queries.Query) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  /api/v1/queries/%s:\n    get:\n      operationId: %s\n      tags: [queries]\n      summary: %s\n      description: %s\n      parameters:\n",
		q.Name, q.Name, yamlText(q.Title), yamlText(q.Description))
	for _, p := range q.Params {
		switch {
		case p.Name == "limit" || p.Name == "cursor":
			fmt.Fprintf(&b, "        - {$ref: \"#/components/parameters/%s\"}\n", p.Name)
		default:
			required := "allowEmptyValue: true, "
			if p.Required {
				required = "required: true, "
			}
			schema := strings.NewReplacer(`"type"`, "type", `"enum"`, "enum", `"default"`, "default", `"minimum"`, "minimum", `"maximum"`, "maximum", `"maxLength"`, "maxLength", `"title"`, "title").Replace(jsonSchema(p))
			fmt.Fprintf(&b, "        - {name: %s, in: query, %sschema: %s, description: %s}\n", p.Name, required, schema, yamlText(p.Description))
		}
	}
	graphs := ""
	if queries.HasGraph(q.Name) {
		graphs = "            application/graphml+xml: *graphml\n            application/gexf+xml: *gexf\n"
	}
	fmt.Fprintf(&b, `        - {$ref: "#/components/parameters/%s"}
        - {$ref: "#/components/parameters/bom"}
      responses:
        "200":
          description: The rows, in their order.
          content:
            application/json: {schema: {allOf: [{$ref: "#/components/schemas/Answer"}, {properties: {rows: {items: {$ref: "#/components/schemas/%s"}}}}]}}
            text/csv: *csv
            application/x-ndjson: *ndjson
%s        "304": {$ref: "#/components/responses/Unchanged"}
        default: {$ref: "#/components/responses/Problem"}
`, formatParam(q), rowSchema(q.Name), graphs)
	return b.String()
}

func rowYAML(q *queries.Query) string {
	var b strings.Builder
	var names []string
	for _, c := range q.Columns {
		names = append(names, c.Name)
	}
	fmt.Fprintf(&b, "    %s:\n      type: object\n      additionalProperties: false\n      required: [%s]\n      properties:\n", rowSchema(q.Name), strings.Join(names, ", "))
	for _, c := range q.Columns {
		kind := c.Type
		if c.Nullable {
			kind = "[" + kind + `, "null"]`
		}
		if c.Type == "evidence" {
			fmt.Fprintf(&b, "        %s: {$ref: \"#/components/schemas/Evidence\"}\n", c.Name)
		} else {
			fmt.Fprintf(&b, "        %s: {type: %s, description: %s}\n", c.Name, kind, yamlText(c.Description))
		}
	}
	return b.String()
}

// Real answers of every route are as the description says.
func TestOpenAPI_answers(t *testing.T) {
	doc := spec(t)
	s := sqliteStore(t)
	load(t, s)
	web := serve(t, s, ingester{s}, func(c *server.Config) { c.Adhoc = server.AdhocOpen })
	info, err := s.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	type call struct {
		method, path, body string // path with its query string
		route              string // of the description
		header             []string
		status             int
	}
	auth := func(media string) []string {
		return []string{"Authorization", "Bearer " + token, "Content-Type", media}
	}
	var calls []call
	get := func(path, route string, status int) { calls = append(calls, call{"GET", path, "", route, nil, status}) }
	for _, p := range []string{"/", "/about", "/docs", "/openapi.yaml", "/healthz", "/readyz", "/metrics", "/api/v1/queries"} {
		get(p, p, 200)
	}
	for _, q := range queries.Catalogue() {
		path := "/api/v1/queries/" + q.Name
		formats := []string{"json", "csv", "ndjson"}
		if queries.HasGraph(q.Name) {
			formats = append(formats, export.Formats()...)
		}
		for _, format := range formats {
			get(path+"?"+q.Example.Encode()+"&format="+format, path, 200)
		}
		get(path+"?limit=0", path, 400)
	}
	get("/api/v1/changes?since="+url.QueryEscape(queries.Revision(info)[:len(info.StoreID)]+"-0"), "/api/v1/changes", 200)
	for _, format := range export.Formats() {
		get("/api/v1/graph?format="+format, "/api/v1/graph", 200)
	}
	get("/api/v1/changes?since=other-1", "/api/v1/changes", 410)
	for _, r := range server.Routes() {
		if base, ok := strings.CutSuffix(r[1], "/*"); ok && r[0] == "GET" {
			for _, format := range []string{"json", "csv", "ndjson"} {
				get(base+"?limit=1000&format="+format, base, 200)
			}
			for _, n := range web.get(t, base+"?limit=1000").json(t)["items"].([]any) {
				get(base+"/"+url.PathEscape(n.(map[string]any)["id"].(string)), base+"/{id}", 200)
			}
			get(base+"/x:y", base+"/{id}", 404)
		}
	}
	get(q("city", "place", "通州"), "/api/v1/queries/city", 300)
	const articles = "/api/v1/articles"
	calls = append(calls,
		call{"POST", articles + "?dry_run=true", `{"id":"n","text":"一句。"}`, articles, auth("application/json"), 200},
		call{"POST", articles, `{"id":"n","text":"一句。"}`, articles, auth("application/json"), 201},
		call{"POST", articles, `{"id":"n","text":"一句。"}`, articles, auth("application/json"), 200},
		call{"POST", articles, `{"id":"n","text":""}`, articles, auth("application/json"), 400},
		call{"POST", articles, `{"id":"n","text":"一句。"}`, articles, nil, 401},
		call{"POST", articles, "{\"id\":\"n\",\"text\":\"又一句。\"}\n{\"text\":\"\"}\n", articles, auth("application/x-ndjson"), 200},
		call{"DELETE", articles + "/article:n", "", articles + "/{id}", auth("application/json"), 200},
		call{"DELETE", articles + "/article:n", "", articles + "/{id}", auth("application/json"), 404},
		call{"POST", "/api/v1/sql", `{"statement":"SELECT id, name FROM experiences"}`, "/api/v1/sql", auth("application/json"), 200},
		call{"POST", "/api/v1/sql?format=csv", `{"statement":"SELECT id, name FROM experiences"}`, "/api/v1/sql", auth("application/json"), 200},
		call{"POST", "/api/v1/sql?format=ndjson", `{"statement":"SELECT id, name FROM experiences"}`, "/api/v1/sql", auth("application/json"), 200},
		call{"POST", "/api/v1/sql", `{"statement":"DELETE FROM claim"}`, "/api/v1/sql", auth("application/json"), 403},
		call{"POST", "/api/v1/cypher", `{"statement":"RETURN 1 AS x"}`, "/api/v1/cypher", auth("application/json"), 501})
	seen := map[string]bool{}
	for _, c := range calls {
		a := web.do(t, c.method, c.path, c.body, c.header...)
		if a.status != c.status {
			t.Errorf("%s %s: got status %d, want %d: %s", c.method, c.path, a.status, c.status, a.body)
			continue
		}
		if doc.Operation(c.method, c.route) == nil {
			continue // TestOpenAPI_queries tells of it
		}
		if a.status < 300 || a.status == 501 { // of the two languages a store speaks one
			seen[c.method+" "+c.route] = true
		}
		if err := doc.CheckAnswer(doc.Operation(c.method, c.route), a.status, a.header, a.body); err != nil {
			t.Errorf("%s %s: the answer is not as described: %v", c.method, c.path, err)
		}
		if media := a.header.Get("Content-Type"); c.method == "POST" && c.route == articles && media == "application/x-ndjson" {
			line, _ := doc.Schema("LoadedLine")
			for l := range strings.Lines(a.body) {
				if err := line.CheckJSON(l); err != nil {
					t.Errorf("%s: line %s is not as described: %v", c.path, l, err)
				}
			}
		}
	}
	for _, op := range doc.Operations {
		if !seen[op.Method+" "+op.Path] {
			t.Errorf("%s %s: no good answer was checked", op.Method, op.Path)
		}
	}
	// A check that lets everything through would pass too.
	wrong := answer{200, http.Header{"Content-Type": {"application/json"}}, `{"status": 1}`}
	if doc.CheckAnswer(doc.Operation("GET", "/healthz"), wrong.status, wrong.header, wrong.body) == nil {
		t.Error("an answer of another form is taken for a good one")
	}
}

// The numbers that the description names are those of the program.
func TestOpenAPI_limits(t *testing.T) {
	limit, _ := spec(t).Param("limit")
	if got, want := []any{*limit.Schema.Maximum, limit.Schema.Default}, []any{float64(queries.MaxLimit), strconv.Itoa(queries.DefaultLimit)}; !reflect.DeepEqual(got, want) {
		t.Errorf("got limit and default %v, want %v", got, want)
	}
	if text := spec(t).Description; !strings.Contains(text, strconv.Itoa(queries.MaxLimit)+" rows") {
		t.Errorf("the description does not name %d rows", queries.MaxLimit)
	}
}
