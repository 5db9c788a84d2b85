package org

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// InvitationLife is how long an invitation waits for its person.
const InvitationLife = 14 * 24 * time.Hour

// InvitedMail is the kind of job that writes to somebody who is invited; its subject is the invitation's ID.
const InvitedMail = "invited"

// Invitation says who is expected where, and as what. The person comes to be when they sign in with its link.
type Invitation struct {
	ID          string
	Unit        Unit
	Role        access.Role
	Name        text.Text
	Email       string          // "" where the link is handed over in another way
	Language    locale.Language // of the mail, and of the first pages
	InvitedByID string
	InvitedAt   time.Time
	EndsAt      time.Time
	Zone        string // IANA name, of the unit
	languages   []locale.Language
}

// Over tells whether nobody came in time.
func (i Invitation) Over(now time.Time) bool { return !now.Before(i.EndsAt) }

// InvitationDraft is an invitation before it is there.
type InvitationDraft struct {
	UnitID   string
	Role     access.Role
	Name     text.Draft // what they will be called; they can change it
	Email    string
	Language locale.Language
}

func (d InvitationDraft) check() error {
	var c problem.Check
	d.Name.CheckLine(&c, "name")
	c.That(d.Email == "" || isEmail(d.Email), "email", "people.problem.email")
	c.That(d.Role.Rank() >= 0, "role", "error.choice")
	c.That(isLanguage(d.Language), "language", "error.choice")
	return c.Err()
}

// Invite asks somebody to become a member of a unit that the actor administers. An address that is asked already, or is a
// member's, is refused.
func (s *Store) Invite(ctx context.Context, a access.Actor, d InvitationDraft) (id string, err error) {
	d.Email = strings.TrimSpace(d.Email)
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		id, err = s.InviteIn(ctx, tx, a, d)
		return err
	})
	return id, err
}

