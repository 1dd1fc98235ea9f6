package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"reformgraph/graph"
	"reformgraph/loaders"
	"reformgraph/loaders/ingest"
)

// reference is where the scorers that the issues speak of lie, beside the
// project; a checkout elsewhere does not have them.
const reference = "../../../shared/eval"

// TestScoreAsReferenceArticles compares the tables with the reference scorer's on
// extractions made from gold by spoiling it in every way that scoring looks at.
func TestScoreAsReferenceArticles(t *testing.T) {
	script := referenceScript(t, "score.py")
	golds, _ := filepath.Glob("testdata/*.gold.json")
	if len(golds) < 12 {
		t.Fatalf("got %d annotated articles, want at least 12", len(golds))
	}
	// The reference scorer takes minutes on the long articles.
	theirs, _ := filepath.Glob(filepath.Join(reference, "gold", "*.gold.json"))
	slices.SortFunc(theirs, func(a, b string) int { return len(readGold(t, a).Claims) - len(readGold(t, b).Claims) })
	golds = append(golds, theirs[:1]...)
	dir := t.TempDir()
	for _, spoil := range spoilings {
		t.Run(spoil.name, func(t *testing.T) {
			var gold []*Gold
			var got []loaders.FactsJSON
			var texts []string
			var args, textArgs []string
			for i, file := range golds {
				g := readGold(t, file)
				text := textOf(t, file, g)
				x := spoil.make(g, text)
				out, textFile := filepath.Join(dir, fmt.Sprint(i, ".json")), filepath.Join(dir, fmt.Sprint(i, ".txt"))
				for file, content := range map[string][]byte{out: encode(t, x), textFile: []byte(text)} {
					if err := os.WriteFile(file, content, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				gold, texts = append(gold, g), append(texts, text)
				got = append(got, decodeFacts(t, out)...)
				args, textArgs = append(args, file, out), append(textArgs, "--text", textFile)
			}
			score := ScoreArticles(gold, got, texts)
			var b bytes.Buffer
			score.write(&b)
			if diff := cmp.Diff(run(t, script, append(args, textArgs...)), b.String()); diff != "" {
				t.Errorf("reference (-) and own tables (+) differ:\n%s", diff)
			}
		})
	}
}

// TestScoreAsReferenceChain compares the whole report of the project's own set with
// what the reference scorers say of the extraction as the program prints it.
func TestScoreAsReferenceChain(t *testing.T) {
	articles, spread := referenceScript(t, "score.py"), referenceScript(t, "score_spread.py")
	set, chain := openTestdata(t)
	l := &ingest.Loader{Chain: chain}
	report, err := set.Measure(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	print := func(file, source string, n int) string {
		facts, err := readFacts(t.Context(), l, []string{source}, n)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		for _, f := range facts {
			if err := loaders.WriteJSON(&b, f); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(t.TempDir(), file)
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var args, texts []string
	for i, text := range set.texts {
		args = append(args, strings.TrimSuffix(text, ".txt")+goldEnding, print(fmt.Sprint(i, ".json"), text, 1))
		texts = append(texts, "--text", text)
	}
	var b bytes.Buffer
	report.Articles.write(&b)
	if diff := cmp.Diff(run(t, articles, append(args, texts...)), b.String()); diff != "" {
		t.Errorf("reference (-) and own tables (+) differ:\n%s", diff)
	}
	b.Reset()
	report.Spread.write(&b)
	if diff := cmp.Diff(run(t, spread, []string{set.files[0], print("spread.ndjson", set.files[0], len(set.passages))}), b.String()); diff != "" {
		t.Errorf("reference (-) and own tables (+) differ:\n%s", diff)
	}
}

func TestScoreAsReferenceSpread(t *testing.T) {
	script := referenceScript(t, "score_spread.py")
	dir := t.TempDir()
	for _, file := range []string{filepath.Join(reference, "spread", "dev-1.ndjson"), "testdata/spread.ndjson"} {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		passages, err := ReadPassages(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		for _, every := range []int{1, 2, 3, 5} {
			t.Run(fmt.Sprintf("%s/every%d", filepath.Base(file), every), func(t *testing.T) {
				out := filepath.Join(dir, "out.ndjson")
				var lines bytes.Buffer
				for i, p := range passages {
					lines.Write(append(encode(t, spreadExtraction(p, i, every)), '\n'))
				}
				if err := os.WriteFile(out, lines.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				score := ScoreSpread(passages, decodeFacts(t, out))
				var b bytes.Buffer
				score.write(&b)
				if diff := cmp.Diff(run(t, script, []string{file, out}), b.String()); diff != "" {
					t.Errorf("reference (-) and own tables (+) differ:\n%s", diff)
				}
			})
		}
	}
}

// spoilings make extractions of a gold file: faithful ones and wrong ones.
var spoilings = []struct {
	name string
	make func(*Gold, string) loaders.FactsJSON
}{
	{"Faithful", func(g *Gold, text string) loaders.FactsJSON { return faithful(g, text) }},
	{"Empty", func(g *Gold, text string) loaders.FactsJSON { return loaders.FactsJSON{} }},
	{"NamesCut", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i := range x.Nodes {
			if r := []rune(x.Nodes[i].Name); len(r) > 2 && i%2 == 0 {
				x.Nodes[i].Name = string(r[:len(r)-1-i%3])
			}
		}
		return x
	}},
	{"NamesAccepted", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i, e := range g.Entities {
			if n := len(e.Accept); n > 0 {
				x.Nodes[i].Name = "“" + e.Accept[i%n] + "”"
			}
		}
		return x
	}},
	{"NamesEmptyWithAliases", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i := range x.Nodes {
			if i%3 == 0 {
				x.Nodes[i].Aliases, x.Nodes[i].Name = []string{"……", x.Nodes[i].Name}, "“”"
			}
		}
		return x
	}},
	{"TypesMixedUp", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i := range x.Nodes {
			switch n := &x.Nodes[i]; {
			case n.Type == "Initiative" && i%2 == 0:
				n.Type = "Experience"
			case n.Type == "Experience":
				n.Type = "Initiative"
			case i%5 == 0:
				n.Type = "Organization"
			}
		}
		return x
	}},
	{"Doubled", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i, n := range x.Nodes {
			if i%2 == 0 {
				n.ID += "-again"
				x.Nodes = append(x.Nodes, n)
			}
		}
		x.Claims = append(x.Claims, x.Claims...)
		return x
	}},
	{"ThirdsMissing", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		nodes, claims := x.Nodes, x.Claims
		x.Nodes, x.Claims = nil, nil
		for i, n := range nodes {
			if i%3 != 1 {
				x.Nodes = append(x.Nodes, n)
			}
		}
		for i, c := range claims {
			if i%3 != 2 {
				x.Claims = append(x.Claims, c)
			}
		}
		return x
	}},
	{"ClaimsTurned", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i := range x.Claims {
			c := &x.Claims[i]
			switch i % 4 {
			case 0:
				c.Subject, c.Object = c.Object, c.Subject
			case 1:
				c.Predicate = "ORIGINATED_IN"
			case 2:
				c.Object = "place:nowhere"
			}
		}
		return x
	}},
	{"AttributesWrong", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i := range x.Nodes {
			for k, v := range x.Nodes[i].Props {
				switch n := v.(type) {
				case float64:
					if i%2 == 0 {
						x.Nodes[i].Props[k] = n + 0.5
					} else {
						x.Nodes[i].Props[k] = fmt.Sprint(n)
					}
				case string:
					if i%3 == 0 {
						x.Nodes[i].Props[k] = n + "-01"
					}
				}
			}
		}
		return x
	}},
	{"AttributesOnClaims", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i := range x.Claims {
			c := &x.Claims[i]
			c.Props = graph.Props{}
			for _, n := range x.Nodes {
				if n.ID == c.Object {
					for k, v := range n.Props {
						c.Props[map[bool]string{true: "since", false: k}[k == "date"]] = v
					}
				}
			}
		}
		for i := range x.Nodes {
			x.Nodes[i].Props = nil
		}
		return x
	}},
	{"OffsetsShifted", func(g *Gold, text string) loaders.FactsJSON {
		x := faithful(g, text)
		for i := range x.Nodes {
			for k := range x.Nodes[i].Mentions {
				x.Nodes[i].Mentions[k].End += i % 2
			}
			if i%7 == 0 {
				x.Nodes[i].Mentions = nil
			}
		}
		for i := range x.Claims {
			if i%3 == 0 {
				x.Claims[i].Quote = ""
			}
		}
		return x
	}},
}

