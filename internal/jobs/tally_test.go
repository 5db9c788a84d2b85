package jobs

import (
	"errors"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

func TestOnlyJobsThatWereKeptAreCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		ctx, tally := Tallied(t.Context())
		once := Job{Kind: "note", Subject: "a", UniqueKey: "a"}
		for _, fail := range []error{errors.New("no"), nil, nil} {
			err := db.Write(ctx, func(tx *database.Tx) error {
				return errors.Join(Enqueue(ctx, tx, once, Job{Kind: "other", Subject: "b"}), fail)
			})
			if !errors.Is(err, fail) {
				t.Fatal(err)
			}
		}
		if got := tally.Of("note"); got != 1 {
			t.Errorf("%d of a job that is kept once", got)
		}
		if got := tally.Of("note", "other"); got != 3 {
			t.Errorf("%d of both kinds", got)
		}
	})
}
