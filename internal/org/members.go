package org

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Member is a person who belongs to a partnership: by one of its units or by a unit above one.
type Member struct {
	PersonID  string
	Name      text.Text
	Email     string
	UnitID    string // that they belong to; may be above those of the partnership
	Unit      text.Text
	SocietyID string
	Level     Level             // of that unit
	Role      access.Role       // the highest that they hold here
	Reads     []locale.Language // best first
	Zone      string            // IANA name
	StandIn   text.Text         // the name of who acts for them today; empty for nobody
}

// MemberLimit is how many members of one partnership are listed.
const MemberLimit = 500

// Members are the people who may take part in what a partnership does: as participant, presenter or responsible person.
// Each is there once, with a unit of the partnership where they have one. Nobody asks who is asking.
func (s *Store) Members(ctx context.Context, tx *database.Tx, partnershipID string) ([]Member, error) {
	type row struct {
		m                          Member
		name, unit, reads, standIn string
	}
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(&r.m.PersonID, &r.name, &r.m.Email, &r.m.UnitID, &r.unit, &r.m.SocietyID, &r.m.Role,
			&r.m.Level, &r.reads, &r.m.Zone, &r.standIn)
	}, `select p.id, p.name_id, p.email, u.id, u.short_name_id, u.society_id, m.role, u.level, p.reads, p.zone, coalesce(act.name_id, '')
		from memberships m join people p on p.id = m.person_id join units u on u.id = m.unit_id
		left join stand_ins a on a.person_id = p.id and a.from_on <= $3 and a.until_on >= $3 left join people act on act.id = a.stand_in_id
		left join partnership_units pu on pu.partnership_id = $1 and pu.unit_id = m.unit_id
		where m.ended_at is null and m.unit_id in (select ua.ancestor_id from partnership_units x
			join unit_ancestors ua on ua.unit_id = x.unit_id where x.partnership_id = $1)
		order by case when pu.unit_id is null then 1 else 0 end, pu.position, m.id limit $2`, partnershipID, MemberLimit, day(tx.Now))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.name, r.unit, r.standIn)
	}
	texts, err := text.Load(ctx, tx, ids...)
	var members []Member
	for _, r := range rows {
		r.m.Name, r.m.Unit, r.m.Reads, r.m.StandIn = texts[r.name], texts[r.unit], locale.ParseList(r.reads), texts[r.standIn]
		members = once(members, r.m)
	}
	return members, err
}

// once adds a member, or notes the higher role of one who is there by another unit already.
func once(members []Member, m Member) []Member {
	i := slices.IndexFunc(members, func(x Member) bool { return x.PersonID == m.PersonID })
	if i < 0 {
		return append(members, m)
	}
	if m.Role.Reaches(members[i].Role) {
		members[i].Role = m.Role
	}
	return members
}

// Counterparts are whom somebody turns to on the other sides: people who stand in their society where the person stands in
// theirs, and are there in the same role; else those who come closest. Who is no member has none.
func Counterparts(personID string, members []Member) []Member {
	i := slices.IndexFunc(members, func(m Member) bool { return m.PersonID == personID })
	if i < 0 {
		return nil
	}
	me := members[i]
	var closest []Member
	for _, m := range members {
		switch {
		case m.SocietyID == me.SocietyID:
		case len(closest) == 0 || distance(me, m) < distance(me, closest[0]):
			closest = []Member{m}
		case distance(me, m) == distance(me, closest[0]):
			closest = append(closest, m)
		}
	}
	return closest
}

// distance counts the level of a unit more than the role that somebody has in it.
func distance(x, y Member) int {
	return 10*apart(x.Level.tier(), y.Level.tier()) + apart(x.Role.Rank(), y.Role.Rank())
}

func apart(x, y int) int { return max(x-y, y-x) }
