package files

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
)

// RecordIn names a file that is kept in a row of its own. From then on it stays.
func (s *Store) RecordIn(ctx context.Context, tx *database.Tx, personID string, f File) error {
	_, err := tx.Exec(ctx, `insert into files (id, name, media_type, size, sha256, created_by_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		f.ID, f.Name, f.Type, f.Size, f.SHA256, personID, tx.Now)
	return err
}

// Words of jobs.
const (
	jobRemove = "files.remove"
	jobSweep  = "files.sweep"
)

// ForgetIn takes the row away; a job takes the bytes once that is certain.
func (s *Store) ForgetIn(ctx context.Context, tx *database.Tx, id string) error {
	if _, err := tx.Exec(ctx, `delete from files where id = $1`, id); err != nil {
		return err
	}
	return jobs.Enqueue(ctx, tx, jobs.Job{Kind: jobRemove, Subject: id})
}

// Drop removes a file that was kept and has certainly not come to be named in a row.
func (s *Store) Drop(id string) error {
	err := s.root.Remove(place(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Register names who does this package's jobs.
func (s *Store) Register(r *jobs.Runner) {
	r.Handle(jobRemove, s.remove)
	r.Handle(jobSweep, s.sweepDaily)
}

// remove takes the bytes of a file that no row names.
func (s *Store) remove(ctx context.Context, id string) error {
	named, err := s.named(ctx, []string{id})
	if err != nil || named[id] {
		return err
	}
	return s.Drop(id)
}

// Begin sweeps once and has it done every day from then on, by whichever program is there.
func (s *Store) Begin(ctx context.Context) error {
	if err := s.Sweep(ctx); err != nil {
		return err
	}
	return jobs.Daily(ctx, s.db, jobSweep, 0)
}

func (s *Store) sweepDaily(ctx context.Context, _ string) error {
	return errors.Join(s.Sweep(ctx), jobs.Daily(ctx, s.db, jobSweep, 24*time.Hour))
}

// Sweep removes what a crash left behind: what never came in whole, and what no row names. Only what has lain there for a
// day, by the machine's clock: something younger may be about to be named.
func (s *Store) Sweep(ctx context.Context) error {
	folders, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return err
	}
	before := time.Now().Add(-old)
	for _, folder := range folders {
		if folder.IsDir() {
			err = errors.Join(err, s.sweep(ctx, folder.Name(), before))
		}
	}
	return err
}

func (s *Store) sweep(ctx context.Context, folder string, before time.Time) error {
	ids, err := s.lying(folder, before)
	if err != nil || len(ids) == 0 {
		return err
	}
	named := map[string]bool{}
	if folder != incoming {
		if named, err = s.named(ctx, ids); err != nil {
			return err
		}
	}
	for _, id := range ids {
		if !named[id] {
			s.log.Info("a file that belongs to nothing is removed", "file", id)
			err = errors.Join(err, s.root.Remove(path.Join(folder, id)))
		}
	}
	return err
}

// lying are the files of ours in a folder that are older than a time.
func (s *Store) lying(folder string, before time.Time) (ids []string, err error) {
	entries, err := fs.ReadDir(s.root.FS(), folder)
	for _, e := range entries {
		info, gone := e.Info()
		if gone == nil && ours(e.Name()) && info.Mode().IsRegular() && info.ModTime().Before(before) {
			ids = append(ids, e.Name())
		}
	}
	return ids, err
}

// named are those of some files that have a row. They are asked for by hundreds: a statement takes no end of values.
func (s *Store) named(ctx context.Context, ids []string) (map[string]bool, error) {
	named := map[string]bool{}
	err := s.db.Read(ctx, func(tx *database.Tx) error {
		for start := 0; start < len(ids); start += 500 {
			var args database.Args
			found, err := database.All(ctx, tx, func(row database.Scanner) (id string, err error) { return id, row.Scan(&id) },
				`select id from files where id in `+args.In(ids[start:min(start+500, len(ids))]), args...)
			if err != nil {
				return err
			}
			for _, id := range found {
				named[id] = true
			}
		}
		return nil
	})
	return named, err
}
