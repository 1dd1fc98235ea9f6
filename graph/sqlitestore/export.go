package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"

	"reformgraph/graph"
)

// Export implements graph.Store.
func (s *store) Export(ctx context.Context, each func(graph.Record) error) error {
	var stop error // the caller's own error, which is not the store's
	give := func(r graph.Record) error {
		stop = each(r)
		return stop
	}
	err := s.snapshot(ctx, func(conn *sql.Conn) error {
		for _, part := range []func(context.Context, *sql.Conn, func(graph.Record) error) error{exportArticles, exportNodes, exportMentions, exportClaims} {
			if err := part(ctx, conn, give); err != nil {
				return err
			}
		}
		return nil
	})
	if stop != nil {
		return stop
	}
	return s.fail(ctx, "export", err)
}

func exportArticles(ctx context.Context, conn *sql.Conn, give func(graph.Record) error) error {
	return each(ctx, conn, "SELECT "+articleColumns+" FROM article", nil, func(scan func(...any) error) error {
		a, unresolved, err := scanArticle(scan)
		if err != nil {
			return err
		}
		r := graph.ArticleRecord(a, unresolved)
		return give(graph.Record{Node: &r})
	})
}

func exportNodes(ctx context.Context, conn *sql.Conn, give func(graph.Record) error) error {
	return each(ctx, conn, "SELECT id, city, coalesce(parent, ''), props FROM node", nil, func(scan func(...any) error) error {
		var id, parent, text string
		var city bool
		if err := scan(&id, &city, &parent, &text); err != nil {
			return err
		}
		props, err := decodeProps(text, map[string]graph.Kind{"lat": graph.Number, "lon": graph.Number})
		if err != nil {
			return err
		}
		if list, ok := props["aliases"].([]any); ok {
			aliases := make([]string, 0, len(list))
			for _, a := range list {
				if s, ok := a.(string); ok {
					aliases = append(aliases, s)
				}
			}
			props["aliases"] = aliases
		}
		labels := graph.NodeLabels(id)
		if city {
			labels = append([]string{graph.LabelCity}, labels...)
		}
		if err := give(graph.Record{Node: &graph.NodeRecord{ID: id, Labels: labels, Props: props}}); err != nil || parent == "" {
			return err
		}
		return give(graph.Record{Edge: &graph.EdgeRecord{Type: graph.PartOf, From: id, To: parent, Props: graph.Props{}}})
	})
}

func exportMentions(ctx context.Context, conn *sql.Conn, give func(graph.Record) error) error {
	return each(ctx, conn, "SELECT node, article, name, aliases, props, starts, ends FROM mention", nil, func(scan func(...any) error) error {
		var m graph.Mention
		var article, aliases, props, starts, ends string
		err := scan(&m.Node, &article, &m.Name, &aliases, &props, &starts, &ends)
		if err != nil {
			return err
		}
		label, _ := graph.LabelOf(m.Node)
		if m.Props, err = decodeProps(props, graph.NodeProps(label)); err != nil {
			return err
		}
		for _, list := range []struct {
			text string
			into any
		}{{aliases, &m.Aliases}, {starts, &m.Starts}, {ends, &m.Ends}} {
			if err := json.Unmarshal([]byte(list.text), list.into); err != nil {
				return err
			}
		}
		return give(graph.Record{Edge: &graph.EdgeRecord{Type: graph.MentionedIn, From: m.Node, To: article, Props: graph.MentionProps(m)}})
	})
}

func exportClaims(ctx context.Context, conn *sql.Conn, give func(graph.Record) error) error {
	return each(ctx, conn, `SELECT claim, type, subject, object, article, quote, start, "end", status, confidence, rule, props FROM claim`, nil, func(scan func(...any) error) error {
		var c graph.Claim
		var props string
		err := scan(&c.ID, &c.Predicate, &c.Subject, &c.Object, &c.Article, &c.Quote, &c.Start, &c.End, &c.Status, &c.Confidence, &c.Rule, &props)
		if err != nil {
			return err
		}
		schema, _ := graph.SchemaOf(c.Predicate)
		if c.Props, err = decodeProps(props, schema.Props); err != nil {
			return err
		}
		return give(graph.Record{Edge: &graph.EdgeRecord{Type: c.Predicate, From: c.Subject, To: c.Object, Props: graph.ClaimProps(c)}})
	})
}