// InviteIn is Invite within a transaction.
func (s *Store) InviteIn(ctx context.Context, tx *database.Tx, a access.Actor, d InvitationDraft) (string, error) {
	if err := mayInvite(ctx, tx, a, d.UnitID, d.Role); err != nil {
		return "", err
	}
	if err := d.check(); err != nil {
		return "", err
	}
	if err := AtWorkIn(ctx, tx, d.UnitID); err != nil {
		return "", err
	}
	if err := isNew(ctx, tx, d); err != nil {
		return "", err
	}
	names, err := keep(ctx, tx, a.PersonID, Name{d.Name})
	if err != nil {
		return "", err
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, `insert into invitations (id, unit_id, role, name_id, email, language, invited_by_id, invited_at, ends_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, d.UnitID, string(d.Role), names[0], d.Email, string(d.Language), a.PersonID, tx.Now, tx.Now.Add(InvitationLife))
	if err != nil {
		return "", err
	}
	if err := s.send(ctx, tx, id, d.Email); err != nil {
		return "", err
	}
	return id, audit.Record(ctx, tx, a.PersonID, "invite", "invitation:"+id, audit.Details{"unit": d.UnitID, "role": string(d.Role)})
}

// mayInvite: administrators of the unit, or of one above it; who looks after the installation names the first administrator of a
// society.
func mayInvite(ctx context.Context, tx *database.Tx, a access.Actor, unitID string, role access.Role) error {
	units, err := access.UnitsByID(ctx, tx, unitID)
	if err != nil {
		return err
	}
	if len(units) == 0 {
		return problem.Missing()
	}
	roles, err := invitable(ctx, tx, a, units)
	if err != nil || slices.Contains(roles, role) {
		return err
	}
	return access.Check(a, access.ManageUnit, access.SeeUnit, access.Case{Units: units})
}

// isNew: one address is asked once into a unit, and nobody who is there.
func isNew(ctx context.Context, tx *database.Tx, d InvitationDraft) error {
	if d.Email == "" {
		return nil
	}
	email := strings.ToLower(d.Email)
	asked, err := exists(ctx, tx, `select count(*) from invitations where unit_id = $1 and lower(email) = $2
		and accepted_at is null and revoked_at is null and ends_at > $3`, d.UnitID, email, tx.Now)
	if err != nil {
		return err
	}
	there, err := exists(ctx, tx, `select count(*) from memberships m join people p on p.id = m.person_id
		where m.unit_id = $1 and m.ended_at is null and lower(p.email) = $2`, d.UnitID, email)
	if err != nil {
		return err
	}
	var c problem.Check
	c.That(!asked, "email", "people.invite.problem.asked")
	c.That(!there, "email", "people.invite.problem.member")
	return c.Err()
}

// send has the invitation written, where there is an address. The link comes to be with the mail: only its digest is kept.
func (s *Store) send(ctx context.Context, tx *database.Tx, id, email string) error {
	if email == "" {
		return nil
	}
	return jobs.Enqueue(ctx, tx, jobs.Job{Kind: InvitedMail, Subject: id, UniqueKey: InvitedMail + ":" + id + ":" + tx.Now.Format(time.RFC3339Nano)})
}

const invitationColumns = `i.id, i.role, coalesce(i.name_id, ''), i.email, i.language, i.invited_by_id, i.invited_at, i.ends_at, u.zone, u.languages, `

// invitations reads those that wait, called i, with their units.
func invitations(ctx context.Context, tx *database.Tx, where string, args []any) ([]Invitation, error) {
	type row struct {
		i               Invitation
		name, languages string
		u               unitRow
	}
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(append([]any{&r.i.ID, &r.i.Role, &r.name, &r.i.Email, &r.i.Language, &r.i.InvitedByID, &r.i.InvitedAt, &r.i.EndsAt,
			&r.i.Zone, &r.languages}, r.u.into()...)...)
	}, `select `+invitationColumns+unitColumns+` from `+unitTables+` join invitations i on i.unit_id = u.id
		where i.accepted_at is null and i.revoked_at is null and u.archived_at is null and `+where, args...)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(append(ids, r.name), r.u.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	list := make([]Invitation, len(rows))
	for n, r := range rows {
		r.i.Unit, r.i.Name, r.i.languages = r.u.unit(texts), texts[r.name], locale.ParseList(r.languages)
		list[n] = r.i
	}
	return list, err
}

// InvitationLimit is how many of those who are expected one list shows.
const InvitationLimit = 200

// Expected are those who are invited to a unit and the ones below it, and as what the actor may invite there; both are empty for
// who may not.
type Expected struct {
	Roles       []access.Role
	Invitations []Invitation // the last first; also those whose time is over
}

// Expected tells who is expected in a unit.
func (s *Store) Expected(ctx context.Context, a access.Actor, unitID string) (e Expected, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		e = Expected{}
		units, err := access.UnitsByID(ctx, tx, unitID)
		if err != nil || len(units) == 0 {
			return err
		}
		if e.Roles, err = invitable(ctx, tx, a, units); err != nil || len(e.Roles) == 0 {
			return err
		}
		which := `i.unit_id in (select unit_id from unit_ancestors where ancestor_id = $1)`
		if !access.Can(a, access.ManageUnit, access.Case{Units: units}) { // and names the first administrator only
			which = `i.unit_id = $1 and i.role = 'administrator'`
		}
		e.Invitations, err = invitations(ctx, tx, which+` order by i.invited_at desc, i.id desc limit $2`, []any{unitID, InvitationLimit})
		return err
	})
	return e, err
}

// invitable are the roles that somebody may invite to.
func invitable(ctx context.Context, tx *database.Tx, a access.Actor, units []access.Unit) ([]access.Role, error) {
	c := access.Case{Units: units}
	if access.Can(a, access.ManageUnit, c) {
		return []access.Role{access.Staff, access.Coordinator, access.Administrator}, nil
	}
	led, err := exists(ctx, tx, `select count(*) from memberships where unit_id = $1 and role = 'administrator' and ended_at is null`, units[0].ID)
	if c.Unled = !led; err == nil && access.Can(a, access.NameFirst, c) {
		return []access.Role{access.Administrator}, nil
	}
	return nil, err
}

// InvitationIn is one that can still be accepted; nobody asks who is asking. One that is accepted, revoked or over is not found.
func (s *Store) InvitationIn(ctx context.Context, tx *database.Tx, id string) (Invitation, error) {
	list, err := invitations(ctx, tx, `i.id = $1 and i.ends_at > $2`, []any{id, tx.Now})
	if err == nil && len(list) == 0 {
		err = problem.Missing()
	}
	if err != nil {
		return Invitation{}, err
	}
	return list[0], nil
}

// LinkIn makes the link of an invitation and calls back the one before: there is one at a time.
func (s *Store) LinkIn(ctx context.Context, tx *database.Tx, i Invitation) (token string, err error) {
	if err := link.RevokeIn(ctx, tx, link.Invitation, i.ID); err != nil {
		return "", err
	}
	return link.MakeIn(ctx, tx, link.Link{Purpose: link.Invitation, Subject: i.ID, EndsAt: i.EndsAt})
}

// HandOver gives the link of an invitation to who administers the unit, to pass on by themselves. The one that was mailed is
// good no more.
func (s *Store) HandOver(ctx context.Context, a access.Actor, id string) (i Invitation, token string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		if i, err = s.invitationFor(ctx, tx, a, id); err != nil {
			return err
		}
		if i.Over(tx.Now) {
			return problem.Refuse("people.invite.problem.over")
		}
		if token, err = s.LinkIn(ctx, tx, i); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "hand over invitation", "invitation:"+id, nil)
	})
	return i, token, err
}

// InviteAgain gives an invitation its whole time once more and has it mailed again; the link before is good no more.
func (s *Store) InviteAgain(ctx context.Context, a access.Actor, id string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		i, err := s.invitationFor(ctx, tx, a, id)
		if err != nil {
			return err
		}
		return s.again(ctx, tx, a, i)
	})
}

// InviteAllAgain does so for all in a unit and below it whose time is over, and tells how many.
func (s *Store) InviteAllAgain(ctx context.Context, a access.Actor, unitID string) (n int, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		if err := mayInvite(ctx, tx, a, unitID, access.Staff); err != nil {
			return err
		}
		list, err := invitations(ctx, tx, `i.ends_at <= $1 and i.unit_id in (select unit_id from unit_ancestors where ancestor_id = $2)
			order by i.id limit $3`, []any{tx.Now, unitID, InvitationLimit})
		if err != nil {
			return err
		}
		for _, i := range list {
			if err := s.again(ctx, tx, a, i); err != nil {
				return err
			}
		}
		n = len(list)
		return nil
	})
	return n, err
}

func (s *Store) again(ctx context.Context, tx *database.Tx, a access.Actor, i Invitation) error {
	_, err := tx.Exec(ctx, `update invitations set invited_at = $1, ends_at = $2, invited_by_id = $3 where id = $4`,
		tx.Now, tx.Now.Add(InvitationLife), a.PersonID, i.ID)
	if err != nil {
		return err
	}
	if err := link.RevokeIn(ctx, tx, link.Invitation, i.ID); err != nil {
		return err
	}
	if err := s.send(ctx, tx, i.ID, i.Email); err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.PersonID, "invite again", "invitation:"+i.ID, nil)
}

// RevokeInvitation calls an invitation back: its link opens nothing from now on.
func (s *Store) RevokeInvitation(ctx context.Context, a access.Actor, id string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		i, err := s.invitationFor(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update invitations set revoked_at = $1 where id = $2`, tx.Now, i.ID); err != nil {
			return err
		}
		if err := link.RevokeIn(ctx, tx, link.Invitation, i.ID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "revoke invitation", "invitation:"+id, nil)
	})
}

