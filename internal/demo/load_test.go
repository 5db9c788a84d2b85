package demo_test

import (
	"slices"
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
			"participants": 33, "agenda_items": 11, "slots": 3, "slot_answers": 18, "decisions": 3, "actions": 9, "action_notes": 6,
			"lessons": 3, "lesson_figures": 3, "lesson_versions": 11} {
			if got := count(t, db, table); got != want {
				t.Errorf("%s: %d rows, want %d", table, got, want)
			}
		}
	})
}

// Lessons are not all translated: their states are looked at one by one.
func TestEveryTextButLessonsIsThereInFourLanguagesAndUpToDate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		if err := demo.Load(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		err := db.Read(t.Context(), func(tx *database.Tx) error {
			ids, err := database.Strings(t.Context(), tx, `select id from texts`)
			if err != nil {
				return err
			}
			lessons, err := database.Strings(t.Context(), tx, `select title_id from lessons union select summary_id from lessons
				union select context_id from lessons union select went_well_id from lessons union select challenges_id from lessons
				union select key_lessons_id from lessons union select recommendations_id from lessons
				union select applicability_id from lessons union select said_id from lesson_figures union select source_id from lesson_figures`)
			if err != nil {
				return err
			}
			if len(lessons) != 3*(8+2) {
				t.Errorf("%d texts are left out", len(lessons))
			}
			ids = slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(lessons, id) })
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
