package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"reformgraph/graph"
)

// Apply implements graph.Store.
func (s *store) Apply(ctx context.Context, b graph.Batch) (graph.Result, error) {
	var res graph.Result
	err := s.write(ctx, func(conn *sql.Conn) (err error) {
		w := &batchWriter{ctx: ctx, conn: conn, views: map[string]*viewChange{}, places: map[string]bool{}, statements: map[string]*sql.Stmt{}}
		defer w.close()
		res, err = w.apply(b)
		return err
	})
	if err != nil {
		return graph.Result{}, s.fail(ctx, "write to", err)
	}
	return res, nil
}

// SetEdition implements graph.Store. An empty store stays without an edition.
func (s *store) SetEdition(ctx context.Context, edition string) error {
	err := s.write(ctx, func(conn *sql.Conn) error {
		m, err := readMeta(ctx, conn)
		if err != nil {
			return err
		}
		var articles, others int
		var one sql.NullString
		if err := conn.QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE edition <> ?1), min(edition) FILTER (WHERE edition <> ?1) FROM article", edition).
			Scan(&articles, &others, &one); err != nil {
			return err
		}
		switch {
		case others > 0:
			return fmt.Errorf("%w: %d of %d articles are of edition %s, not %s: reextract them first", graph.ErrEdition, others, articles, one.String, edition)
		case articles == 0 || m.edition == edition:
			return nil
		}
		m.revision, m.edition = m.revision+1, edition
		return writeMeta(ctx, conn, m)
	})
	return s.fail(ctx, "set the edition of", err)
}

// batchWriter writes one batch within a transaction.
type batchWriter struct {
	ctx        context.Context
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	views      map[string]*viewChange // by node
	places     map[string]bool        // places that articles let go of
}

func (w *batchWriter) close() {
	for _, st := range w.statements {
		st.Close()
	}
}

// exec runs a statement that is prepared once per batch. It does not watch the
// context, which would cost more than the statement: apply does, once an article.
func (w *batchWriter) exec(query string, args ...any) error {
	st := w.statements[query]
	if st == nil {
		var err error
		if st, err = w.conn.PrepareContext(w.ctx, query); err != nil {
			return err
		}
		w.statements[query] = st
	}
	_, err := st.ExecContext(context.WithoutCancel(w.ctx), args...)
	return err
}

func (w *batchWriter) apply(b graph.Batch) (graph.Result, error) {
	m, err := readMeta(w.ctx, w.conn)
	if err != nil {
		return graph.Result{}, err
	}
	if len(b.Load) > 0 && !b.Reextract && m.edition != "" && m.edition != b.Edition {
		return graph.Result{}, fmt.Errorf("%w: the store's is %s, this program's %s: run reextract", graph.ErrEdition, m.edition, b.Edition)
	}
	var ids []string
	for _, f := range b.Load {
		ids = append(ids, f.Article.ID)
	}
	ids = append(ids, b.Forget...)
	known, err := states(w.ctx, w.conn, ids)
	if err != nil {
		return graph.Result{}, err
	}
	res := graph.Result{Revision: m.revision}
	var load []graph.Facts
	var replaced, forgotten []string
	for _, f := range b.Load {
		id := f.Article.ID
		old, loaded := known[id]
		outcome := graph.OutcomeNew
		switch {
		case loaded && old.Hash == f.Article.Hash() && old.Edition == b.Edition:
			outcome = graph.OutcomeUnchanged
		case loaded:
			outcome = graph.OutcomeChanged
			replaced = append(replaced, id)
		}
		if outcome != graph.OutcomeUnchanged {
			load = append(load, f)
		}
		res.Articles = append(res.Articles, graph.ArticleResult{Article: id, Outcome: outcome})
	}
	for _, id := range b.Forget {
		outcome := graph.OutcomeUnknown
		if _, loaded := known[id]; loaded {
			outcome = graph.OutcomeForgotten
			forgotten = append(forgotten, id)
		}
		res.Articles = append(res.Articles, graph.ArticleResult{Article: id, Outcome: outcome})
	}
	if len(load)+len(forgotten) == 0 {
		return res, nil
	}
	oldClaims, err := w.remove(slices.Concat(replaced, forgotten))
	if err != nil {
		return graph.Result{}, err
	}
	if err := w.removeArticles(forgotten); err != nil {
		return graph.Result{}, err
	}
	if err := w.writePlaces(load); err != nil {
		return graph.Result{}, err
	}
	newClaims := map[string]map[string]bool{}
	for _, f := range load {
		if err := w.ctx.Err(); err != nil {
			return graph.Result{}, err
		}
		if newClaims[f.Article.ID], err = w.writeArticle(f, b.Edition, known[f.Article.ID].Hash); err != nil {
			return graph.Result{}, fmt.Errorf("%s: %w", f.Article.ID, err)
		}
	}
	if err := w.writeNodes(); err != nil {
		return graph.Result{}, err
	}
	if err := w.removePlaces(); err != nil {
		return graph.Result{}, err
	}
	res.Revision++
	for i := range res.Articles {
		r := &res.Articles[i]
		if r.Outcome == graph.OutcomeUnchanged || r.Outcome == graph.OutcomeUnknown {
			continue
		}
		r.Added, r.Removed = difference(newClaims[r.Article], oldClaims[r.Article]), difference(oldClaims[r.Article], newClaims[r.Article])
		if err := w.exec("INSERT INTO change_log VALUES (?, ?, ?, ?, ?)", res.Revision, r.Article, string(r.Outcome), toJSON(r.Added), toJSON(r.Removed)); err != nil {
			return graph.Result{}, err
		}
	}
	m.revision = res.Revision
	m.articles += len(load) - len(replaced) - len(forgotten)
	switch {
	case m.articles == 0:
		m.edition = ""
	case m.edition == "":
		m.edition = b.Edition
	}
	return res, writeMeta(w.ctx, w.conn, m)
}

