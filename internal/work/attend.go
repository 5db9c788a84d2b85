package work

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Attend notes who of the participants of a conference took part. Whoever writes its notes may, from its end until both
// societies have agreed to the minutes; an agreement to minutes that named others no longer counts.
func (d *Desk) Attend(ctx context.Context, a access.Actor, conferenceID string, people []string) error {
	return d.present(ctx, a, conferenceID, func(tx *database.Tx, c conference.Conference) error {
		return d.Conferences.AttendIn(ctx, tx, a, c, people)
	})
}

// AddUninvited adds somebody to those who took part who had not been asked to: on the terms of Attend.
func (d *Desk) AddUninvited(ctx context.Context, a access.Actor, conferenceID string, u conference.UninvitedDraft) error {
	return d.present(ctx, a, conferenceID, func(tx *database.Tx, c conference.Conference) error {
		return d.Conferences.AddUninvitedIn(ctx, tx, a, c, u)
	})
}

// DropUninvited takes them off again.
func (d *Desk) DropUninvited(ctx context.Context, a access.Actor, conferenceID, id string) error {
	return d.present(ctx, a, conferenceID, func(tx *database.Tx, c conference.Conference) error {
		return d.Conferences.DropUninvitedIn(ctx, tx, a, c, id)
	})
}

// present changes the list of those who took part.
func (d *Desk) present(ctx context.Context, a access.Actor, conferenceID string, change func(*database.Tx, conference.Conference) error) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.HoldIn(ctx, tx, a, access.WriteNotes, conferenceID)
		if err != nil {
			return err
		}
		switch {
		case c.Is(conference.Agreed):
			return problem.Refuse("minutes.problem.frozen")
		case !c.Is(conference.Held):
			return problem.Refuse("minutes.problem.not-held")
		}
		if err := change(tx, c); err != nil {
			return err
		}
		if c, err = d.Conferences.GetIn(ctx, tx, conferenceID); err != nil {
			return err
		}
		return d.recheck(ctx, tx, c)
	})
}
