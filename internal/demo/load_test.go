package demo_test

import (
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

func TestTheContentIsLoadedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		for range 2 {
			if err := demo.Load(t.Context(), db); err != nil {
				t.Fatal(err)
			}
		}
		for table, want := range map[string]int{"units": 12, "people": 16, "memberships": 15, "partnership_units": 10, "conferences": 3,
			"participants": 33, "agenda_items": 11, "slots": 3, "slot_answers": 18, "decisions": 3, "actions": 9, "action_notes": 6} {
			if got := count(t, db, table); got != want {
				t.Errorf("%s: %d rows, want %d", table, got, want)
			}
		}
	})
}

func TestEveryTextIsThereInFourLanguagesAndUpToDate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		if err := demo.Load(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		err := db.Read(t.Context(), func(tx *database.Tx) error {
			ids, err := database.Strings(t.Context(), tx, `select id from texts`)
			if err != nil {
				return err
			}
			texts, err := text.Load(t.Context(), tx, ids...)
			for id, one := range texts {
				sources := 0
				for _, l := range locale.All {
					switch state := one.State(l); {
					case one.Empty():
						sources = 1
					case state == text.Source:
						sources++
					case state != text.Good:
						t.Errorf("%s is %s in %s", id, state, l)
					}
				}
				if sources != 1 {
					t.Errorf("%s has %d sources", id, sources)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func count(t *testing.T, db *database.DB, table string) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *database.Tx) error {
		return tx.Row(t.Context(), "select count(*) from "+table).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