// difference returns the sorted members of a that b lacks.
func difference(a, b map[string]bool) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(a)) {
		if !b[id] {
			out = append(out, id)
		}
	}
	return out
}

// remove takes all edges of the articles out of the graph and returns the ids of
// their claims by article.
func (w *batchWriter) remove(articles []string) (map[string]map[string]bool, error) {
	claims := map[string]map[string]bool{}
	if len(articles) == 0 {
		return claims, nil
	}
	list := toJSON(articles)
	err := each(w.ctx, w.conn, "SELECT article, claim FROM claim WHERE article IN (SELECT value FROM json_each(?))", []any{list}, func(scan func(...any) error) error {
		var article, claim string
		if err := scan(&article, &claim); err != nil {
			return err
		}
		if claims[article] == nil {
			claims[article] = map[string]bool{}
		}
		claims[article][claim] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = each(w.ctx, w.conn, "SELECT node, name, aliases, props FROM mention WHERE article IN (SELECT value FROM json_each(?))", []any{list}, func(scan func(...any) error) error {
		var node, aliases, props string
		var v graph.View
		if err := scan(&node, &v.Name, &aliases, &props); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(aliases), &v.Aliases); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(props), &v.Props); err != nil {
			return err
		}
		if c := w.change(node); c != nil {
			c.remove = append(c.remove, v)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = each(w.ctx, w.conn, "SELECT place FROM article_place WHERE article IN (SELECT value FROM json_each(?))", []any{list}, func(scan func(...any) error) error {
		var place string
		if err := scan(&place); err != nil {
			return err
		}
		w.places[place] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, table := range []string{"claim", "mention", "article_place"} {
		if err := w.exec("DELETE FROM "+table+" WHERE article IN (SELECT value FROM json_each(?))", list); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

func (w *batchWriter) removeArticles(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	for _, id := range ids {
		if err := w.unindex("article_words", id); err != nil {
			return err
		}
	}
	return w.exec("DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))", toJSON(ids))
}

// writeArticle writes an article, of which the store has the one with that hash,
// with its edges and returns its claims' ids.
func (w *batchWriter) writeArticle(f graph.Facts, edition, stored string) (map[string]bool, error) {
	a := f.Article
	unresolved := make([]unresolvedJSON, 0, len(f.Unresolved))
	for _, u := range f.Unresolved {
		unresolved = append(unresolved, unresolvedJSON(u))
	}
	if err := w.exec(`INSERT INTO article (id, title, outlet, url, published, published_precision, authors, script, home, given, unresolved, text_sha256, hash, edition, source, text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, outlet = excluded.outlet, url = excluded.url, published = excluded.published,
		published_precision = excluded.published_precision, authors = excluded.authors, script = excluded.script, home = excluded.home, given = excluded.given,
		unresolved = excluded.unresolved, text_sha256 = excluded.text_sha256, hash = excluded.hash, edition = excluded.edition, source = excluded.source, text = excluded.text`,
		a.ID, null(a.Title), null(a.Outlet), null(a.URL), null(a.Published), null(a.PublishedPrecision), toJSON(a.Authors), null(a.Script), null(a.Home),
		toJSON(a.Given), toJSON(unresolved), a.TextSHA256(), a.Hash(), edition, null(a.Source), a.Text); err != nil {
		return nil, err
	}
	if a.Hash() != stored {
		if err := w.index("article_words", a.ID, a.Title, a.Text); err != nil {
			return nil, err
		}
	}
	for _, p := range f.Places {
		if err := w.exec("INSERT INTO article_place VALUES (?, ?)", a.ID, p.ID); err != nil {
			return nil, err
		}
	}
	for _, m := range f.Mentions {
		if c := w.change(m.Node); c != nil {
			c.add = append(c.add, graph.View{Name: m.Name, Aliases: m.Aliases, Props: m.Props})
		}
		if err := w.exec("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)", m.Node, a.ID, m.Name, toJSON(m.Aliases),
			toJSON(m.Props), toJSON(m.Starts), toJSON(m.Ends)); err != nil {
			return nil, err
		}
	}
	claims := map[string]bool{}
	for _, c := range f.Claims {
		claims[c.ID] = true
		if err := w.exec(`INSERT INTO claim (claim, type, subject, object, article, quote, start, "end", status, confidence, rule, props) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, string(c.Predicate), c.Subject, c.Object, c.Article, c.Quote, c.Start, c.End, c.Status, c.Confidence, c.Rule, toJSON(c.Props)); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// meta is what a transaction that writes needs to know of the store.
type meta struct {
	edition  string
	revision int64
	articles int // how many there are
}

func readMeta(ctx context.Context, conn *sql.Conn) (meta, error) {
	var m meta
	err := conn.QueryRowContext(ctx, `SELECT (SELECT value FROM meta WHERE key = 'revision'), (SELECT value FROM meta WHERE key = 'edition'),
		(SELECT value FROM meta WHERE key = 'articles')`).Scan(&m.revision, &m.edition, &m.articles)
	return m, err
}

func writeMeta(ctx context.Context, conn *sql.Conn, m meta) error {
	_, err := conn.ExecContext(ctx, "UPDATE meta SET value = CASE key WHEN 'revision' THEN ? WHEN 'edition' THEN ? ELSE ? END WHERE key IN ('revision', 'edition', 'articles')",
		strconv.FormatInt(m.revision, 10), m.edition, strconv.Itoa(m.articles))
	return err
}
