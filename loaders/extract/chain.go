package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"

	"reformgraph/graph"
	"reformgraph/loaders/clean"
	"reformgraph/loaders/lexicon"
	"reformgraph/loaders/lexicon/trie"
	"reformgraph/loaders/resolve"
)

// Version is the extractor's part of the edition: raise it whenever the same
// text and lexicon give another output.
const Version = "1"

// Chain is the rule chain over one lexicon and gazetteer.
type Chain struct {
	lex   *lexicon.Lexicon
	gaz   *resolve.Gazetteer
	namer *resolve.Namer

	bodies, stems, suffixes, heads, verbTrie, posts, exps, pilotEnds, breaks, programmeNames *trie.Trie
	verbs, breakClass                                                                        map[string]string
	words                                                                                    map[string][]string // of spreadwords.tsv, by class
	surnames, slogans                                                                        map[string]bool
	spread, honours, relations                                                               ruleset
	rules                                                                                    map[string]Rule
	confidence                                                                               map[string]float64 // of measured rules
	domainWords                                                                              []domainWord       // of domains.tsv, in its order
	edition                                                                                  string
}

// Load returns the chain over the embedded data, built once per process.
var Load = sync.OnceValues(func() (*Chain, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	return New(lex)
})

// New builds a chain over a lexicon and the embedded gazetteer. The examples of
// patterns that were added to the lexicon are tried: an error names file and line.
func New(lex *lexicon.Lexicon) (*Chain, error) {
	gaz, err := resolve.Load(lex.Places)
	if err != nil {
		return nil, err
	}
	c := &Chain{lex: lex, gaz: gaz, namer: resolve.NewNamer(gaz, lex), verbs: map[string]string{}, words: map[string][]string{}, surnames: map[string]bool{}, slogans: map[string]bool{}, breakClass: map[string]string{}}
	index := func(rows []lexicon.Row, more int) *trie.Trie {
		words := map[string][]int{}
		for k, r := range rows {
			words[r.Field(0)] = append(words[r.Field(0)], k)
			if more > 0 {
				for _, w := range r.Words(more) {
					words[w] = append(words[w], k)
				}
			}
		}
		return trie.Build(words)
	}
	c.bodies = index(lex.Bodies, 2)
	c.stems = index(lex.Stems, 0)
	c.suffixes = index(lex.Suffixes, 0)
	c.heads = index(lex.Heads, 0)
	c.verbTrie = index(lex.Verbs, 0)
	c.posts = index(lex.Posts, 0)
	c.pilotEnds = index(lex.Pilots, 0)
	c.breaks = index(lex.Breaks, 0)
	c.programmeNames = index(lex.Programmes, 2)
	for _, r := range lex.Breaks {
		c.breakClass[r.Field(0)] = r.Field(1)
	}
	for _, r := range lex.Verbs {
		c.verbs[r.Field(0)] = r.Field(1)
	}
	for _, r := range lex.Domains {
		for _, w := range r.Words(1) {
			c.domainWords = append(c.domainWords, domainWord{w, r.Field(0)})
		}
	}
	for _, r := range lex.SpreadWords {
		c.words[r.Field(1)] = append(c.words[r.Field(1)], r.Field(0))
	}
	c.words["lead"] = append(c.words["lead"], "，", "、", " ")
	for _, r := range lex.Slogans {
		c.slogans[r.Field(0)] = true
	}
	for _, r := range lex.Surnames {
		for _, w := range r.Words(0) {
			c.surnames[w] = true
		}
	}
	words := map[string][]int{}
	for k, e := range lex.Experiences {
		for _, n := range append(append([]string{e.Name}, e.Aliases...), e.Variants...) {
			words[n] = append(words[n], k)
		}
	}
	c.exps = trie.Build(words)
	if c.spread, err = compile(lex.Spread); err != nil {
		return nil, err
	}
	if c.honours, err = compile(lex.Honours); err != nil {
		return nil, err
	}
	if c.relations, err = compile(lex.Relations); err != nil {
		return nil, err
	}
	if c.confidence, err = confidences(lex.Confidence); err != nil {
		return nil, err
	}
	c.describe()
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s\n%s\n%s", Version, gaz.Sum(), lex.Sum())))
	c.edition = hex.EncodeToString(sum[:16])
	for _, rows := range [][]lexicon.Row{lex.Spread, lex.Honours, lex.Relations} {
		for _, r := range rows {
			if r.Added {
				if err := c.try(r.Field(5), r.Field(6), r.Field(0)); err != nil {
					return nil, r.Errorf("%v", err)
				}
			}
		}
	}
	return c, nil
}

// confidences turns counts of right claims and of all claims by rule into confidence, as confidence.tsv says.
func confidences(rows []lexicon.Row) (map[string]float64, error) {
	out := map[string]float64{}
	for _, r := range rows {
		right, err := strconv.Atoi(r.Field(1))
		if err != nil {
			return nil, r.Errorf("right: %q is not a count", r.Field(1))
		}
		all, err := strconv.Atoi(r.Field(2))
		if err != nil || all < right || right < 0 {
			return nil, r.Errorf("all: %q is not a count of at least %d", r.Field(2), right)
		}
		out[r.Field(0)] = math.Round(100*(float64(right)/2+7.5)/(float64(all)/2+10)) / 100
	}
	return out, nil
}

// Edition identifies extractor version, gazetteer and lexicon: equal editions
// give equal facts for equal articles.
func (c *Chain) Edition() string { return c.edition }

// Prepare fills what the source did not give and the text tells: title, outlet,
// date, authors, script and home place. It is cheap beside Extract. A prepared
// article prepares to itself.
func (c *Chain) Prepare(a graph.Article) graph.Article { return c.read(a).art }

// read folds the text, fills the metadata and splits the body.
func (c *Chain) read(a graph.Article) *doc {
	a, body := clean.Describe(a)
	d := newDoc(body.Text, c.words["demand"])
	d.out = newFacts(c.gaz, d, c.confidence)
	folded := func(s clean.Span) span { return span{d.fold.Index(s.Start), d.fold.Index(s.End)} }
	for k, s := range body.Headline {
		d.split(folded(s), k, true)
	}
	for k, s := range body.Paragraphs {
		d.split(folded(s), len(body.Headline)+k, false)
	}
	slices.SortStableFunc(d.sents, func(a, b sentence) int { return a.start - b.start })
	d.art = a
	// The home follows from the text and the edition, so that it is found anew each time.
	a.Home = ""
	if q := c.findHome(d); q != nil {
		a.Home = q.ID()
		d.home = &home{q}
	}
	d.art = a
	return d
}

// Extract reads an article: what it says, with a quote for each claim. It never
// fails: an article in which no rule finds anything has only itself.
func (c *Chain) Extract(a graph.Article) graph.Facts { return c.run(a).out.result() }

// run takes an article through all stages.
func (c *Chain) run(a graph.Article) *doc {
	d := c.read(a)
	findTimes(d)
	findNumbers(d)
	c.findPlaces(d)
	c.findUnknown(d)
	c.findBodies(d)
	c.findPractices(d)
	c.findPilots(d)
	c.tried(d)
	c.triedIn(d)
	d.dropUnknown()
	for _, p := range d.places {
		if p.div != resolve.China && p.more == nil {
			d.out.place(p)
		}
	}
	c.writeBodies(d)
	c.findPeople(d)
	c.findPapers(d)
	c.writePractices(d)
	c.titled(d)
	c.writeParts(d)
	c.writePilots(d)
	c.trials(d)
	c.writeHonours(d)
	c.writeSpread(d)
	c.writeRelations(d)
	c.writeFigures(d)
	return d
}
