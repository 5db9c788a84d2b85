package conference

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/problem"
)

// MaxGuests is how many people without an account can be asked to one conference.
const MaxGuests = 30

// Guests are those who are asked without an account, in the order of the list.
func (c Conference) Guests() []Participant {
	return slices.DeleteFunc(slices.Clone(c.Participants), func(p Participant) bool { return !p.Guest })
}

// AskGuestIn puts a guest on the list, for one of the hosts, and writes to them unless nobody has been written to yet.
func (s *Store) AskGuestIn(ctx context.Context, tx *database.Tx, a access.Actor, c Conference, personID, hostID string) error {
	if err := c.checkGuest(personID, hostID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `insert into participants (conference_id, person_id, unit_id, rsvp, guest) values ($1, $2, $3, $4, $5)`,
		c.ID, personID, hostID, NeedsAction, true)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "ask guest", "conference:"+c.ID, audit.Details{"person": personID}); err != nil {
		return err
	}
	sequence, err := c.stepped(ctx, tx)
	if err != nil {
		return err
	}
	return tell(ctx, tx, c.asking(), c.ID, sequence, c.listens(personID), tx.Now)
}

// AskGuestLaterIn puts a guest on the list of a time of a series and of all later ones that the same unit hosts, and writes to them
// once about all of it; of drafts, not before these are sent.
func (s *Store) AskGuestLaterIn(ctx context.Context, tx *database.Tx, a access.Actor, c Conference, personID, hostID string) error {
	if err := c.checkGuest(personID, hostID); err != nil {
		return err
	}
	f, err := s.SeriesIn(ctx, tx, c.Series.SeriesID)
	if err != nil {
		return err
	}
	state := Scheduled
	if c.Is(Draft) {
		state = Draft
	}
	_, err = tx.Exec(ctx, `insert into participants (conference_id, person_id, unit_id, rsvp, guest)
		select c.id, $1, h.unit_id, $2, $3 from conferences c join conference_hosts h on h.conference_id = c.id and h.unit_id = $4
		where c.series_id = $5 and c.recurs_local >= $6 and c.state = $7 and (c.id = $8 or c.starts_at > $9)
		and not exists (select 1 from participants p where p.conference_id = c.id and p.person_id = $1)
		and (select count(*) from participants p where p.conference_id = c.id and p.guest) < $10`,
		personID, NeedsAction, true, hostID, f.ID, c.Series.Local, state, c.ID, tx.Now, MaxGuests)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "ask guest", "conference:"+c.ID, audit.Details{"person": personID, "series": f.ID}); err != nil {
		return err
	}
	if c.Is(Draft) {
		return nil
	}
	_, err = tx.Exec(ctx, `update participants set invited_at = $1 where person_id = $2 and invited_at is null
		and conference_id in (select id from conferences where series_id = $3 and state = $4)`, tx.Now, personID, f.ID, Scheduled)
	if err != nil {
		return err
	}
	letter := Letter{f.FirstID, personID, f.Sequence, askedNow(tx)}
	return jobs.Enqueue(ctx, tx, jobs.Job{Kind: SeriesMail, Subject: letter.String(), UniqueKey: letter.key(SeriesMail), RunAt: tx.Now})
}

// AskedLater begins what a letter is about that tells somebody of a series who is asked to it after the others.
const AskedLater = "asked-"

func askedNow(tx *database.Tx) string { return AskedLater + tx.Now.UTC().Format("20060102150405") }

func (c Conference) checkGuest(personID, hostID string) error {
	var check problem.Check
	_, there := c.Participant(personID)
	switch {
	case !c.Is(Draft, Poll, Scheduled, Postponed, InProgress):
		return problem.Refuse("conference.problem.closed")
	case !slices.Contains(c.Hosts, hostID):
		check.Add("host", "error.choice")
	case there:
		check.Add("email", "conference.problem.guest-there")
	case len(c.Guests()) >= MaxGuests:
		check.Add("email", "conference.problem.guests", problem.Values{"Most": MaxGuests})
	}
	return check.Err()
}

// DropGuestIn takes a guest off the list and tells them. What they answered to the invitation goes with them.
func (s *Store) DropGuestIn(ctx context.Context, tx *database.Tx, a access.Actor, c Conference, personID string) error {
	who, there := c.Participant(personID)
	if !there || !who.Guest {
		return problem.Missing()
	}
	if !c.Is(Draft, Poll, Scheduled, Postponed, InProgress) {
		return problem.Refuse("conference.problem.closed")
	}
	if _, err := tx.Exec(ctx, `delete from participants where conference_id = $1 and person_id = $2`, c.ID, personID); err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, a.PersonID, "drop guest", "conference:"+c.ID, audit.Details{"person": personID}); err != nil {
		return err
	}
	sequence, err := c.stepped(ctx, tx)
	if err != nil {
		return err
	}
	return tell(ctx, tx, RemovalMail, c.ID, sequence, c.listens(personID), tx.Now)
}

// AgainIn writes to a guest once more, with a link that takes the place of the one before: at most once in an hour, whoever asks.
func (s *Store) AgainIn(ctx context.Context, tx *database.Tx, c Conference, personID string) error {
	who, there := c.Participant(personID)
	if !there || !who.Guest || !c.Is(Poll, Scheduled, InProgress) {
		return problem.Missing()
	}
	sequence := c.Sequence
	if c.Is(Poll) {
		sequence = c.Version
	}
	letter := Letter{c.ID, personID, sequence, "again-" + tx.Now.UTC().Format("2006010215")}
	key := "guest:" + c.ID + ":" + personID + ":" + letter.About
	return jobs.Enqueue(ctx, tx, jobs.Job{Kind: c.asking(), Subject: letter.String(), UniqueKey: key, RunAt: tx.Now})
}

// asking is the mail that puts the question of the hour.
func (c Conference) asking() string {
	if c.Is(Poll) {
		return AskMail
	}
	return InvitationMail
}

// listens is whom a change of the list is mailed to: of a draft, and of what has no time now, nobody hears.
func (c Conference) listens(personID string) []string {
	if c.Is(Draft, Postponed) {
		return nil
	}
	return []string{personID}
}

// stepped gives a conference its next version and, where it has a time, its calendar entry the next number. It gives the number
// that a letter about it bears.
func (c Conference) stepped(ctx context.Context, tx *database.Tx) (int, error) {
	if c.HasTime() {
		_, err := tx.Exec(ctx, `update conferences set version = version + 1, sequence = sequence + 1, changed_at = $1 where id = $2`, tx.Now, c.ID)
		return c.Sequence + 1, err
	}
	_, err := tx.Exec(ctx, `update conferences set version = version + 1, changed_at = $1 where id = $2`, tx.Now, c.ID)
	return c.Version + 1, err
}
