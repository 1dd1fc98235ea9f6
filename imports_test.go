// Package reformgraph_test holds the tests that concern the source tree as a whole: which folder
// may import which, and that each says what it is.
package reformgraph_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is the path of this module; a folder's import path is module/FOLDER.
const module = "reformgraph"

// rule says what the code of a folder, and of the folders below it that have no rule of their
// own, may import beside the standard library. Test files may import anything of ours, the
// modules of the rule, and those of testModules.
type rule struct {
	folder  string
	ours    []string // folders; "x/..." is x and all below it, "..." is everything
	modules []string // import path prefixes outside this module
	why     string   // said to who breaks it
}

var rules = []rule{
	{"graph", nil, nil,
		"the domain types depend on nothing, so that everything may depend on them"},
	{"graph/script", nil, []string{"golang.org/x/text"},
		"script folding is used by stores, queries and loaders alike and so knows none of them"},
	{"graph/graphtest", []string{"graph"}, []string{"github.com/google/go-cmp"},
		"the conformance suite sees a store only through the interface of graph"},
	{"graph/sqlitestore", []string{"graph", "graph/script"}, []string{"modernc.org/sqlite"},
		"a store knows the model, script folding and its own driver; never queries or the other store"},
	{"graph/neo4jstore", []string{"graph", "graph/script"},
		[]string{"github.com/neo4j/neo4j-go-driver/v5", "github.com/cenkalti/backoff/v5"},
		"a store knows the model, script folding and its own driver; never queries or the other store"},
	{"graph/neo4jstore/neo4jtest", nil,
		[]string{"github.com/neo4j/neo4j-go-driver/v5", "github.com/rogpeppe/go-internal/lockedfile"},
		"it lends an empty database to tests and knows nothing of what they put in"},
	{"queries", []string{"graph", "graph/script"}, nil,
		"queries run on any store through the interface of graph and do not know the loaders"},
	{"queries/diffusion", []string{"graph", "queries"}, nil,
		"analysis is pure functions over the rows of queries"},
	{"queries/export", []string{"graph", "queries"}, nil,
		"files for other programs are made of the graph and of answers, and know no store"},
	{"loaders", []string{"graph"}, nil,
		"the vocabulary of the chain rests on the model alone"},
	{"loaders/article", chain, append([]string{"codeberg.org/readeck/go-readability", "go.yaml.in/yaml/v3"}, text...), stage},
	{"loaders/clean", chain, text, stage},
	{"loaders/lexicon", chain, text, stage},
	{"loaders/extract", chain, text, stage},
	{"loaders/resolve", chain, text, stage},
	{"loaders/explain", []string{"loaders/...", "graph"}, nil,
		"it shows what the chain did and needs no store"},
	{"loaders/ingest", []string{"loaders/...", "graph"}, []string{"golang.org/x/sync"},
		"loading drives the chain and hands batches to any store; it knows neither queries nor a store"},
	{"loaders/eval", []string{"loaders/...", "graph"}, []string{"golang.org/x/text/unicode/norm"},
		"scoring reads what the chain puts out and needs no store; names compare in NFKC"},
	{"server", []string{"graph", "queries", "queries/diffusion", "queries/export", "server/openapi", "server/web"},
		[]string{"github.com/labstack/echo/v4", "github.com/prometheus/client_golang"},
		"the server declares the interfaces it needs and cmd fills them; it knows neither a store nor the loaders"},
	{"server/openapi", nil, []string{"github.com/santhosh-tekuri/jsonschema/v6", "go.yaml.in/yaml/v3", "golang.org/x/text/language", "golang.org/x/text/message"},
		"it describes the interface and knows nothing of what answers"},
	{"server/web", []string{"graph", "queries", "queries/diffusion"}, nil,
		"pages are made of query rows; echo stays in server"},
	{"cmd/reformgraph", []string{"..."},
		[]string{"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/spf13/viper",
			"github.com/schollz/progressbar/v3", "golang.org/x/term"},
		"only the command joins the parts; drivers, echo and text libraries stay in the folders that need them"},
	{"cmd/bench", []string{"graph", "graph/sqlitestore", "graph/neo4jstore", "loaders/lexicon/places", "queries", "server"},
		[]string{"github.com/neo4j/neo4j-go-driver/v5", "modernc.org/sqlite"},
		"it measures the stores against the drivers that they are made of"},
}

// The stages of the extraction chain may use the stages before them; the compiler refuses a circle.
var chain = []string{"loaders", "loaders/article/...", "loaders/clean/...", "loaders/lexicon/...",
	"loaders/extract/...", "loaders/resolve/...", "graph", "graph/script"}

var text = []string{"golang.org/x/net/html", "golang.org/x/text"}

const stage = "a stage of the chain turns text into graph.Facts; stores, queries and what drives it are not its business"

// testOnly are folders that only test files may import.
var testOnly = []string{"graph/graphtest", "graph/neo4jstore/neo4jtest", "queries/querytest"}

// testModules may be imported by the test files of every folder.
var testModules = []string{"github.com/google/go-cmp", "github.com/rogpeppe/go-internal/testscript",
	"go.yaml.in/yaml/v3", "golang.org/x/net/html"}

