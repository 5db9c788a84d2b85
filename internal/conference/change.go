package conference

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Change makes a conference what a plan says, if nobody else has changed it since the version that the plan started from.
// A draft can become anything, and leaves the drafts unless the plan is one. The proposed times of a poll stay. Of a scheduled
// conference those who take part are told anew a minute later, and asked anew where the time is another; those who are taken
// off or put on the list are told that. A postponed one is invited to anew; a plan with several times makes a poll of it, and so it
// does of a scheduled one.
func (s *Store) Change(ctx context.Context, a access.Actor, id string, version int, p Plan) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		if !c.Is(Draft, Poll, Scheduled, Postponed, InProgress) {
			return problem.Refuse("conference.problem.closed")
		}
		d, err := s.redecide(ctx, tx, c, p)
		if err != nil {
			return err
		}
		if err := move(ctx, tx, id, version); err != nil {
			return err
		}
		d.Room = d.Room.made(s, id)
		return change{tx, a, c, d}.make(ctx)
	})
}

// redecide holds the plan for a conference that is there already to the rules. What its state has settled is not the plan's.
func (s *Store) redecide(ctx context.Context, tx *database.Tx, c Conference, p Plan) (decided, error) {
	members, err := s.MembersIn(ctx, tx, c.PartnershipID)
	if err != nil {
		return decided{}, err
	}
	// Who takes part already may stay, also after leaving the partnership's units.
	for _, old := range c.Participants {
		if !slices.ContainsFunc(members, func(m Member) bool { return m.PersonID == old.PersonID }) {
			members = append(members, Member{old.PersonID, old.UnitID, old.SocietyID})
		}
		if old.Guest && !slices.Contains(p.Participants, old.PersonID) {
			p.Participants = append(p.Participants, old.PersonID) // guests have a list of their own
		}
	}
	p.PartnershipID = c.PartnershipID
	p.Draft = p.Draft && c.Is(Draft)
	standing, err := c.settle(&p)
	if err != nil {
		return decided{}, err
	}
	return s.check(p, tx.Now, c.Units, members, standing...)
}

// settle puts into a plan what cannot be changed any more: the proposed times of a poll, the time of what is under way. It
// gives the times that need not lie ahead, because they stand already.
func (c Conference) settle(p *Plan) (standing []string, err error) {
	switch {
	case c.Is(Poll):
		p.Zone, p.Times = c.Slots[0].Zone, c.times()
		return p.Times, nil
	case c.Is(InProgress):
		p.Zone, p.Times = c.Zone, []string{c.StartsLocal}
		return p.Times, nil
	case c.Is(Scheduled) && len(p.Times) > 1:
		if c.Series.SeriesID != "" {
			return nil, problem.Refuse("conference.problem.in-series")
		}
		return c.AgainTimes(time.Time{}), nil
	case c.Is(Scheduled) && p.Zone == c.Zone:
		return []string{c.StartsLocal}, nil
	}
	return nil, nil
}

func (c Conference) times() []string {
	list := make([]string, len(c.Slots))
	for i, s := range c.Slots {
		list[i] = s.StartsLocal
	}
	return list
}

// change is one change under way.
type change struct {
	tx *database.Tx
	a  access.Actor
	c  Conference // as it was
	decided
}

func (g change) make(ctx context.Context) error {
	said, err := g.texts(ctx)
	if err != nil {
		return err
	}
	if err := g.columns(ctx); err != nil {
		return err
	}
	if err := g.hosts(ctx); err != nil {
		return err
	}
	added, removed := g.participants()
	if err := g.invite(ctx, added, removed); err != nil {
		return err
	}
	if err := audit.Record(ctx, g.tx, g.a.PersonID, "change conference", "conference:"+g.c.ID, nil); err != nil {
		return err
	}
	switch {
	case g.c.Is(Draft):
		return g.redraft(ctx)
	case g.c.Is(Poll):
		return g.pollChanged(ctx, added, removed)
	case g.c.Is(Postponed):
		return g.resumed(ctx)
	case len(g.Times) > 1:
		return g.reopened(ctx, added, removed)
	}
	return g.rescheduled(ctx, said, added, removed)
}

// texts saves title and purpose and tells whether either is another now.
func (g change) texts(ctx context.Context) (changed bool, err error) {
	for _, e := range []struct {
		old   text.Text
		draft text.Draft
		base  int
	}{{g.c.Title, g.Title, g.TitleBase}, {g.c.Purpose, g.Purpose, g.PurposeBase}} {
		version, err := text.Save(ctx, g.tx, text.Edit{TextID: e.old.ID, Base: e.base, Language: e.draft.Language, Body: e.draft.Body,
			Line: e.old.ID == g.c.Title.ID, PersonID: g.a.PersonID})
		if err != nil {
			return false, err
		}
		changed = changed || version != e.old.Version
	}
	return changed, nil
}

func (g change) columns(ctx context.Context) error {
	_, err := g.tx.Exec(ctx, `update conferences set minutes = $1, room_url = $2, room_kind = $3, languages = $4, interpretation = $5,
		moderator_id = $6, minute_taker_id = $7, poll_deadline_at = $8, poll_private = $9, dial_number = $10, dial_pin = $11 where id = $12`,
		g.Minutes, g.Room.URL, g.Room.Kind, locale.JoinList(g.Languages), joinPairs(g.Interpretation),
		null(g.ModeratorID), null(g.MinuteTakerID), nullTime(g.deadline), g.Private,
		g.Room.Phone.Number, g.Room.Phone.PIN, g.c.ID)
	return err
}
