package org

import (
	"context"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// PersonDraft is a person before they are known here.
type PersonDraft struct {
	Name      Name // as they want to be shown
	Email     string
	Language  locale.Language   // of the interface and of mails
	Reads     []locale.Language // best first
	Zone      string            // IANA name
	SiteAdmin bool              // looks after the installation, and sees no work by that
}

func (d PersonDraft) check() error {
	var c problem.Check
	d.Name.check(&c, "name")
	c.That(d.Email == "" || isEmail(d.Email), "email", "people.problem.email")
	c.That(isLanguage(d.Language), "language", "error.choice")
	c.That(!containsOther(d.Reads), "reads", "error.choice")
	c.That(isZone(d.Zone), "zone", "error.choice")
	return c.Err()
}

// AddPersonIn adds a person. By is who does it; empty is the program itself.
func (s *Store) AddPersonIn(ctx context.Context, tx *database.Tx, by string, d PersonDraft) (string, error) {
	if err := d.check(); err != nil {
		return "", err
	}
	names, err := keep(ctx, tx, by, d.Name)
	if err != nil {
		return "", err
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, `insert into people (id, name_id, email, language, reads, writes, zone, site_admin, joined_at)
		values ($1, $2, $3, $4, $5, $4, $6, $7, $8)`,
		id, names[0], d.Email, string(d.Language), locale.JoinList(d.Reads), d.Zone, d.SiteAdmin, tx.Now)
	if err != nil {
		return "", err
	}
	details := audit.Details{}
	if d.SiteAdmin {
		details["right"] = "site administrator"
	}
	return id, audit.Record(ctx, tx, by, "add person", "person:"+id, details)
}

// Identity is how a sign-in provider knows a person (OpenID Connect Core §2). An e-mail address is never enough.
type Identity struct{ Issuer, Subject string }

// IdentifyIn lets a person sign in with an identity. One that already belongs to somebody is refused.
func (s *Store) IdentifyIn(ctx context.Context, tx *database.Tx, by, personID string, i Identity) error {
	taken, err := exists(ctx, tx, `select count(*) from identities where issuer = $1 and subject = $2`, i.Issuer, i.Subject)
	if err != nil {
		return err
	}
	if taken {
		return problem.Refuse("people.problem.identity")
	}
	_, err = tx.Exec(ctx, `insert into identities (issuer, subject, person_id, added_at) values ($1, $2, $3, $4)`,
		i.Issuer, i.Subject, personID, tx.Now)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, by, "identify person", "person:"+personID, audit.Details{"issuer": i.Issuer})
}

func exists(ctx context.Context, tx *database.Tx, query string, args ...any) (bool, error) {
	var n int
	err := tx.Row(ctx, query, args...).Scan(&n)
	return n > 0, err
}
