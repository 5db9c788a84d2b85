package org

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// GrantFor is how long a grant waits for the sign-in that uses it.
const GrantFor = 24 * time.Hour

// Grant leaves a grant: whoever next signs in at this provider with this address, verified there, becomes a site
// administrator. It is good once, for GrantFor. The newest for an address is the only one: an older one is over then.
// Whoever calls it runs the installation; nobody else is asked.
func (s *Store) Grant(ctx context.Context, issuer, email string) (ends time.Time, err error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if a, err := mail.ParseAddress(email); err != nil || a.Address != email {
		return ends, fmt.Errorf("%q is no e-mail address", email)
	}
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		ends = tx.Now.Add(GrantFor)
		if _, err := tx.Exec(ctx, `update grants set ends_at = $1 where issuer = $2 and lower(email) = $3
			and used_at is null and ends_at > $1`, tx.Now, issuer, email); err != nil {
			return err
		}
		id := database.NewID()
		if _, err := tx.Exec(ctx, `insert into grants (id, issuer, email, created_at, ends_at) values ($1, $2, $3, $4, $5)`,
			id, issuer, email, tx.Now, ends); err != nil {
			return err
		}
		return audit.Record(ctx, tx, "", "grant site administration", "grant:"+id, nil)
	})
	return ends, err
}

// GrantIn uses the grant that whoever runs the installation has left for this address at this provider, which has verified it:
// the person becomes a site administrator, and comes to be first where nobody is known by that identity. Without such a grant,
// or with one that was used or is over, it is NotFound.
func (s *Store) GrantIn(ctx context.Context, tx *database.Tx, as Identity, name, email string) (person string, err error) {
	n, err := tx.Exec(ctx, `update grants set used_at = $1 where id in (select min(id) from grants
		where issuer = $2 and lower(email) = $3 and used_at is null and ends_at > $1)`, tx.Now, as.Issuer, strings.ToLower(email))
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "", problem.Missing()
	}
	err = tx.Row(ctx, `select person_id from identities where issuer = $1 and subject = $2`, as.Issuer, as.Subject).Scan(&person)
	if database.IsNone(err) {
		return s.firstIn(ctx, tx, as, name, email)
	}
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec(ctx, `update people set site_admin = $1 where id = $2`, true, person); err != nil {
		return "", err
	}
	if err := moveRights(ctx, tx, person); err != nil {
		return "", err
	}
	return person, audit.Record(ctx, tx, "", "name site administrator", "person:"+person, nil)
}

// firstIn makes the person of a grant. They belong to no unit, so nothing says which language is theirs: they choose.
func (s *Store) firstIn(ctx context.Context, tx *database.Tx, as Identity, name, email string) (string, error) {
	id, err := s.AddPersonIn(ctx, tx, "", PersonDraft{Name: Name{text.Draft{Language: locale.English, Body: name}.Line()}, Email: email,
		Language: locale.English, Reads: []locale.Language{locale.English}, Zone: "UTC", SiteAdmin: true})
	if err != nil {
		return "", err
	}
	return id, s.IdentifyIn(ctx, tx, id, id, as)
}
