package conference

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Schedule sets a conference to the one time of a plan and invites everybody. It gives the new conference's ID.
func (s *Store) Schedule(ctx context.Context, a access.Actor, p Plan) (id string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.ScheduleIn(ctx, tx, a, p)
		return err
	})
	return id, err
}

// ScheduleIn is Schedule within a transaction.
func (s *Store) ScheduleIn(ctx context.Context, tx *database.Tx, a access.Actor, p Plan) (string, error) {
	if len(p.Times) > 1 {
		return "", problem.Refuse("conference.problem.several-times")
	}
	p.Draft = false
	return s.plan(ctx, tx, a, p)
}

// Choose ends the poll: the conference takes place at one of the proposed times, and everybody is invited anew. What people
// answered in the poll was about several times; it is not their answer to the invitation.
func (s *Store) Choose(ctx context.Context, a access.Actor, id, slotID string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		slot, there := c.Slot(slotID)
		switch {
		case !there:
			return problem.Missing()
		case !c.Is(Poll):
			return problem.Refuse("conference.problem.no-poll")
		case !slot.StartsAt.After(tx.Now):
			return problem.Refuse("conference.problem.past")
		}
		if err := move(ctx, tx, id, version); err != nil {
			return err
		}
		at := chosen{id, slot.ID, slot.StartsLocal, slot.Zone, slot.StartsAt, int(c.Length.Minutes())}
		return set(ctx, tx, a, at, c.people(), c.Sequence)
	})
}

// chosen is a time that a conference is set to.
type chosen struct {
	id, slotID  string
	local, zone string
	at          time.Time
	length      int // minutes
}

func (c chosen) over() time.Time { return c.at.Add(time.Duration(c.length)*time.Minute + Overtime) }

// set schedules a conference and invites people to it.
func set(ctx context.Context, tx *database.Tx, a access.Actor, c chosen, people []string, sequence int) error {
	_, err := tx.Exec(ctx, `update conferences set state = $1, starts_local = $2, zone = $3, starts_at = $4, over_at = $5,
		chosen_slot_id = $6 where id = $7`, Scheduled, c.local, c.zone, c.at, c.over(), null(c.slotID), c.id)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "schedule conference", "conference:"+c.id, audit.Details{"slot": c.slotID}); err != nil {
		return err
	}
	if err := forget(ctx, tx, c.id); err != nil {
		return err
	}
	if err := remind(ctx, tx, c); err != nil {
		return err
	}
	if err := remindAheadInSeries(ctx, tx, c); err != nil {
		return err
	}
	return tell(ctx, tx, InvitationMail, c.id, sequence, people, tx.Now)
}

// forget takes back all answers to an invitation: they were about another time.
func forget(ctx context.Context, tx *database.Tx, id string) error {
	_, err := tx.Exec(ctx, `update participants set rsvp = $1, answered_at = null, answered_apart = false where conference_id = $2`, NeedsAction, id)
	return err
}

// move gives a conference its next version, unless somebody else did so since this one was read.
func move(ctx context.Context, tx *database.Tx, id string, version int) error {
	n, err := tx.Exec(ctx, `update conferences set version = version + 1, changed_at = $1 where id = $2 and version = $3`, tx.Now, id, version)
	if err == nil && n == 0 {
		err = problem.Moved()
	}
	return err
}

func (c Conference) people() []string {
	ids := make([]string, len(c.Participants))
	for i, p := range c.Participants {
		ids[i] = p.PersonID
	}
	return ids
}
