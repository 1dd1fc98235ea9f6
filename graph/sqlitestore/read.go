package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"

	"reformgraph/graph"
)

// Info implements graph.Store.
func (s *store) Info(ctx context.Context) (graph.Info, error) {
	info := graph.Info{Engine: s.engine}
	compiled, err := s.compiled(ctx, `SELECT (SELECT value FROM meta WHERE key = 'store_id'), (SELECT value FROM meta WHERE key = 'revision'),
		(SELECT value FROM meta WHERE key = 'edition'), (SELECT value FROM meta WHERE key = 'articles')`)
	if err == nil {
		err = compiled.QueryRowContext(ctx).Scan(&info.StoreID, &info.Revision, &info.Edition, &info.Articles)
	}
	return info, s.fail(ctx, "read", err)
}

// States implements graph.Store.
func (s *store) States(ctx context.Context, ids []string) (map[string]graph.State, error) {
	var out map[string]graph.State
	err := s.read(ctx, func(conn *sql.Conn) (err error) {
		out, err = states(ctx, conn, ids)
		return err
	})
	return out, s.fail(ctx, "read", err)
}

func states(ctx context.Context, conn *sql.Conn, ids []string) (map[string]graph.State, error) {
	out := map[string]graph.State{}
	err := each(ctx, conn, "SELECT id, hash, edition, coalesce(source, '') FROM article WHERE id IN (SELECT value FROM json_each(?))", []any{toJSON(ids)},
		func(scan func(...any) error) error {
			var id string
			var st graph.State
			if err := scan(&id, &st.Hash, &st.Edition, &st.Source); err != nil {
				return err
			}
			out[id] = st
			return nil
		})
	return out, err
}

const articleColumns = `id, coalesce(title, ''), coalesce(outlet, ''), coalesce(url, ''), coalesce(published, ''), coalesce(published_precision, ''),
	authors, coalesce(script, ''), coalesce(home, ''), given, coalesce(source, ''), text, unresolved`

// scanArticle reads the articleColumns.
func scanArticle(scan func(...any) error) (graph.Article, []graph.Unresolved, error) {
	var a graph.Article
	var authors, given, unresolved string
	if err := scan(&a.ID, &a.Title, &a.Outlet, &a.URL, &a.Published, &a.PublishedPrecision, &authors, &a.Script, &a.Home, &given, &a.Source, &a.Text, &unresolved); err != nil {
		return a, nil, err
	}
	var list []unresolvedJSON
	for _, field := range []struct {
		text string
		into any
	}{{authors, &a.Authors}, {given, &a.Given}, {unresolved, &list}} {
		if err := json.Unmarshal([]byte(field.text), field.into); err != nil {
			return a, nil, err
		}
	}
	var us []graph.Unresolved
	for _, u := range list {
		us = append(us, graph.Unresolved(u))
	}
	return a, us, nil
}

// Articles implements graph.Store.
func (s *store) Articles(ctx context.Context, after string, limit int) ([]graph.Article, error) {
	var out []graph.Article
	err := s.read(ctx, func(conn *sql.Conn) error {
		return each(ctx, conn, "SELECT "+articleColumns+" FROM article WHERE id > ? ORDER BY id LIMIT ?", []any{after, limit}, func(scan func(...any) error) error {
			a, _, err := scanArticle(scan)
			out = append(out, a)
			return err
		})
	})
	if err != nil {
		return nil, s.fail(ctx, "read", err)
	}
	return out, nil
}

// Changes implements graph.Store.
func (s *store) Changes(ctx context.Context, since int64, limit int) ([]graph.Change, error) {
	var out []graph.Change
	err := s.read(ctx, func(conn *sql.Conn) error {
		// The last transaction is given whole, so that the next call can go on from its number.
		return each(ctx, conn, `SELECT n, article, outcome, added, removed FROM change_log
			WHERE n > ?1 AND n <= coalesce((SELECT n FROM change_log WHERE n > ?1 ORDER BY n, article LIMIT 1 OFFSET ?2 - 1), 9223372036854775807)
			ORDER BY n, article`, []any{since, limit}, func(scan func(...any) error) error {
			var c graph.Change
			var added, removed string
			if err := scan(&c.N, &c.Article, &c.Outcome, &added, &removed); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(added), &c.Added); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(removed), &c.Removed); err != nil {
				return err
			}
			out = append(out, c)
			return nil
		})
	})
	if err != nil {
		return nil, s.fail(ctx, "read", err)
	}
	return out, nil
}
