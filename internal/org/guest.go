package org

import (
	"context"
	"strings"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// GuestDraft is somebody who is asked to a conference by mail and has no account.
type GuestDraft struct {
	Name     string
	Email    string
	Language locale.Language // that they are written to in
	Zone     string          // IANA name
}

// GuestLife is how long after a conference a guest's link to it works, and their address is kept.
const GuestLife = 30 * 24 * time.Hour

// GuestIn is the person of a guest: the same one for an address, however often it is asked, and never one who has an account.
// By is who asks them.
func (s *Store) GuestIn(ctx context.Context, tx *database.Tx, by string, d GuestDraft) (string, error) {
	d.Email = strings.TrimSpace(d.Email)
	if d.Email == "" {
		var c problem.Check
		c.Add("email", "people.problem.email")
		return "", c.Err()
	}
	id, err := guestOf(ctx, tx, d.Email)
	if err != nil || id != "" {
		return id, err
	}
	id, err = s.AddPersonIn(ctx, tx, by, PersonDraft{Name: Name{{Language: d.Language, Body: strings.Join(strings.Fields(d.Name), " ")}}, Email: d.Email,
		Language: d.Language, Reads: []locale.Language{d.Language}, Zone: d.Zone})
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `update people set guest = $1 where id = $2`, true, id)
	return id, err
}

// guestOf is the guest who has an address; "" for nobody.
func guestOf(ctx context.Context, tx *database.Tx, email string) (id string, err error) {
	ids, err := database.Strings(ctx, tx, `select id from people where guest and lower(email) = $1 order by id limit 1`, strings.ToLower(email))
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

// settle gives a guest's account to the person that they were as a guest, so that what they answered stays theirs. Their provider
// has verified the address: holding a link is not enough.
func (s *Store) settle(ctx context.Context, tx *database.Tx, i Invitation, verified string) (string, error) {
	if verified == "" {
		return "", nil
	}
	id, err := guestOf(ctx, tx, verified)
	if err != nil || id == "" {
		return "", err
	}
	_, err = tx.Exec(ctx, `update people set guest = $1, language = $2, zone = $3, rights = rights + 1, version = version + 1 where id = $4`,
		false, string(i.Language), i.Zone, id)
	return id, err
}

// HasMemberIn tells whether an address belongs to somebody of a partnership.
func (s *Store) HasMemberIn(ctx context.Context, tx *database.Tx, partnershipID, email string) (bool, error) {
	return exists(ctx, tx, `select count(*) from people p join memberships m on m.person_id = p.id and m.ended_at is null
		join unit_ancestors ua on ua.ancestor_id = m.unit_id join partnership_units pu on pu.unit_id = ua.unit_id
		where pu.partnership_id = $1 and lower(p.email) = $2`, partnershipID, strings.ToLower(strings.TrimSpace(email)))
}

// Emails are the addresses of people, for who may see them.
func (s *Store) Emails(ctx context.Context, people []string) (map[string]string, error) {
	found := map[string]string{}
	err := s.db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		_, err := database.All(ctx, tx, func(row database.Scanner) (id string, err error) {
			var email string
			err = row.Scan(&id, &email)
			found[id] = email
			return id, err
		}, `select id, email from people where id in `+args.In(people), args...)
		return err
	})
	return found, err
}

// forgetGuests takes away the addresses of guests whose last conference has been over for as long as their link worked. Their names
// stay: minutes say who took part.
func (s *Store) forgetGuests(ctx context.Context, tx *database.Tx) error {
	_, err := tx.Exec(ctx, `update people set email = '', version = version + 1 where guest and email <> '' and joined_at < $1 and not exists
		(select 1 from participants pa join conferences c on c.id = pa.conference_id where pa.person_id = people.id
			and c.state <> 'cancelled' and (c.over_at is null or c.over_at > $1))`, tx.Now.Add(-GuestLife))
	return err
}
