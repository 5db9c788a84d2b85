package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Colleague is a person as the directory shows them: once for each unit that they belong to.
type Colleague struct {
	PersonID string
	Name     text.Text
	Unit     Unit
	Society  text.Text // its short name
	Role     access.Role
	Reads    []locale.Language // best first
}

// PeopleLimit is how many lines one list of people shows.
const PeopleLimit = 300

// People are the members of a unit and of those below it, or of all where unitID is empty. Those of units higher up come
// first; more tells that there are others behind the limit. A unit that is not there is not found.
func (s *Store) People(ctx context.Context, a access.Actor, unitID string) (list []Colleague, more bool, err error) {
	if err := access.Check(a, access.SeePerson, access.SeePerson, access.Case{}); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		list, err = people(ctx, tx, unitID)
		if err != nil || len(list) > 0 || unitID == "" {
			return err
		}
		there, err := exists(ctx, tx, `select count(*) from units where id = $1 and archived_at is null`, unitID)
		if err == nil && !there {
			return problem.Missing()
		}
		return err
	})
	if len(list) > PeopleLimit {
		list, more = list[:PeopleLimit], true
	}
	return list, more, err
}

// peopleColumns and peopleRow read a person p, one of their units u, and its society s.
const peopleColumns = `p.id, p.name_id, p.reads, m.role, s.short_name_id, ` + unitColumns

type peopleRow struct {
	c                    Colleague
	name, reads, society string
	u                    unitRow
}

func readColleague(s database.Scanner) (r peopleRow, err error) {
	return r, s.Scan(append([]any{&r.c.PersonID, &r.name, &r.reads, &r.c.Role, &r.society}, r.u.into()...)...)
}

func people(ctx context.Context, tx *database.Tx, unitID string) ([]Colleague, error) {
	var args database.Args
	below := ""
	if unitID != "" {
		below = `and u.id in (select unit_id from unit_ancestors where ancestor_id = ` + args.Add(unitID) + `)`
	}
	rows, err := database.All(ctx, tx, readColleague, `select `+peopleColumns+` from memberships m
		join people p on p.id = m.person_id join units u on u.id = m.unit_id join units s on s.id = u.society_id
		join unit_ancestors top on top.unit_id = u.id and top.ancestor_id = s.id
		where m.ended_at is null and u.archived_at is null `+below+`
		order by top.depth, u.id, m.id limit `+args.Add(PeopleLimit+1), args...)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.name, r.society, r.u.name, r.u.short)
	}
	texts, err := text.Load(ctx, tx, ids...)
	var list []Colleague
	for _, r := range rows {
		r.c.Name, r.c.Unit, r.c.Society = texts[r.name], r.u.unit(texts), texts[r.society]
		r.c.Reads = locale.ParseList(r.reads)
		list = append(list, r.c)
	}
	return list, err
}
