package text_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

const (
	ru = locale.Russian
	da = locale.Danish
	en = locale.English
)

// desk is one text and everything that can be done to it.
type desk struct {
	t  *testing.T
	db *database.DB
	id string
}

func newDesk(t *testing.T, db *database.DB, l locale.Language, body string) *desk {
	d := &desk{t: t, db: db}
	d.must(func(tx *database.Tx) (err error) {
		d.id, err = text.New(t.Context(), tx, text.Draft{Language: l, Body: body}, "author")
		return err
	})
	return d
}

func (d *desk) must(f func(*database.Tx) error) {
	d.t.Helper()
	if err := d.db.Write(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) now() (t text.Text) {
	d.t.Helper()
	err := d.db.Read(d.t.Context(), func(tx *database.Tx) (err error) {
		t, err = text.One(d.t.Context(), tx, d.id)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return t
}

func (d *desk) save(base int, l locale.Language, body string, same bool) error {
	return d.db.Write(d.t.Context(), func(tx *database.Tx) error {
		_, err := text.Save(d.t.Context(), tx, text.Edit{TextID: d.id, Base: base, Language: l, Body: body, SameMeaning: same, PersonID: "editor"})
		return err
	})
}

func (d *desk) edit(l locale.Language, body string) {
	d.t.Helper()
	if err := d.save(d.now().Version, l, body, false); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) translate(i int, from, to locale.Language, body string, by text.How) error {
	p := d.now().Paragraphs[i]
	return d.db.Write(d.t.Context(), func(tx *database.Tx) error {
		return text.Translate(d.t.Context(), tx, text.Translation{TextID: d.id, Paragraph: p.ID, Language: to, Base: p.Versions[to].Number,
			Body: body, FromLanguage: from, FromRevision: p.Versions[from].Number, By: by, PersonID: "translator"})
	})
}

func (d *desk) expect(i int, want map[locale.Language]text.State) {
	d.t.Helper()
	p := d.now().Paragraphs[i]
	for l, state := range want {
		if got := p.State(l); got != state {
			d.t.Errorf("%s is %s, want %s", l, got, state)
		}
	}
}

func TestATranslationIsOutOfDateWhenItsChainMovesOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Первый абзац.")
		d.translate(0, ru, en, "First paragraph.", text.Translated)
		d.translate(0, en, da, "Første afsnit.", text.Checked)
		d.expect(0, map[locale.Language]text.State{ru: text.Source, en: text.InWork, da: text.Good})
		d.edit(ru, "Первый абзац стал другим.")
		d.expect(0, map[locale.Language]text.State{ru: text.Source, en: text.OutOfDate, da: text.OutOfDate})
		d.translate(0, ru, en, "The first paragraph has changed.", text.Translated)
		d.expect(0, map[locale.Language]text.State{en: text.InWork, da: text.OutOfDate})
	})
}

func TestAnUnchangedMeaningKeepsTranslations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Первый абзатс.")
		d.translate(0, ru, da, "Første afsnit.", text.Checked)
		if err := d.save(d.now().Version, ru, "Первый абзац.", true); err != nil {
			t.Fatal(err)
		}
		d.expect(0, map[locale.Language]text.State{ru: text.Source, da: text.Good})
	})
}

func TestAParagraphThatDidNotChangeKeepsItsTranslation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.\n\nДва.")
		d.translate(1, ru, da, "To.", text.Checked)
		d.edit(ru, "Нуль.\n\nОдин.\n\nДва.")
		if got := d.now().In(da); got != "To." {
			t.Fatalf("Danish is %q", got)
		}
		d.expect(2, map[locale.Language]text.State{da: text.Good})
	})
}

func TestWritingInAnotherLanguageMovesTheOriginThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.")
		d.translate(0, ru, da, "En.", text.Checked)
		d.edit(da, "Et helt andet.")
		d.expect(0, map[locale.Language]text.State{da: text.Source, ru: text.OutOfDate})
		d.edit(da, "Et helt andet.\n\nOg et mere.")
		if got := d.now().In(ru); got != "Один." {
			t.Fatalf("Russian is %q", got)
		}
	})
}

func TestAMachineNeverWritesOverAPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.")
		d.translate(0, ru, da, "En.", text.Translated)
		if err := d.translate(0, ru, da, "1.", text.ByMachine); !problem.Is(err, problem.Invalid) {
			t.Fatal(err)
		}
	})
}

func TestTwoEditsOfDifferentParagraphsBothHold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, da, "Et.\n\nTo.\n\nTre.")
		base := d.now().Version
		d.edit(da, "Et nyt.\n\nTo.\n\nTre.")
		if err := d.save(base, da, "Et.\n\nTo.\n\nTre nye.", false); err != nil {
			t.Fatal(err)
		}
		if got := d.now().In(da); got != "Et nyt.\n\nTo.\n\nTre nye." {
			t.Fatalf("got %q", got)
		}
	})
}

func TestTwoEditsOfNeighbouringParagraphsBothHold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, da, "Et.\n\nTo.")
		base := d.now().Version
		d.edit(da, "Et.\n\nTo nye.")
		if err := d.save(base, da, "Et nyt.\n\nTo.", false); err != nil {
			t.Fatal(err)
		}
		if got := d.now().In(da); got != "Et nyt.\n\nTo nye." {
			t.Fatalf("got %q", got)
		}
	})
}

