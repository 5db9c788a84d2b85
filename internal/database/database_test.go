package database_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

func TestPlaceholdersKeepTheirNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var first, second string
		err := db.Read(t.Context(), func(tx *database.Tx) error {
			return tx.Row(t.Context(), "select cast($2 as text), cast($1 as text)", "one", "two").Scan(&first, &second)
		})
		if err != nil || first != "two" || second != "one" {
			t.Fatalf("got %q %q %v", first, second, err)
		}
	})
}

func TestTimesComeBackAsTheyWent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		copenhagen, err := time.LoadLocation("Europe/Copenhagen")
		if err != nil {
			t.Fatal(err)
		}
		want := time.Date(2020, 8, 27, 10, 0, 0, 123456000, copenhagen)
		var got time.Time
		err = db.Write(t.Context(), func(tx *database.Tx) error {
			if _, err := tx.Exec(t.Context(), "insert into texts (id, created_at) values ($1, $2)", "x", want); err != nil {
				return err
			}
			return tx.Row(t.Context(), "select created_at from texts where id = $1", "x").Scan(&got)
		})
		if err != nil || !got.Equal(want) {
			t.Fatalf("wrote %v, read %v, %v", want, got, err)
		}
	})
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		fault := errors.New("fault")
		err := db.Write(t.Context(), func(tx *database.Tx) error {
			tx.Exec(t.Context(), "insert into texts (id, created_at) values ($1, $2)", "half", tx.Now)
			return fault
		})
		if !errors.Is(err, fault) {
			t.Fatal(err)
		}
		if n := countTexts(t, db); n != 0 {
			t.Fatalf("%d rows left", n)
		}
	})
}

func TestWritersAtOnceLoseNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		ctx := t.Context()
		err := db.Write(ctx, func(tx *database.Tx) error {
			_, err := tx.Exec(ctx, "insert into texts (id, created_at) values ($1, $2)", "counter", tx.Now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 30 {
			wg.Go(func() {
				for range 5 {
					if err := db.Write(ctx, increment(ctx)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		var version int
		db.Read(ctx, func(tx *database.Tx) error {
			return tx.Row(ctx, "select version from texts where id = 'counter'").Scan(&version)
		})
		if version != 151 {
			t.Fatalf("150 increments made %d of 1", version)
		}
	})
}

func increment(ctx context.Context) func(*database.Tx) error {
	return func(tx *database.Tx) error {
		var version int
		if err := tx.Row(ctx, "select version from texts where id = 'counter'").Scan(&version); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "update texts set version = $1 where id = 'counter'", version+1)
		return err
	}
}

func TestADuplicateIsRecognised(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		err := db.Write(t.Context(), func(tx *database.Tx) error {
			tx.Exec(t.Context(), "insert into texts (id, created_at) values ($1, $2)", "x", tx.Now)
			_, err := tx.Exec(t.Context(), "insert into texts (id, created_at) values ($1, $2)", "x", tx.Now)
			return err
		})
		if !database.IsDuplicate(err) {
			t.Fatalf("not recognised: %v", err)
		}
	})
}

func TestMigrationsRunTwiceAndAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if current, err := db.Current(t.Context()); err != nil || !current {
			t.Fatal(current, err)
		}
	})
}

func countTexts(t *testing.T, db *database.DB) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *database.Tx) error {
		return tx.Row(t.Context(), "select count(*) from texts").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
