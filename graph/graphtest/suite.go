package graphtest

import (
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"

	"reformgraph/graph"
)

// Language is what a store's statements are written in.
type Language string

// The languages of statements.
const (
	SQL    Language = "sql"
	Cypher Language = "cypher"
)

// Options adapt the suite to a store.
type Options struct {
	// Sequences is how many random histories the property test tries, unless the
	// flag -graphtest.sequences says otherwise.
	Sequences int
	Language  Language
	// Independent says that the factory's stores share nothing, so that histories
	// may run at the same time.
	Independent bool
}

// Factory gives a fresh, empty store as graph.Checked makes it, and closes it when
// the test ends. A new store may share its database with an older one of the same
// test, which is then used no more.
type Factory func(t *testing.T) graph.Store

// Run runs the suite.
func Run(t *testing.T, factory func(t *testing.T) graph.Store, o Options) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Factory, Options)
	}{
		{"EmptyStore", testEmptyStore},
		{"Load", testLoad},
		{"LoadTextAsItStands", testLoadTextAsItStands},
		{"Reload", testReload},
		{"Change", testChange},
		{"ChangeOfEachField", testChangeOfEachField},
		{"Forget", testForget},
		{"EdgeOfTwoArticles", testEdgeOfTwoArticles},
		{"RivalValues", testRivalValues},
		{"AttributesByMajority", testAttributesByMajority},
		{"PlacesShared", testPlacesShared},
		{"PlacesOfAnotherEdition", testPlacesOfAnotherEdition},
		{"ArticlesInPages", testArticlesInPages},
		{"ChangesInPages", testChangesInPages},
		{"EditionRefused", testEditionRefused},
		{"EditionReextracted", testEditionReextracted},
		{"ArgumentsRefused", testArgumentsRefused},
		{"BatchLimits", testBatchLimits},
		{"FailureLeavesNothing", testFailureLeavesNothing},
		{"CancelLeavesNothing", testCancelLeavesNothing},
		{"ConcurrentLoads", testConcurrentLoads},
		{"ExportIsOneSnapshot", testExportIsOneSnapshot},
		{"ExportKinds", testExportKinds},
		{"ExportStops", testExportStops},
		{"Restore", testRestore},
		{"RunValues", testRunValues},
		{"RunStored", testRunStored},
		{"RunStops", testRunStops},
		{"RunFails", testRunFails},
		{"RunCancelled", testRunCancelled},
		{"RunOnlyReads", testRunOnlyReads},
		{"ChineseEquality", testChineseEquality},
		{"ChineseOrder", testChineseOrder},
		{"Difference1WholeNumbers", testDifference1WholeNumbers},
		{"Closed", testClosed},
		{"History", testHistory},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, factory, o) })
	}
}

// fixture is a store beside the model of what it has to hold.
type fixture struct {
	*testing.T
	store graph.Store
	model *model
	lang  Language
}

func newFixture(t *testing.T, factory Factory, o Options) *fixture {
	return &fixture{t, factory(t), newModel(), o.Language}
}

// apply applies a batch to store and model and compares their answers.
func (f *fixture) apply(b graph.Batch) graph.Result {
	f.Helper()
	got, err := f.store.Apply(f.Context(), b)
	if err != nil {
		f.Fatal(err)
	}
	want := f.model.apply(b)
	for i, r := range got.Articles {
		if len(r.Added) == 0 {
			got.Articles[i].Added = nil
		}
		if len(r.Removed) == 0 {
			got.Articles[i].Removed = nil
		}
	}
	if !reflect.DeepEqual(got, want) {
		f.Fatalf("apply: got %+v, want %+v", got, want)
	}
	return got
}

// refuse applies a batch that must fail with want and leave the store as it was.
func (f *fixture) refuse(b graph.Batch, want error) {
	f.Helper()
	_, err := f.store.Apply(f.Context(), b)
	if !errors.Is(err, want) {
		f.Fatalf("got error %v, want %v", err, want)
	}
	f.check()
}

// check compares store and model: dump and info.
func (f *fixture) check() {
	f.Helper()
	same(f, Dump(f, f.store), Dump(f, f.model))
	got, want := f.info(), graph.Info{Revision: f.model.n, Edition: f.model.edition, Articles: len(f.model.loaded)}
	want.StoreID, want.Engine = got.StoreID, got.Engine
	if got != want {
		f.Fatalf("info: got %+v, want %+v", got, want)
	}
}

func (f *fixture) info() graph.Info {
	f.Helper()
	i, err := f.store.Info(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	return i
}

// same compares two dumps and shows the lines in which they differ.
func same(t testing.TB, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	lines := func(s string) map[string]bool {
		m := map[string]bool{}
		for line := range strings.Lines(s) {
			m[line] = true
		}
		return m
	}
	g, w := lines(got), lines(want)
	var diff strings.Builder
	for line := range strings.Lines(got) {
		if !w[line] {
			diff.WriteString("got  " + line)
		}
	}
	for line := range strings.Lines(want) {
		if !g[line] {
			diff.WriteString("want " + line)
		}
	}
	t.Fatalf("dumps differ (%d and %d bytes):\n%s", len(got), len(want), diff.String())
}

// query is a statement in each language.
func query(cypher, sql string) graph.Statement {
	return graph.Statement{Name: "suite", Cypher: cypher, SQL: sql}
}

// rows runs a statement and returns its rows.
func (f *fixture) rows(s graph.Statement, params map[string]any) []graph.Row {
	f.Helper()
	var out []graph.Row
	if err := f.store.Run(f.Context(), s, params, func(r graph.Row) error {
		out = append(out, maps.Clone(r))
		return nil
	}); err != nil {
		f.Fatal(err)
	}
	return out
}
