package conference

import (
	"context"
	"fmt"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Offer adds a time to a poll that is open, by the clock that its other times are meant by, and asks everybody about it. What they
// said of the others stays.
func (s *Store) Offer(ctx context.Context, a access.Actor, id, local string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		if !c.Is(Poll) {
			return problem.Refuse("conference.problem.no-poll")
		}
		slots, err := c.offered(tx, local)
		if err != nil {
			return err
		}
		if err := move(ctx, tx, id, version); err != nil {
			return err
		}
		if err := order(ctx, tx, id, slots); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, a.PersonID, "offer time", "conference:"+id, audit.Details{"time": local}); err != nil {
			return err
		}
		return tell(ctx, tx, AskMail, id, version+1, c.people(), tx.Now)
	})
}

// offered are the times of the poll with one more, in the order in which they come.
func (c Conference) offered(tx *database.Tx, local string) ([]Slot, error) {
	var check problem.Check
	check.That(len(c.Slots) < MaxSlots, "offer", "conference.problem.slots", problem.Values{"Most": MaxSlots})
	at, err := calendar.Instant(local, c.Slots[0].Zone)
	if p, wrong := problem.As(err); wrong {
		check.Add("offer", p.Key, p.Values)
	} else if check.That(at.After(tx.Now), "offer", "conference.problem.past") {
		check.That(!slices.ContainsFunc(c.Slots, func(s Slot) bool { return s.StartsAt.Equal(at) }), "offer", "conference.problem.twice")
	}
	slots := append(slices.Clone(c.Slots), Slot{ID: database.NewID(), StartsLocal: local, Zone: c.Slots[0].Zone, StartsAt: at})
	slices.SortStableFunc(slots, func(a, b Slot) int { return a.StartsAt.Compare(b.StartsAt) })
	return slots, check.Err()
}

// order writes the times in their order, new ones too. Lists go by the first of them.
func order(ctx context.Context, tx *database.Tx, id string, slots []Slot) error {
	for position, s := range slots {
		_, err := tx.Exec(ctx, `insert into slots (id, conference_id, starts_local, zone, position) values ($1, $2, $3, $4, $5)
			on conflict (id) do update set position = excluded.position`, s.ID, id, s.StartsLocal, s.Zone, position)
		if err != nil {
			return fmt.Errorf("slot %d: %w", position, err)
		}
	}
	_, err := tx.Exec(ctx, `update conferences set starts_at = $1 where id = $2`, slots[0].StartsAt, id)
	return err
}
