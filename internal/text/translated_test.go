package text_test

import (
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

func TestNewTranslated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := &desk{t: t, db: db}
		d.must(func(tx *database.Tx) (err error) {
			d.id, err = text.NewTranslated(t.Context(), tx, []text.Draft{
				{Language: ru, Body: "Первый.\n\nВторой."}, {Language: da, Body: "Den første.\n\nDen anden."},
			}, "author")
			return err
		})
		for i := range 2 {
			d.expect(i, map[locale.Language]text.State{ru: text.Source, da: text.Good, en: text.Missing})
		}
		if got := d.now().In(da); got != "Den første.\n\nDen anden." {
			t.Errorf("Danish is %q", got)
		}
	})
}

func TestNewTranslatedRefusesAnotherNumberOfParagraphs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		err := db.Write(t.Context(), func(tx *database.Tx) error {
			_, err := text.NewTranslated(t.Context(), tx, []text.Draft{
				{Language: ru, Body: "Первый.\n\nВторой."}, {Language: da, Body: "Den første."},
			}, "author")
			return err
		})
		if !problem.Is(err, problem.Invalid) {
			t.Errorf("a translation that lacks a paragraph gives %v", err)
		}
	})
}
