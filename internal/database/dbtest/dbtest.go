// Package dbtest runs a test on both databases. Each test gets a database of its own, migrated, that is gone afterwards.
package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.org/tandem/internal/database"
)

// Start is when the clock of every test stands: Monday 27 July 2020, 12:00 in Minsk, 11:00 in Køge, as in the demo.
var Start = time.Date(2020, 7, 27, 9, 0, 0, 0, time.UTC)

// Clock stands still until a test moves it on.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to a time.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now.UTC()
}

// Advance moves the clock on.
func (c *Clock) Advance(by time.Duration) { c.Set(c.Now().Add(by)) }

// NewClock gives a clock that stands at Start.
func NewClock() *Clock { return &Clock{now: Start} }

// Each runs the test on SQLite and on PostgreSQL, as two subtests. Without PostgreSQL's binaries its half is skipped,
// and in CI, where nothing may be skipped, it fails.
func Each(t *testing.T, test func(t *testing.T, db *database.DB, clock *Clock)) {
	t.Helper()
	schema.Each(t, test)
}

// Template is a database that tests get copies of: filling one costs more than most of them.
type Template struct {
	sqlite   func() ([]byte, error)
	postgres func() (string, error)
}

// NewTemplate gives one that is filled once, before the first test that wants it. Its clock stands at Start.
func NewTemplate(fill func(ctx context.Context, db *database.DB) error) *Template {
	return &Template{
		sqlite: sync.OnceValues(func() ([]byte, error) { return filledSQLite(fill) }),
		postgres: sync.OnceValues(func() (string, error) {
			server, err := startOnce()
			if err != nil {
				return "", err
			}
			name := newName()
			return name, errors.Join(server.run("create database "+name), filled(server.address(name), fill))
		}),
	}
}

// schema is the template of a database that is migrated and empty.
var schema = NewTemplate(func(context.Context, *database.DB) error { return nil })

// Each runs the test on a copy of the template, on both databases.
func (p *Template) Each(t *testing.T, test func(t *testing.T, db *database.DB, clock *Clock)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		content, err := p.sqlite()
		if err != nil {
			t.Fatal(err)
		}
		address, clock := SQLite(t), NewClock()
		if err := os.WriteFile(strings.TrimPrefix(address, "sqlite:"), content, 0o600); err != nil {
			t.Fatal(err)
		}
		test(t, open(t, address, clock), clock)
	})
	t.Run("postgres", func(t *testing.T) {
		server(t)
		name, err := p.postgres()
		if err != nil {
			t.Fatal(err)
		}
		address, clock := fresh(t, "template "+name), NewClock()
		test(t, open(t, address, clock), clock)
	})
}

func open(t *testing.T, address string, clock *Clock) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), address, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func filledSQLite(fill func(context.Context, *database.DB) error) ([]byte, error) {
	dir, err := os.MkdirTemp("", "tandem-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "tandem.db")
	if err := filled("sqlite:"+path, fill); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func filled(address string, fill func(context.Context, *database.DB) error) error {
	ctx := context.Background()
	db, err := database.Open(ctx, address, NewClock().Now)
	if err != nil {
		return err
	}
	if err = db.Migrate(ctx); err == nil {
		err = fill(ctx, db)
	}
	return errors.Join(err, db.Close())
}

// SQLite gives the address of an empty database file.
func SQLite(t *testing.T) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "tandem.db")
}

// Postgres gives the address of an empty PostgreSQL database on a throw-away server, which the first test of a
// package starts and which ends with it.
func Postgres(t *testing.T) string {
	t.Helper()
	return fresh(t, "")
}

// server is the throw-away server; a test that needs it where it cannot be had is skipped, or in CI fails.
func server(t *testing.T) *cluster {
	t.Helper()
	c, err := startOnce()
	if errors.Is(err, errNoBinaries) && os.Getenv("CI") == "" {
		t.Skip("not run on PostgreSQL: no initdb found; install the package postgresql")
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func fresh(t *testing.T, from string) string {
	t.Helper()
	c, name := server(t), newName()
	if err := c.run("create database " + name + " " + from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.run("drop database if exists " + name + " with (force)") })
	return c.address(name)
}

func newName() string { return "t" + strings.ReplaceAll(database.NewID(), "-", "") }

var errNoBinaries = errors.New("no PostgreSQL binaries")

type cluster struct {
	socket string
	alive  io.Closer // kept: the collector would close it, and the shell would think that we had ended
}

var startOnce = sync.OnceValues(start)

// start makes a cluster that writes nothing for safety (fsync off) and dies with this process.
func start() (*cluster, error) {
	bin, err := Binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "tandem-pg")
	if err != nil {
		return nil, err
	}
	attr, err := Account(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "tandem", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions", "--locale=C.UTF-8")
	initdb.SysProcAttr, initdb.Dir = attr, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	// A shell watches over the server: its input ends when this process does, however that happens, and then it clears up.
	server := exec.Command("/bin/sh", "-c", `"$0" "$@" & read -r _; kill -QUIT $!; wait; rm -rf "$PWD"`,
		filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "timezone=UTC")
	server.SysProcAttr, server.Dir = attr, dir
	alive, err := server.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	c := &cluster{socket: dir, alive: alive}
	for range 300 {
		if err = c.run("select 1"); err == nil {
			return c, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil, fmt.Errorf("PostgreSQL did not start: %w", err)
}

// Account gives the server an account of its own where we run as root, which PostgreSQL refuses.
func Account(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, errors.New("no account to run PostgreSQL as")
}

// Binaries is the folder of PostgreSQL's programs; of several versions the newest.
func Binaries() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(path), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errNoBinaries
	}
	sort.Strings(found)
	return filepath.Dir(found[len(found)-1]), nil
}

func (c *cluster) address(name string) string {
	return "postgres:///" + name + "?user=tandem&host=" + c.socket
}

func (c *cluster) run(statement string) error {
	db, err := sql.Open("pgx", c.address("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	_, err = db.ExecContext(ctx, statement)
	return err
}