// faithful returns the extraction that says exactly what gold says.
func faithful(g *Gold, text string) loaders.FactsJSON {
	x := loaders.FactsJSON{Article: loaders.ArticleJSON{ID: "article:" + g.Article.ID}}
	span := func(s string) (int, int) {
		at := strings.Index(text, s)
		if at < 0 {
			return 0, 1
		}
		start := len([]rune(text[:at]))
		return start, start + len([]rune(s))
	}
	runes := []rune(text)
	for _, e := range g.Entities {
		start, end := span(e.Name)
		n := loaders.NodeJSON{ID: "node:" + e.Key, Type: e.Type, Name: e.Name, Props: graph.Props{},
			Mentions: []loaders.SpanJSON{{Start: start, End: end, Text: string(runes[start:end])}}}
		for k, v := range e.Props {
			n.Props[k] = v
		}
		x.Nodes = append(x.Nodes, n)
	}
	for _, c := range g.Claims {
		start, end := span(c.Quote)
		x.Claims = append(x.Claims, loaders.ClaimJSON{Subject: "node:" + c.Subject, Predicate: c.Predicate, Object: "node:" + c.Object,
			Start: start, End: end, Quote: string(runes[start:end]), Status: "done"})
	}
	return x
}

// spreadExtraction states the ties of a passage as claims, every k-th of them
// wrong in one way or another, by turns.
func spreadExtraction(p Passage, turn, every int) loaders.FactsJSON {
	x := loaders.FactsJSON{Article: loaders.ArticleJSON{ID: "article:" + p.ID}}
	node := func(id, label, name string, aliases ...string) string {
		x.Nodes = append(x.Nodes, loaders.NodeJSON{ID: id, Type: label, Name: name, Aliases: aliases})
		return id
	}
	for i, t := range p.Ties {
		from, to := t.ends()
		status, date := t.Status, t.Date
		first, second := from[0], to[len(to)-1]
		if k := i + turn; k%every == every-1 && every > 1 {
			switch k % 5 {
			case 0:
				status = map[string]string{"done": "planned", "planned": "negated", "negated": ""}[status]
			case 1:
				date += "1999"
			case 2:
				second = "别处"
			case 3:
				first = ""
			case 4:
				continue
			}
		}
		a := node(fmt.Sprintf("experience:%d", i), "Experience", first, from...)
		b := node(fmt.Sprintf("place:%d", i), "Place", second)
		props := graph.Props{}
		if date != "" {
			props["date"] = date
		}
		if t.Kind != adopts {
			x.Claims = append(x.Claims, loaders.ClaimJSON{Subject: a, Predicate: t.Kind, Object: b, Status: status, Props: props})
			if i%4 == 3 {
				x.Claims = append(x.Claims, loaders.ClaimJSON{Subject: a, Predicate: t.Kind, Object: "place:" + second, Status: status})
			}
			continue
		}
		in := node(fmt.Sprintf("initiative:%d", i), "Initiative", first+"改革")
		x.Claims = append(x.Claims,
			loaders.ClaimJSON{Subject: in, Predicate: "APPLIES", Object: a, Status: status, Props: graph.Props{"since": ""}},
			loaders.ClaimJSON{Subject: in, Predicate: "IN", Object: b, Status: "done", Props: props})
	}
	return x
}

