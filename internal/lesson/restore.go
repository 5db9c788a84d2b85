package lesson

import (
	"context"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Restore makes a lesson say again what it said at an earlier version, as one version more; its state stays. Coordinators of
// its own society may.
func (s *Store) Restore(ctx context.Context, a access.Actor, id string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		l, err := hold(ctx, tx, a, id)
		if err != nil {
			return err
		}
		v, err := versionIn(ctx, tx, id, version)
		if err != nil || v.Number == l.Version {
			return err
		}
		if err := l.restore(ctx, tx, a, v); err != nil {
			return err
		}
		return l.next(ctx, tx, a, change{what: "restored", deed: "restore lesson"})
	})
}

func (l *Lesson) restore(ctx context.Context, tx *database.Tx, a access.Actor, v Version) error {
	then := l.then(v)
	for _, id := range then.textIDs() {
		if err := text.Back(ctx, tx, id, v.texts[id], a.PersonID); err != nil {
			return err
		}
	}
	if err := l.keepsTitle(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `delete from lesson_figures where lesson_id = $1`, l.ID); err != nil {
		return err
	}
	for i, f := range then.Figures {
		if err := insertFigure(ctx, tx, l.ID, i, f); err != nil {
			return err
		}
	}
	l.Topics = then.Topics
	_, err := tx.Exec(ctx, `update lessons set topics = $1 where id = $2`, strings.Join(l.Topics, ","), l.ID)
	return err
}

// keepsTitle: an early draft may have had none, and what others read must.
func (l *Lesson) keepsTitle(ctx context.Context, tx *database.Tx) error {
	title, err := text.One(ctx, tx, l.Texts[Title].ID)
	if err == nil && title.Empty() && l.State != Draft {
		err = problem.Refuse("lesson.problem.no-title")
	}
	return err
}
