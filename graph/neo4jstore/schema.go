package neo4jstore

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
)

// schemaVersion is the version that this program reads and writes. It grows with
// every entry of migrations.
const schemaVersion = 2

// migrations lists the constraints and indexes that version i+1 of the schema
// adds. Each statement may be run again.
var migrations = [schemaVersion][]string{
	append([]string{
		"CREATE CONSTRAINT meta_key IF NOT EXISTS FOR (m:Meta) REQUIRE m.key IS UNIQUE",
		"CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
		"CREATE CONSTRAINT change_n_article IF NOT EXISTS FOR (c:Change) REQUIRE (c.n, c.article) IS UNIQUE",
		"CREATE INDEX change_n IF NOT EXISTS FOR (c:Change) ON (c.n)",
		"CREATE INDEX entity_name_key IF NOT EXISTS FOR (n:Entity) ON (n.`_name_key`)",
		"CREATE INDEX initiative_practice IF NOT EXISTS FOR (n:Initiative) ON (n.practice)",
		"CREATE INDEX article_source IF NOT EXISTS FOR (a:Article) ON (a.`_source`)",
		"CREATE INDEX place_today IF NOT EXISTS FOR (n:Place) ON (n.today)",
		// One phrase query finds a folded name or alias, or a part of one, from one
		// character up: the analyzer makes a term of every Chinese character.
		"CREATE FULLTEXT INDEX entity_keys IF NOT EXISTS FOR (n:Entity) ON EACH [n.`_keys`] " +
			"OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}",
	}, claimConstraints()...),
	// What search looks through has a token for every character, set apart by spaces
	// (script.Tokens), so that this analyzer finds every phrase and nothing else.
	{wordsIndex("article_words", graph.LabelArticle), wordsIndex("node_words", slices.DeleteFunc(graph.Labels(), func(l graph.Label) bool {
		return l == graph.LabelArticle
	})...)},
}

func wordsIndex(name string, labels ...graph.Label) string {
	list := make([]string, len(labels))
	for i, l := range labels {
		list[i] = string(l)
	}
	return "CREATE FULLTEXT INDEX " + name + " IF NOT EXISTS FOR (n:" + strings.Join(list, "|") + ") ON EACH [n.`_words`] " +
		"OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
}

// claimConstraints makes a claim's id unique within its type of edge, which also
// finds a claim by its id.
func claimConstraints() []string {
	var out []string
	for _, e := range graph.EdgeSchemas() {
		out = append(out, fmt.Sprintf("CREATE CONSTRAINT claim_%s IF NOT EXISTS FOR ()-[e:`%s`]-() REQUIRE e.claim IS UNIQUE",
			strings.ToLower(string(e.Predicate)), e.Predicate))
	}
	return out
}

// meta is the one (:Meta) node: what the store knows of itself. Each writer locks
// it first, so that writers on all machines take turns.
type meta struct {
	storeID  string
	revision int64
	edition  string // "" while there is no article
	schema   int64
}

const metaColumns = "m.store_id AS store_id, m.revision AS revision, m.edition AS edition, m.schema AS schema"

// meta reads the node; ok is false in a database that is not yet a store.
func (t transaction) meta() (m meta, ok bool, err error) {
	err = t.query("MATCH (m:Meta {key: 'store'}) RETURN "+metaColumns, nil, func(r *neo4j.Record) error {
		m.storeID, _ = r.Values[0].(string)
		m.revision, _ = r.Values[1].(int64)
		m.edition, _ = r.Values[2].(string)
		m.schema, _ = r.Values[3].(int64)
		ok = true
		return nil
	})
	return m, ok, err
}

// lock takes the write lock of the store, waiting for other writers, and reads
// the node after that: what was read before could be stale.
func (t transaction) lock() (meta, error) {
	if err := t.query("MATCH (m:Meta {key: 'store'}) SET m.`_lock` = true", nil, nil); err != nil {
		return meta{}, err
	}
	m, ok, err := t.meta()
	switch {
	case err != nil:
		return meta{}, err
	case !ok:
		return meta{}, passed(fmt.Errorf("%w: its (:Meta) node is gone: someone emptied the database; start the program anew", graph.ErrUnavailable))
	}
	return m, checkSchema(m)
}

func checkSchema(m meta) error {
	if m.schema > schemaVersion {
		return passed(fmt.Errorf("open store: %w: version %d, this program knows %d: use the newer program", graph.ErrSchema, m.schema, schemaVersion))
	}
	return nil
}

// migrate brings the database to schemaVersion. Several programs may do so at
// once: every step may be repeated, and the version is written last.
func (s *store) migrate(ctx context.Context) error {
	var found meta
	var entities int64
	// Asked of the leader: a follower may not have heard of a store just made.
	err := s.write(ctx, "open store", func(t transaction) (commit bool, err error) {
		if found, _, err = t.meta(); err != nil {
			return false, err
		}
		entities, err = t.number("MATCH (n:Entity) RETURN count(n)", nil)
		return false, err
	})
	if err != nil {
		return err
	}
	if found.schema == 0 && entities > 0 {
		return &graph.InvalidError{Field: "database", Reason: fmt.Sprintf(
			"%q at %s holds %d nodes labelled Entity that are not this program's: give it a database of its own", s.cfg.Database, s.cfg.URL, entities)}
	}
	if err := checkSchema(found); err != nil {
		return s.fail(ctx, "open store", err)
	}
	if found.schema == schemaVersion {
		return nil
	}
	for _, statements := range migrations[found.schema:] {
		for _, ddl := range statements {
			if err := s.schemaChange(ctx, ddl); err != nil {
				return s.failWrite(ctx, "open store: "+ddl, err)
			}
		}
	}
	if found.schema > 0 && found.schema < 2 {
		if err := s.fillWords(ctx); err != nil {
			return err
		}
	}
	id := make([]byte, 6)
	rand.Read(id)
	return s.write(ctx, "open store", func(t transaction) (bool, error) {
		if err := t.query("CALL db.awaitIndexes(60)", nil, nil); err != nil {
			return false, err
		}
		return true, t.query("MERGE (m:Meta {key: 'store'}) ON CREATE SET m.store_id = $id, m.revision = 0, m.edition = '', m.schema = 0 "+
			"SET m.schema = CASE WHEN m.schema < $version THEN $version ELSE m.schema END",
			map[string]any{"id": hex.EncodeToString(id), "version": int64(schemaVersion)}, nil)
	})
}

// schemaChange runs a statement that changes the schema, in a transaction of its
// own. That another program just did the same is no error.
func (s *store) schemaChange(ctx context.Context, ddl string) error {
	return s.retry(ctx, func() error {
		err := s.attempt(ctx, neo4j.AccessModeWrite, s.cfg.WriteTimeout, func(t transaction) (bool, error) {
			return true, t.query(ddl, nil, nil)
		})
		if err != nil && (strings.Contains(err.Error(), "EquivalentSchemaRuleAlreadyExists") || strings.Contains(err.Error(), "AlreadyExists")) {
			return nil
		}
		return err
	})
}
