package work

import (
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
)

// GuestSubject is what a guest's link is about: one conference, for one person.
func GuestSubject(conferenceID, personID string) string { return conferenceID + " " + personID }

// GuestOf is what the link of a conference's guest is about. All times of a series have one link, under the name of the first: who
// gets a mail about the third may still answer to the fourth.
func GuestOf(c conference.Conference, personID string) string {
	if c.Series.SeriesID != "" {
		return GuestSubject(c.Series.FirstID, personID)
	}
	return GuestSubject(c.ID, personID)
}

// AskGuest asks somebody to a conference by mail who has no account, as the guest of one of its hosts; if they are wanted later too,
// to all later times of its series as well.
func (d *Desk) AskGuest(ctx context.Context, a access.Actor, conferenceID, hostID string, g org.GuestDraft, later bool) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.HoldIn(ctx, tx, a, access.PlanConference, conferenceID)
		if err != nil {
			return err
		}
		member, err := d.Org.HasMemberIn(ctx, tx, c.PartnershipID, g.Email)
		if err != nil {
			return err
		}
		var check problem.Check
		check.That(!member, "email", "conference.problem.guest-member")
		if err := check.Err(); err != nil {
			return err
		}
		person, err := d.Org.GuestIn(ctx, tx, a.PersonID, g)
		if err != nil {
			return err
		}
		if later && c.Series.SeriesID != "" {
			return d.Conferences.AskGuestLaterIn(ctx, tx, a, c, person, hostID)
		}
		return d.Conferences.AskGuestIn(ctx, tx, a, c, person, hostID)
	})
}

// DropGuest takes a guest off the list; their link opens nothing from then on, but other times of a series that they are asked to.
func (d *Desk) DropGuest(ctx context.Context, a access.Actor, conferenceID, personID string) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.HoldIn(ctx, tx, a, access.PlanConference, conferenceID)
		if err != nil {
			return err
		}
		stays, err := d.askedElsewhere(ctx, tx, c, personID)
		if err != nil {
			return err
		}
		if stays {
			return d.Conferences.DropGuestIn(ctx, tx, a, c, personID)
		}
		if err := link.RevokeIn(ctx, tx, link.Guest, GuestOf(c, personID)); err != nil {
			return err
		}
		return d.Conferences.DropGuestIn(ctx, tx, a, c, personID)
	})
}

// askedElsewhere tells whether somebody is asked to another time of the same series.
func (d *Desk) askedElsewhere(ctx context.Context, tx *database.Tx, c conference.Conference, personID string) (bool, error) {
	if c.Series.SeriesID == "" {
		return false, nil
	}
	f, err := d.Conferences.SeriesForIn(ctx, tx, c.Series.SeriesID, personID)
	return slices.ContainsFunc(f.Occurrences, func(o conference.Recurring) bool { return o.ID != c.ID }), err
}

// RenewGuest mails a guest a new link; the one before opens nothing from the moment that the mail is written.
func (d *Desk) RenewGuest(ctx context.Context, a access.Actor, conferenceID, personID string) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.HoldIn(ctx, tx, a, access.PlanConference, conferenceID)
		if err != nil {
			return err
		}
		return d.Conferences.AgainIn(ctx, tx, c, personID)
	})
}

// Guest is the conference that a guest's link opens, and the guest: an actor who may answer, and nothing else. Of a series it is the
// time with this ID, or without one the next that they are asked to.
func (d *Desk) Guest(ctx context.Context, token, timeID string) (c conference.Conference, a access.Actor, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		l, err := link.FindIn(ctx, tx, link.Guest, token)
		if err != nil {
			return err
		}
		c, a, err = d.guest(ctx, tx, l, timeID)
		return err
	})
	return c, a, err
}

// guest finds who is meant by a link, as long as they are on the list of a conference that people know of.
func (d *Desk) guest(ctx context.Context, tx *database.Tx, l link.Link, timeID string) (c conference.Conference, a access.Actor, err error) {
	conferenceID, personID, _ := strings.Cut(l.Subject, " ")
	if c, err = d.Conferences.GetIn(ctx, tx, conferenceID); err != nil {
		return c, a, err
	}
	if c, err = d.timeOf(ctx, tx, c, personID, timeID); err != nil {
		return c, a, err
	}
	who, asked := c.Participant(personID)
	if !asked || !who.Guest || c.Is(conference.Draft) {
		return c, a, problem.Missing()
	}
	to, err := d.Org.Receiver(ctx, tx, personID)
	if err != nil {
		return c, a, err
	}
	return c, access.Actor{PersonID: personID, Guest: true, Language: to.Language, Writes: to.Language, Reads: to.Reads, Zone: to.Zone.String()}, nil
}

// timeOf is the time of a conference's series that somebody means who is asked to it.
func (d *Desk) timeOf(ctx context.Context, tx *database.Tx, c conference.Conference, personID, timeID string) (conference.Conference, error) {
	if c.Series.SeriesID == "" {
		if timeID != "" && timeID != c.ID {
			return c, problem.Missing()
		}
		return c, nil
	}
	f, err := d.Conferences.SeriesForIn(ctx, tx, c.Series.SeriesID, personID)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(f.Occurrences, func(o conference.Recurring) bool {
		return o.ID == timeID || timeID == "" && (o.State == conference.Scheduled || o.State == conference.InProgress)
	})
	switch {
	case i < 0 && timeID != "":
		return c, problem.Missing()
	case i < 0 || f.Occurrences[i].ID == c.ID:
		return c, nil
	}
	return d.Conferences.GetIn(ctx, tx, f.Occurrences[i].ID)
}

// AskAgain mails a new link to the guest whose old one was opened.
func (d *Desk) AskAgain(ctx context.Context, token string) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		l, err := link.ReplacedIn(ctx, tx, link.Guest, token)
		if err != nil {
			return err
		}
		c, a, err := d.guest(ctx, tx, l, "")
		if err != nil {
			return err
		}
		return d.Conferences.AgainIn(ctx, tx, c, a.PersonID)
	})
}

// WasGuest tells whether a token opened a guest's page that has a newer link by now.
func (d *Desk) WasGuest(ctx context.Context, token string) (was bool, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		l, err := link.ReplacedIn(ctx, tx, link.Guest, token)
		if err == nil {
			_, _, err = d.guest(ctx, tx, l, "")
		}
		was = err == nil
		if problem.Is(err, problem.NotFound) {
			err = nil
		}
		return err
	})
	return was, err
}
