package org

import (
	"context"
	"slices"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Held is one membership: a role in a unit.
type Held struct {
	ID       string
	PersonID string
	Unit     Unit
	Role     access.Role
	Since    time.Time
	May      bool // the actor may change or end it
	what     access.Case
}

// PersonFile is what others see of somebody, and what an administrator can do about them.
type PersonFile struct {
	PersonID       string
	Name           text.Text
	Email          string // only for who administers a unit of theirs, and for themselves
	Reads          []locale.Language
	Held           []Held
	StandIn        StandIn // who acts for them, now or soon; zero for nobody
	MayNameStandIn bool
	Units          []Unit // of their society that the actor administers and the person is no member of: to add them to
}

// FindPerson is somebody for who may see people. Former participants are not there any more.
func (s *Store) FindPerson(ctx context.Context, a access.Actor, id string) (p PersonFile, err error) {
	if err := access.Check(a, access.SeePerson, access.SeePerson, access.Case{Person: id}); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		p, err = personFile(ctx, tx, a, id)
		return err
	})
	return p, err
}

func personFile(ctx context.Context, tx *database.Tx, a access.Actor, id string) (PersonFile, error) {
	p := PersonFile{PersonID: id}
	var name, reads string
	err := tx.Row(ctx, `select name_id, email, reads from people where id = $1 and left_at is null and not guest`, id).Scan(&name, &p.Email, &reads)
	if database.IsNone(err) {
		return p, problem.Missing()
	}
	if err != nil {
		return p, err
	}
	p.Reads = locale.ParseList(reads)
	if p.Held, err = memberships(ctx, tx, a, `m.person_id = $1`, id); err != nil {
		return p, err
	}
	var args database.Args
	where := access.ManagesSQL(a, "u.id", &args) + ` and u.archived_at is null and u.id not in (select unit_id from memberships
		where ended_at is null and person_id = ` + args.Add(id) + `) and ` + colleague("u.society_id", args.Add(id)) + ` order by u.id limit ` + args.Add(UnitLimit)
	rows, err := database.All(ctx, tx, readUnit, `select `+unitColumns+` from `+unitTables+` where `+where, args...)
	if err != nil {
		return p, err
	}
	who, standIn, err := standInOf(ctx, tx, id)
	if err != nil {
		return p, err
	}
	ids := []string{name, standIn}
	for _, r := range rows {
		ids = append(ids, r.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	p.Name, p.StandIn, p.MayNameStandIn = texts[name], who, mayNameStandIn(a, p)
	p.StandIn.Name = texts[standIn]
	for _, r := range rows {
		p.Units = append(p.Units, r.unit(texts))
	}
	if id != a.PersonID && !slices.ContainsFunc(p.Held, func(h Held) bool { return h.May }) {
		p.Email = ""
	}
	return p, err
}

// memberships are those that have not ended, called m, with what the actor may do about them.
func memberships(ctx context.Context, tx *database.Tx, a access.Actor, where string, args ...any) ([]Held, error) {
	type row struct {
		h Held
		u unitRow
	}
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(append([]any{&r.h.ID, &r.h.PersonID, &r.h.Role, &r.h.Since}, r.u.into()...)...)
	}, `select m.id, m.person_id, m.role, m.since_at, `+unitColumns+` from `+unitTables+` join memberships m on m.unit_id = u.id
		where m.ended_at is null and `+where+` order by m.id`, args...)
	if err != nil {
		return nil, err
	}
	var ids, units []string
	for _, r := range rows {
		ids, units = append(ids, r.u.texts()...), append(units, r.u.u.ID)
	}
	lines, err := access.UnitsByID(ctx, tx, units...)
	if err != nil {
		return nil, err
	}
	texts, err := text.Load(ctx, tx, ids...)
	list := make([]Held, len(rows))
	for i, r := range rows {
		r.h.Unit = r.u.unit(texts)
		at := slices.IndexFunc(lines, func(u access.Unit) bool { return u.ID == r.h.Unit.ID })
		r.h.what = access.Case{Units: lines[at : at+1], Person: r.h.PersonID}
		r.h.May = access.Can(a, access.ManageUnit, r.h.what)
		list[i] = r.h
	}
	return list, err
}

// MembershipIn is one that the actor may change or end: an administrator of its unit. `own` lets the member themselves end it.
func (s *Store) MembershipIn(ctx context.Context, tx *database.Tx, a access.Actor, id string, own bool) (Held, error) {
	list, err := memberships(ctx, tx, a, `m.id = $1`, id)
	if err == nil && len(list) == 0 {
		err = problem.Missing()
	}
	if err != nil {
		return Held{}, err
	}
	h := list[0]
	if own && h.PersonID == a.PersonID && a.SignedIn() {
		return h, nil
	}
	return h, access.Check(a, access.ManageUnit, access.SeePerson, h.what)
}