func TestTwoEditsOfOneParagraphAreAConflictAndNothingIsOverwritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, da, "Et.\n\nTo.")
		base := d.now().Version
		d.edit(da, "Et fra Minsk.\n\nTo.")
		err := d.save(base, da, "Et fra Køge.\n\nTo.", false)
		p, is := problem.As(err)
		if !is || p.Kind != problem.Conflict {
			t.Fatal(err)
		}
		clash := p.Cause.(*text.Clash)
		if !clash.Chunks[0].Clash || clash.Chunks[0].Theirs[0].Body != "Et fra Minsk." || clash.Chunks[1].Clash {
			t.Fatalf("got %+v", clash.Chunks)
		}
		if got := d.now().In(da); got != "Et fra Minsk.\n\nTo." {
			t.Fatalf("got %q", got)
		}
	})
}

func TestAReaderGetsTheirLanguageElseOneTheyReadElseTheOriginal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.")
		d.translate(0, ru, en, "One.", text.Checked)
		for _, c := range []struct {
			reads []locale.Language
			body  string
			own   bool
		}{
			{[]locale.Language{en, ru}, "One.", true},
			{[]locale.Language{da, en}, "One.", false},
			{[]locale.Language{da}, "Один.", false},
		} {
			if got := d.now().Line(c.reads); got.Body != c.body || got.Own != c.own {
				t.Errorf("%v: got %+v", c.reads, got)
			}
		}
	})
}

func TestAnEarlierRevisionComesBackAsOneMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.")
		d.edit(ru, "Два.")
		p := d.now().Paragraphs[0]
		d.must(func(tx *database.Tx) error {
			return text.Restore(t.Context(), tx, d.id, p.ID, ru, 1, "editor")
		})
		if v := d.now().Paragraphs[0].Versions[ru]; v.Body != "Один." || v.Number != 3 {
			t.Fatalf("got %+v", v)
		}
	})
}

func TestRestoringATranslationWhereTheOthersFollowIsAuthoring(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, ru, "Один.")
		d.translate(0, ru, da, "En.", text.Checked)
		d.edit(da, "Noget andet.")
		p := d.now().Paragraphs[0]
		d.must(func(tx *database.Tx) error {
			return text.Restore(t.Context(), tx, d.id, p.ID, da, 1, "editor")
		})
		d.expect(0, map[locale.Language]text.State{da: text.Source, ru: text.OutOfDate})
		if got := d.now().In(da); got != "En." {
			t.Fatalf("Danish is %q", got)
		}
	})
}

// What somebody had before them is read in the order it had then, however the text has grown and shrunk since.
func TestAParagraphThatAnotherTookOutStaysOutWhenAnOldPageIsSaved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, da, "Et.\n\nTo.\n\nTre.\n\nFire.\n\nFem.")
		base := d.now().Version
		d.edit(da, "Et.\n\nTo.\n\nFire.\n\nFem.")
		d.edit(da, "Før.\n\nEndnu før.\n\nEt.\n\nTo.\n\nFire.\n\nFem.")
		if err := d.save(base, da, "Et.\n\nTo.\n\nTre.\n\nFire.\n\nFem, og mere.", false); err != nil {
			t.Fatal(err)
		}
		if got := d.now().In(da); got != "Før.\n\nEndnu før.\n\nEt.\n\nTo.\n\nFire.\n\nFem, og mere." {
			t.Fatalf("got %q", got)
		}
	})
}

func TestATitleWrittenInALanguageThatItLackedIsTheSameTitle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, da, "Dagsorden")
		d.must(func(tx *database.Tx) error {
			_, err := text.Save(t.Context(), tx, text.Edit{TextID: d.id, Base: 1, Language: ru, Body: "Повестка\n– дня", Line: true, PersonID: "editor"})
			return err
		})
		now := d.now()
		if len(now.Paragraphs) != 1 || now.Line([]locale.Language{ru}).Body != "Повестка – дня" {
			t.Fatalf("got %+v", now.Paragraphs)
		}
		d.expect(0, map[locale.Language]text.State{ru: text.Source, da: text.OutOfDate})
	})
}

func TestATitleThatALanguageLackedCanMeanWhatTheOthersMean(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		d := newDesk(t, db, da, "Dagsorden")
		d.must(func(tx *database.Tx) error {
			_, err := text.Save(t.Context(), tx, text.Edit{TextID: d.id, Base: 1, Language: ru, Body: "Повестка", Line: true, SameMeaning: true, PersonID: "editor"})
			return err
		})
		d.expect(0, map[locale.Language]text.State{ru: text.Source, da: text.Good})
	})
}

func TestAShortTextIsRefused(t *testing.T) {
	for name, draft := range map[string]text.Draft{
		"of nothing":      {Language: da, Body: " \n\t"},
		"of a dash":       {Language: da, Body: "–"},
		"of dashes":       {Language: da, Body: "- – *"},
		"of a whole page": {Language: da, Body: strings.Repeat("ø", text.MaxLine+1)},
		"in no language":  {Body: "Dagsorden"},
		"in a fifth one":  {Language: "uk", Body: "Порядок денний"},
	} {
		var c problem.Check
		draft.CheckLine(&c, "title")
		if !problem.Is(c.Err(), problem.Invalid) {
			t.Errorf("%s: accepted", name)
		}
	}
	var c problem.Check
	text.Draft{Language: da, Body: "– " + strings.Repeat("ø", text.MaxLine-2)}.CheckLine(&c, "title")
	if c.Err() != nil {
		t.Error(c.Err())
	}
}
