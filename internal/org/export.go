package org

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Known is what the program keeps about a person themselves, as their export tells it.
type Known struct {
	ID        string                     `json:"person"`
	Name      map[locale.Language]string `json:"name"`
	Email     string                     `json:"email"`
	Language  locale.Language            `json:"language"`
	Reads     []locale.Language          `json:"reads"`
	Writes    locale.Language            `json:"writes"`
	Zone      string                     `json:"timeZone"`
	SiteAdmin bool                       `json:"siteAdministrator"`
	JoinedAt  time.Time                  `json:"joinedAt"`
	Stopped   []MailKind                 `json:"stoppedMails"`

	Memberships []KnownMembership `json:"-"`
	Identities  []KnownIdentity   `json:"-"`
	Consents    []Consent         `json:"-"`
}

// KnownMembership is a role in a unit, also one that has ended.
type KnownMembership struct {
	ID      string      `json:"membership"`
	UnitID  string      `json:"unit"`
	Name    string      `json:"unitName"`
	Role    access.Role `json:"role"`
	SinceAt time.Time   `json:"since"`
	EndedAt *time.Time  `json:"ended"`

	nameID string
}

// KnownIdentity is how a sign-in provider knows the person.
type KnownIdentity struct {
	Issuer  string    `json:"issuer"`
	Subject string    `json:"subject"`
	AddedAt time.Time `json:"addedAt"`
}

// KnownIn gives it. Names of units are in the first of `reads` that there is.
func (s *Store) KnownIn(ctx context.Context, tx *database.Tx, personID string, reads []locale.Language) (k Known, err error) {
	var nameID, list string
	err = tx.Row(ctx, `select id, name_id, email, language, reads, writes, zone, site_admin, joined_at from people where id = $1`, personID).
		Scan(&k.ID, &nameID, &k.Email, &k.Language, &list, &k.Writes, &k.Zone, &k.SiteAdmin, &k.JoinedAt)
	if database.IsNone(err) {
		return k, problem.Missing()
	}
	if err != nil {
		return k, err
	}
	k.Reads = locale.ParseList(list)
	if k.Memberships, err = knownMemberships(ctx, tx, personID); err != nil {
		return k, err
	}
	if k.Identities, err = IdentitiesIn(ctx, tx, personID); err != nil {
		return k, err
	}
	if k.Consents, err = s.ConsentsIn(ctx, tx, personID); err != nil {
		return k, err
	}
	if k.Stopped, err = MailStopsIn(ctx, tx, personID); err != nil {
		return k, err
	}
	return k, k.say(ctx, tx, nameID, reads)
}

// say puts the names in.
func (k *Known) say(ctx context.Context, tx *database.Tx, nameID string, reads []locale.Language) error {
	ids := []string{nameID}
	for _, m := range k.Memberships {
		ids = append(ids, m.nameID)
	}
	texts, err := text.Load(ctx, tx, ids...)
	if err != nil {
		return err
	}
	k.Name = map[locale.Language]string{}
	for _, l := range texts[nameID].Languages() {
		k.Name[l] = texts[nameID].In(l)
	}
	for i, m := range k.Memberships {
		k.Memberships[i].Name = texts[m.nameID].Line(reads).Body
	}
	return nil
}

func knownMemberships(ctx context.Context, tx *database.Tx, personID string) ([]KnownMembership, error) {
	return database.All(ctx, tx, func(row database.Scanner) (m KnownMembership, err error) {
		return m, row.Scan(&m.ID, &m.UnitID, &m.nameID, &m.Role, &m.SinceAt, &m.EndedAt)
	}, `select m.id, m.unit_id, u.name_id, m.role, m.since_at, m.ended_at from memberships m join units u on u.id = m.unit_id
		where m.person_id = $1 order by m.id limit 1000`, personID)
}

// IdentitiesIn are the identities that a person can sign in with, the oldest first.
func IdentitiesIn(ctx context.Context, tx *database.Tx, personID string) ([]KnownIdentity, error) {
	return database.All(ctx, tx, func(row database.Scanner) (i KnownIdentity, err error) {
		return i, row.Scan(&i.Issuer, &i.Subject, &i.AddedAt)
	}, `select issuer, subject, added_at from identities where person_id = $1 order by added_at, issuer, subject limit 100`, personID)
}
