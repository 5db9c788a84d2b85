package org

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Partnership is the space in which units of several societies work together.
type Partnership struct {
	ID       string
	Kind     Kind
	Name     text.Text
	Purpose  text.Text
	StartsOn string   // YYYY-MM-DD
	EndsOn   string   // YYYY-MM-DD, or empty: open
	Focus    []string // of FocusAreas
	Units    []Unit   // in the partnership's own order
	Version  int
	lines    []access.Unit
}

// May tells whether a person may do something in a partnership that was found for them.
func (p Partnership) May(a access.Actor, d access.Deed) bool {
	return access.Can(a, d, access.Case{Units: p.lines})
}

// Proposable are the units of a partnership that somebody administers.
func (p Partnership) Proposable(a access.Actor) (list []Unit) {
	for i, line := range p.lines {
		if access.Can(a, access.ProposeUnit, access.Case{Owner: &p.lines[i]}) {
			list = append(list, p.Units[slices.IndexFunc(p.Units, func(u Unit) bool { return u.ID == line.ID })])
		}
	}
	return list
}

// Society is one side of a partnership.
type Society struct {
	ID   string
	Name text.Text
}

// Societies are those that take part, in the order in which they are shown.
func (p Partnership) Societies() []Society {
	var list []Society
	for _, u := range p.Units {
		if !slices.ContainsFunc(list, func(s Society) bool { return s.ID == u.SocietyID }) {
			list = append(list, Society{u.SocietyID, u.Society})
		}
	}
	return list
}

// Of are the units of one society.
func (p Partnership) Of(societyID string) []Unit {
	return slices.DeleteFunc(slices.Clone(p.Units), func(u Unit) bool { return u.SocietyID != societyID })
}

// PartnershipLimit is how many partnerships one list shows.
const PartnershipLimit = 100

// Partnerships are those that the actor may see, the youngest first; more tells that there are others behind the limit.
func (s *Store) Partnerships(ctx context.Context, a access.Actor) (list []Partnership, more bool, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		list, err = partnerships(ctx, tx, access.SeesSQL(a, "id", &args), args, PartnershipLimit+1)
		return err
	})
	if len(list) > PartnershipLimit {
		list, more = list[:PartnershipLimit], true
	}
	return list, more, err
}

// FindPartnership is one that the actor may see, with the people of each side; any other is not found.
func (s *Store) FindPartnership(ctx context.Context, a access.Actor, id string) (p Partnership, members []Member, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		where := "id = " + args.Add(id) + " and " + access.SeesSQL(a, "id", &args)
		found, err := partnerships(ctx, tx, where, args, 1)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return problem.Missing()
		}
		p = found[0]
		if p.lines, err = access.PartnershipUnits(ctx, tx, id); err != nil {
			return err
		}
		members, err = s.Members(ctx, tx, id)
		return err
	})
	return p, members, err
}

// partnershipRow is a partnership with one of its units.
type partnershipRow struct {
	p             Partnership
	name, purpose string
	u             unitRow
}

// partnerships reads those that fulfil the condition, in two statements.
func partnerships(ctx context.Context, tx *database.Tx, where string, args database.Args, limit int) ([]Partnership, error) {
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r partnershipRow, err error) {
		var ends *string
		var focus string
		err = s.Scan(append([]any{&r.p.ID, &r.p.Kind, &r.name, &r.purpose, &r.p.StartsOn, &ends, &focus, &r.p.Version}, r.u.into()...)...)
		r.p.Focus = split(focus)
		if ends != nil {
			r.p.EndsOn = *ends
		}
		return r, err
	}, `select p.id, p.kind, p.name_id, p.purpose_id, p.starts_on, p.ends_on, p.focus, p.version, `+unitColumns+`
		from (select * from partnerships where `+where+` order by starts_on desc, id desc limit `+args.Add(limit)+`) p
		join partnership_units pu on pu.partnership_id = p.id join (`+unitTables+`) on u.id = pu.unit_id
		order by p.starts_on desc, p.id desc, pu.position, u.id`, args...)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.name, r.purpose)
		ids = append(ids, r.u.texts()...)
	}
	texts, err := text.Load(ctx, tx, ids...)
	var list []Partnership
	for _, r := range rows {
		if len(list) == 0 || list[len(list)-1].ID != r.p.ID {
			r.p.Name, r.p.Purpose = texts[r.name], texts[r.purpose]
			list = append(list, r.p)
		}
		last := &list[len(list)-1]
		last.Units = append(last.Units, r.u.unit(texts))
	}
	return list, err
}

// SocietiesOf are the IDs of the societies that take part in a partnership, in the order in which they are shown.
func (s *Store) SocietiesOf(ctx context.Context, tx *database.Tx, partnershipID string) ([]string, error) {
	return database.Strings(ctx, tx, `select u.society_id from partnership_units pu join units u on u.id = pu.unit_id
		where pu.partnership_id = $1 group by u.society_id order by min(pu.position), u.society_id`, partnershipID)
}

// PartnershipNameIn is the name of one, for a page about something that belongs to it. Whether somebody may see it is asked
// where the ID comes from.
func (s *Store) PartnershipNameIn(ctx context.Context, tx *database.Tx, id string) (text.Text, error) {
	var name string
	if err := tx.Row(ctx, `select name_id from partnerships where id = $1`, id).Scan(&name); err != nil {
		return text.Text{}, err
	}
	return text.One(ctx, tx, name)
}