// invitationFor is one that waits, for who may invite to its unit in its role; to others it is not there.
func (s *Store) invitationFor(ctx context.Context, tx *database.Tx, a access.Actor, id string) (Invitation, error) {
	list, err := invitations(ctx, tx, `i.id = $1`, []any{id})
	if err != nil {
		return Invitation{}, err
	}
	if len(list) == 0 || mayInvite(ctx, tx, a, list[0].Unit.ID, list[0].Role) != nil {
		return Invitation{}, problem.Missing()
	}
	return list[0], nil
}

// AcceptIn makes whoever signed in with an invitation a member. Without a person yet, they come to be, as they were invited; who
// is there keeps what they have and becomes a member besides, in the higher role where they are one already. Nobody accepts what
// they sent themselves.
func (s *Store) AcceptIn(ctx context.Context, tx *database.Tx, invitationID, personID string, as Identity, email string) (string, error) {
	i, err := s.InvitationIn(ctx, tx, invitationID)
	if err != nil {
		return "", err
	}
	if personID == i.InvitedByID {
		return "", problem.Refuse("people.invite.problem.own")
	}
	site, err := exists(ctx, tx, `select count(*) from people where id = $1 and site_admin`, personID)
	if err != nil {
		return "", err
	}
	if site { // they could have sent it to themselves by a colleague's hand
		return "", problem.Refuse("people.invite.problem.site")
	}
	if personID == "" {
		if personID, err = s.comeIn(ctx, tx, i, as, email); err != nil {
			return "", err
		}
	}
	if err := s.raiseIn(ctx, tx, i.InvitedByID, personID, i.Unit.ID, i.Role); err != nil {
		return "", err
	}
	n, err := tx.Exec(ctx, `update invitations set accepted_at = $1, accepted_by_id = $2 where id = $3 and accepted_at is null`, tx.Now, personID, i.ID)
	if err == nil && n == 0 {
		err = problem.Missing()
	}
	if err != nil {
		return "", err
	}
	if err := link.RevokeIn(ctx, tx, link.Invitation, i.ID); err != nil {
		return "", err
	}
	return personID, audit.Record(ctx, tx, personID, "accept invitation", "invitation:"+i.ID, nil)
}

