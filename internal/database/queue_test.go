package database_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

// together runs transactions that are sure to share one of SQLite's: all wait while the first is under way.
func together(t *testing.T, db *database.DB, all ...func(*database.Tx) error) []error {
	t.Helper()
	errs := make([]error, len(all))
	var group sync.WaitGroup
	begun, proceed := make(chan struct{}), make(chan struct{})
	group.Go(func() {
		errs[0] = db.Write(t.Context(), func(tx *database.Tx) error {
			close(begun)
			<-proceed
			return all[0](tx)
		})
	})
	<-begun
	for i, one := range all[1:] {
		group.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					errs[i+1] = p.(error)
				}
			}()
			errs[i+1] = db.Write(t.Context(), one)
		})
		for db.Waiting() <= i { // in this order, so that the test is the same each time
			time.Sleep(time.Millisecond)
		}
	}
	close(proceed)
	group.Wait()
	return errs
}

func adds(t *testing.T, id string, then func() error) func(*database.Tx) error {
	return func(tx *database.Tx) error {
		_, err := tx.Exec(t.Context(), `insert into texts (id, created_at) values ($1, $2)`, id, tx.Now)
		return errors.Join(err, then())
	}
}

func good() error { return nil }

func TestWhatFailsInACommonCommitIsUndoneAlone(t *testing.T) {
	db := onFile(t)
	fault, panicked := errors.New("fault"), errors.New("panic")
	errs := together(t, db,
		adds(t, "a", good),
		adds(t, "b", func() error { return fault }),
		adds(t, "c", good),
		adds(t, "d", func() error { panic(panicked) }),
		adds(t, "c", good), // twice
		adds(t, "e", good),
	)
	if errs[0] != nil || !errors.Is(errs[1], fault) || errs[2] != nil || errs[3] != panicked || !database.IsDuplicate(errs[4]) || errs[5] != nil {
		t.Errorf("answers: %v", errs)
	}
	if kept := ids(t, db); !slices.Equal(kept, []string{"a", "c", "e"}) {
		t.Errorf("kept: %v", kept)
	}
}

func TestWhoLeavesWhileWaitingLosesNobodysWork(t *testing.T) {
	db := onFile(t)
	gone, leave := context.WithCancel(t.Context())
	left := make(chan error)
	errs := together(t, db, func(tx *database.Tx) error {
		before := db.Waiting()
		go func() { left <- db.Write(gone, adds(t, "left", good)) }()
		for db.Waiting() == before {
			time.Sleep(time.Millisecond)
		}
		leave() // it is the last in turn, whom the first leaves the commit to
		return adds(t, "first", good)(tx)
	})
	if err := <-left; errs[0] != nil || !errors.Is(err, context.Canceled) {
		t.Error(errs, err)
	}
	if kept := ids(t, db); !slices.Equal(kept, []string{"first"}) {
		t.Errorf("kept: %v", kept)
	}
}

func TestAReaderWhoLeavesBreaksNothingOff(t *testing.T) {
	db := onFile(t)
	ctx, leave := context.WithCancel(t.Context())
	err := db.Write(ctx, func(tx *database.Tx) error {
		err := adds(t, "before", good)(tx)
		leave()
		_, refused := tx.Exec(ctx, `insert into texts (id, created_at) values ('after', $1)`, tx.Now)
		if !errors.Is(refused, context.Canceled) {
			t.Errorf("a statement began after its reader had left: %v", refused)
		}
		return err
	})
	if kept := ids(t, db); err != nil || !slices.Equal(kept, []string{"before"}) {
		t.Errorf("%v, kept: %v", err, kept)
	}
}

func TestALostCommitIsToldToAllThatShareIt(t *testing.T) {
	db := onFile(t)
	errs := together(t, db,
		adds(t, "a", good),
		func(tx *database.Tx) error { tx.LoseTransaction(t); return nil },
		adds(t, "c", good),
	)
	if errs[0] == nil || errs[1] == nil {
		t.Errorf("success was answered for what is lost: %v", errs)
	}
	if errs[2] != nil {
		t.Errorf("the next transaction: %v", errs[2])
	}
	if kept := ids(t, db); !slices.Equal(kept, []string{"c"}) {
		t.Errorf("kept: %v", kept)
	}
}

func TestReadingChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		if err := db.Read(t.Context(), adds(t, "a", good)); err == nil {
			t.Error("a reading transaction wrote")
		}
		if n := countTexts(t, db); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestManyDifferentStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		for n := range 600 {
			var args database.Args
			values := make([]string, n%250)
			got, err := 0, db.Read(t.Context(), func(tx *database.Tx) error {
				var got int
				return tx.Row(t.Context(), `select count(*) from texts where id in `+args.In(values), args...).Scan(&got)
			})
			if err != nil || got != 0 {
				t.Fatal(n, got, err)
			}
		}
	})
}

func onFile(t *testing.T) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), dbtest.SQLite(t), dbtest.NewClock().Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func ids(t *testing.T, db *database.DB) (list []string) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *database.Tx) (err error) {
		list, err = database.Strings(t.Context(), tx, `select id from texts order by id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
