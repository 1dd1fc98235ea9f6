package main

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
)

// database is the name of the only user database of Neo4j Community.
const database = "neo4j"

// marker is the label of the one node that stays in a database lent to tests.
const marker = "ReformgraphTest"

// connect opens a driver with the store's settings.
func (b *bench) connect() (neo4j.DriverWithContext, error) {
	return neo4j.NewDriverWithContext(b.bolt, neo4j.NoAuth(), func(c *config.Config) {
		c.MaxConnectionPoolSize = 64
		c.NotificationsMinSeverity = notifications.DisabledLevel
	})
}

// number runs a statement that returns one number.
func number(ctx context.Context, d neo4j.DriverWithContext, statement string) (int64, error) {
	session := d.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database})
	defer session.Close(ctx)
	result, err := session.Run(ctx, statement, nil)
	if err != nil {
		return 0, err
	}
	record, err := result.Single(ctx)
	if err != nil {
		return 0, err
	}
	n, _ := record.Values[0].(int64)
	return n, nil
}

// checkServer refuses a database that holds somebody's data: it will be emptied.
func (b *bench) checkServer(ctx context.Context) error {
	d, err := b.connect()
	if err != nil {
		return err
	}
	defer d.Close(ctx)
	foreign, err := number(ctx, d, "MATCH (n) RETURN CASE WHEN COUNT { (:"+marker+") } > 0 THEN 0 ELSE count(n) END")
	if err != nil {
		return err
	}
	if foreign > 0 {
		return fmt.Errorf("the database at %s holds %d nodes: name one that may be emptied", b.bolt, foreign)
	}
	return nil
}

// empty deletes all nodes and edges, and leaves constraints and indexes.
func empty(ctx context.Context, d neo4j.DriverWithContext) error {
	for _, match := range []string{"MATCH ()-[x]->()", "MATCH (x) WHERE NOT x:" + marker} {
		for deleted := int64(1); deleted > 0; {
			var err error
			if deleted, err = number(ctx, d, match+" WITH x LIMIT 20000 DELETE x RETURN count(x)"); err != nil {
				return err
			}
		}
	}
	return nil
}

// emptied opens the store on the server with nothing in it.
func (b *bench) emptied(ctx context.Context, d neo4j.DriverWithContext) (graph.Store, error) {
	if err := empty(ctx, d); err != nil {
		return nil, err
	}
	return neo4jstore.Open(ctx, neo4jstore.Config{URL: b.bolt})
}

// neo4jQuestions loads up to one size after the other and asks at each.
func (b *bench) neo4jQuestions(ctx context.Context, every, spread bool) error {
	d, err := b.connect()
	if err != nil {
		return err
	}
	defer d.Close(ctx)
	s, err := b.emptied(ctx, d)
	if err != nil {
		return err
	}
	defer s.Close()
	base, stop, err := serve(ctx, s)
	if err != nil {
		return err
	}
	defer stop()
	c := client()
	loaded := 0
	var grown []growth
	for i, size := range b.neo4j {
		took, err := b.apply(ctx, s, loaded, size)
		if err != nil {
			return err
		}
		b.progress("Neo4j: %d articles, the last %d in %v", size, size-loaded, took)
		loaded = size
		asked := b.corpus.questions(size)
		if spread {
			calls, _, err := callsOf(ctx, s, asked[0])
			if err != nil {
				return err
			}
			rivals := []rival{overHTTP(c, base, asked[0]), byDriver(d, calls)}
			if err := b.warmUp(ctx, rivals, i == 0); err != nil {
				return err
			}
			turns, err := contest(ctx, rivals, 1, b.rounds, 2*b.turn)
			if err != nil {
				return err
			}
			grown = append(grown, growth{size, turns})
		}
		if every && i == len(b.neo4j)-2 {
			var table []answerRow
			for _, qs := range asked {
				calls, n, err := callsOf(ctx, s, qs)
				if err != nil {
					return err
				}
				rivals := []rival{overHTTP(c, base, qs), byDriver(d, calls)}
				if b.api != "" {
					api, err := byQueryAPI(c, b.api, calls)
					if err != nil {
						return err
					}
					rivals = append(rivals, api)
				}
				row, err := b.answer(ctx, qs[0].query, n, len(calls[0]), rivals)
				if err != nil {
					return err
				}
				table = append(table, row)
			}
			b.reportAnswers("Neo4j", size, table)
		}
	}
	if spread {
		b.reportGrowth("Neo4j", grown)
	}
	return nil
}
