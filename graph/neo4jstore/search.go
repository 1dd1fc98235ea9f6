package neo4jstore

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
	"reformgraph/graph/script"
)

// fillPage is how many nodes of an older store one transaction makes searchable.
const fillPage = 200

// fillWords gives the nodes of a store of schema 1 what search looks through.
// Programs of that schema may still load: it goes on until a pass found none
// without.
func (s *store) fillWords(ctx context.Context) error {
	for filled := -1; filled != 0; {
		filled = 0
		for after, more := "", true; more; {
			var last string
			var n, without int
			err := s.write(ctx, "open store: make it searchable", func(t transaction) (bool, error) {
				if _, err := t.lock(); err != nil {
					return false, err
				}
				var rows []any
				last, n = "", 0
				err := t.query("MATCH (n:Entity) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit "+
					"RETURN n.id, n.`_words` IS NULL, n.title, CASE WHEN n.`_words` IS NULL THEN n.text END, n.`_keys`", map[string]any{"after": after, "limit": int64(fillPage)},
					func(r *neo4j.Record) error {
						n++
						last, _ = r.Values[0].(string)
						if missing, _ := r.Values[1].(bool); !missing {
							return nil
						}
						texts := stringList(r.Values[4])
						if l, _ := graph.LabelOf(last); l == graph.LabelArticle {
							title, _ := r.Values[2].(string)
							text, _ := r.Values[3].(string)
							texts = []string{title, text}
						}
						rows = append(rows, map[string]any{"id": last, "words": script.Tokens(texts...)})
						return nil
					})
				if err != nil {
					return false, err
				}
				without = len(rows)
				return without > 0, t.rows("UNWIND $rows AS r MATCH (n:Entity {id: r.id}) SET n.`_words` = r.words RETURN count(n)", rows)
			})
			if err != nil {
				return err
			}
			filled += without
			after, more = last, n == fillPage
		}
	}
	return nil
}
