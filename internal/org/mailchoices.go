package org

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Choices are how somebody wants to be told of each kind, where they have said so.
type Choices map[MailKind]How

// Of is how somebody is told of a kind. What was to come with a mail of the day or of the week comes not at all where that
// mail was stopped.
func (c Choices) Of(k MailKind) How {
	how, said := c[k]
	if !said {
		how = k.Ways()[0]
	}
	switch {
	case k.carrier() == ReminderMails && c[ReminderMails] == Never,
		how == Daily && c[DailyMails] == Never, how == Weekly && c[DigestMails] == Never:
		return Never
	}
	return how
}

// MailChoices are those of the actor.
func (s *Store) MailChoices(ctx context.Context, a access.Actor) (c Choices, err error) {
	err = s.db.Glance(ctx, func(tx *database.Tx) error {
		c, err = MailChoicesIn(ctx, tx, a.PersonID)
		return err
	})
	return c, err
}

// MailChoicesIn are those of a person.
func MailChoicesIn(ctx context.Context, tx *database.Tx, personID string) (Choices, error) {
	c := Choices{}
	_, err := database.All(ctx, tx, func(row database.Scanner) (none struct{}, err error) {
		var k MailKind
		var how How
		err = row.Scan(&k, &how)
		c[k] = how
		return none, err
	}, `select kind, how from mail_choices where person_id = $1 order by kind limit 100`, personID)
	return c, err
}

// ChooseMails says how the actor wants to be told of each kind from now on. What waits for the digest needs the digest.
func (s *Store) ChooseMails(ctx context.Context, a access.Actor, c Choices) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		before, err := MailChoicesIn(ctx, tx, a.PersonID)
		if err != nil {
			return err
		}
		for _, k := range Chosen {
			if err := chooseIn(ctx, tx, a.PersonID, k, before.Of(k), c[k]); err != nil {
				return err
			}
		}
		return letCarriersIn(ctx, tx, a.PersonID, c)
	})
}

func (c Choices) check() error {
	var wrong problem.Check
	for _, k := range Chosen {
		if !slices.Contains(k.Ways(), c[k]) {
			return problem.Refuse("error.choice")
		}
		wrong.That(c[k] != Weekly || c[DigestMails] != Never, string(k), "me.mails.problem.digest")
	}
	if slices.ContainsFunc(slices.Collect(maps.Keys(c)), func(k MailKind) bool { return !slices.Contains(Chosen, k) }) {
		return problem.Refuse("error.choice")
	}
	return wrong.Err()
}

// chooseIn notes down one choice, even where it stays as it was: it may have been so by a rule that no longer holds.
func chooseIn(ctx context.Context, tx *database.Tx, personID string, k MailKind, was, how How) error {
	_, err := tx.Exec(ctx, `insert into mail_choices (person_id, kind, how, at) values ($1, $2, $3, $4)
		on conflict (person_id, kind) do update set how = excluded.how, at = excluded.at where mail_choices.how <> excluded.how`,
		personID, string(k), string(how), tx.Now)
	if err != nil || was == how {
		return err
	}
	deed := "want mail"
	if how == Never {
		deed = "stop mail"
	}
	return audit.Record(ctx, tx, personID, deed, "person:"+personID, audit.Details{"kind": string(k), "how": string(how)})
}

// letCarriersIn takes back that a mail was stopped by its link which people chose to get something with.
func letCarriersIn(ctx context.Context, tx *database.Tx, personID string, c Choices) error {
	for _, k := range []MailKind{DailyMails, ReminderMails} {
		for _, one := range Chosen {
			if c[one] != Never && (k == DailyMails && c[one] == Daily || k == one.carrier()) {
				if _, err := tx.Exec(ctx, `delete from mail_choices where person_id = $1 and kind = $2`, personID, string(k)); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

// StopMailIn stops a kind of mail to a person, or lets it go again as it goes to everybody. Whoever holds the link of a mail may
// do so for its receiver, signed in or not. What is so already is not noted down again.
func (s *Store) StopMailIn(ctx context.Context, tx *database.Tx, personID string, k MailKind, stop bool) error {
	if !slices.Contains(Stoppable, k) {
		return problem.Missing()
	}
	c, err := MailChoicesIn(ctx, tx, personID)
	if err != nil || stop == (c.Of(k) == Never) {
		return err
	}
	how := k.Ways()[0]
	if stop {
		how = Never
	}
	return chooseIn(ctx, tx, personID, k, c.Of(k), how)
}

// StopSubject is what a link that stops a kind of mail is about; ParseStop reads it.
func StopSubject(personID string, k MailKind) string { return personID + " " + string(k) }

// ParseStop gives whose mails of which kind.
func ParseStop(subject string) (personID string, k MailKind) {
	personID, kind, _ := strings.Cut(subject, " ")
	return personID, MailKind(kind)
}

// Waits is something that somebody is told of with the next mail of the day or of the week.
type Waits struct {
	Event     string    `json:"event"` // the Message-ID that a mail of its own would have had
	Kind      MailKind  `json:"kind"`
	Letter    string    `json:"letter"` // the kind of the job
	SubjectID string    `json:"about"`  // conference, lesson or proposal
	At        time.Time `json:"at"`
}

// WaitIn has it wait; what waits, or was told, is not told again.
func WaitIn(ctx context.Context, tx *database.Tx, personID string, w Waits) error {
	_, err := tx.Exec(ctx, `insert into mail_waiting (person_id, event, kind, letter, subject_id, at) values ($1, $2, $3, $4, $5, $6)
		on conflict (person_id, event) do nothing`, personID, w.Event, string(w.Kind), w.Letter, w.SubjectID, tx.Now)
	return err
}

// WaitingIn is what waits for somebody, the oldest first.
func WaitingIn(ctx context.Context, tx *database.Tx, personID string, limit int) ([]Waits, error) {
	return database.All(ctx, tx, func(row database.Scanner) (w Waits, err error) {
		return w, row.Scan(&w.Event, &w.Kind, &w.Letter, &w.SubjectID, &w.At)
	}, `select event, kind, letter, subject_id, at from mail_waiting where person_id = $1 and told_at is null order by at, event limit $2`, personID, limit)
}