// ChangeRole gives a member another role. Nobody raises themselves, and a society keeps an administrator.
func (s *Store) ChangeRole(ctx context.Context, a access.Actor, membershipID string, role access.Role) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		h, err := s.MembershipIn(ctx, tx, a, membershipID, false)
		if err != nil || h.Role == role {
			return err
		}
		if role.Rank() < 0 {
			return problem.Refuse("error.choice")
		}
		if h.PersonID == a.PersonID && role.Reaches(h.Role) {
			return problem.Refuse("people.problem.raise")
		}
		if err := keepsAdministrator(ctx, tx, h, `o.id <> $3`, h.ID); err != nil {
			return err
		}
		return s.changeRoleIn(ctx, tx, a.PersonID, h.ID, h.PersonID, role)
	})
}

// colleague is a condition on a column that holds a society's ID: the person is a member of something in it.
func colleague(society, person string) string {
	return society + ` in (select o.society_id from memberships own join units o on o.id = own.unit_id
		where own.ended_at is null and own.person_id = ` + person + `)`
}

// AddMembership makes somebody a member of one more unit of their own society, which the actor administers. Nobody adds
// themselves, and whoever is of another society is invited: it is theirs to accept.
func (s *Store) AddMembership(ctx context.Context, a access.Actor, personID, unitID string, role access.Role) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if err := mayInvite(ctx, tx, a, unitID, role); err != nil {
			return err
		}
		there, err := exists(ctx, tx, `select count(*) from people where id = $1 and left_at is null and not guest`, personID)
		if err != nil {
			return err
		}
		own, err := exists(ctx, tx, `select count(*) from units u where u.id = $1 and `+colleague("u.society_id", "$2"), unitID, personID)
		if err != nil {
			return err
		}
		switch {
		case !there:
			return problem.Missing()
		case personID == a.PersonID:
			return problem.Refuse("people.problem.raise")
		case !own:
			return problem.Refuse("people.problem.elsewhere")
		}
		_, err = s.JoinIn(ctx, tx, a.PersonID, personID, unitID, role)
		return err
	})
}

// EndIn ends a membership that MembershipIn gave, unless its society would be left without an administrator.
func (s *Store) EndIn(ctx context.Context, tx *database.Tx, a access.Actor, h Held) error {
	if err := keepsAdministrator(ctx, tx, h, `o.id <> $3`, h.ID); err != nil {
		return err
	}
	return s.EndMembershipIn(ctx, tx, a.PersonID, h.ID)
}

// keepsAdministrator refuses to take the last administrator from a society. The society's row is taken first: of two who go at the
// same moment, the second finds that they are the last.
func keepsAdministrator(ctx context.Context, tx *database.Tx, h Held, others string, arg any) error {
	if h.Role != access.Administrator {
		return nil
	}
	if _, err := tx.Exec(ctx, `update units set version = version where id = $1`, h.Unit.SocietyID); err != nil {
		return err
	}
	there, err := administered(ctx, tx, h.Unit, others, arg)
	if err == nil && !there {
		return problem.Refuse("people.problem.last")
	}
	return err
}

// administered tells whether a society still has an administrator in the place of one of this unit's: anybody in the society, or
// for the society itself another one of its own.
func administered(ctx context.Context, tx *database.Tx, u Unit, others string, arg any) (bool, error) {
	return exists(ctx, tx, `select count(*) from memberships o join units u on u.id = o.unit_id
		where o.role = 'administrator' and o.ended_at is null and u.society_id = $1 and (u.id = $1 or $2 <> $1) and `+others, u.SocietyID, u.ID, arg)
}

// Successors are who can take over from a member: the other people of their unit, and of the units above it, who see all that
// it takes part in.
func (s *Store) Successors(ctx context.Context, tx *database.Tx, h Held) ([]Colleague, error) {
	rows, err := colleagues(ctx, tx, `m.ended_at is null and m.person_id <> $1 and m.unit_id in (select ancestor_id from unit_ancestors where unit_id = $2)
		order by top.depth desc, m.id limit $3`, []any{h.PersonID, h.Unit.ID, PeopleLimit})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(append(ids, r.name), r.u.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	var list []Colleague
	for _, r := range rows {
		if !slices.ContainsFunc(list, func(c Colleague) bool { return c.PersonID == r.c.PersonID }) {
			list = append(list, r.colleague(texts))
		}
	}
	return list, err
}
