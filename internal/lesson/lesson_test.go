package lesson_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

const (
	ru = locale.Russian
	da = locale.Danish
)

// desk has one lesson of the Secretariat, a draft with a title, a context of two paragraphs and a figure.
type desk struct {
	*testing.T
	*lesson.Store
	orgtest.World
	db    *database.DB
	clock *dbtest.Clock
	id    string
}

func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		d := &desk{T: t, db: db, clock: clock, World: orgtest.New(t, db), Store: lesson.New(db)}
		var err error
		d.id, err = d.Begin(t.Context(), d.MinskCoordinator.Actor, d.begun())
		d.ok(err)
		clock.Advance(time.Hour)
		test(d)
	})
}

func (d *desk) begun() lesson.Begun {
	return lesson.Begun{PartnershipID: d.Partnership, Language: ru, Topics: []string{"helpline", "pss"},
		Sections: map[lesson.Section]string{lesson.Title: "Телефон доверия", lesson.Context: "Весна.\n\nЛето."},
		Figures:  []lesson.FigureEdit{{Value: "910", AsOf: "2020-07", Said: "910 человек получили помощь.", Source: "Журнал звонков"}}}
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// refused wants a problem of that kind, and where a field is named, that field.
func (d *desk) refused(err error, kind problem.Kind, fields ...string) {
	d.Helper()
	p, is := problem.As(err)
	if !is || p.Kind != kind {
		d.Errorf("got %v, want a problem of kind %d", err, kind)
		return
	}
	for _, name := range fields {
		if !slices.ContainsFunc(p.Fields, func(f problem.Field) bool { return f.Name == name }) {
			d.Errorf("%s is not among the wrong fields: %v", name, p.Fields)
		}
	}
}

// now is the lesson as its author finds it.
func (d *desk) now() lesson.Lesson {
	d.Helper()
	l, err := d.Find(d.Context(), d.MinskCoordinator.Actor, d.id)
	d.ok(err)
	return l
}

// form is what the editor of a language shows, with nothing typed yet.
func form(l lesson.Lesson, in locale.Language) lesson.Edit {
	e := lesson.Edit{Version: l.Version, Language: in, Topics: slices.Clone(l.Topics)}
	for _, s := range lesson.Sections {
		e.Sections = append(e.Sections, lesson.SectionEdit{Section: s, Base: l.Texts[s].Version, Body: l.Texts[s].In(in)})
	}
	for _, f := range l.Figures {
		e.Figures = append(e.Figures, lesson.FigureEdit{ID: f.ID, Value: f.Value, AsOf: f.AsOf, Said: f.Said.In(in), SaidBase: f.Said.Version,
			Source: f.Source.In(in), SourceBase: f.Source.Version})
	}
	return e
}

// with types something into a section.
func with(e lesson.Edit, s lesson.Section, body string) lesson.Edit {
	e.Sections = slices.Clone(e.Sections)
	e.Sections[slices.Index(lesson.Sections, s)].Body = body
	return e
}

func (d *desk) edit(e lesson.Edit) error {
	return d.Edit(d.Context(), d.MinskCoordinator.Actor, d.id, e)
}

// write saves one section as it is to be from now on.
func (d *desk) write(s lesson.Section, body string) {
	d.Helper()
	d.ok(d.edit(with(form(d.now(), ru), s, body)))
}

func (d *desk) share() {
	d.Helper()
	d.ok(d.Share(d.Context(), d.MinskCoordinator.Actor, d.id, d.now().Version))
}

func (d *desk) publish() {
	d.Helper()
	d.share()
	d.ok(d.Publish(d.Context(), d.MinskCoordinator.Actor, d.id, d.now().Version))
}

func (d *desk) sees(a access.Actor) bool {
	d.Helper()
	_, err := d.Find(d.Context(), a, d.id)
	if err != nil && !problem.Is(err, problem.NotFound) {
		d.Fatal(err)
	}
	return err == nil
}

// translated puts a section's paragraphs into Danish, as one of the other society would.
func (d *desk) translated(s lesson.Section, bodies ...string) {
	d.Helper()
	t := d.now().Texts[s]
	d.ok(d.db.Write(d.Context(), func(tx *database.Tx) error {
		for i, body := range bodies {
			p := t.Paragraphs[i]
			err := text.Translate(d.Context(), tx, text.Translation{TextID: t.ID, Paragraph: p.ID, Language: da, Base: p.Versions[da].Number, Body: body,
				FromLanguage: ru, FromRevision: p.Versions[ru].Number, By: text.Checked, PersonID: d.KogeStaff.ID})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

func clashes(err error) *lesson.Clashes {
	var c *lesson.Clashes
	errors.As(err, &c)
	return c
}
