package extract

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"reformgraph/graph"
	"reformgraph/loaders/lexicon"
)

// rulesInCode returns the names of rules that the code of this folder gives to
// claims, with where it does: what is put into something called rule, be it a
// field, a variable or a parameter.
func rulesInCode(t *testing.T) map[string]string {
	t.Helper()
	files := gotoken.NewFileSet()
	found := map[string]string{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	at := map[string]int{} // by function: which parameter is the rule
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(files, e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				n := 0
				for _, field := range fn.Type.Params.List {
					for _, name := range field.Names {
						if name.Name == "rule" {
							at[fn.Name.Name] = n
						}
						n++
					}
				}
			}
		}
	}
	take := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == gotoken.STRING {
			if name, err := strconv.Unquote(lit.Value); err == nil && name != "" {
				found[name] = files.Position(lit.Pos()).String()
			}
		}
	}
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if k, ok := n.Key.(*ast.Ident); ok && k.Name == "rule" {
					take(n.Value)
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					name := ""
					switch left := left.(type) {
					case *ast.Ident:
						name = left.Name
					case *ast.SelectorExpr:
						name = left.Sel.Name
					}
					if name == "rule" && len(n.Lhs) == len(n.Rhs) {
						take(n.Rhs[i])
					}
				}
			case *ast.CallExpr:
				name := ""
				switch fn := n.Fun.(type) {
				case *ast.Ident:
					name = fn.Name
				case *ast.SelectorExpr:
					name = fn.Sel.Name
				}
				if k, ok := at[name]; ok && k < len(n.Args) {
					take(n.Args[k])
				}
			}
			return true
		})
	}
	return found
}

func TestTraceEveryRuleOfCodeIsDescribed(t *testing.T) {
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	code := rulesInCode(t)
	if len(code) < 20 {
		t.Fatalf("got %d rules in code, want more: has the way in which claims name them changed?", len(code))
	}
	described := map[string]bool{}
	for _, r := range lex.Rules {
		name := r.Field(0)
		if described[name] {
			t.Error(r.Errorf("rule %s is described twice", name))
		}
		described[name] = true
		if code[name] == "" {
			t.Error(r.Errorf("no code gives a claim the rule %s: delete the row", name))
		}
		if r.Field(1) == "" {
			t.Error(r.Errorf("rule %s has no description", name))
		}
	}
	for name, where := range code {
		if !described[name] {
			t.Errorf("%s: rule %s has no row in loaders/lexicon/rules.tsv: say there what it does and give an example", where, name)
		}
	}
}

func TestTraceDescribedRulesDoWhatTheirExamplesSay(t *testing.T) {
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(lex)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range lex.Rules {
		if err := c.try(r.Field(2), r.Field(3), r.Field(0)); err != nil {
			t.Error(r.Errorf("%v", err))
		}
	}
}

func TestTraceTellsWhatFixedDateAndStatus(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ text, predicate, rule, status, date, word string }{
		{"合肥市2019年3月推行“夜间议事”机制。", "IN", "verb-quote-head", "done", "2019年3月", ""},
		{"合肥市推行“夜间议事”机制。", "IN", "verb-quote-head", "done", "", ""}, // dated by the day of publication
		{"合肥市計劃推行“夜間議事”機制。", "IN", "verb-quote-head", "planned", "", "計劃"},
		{"合肥市尚未推行“夜间议事”机制。", "IN", "verb-quote-head", "negated", "", "尚未"},
		{"会议要求，“夜间议事”机制要在安徽省推广。", "PROMOTED_TO", "", "planned", "", "要在"},
	} {
		trace := c.Trace(graph.Article{ID: "article:t", Text: "　\r\n　" + x.text, Published: "2020-06-01", PublishedPrecision: "day", Given: []string{"published"}})
		runes := []rune(trace.Facts.Article.Text)
		if len(trace.Sentences) != 1 || string(runes[trace.Sentences[0].Start:trace.Sentences[0].End]) != x.text {
			t.Errorf("%s: got sentences %v, want the one", x.text, trace.Sentences)
		}
		found := false
		for i, claim := range trace.Facts.Claims {
			why := trace.Reasons[i]
			if string(claim.Predicate) != x.predicate || claim.Status != x.status {
				continue
			}
			found = true
			if x.rule != "" && why.Rule.ID != x.rule || why.Rule.Says == "" || why.Rule.Example == "" {
				t.Errorf("%s: got rule %+v, want %s with description and example", x.text, why.Rule, x.rule)
			}
			if got := string(runes[why.Date.Start:why.Date.End]); got != x.date {
				t.Errorf("%s: got date from %q, want %q", x.text, got, x.date)
			}
			if got := string(runes[why.Status.Start:why.Status.End]); got != x.word {
				t.Errorf("%s: got status from %q, want %q", x.text, got, x.word)
			}
		}
		if !found {
			t.Errorf("%s: got %v, want a %s claim %s", x.text, says(trace.Facts), x.status, x.predicate)
		}
	}
}

func TestTraceHasTheFactsOfExtract(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	a := graph.Article{ID: "article:t", Text: "合肥市2019年3月推行“夜间议事”机制，安徽省计划推广合肥市经验。", Published: "2020-06-01", PublishedPrecision: "day", Given: []string{"published"}}
	if got, want := c.Trace(a).Facts, c.Extract(a); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A pattern that was added is tried on its example before anything is read with it.
func TestNewTriesAddedExamples(t *testing.T) {
	for _, x := range []struct{ pattern, example, expected, want string }{
		{"问鼎(?P<name>[^，。]{3,20})(?:[，。]|$)", "合肥市问鼎湖光创新大奖。", "合肥 RECEIVED 湖光创新大奖", ""},
		{"问鼎(?P<name>[^，。]{3,20})(?:[，。]|$)", "合肥市问鼎湖光创新大奖。", "芜湖 RECEIVED 湖光创新大奖", "合肥市/合肥市 RECEIVED 湖光创新大奖 (mine)"},
		{"夺得(?P<name>[^，。]{3,20})", "合肥市问鼎湖光创新大奖。", "合肥 RECEIVED 湖光创新大奖", "the chain finds nothing"},
		{"问鼎(?P<name>[^，。]{3,20})", "", "", "rule mine needs an example"},
		{"问鼎(?P<name>", "合肥市问鼎湖光创新大奖。", "合肥 RECEIVED 湖光创新大奖", "no regular expression"},
	} {
		lex, err := lexicon.Load()
		if err != nil {
			t.Fatal(err)
		}
		lex.Honours = append(lex.Honours, lexicon.Row{File: "dir/honours.tsv", Line: 7, Added: true,
			Fields: []string{"mine", "问鼎", x.pattern, "award", "", x.example, x.expected}})
		_, err = New(lex)
		if x.want == "" && err != nil || x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want) || !strings.Contains(err.Error(), "dir/honours.tsv, line 7")) {
			t.Errorf("%s, %s: got %v, want %q", x.pattern, x.expected, err, x.want)
		}
	}
}
