package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
)

// Props are the own properties of a claim, or the attributes an article gives
// of a node. Values are string, int64, float64, bool, []string or []int64;
// absent values are left out, never nil.
type Props map[string]any

// Article is a stored article. Text is the text as design.md section 3 defines
// it; every offset of the article's mentions and claims counts its code points.
type Article struct {
	ID                 string
	Title              string
	Outlet             string
	URL                string
	Published          string // ISO 8601 at its own precision; "" if unknown
	PublishedPrecision string // day, month, year; "" if unknown
	Authors            []string
	Script             string // simplified or traditional
	Home               string // id of the place whose 我市 it speaks of; "" if none
	Text               string
	// Given names the metadata fields (title, outlet, url, published, authors) that
	// the source gave; the others were found in the text and are found anew by
	// another edition.
	Given []string
	// Source is where the article was read. Operational: never dumped, hashed or answered.
	Source string
}

// TextSHA256 returns the hash of the stored text, in hex.
func (a Article) TextSHA256() string {
	sum := sha256.Sum256([]byte(a.Text))
	return hex.EncodeToString(sum[:])
}

// Hash identifies the content of an article: its text and metadata, without
// Source. Two articles of one id and one Hash are the same.
func (a Article) Hash() string {
	b, _ := json.Marshal([]any{a.ID, a.Title, a.Outlet, a.URL, a.Published, a.PublishedPrecision, list(a.Authors), a.Script, a.Home, a.Text, list(a.Given)})
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// Place is reference data on one place: what the gazetteer of the edition says
// of it. The same id has the same Place in every article of one edition.
type Place struct {
	ID     string
	Name   string
	Level  string // one of PlaceLevels
	City   bool
	Lat    float64 // degrees; both 0 if unknown
	Lon    float64
	From   string // first year or date in force; "" if unknown
	To     string // last; "" if in force
	Today  string // code of the one division that succeeded it, else its own
	Parent string // id of the place it lies in; "" for countries
}

// Mention is one article's view of one node: the MENTIONED_IN edge.
type Mention struct {
	Node    string
	Name    string   // simplified, as the article has it
	Aliases []string // other wordings in the article, simplified, sorted, without Name
	Props   Props    // see NodeProps
	Starts  []int    // where it stands: code points, ascending
	Ends    []int    // same length as Starts
}

// Claim is one article's statement, an edge of the graph.
type Claim struct {
	ID         string // see ClaimID; filled by Facts.Complete
	Article    string
	Subject    string
	Predicate  Predicate
	Object     string
	Quote      string // Text[Start:End], verbatim, at most MaxQuoteRunes
	Start, End int    // code points of the article's text
	Status     string // one of Statuses
	Confidence float64
	Rule       string // the extractor rule that made it
	Props      Props  // see EdgeSchema.Props
}

// MaxQuoteRunes is the length of the longest quote, in code points.
const MaxQuoteRunes = 200

// Unresolved is a mention that could not be tied to a node. It is kept with the
// article and reported, never guessed.
type Unresolved struct {
	Start, End int
	Text       string
	Why        string
}

// Facts is one article with everything that it says, as one edition's chain
// reads it: what `reformgraph extract` prints and what a store is given.
type Facts struct {
	Article  Article
	Places   []Place // reference data: each place mentioned, its ancestors, its successor of today and its ancestors
	Mentions []Mention
	Claims   []Claim
	// Unresolved mentions in order of Start.
	Unresolved []Unresolved
}

// ClaimID returns the first 32 hex digits of the SHA-256 over article id,
// predicate, subject, object, start, end and the canonical own properties, each
// on a line of its own. Confidence, rule and status do not enter it.
func ClaimID(c Claim) string {
	var b strings.Builder
	for _, s := range []string{c.Article, string(c.Predicate), c.Subject, c.Object, strconv.Itoa(c.Start), strconv.Itoa(c.End)} {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	b.Write(CanonicalJSON(c.Props))
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:16])
}

// Rows counts the rows that writing the facts takes: nodes and edges.
func (f Facts) Rows() int { return 1 + len(f.Places) + 2*len(f.Mentions) + len(f.Claims) }
