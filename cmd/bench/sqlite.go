package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver alone

	"reformgraph/graph"
	"reformgraph/graph/sqlitestore"
)

// sqliteSize is a graph of one size, served and open to the driver alone.
type sqliteSize struct {
	size  int
	store graph.Store
	base  string
	db    *sql.DB
	stop  func()
}

// sqliteLoad is a load into an SQLite file.
type sqliteLoad struct {
	articles int
	took     time.Duration
}

// sqliteQuestions makes a file of each size and asks them in turn.
func (b *bench) sqliteQuestions(ctx context.Context, every, spread bool) (err error) {
	var open []*sqliteSize
	defer func() {
		for _, s := range open {
			s.stop()
		}
	}()
	file := ""
	for i, size := range b.sqlite {
		from := 0
		next := filepath.Join(b.dir, fmt.Sprintf("%d.db", size))
		if i > 0 {
			from = b.sqlite[i-1]
			if err := copyFile(file, next); err != nil {
				return err
			}
		}
		file = next
		s, err := sqlitestore.OpenLoader(ctx, file)
		if err != nil {
			return err
		}
		took, err := b.apply(ctx, s, from, size)
		if closeErr := s.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return err
		}
		b.progress("SQLite: %d articles, the last %d in %v", size, size-from, took)
		b.loaded = append(b.loaded, sqliteLoad{size - from, took})
	}
	b.reportSQLiteLoads()
	for _, size := range b.sqlite {
		s, err := openSize(ctx, filepath.Join(b.dir, fmt.Sprintf("%d.db", size)), size)
		if err != nil {
			return err
		}
		open = append(open, s)
	}
	c := client()
	if every {
		s := open[len(open)-2]
		var table []answerRow
		for _, qs := range b.corpus.questions(s.size) {
			calls, n, err := callsOf(ctx, s.store, qs)
			if err != nil {
				return err
			}
			row, err := b.answer(ctx, qs[0].query, n, len(calls[0]), []rival{overHTTP(c, s.base, qs), bySQL(s.db, calls)})
			if err != nil {
				return err
			}
			table = append(table, row)
		}
		b.reportAnswers("SQLite", s.size, table)
	}
	if spread {
		var rivals []rival
		for _, s := range open {
			qs := b.corpus.questions(s.size)[0]
			calls, _, err := callsOf(ctx, s.store, qs)
			if err != nil {
				return err
			}
			rivals = append(rivals, overHTTP(c, s.base, qs), bySQL(s.db, calls))
		}
		if err := b.warmUp(ctx, rivals, false); err != nil {
			return err
		}
		turns, err := contest(ctx, rivals, 1, b.rounds, 2*b.turn)
		if err != nil {
			return err
		}
		var grown []growth
		for i, s := range open {
			grown = append(grown, growth{s.size, turns[2*i : 2*i+2]})
		}
		b.reportGrowth("SQLite", grown)
	}
	return nil
}

func openSize(ctx context.Context, file string, size int) (*sqliteSize, error) {
	s := &sqliteSize{size: size}
	var err error
	if s.store, err = sqlitestore.Open(ctx, file); err != nil {
		return nil, err
	}
	var stop func()
	if s.base, stop, err = serve(ctx, s.store); err != nil {
		s.store.Close()
		return nil, err
	}
	if s.db, err = sql.Open("sqlite", readOnly(file)); err != nil {
		stop()
		s.store.Close()
		return nil, err
	}
	s.db.SetMaxIdleConns(32)
	s.stop = func() {
		stop()
		s.db.Close()
		s.store.Close()
	}
	return s, nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	return err
}
