package work

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// MaySign are the societies for which somebody may agree to the minutes of a conference: hosts' societies, through a unit of
// the partnership in which they are a coordinator.
func MaySign(a access.Actor, c conference.Conference) []string {
	return slices.DeleteFunc(slices.Clone(c.Sides), func(society string) bool {
		return !slices.ContainsFunc(c.Units, func(u access.Unit) bool {
			return u.SocietyID == society && access.Can(a, access.AgreeMinutes, signing(c, a, &u))
		})
	})
}

func signing(c conference.Conference, a access.Actor, owner *access.Unit) access.Case {
	facts := c.Case(a)
	facts.Owner = owner
	return facts
}

// Agree is one society's agreement to the minutes as the actor has read them: with the fingerprint that they had then. The
// second society's agreement freezes them, puts the decisions in force and mails everybody who was asked to take part.
func (d *Desk) Agree(ctx context.Context, a access.Actor, consent minutes.Consent) (frozen bool, err error) {
	err = d.db.Write(ctx, func(tx *database.Tx) error {
		frozen, err = d.AgreeIn(ctx, tx, a, consent)
		return err
	})
	return frozen, err
}

// AgreeIn is Agree within a transaction.
func (d *Desk) AgreeIn(ctx context.Context, tx *database.Tx, a access.Actor, consent minutes.Consent) (bool, error) {
	c, err := d.Conferences.HoldIn(ctx, tx, a, access.SeeConference, consent.ConferenceID)
	if err != nil {
		return false, err
	}
	if err := maySign(a, c, consent.SocietyID); err != nil {
		return false, err
	}
	r, err := d.assemble(ctx, tx, c)
	if err != nil {
		return false, err
	}
	// Nobody may write while it is being signed: what was agreed to would not be what is kept.
	if err := text.Hold(ctx, tx, r.texts...); err != nil {
		return false, err
	}
	if r.Fingerprint() != consent.Fingerprint {
		return false, &problem.Problem{Kind: problem.Conflict, Key: "minutes.problem.changed"}
	}
	if err := d.void(ctx, tx, c, consent.Fingerprint); err != nil {
		return false, err
	}
	if err := d.Minutes.AgreeIn(ctx, tx, a, consent, r.Record); err != nil {
		return false, err
	}
	return d.freeze(ctx, tx, c, r.Record)
}

func maySign(a access.Actor, c conference.Conference, society string) error {
	sides := MaySign(a, c)
	switch {
	case len(sides) == 0, society != "" && !slices.Contains(sides, society):
		return problem.Forbid()
	case society == "":
		return problem.Refuse("minutes.problem.society")
	case c.Is(conference.Agreed):
		return problem.Refuse("minutes.problem.frozen")
	case !c.Is(conference.Held):
		return problem.Refuse("minutes.problem.not-held")
	}
	return nil
}

// freeze keeps the minutes for good once every side has agreed, and tells whether it did.
func (d *Desk) freeze(ctx context.Context, tx *database.Tx, c conference.Conference, r minutes.Record) (bool, error) {
	given, err := d.Minutes.AgreementsIn(ctx, tx, c.ID)
	if err != nil {
		return false, err
	}
	for _, society := range c.Sides {
		i := slices.IndexFunc(given, func(g minutes.Agreement) bool { return g.SocietyID == society && g.VoidedAt.IsZero() })
		if i < 0 {
			return false, nil
		}
		g := given[i]
		r.Agreements = append(r.Agreements, minutes.Signature{SocietyID: society, PersonID: g.PersonID, Languages: g.Languages, At: g.At,
			Reservation: minutes.Of(g.Reservation)})
	}
	for _, step := range []func() error{
		func() error { return d.Minutes.FreezeIn(ctx, tx, r) },
		func() error { return d.Decisions.EnforceIn(ctx, tx, c.ID) },
		func() error { return d.Conferences.AgreedIn(ctx, tx, c.ID) },
		func() error { return send(ctx, tx, c) },
	} {
		if err := step(); err != nil {
			return false, err
		}
	}
	return true, nil
}

// send mails the minutes to everybody who was asked to take part.
func send(ctx context.Context, tx *database.Tx, c conference.Conference) error {
	var list []jobs.Job
	for _, p := range c.Participants {
		letter := conference.Letter{ConferenceID: c.ID, PersonID: p.PersonID, Sequence: c.Sequence}
		list = append(list, jobs.Job{Kind: conference.MinutesMail, Subject: letter.String(), UniqueKey: "minutes:" + c.ID + ":" + p.PersonID})
	}
	return jobs.Enqueue(ctx, tx, list...)
}

// Recheck ends agreements to minutes that no longer mean what was agreed to, and writes to whoever gave them. It belongs
// behind every change of what stands in the minutes of a conference.
func (d *Desk) Recheck(ctx context.Context, conferenceID string) error {
	return d.db.Write(ctx, func(tx *database.Tx) error {
		c, err := d.Conferences.GetIn(ctx, tx, conferenceID)
		if err != nil {
			return err
		}
		return d.recheck(ctx, tx, c)
	})
}

func (d *Desk) recheck(ctx context.Context, tx *database.Tx, c conference.Conference) error {
	if !c.Is(conference.Held) {
		return nil
	}
	given, err := d.Minutes.AgreementsIn(ctx, tx, c.ID)
	holds := func(g minutes.Agreement) bool { return g.VoidedAt.IsZero() }
	if err != nil || !slices.ContainsFunc(given, holds) {
		return err
	}
	r, err := d.assemble(ctx, tx, c)
	if err != nil {
		return err
	}
	return d.void(ctx, tx, c, r.Fingerprint())
}

// void ends the agreements to anything but this fingerprint, and has those who gave them told.
func (d *Desk) void(ctx context.Context, tx *database.Tx, c conference.Conference, fingerprint string) error {
	voided, err := d.Minutes.VoidIn(ctx, tx, c.ID, fingerprint)
	if err != nil || len(voided) == 0 {
		return err
	}
	var list []jobs.Job
	for _, g := range voided {
		letter := conference.Letter{ConferenceID: c.ID, PersonID: g.PersonID, Sequence: c.Sequence, About: g.ID}
		list = append(list, jobs.Job{Kind: minutes.VoidedMail, Subject: letter.String(), UniqueKey: minutes.VoidedMail + ":" + g.ID})
	}
	return jobs.Enqueue(ctx, tx, list...)
}
