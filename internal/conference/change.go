package conference

import (
	"context"
	"slices"

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
// off or put on the list are told that.
func (s *Store) Change(ctx context.Context, a access.Actor, id string, version int, p Plan) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		if !c.Is(Draft, Poll, Scheduled, InProgress) {
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
		return nil, problem.Refuse("conference.problem.several-times")
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
	switch g.c.State {
	case Draft:
		return g.redraft(ctx)
	case Poll:
		return g.pollChanged(ctx, added, removed)
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
		version, err := text.Save(ctx, g.tx, text.Edit{TextID: e.old.ID, Base: e.base, Language: e.draft.Language, Body: e.draft.Body, PersonID: g.a.PersonID})
		if err != nil {
			return false, err
		}
		changed = changed || version != e.old.Version
	}
	return changed, nil
}

func (g change) columns(ctx context.Context) error {
	_, err := g.tx.Exec(ctx, `update conferences set minutes = $1, room_url = $2, room_kind = $3, languages = $4, interpretation = $5,
		moderator_id = $6, minute_taker_id = $7, poll_deadline_at = $8 where id = $9`,
		g.Minutes, g.Room.URL, g.Room.Kind, locale.JoinList(g.Languages), joinPairs(g.Interpretation),
		null(g.ModeratorID), null(g.MinuteTakerID), nullTime(g.deadline), g.c.ID)
	return err
}

func (g change) hosts(ctx context.Context) error {
	if slices.Equal(g.Hosts, g.c.Hosts) {
		return nil
	}
	if _, err := g.tx.Exec(ctx, `delete from conference_hosts where conference_id = $1`, g.c.ID); err != nil {
		return err
	}
	return g.host(ctx, g.tx, g.c.ID)
}

// participants compares the list with what it was.
func (g change) participants() (added, removed []string) {
	before := g.c.people()
	for _, id := range g.Participants {
		if !slices.Contains(before, id) {
			added = append(added, id)
		}
	}
	for _, id := range before {
		if !slices.Contains(g.Participants, id) {
			removed = append(removed, id)
		}
	}
	return added, removed
}

// invite writes the list. What somebody who left it had answered in a poll stays, should they come back.
func (g change) invite(ctx context.Context, added, removed []string) error {
	if len(removed) > 0 {
		args := database.Args{g.c.ID}
		_, err := g.tx.Exec(ctx, `delete from participants where conference_id = $1 and person_id in `+args.In(removed), args...)
		if err != nil {
			return err
		}
		args = database.Args{g.c.ID}
		_, err = g.tx.Exec(ctx, `update agenda_items set presenter_id = null where conference_id = $1 and presenter_id in `+args.In(removed), args...)
		if err != nil {
			return err
		}
	}
	return g.ask(ctx, g.tx, g.c.ID, added)
}

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
	return g.tell(ctx, told, sequence, added, removed)
}

// differs tells whether something that stands in the invitation is another now, apart from its words and its time.
func (g change) differs() bool {
	return g.Minutes != int(g.c.Length.Minutes()) || g.Room != g.c.Room ||
		!slices.Equal(g.Languages, g.c.Languages) || !slices.Equal(g.Interpretation, g.c.Interpretation)
}

func (g change) tell(ctx context.Context, changed bool, sequence int, added, removed []string) error {
	if err := tell(ctx, g.tx, RemovalMail, g.c.ID, sequence, removed, g.tx.Now); err != nil {
		return err
	}
	if err := tell(ctx, g.tx, InvitationMail, g.c.ID, sequence, added, g.tx.Now); err != nil {
		return err
	}
	if !changed {
		return nil
	}
	stay := slices.DeleteFunc(slices.Clone(g.Participants), func(id string) bool { return slices.Contains(added, id) })
	at := g.tx.Now.Add(settling)
	if g.c.Is(InProgress) {
		at = g.tx.Now // a room that moves now is news now
	}
	return tell(ctx, g.tx, ChangeMail, g.c.ID, sequence, stay, at)
}
