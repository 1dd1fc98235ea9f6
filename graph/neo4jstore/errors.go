package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"reformgraph/graph"
)

// kind is what a failure means to a caller; retry tries busy and unavailable
// again.
type kind int

const (
	internal    kind = iota
	own              // an error of this project, passed on as it is
	unavailable      // no server, or one that cannot answer now
	gone             // the server ended the transaction on purpose
	busy             // another writer is in the way
	full             // the disk or the memory for one transaction
	overdue          // a transaction ran into its timeout
	statement        // the statement is wrong or may not run
	credentials
	database
	address // the URL leads to something else than Neo4j, or the driver refuses it
	closed
)

// byCode gives the kind of a server's error by the end of its code. Other
// transient errors are unavailable, other Neo.ClientError.Statement errors are of
// the statement.
var byCode = map[string]kind{
	"Transaction.DeadlockDetected":                       busy,
	"Transaction.LockAcquisitionTimeout":                 busy,
	"Transaction.LockClientStopped":                      busy,
	"Transaction.Outdated":                               busy,
	"Transaction.ConstraintsChanged":                     busy,
	"Schema.SchemaModifiedConcurrently":                  busy,
	"General.MemoryPoolOutOfMemoryError":                 full,
	"General.OutOfMemoryError":                           full,
	"General.StackOverFlowError":                         full,
	"General.TransactionOutOfMemoryError":                full,
	"Transaction.TransactionTimedOut":                    overdue,
	"Transaction.TransactionTimedOutClientConfiguration": overdue,
	"Transaction.Terminated":                             gone,
	"Transaction.LinkedTransactionError":                 statement,
	"Procedure.ProcedureNotFound":                        statement,
	"Procedure.ProcedureCallFailed":                      statement,
	"Cluster.NotALeader":                                 unavailable,
	"General.ForbiddenOnReadOnlyDatabase":                unavailable,
	"General.DatabaseUnavailable":                        unavailable,
	"Database.DatabaseUnavailable":                       unavailable,
	"Security.AuthorizationExpired":                      unavailable,
	"Security.Unauthorized":                              credentials,
	"Security.AuthenticationRateLimit":                   credentials,
	"Security.CredentialsExpired":                        credentials,
	"Security.Forbidden":                                 credentials,
	"Database.DatabaseNotFound":                          database,
}

// kindOf sorts an error of the driver, or one of this project.
func kindOf(err error) kind {
	var fromServer *neo4j.Neo4jError
	var connectivity *neo4j.ConnectivityError
	var usage *neo4j.UsageError
	var network net.Error
	switch {
	case err == nil, errors.As(err, new(*ownError)):
		return own
	case errors.As(err, &fromServer):
		_, code, _ := strings.Cut(strings.TrimPrefix(fromServer.Code, "Neo."), ".")
		k, known := byCode[code]
		switch {
		case strings.Contains(fromServer.Msg, "No space left on device"):
			return full
		case known:
			return k
		case strings.Contains(fromServer.Code, ".TransientError."):
			return unavailable
		case strings.HasPrefix(fromServer.Code, "Neo.ClientError.Statement."):
			return statement
		}
		return internal
	case errors.As(err, &connectivity), errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		// The context of the attempt ended; that of the call is asked elsewhere.
		return unavailable
	case errors.As(err, &usage):
		if strings.Contains(err.Error(), "closed") {
			return closed
		}
		return address
	}
	return internal
}

// ownError carries an error of a callback or of the model through retry and fail
// unchanged.
type ownError struct{ err error }

func (e *ownError) Error() string { return e.err.Error() }

func passed(err error) error {
	if err == nil {
		return nil
	}
	return &ownError{err}
}

// fail turns a failure of a read into the error that callers see: a sentinel of
// graph with the operation, the server and what to do, never a type of the driver.
func (s *store) fail(ctx context.Context, operation string, err error) error {
	return s.explain(ctx, operation, err, graph.ErrLimit, graph.ErrLimit)
}

// failWrite does so for a write.
func (s *store) failWrite(ctx context.Context, operation string, err error) error {
	return s.explain(ctx, operation, err, graph.ErrFull, graph.ErrBusy)
}

// explain words an error. Running out of memory or time means another thing to
// a reader, who asked too much, than to a writer.
func (s *store) explain(ctx context.Context, operation string, err error, outOfMemory, outOfTime error) error {
	var own_ *ownError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own_):
		return own_.err
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", operation, ctx.Err())
	}
	where := s.cfg.URL
	say := func(sentinel error, advice string) error {
		return fmt.Errorf("%s: %w: %s: %s: %s", operation, sentinel, where, reason(err), advice)
	}
	invalid := func(field, format string, args ...any) error {
		return fmt.Errorf("%s: %w", operation, &graph.InvalidError{Field: field, Reason: fmt.Sprintf(format, args...)})
	}
	switch kindOf(err) {
	case unavailable:
		return say(graph.ErrUnavailable, "see that the server runs and that the address is right, then try again")
	case address:
		return invalid("store", "%s: %s", where, reason(err))
	case closed:
		return fmt.Errorf("%s: the store is closed: %s", operation, reason(err))
	case gone:
		return say(graph.ErrUnavailable, "the server ended the transaction; try again")
	case busy:
		return say(graph.ErrBusy, "try again when other loaders have finished")
	case full:
		return say(outOfMemory, "use smaller batches or answers, or give the server more (dbms.memory.transaction.total.max, db.memory.transaction.max, heap, disk)")
	case overdue:
		return say(outOfTime, "it took longer than the timeout in the settings")
	case statement:
		return invalid("statement", "%s", reason(err))
	case credentials:
		return invalid("user", "%s refuses user %q: %s: check user and password", where, s.cfg.User, reason(err))
	case database:
		return invalid("database", "%s has no database %q", where, s.cfg.Database)
	}
	return fmt.Errorf("%s: %s: %s", operation, where, reason(err))
}

// reason returns what the server or the driver said, without the driver's type
// names.
func reason(err error) string {
	var fromServer *neo4j.Neo4jError
	if errors.As(err, &fromServer) {
		return strings.TrimSpace(fromServer.Msg) + " (" + fromServer.Code + ")"
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "no answer in time"
	}
	text := err.Error()
	for _, prefix := range []string{"ConnectivityError: ", "UsageError: ", "InvalidAuthenticationError: "} {
		text = strings.ReplaceAll(text, prefix, "")
	}
	return text
}
