package files

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/org/orgtest"
)

// shelf is a store on a database, with somebody whose files they are.
type shelf struct {
	*testing.T
	*Store
	folder, owner string
	runner        *jobs.Runner
}

func eachShelf(t *testing.T, test func(t *testing.T, s shelf)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		log := slog.New(slog.DiscardHandler)
		s := shelf{t, nil, t.TempDir(), orgtest.New(t, db).BrestCoordinator.ID, jobs.New(db, log)}
		var err error
		if s.Store, err = Open(db, s.folder, log); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		s.Register(s.runner)
		test(t, s)
	})
}

// keep keeps a text; recorded, it is in a row too.
func (s shelf) keep(body string, recorded bool) File {
	s.Helper()
	f, err := s.Keep(s.Context(), "a.txt", strings.NewReader(body))
	if err == nil && recorded {
		err = s.db.Write(s.Context(), func(tx *database.Tx) error { return s.RecordIn(s.Context(), tx, s.owner, f) })
	}
	if err != nil {
		s.Fatal(err)
	}
	return f
}

// age makes everything that lies in the folder so old.
func (s shelf) age(by time.Duration) {
	s.Helper()
	for _, path := range left(s, s.folder) {
		then := time.Now().Add(-by)
		if err := os.Chtimes(path, then, then); err != nil {
			s.Fatal(err)
		}
	}
}

func (s shelf) there(f File) bool {
	in, err := s.Read(f.ID)
	if err == nil {
		in.Close()
	}
	return err == nil
}

func TestWhatACrashLeftIsSweptUpAfterADay(t *testing.T) {
	eachShelf(t, func(t *testing.T, s shelf) {
		named, orphan := s.keep("named", true), s.keep("orphan", false)
		half, err := s.begin() // a program that was killed in the middle of an upload
		if err != nil {
			t.Fatal(err)
		}
		half.Close()
		other := filepath.Join(s.folder, "aa", "README")
		if err := errors.Join(os.MkdirAll(filepath.Dir(other), 0o700), os.WriteFile(other, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		s.age(23 * time.Hour)
		if err := s.Sweep(t.Context()); err != nil || len(left(t, s.folder)) != 4 {
			t.Fatalf("what may still be on its way was removed: %v, left %v", err, left(t, s.folder))
		}
		s.age(25 * time.Hour)
		young := s.keep("young", false)
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !s.there(named) || !s.there(young) || s.there(orphan) {
			t.Error("the wrong one was removed")
		}
		if rest := left(t, s.folder); len(rest) != 3 || !slices.Contains(rest, other) {
			t.Errorf("left: %v", rest)
		}
	})
}

func TestBytesGoOnlyAfterTheirRow(t *testing.T) {
	eachShelf(t, func(t *testing.T, s shelf) {
		ctx, f := t.Context(), s.keep("text", true)
		stop := errors.New("stop")
		forget := func(end error) error {
			return s.db.Write(ctx, func(tx *database.Tx) error { return errors.Join(s.ForgetIn(ctx, tx, f.ID), end) })
		}
		if err := forget(stop); !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if err := s.runner.Drain(ctx); err != nil || !s.there(f) {
			t.Fatalf("a change that did not come about took the file: %v", err)
		}
		if err := s.remove(ctx, f.ID); err != nil || !s.there(f) {
			t.Fatalf("a file that a row names was taken: %v", err)
		}
		if err := forget(nil); err != nil || !s.there(f) {
			t.Fatalf("gone before its job: %v", err)
		}
		if err := s.runner.Drain(ctx); err != nil || s.there(f) {
			t.Fatalf("still there: %v", err)
		}
		if err := s.remove(ctx, f.ID); err != nil {
			t.Errorf("a second time: %v", err)
		}
		if _, err := s.Read(f.ID); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("reading it: %v", err)
		}
	})
}

func TestItIsSweptEveryDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		s, err := Open(db, t.TempDir(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		runner := jobs.New(db, slog.New(slog.DiscardHandler))
		s.Register(runner)
		for range 2 { // two programs that start on one day sweep once a day together
			if err := s.Begin(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for day := range 3 {
			if err := runner.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			var done, ahead int
			err := db.Read(t.Context(), func(tx *database.Tx) error {
				return tx.Row(t.Context(), `select count(done_at), count(*) - count(done_at) from jobs where kind = 'files.sweep'`).Scan(&done, &ahead)
			})
			if err != nil || done != day+1 || ahead != 1 {
				t.Fatalf("day %d: %d done, %d ahead, %v", day, done, ahead, err)
			}
			clock.Advance(24 * time.Hour)
		}
	})
}