// goPackage is what `go list -json` tells of a package.
type goPackage struct {
	ImportPath   string
	Name         string
	Doc          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestImportRules(t *testing.T) {
	packages := listPackages(t, "./...")
	for _, p := range packages {
		for _, problem := range check(p) {
			t.Error(problem)
		}
	}
}

// TestImportRulesCatch feeds the checker packages that break a rule, so that a checker which
// finds nothing cannot pass.
func TestImportRulesCatch(t *testing.T) {
	cases := map[string]struct {
		p    goPackage
		want string // part of the one problem; empty: none
	}{
		"ModelImportsStore": {goPackage{ImportPath: "reformgraph/graph", Imports: []string{"reformgraph/graph/sqlitestore"}},
			"graph imports graph/sqlitestore"},
		"StoreImportsStore": {goPackage{ImportPath: "reformgraph/graph/sqlitestore", Imports: []string{"reformgraph/graph/neo4jstore"}},
			"graph/sqlitestore imports graph/neo4jstore"},
		"QueriesImportDriver": {goPackage{ImportPath: "reformgraph/queries", Imports: []string{"modernc.org/sqlite"}},
			"queries imports modernc.org/sqlite"},
		"ModuleNameIsPrefixOnly": {goPackage{ImportPath: "reformgraph/graph/sqlitestore", Imports: []string{"modernc.org/sqliteX"}},
			"graph/sqlitestore imports modernc.org/sqliteX"},
		"BelowInherits": {goPackage{ImportPath: "reformgraph/server/openapi", Imports: []string{"reformgraph/loaders"}},
			"server/openapi imports loaders"},
		"SuiteOutsideTests": {goPackage{ImportPath: "reformgraph/cmd/reformgraph", Imports: []string{"reformgraph/graph/graphtest"}},
			"only test files may import it"},
		"TestImportsDriver": {goPackage{ImportPath: "reformgraph/server", XTestImports: []string{"github.com/neo4j/neo4j-go-driver/v5/neo4j"}},
			"server imports github.com/neo4j/neo4j-go-driver/v5/neo4j in a test file"},
		"NoRule": {goPackage{ImportPath: "reformgraph/helpers"},
			"no import rule covers helpers"},
		"Allowed": {goPackage{ImportPath: "reformgraph/loaders/extract/rules",
			Imports:      []string{"fmt", "reformgraph/loaders/lexicon", "golang.org/x/text/width"},
			XTestImports: []string{"reformgraph/graph/graphtest", "reformgraph/loaders/extract/rules", "github.com/google/go-cmp/cmp"}}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := check(c.p)
			switch {
			case c.want == "" && len(got) > 0:
				t.Errorf("got %q, want no problem", got)
			case c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)):
				t.Errorf("got %q, want one problem with %q", got, c.want)
			}
		})
	}
}

func TestDocEveryPackage(t *testing.T) {
	for _, p := range listPackages(t, "./...", "./.ci/neo4j", "./.ci/testsum") {
		if len(p.GoFiles) == 0 {
			continue // only tests
		}
		if want := "Package " + p.Name + " "; p.Name != "main" && !strings.HasPrefix(p.Doc, want) {
			t.Errorf("%s: got package comment %q, want one that begins with %q and says what the folder is for", p.ImportPath, p.Doc, want)
		}
		if p.Name == "main" && p.Doc == "" {
			t.Errorf("%s: got no package comment, want one that says what the command does", p.ImportPath)
		}
	}
}

// check returns what a package imports against the rules.
func check(p goPackage) []string {
	folder := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
	if folder == "" {
		return nil // these tests
	}
	r, found := ruleFor(folder)
	if !found {
		return []string{fmt.Sprintf("no import rule covers %s: add a row to rules in imports_test.go and say why", folder)}
	}
	var problems []string
	for _, path := range p.Imports {
		if ours, ok := strings.CutPrefix(path, module+"/"); ok {
			switch {
			case slices.Contains(testOnly, ours):
				problems = append(problems, fmt.Sprintf("%s imports %s: only test files may import it", folder, ours))
			case !slices.ContainsFunc(r.ours, func(pattern string) bool { return matches(pattern, ours) }):
				problems = append(problems, fmt.Sprintf("%s imports %s, not among %q: %s", folder, ours, r.ours, r.why))
			}
			continue
		}
		if outside(path) && !slices.ContainsFunc(r.modules, func(prefix string) bool { return within(prefix, path) }) {
			problems = append(problems, fmt.Sprintf("%s imports %s, not among the modules %q: %s", folder, path, r.modules, r.why))
		}
	}
	for _, path := range append(slices.Clone(p.TestImports), p.XTestImports...) {
		allowed := append(slices.Clone(r.modules), testModules...)
		if outside(path) && !slices.ContainsFunc(allowed, func(prefix string) bool { return within(prefix, path) }) {
			problems = append(problems, fmt.Sprintf("%s imports %s in a test file, not among the modules %q: %s", folder, path, allowed, r.why))
		}
	}
	return problems
}

// ruleFor returns the rule of the folder itself or of the nearest one above it.
func ruleFor(folder string) (rule, bool) {
	var best rule
	for _, r := range rules {
		if within(r.folder, folder) && len(r.folder) > len(best.folder) {
			best = r
		}
	}
	return best, best.folder != ""
}

func matches(pattern, folder string) bool {
	if pattern == "..." {
		return true
	}
	if above, ok := strings.CutSuffix(pattern, "/..."); ok {
		return within(above, folder)
	}
	return pattern == folder
}

// within reports whether path is above itself or lies below it.
func within(above, path string) bool {
	return path == above || strings.HasPrefix(path, above+"/")
}

// outside reports whether an import path belongs to another module: neither to this one nor to
// the standard library, whose paths have no dot in their first element.
func outside(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return first != module && strings.Contains(first, ".")
}

func listPackages(t *testing.T, patterns ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Name,Doc,GoFiles,Imports,TestImports,XTestImports"}, patterns...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	var packages []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatalf("read the answer of go list: %v", err)
		}
		packages = append(packages, p)
	}
}