func referenceScript(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(reference, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference scorer %s is not beside this checkout", name)
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3, which the reference scorer needs, is not installed")
	}
	return path
}

// run returns what the reference scorer prints.
func run(t *testing.T, script string, args []string) string {
	t.Helper()
	cmd := exec.Command("python3", append([]string{script}, args...)...)
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, stderr.Bytes())
	}
	return string(out)
}

func readGold(t *testing.T, file string) *Gold {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g, err := ReadGold(f)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return g
}

// textOf returns the text of an annotated article, of the reference or our own.
func textOf(t *testing.T, goldFile string, g *Gold) string {
	t.Helper()
	id := strings.TrimSuffix(filepath.Base(goldFile), goldEnding)
	for _, dir := range []string{filepath.Dir(goldFile), filepath.Join(reference, "texts"), filepath.Join(reference, "..", "articles")} {
		if b, err := os.ReadFile(filepath.Join(dir, id+".txt")); err == nil {
			return string(b)
		}
	}
	t.Fatalf("no text of %s", g.Article.ID)
	return ""
}

// encode writes lists that are nil as empty ones, as the program does and the
// reference scorer wants them.
func encode(t *testing.T, x loaders.FactsJSON) []byte {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"nodes", "claims", "aliases", "mentions"} {
		b = bytes.ReplaceAll(b, []byte(`"`+k+`":null`), []byte(`"`+k+`":[]`))
	}
	return b
}

func decodeFacts(t *testing.T, file string) []loaders.FactsJSON {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []loaders.FactsJSON
	for dec := json.NewDecoder(f); dec.More(); {
		var x loaders.FactsJSON
		if err := dec.Decode(&x); err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}
