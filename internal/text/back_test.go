package text_test

import (
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// then is the text as it was at a version.
func (d *desk) then(version int) (t text.Text) {
	d.t.Helper()
	d.must(func(tx *database.Tx) error {
		texts, err := text.Then(d.t.Context(), tx, map[string]int{d.id: version})
		t = texts[d.id]
		return err
	})
	return t
}

func (d *desk) back(version int) {
	d.t.Helper()
	d.must(func(tx *database.Tx) error { return text.Back(d.t.Context(), tx, d.id, version, "editor") })
}

// both translates a paragraph into Danish, as a person who has checked it.
func (d *desk) both(i int, danish string) {
	d.t.Helper()
	if err := d.translate(i, ru, da, danish, text.Checked); err != nil {
		d.t.Fatal(err)
	}
}

func TestATextIsReadAsItWas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.\n\nДва.")
		d.both(0, "En.")
		first := d.now()
		d.edit(ru, "Один!\n\nТри.")
		d.both(0, "En!")
		d.edit(da, "En! To.")
		d.edit(ru, "Три.")
		then := d.then(first.Version)
		if then.In(ru) != "Один.\n\nДва." || then.In(da) != "En." || then.Version != first.Version {
			t.Errorf("got %q, %q of version %d", then.In(ru), then.In(da), then.Version)
		}
		for i, want := range []map[locale.Language]text.State{{ru: text.Source, da: text.Good, en: text.Missing}, {ru: text.Source, da: text.Missing}} {
			for l, state := range want {
				if got := then.Paragraphs[i].State(l); got != state {
					t.Errorf("paragraph %d in %s was %s, is told to have been %s", i, l, state, got)
				}
			}
		}
		if moved := d.then(d.now().Version - 1); moved.Paragraphs[0].Origin != da || moved.Paragraphs[0].State(ru) != text.OutOfDate {
			t.Errorf("after the Danish edit: origin %s", moved.Paragraphs[0].Origin)
		}
	})
}

func TestGoingBackIsOneMoreVersionWithTheTranslationsOfThen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.\n\nДва.\n\nТри.")
		d.both(0, "En.")
		d.both(1, "To.")
		before := d.now()
		d.edit(ru, "Один.\n\nДва с половиной.\n\nЧетыре.\n\nПять.")
		d.both(1, "To en halv.")
		d.edit(ru, "Один.\n\nДва с половиной.\n\nПять.")
		d.both(0, "Én.")
		now := d.now()
		d.back(before.Version)
		after := d.now()
		if after.In(ru) != "Один.\n\nДва.\n\nТри." || after.In(da) != "Én.\n\nTo." || after.Version != now.Version+1 {
			t.Errorf("got %q and %q, version %d after %d", after.In(ru), after.In(da), after.Version, now.Version)
		}
		d.expect(0, map[locale.Language]text.State{ru: text.Source, da: text.Good})
		d.expect(1, map[locale.Language]text.State{ru: text.Source, da: text.Good})
		d.expect(2, map[locale.Language]text.State{ru: text.Source, da: text.Missing})
		if again := d.then(now.Version); again.In(ru) != now.In(ru) || again.In(da) != now.In(da) {
			t.Errorf("what was there before is lost: %q and %q", again.In(ru), again.In(da))
		}
	})
}

func TestGoingBackLeavesALaterTranslationBehindRatherThanTakingItAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.")
		d.edit(ru, "Один и ещё один.")
		d.both(0, "En og en til.")
		d.back(1)
		if got := d.now(); got.In(ru) != "Один." || got.In(da) != "En og en til." {
			t.Errorf("got %q and %q", got.In(ru), got.In(da))
		}
		d.expect(0, map[locale.Language]text.State{ru: text.Source, da: text.OutOfDate})
	})
}

func TestGoingBackToAnotherWordingOfTheSameKeepsTranslations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.")
		if err := d.save(1, ru, "Один!", true); err != nil {
			t.Fatal(err)
		}
		d.both(0, "En.")
		d.back(1)
		d.expect(0, map[locale.Language]text.State{ru: text.Source, da: text.Good})
		if got := d.now().In(ru); got != "Один." {
			t.Errorf("got %q", got)
		}
	})
}

func TestParagraphsTakenFromElsewhereBringTheirTranslations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		from, to := newDesk(t, db, ru, "Один.\n\n- Два."), newDesk(t, db, en, "Zero.")
		from.both(0, "En.")
		from.both(1, "To.")
		from.edit(ru, "Один.\n\n- Два и три.")
		from.edit(da, "En.\n\n- To.\n\nFire.")
		taken := from.now().Paragraphs
		to.must(func(tx *database.Tx) error { return text.Take(t.Context(), tx, to.id, taken, "editor") })
		got := to.now()
		if got.In(ru) != "Один.\n\n– Два и три." || got.In(da) != "En.\n\nFire." || got.In(en) != "Zero." {
			t.Errorf("got %q, %q, %q", got.In(ru), got.In(da), got.In(en))
		}
		to.expect(1, map[locale.Language]text.State{ru: text.Source, da: text.Good})
		to.expect(3, map[locale.Language]text.State{da: text.Source, ru: text.Missing})
		from.edit(ru, "Одиннадцать.\n\n- Два и три.")
		to.expect(1, map[locale.Language]text.State{ru: text.Source, da: text.Good})
	})
}
