package work

import (
	"context"
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

// AskGuest asks somebody to a conference by mail who has no account, as the guest of one of its hosts.
func (d *Desk) AskGuest(ctx context.Context, a access.Actor, conferenceID, hostID string, g org.GuestDraft) error {
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
		return d.Conferences.AskGuestIn(ctx, tx, a, c, person, hostID)
	})
}

// DropGuest takes a guest off the list; their link opens nothing from then on.
func (d *Desk) DropGuest(ctx context.Context, a access.Actor, conferenceID, personID string) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.HoldIn(ctx, tx, a, access.PlanConference, conferenceID)
		if err != nil {
			return err
		}
		if err := link.RevokeIn(ctx, tx, link.Guest, GuestSubject(conferenceID, personID)); err != nil {
			return err
		}
		return d.Conferences.DropGuestIn(ctx, tx, a, c, personID)
	})
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

// Guest is the conference that a guest's link opens, and the guest: an actor who may answer, and nothing else.
func (d *Desk) Guest(ctx context.Context, token string) (c conference.Conference, a access.Actor, err error) {
	err = d.db.Read(ctx, func(tx *database.Tx) error {
		l, err := link.FindIn(ctx, tx, link.Guest, token)
		if err != nil {
			return err
		}
		c, a, err = d.guest(ctx, tx, l)
		return err
	})
	return c, a, err
}

// guest finds who is meant by a link, as long as they are on the list of a conference that people know of.
func (d *Desk) guest(ctx context.Context, tx *database.Tx, l link.Link) (c conference.Conference, a access.Actor, err error) {
	conferenceID, personID, _ := strings.Cut(l.Subject, " ")
	if c, err = d.Conferences.GetIn(ctx, tx, conferenceID); err != nil {
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

// AskAgain mails a new link to the guest whose old one was opened.
func (d *Desk) AskAgain(ctx context.Context, token string) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		l, err := link.ReplacedIn(ctx, tx, link.Guest, token)
		if err != nil {
			return err
		}
		c, a, err := d.guest(ctx, tx, l)
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
			_, _, err = d.guest(ctx, tx, l)
		}
		was = err == nil
		if problem.Is(err, problem.NotFound) {
			err = nil
		}
		return err
	})
	return was, err
}
