package graph

import "context"

// Store keeps the facts of articles as a graph. Two implementations exist
// (graph/sqlitestore, graph/neo4jstore) and one suite, graph/graphtest, holds
// both to this contract. All methods may be called by several goroutines at
// once. A cancelled context ends the call with the context's error and leaves
// nothing half-written.
//
// Callers use a Store through Checked, which enforces what is said here.
type Store interface {
	// Info describes the store. A new store has revision 0 and no edition.
	Info(ctx context.Context) (Info, error)

	// States returns what is known of those of the ids that are loaded; ids that
	// are not loaded are absent from the map.
	States(ctx context.Context, ids []string) (map[string]State, error)

	// Apply writes and forgets articles, all in one transaction, and says what
	// became of each. An article with the hash and edition it already has is left
	// alone; one with another hash replaces its own mentions and claims. Nodes that
	// no article reaches any more are deleted, attributes of all nodes touched are
	// recomputed. When nothing changes, the revision stays. Reextraction replaces
	// an article of another edition, and counts it as changed, even if its claims
	// come out the same. A store takes the edition of the first batch loaded and has
	// none once its last article is forgotten. On an error nothing of the batch is
	// kept, and running it again is safe even if the error left the outcome unknown.
	//
	// Errors: ErrInvalid; ErrEdition if the store holds another edition and the
	// batch does not reextract; ErrBusy; ErrUnavailable; ErrFull.
	Apply(ctx context.Context, b Batch) (Result, error)

	// Articles returns up to limit loaded articles with ids greater than after, in
	// byte order of ids: whole, with text. Empty means the end.
	Articles(ctx context.Context, after string, limit int) ([]Article, error)

	// SetEdition declares that all claims are of this edition, which is a new
	// revision if the store's edition was another. It fails with ErrEdition while an
	// article of another edition is left, and does nothing in an empty store.
	SetEdition(ctx context.Context, edition string) error

	// Changes returns the changes with N greater than since, in order of N and
	// article id. It ends with the transaction in which the count reaches limit, but
	// gives that one whole: so since = the last N goes on without a gap.
	Changes(ctx context.Context, since int64, limit int) ([]Change, error)

	// Export calls each for every node and edge, in no particular order, within one
	// snapshot of the store. It stops at the first error and returns it.
	Export(ctx context.Context, each func(Record) error) error

	// Run evaluates the store's own text of the statement in a read-only
	// transaction and calls each for every row in the statement's order. Values are
	// plain: nil, string, int64, float64, bool, []any, map[string]any. The row itself
	// is valid until each returns; its values may be kept. Run stops at the first
	// error and returns it.
	Run(ctx context.Context, s Statement, params map[string]any, each func(Row) error) error

	// Close releases the store. Calls after Close fail.
	Close() error
}

// Explainer is an optional interface of a Store (see Unwrap): it says what a
// statement would do, without running it. Kind is "r" if it only reads, "w",
// "rw" or "s" (schema or administration) otherwise. Operators are those of its
// plan, the root first; a procedure call also names the procedure, as in
// "ProcedureCall db.labels".
type Explainer interface {
	Explain(ctx context.Context, statement string, params map[string]any) (kind string, operators []string, err error)
}

// Info describes a store.
type Info struct {
	StoreID  string // random, made with the store; first part of a revision
	Revision int64  // grows by one per transaction that changes something
	Edition  string // "" while the store is empty
	Engine   string // sqlite or neo4j, with the engine's version
	Articles int
}

// State is what a store remembers of a loaded article.
type State struct {
	Hash    string // Article.Hash
	Edition string // the edition its claims are of
	Source  string
}

// Batch is the input of Apply. No id may occur twice in it.
type Batch struct {
	Edition string // the edition that made the facts; required when Load is not empty
	Load    []Facts
	Forget  []string // article ids; one that is not loaded is no error
	// Reextract lets the batch into a store of another edition and replaces the
	// claims of articles that are loaded under another edition.
	Reextract bool
}

// MaxBatchArticles and MaxBatchRows bound a batch; Apply refuses a larger one
// unless it is a single article.
const (
	MaxBatchArticles = 200
	MaxBatchRows     = 20000
)

// Outcome says what Apply did with an article.
type Outcome string

// The outcomes.
const (
	OutcomeNew       Outcome = "new"
	OutcomeUnchanged Outcome = "unchanged"
	OutcomeChanged   Outcome = "changed"
	OutcomeForgotten Outcome = "forgotten"
	OutcomeUnknown   Outcome = "unknown" // to be forgotten, but not loaded
)

// ArticleResult is the outcome for one article, with the ids of claims that
// this transaction added to and removed from the graph, sorted.
type ArticleResult struct {
	Article string
	Outcome Outcome
	Added   []string
	Removed []string
}

// Result is the outcome of Apply: one entry per article of the batch, Load
// before Forget, in the batch's order.
type Result struct {
	Revision int64
	Articles []ArticleResult
}

// Change is one line of the change log: what transaction N did to one article.
type Change struct {
	N       int64
	Article string
	Outcome Outcome
	Added   []string
	Removed []string
}

// Statement is one read-only question in both languages. Parameters are named:
// $name in Cypher, :name in SQL. A list parameter ([]string) reaches SQL as a
// JSON array for json_each. A SQL column whose name ends in "_json" holds JSON
// and reaches the row decoded under the name without the ending; a boolean
// column of SQL has a name that ends in "_bool" and likewise.
type Statement struct {
	Name   string
	Cypher string
	SQL    string
}

// Row is one row of an answer: column name to plain value.
type Row map[string]any

// Record is a node or an edge as Export gives it: exactly one is set.
type Record struct {
	Node *NodeRecord
	Edge *EdgeRecord
}

// NodeRecord is a node of the dump. Labels are sorted and hold "Entity".
type NodeRecord struct {
	ID     string
	Labels []string
	Props  Props
}

// EdgeRecord is an edge of the dump.
type EdgeRecord struct {
	Type  Predicate
	From  string
	To    string
	Props Props
}
