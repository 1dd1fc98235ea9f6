package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"reformgraph/graph"
	"reformgraph/graph/neo4jstore"
	"reformgraph/graph/sqlitestore"
)

// need says what a command does with the store. One that asks or mends it needs a
// file that was made before: a question to a mistyped name must not be answered by
// a new, empty one. Of those that load or change, one process at a time has a
// file; readers do not mind, nor does a server, whose writes wait their turn.
type need int

const (
	toLoad need = iota
	toServe
	toChange
	toRead
)

// open opens the store that the settings name.
func (m *Main) open(ctx context.Context, n need) (graph.Store, error) {
	scheme, rest, ok := strings.Cut(m.config.Store, ":")
	if !ok {
		return nil, usagef("store %q has no scheme: write sqlite:%s for a file, or neo4j://HOST:7687 for a server", m.config.Store, m.config.Store)
	}
	var s graph.Store
	var err error
	switch scheme {
	case "sqlite":
		if rest == "" {
			return nil, usagef("store %q names no file: write sqlite:reformgraph.db", m.config.Store)
		}
		if _, statErr := os.Stat(rest); (n == toChange || n == toRead) && errors.Is(statErr, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no graph in %s: load articles first, or name another file with --store sqlite:FILE", rest)
		}
		if n == toLoad || n == toChange {
			s, err = sqlitestore.OpenLoader(ctx, rest)
		} else {
			s, err = sqlitestore.Open(ctx, rest)
		}
	case "neo4j", "neo4j+s", "bolt":
		var u *url.URL
		// The URL is not shown: it may hold a password.
		if u, err = url.Parse(m.config.Store); err != nil || u.Host == "" {
			return nil, usagef("store is no URL of a server: write %s://HOST:7687", scheme)
		}
		if u.User != nil {
			return nil, usagef("store holds a user name or password: give these as neo4j.user and neo4j.password (REFORMGRAPH_NEO4J_PASSWORD)")
		}
		s, err = neo4jstore.Open(ctx, neo4jstore.Config{
			URL: m.config.Store, User: m.config.Neo4j.User, Password: m.config.Neo4j.Password, Database: m.config.Neo4j.Database})
	default:
		return nil, usagef("store scheme %q is unknown: use sqlite, neo4j, neo4j+s or bolt", scheme)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", m.config.Store, err)
	}
	return graph.Checked(s), nil
}

// withStore opens the store for one piece of work and closes it.
func (m *Main) withStore(ctx context.Context, n need, work func(graph.Store) error) (err error) {
	s, err := m.open(ctx, n)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := s.Close(); err == nil && closeErr != nil {
			err = fmt.Errorf("close %s: %w", m.config.Store, closeErr)
		}
	}()
	return work(s)
}
