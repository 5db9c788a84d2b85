package org

import (
	"context"
	"strings"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// LeaveIn makes a person a former participant: that is what their name reads from now on, in the languages of `former`, and
// every earlier name is gone with all its revisions. Their address, identities, settings, memberships and links go; the row
// stays, because minutes and texts that others need name it by its ID. Refused where somebody would be left without an
// administrator. There is no way back: the same identity is a stranger afterwards.
func (s *Store) LeaveIn(ctx context.Context, tx *database.Tx, personID string, former Name) error {
	if err := s.mayGoIn(ctx, tx, personID); err != nil {
		return err
	}
	var name, email string
	err := tx.Row(ctx, `select name_id, email from people where id = $1 and left_at is null`, personID).Scan(&name, &email)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return s.endAllIn(ctx, tx, personID) },
		func() error { return emptied(ctx, tx, personID, name, former) },
		func() error { return forgetInvitations(ctx, tx, personID, email) },
		func() error { return forgetSettings(ctx, tx, personID, email) },
		func() error { return link.RevokeOfIn(ctx, tx, personID) },
		func() error { return audit.Record(ctx, tx, personID, "leave", "person:"+personID, nil) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// endAllIn ends every membership that a person still has.
func (s *Store) endAllIn(ctx context.Context, tx *database.Tx, personID string) error {
	open, err := database.Strings(ctx, tx, `select id from memberships where person_id = $1 and ended_at is null order by id`, personID)
	for _, id := range open {
		if err == nil {
			err = s.EndMembershipIn(ctx, tx, personID, id)
		}
	}
	return err
}

// emptied leaves of a person an ID, when they came and when they went.
func emptied(ctx context.Context, tx *database.Tx, personID, oldName string, former Name) error {
	names, err := keep(ctx, tx, "", former)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update people set name_id = $1, email = '', mail_refused = '', language = 'en', reads = '', writes = 'en', zone = 'UTC', site_admin = false,
		rights = rights + 1, version = version + 1, left_at = $2 where id = $3`, names[0], tx.Now, personID)
	if err != nil {
		return err
	}
	return text.ForgetIn(ctx, tx, oldName)
}

// forgetInvitations takes name and address out of the invitations that led to a person, and calls back those that still wait
// for an answer from that address.
func forgetInvitations(ctx context.Context, tx *database.Tx, personID, email string) error {
	const theirs = ` where accepted_by_id = $1 or email <> '' and lower(email) = $2`
	email = strings.ToLower(email)
	names, err := database.Strings(ctx, tx, `select coalesce(name_id, '') from invitations`+theirs, personID, email)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update invitations set name_id = null, email = '',
		revoked_at = case when accepted_at is null then coalesce(revoked_at, $3) else revoked_at end`+theirs, personID, email, tx.Now)
	if err != nil {
		return err
	}
	return text.ForgetIn(ctx, tx, names...)
}

// forgetSettings removes what is only of use to somebody who is here. Consents go too: what they allowed has ended.
func forgetSettings(ctx context.Context, tx *database.Tx, personID, email string) error {
	for _, table := range []string{"identities", "mail_choices", "mail_waiting", "consents", "stand_ins"} {
		if _, err := tx.Exec(ctx, `delete from `+table+` where person_id = $1`, personID); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `delete from stand_ins where stand_in_id = $1`, personID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `delete from grants where lower(email) = $1`, strings.ToLower(email))
	return err
}

// mayGoIn refuses whoever would leave a society without an administrator. Societies are taken first, as with the end of a
// membership: of two who leave at the same moment, the second finds that they are the last.
func (s *Store) mayGoIn(ctx context.Context, tx *database.Tx, personID string) error {
	_, err := tx.Exec(ctx, `update units set version = version where id in (select u.society_id from memberships m join units u on u.id = m.unit_id
		where m.person_id = $1 and m.role = 'administrator' and m.ended_at is null)`, personID)
	if err != nil {
		return err
	}
	last, err := s.LastAdministratorIn(ctx, tx, personID)
	if err == nil && last {
		return problem.Refuse("me.leave.problem.last")
	}
	return err
}

// LastAdministratorIn tells whether a society would have no administrator without this person.
func (s *Store) LastAdministratorIn(ctx context.Context, tx *database.Tx, personID string) (bool, error) {
	units, err := database.All(ctx, tx, func(row database.Scanner) (u Unit, err error) { return u, row.Scan(&u.ID, &u.SocietyID) },
		`select u.id, u.society_id from memberships m join units u on u.id = m.unit_id
		where m.person_id = $1 and m.role = 'administrator' and m.ended_at is null order by u.id limit 100`, personID)
	for _, u := range units {
		if others, failed := administered(ctx, tx, u, `o.person_id <> $3`, personID); failed != nil || !others {
			return !others, failed
		}
	}
	return false, err
}
