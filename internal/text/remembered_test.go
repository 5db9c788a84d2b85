package text_test

import (
	"errors"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Reading twice reads from memory; these hold it to what the database says.

func TestAnEditIsReadAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		id := written(t, db, "one\n\ntwo")
		for _, want := range []string{"one\n\ntwo", "one\n\nthree", "one"} {
			if now := readTwice(t, db, id); now.In(locale.English) != want {
				err := db.Write(t.Context(), func(tx *database.Tx) error {
					_, err := text.Save(t.Context(), tx, text.Edit{TextID: id, Base: now.Version, Language: locale.English, Body: want, PersonID: "p"})
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if got := readTwice(t, db, id).In(locale.English); got != want {
				t.Errorf("read %q, want %q", got, want)
			}
		}
	})
}

func TestAnEditThatWasUndoneIsNotRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		id, undone := written(t, db, "kept"), errors.New("undone")
		for _, body := range []string{"never", "nor this"} {
			err := db.Write(t.Context(), func(tx *database.Tx) error {
				if _, err := text.Save(t.Context(), tx, text.Edit{TextID: id, Base: 1, Language: locale.English, Body: body, PersonID: "p"}); err != nil {
					return err
				}
				if inside, err := text.One(t.Context(), tx, id); err != nil || inside.In(locale.English) != body {
					t.Errorf("within the transaction: %q, %v", inside.In(locale.English), err)
				}
				return undone
			})
			if !errors.Is(err, undone) {
				t.Fatal(err)
			}
			if got := readTwice(t, db, id).In(locale.English); got != "kept" {
				t.Errorf("read %q", got)
			}
		}
	})
}

func written(t *testing.T, db *database.DB, body string) (id string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *database.Tx) (err error) {
		id, err = text.New(t.Context(), tx, text.Draft{Language: locale.English, Body: body}, "p")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func readTwice(t *testing.T, db *database.DB, id string) (now text.Text) {
	t.Helper()
	for range 2 {
		err := db.Read(t.Context(), func(tx *database.Tx) (err error) {
			now, err = text.One(t.Context(), tx, id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return now
}