// comeIn makes the person of an invitation. The address that their provider has verified goes before the one that was written to.
func (s *Store) comeIn(ctx context.Context, tx *database.Tx, i Invitation, as Identity, email string) (string, error) {
	if guest, err := s.settle(ctx, tx, i, email); err != nil || guest != "" {
		if err == nil {
			err = s.IdentifyIn(ctx, tx, guest, guest, as)
		}
		return guest, err
	}
	if email == "" {
		email = i.Email
	}
	reads := slices.Concat([]locale.Language{i.Language}, slices.DeleteFunc(i.languages, func(l locale.Language) bool { return l == i.Language }))
	said := i.Name.Line(reads)
	id, err := s.AddPersonIn(ctx, tx, i.InvitedByID, PersonDraft{Name: Name{{Language: said.Language, Body: said.Body}}, Email: email,
		Language: i.Language, Reads: reads, Zone: i.Zone})
	if err != nil {
		return "", err
	}
	return id, s.IdentifyIn(ctx, tx, id, id, as)
}

// raiseIn makes a person a member, or gives one who is a member already the role where it is higher.
func (s *Store) raiseIn(ctx context.Context, tx *database.Tx, by, personID, unitID string, role access.Role) error {
	var membership string
	var held access.Role
	err := tx.Row(ctx, `select id, role from memberships where person_id = $1 and unit_id = $2 and ended_at is null`, personID, unitID).Scan(&membership, &held)
	switch {
	case database.IsNone(err):
		_, err = s.JoinIn(ctx, tx, by, personID, unitID, role)
		return err
	case err != nil, held.Reaches(role):
		return err
	}
	return s.changeRoleIn(ctx, tx, by, membership, personID, role)
}

// EnterIn lets somebody in for the first time whose provider answers for their mail domain: as staff of the unit that it names.
func (s *Store) EnterIn(ctx context.Context, tx *database.Tx, as Identity, name, email, unitID string) (string, error) {
	var zone, languages string
	err := tx.Row(ctx, `select zone, languages from units where id = $1 and archived_at is null`, unitID).Scan(&zone, &languages)
	if database.IsNone(err) {
		return "", problem.Missing()
	}
	if err != nil {
		return "", err
	}
	reads := locale.ParseList(languages)
	id, err := s.AddPersonIn(ctx, tx, "", PersonDraft{Name: Name{text.Draft{Language: reads[0], Body: name}.Line()}, Email: email, Language: reads[0], Reads: reads, Zone: zone})
	if err != nil {
		return "", err
	}
	if err := s.IdentifyIn(ctx, tx, id, id, as); err != nil {
		return "", err
	}
	_, err = s.JoinIn(ctx, tx, "", id, unitID, access.Staff)
	return id, err
}
