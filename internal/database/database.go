// Package database opens Tandem's database, SQLite or PostgreSQL, and runs transactions in it.
// There is one SQL text for both: `$1` placeholders, `timestamptz`, nothing that only one of them knows.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Clock tells the time. The program has two: the one that governs content and jobs (in the demo it can be moved on),
// and the machine's, for sessions and cookies.
type Clock func() time.Time

// MachineClock is the time of this machine, in UTC, to the microsecond: PostgreSQL keeps no more.
func MachineClock() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// DB is one open database. SQLite has a single writing connection and several reading ones; PostgreSQL one pool for both.
type DB struct {
	pool *sql.DB // PostgreSQL's; nil on SQLite
	file *file   // SQLite's; nil on PostgreSQL
	now  Clock
	read Memory

	again chan struct{} // whoever holds its one place writes once more, on PostgreSQL
}

// NewID makes an identifier: a UUIDv7, so that rows made later sort later (RFC 9562 §5.7).
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Open connects to `sqlite:PATH` or `postgres://…`. It does not migrate.
func Open(ctx context.Context, address string, now Clock) (*DB, error) {
	db := &DB{now: func() time.Time { return now().UTC().Truncate(time.Microsecond) }}
	path, isSQLite := strings.CutPrefix(address, "sqlite:")
	var err error
	switch {
	case isSQLite:
		db.file, err = openFile(ctx, path)
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		err = db.openPostgres(address)
	default:
		err = errors.New("a database address begins with sqlite: or postgres://")
	}
	if err != nil {
		return nil, err
	}
	if err := db.Ping(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

func (db *DB) openPostgres(address string) error {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	limit(pool, 16)
	db.pool, db.again = pool, make(chan struct{}, 1)
	return nil
}

// limit sets MaxIdle = MaxOpen: with fewer idle ones a busy server opens and closes connections all the time.
func limit(pool *sql.DB, n int) {
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n)
}

// Close closes every connection, as soon as it is not in use any more.
func (db *DB) Close() error {
	if db.file != nil {
		return db.file.close()
	}
	return db.pool.Close()
}

// Now is the time that governs content and jobs.
func (db *DB) Now() time.Time { return db.now() }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	return db.Glance(ctx, func(tx *Tx) error {
		var one int
		return tx.Row(ctx, `select 1`).Scan(&one)
	})
}

// Tx is one transaction. Now is fixed for the whole of it, so that all it writes bears one time.
type Tx struct {
	Now   time.Time
	on    statements
	after []func()

	memory *Memory
}

// statements is what runs them: PostgreSQL's transaction or pool, or a connection of SQLite.
type statements interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// OnCommit has f run once all of the transaction is safely kept, and not at all if it fails: to wake somebody who waits
// for what was written.
func (tx *Tx) OnCommit(f func()) { tx.after = append(tx.after, f) }

// Write runs f in a transaction that is either wholly there or not at all. On PostgreSQL two that touch the same rows
// may collide; the later one runs again, so f must change nothing but the database and its own local values.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	tx := &Tx{Now: db.now()}
	err := db.write(ctx, tx, f)
	if err != nil {
		return err
	}
	for _, then := range tx.after {
		then()
	}
	return nil
}

func (db *DB) write(ctx context.Context, tx *Tx, f func(*Tx) error) error {
	if db.file != nil {
		return db.file.write(ctx, tx, f)
	}
	const tries = 12
	for try := 1; ; try++ {
		tx.after = nil
		err := db.run(ctx, tx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead}, f)
		if err == nil || !collided(err) || try == tries {
			return err
		}
		if try == 1 { // those that collided go on one by one: else many writers of one row keep each other from it
			select {
			case <-ctx.Done():
				return ctx.Err()
			case db.again <- struct{}{}:
				defer func() { <-db.again }()
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try*try) * time.Millisecond):
		}
		tx.Now = db.now()
	}
}

// Read runs f in a read-only transaction: one consistent view of everything.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	tx := &Tx{Now: db.now(), memory: &db.read}
	if db.file != nil {
		return db.file.read(ctx, tx, f)
	}
	return db.run(ctx, tx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, f)
}

// Glance runs f without a transaction: for one statement that only reads, which sees a single moment anyway. On PostgreSQL
// it is one trip there and back instead of three.
func (db *DB) Glance(ctx context.Context, f func(*Tx) error) error {
	tx := &Tx{Now: db.now()}
	if db.file != nil {
		return db.file.glance(ctx, tx, f)
	}
	tx.on = db.pool
	return f(tx)
}

// run is a transaction of PostgreSQL. Repeatable read makes it behave as SQLite does by nature: one view per transaction
// and no lost update.
func (db *DB) run(ctx context.Context, t *Tx, options *sql.TxOptions, f func(*Tx) error) error {
	tx, err := db.pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // after a commit this does nothing
	t.on = tx
	if err := f(t); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Exec runs a statement and tells how many rows it changed.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	count(ctx)
	result, err := tx.on.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", firstLine(query), err)
	}
	return result.RowsAffected()
}

// Row reads one row. Scan answers sql.ErrNoRows where there is none.
func (tx *Tx) Row(ctx context.Context, query string, args ...any) *sql.Row {
	count(ctx)
	return tx.on.QueryRowContext(ctx, query, args...)
}

// Scanner is a row being read.
type Scanner interface{ Scan(into ...any) error }

// All reads every row of a query.
func All[T any](ctx context.Context, tx *Tx, read func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	count(ctx)
	rows, err := tx.on.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", firstLine(query), err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := read(rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", firstLine(query), err)
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// Strings reads a query of one text column.
func Strings(ctx context.Context, tx *Tx, query string, args ...any) ([]string, error) {
	return All(ctx, tx, func(row Scanner) (s string, err error) { return s, row.Scan(&s) }, query, args...)
}

// Args gathers the values of a statement that is put together from parts.
type Args []any

// Add gives the placeholder of one more value.
func (a *Args) Add(value any) string {
	*a = append(*a, value)
	return fmt.Sprintf("$%d", len(*a))
}

// In gives the right side of `in`, for any number of values; nothing is in an empty one.
func (a *Args) In(values []string) string {
	if len(values) == 0 {
		return "(null)"
	}
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = a.Add(v)
	}
	return "(" + strings.Join(marks, ",") + ")"
}

// IsDuplicate tells whether a unique key refused the row.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505" // unique_violation
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}

// IsNone tells whether a row was asked for that is not there.
func IsNone(err error) bool { return errors.Is(err, sql.ErrNoRows) }

func collided(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01") // serialization_failure, deadlock_detected
}

func firstLine(query string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(query), "\n")
	return line
}
