package action

import (
	"context"
	"unicode/utf8"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// MaxNote is the longest progress note, in characters.
const MaxNote = 2000

// NoteProgress adds a note on how far somebody has come. Everybody who sees the item may.
func (s *Store) NoteProgress(ctx context.Context, a access.Actor, actionID string, d text.Draft) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return s.NoteProgressIn(ctx, tx, a, actionID, d) })
}

// NoteProgressIn is NoteProgress within a transaction.
func (s *Store) NoteProgressIn(ctx context.Context, tx *database.Tx, a access.Actor, actionID string, d text.Draft) error {
	item, err := s.FindIn(ctx, tx, a, actionID)
	if err != nil {
		return err
	}
	if err := access.Check(a, access.NoteProgress, access.SeeAction, item.Case()); err != nil {
		return err
	}
	if err := checkNote(ctx, tx, actionID, d); err != nil {
		return err
	}
	id, err := text.New(ctx, tx, d, a.PersonID)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into action_notes (id, action_id, text_id, person_id, at) values ($1, $2, $3, $4, $5)`,
		database.NewID(), actionID, id, a.PersonID, tx.Now)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "note progress", "action:"+actionID, nil)
}

func checkNote(ctx context.Context, tx *database.Tx, actionID string, d text.Draft) error {
	var c problem.Check
	if c.That(len(text.Split(d.Body)) > 0, "note", "error.required") {
		c.That(utf8.RuneCountInString(d.Body) <= MaxNote, "note", "error.too-long", problem.Values{"Limit": MaxNote})
		d.CheckBody(&c, "note")
	}
	if err := c.Err(); err != nil {
		return err
	}
	var there int
	err := tx.Row(ctx, `select count(*) from action_notes where action_id = $1`, actionID).Scan(&there)
	if err == nil && there >= MaxNotes {
		return problem.Refuse("action.problem.many-notes", problem.Values{"Limit": MaxNotes})
	}
	return err
}

// notes are those of an item, the latest first.
func notes(ctx context.Context, tx *database.Tx, actionID string) ([]Note, error) {
	var ids []string
	list, err := database.All(ctx, tx, func(row database.Scanner) (n Note, err error) {
		var id string
		err = row.Scan(&n.ID, &id, &n.PersonID, &n.At)
		ids = append(ids, id)
		return n, err
	}, `select id, text_id, person_id, at from action_notes where action_id = $1 order by at desc, id desc`, actionID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	texts, err := text.Load(ctx, tx, ids...)
	for i := range list {
		list[i].Text = texts[ids[i]]
	}
	return list, err
}
