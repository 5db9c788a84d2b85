package conference

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Postpone takes the time, or the proposed times, off a conference that has not begun, and tells everybody who was written to. It
// keeps its people, agenda and place in their lists, and waits for a new time: Change gives it one, or asks about several.
func (s *Store) Postpone(ctx context.Context, a access.Actor, id string, version int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		switch {
		case !c.Is(Poll, Scheduled):
			return problem.Refuse("conference.problem.closed")
		case c.Series.SeriesID != "":
			return problem.Refuse("conference.problem.in-series")
		}
		if err := move(ctx, tx, id, version); err != nil {
			return err
		}
		if err := c.loosen(ctx, tx, Postponed); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, a.PersonID, "postpone conference", "conference:"+id, nil); err != nil {
			return err
		}
		if err := c.dropHeld(ctx, tx); err != nil {
			return err
		}
		return c.tellLoosened(ctx, tx, PostponementMail, c.written())
	})
}

// loosen takes the time off a conference. Two numbers of its calendar entry are used up: one takes the entry out of calendars,
// the next is for the entry that comes back with another time (RFC 5546 §2.1.4).
func (c Conference) loosen(ctx context.Context, tx *database.Tx, to State) error {
	sequence := c.Sequence
	if c.HasTime() {
		sequence += 2
	}
	_, err := tx.Exec(ctx, `update conferences set state = $1, starts_local = null, over_at = null, chosen_slot_id = null, sequence = $2
		where id = $3`, to, sequence, c.ID)
	if err != nil {
		return err
	}
	return forget(ctx, tx, c.ID)
}

// tellLoosened has people written to about a conference that has lost its time, which was as it is in c.
func (c Conference) tellLoosened(ctx context.Context, tx *database.Tx, kind string, people []string) error {
	letter := Letter{ConferenceID: c.ID, Sequence: c.Version + 1}
	if c.HasTime() {
		letter.Sequence, letter.About = c.Sequence+1, c.StartsLocal+"@"+c.Zone
	}
	return write(ctx, tx, kind, letter, people, tx.Now)
}

// Was gives the conference with the time that it had before it lost it, where that stands in the letter: what is taken out of
// calendars has a time still.
func (l Letter) Was(c Conference) (Conference, bool) {
	local, zone, is := strings.Cut(l.About, "@")
	at, err := calendar.Instant(local, zone)
	if !is || err != nil || c.HasTime() {
		return c, false
	}
	c.StartsLocal, c.Zone, c.StartsAt, c.Sequence = local, zone, at, l.Sequence
	return c, true
}

// resumed gives a postponed conference its new time, or asks about several.
func (g change) resumed(ctx context.Context) error {
	if len(g.Times) > 1 {
		return g.asked(ctx, g.Participants)
	}
	at := chosen{id: g.c.ID, local: g.Times[0], zone: g.Zone, at: g.times[0], length: g.Minutes}
	return set(ctx, g.tx, g.a, at, g.Participants, g.c.Sequence)
}

// reopened makes a question again of a time that was set: which of these suit you?
func (g change) reopened(ctx context.Context, added, removed []string) error {
	if err := g.c.loosen(ctx, g.tx, Poll); err != nil {
		return err
	}
	if err := g.c.dropHeld(ctx, g.tx); err != nil {
		return err
	}
	if err := g.c.tellLoosened(ctx, g.tx, RemovalMail, removed); err != nil {
		return err
	}
	stay := slices.DeleteFunc(slices.Clone(g.Participants), func(id string) bool { return slices.Contains(added, id) })
	if err := g.c.tellLoosened(ctx, g.tx, ReopeningMail, stay); err != nil {
		return err
	}
	return g.asked(ctx, added)
}

// asked opens the poll with the times of the plan. What people said of a time that was proposed before and is proposed again
// stays; the others go.
func (g change) asked(ctx context.Context, told []string) error {
	slots, dropped := g.slots()
	for _, id := range dropped {
		if _, err := g.tx.Exec(ctx, `delete from slot_answers where slot_id = $1`, id); err != nil {
			return err
		}
		if _, err := g.tx.Exec(ctx, `delete from slots where id = $1`, id); err != nil {
			return err
		}
	}
	if err := order(ctx, g.tx, g.c.ID, slots); err != nil {
		return err
	}
	_, err := g.tx.Exec(ctx, `update conferences set state = $1, zone = $2 where id = $3`, Poll, g.Zone, g.c.ID)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, g.tx, g.a.PersonID, "open poll", "conference:"+g.c.ID, nil); err != nil {
		return err
	}
	if err := g.remindOfPoll(ctx, g.tx, g.c.ID); err != nil {
		return err
	}
	return tell(ctx, g.tx, AskMail, g.c.ID, g.c.Version+1, told, g.tx.Now)
}

// slots are the times of the plan in their order, those that were proposed before as they are, and which of these go.
func (g change) slots() (slots []Slot, dropped []string) {
	for i, local := range g.Times {
		slot := Slot{ID: database.NewID(), StartsLocal: local, Zone: g.Zone, StartsAt: g.times[i]}
		if n := slices.IndexFunc(g.c.Slots, func(s Slot) bool { return s.StartsLocal == local && s.Zone == g.Zone }); n >= 0 {
			slot = g.c.Slots[n]
		}
		slots = append(slots, slot)
	}
	slices.SortStableFunc(slots, func(a, b Slot) int { return a.StartsAt.Compare(b.StartsAt) })
	for _, old := range g.c.Slots {
		if !slices.ContainsFunc(slots, func(s Slot) bool { return s.ID == old.ID }) {
			dropped = append(dropped, old.ID)
		}
	}
	return slots, dropped
}

// Postponable tells whether its time, or the search for one, can be given up for now. The times of a series stand or fall by
// themselves: one is moved or cancelled.
func (c Conference) Postponable() bool { return c.Is(Poll) || c.Reopenable() }

// Reopenable tells whether its time can be put to a poll once more.
func (c Conference) Reopenable() bool { return c.Is(Scheduled) && c.Series.SeriesID == "" }

// AgainTimes are those times of a conference that can be asked about once more: the one that is set and those proposed before, as
// far as they lie ahead and are meant by its clock, in their order.
func (c Conference) AgainTimes(now time.Time) []string {
	var times []string
	if c.HasTime() && c.StartsAt.After(now) {
		times = append(times, c.StartsLocal)
	}
	for _, s := range c.Slots {
		if s.Zone == c.Zone && s.StartsAt.After(now) && !slices.Contains(times, s.StartsLocal) {
			times = append(times, s.StartsLocal)
		}
	}
	slices.Sort(times) // wall times of one clock sort as they come
	return times
}
