package conference

import (
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// AgendaMail brings the agenda to those who can translate it before the others read it.
const AgendaMail = "agenda"

// AgendaDays are how long ahead the agenda can go out, in days; 0: not at all. A week and two weeks are not among them: there are
// mails then already.
var AgendaDays = []int{0, 3, 5, 10, 21, 28}

// agendaOut is the occasion of an agenda that goes out so many days ahead. Of one whose days were changed since, nothing goes out.
func agendaOut(days int) Occasion { return Occasion(fmt.Sprintf("agenda-%d", days)) }

// IsAgenda tells whether the reminder is that of an agenda to be translated.
func (r Reminder) IsAgenda() bool {
	return slices.ContainsFunc(AgendaDays, func(days int) bool { return r.Occasion == agendaOut(days) })
}

// SendAgendaAhead says how many days ahead the agenda goes out to be translated.
func (s *Store) SendAgendaAhead(ctx context.Context, a access.Actor, id string, days int) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.findFor(ctx, tx, a, access.PlanConference, id)
		if err != nil {
			return err
		}
		var check problem.Check
		check.That(slices.Contains(AgendaDays, days), "days", "error.choice")
		if err := check.Err(); err != nil {
			return err
		}
		if !c.Is(Draft, Poll, Scheduled, Postponed) {
			return problem.Refuse("conference.problem.closed")
		}
		if _, err := tx.Exec(ctx, `update conferences set agenda_days = $1 where id = $2`, days, id); err != nil {
			return err
		}
		if c.Is(Scheduled) {
			err = remindAgenda(ctx, tx, chosen{id: id, local: c.StartsLocal, zone: c.Zone, at: c.StartsAt}, days)
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "send agenda ahead", "conference:"+id, audit.Details{"days": fmt.Sprint(days)})
	})
}

// remindAgenda plans the sending of the agenda of a conference that is set to a time.
func remindAgenda(ctx context.Context, tx *database.Tx, c chosen, days int) error {
	at := c.at.Add(-time.Duration(days) * 24 * time.Hour)
	if days == 0 || !at.After(tx.Now) {
		return nil
	}
	return jobs.Enqueue(ctx, tx, Reminder{c.id, agendaOut(days), c.local, c.zone}.job(at))
}

// SendAgenda has the agenda written to the coordinators of the hosts, to who planned the conference and who leads it: once for each
// time that it has. It asks nobody's rights: it is the program's own job.
func (s *Store) SendAgenda(ctx context.Context, r Reminder) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		c, err := s.GetIn(ctx, tx, r.ConferenceID)
		if err != nil || !r.holds(c) {
			return err
		}
		people, err := database.Strings(ctx, tx, `select distinct m.person_id from memberships m join conference_hosts h on h.unit_id = m.unit_id
			where h.conference_id = $1 and m.role = 'coordinator' and m.ended_at is null
			union select c.created_by_id from conferences c where c.id = $1
			union select c.moderator_id from conferences c where c.id = $1 and c.moderator_id is not null order by 1`, c.ID)
		if err != nil {
			return err
		}
		var list []jobs.Job
		for _, person := range people {
			l := Letter{ConferenceID: c.ID, PersonID: person, Sequence: c.Sequence, About: c.StartsLocal}
			list = append(list, jobs.Job{Kind: AgendaMail, Subject: l.String(), UniqueKey: l.key(AgendaMail)})
		}
		return jobs.Enqueue(ctx, tx, list...)
	})
}

// Unread are the languages in which an agenda item is wanted and not there: of everybody who can read it in none of their
// languages, the one that they read best. In the order of locale.All.
func (c Conference) Unread(item Item) (list []locale.Language) {
	for _, p := range c.Participants {
		if p.RSVP == Declined || len(p.Reads) == 0 || slices.Contains(p.Reads, item.Topic.Line(p.Reads).Language) {
			continue
		}
		if !slices.Contains(list, p.Reads[0]) {
			list = append(list, p.Reads[0])
		}
	}
	slices.SortFunc(list, func(a, b locale.Language) int { return slices.Index(locale.All, a) - slices.Index(locale.All, b) })
	return list
}
