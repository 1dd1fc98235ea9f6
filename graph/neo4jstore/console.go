package neo4jstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/db"

	"reformgraph/graph"
)

// maxConsole is how many statements of people run at once, and consoleGrace how
// much later than the server this side gives one up.
const (
	maxConsole   = 2
	consoleGrace = 1500 * time.Millisecond
)

// operators are those of plans that only read this graph. One that a newer server
// brings is refused until it stands here.
var operators = strings.Fields(`AllNodesScan AntiConditionalApply AntiSemiApply Apply Argument CacheProperties CartesianProduct ConditionalApply
	DirectedAllRelationshipsScan DirectedRelationshipByElementIdSeek DirectedRelationshipByIdSeek DirectedRelationshipIndexContainsScan
	DirectedRelationshipIndexEndsWithScan DirectedRelationshipIndexScan DirectedRelationshipIndexSeek DirectedRelationshipIndexSeekByRange
	DirectedRelationshipTypeScan DirectedRelationshipUniqueIndexSeek DirectedRelationshipUniqueIndexSeekByRange DirectedUnionRelationshipTypesScan
	Distinct Eager EagerAggregation EmptyResult EmptyRow Expand(All) Expand(Into) Filter IntersectionNodeByLabelsScan LetAntiSemiApply
	LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit MultiNodeIndexSeek NodeByElementIdSeek NodeByIdSeek NodeByLabelScan
	NodeCountFromCountStore NodeHashJoin NodeIndexContainsScan NodeIndexEndsWithScan NodeIndexScan NodeIndexSeek NodeIndexSeekByRange
	NodeLeftOuterHashJoin NodeRightOuterHashJoin NodeUniqueIndexSeek NodeUniqueIndexSeekByRange Optional OptionalExpand(All) OptionalExpand(Into)
	OrderedAggregation OrderedDistinct OrderedUnion PartialSort PartialTop ProcedureCall ProduceResults ProjectEndpoints Projection
	RelationshipCountFromCountStore Repeat(Trail) RollUpApply SelectOrAntiSemiApply SelectOrSemiApply SemiApply ShortestPath Skip Sort
	StatefulShortestPath(All) StatefulShortestPath(Into) SubtractionNodeByLabelsScan Top TriadicBuild TriadicFilter TriadicSelection
	UndirectedAllRelationshipsScan UndirectedRelationshipByElementIdSeek UndirectedRelationshipByIdSeek UndirectedRelationshipIndexContainsScan
	UndirectedRelationshipIndexEndsWithScan UndirectedRelationshipIndexScan UndirectedRelationshipIndexSeek UndirectedRelationshipIndexSeekByRange
	UndirectedRelationshipTypeScan UndirectedRelationshipUniqueIndexSeek UndirectedUnionRelationshipTypesScan Union UnionNodeByLabelsScan Unwind
	ValueHashJoin VarLengthExpand(All) VarLengthExpand(Into) VarLengthExpand(Pruning) VarLengthExpand(Pruning,BFS,All) VarLengthExpand(Pruning,BFS,Into)
	VarLengthExpand(Pruning,BFS)`)

// procedures are those that may be called.
var procedures = []string{"db.labels", "db.relationshipTypes", "db.propertyKeys", "db.index.fulltext.queryNodes"}

// unplanned is a subquery in the details of an operator: one that is evaluated as
// part of an expression, so that its own operators are not in the plan. The plan
// has others as operators, and shows nothing of their text.
var unplanned = regexp.MustCompile(`\b(COLLECT|EXISTS|COUNT) \{`)

// Language implements graph.Console.
func (s *store) Language() string { return "cypher" }

