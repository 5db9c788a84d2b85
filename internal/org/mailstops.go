package org

import (
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// MailKind is a group of mails that a person can stop getting. A group stops as a whole: who gets no word that a conference
// is called off must not be invited to it by mail either.
type MailKind string

const (
	ConferenceMails MailKind = "conferences" // polls, invitations, changes, cancellations
	ReminderMails   MailKind = "reminders"   // of what is near: a conference, the end of a poll
	MinutesMails    MailKind = "minutes"     // agreed to by both, or changed after an agreement
	LessonMails     MailKind = "lessons"
	ProposalMails   MailKind = "proposals" // of a partnership
)

// MailKinds are all of them, in the order in which people are asked.
var MailKinds = []MailKind{ConferenceMails, ReminderMails, MinutesMails, LessonMails, ProposalMails}

// MailStops are the kinds that the actor does not want.
func (s *Store) MailStops(ctx context.Context, a access.Actor) (list []MailKind, err error) {
	err = s.db.Glance(ctx, func(tx *database.Tx) error {
		list, err = MailStopsIn(ctx, tx, a.PersonID)
		return err
	})
	return list, err
}

// MailStopsIn are the kinds that a person does not want.
func MailStopsIn(ctx context.Context, tx *database.Tx, personID string) ([]MailKind, error) {
	return database.All(ctx, tx, func(row database.Scanner) (k MailKind, err error) { return k, row.Scan(&k) },
		`select kind from mail_stops where person_id = $1 order by kind`, personID)
}

// WantMails says which kinds the actor wants; of all others no mail goes to them from now on.
func (s *Store) WantMails(ctx context.Context, a access.Actor, wanted []MailKind) error {
	if err := access.Check(a, access.EditProfile, access.EditProfile, access.Case{Person: a.PersonID}); err != nil {
		return err
	}
	if slices.ContainsFunc(wanted, func(k MailKind) bool { return !slices.Contains(MailKinds, k) }) {
		return problem.Refuse("error.choice")
	}
	return s.db.Write(ctx, func(tx *database.Tx) error {
		for _, k := range MailKinds {
			if err := s.StopMailIn(ctx, tx, a.PersonID, k, !slices.Contains(wanted, k)); err != nil {
				return err
			}
		}
		return nil
	})
}

// StopMailIn stops a kind of mail to a person, or lets it go again. Whoever holds the link of a mail may do so for its
// receiver, signed in or not. What is so already is not noted down again.
func (s *Store) StopMailIn(ctx context.Context, tx *database.Tx, personID string, k MailKind, stop bool) error {
	if !slices.Contains(MailKinds, k) {
		return problem.Missing()
	}
	deed, statement, args := "want mail", `delete from mail_stops where person_id = $1 and kind = $2`, []any{personID, string(k)}
	if stop {
		deed, args = "stop mail", append(args, tx.Now)
		statement = `insert into mail_stops (person_id, kind, at) values ($1, $2, $3) on conflict (person_id, kind) do nothing`
	}
	n, err := tx.Exec(ctx, statement, args...)
	if err != nil || n == 0 {
		return err
	}
	return audit.Record(ctx, tx, personID, deed, "person:"+personID, audit.Details{"kind": string(k)})
}

// StopSubject is what a link that stops a kind of mail is about; ParseStop reads it.
func StopSubject(personID string, k MailKind) string { return personID + " " + string(k) }

// ParseStop gives whose mails of which kind.
func ParseStop(subject string) (personID string, k MailKind) {
	personID, kind, _ := strings.Cut(subject, " ")
	return personID, MailKind(kind)
}
