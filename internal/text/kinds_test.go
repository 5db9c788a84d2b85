package text_test

import (
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

func TestAnEditorWhoStartedEarlierTakesNoListApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.\n\nДва.\n\nТри.")
		if err := d.save(1, ru, "Один.\n\nДва.\n\n- Три.", true); err != nil {
			t.Fatal(err)
		}
		if err := d.save(1, ru, "Первый.\n\nДва.\n\nТри.", true); err != nil {
			t.Fatal(err)
		}
		if got, want := d.now().In(ru), "Первый.\n\nДва.\n\n– Три."; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		for version, want := range map[int]string{1: "Один.\n\nДва.\n\nТри.", 2: "Один.\n\nДва.\n\n– Три."} {
			if got := d.then(version).In(ru); got != want {
				t.Errorf("version %d was %q, want %q", version, got, want)
			}
		}
		d.back(1)
		if got, want := d.now().In(ru), "Один.\n\nДва.\n\nТри."; got != want {
			t.Errorf("went back to %q, want %q", got, want)
		}
	})
}
