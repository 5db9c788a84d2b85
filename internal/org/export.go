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
	Mails     Choices                    `json:"mails,omitempty"`
	Waiting   []Waits                    `json:"waitingMails,omitempty"`
	StandIns  []KnownStandIn             `json:"standIns,omitempty"`

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

// KnownStandIn is somebody who acts for somebody else who is away: the person for another, or another for them.
type KnownStandIn struct {
	For   string `json:"for"` // person
	By    string `json:"by"`  // person
	From  string `json:"from"`
	Until string `json:"until"`
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
	if k.Mails, err = MailChoicesIn(ctx, tx, personID); err != nil {
		return k, err
	}
	if k.Waiting, err = WaitingIn(ctx, tx, personID, 1000); err != nil {
		return k, err
	}
	if k.StandIns, err = knownStandIns(ctx, tx, personID); err != nil {
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

func knownStandIns(ctx context.Context, tx *database.Tx, personID string) ([]KnownStandIn, error) {
	return database.All(ctx, tx, func(row database.Scanner) (k KnownStandIn, err error) {
		return k, row.Scan(&k.For, &k.By, &k.From, &k.Until)
	}, `select person_id, stand_in_id, from_on, until_on from stand_ins where person_id = $1 or stand_in_id = $1 order by person_id limit 100`, personID)
}

// OwnInvitation is one that led to a person, or that they sent, as their export tells it: without the name and the address of
// whom it was for.
type OwnInvitation struct {
	ID         string      `json:"invitation"`
	ByYou      bool        `json:"byYou"`
	UnitID     string      `json:"unit"`
	Role       access.Role `json:"role"`
	InvitedAt  time.Time   `json:"invitedAt"`
	AcceptedAt *time.Time  `json:"acceptedAt"`
	RevokedAt  *time.Time  `json:"revokedAt"`
}

// Key says where the next page begins.
func (o OwnInvitation) Key() string { return o.ID }

// OwnInvitationsIn gives them, a page at a time: after an ID, at most `limit`.
func (s *Store) OwnInvitationsIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnInvitation, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnInvitation, err error) {
		return o, row.Scan(&o.ID, &o.ByYou, &o.UnitID, &o.Role, &o.InvitedAt, &o.AcceptedAt, &o.RevokedAt)
	}, `select id, invited_by_id = $1, unit_id, role, invited_at, accepted_at, revoked_at from invitations
		where (invited_by_id = $1 or accepted_by_id = $1) and id > $2 order by id limit $3`, personID, after, limit)
}

// OwnProposalsIn gives the partnerships that a person proposed, a page at a time: after an ID, at most `limit`.
func (s *Store) OwnProposalsIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select id, name_id from proposals where proposed_by_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}
