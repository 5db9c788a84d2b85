package conference

import (
	"context"
	"slices"
)

// redraft writes the times of a draft anew and, unless the plan is still a draft, takes it on.
func (g change) redraft(ctx context.Context) error {
	if _, err := g.tx.Exec(ctx, `delete from slots where conference_id = $1`, g.c.ID); err != nil {
		return err
	}
	if g.Draft || len(g.Times) >= MinSlots {
		if err := g.offer(ctx, g.tx, g.c.ID); err != nil {
			return err
		}
	}
	_, err := g.tx.Exec(ctx, `update conferences set zone = $1, starts_at = $2 where id = $3`, g.Zone, g.first(g.c.CreatedAt), g.c.ID)
	if err != nil || g.Draft {
		return err
	}
	return g.open(ctx, g.tx, g.a, g.c.ID, g.c.Version+1)
}

func (g change) pollChanged(ctx context.Context, added, removed []string) error {
	version := g.c.Version + 1
	if err := g.remindOfPoll(ctx, g.tx, g.c.ID); err != nil {
		return err
	}
	if err := tell(ctx, g.tx, RemovalMail, g.c.ID, version, removed, g.tx.Now); err != nil {
		return err
	}
	return tell(ctx, g.tx, AskMail, g.c.ID, version, added, g.tx.Now)
}

// rescheduled moves the calendar entry on and has people told.
func (g change) rescheduled(ctx context.Context, said bool, added, removed []string) error {
	moved := g.Times[0] != g.c.StartsLocal || g.Zone != g.c.Zone
	told := said || moved || g.differs()
	if !told && len(added)+len(removed) == 0 {
		return nil
	}
	if moved {
		if err := forget(ctx, g.tx, g.c.ID); err != nil {
			return err
		}
	}
	at := chosen{id: g.c.ID, local: g.Times[0], zone: g.Zone, at: g.times[0], length: g.Minutes}
	sequence := g.c.Sequence + 1
	_, err := g.tx.Exec(ctx, `update conferences set starts_local = $1, zone = $2, starts_at = $3, over_at = $4, sequence = $5 where id = $6`,
		at.local, at.zone, at.at, at.over(), sequence, g.c.ID)
	if err != nil {
		return err
	}
	if moved {
		if err := remind(ctx, g.tx, at); err != nil {
			return err
		}
		if g.c.Series.SeriesID != "" {
			if err := remindAhead(ctx, g.tx, at); err != nil {
				return err
			}
		}
	}
	return g.tell(ctx, told, sequence, added, removed)
}

// differs tells whether something that stands in the invitation is another now, apart from its words and its time.
func (g change) differs() bool {
	return g.Minutes != int(g.c.Length.Minutes()) || g.Room != g.c.Room ||
		!slices.Equal(g.Languages, g.c.Languages) || !slices.Equal(g.Interpretation, g.c.Interpretation)
}

// tell has everybody written to whom the change is news, together with what was kept back before; or keeps all of it back.
func (g change) tell(ctx context.Context, changed bool, sequence int, added, removed []string) error {
	n, err := heldIn(ctx, g.tx, g.c.ID)
	if err != nil {
		return err
	}
	n.add(RemovalMail, removed)
	n.add(InvitationMail, added)
	if changed {
		n.add(ChangeMail, slices.DeleteFunc(slices.Clone(g.Participants), func(id string) bool { return slices.Contains(added, id) }))
	}
	if g.Hold {
		return n.hold(ctx, g.tx, g.c.ID)
	}
	at := g.tx.Now.Add(settling)
	if g.c.Is(InProgress) {
		at = g.tx.Now // a room that moves now is news now
	}
	return n.send(ctx, g.tx, g.c.ID, sequence, at)
}
