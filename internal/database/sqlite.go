package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"runtime"
)

// file is a database of SQLite: any number of transactions read it at once, one at a time writes.
type file struct {
	readers *links
	writers *links // one
	queue   queue
}

// openFile: immediate transactions, because one that starts by reading fails with BUSY when it wants to write;
// synchronous FULL, because what was answered with success survives a power cut.
func openFile(ctx context.Context, path string) (*file, error) {
	pragmas := url.Values{
		"_txlock":      {"immediate"},
		"_time_format": {"sqlite"},
		"_timezone":    {"UTC"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
			"temp_store(memory)", "cache_size(-4000)"},
	}
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?"
	f, err := &file{}, error(nil)
	// Beside the one that writes there may be one that migrates.
	if f.writers, err = open(name+pragmas.Encode(), 2, 1); err != nil {
		return nil, err
	}
	// The writer makes the file and turns WAL on; readers that came first would each try to.
	if err := f.writers.pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), f.writers.close())
	}
	readers := max(4, runtime.NumCPU()*2)
	pragmas.Add("_pragma", "query_only(1)")
	if f.readers, err = open(name+pragmas.Encode(), readers, readers); err != nil {
		return nil, errors.Join(err, f.writers.close())
	}
	return f, nil
}

func (f *file) close() error { return errors.Join(f.readers.close(), f.writers.close()) }

// read runs a transaction that sees one moment and changes nothing.
func (f *file) read(ctx context.Context, tx *Tx, do func(*Tx) error) error {
	return f.glance(ctx, tx, func(tx *Tx) error {
		l := tx.on.(*link)
		if err := l.say("begin"); err != nil {
			return err
		}
		defer l.say("rollback")
		return do(tx)
	})
}

func (f *file) glance(ctx context.Context, tx *Tx, do func(*Tx) error) error {
	l, err := f.readers.take(ctx)
	if err != nil {
		return err
	}
	defer f.readers.give(l)
	tx.on = l
	return do(tx)
}

// links are the connections for one purpose. They are ours rather than the pool's to give, because each knows statements.
type links struct {
	pool *sql.DB
	free chan *link // nil: not opened yet
}

func open(address string, connections, free int) (*links, error) {
	pool, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, err
	}
	limit(pool, connections)
	l := &links{pool, make(chan *link, free)}
	for range free {
		l.free <- nil
	}
	return l, nil
}

func (l *links) take(ctx context.Context) (*link, error) {
	select {
	case one := <-l.free:
		if one != nil {
			return one, nil
		}
		conn, err := l.pool.Conn(ctx)
		if err != nil {
			l.free <- nil
			return nil, fmt.Errorf("connect: %w", err)
		}
		return &link{conn: conn, known: map[string]*sql.Stmt{}}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// give puts a connection back; one that failed at what never fails is thrown away.
func (l *links) give(one *link) {
	if one.broken {
		one.forget()
		one.conn.Raw(func(any) error { return driver.ErrBadConn })
		one = nil
	}
	l.free <- one
}

// close waits for every connection. Who asks for one afterwards is told that the database is closed.
func (l *links) close() error {
	for range cap(l.free) {
		if one := <-l.free; one != nil {
			one.forget()
			one.conn.Close()
		}
	}
	err := l.pool.Close()
	for range cap(l.free) {
		l.free <- nil
	}
	return err
}

// link is one connection with the statements that it has prepared: preparing one takes longer than running most.
type link struct {
	conn   *sql.Conn
	known  map[string]*sql.Stmt
	broken bool
}

// mostKnown bounds their memory, some kilobytes each. Lists of different lengths make many; then it begins anew.
const mostKnown = 200

func (l *link) prepared(query string) (*sql.Stmt, error) {
	if s, there := l.known[query]; there {
		return s, nil
	}
	if len(l.known) >= mostKnown {
		l.forget()
	}
	s, err := l.conn.PrepareContext(context.Background(), query)
	if err == nil {
		l.known[query] = s
	}
	return s, err
}

// forget closes the statements; SQLite does not close a connection before them.
func (l *link) forget() {
	for _, s := range l.known {
		s.Close()
	}
	clear(l.known)
}

// say runs a statement about the transaction itself.
func (l *link) say(statement string) error {
	_, err := l.ExecContext(context.Background(), statement)
	if err != nil {
		l.broken = true
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// unbroken lets a statement that has begun end. Breaking one off makes SQLite roll back the whole transaction, and what
// others wrote in it; so whether the reader has left is asked before each.
func unbroken(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

func (l *link) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := l.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(unbroken(ctx), args...)
}

func (l *link) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := l.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(unbroken(ctx), args...)
}

func (l *link) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := l.prepared(query)
	if err != nil {
		return l.conn.QueryRowContext(ctx, query, args...) // gives the same error, as a row
	}
	return s.QueryRowContext(unbroken(ctx), args...)
}
