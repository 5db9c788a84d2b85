package org

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// Names are what people and units are called, for the pages and mails that mention them. Who is not in it has an empty
// name. The zero value knows nobody.
type Names struct {
	people map[string]named
	units  map[string]named
	texts  text.Texts
}

// named are the IDs of what one person or unit is called; a person has no short name.
type named struct{ full, short, unit, society string }

// Person is the display name of a person.
func (n Names) Person(id string) text.Text { return n.texts[n.people[id].full] }

// PersonUnit is the ID of the unit that a person belongs to: the first they joined and have not left, else "".
func (n Names) PersonUnit(id string) string { return n.people[id].unit }

// PersonSociety is the ID of the society of that unit.
func (n Names) PersonSociety(id string) string { return n.people[id].society }

// Unit is the full name of a unit.
func (n Names) Unit(id string) text.Text { return n.texts[n.units[id].full] }

// Short is the short name of a unit, for a column or a line.
func (n Names) Short(id string) text.Text { return n.texts[n.units[id].short] }

// Society is the ID of the society that a unit is part of; its own for a society.
func (n Names) Society(unitID string) string { return n.units[unitID].society }

// Names gives the names of some people and units, of the people's units, and of all their societies. Whether somebody may
// see them is asked where the IDs come from.
func (s *Store) Names(ctx context.Context, people, units []string) (names Names, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		names, err = s.NamesIn(ctx, tx, people, units)
		return err
	})
	return names, err
}

// NamesIn is Names within a transaction: two statements, however many names.
func (s *Store) NamesIn(ctx context.Context, tx *database.Tx, people, units []string) (Names, error) {
	n := Names{people: map[string]named{}, units: map[string]named{}}
	var args database.Args
	rows, err := database.All(ctx, tx, readNamed, `
		select p.id, p.name_id, u.id, u.name_id, u.short_name_id, s.id, s.name_id, s.short_name_id, m.id as joined
		from people p left join memberships m on m.person_id = p.id and m.ended_at is null
		left join units u on u.id = m.unit_id left join units s on s.id = u.society_id
		where p.id in `+args.In(people)+`
		union all
		select null, null, u.id, u.name_id, u.short_name_id, s.id, s.name_id, s.short_name_id, null
		from units u join units s on s.id = u.society_id where u.id in `+args.In(units)+`
		order by joined`, args...)
	if err != nil {
		return n, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, n.add(r)...)
	}
	n.texts, err = text.Load(ctx, tx, ids...)
	return n, err
}

// namedRow is a person with one of their units, or a unit alone; with the unit's society.
type namedRow struct {
	person, personName         *string
	unit, unitName, unitShort  *string
	society, socName, socShort *string
	joined                     *string
}

func readNamed(row database.Scanner) (r namedRow, err error) {
	return r, row.Scan(&r.person, &r.personName, &r.unit, &r.unitName, &r.unitShort,
		&r.society, &r.socName, &r.socShort, &r.joined)
}

// add takes a row in and gives the IDs of the texts that it needs.
func (n Names) add(r namedRow) []string {
	var ids []string
	if r.unit != nil {
		n.units[*r.unit] = named{full: *r.unitName, short: *r.unitShort, society: *r.society}
		n.units[*r.society] = named{full: *r.socName, short: *r.socShort, society: *r.society}
		ids = append(ids, *r.unitName, *r.unitShort, *r.socName, *r.socShort)
	}
	if r.person == nil {
		return ids
	}
	if _, known := n.people[*r.person]; !known {
		p := named{full: *r.personName}
		if r.unit != nil {
			p.unit, p.society = *r.unit, *r.society
		}
		n.people[*r.person] = p
	}
	return append(ids, *r.personName)
}
