package conference

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Cancel calls a conference off that has not begun, and tells everybody who was written to. It stays in the lists, so that
// nobody wonders where it went.
func (s *Store) Cancel(ctx context.Context, a access.Actor, id string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return s.CancelIn(ctx, tx, a, id, version) })
}

// CancelIn is Cancel within a transaction.
func (s *Store) CancelIn(ctx context.Context, tx *database.Tx, a access.Actor, id string, version int) error {
	c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
	if err != nil {
		return err
	}
	if !c.Is(Draft, Poll, Scheduled, Postponed) {
		return problem.Refuse("conference.problem.begun")
	}
	if err := move(ctx, tx, id, version); err != nil {
		return err
	}
	over := tx.Now
	if c.HasTime() {
		over = c.Ends().Add(Overtime) // it keeps its place among what is coming
	}
	_, err = tx.Exec(ctx, `update conferences set state = $1, over_at = $2, sequence = $3 where id = $4`, Cancelled, over, c.Sequence+1, id)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "cancel conference", "conference:"+id, nil); err != nil {
		return err
	}
	if err := c.dropHeld(ctx, tx); err != nil {
		return err
	}
	return tell(ctx, tx, CancellationMail, id, c.Sequence+1, c.written(), tx.Now)
}

// dropHeld forgets the mails that were kept back; but who does not know that they were taken off the list still has the conference
// in their calendar.
func (c Conference) dropHeld(ctx context.Context, tx *database.Tx) error {
	held, err := heldIn(ctx, tx, c.ID)
	if err != nil || len(held) == 0 {
		return err
	}
	if err := c.tellLoosened(ctx, tx, RemovalMail, held.of(RemovalMail)); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `delete from held_mails where conference_id = $1`, c.ID)
	return err
}

// written are those whom a mail about this conference has gone to.
func (c Conference) written() []string {
	var ids []string
	for _, p := range c.Participants {
		if !p.InvitedAt.IsZero() {
			ids = append(ids, p.PersonID)
		}
	}
	return ids
}
