package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

// store is one kind of database. It keeps seeded databases between runs and gives copies of them to measure on.
type store interface {
	name() string
	// copied gives the address of a fresh copy with that many action items, and how to be rid of it.
	copied(ctx context.Context, items int) (address string, drop func(), err error)
	// processor is what the database's own processes have used of it so far; 0 where it has none.
	processor() time.Duration
	close()
}

// cache is where seeded databases are kept. PostgreSQL refuses to run as root, and its account cannot enter root's home.
func cache() (string, error) {
	dir, err := os.UserCacheDir()
	if os.Geteuid() == 0 {
		dir, err = "/var/tmp", nil
	}
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "tandem-bench")
	return dir, os.MkdirAll(dir, 0o755)
}

// edition changes with the schema, with what is seeded, and each month, because part of it is yet to come.
func edition(now time.Time) (string, error) {
	hash := sha256.New()
	fmt.Fprint(hash, seedSQL, words, now.Format("2006-01"))
	files, err := filepath.Glob("internal/database/migrations/*.sql")
	if err == nil && len(files) == 0 {
		err = errors.New("no migrations here: run it from the top folder")
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		hash.Write(content)
	}
	return hex.EncodeToString(hash.Sum(nil))[:12], err
}

// fill migrates and seeds a database. Indexes are made afterwards, which is quicker than keeping them up.
func fill(ctx context.Context, driver, address, raw string, items int, indexes string) error {
	db, err := database.Open(ctx, address, database.MachineClock)
	if err != nil {
		return err
	}
	if err := errors.Join(db.Migrate(ctx), db.Close()); err != nil {
		return err
	}
	pool, err := sql.Open(driver, raw)
	if err != nil {
		return err
	}
	defer pool.Close()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	again, err := dropIndexes(ctx, conn, indexes)
	if err != nil {
		return err
	}
	if err := seed(ctx, conn, items, time.Now()); err != nil {
		return err
	}
	for _, statement := range again {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// dropIndexes drops those that a query names, and gives the statements that make them again.
func dropIndexes(ctx context.Context, conn *sql.Conn, query string) (again []string, err error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, err
		}
		names, again = append(names, name), append(again, statement)
	}
	for _, name := range names {
		if _, err := conn.ExecContext(ctx, `drop index `+name); err != nil {
			return nil, err
		}
	}
	return again, rows.Err()
}

// files keeps SQLite's.
type files struct{ dir, edition string }

func (files) name() string             { return "sqlite" }
func (files) processor() time.Duration { return 0 }
func (files) close()                   {}

func (f files) copied(ctx context.Context, items int) (string, func(), error) {
	kept := filepath.Join(f.dir, fmt.Sprintf("%d-%s.db", items, f.edition))
	if _, err := os.Stat(kept); err != nil {
		old, _ := filepath.Glob(filepath.Join(f.dir, fmt.Sprintf("%d-*.db*", items)))
		for _, file := range old {
			os.Remove(file)
		}
		const safety = "?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=cache_size(-400000)&_time_format=sqlite&_timezone=UTC"
		building := filepath.Join(f.dir, fmt.Sprintf("%d-building.db", items))
		err := fill(ctx, "sqlite", "sqlite:"+building, "file:"+building+safety, items,
			`select name, sql from sqlite_master where type = 'index' and sql is not null`)
		if err == nil {
			err = os.Rename(building, kept)
		}
		if err != nil {
			return "", nil, err
		}
	}
	dir, err := os.MkdirTemp(f.dir, "run")
	if err != nil {
		return "", nil, err
	}
	path := filepath.Join(dir, "tandem.db")
	return "sqlite:" + path, func() { os.RemoveAll(dir) }, copyFile(kept, path)
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Sync(), target.Close())
}

// cluster is a PostgreSQL server of our own, as safe as it comes: fsync and synchronous_commit are on.
type cluster struct {
	dir, edition string
	server       *exec.Cmd
}

func startCluster(dir, edition string) (*cluster, error) {
	bin, err := dbtest.Binaries()
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: filepath.Join(dir, "postgres"), edition: edition}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return nil, err
	}
	account, err := dbtest.Account(c.dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(c.dir, "data")
	if _, err := os.Stat(data); err != nil {
		initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "tandem", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
		initdb.SysProcAttr, initdb.Dir = account, c.dir
		if out, err := initdb.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("initdb: %w\n%s", err, out)
		}
	}
	account.Pdeathsig = syscall.SIGINT // "fast shutdown", should we end without saying so
	c.server = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", c.dir, "-c", "listen_addresses=", "-c", "timezone=UTC",
		"-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_wal_size=4GB", "-c", "shared_buffers=256MB")
	c.server.SysProcAttr, c.server.Dir = account, c.dir
	if err := c.server.Start(); err != nil {
		return nil, err
	}
	for range 500 {
		if err = c.say(context.Background(), `select 1`); err == nil {
			return c, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.close()
	return nil, fmt.Errorf("PostgreSQL did not start: %w", err)
}

func (*cluster) name() string { return "postgres" }

func (c *cluster) close() {
	c.server.Process.Signal(syscall.SIGINT)
	c.server.Wait()
}

func (c *cluster) processor() time.Duration { return family(c.server.Process.Pid) }

func (c *cluster) address(name string) string {
	return "postgres:///" + name + "?user=tandem&host=" + c.dir
}

func (c *cluster) say(ctx context.Context, statements ...string) error {
	db, err := sql.Open("pgx", c.address("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) copied(ctx context.Context, items int) (string, func(), error) {
	kept, building := fmt.Sprintf("seed_%d_%s", items, c.edition), fmt.Sprintf("building_%d", items)
	if c.say(ctx, `alter database `+kept+` connection limit -1`) != nil {
		if err := c.say(ctx, `drop database if exists `+building, `create database `+building); err != nil {
			return "", nil, err
		}
		// Foreign keys are looked up row by row; what is seeded holds to them, as a test says.
		raw := c.address(building) + "&session_replication_role=replica&maintenance_work_mem=256MB&work_mem=64MB"
		err := fill(ctx, "pgx", c.address(building), raw, items, `select indexname, indexdef from pg_indexes where schemaname = 'public'
			and indexname not in (select conname from pg_constraint)`)
		if err == nil {
			err = c.analyse(ctx, building)
		}
		if err == nil {
			err = c.say(ctx, `alter database `+building+` rename to `+kept)
		}
		if err != nil {
			return "", nil, err
		}
	}
	copy := fmt.Sprintf("run_%d", os.Getpid())
	drop := func() { c.say(context.Background(), `drop database if exists `+copy+` with (force)`) }
	return c.address(copy), drop, c.say(ctx, `create database `+copy+` template `+kept+` strategy file_copy`, `checkpoint`)
}

// analyse does what PostgreSQL would do by itself within minutes.
func (c *cluster) analyse(ctx context.Context, name string) error {
	db, err := sql.Open("pgx", c.address(name))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `vacuum analyze`)
	return err
}
