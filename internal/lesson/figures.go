package lesson

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// FigureEdit is a figure as a form has it, in the language of the edit.
type FigureEdit struct {
	ID         string // '' for one that is new
	Value      string // a decimal number with a point, '' where there is only a sentence
	AsOf       string // YYYY, YYYY-MM or YYYY-MM-DD
	Said       string // one line
	SaidBase   int    // version of that text that the editor started from
	Source     string
	SourceBase int
}

// FigureClash is a figure that two people changed at the same time.
type FigureClash struct {
	Now  Figure // as the other left it
	Gone bool   // the other took it out
}

// figures writes those of the form. One that others added meanwhile stays, behind the rest.
func (w *edition) figures(ctx context.Context) error {
	for _, f := range w.Figures {
		if err := w.figure(ctx, f); err != nil {
			return err
		}
	}
	for _, now := range w.lesson.Figures {
		if slices.ContainsFunc(w.Figures, func(f FigureEdit) bool { return f.ID == now.ID }) {
			continue
		}
		if _, known := figureIn(w.base.Figures, now.ID); known {
			w.changed = true
			if _, err := w.tx.Exec(ctx, `delete from lesson_figures where id = $1`, now.ID); err != nil {
				return err
			}
		} else if err := w.place(ctx, now, w.typed(now)); err != nil {
			return err
		}
	}
	return nil
}

// typed is a figure as a form has it.
func (w *edition) typed(f Figure) FigureEdit {
	return FigureEdit{f.ID, f.Value, f.AsOf, f.Said.In(w.Language), f.Said.Version, f.Source.In(w.Language), f.Source.Version}
}

// figure is one of the form: new, changed, or taken out by somebody else meanwhile.
func (w *edition) figure(ctx context.Context, f FigureEdit) error {
	now, there := figureIn(w.lesson.Figures, f.ID)
	before, known := figureIn(w.base.Figures, f.ID)
	switch {
	case there && known:
		return w.changeFigure(ctx, f, before, now)
	case there:
		return w.changeFigure(ctx, f, now, now)
	case known:
		untouched, err := w.untouched(ctx, f, before)
		if untouched || err != nil {
			return err
		}
		w.clashes.Figures[f.ID] = FigureClash{Now: before, Gone: true}
	}
	w.changed, f.ID = true, ""
	w.clashes.Next.Figures = append(w.clashes.Next.Figures, f)
	return w.lesson.bring(ctx, w.tx, w.actor, len(w.clashes.Next.Figures)-1, f, w.Language)
}

func (w *edition) changeFigure(ctx context.Context, f FigureEdit, before, now Figure) error {
	value, ok := settle(f.Value, before.Value, now.Value)
	asOf, also := settle(f.AsOf, before.AsOf, now.AsOf)
	said, one, err := w.save(ctx, now.Said, f.SaidBase, f.Said, true)
	if err != nil {
		return err
	}
	source, two, err := w.save(ctx, now.Source, f.SourceBase, f.Source, true)
	if err != nil {
		return err
	}
	if !ok || !also || one != nil || two != nil {
		w.clashes.Figures[f.ID] = FigureClash{Now: now}
	}
	return w.place(ctx, now, FigureEdit{f.ID, value, asOf, said, now.Said.Version, source, now.Source.Version})
}

// settle is the three-way choice for something short: whoever left it alone gives way.
func settle(mine, before, now string) (chosen string, ok bool) {
	if mine == before {
		return now, true
	}
	return mine, now == before || now == mine
}

// place puts a figure next, with its numbers.
func (w *edition) place(ctx context.Context, now Figure, to FigureEdit) error {
	position := len(w.clashes.Next.Figures)
	w.clashes.Next.Figures = append(w.clashes.Next.Figures, to)
	stood := slices.IndexFunc(w.lesson.Figures, func(f Figure) bool { return f.ID == now.ID })
	if to.Value == now.Value && to.AsOf == now.AsOf && stood == position {
		return nil
	}
	w.changed = true
	_, err := w.tx.Exec(ctx, `update lesson_figures set value = $1, as_of = $2, position = $3 where id = $4`, to.Value, to.AsOf, position, now.ID)
	return err
}

// untouched tells whether somebody sends a figure as they found it, which has been taken out since.
func (w *edition) untouched(ctx context.Context, f FigureEdit, before Figure) (bool, error) {
	texts, err := text.Load(ctx, w.tx, before.Said.ID, before.Source.ID)
	same := func(typed string, t text.Text) bool {
		return slices.Equal(text.Split(text.Draft{Body: typed}.Line().Body), text.Split(t.In(w.Language)))
	}
	return f.Value == before.Value && f.AsOf == before.AsOf && same(f.Said, texts[before.Said.ID]) && same(f.Source, texts[before.Source.ID]), err
}

// bring adds a figure.
func (l *Lesson) bring(ctx context.Context, tx *database.Tx, a access.Actor, position int, f FigureEdit, in locale.Language) error {
	said, err := text.New(ctx, tx, text.Draft{Language: in, Body: f.Said}.Line(), a.PersonID)
	if err != nil {
		return err
	}
	source, err := text.New(ctx, tx, text.Draft{Language: in, Body: f.Source}.Line(), a.PersonID)
	if err != nil {
		return err
	}
	return insertFigure(ctx, tx, l.ID, position, Figure{database.NewID(), f.Value, f.AsOf, text.Text{ID: said}, text.Text{ID: source}})
}

func insertFigure(ctx context.Context, tx *database.Tx, lessonID string, position int, f Figure) error {
	_, err := tx.Exec(ctx, `insert into lesson_figures (id, lesson_id, position, value, as_of, said_id, source_id) values ($1, $2, $3, $4, $5, $6, $7)`,
		f.ID, lessonID, position, f.Value, f.AsOf, f.Said.ID, f.Source.ID)
	return err
}

func figureIn(list []Figure, id string) (Figure, bool) {
	i := slices.IndexFunc(list, func(f Figure) bool { return f.ID == id })
	if i < 0 {
		return Figure{}, false
	}
	return list[i], true
}
