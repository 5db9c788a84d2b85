package lesson

import (
	"context"
	"errors"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Edit is a save in the editor of one language, of as many sections as the form has.
type Edit struct {
	Version     int // of the lesson that the editor started from
	Language    locale.Language
	Sections    []SectionEdit // the others stay as they are
	SameMeaning bool          // slips of the pen were mended; translations stay good
	Topics      []string
	Figures     []FigureEdit // all of them, in their order
}

// SectionEdit is what one section is to say.
type SectionEdit struct {
	Section Section
	Base    int // version of its text that the editor started from
	Body    string
}

// Clashes are the cause of a Conflict problem: what two people changed at the same time, and not alike. Nothing was written.
type Clashes struct {
	Sections map[Section]*text.Clash // only those that clash
	Figures  map[string]FigureClash  // by ID
	Now      Lesson                  // as the others left it
	Next     Edit                    // what the form goes on with: put together where it can be, as typed where it clashes
}

func (c *Clashes) Error() string { return "two edits of the same sections" }

// Edit writes a new version of a lesson. Coordinators of its own society may. What others saved in between is kept: changes
// in different paragraphs, topics and figures are put together. Where that cannot be, it is a Conflict whose cause is
// *Clashes. An edit that changes nothing is no version.
func (s *Store) Edit(ctx context.Context, a access.Actor, id string, e Edit) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return s.EditIn(ctx, tx, a, id, e) })
}

// EditIn is Edit within a transaction.
func (s *Store) EditIn(ctx context.Context, tx *database.Tx, a access.Actor, id string, e Edit) error {
	l, err := hold(ctx, tx, a, id)
	if err != nil {
		return err
	}
	if err := l.fill(ctx, tx); err != nil {
		return err
	}
	if err := e.check(l); err != nil {
		return err
	}
	base, err := versionIn(ctx, tx, id, e.Version)
	if problem.Is(err, problem.NotFound) {
		return problem.Moved() // no form began from a version that never was
	}
	if err != nil {
		return err
	}
	next := Edit{Version: l.Version, Language: e.Language, SameMeaning: e.SameMeaning}
	w := edition{Edit: e, tx: tx, actor: a, lesson: &l, base: base,
		clashes: Clashes{Sections: map[Section]*text.Clash{}, Figures: map[string]FigureClash{}, Now: l, Next: next}}
	return w.write(ctx)
}

// hold takes a lesson's row, so that nothing else happens to it meanwhile, for somebody who may write it.
func hold(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Lesson, error) {
	if _, err := tx.Exec(ctx, `update lessons set version = version where id = $1`, id); err != nil {
		return Lesson{}, err
	}
	l, err := bare(ctx, tx, id)
	if err != nil {
		return l, err
	}
	return l, access.Check(a, access.WriteLesson, access.SeeLesson, l.Case())
}

// edition is one edit being written.
type edition struct {
	Edit
	tx      *database.Tx
	actor   access.Actor
	lesson  *Lesson
	base    Version // that the editor started from
	clashes Clashes
	changed bool
}

func (w *edition) write(ctx context.Context) error {
	next := &w.clashes.Next
	for _, s := range w.Sections {
		now := w.lesson.Texts[s.Section]
		body, clash, err := w.save(ctx, now, s.Base, s.Body, s.Section == Title)
		if err != nil {
			return err
		}
		if clash != nil {
			w.clashes.Sections[s.Section] = clash
		}
		next.Sections = append(next.Sections, SectionEdit{s.Section, now.Version, body})
	}
	if err := w.figures(ctx); err != nil {
		return err
	}
	if err := w.topics(ctx); err != nil {
		return err
	}
	next.Topics = w.lesson.Topics
	if len(w.clashes.Sections)+len(w.clashes.Figures) > 0 {
		return &problem.Problem{Kind: problem.Conflict, Key: "error.conflict", Cause: &w.clashes}
	}
	if !w.changed {
		return nil
	}
	return w.lesson.next(ctx, w.tx, w.actor, change{what: "edited", deed: "edit lesson", language: w.Language})
}

// save writes one text, unless it says the same already: most texts of a form have not been touched. It gives what the text
// says then.
func (w *edition) save(ctx context.Context, now text.Text, base int, body string, line bool) (string, *text.Clash, error) {
	if line {
		body = text.Draft{Body: body}.Line().Body
	}
	if slices.Equal(text.Split(body), text.Split(now.In(w.Language))) {
		return body, nil, nil
	}
	version, err := text.Save(ctx, w.tx, text.Edit{TextID: now.ID, Base: base, Language: w.Language, Body: body, Line: line,
		SameMeaning: w.SameMeaning, PersonID: w.actor.PersonID})
	var clash *text.Clash
	if errors.As(err, &clash) {
		return body, clash, nil
	}
	w.changed = w.changed || version != now.Version
	if err != nil || base >= now.Version {
		return body, nil, err
	}
	together, err := text.One(ctx, w.tx, now.ID)
	return together.In(w.Language), nil, err
}

// topics puts two choices together: what one person ticked or unticked holds whatever the other did.
func (w *edition) topics(ctx context.Context) error {
	topics := slices.DeleteFunc(slices.Clone(Topics), func(t string) bool {
		mine := slices.Contains(w.Topics, t)
		if mine == slices.Contains(w.base.Topics, t) {
			mine = slices.Contains(w.lesson.Topics, t)
		}
		return !mine
	})
	before := slices.Sorted(slices.Values(w.lesson.Topics))
	if slices.Equal(topics, before) {
		return nil
	}
	w.lesson.Topics, w.changed = topics, true
	_, err := w.tx.Exec(ctx, `update lessons set topics = $1 where id = $2`, strings.Join(topics, ","), w.lesson.ID)
	return err
}

// next makes what was just written a version.
func (l *Lesson) next(ctx context.Context, tx *database.Tx, a access.Actor, c change) error {
	l.Version++
	_, err := tx.Exec(ctx, `update lessons set version = $1, changed_at = $2 where id = $3`, l.Version, tx.Now, l.ID)
	if err != nil {
		return err
	}
	return l.record(ctx, tx, a, c)
}
