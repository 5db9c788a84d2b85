package work

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Section is one of the texts that are translated as one.
type Section struct {
	Kind string // the kind of its place; of a lesson its section, "figure" or "source"
	Text text.Text
}

// Sheet is what a translator has before them: one text, or a whole lesson.
type Sheet struct {
	Place    Place
	Sections []Section
	Past     text.Past // of the paragraphs that are behind in the language asked for, and of those named
	MayCheck bool
}

// Source says what is translated: a text or a lesson.
type Source struct{ TextID, LessonID string }

// Sheet reads it for somebody who may translate it. The past is that of paragraphs which are out of date in a language, and
// of those named: for whoever comes with an older version of them.
func (d *Desk) Sheet(ctx context.Context, a access.Actor, s Source, into locale.Language, named ...string) (sheet Sheet, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		if sheet, err = d.sheetIn(ctx, tx, a, s); err != nil {
			return err
		}
		for _, section := range sheet.Sections {
			for _, p := range section.Text.Paragraphs {
				if p.State(into) == text.OutOfDate {
					named = append(named, p.ID)
				}
			}
		}
		sheet.Past, err = text.PastOf(ctx, tx, named...)
		return err
	})
	return sheet, err
}

func (d *Desk) sheetIn(ctx context.Context, tx *database.Tx, a access.Actor, s Source) (Sheet, error) {
	if s.LessonID != "" {
		return d.lessonSheet(ctx, tx, a, s.LessonID)
	}
	place, err := d.PlaceOf(ctx, tx, a, s.TextID)
	if err != nil {
		return Sheet{}, err
	}
	t, err := text.One(ctx, tx, s.TextID)
	return Sheet{Place: place, Sections: []Section{{place.Kind, t}}, MayCheck: place.MayCheck(a)}, err
}

// lessonSheet has what has been written of a lesson, as it is read.
func (d *Desk) lessonSheet(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Sheet, error) {
	l, err := d.Lessons.FindIn(ctx, tx, a, id)
	if err != nil {
		return Sheet{}, err
	}
	if err := access.Check(a, access.TranslateText, access.SeeLesson, l.Case()); err != nil {
		return Sheet{}, err
	}
	place := Place{Kind: "lesson", ID: l.ID, PartnershipID: l.PartnershipID, Title: l.Texts[lesson.Title], Case: l.Case()}
	sheet := Sheet{Place: place, MayCheck: place.MayCheck(a)}
	for _, s := range lesson.Sections {
		sheet.Sections = append(sheet.Sections, Section{string(s), l.Texts[s]})
	}
	for _, f := range l.Figures {
		sheet.Sections = append(sheet.Sections, Section{"figure", f.Said}, Section{"source", f.Source})
	}
	sheet.Sections = slices.DeleteFunc(sheet.Sections, func(s Section) bool { return s.Text.Empty() })
	return sheet, nil
}

// Entry is what a translator did to one paragraph.
type Entry struct {
	Paragraph    string
	Body         string // as typed
	Base         int    // revision of the translation that it was begun from, 0 for none
	FromLanguage locale.Language
	FromRevision int  // that the translator had before them
	Holds        bool // a translation that is behind is still right as it stands
	Check        bool
}

// Outcome is what became of a sheet that was handed in. Whatever could not be saved stands in Refused, by paragraph, and
// changed nothing; the rest is saved.
type Outcome struct {
	Saved   []string // paragraphs
	Refused map[string]*problem.Problem
	Gone    []string // paragraphs that are not there any more
}

// Translate saves what a translator did: one transaction, in which each paragraph is saved or refused by itself. A check by
// somebody who may not check is left aside; the words are kept.
func (d *Desk) Translate(ctx context.Context, a access.Actor, s Source, into locale.Language, entries []Entry) (o Outcome, err error) {
	err = d.db.Write(ctx, func(tx *database.Tx) error {
		o = Outcome{Refused: map[string]*problem.Problem{}}
		sheet, err := d.sheetIn(ctx, tx, a, s)
		if err != nil {
			return err
		}
		var ids []string
		for _, e := range entries {
			ids = append(ids, e.Paragraph)
		}
		if sheet.Past, err = text.PastOf(ctx, tx, ids...); err != nil {
			return err
		}
		return sheet.take(ctx, tx, a, into, entries, &o)
	})
	return o, err
}

func (s Sheet) take(ctx context.Context, tx *database.Tx, a access.Actor, into locale.Language, entries []Entry, o *Outcome) error {
	changed := map[string]bool{}
	for _, e := range entries {
		t, p, there := s.paragraph(e.Paragraph)
		if !there {
			o.Gone = append(o.Gone, e.Paragraph)
			continue
		}
		e.Check = e.Check && s.MayCheck
		saved, err := s.enter(ctx, tx, a, t, p, into, e)
		if refused, is := problem.As(err); is {
			o.Refused[p.ID] = refused
		} else if err != nil {
			return err
		} else if saved {
			o.Saved, changed[t.ID] = append(o.Saved, p.ID), true
		}
	}
	for id := range changed {
		if err := audit.Record(ctx, tx, a.PersonID, "translate text", "text:"+id, audit.Details{"language": string(into)}); err != nil {
			return err
		}
	}
	return nil
}

// enter does to one paragraph what the translator did: nothing, a translation, the same words for a newer source, or a check.
func (s Sheet) enter(ctx context.Context, tx *database.Tx, a access.Actor, t text.Text, p text.Paragraph, into locale.Language, e Entry) (bool, error) {
	body := text.OneBlock(e.Body)
	now, state := p.Versions[into], p.State(into)
	base, _ := s.Past.Revision(p.ID, into, e.Base)
	typed := body != text.OneBlock(base.Body)
	if typed && now.Number > 0 && body == now.Body {
		typed, e.Base = false, now.Number // somebody else has written the very same
	}
	switch {
	case !typed && (state == text.Source || !e.Holds && !e.Check), body == "" && e.Base == 0:
		return false, nil
	case e.Base != now.Number:
		return false, problem.Moved()
	case e.FromLanguage == into:
		return false, problem.Refuse("error.form")
	case typed || state == text.OutOfDate:
		n := text.Translation{TextID: t.ID, Paragraph: p.ID, Language: into, Base: e.Base, Body: body, FromLanguage: e.FromLanguage,
			FromRevision: e.FromRevision, By: text.Translated, PersonID: a.PersonID}
		if e.Check {
			n.By = text.Checked
		}
		return true, text.Translate(ctx, tx, n)
	case e.Check && (state == text.InWork || state == text.Machine):
		return true, text.Check(ctx, tx, t.ID, p.ID, into, a.PersonID)
	}
	return false, nil
}

func (s Sheet) paragraph(id string) (text.Text, text.Paragraph, bool) {
	for _, section := range s.Sections {
		for _, p := range section.Text.Paragraphs {
			if p.ID == id {
				return section.Text, p, true
			}
		}
	}
	return text.Text{}, text.Paragraph{}, false
}
