package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"

	"reformgraph/graph/script"
)

// index puts a node or article into node_words or article_words, in the place of
// what is there of it.
func (w *batchWriter) index(table, id string, texts ...string) error {
	if err := w.exec("INSERT INTO indexed (id) VALUES (?) ON CONFLICT (id) DO NOTHING", id); err != nil {
		return err
	}
	return w.exec("INSERT OR REPLACE INTO "+table+" (rowid, words) SELECT n, ? FROM indexed WHERE id = ?", script.Tokens(texts...), id)
}

func (w *batchWriter) unindex(table, id string) error {
	if err := w.exec("DELETE FROM "+table+" WHERE rowid = (SELECT n FROM indexed WHERE id = ?)", id); err != nil {
		return err
	}
	return w.exec("DELETE FROM indexed WHERE id = ?", id)
}

// fillPage is how many nodes or articles are read at once to fill the index of an
// older file.
const fillPage = 500

// fillIndex puts all that is in the file into the index.
func fillIndex(ctx context.Context, conn *sql.Conn) error {
	w := &batchWriter{ctx: ctx, conn: conn, statements: map[string]*sql.Stmt{}}
	defer w.close()
	for _, part := range []struct{ table, query string }{
		{"node_words", "SELECT n.id, (SELECT json_group_array(k.key ORDER BY k.key) FROM node_key AS k WHERE k.node = n.id) FROM node AS n WHERE n.id > ? ORDER BY n.id LIMIT ?"},
		{"article_words", "SELECT id, json_array(coalesce(title, ''), text) FROM article WHERE id > ? ORDER BY id LIMIT ?"},
	} {
		for after, more := "", true; more; {
			var ids, lists []string
			err := each(ctx, conn, part.query, []any{after, fillPage}, func(scan func(...any) error) error {
				var id, list string
				err := scan(&id, &list)
				ids, lists = append(ids, id), append(lists, list)
				return err
			})
			if err != nil {
				return err
			}
			for i, id := range ids {
				var texts []string
				if err := json.Unmarshal([]byte(lists[i]), &texts); err != nil {
					return err
				}
				if err := w.index(part.table, id, texts...); err != nil {
					return err
				}
				after = id
			}
			more = len(ids) == fillPage
		}
	}
	return nil
}