// Ask implements graph.Console: the words are checked, then the plan, then the
// statement runs in the transaction that planned it, which is rolled back.
func (s *store) Ask(ctx context.Context, statement string, params map[string]any, l graph.Limits) (graph.Table, error) {
	const operation = "answer statement"
	if err := checkCypher(statement); err != nil {
		return graph.Table{}, err
	}
	bounded, cancel := context.WithTimeout(ctx, l.Time+consoleGrace)
	defer cancel()
	select {
	case s.console <- struct{}{}:
	case <-bounded.Done():
		if ctx.Err() != nil {
			return graph.Table{}, fmt.Errorf("%s: %w", operation, ctx.Err())
		}
		return graph.Table{}, fmt.Errorf("%s: %w", operation, graph.ErrBusy)
	}
	id := rand.Text()
	t, err := s.ask(bounded, id, statement, params, l)
	if bounded.Err() == nil {
		<-s.console
	} else {
		go s.outlive(id)
	}
	switch kind := kindOf(err); {
	case err == nil:
		return t, nil
	case ctx.Err() == nil && (bounded.Err() != nil || kind == overdue || kind == gone):
		return graph.Table{}, fmt.Errorf("%s: %w: it took longer than %s", operation, graph.ErrLimit, l.Time)
	case isParameterMissing(err):
		return graph.Table{}, fmt.Errorf("%s: %w", operation, &graph.InvalidError{Field: "params", Reason: reason(err)})
	}
	return graph.Table{}, s.fail(ctx, operation, err)
}

// outlive frees the place of a statement that was given up once the server is done
// with it: the server may still evaluate an expression that it cannot stop, and no
// more of these may run than statements.
func (s *store) outlive(id string) {
	defer func() { <-s.console }()
	running := graph.Statement{Cypher: "SHOW TRANSACTIONS YIELD metaData WHERE metaData.reformgraph = $id RETURN 1 AS one"}
	for {
		ended := true
		err := s.Run(context.Background(), running, map[string]any{"id": id}, func(graph.Row) error { ended = false; return nil })
		if err != nil || ended {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func (s *store) ask(ctx context.Context, id, statement string, params map[string]any, l graph.Limits) (t graph.Table, err error) {
	cfg := s.session(neo4j.AccessModeRead)
	cfg.FetchSize = 200
	session := s.driver.NewSession(ctx, cfg)
	defer closing(session.Close)
	tx, err := session.BeginTransaction(ctx, neo4j.WithTxTimeout(l.Time), neo4j.WithTxMetadata(map[string]any{"reformgraph": id}))
	if err != nil {
		return t, err
	}
	defer closing(tx.Close)
	result, err := tx.Run(ctx, "EXPLAIN "+statement, params)
	if err != nil {
		return t, err
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		return t, err
	}
	root, err := planOf(summary)
	if err != nil {
		return t, passed(err)
	}
	// The operators first: they say more than the type.
	if err := checkPlan(root); err != nil {
		return t, passed(err)
	}
	if summary.StatementType() != neo4j.StatementTypeReadOnly {
		return t, passed(&graph.RefusedError{Rule: "only statements that read may run"})
	}
	if result, err = tx.Run(ctx, statement, params); err != nil {
		return t, err
	}
	if t.Columns, err = result.Keys(); err != nil {
		return t, err
	}
	for result.Next(ctx) {
		row := make([]any, len(result.Record().Values))
		for i, v := range result.Record().Values {
			if row[i], err = plain(v); err != nil {
				return t, passed(err)
			}
		}
		if !t.Add(row, l) {
			return t, nil
		}
	}
	return t, result.Err()
}

// checkPlan holds each operator and procedure to the lists.
func checkPlan(p *db.Plan) error {
	name, _, _ := strings.Cut(p.Operator, "@")
	details, _ := p.Arguments["Details"].(string)
	switch {
	case !slices.Contains(operators, name):
		return &graph.RefusedError{Rule: fmt.Sprintf("operator %s is not on the list", name)}
	case name == "ProcedureCall":
		procedure, _, _ := strings.Cut(details, "(")
		if !slices.Contains(procedures, procedure) {
			return &graph.RefusedError{Rule: fmt.Sprintf("procedure %s is not on the list", procedure)}
		}
	case unplanned.MatchString(details):
		return &graph.RefusedError{Rule: "a subquery stands where the plan does not show it, as in a list comprehension: put it into CALL { … } or WITH"}
	}
	for i := range p.Children {
		if err := checkPlan(&p.Children[i]); err != nil {
			return err
		}
	}
	return nil
}

func isParameterMissing(err error) bool {
	var e *neo4j.Neo4jError
	return errors.As(err, &e) && strings.HasSuffix(e.Code, ".ParameterMissing")
}
