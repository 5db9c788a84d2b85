package text_test

import (
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Two texts read as one: what one of them lacks, the whole lacks in part.
func TestCoverageOfSeveralTexts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		title, body := newDesk(t, db, ru, "Заголовок"), newDesk(t, db, ru, "Один.\n\nДва.")
		if err := title.translate(0, ru, da, "Titel", text.Checked); err != nil {
			t.Fatal(err)
		}
		if err := title.translate(0, ru, en, "Title", text.Checked); err != nil {
			t.Fatal(err)
		}
		for i, said := range []string{"One.", "Two."} {
			if err := body.translate(i, ru, en, said, []text.How{text.ByMachine, text.Translated}[i]); err != nil {
				t.Fatal(err)
			}
		}
		whole := func() (c text.Coverage) {
			title.must(func(tx *database.Tx) error {
				found, err := text.CoverageOf(t.Context(), tx, `select 'lesson' as thing, id as text_id from texts where id in ($1, $2)`, title.id, body.id)
				c = found["lesson"]
				return err
			})
			return c
		}
		for l, want := range map[locale.Language]text.State{ru: text.Source, da: text.OutOfDate, en: text.Machine, locale.Belarusian: text.Missing} {
			if got := whole().State(l); got != want {
				t.Errorf("%s is %s, want %s", l, got, want)
			}
		}
		body.edit(ru, "Один.\n\nДва и три.")
		if got := whole().State(en); got != text.OutOfDate {
			t.Errorf("after an edit English is %s", got)
		}
	})
}

func TestBatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Заголовок")
		var first, again, none text.Text
		d.must(func(tx *database.Tx) error {
			var b text.Batch
			b.Want(d.id, &first)
			b.Want("", &none)
			b.Want(d.id, &again)
			return b.Load(t.Context(), tx)
		})
		if first.Line(nil).Body != "Заголовок" || again.ID != d.id || !none.Empty() {
			t.Errorf("%v, %v, %v", first, again, none)
		}
	})
}
