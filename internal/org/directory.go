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
	Role     access.Role
	Reads    []locale.Language // best first
}

// Directory is a list of people. Unit is the one that it was asked for; zero for all.
type Directory struct {
	Unit   Unit
	People []Colleague
	More   bool // there are others behind the limit
}

// PeopleLimit is how many lines one list of people shows.
const PeopleLimit = 300

// People are the members of a unit and of those below it, or of all where unitID is empty; those of units higher up come
// first. A unit that is not there is not found.
func (s *Store) People(ctx context.Context, a access.Actor, unitID string) (d Directory, err error) {
	if err := access.Check(a, access.SeePerson, access.SeePerson, access.Case{}); err != nil {
		return d, err
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		d, err = directory(ctx, tx, unitID)
		return err
	})
	if len(d.People) > PeopleLimit {
		d.People, d.More = d.People[:PeopleLimit], true
	}
	return d, err
}

func directory(ctx context.Context, tx *database.Tx, unitID string) (d Directory, err error) {
	var args database.Args
	var asked unitRow
	where := `m.ended_at is null and u.archived_at is null`
	if unitID != "" {
		err := tx.Row(ctx, `select `+unitColumns+` from `+unitTables+` where u.id = $1 and u.archived_at is null`, unitID).Scan(asked.into()...)
		if database.IsNone(err) {
			return d, problem.Missing()
		}
		if err != nil {
			return d, err
		}
		where += ` and u.id in (select unit_id from unit_ancestors where ancestor_id = ` + args.Add(unitID) + `)`
	}
	rows, err := colleagues(ctx, tx, where+` order by top.depth, u.id, m.id limit `+args.Add(PeopleLimit+1), args)
	if err != nil {
		return d, err
	}
	ids := asked.texts()
	for _, r := range rows {
		ids = append(append(ids, r.name), r.u.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	d.Unit = asked.unit(texts)
	for _, r := range rows {
		d.People = append(d.People, r.colleague(texts))
	}
	return d, err
}

// colleagueRow is a person with one of their units.
type colleagueRow struct {
	c           Colleague
	name, reads string
	u           unitRow
}

func (r colleagueRow) colleague(texts text.Texts) Colleague {
	r.c.Name, r.c.Unit, r.c.Reads = texts[r.name], r.u.unit(texts), locale.ParseList(r.reads)
	return r.c
}

// colleagues reads memberships, called m, with their people and units.
func colleagues(ctx context.Context, tx *database.Tx, where string, args []any) ([]colleagueRow, error) {
	return database.All(ctx, tx, func(s database.Scanner) (r colleagueRow, err error) {
		return r, s.Scan(append([]any{&r.c.PersonID, &r.name, &r.reads, &r.c.Role}, r.u.into()...)...)
	}, `select p.id, p.name_id, p.reads, m.role, `+unitColumns+` from `+unitTables+`
		join memberships m on m.unit_id = u.id join people p on p.id = m.person_id
		join unit_ancestors top on top.unit_id = u.id and top.ancestor_id = s.id where `+where, args...)
}
