package database

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema up to what this program expects. Several may start at once: on PostgreSQL a session lock,
// on SQLite the file's own, lets one of them do it.
func (db *DB) Migrate(ctx context.Context) error {
	provider, err := db.provider()
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Current tells whether the schema is the one this program expects.
func (db *DB) Current(ctx context.Context) (bool, error) {
	provider, err := db.provider()
	if err != nil {
		return false, err
	}
	pending, err := provider.HasPending(ctx)
	return !pending, err
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if db.file != nil {
		return goose.NewProvider(goose.DialectSQLite3, db.file.writers.pool, sqliteFiles{files})
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db.pool, files, goose.WithSessionLocker(locker))
}

// sqliteFiles are the migrations with the one word that SQLite's driver does not know as a time.
type sqliteFiles struct{ fs.FS }

func (f sqliteFiles) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.IsDir() {
		return file, err
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return sqliteFile{file, bytes.NewReader(bytes.ReplaceAll(content, []byte("timestamptz"), []byte("timestamp")))}, nil
}

type sqliteFile struct {
	fs.File
	content *bytes.Reader
}

func (f sqliteFile) Read(into []byte) (int, error) { return f.content.Read(into) }
