package neo4jstore

import (
	"context"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
)

// Info reads the (:Meta) node and the count of articles.
func (s *store) Info(ctx context.Context) (graph.Info, error) {
	info := graph.Info{Engine: s.engine}
	err := s.read(ctx, "read store info", func(t transaction) error {
		// The subquery is answered from the count store.
		return t.query("MATCH (m:Meta {key: 'store'}) RETURN m.store_id, m.revision, m.edition, COUNT { (:Article) }", nil,
			func(r *neo4j.Record) error {
				info.StoreID, _ = r.Values[0].(string)
				info.Revision, _ = r.Values[1].(int64)
				info.Edition, _ = r.Values[2].(string)
				n, _ := r.Values[3].(int64)
				info.Articles = int(n)
				return nil
			})
	})
	if err != nil {
		return graph.Info{}, err
	}
	return info, nil
}

// States reads the operational properties of articles.
func (s *store) States(ctx context.Context, ids []string) (map[string]graph.State, error) {
	var states map[string]graph.State
	err := s.read(ctx, "read article states", func(t transaction) (err error) {
		states, err = t.states(ids)
		return err
	})
	return states, err
}

func (t transaction) states(ids []string) (map[string]graph.State, error) {
	states := make(map[string]graph.State, len(ids))
	err := t.query("UNWIND $ids AS id MATCH (a:Entity {id: id}) RETURN a.id, a.`_hash`, a.`_edition`, a.`_source`",
		map[string]any{"ids": ids}, func(r *neo4j.Record) error {
			var st graph.State
			st.Hash, _ = r.Values[1].(string)
			st.Edition, _ = r.Values[2].(string)
			st.Source, _ = r.Values[3].(string)
			states[r.Values[0].(string)] = st
			return nil
		})
	return states, err
}

// Articles reads articles by the index of ids.
func (s *store) Articles(ctx context.Context, after string, limit int) ([]graph.Article, error) {
	var articles []graph.Article
	err := s.read(ctx, "read articles", func(t transaction) error {
		articles = nil
		// All article ids lie between "article:" and "article;", the next character.
		return t.query("MATCH (a:Entity) WHERE a.id > $after AND a.id < 'article;' RETURN a {.*, `_words`: null} ORDER BY a.id LIMIT $limit",
			map[string]any{"after": max(after, "article:"), "limit": int64(limit)}, func(r *neo4j.Record) error {
				p, _ := r.Values[0].(map[string]any)
				articles = append(articles, article(p))
				return nil
			})
	})
	return articles, err
}

func article(p map[string]any) graph.Article {
	text := func(key string) string { s, _ := p[key].(string); return s }
	return graph.Article{ID: text("id"), Title: text("title"), Outlet: text("outlet"), URL: text("url"),
		Published: text("published"), PublishedPrecision: text("published_precision"), Authors: stringList(p["authors"]),
		Script: text("script"), Home: text("home"), Text: text("text"), Given: stringList(p["given"]), Source: text("_source")}
}

// Changes reads the change log, whole transactions until the limit is reached.
func (s *store) Changes(ctx context.Context, since int64, limit int) ([]graph.Change, error) {
	var changes []graph.Change
	err := s.read(ctx, "read changes", func(t transaction) error {
		changes = nil
		return t.query("MATCH (c:Change) WHERE c.n > $since WITH c.n AS n ORDER BY n LIMIT $limit WITH max(n) AS last "+
			"MATCH (c:Change) WHERE c.n > $since AND c.n <= last RETURN c.n, c.article, c.outcome, c.added, c.removed ORDER BY c.n, c.article",
			map[string]any{"since": since, "limit": int64(limit)}, func(r *neo4j.Record) error {
				var c graph.Change
				c.N, _ = r.Values[0].(int64)
				c.Article, _ = r.Values[1].(string)
				outcome, _ := r.Values[2].(string)
				c.Outcome, c.Added, c.Removed = graph.Outcome(outcome), stringList(r.Values[3]), stringList(r.Values[4])
				changes = append(changes, c)
				return nil
			})
	})
	return changes, err
}

// Export holds the writers' lock while it streams: Neo4j's transactions read what
// is committed meanwhile, so nothing less gives one state of the store.
func (s *store) Export(ctx context.Context, each func(graph.Record) error) error {
	started := false
	err := s.retry(ctx, func() error {
		err := s.attempt(ctx, neo4j.AccessModeWrite, s.cfg.ExportTimeout, func(t transaction) (bool, error) {
			if _, err := t.lock(); err != nil {
				return false, err
			}
			emit := func(r graph.Record) error {
				started = true
				return passed(each(r))
			}
			return false, t.export(emit)
		})
		if err != nil && started {
			// The caller has records already: a second try would repeat them.
			err = passed(s.fail(ctx, "export", err))
		}
		return err
	})
	return s.fail(ctx, "export", err)
}

func (t transaction) export(emit func(graph.Record) error) error {
	err := t.query("MATCH (n:Entity) RETURN labels(n), n {.*, `_words`: null}", nil, func(r *neo4j.Record) error {
		labels, p := stringList(r.Values[0]), dumped(r.Values[1])
		id, _ := p["id"].(string)
		delete(p, "id")
		return emit(graph.Record{Node: &graph.NodeRecord{ID: id, Labels: sorted(labels), Props: p}})
	})
	if err != nil {
		return err
	}
	return t.query("MATCH (a:Entity)-[e]->(b:Entity) WHERE type(e) <> 'REFERS_TO' RETURN type(e), a.id, b.id, properties(e)", nil,
		func(r *neo4j.Record) error {
			predicate, _ := r.Values[0].(string)
			from, _ := r.Values[1].(string)
			to, _ := r.Values[2].(string)
			return emit(graph.Record{Edge: &graph.EdgeRecord{Type: graph.Predicate(predicate), From: from, To: to, Props: dumped(r.Values[3])}})
		})
}

// dumped returns the properties that a dump holds, in the kinds of graph.Props.
func dumped(v any) graph.Props {
	raw, _ := v.(map[string]any)
	p := make(graph.Props, len(raw))
	for k, x := range raw {
		if strings.HasPrefix(k, "_") {
			continue
		}
		if list, ok := x.([]any); ok {
			x = listOf(list)
		}
		p[k] = x
	}
	return p
}

// listOf gives a list of the server the kind of its members.
func listOf(list []any) any {
	if len(list) > 0 {
		if _, ok := list[0].(int64); ok {
			out := make([]int64, len(list))
			for i, x := range list {
				out[i], _ = x.(int64)
			}
			return out
		}
	}
	return stringList(list)
}

// stringList returns a list of texts as the server gives it; nil for no list.
func stringList(v any) []string {
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil
	}
	out := make([]string, len(list))
	for i, x := range list {
		out[i], _ = x.(string)
	}
	return out
}
