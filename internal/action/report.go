package action

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Report is all that somebody says of an item in one go: where their parts stand, whose move it is next, how far they are.
type Report struct {
	Moves      []Move
	BallUnitID string // empty: stays where it is
	Version    int    // of the item, that the ball was seen at
	Note       text.Draft
}

// Move is the new state of one part.
type Move struct {
	PartID  string
	State   State
	Version int // of the part, that its old state was seen at
}

// Report keeps all of it or nothing, and tells whether the item has been closed by it. Each piece needs the right that it
// needs by itself: see Work, Pass and NoteProgress.
func (s *Store) Report(ctx context.Context, a access.Actor, actionID string, r Report) (closed bool, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		before, err := s.FindIn(ctx, tx, a, actionID)
		if err != nil {
			return err
		}
		if err := s.report(ctx, tx, a, actionID, r); err != nil {
			return err
		}
		after, err := s.FindIn(ctx, tx, a, actionID)
		closed = after.Closed() && !before.Closed()
		return err
	})
	return closed, err
}

func (s *Store) report(ctx context.Context, tx *database.Tx, a access.Actor, actionID string, r Report) error {
	if len(r.Moves) == 0 && r.BallUnitID == "" && len(text.Split(r.Note.Body)) == 0 {
		var c problem.Check
		c.Add("note", "action.problem.nothing")
		return c.Err()
	}
	if len(r.Moves) > MaxParts {
		return problem.Refuse("action.problem.many-parts", problem.Values{"Limit": MaxParts})
	}
	for _, m := range r.Moves {
		if err := s.work(ctx, tx, a, actionID, m.PartID, m.State, m.Version); err != nil {
			return err
		}
	}
	if r.BallUnitID != "" {
		if err := s.pass(ctx, tx, a, actionID, r.BallUnitID, r.Version); err != nil {
			return err
		}
	}
	if len(text.Split(r.Note.Body)) == 0 {
		return nil
	}
	return s.NoteProgressIn(ctx, tx, a, actionID, r.Note)
}
