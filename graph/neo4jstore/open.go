package neo4jstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"reformgraph/graph"
)

// Schemes are the schemes of a Config.URL: neo4j asks the server for the
// cluster's members, bolt speaks to the one server named; +s is TLS, +ssc TLS
// that takes any certificate.
var Schemes = []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}

// Config says which database to open. A zero value of an optional field stands
// for its default.
type Config struct {
	URL      string // SCHEME://HOST:PORT, without user and password
	User     string // "" if the server asks for no password
	Password string
	Database string // default "neo4j"

	// ReadTimeout bounds one read transaction, Run included. Default 20 s.
	ReadTimeout time.Duration
	// WriteTimeout bounds one attempt at a batch, the wait for other writers
	// included. Default 2 min.
	WriteTimeout time.Duration
	// ExportTimeout bounds an export, during which writers wait. Default 15 min.
	ExportTimeout time.Duration
	// RetryTime is for how long a call goes on trying a server that does not
	// answer, before ErrUnavailable. Default 8 s.
	RetryTime time.Duration
	// BusyTime is for how long a write goes on trying when other writers are in
	// its way, before ErrBusy. Default 1 min.
	BusyTime time.Duration
}

const (
	connectTimeout = 3 * time.Second // for one TCP connection
	acquireTimeout = 5 * time.Second // for a connection from the pool
	idleCheck      = 2 * time.Second // a connection idle for longer is tested before use
	poolSize       = 64
	fetchSize      = 1000 // rows that a server sends before it is asked for more
)

// store is a graph.Store on one Neo4j database.
type store struct {
	cfg       Config
	driver    neo4j.DriverWithContext
	bookmarks neo4j.BookmarkManager
	console   chan struct{} // a place for each statement of people that runs
	engine    string
}

var (
	_ graph.Store     = (*store)(nil)
	_ graph.Explainer = (*store)(nil)
)

// Open connects to the database and makes or upgrades the schema. The store
// offers graph.Explainer.
//
// Errors: graph.ErrUnavailable if no server answers; graph.ErrSchema if a newer
// program made the store; graph.ErrInvalid for a setting that cannot be right: a
// bad URL, an unknown database, a wrong password, a server that is too old.
func Open(ctx context.Context, cfg Config) (graph.Store, error) {
	s, err := open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return graph.Checked(s), nil
}

func open(ctx context.Context, cfg Config) (_ *store, err error) {
	if err := checkURL(cfg.URL); err != nil {
		return nil, err
	}
	cfg.Database = cmp.Or(cfg.Database, "neo4j")
	cfg.ReadTimeout = cmp.Or(cfg.ReadTimeout, 20*time.Second)
	cfg.WriteTimeout = cmp.Or(cfg.WriteTimeout, 2*time.Minute)
	cfg.ExportTimeout = cmp.Or(cfg.ExportTimeout, 15*time.Minute)
	cfg.RetryTime = cmp.Or(cfg.RetryTime, 8*time.Second)
	cfg.BusyTime = cmp.Or(cfg.BusyTime, time.Minute)
	auth := neo4j.NoAuth()
	if cfg.User != "" || cfg.Password != "" {
		auth = neo4j.BasicAuth(cmp.Or(cfg.User, "neo4j"), cfg.Password, "")
	}
	driver, err := neo4j.NewDriverWithContext(cfg.URL, auth, func(c *config.Config) {
		c.UserAgent = "reformgraph"
		c.MaxConnectionPoolSize = poolSize
		c.ConnectionAcquisitionTimeout = acquireTimeout
		c.ConnectionLivenessCheckTimeout = idleCheck
		c.SocketConnectTimeout = connectTimeout
		c.FetchSize = fetchSize
		c.NotificationsMinSeverity = notifications.DisabledLevel
	})
	if err != nil {
		return nil, &graph.InvalidError{Field: "store", Reason: err.Error()}
	}
	s := &store{cfg: cfg, driver: driver, bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{}),
		console: make(chan struct{}, maxConsole)}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if err := s.greet(ctx); err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// checkURL names the common mistakes in a URL, and never repeats a password.
func checkURL(raw string) error {
	bad := func(format string, args ...any) error {
		return &graph.InvalidError{Field: "store", Reason: fmt.Sprintf(format, args...)}
	}
	u, err := url.Parse(raw)
	if err != nil {
		return bad("is not a URL: want neo4j://HOST:7687")
	}
	switch {
	case !slices.Contains(Schemes, u.Scheme):
		return bad("has the scheme %q: want one of %s", u.Scheme, strings.Join(Schemes, ", "))
	case u.User != nil:
		return bad("holds a user or password: give these as settings of their own")
	case u.Hostname() == "":
		return bad("%s names no host: want %s://HOST:7687", raw, u.Scheme)
	case strings.Trim(u.Path, "/") != "":
		return bad("%s has the path %s: the database is a setting of its own", raw, u.Path)
	}
	return nil
}

// greet makes sure that a server answers that this program can work with.
func (s *store) greet(ctx context.Context) error {
	var agent string
	err := s.retry(ctx, func() error {
		ctx, cancel := context.WithTimeout(ctx, acquireTimeout+connectTimeout)
		defer cancel()
		info, err := s.driver.GetServerInfo(ctx)
		if err == nil {
			agent = info.Agent()
		}
		return err
	})
	if err != nil {
		return s.fail(ctx, "open store", err)
	}
	var major, minor int
	if _, err := fmt.Sscanf(agent, "Neo4j/%d.%d", &major, &minor); err == nil && (major < 5 || major == 5 && minor < 7) {
		return &graph.InvalidError{Field: "store", Reason: fmt.Sprintf("%s is %s: this program needs Neo4j 5.7 or newer", s.cfg.URL, agent)}
	}
	s.engine = strings.ToLower(strings.Replace(agent, "/", " ", 1))
	return nil
}

// Close ends all connections. Calls in progress fail.
func (s *store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), connectTimeout)
	defer cancel()
	if err := s.driver.Close(ctx); err != nil {
		return errors.New("close store " + s.cfg.URL + ": " + err.Error())
	}
	return nil
}
