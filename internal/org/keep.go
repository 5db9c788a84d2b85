package org

import (
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// PartnershipChange is what the form of a partnership's terms says. Name and purpose are in one language each.
type PartnershipChange struct {
	Version               int
	Name, Purpose         text.Draft
	NameBase, PurposeBase int      // versions of the texts that the form started from
	StartsOn, EndsOn      string   // YYYY-MM-DD; EndsOn may be empty: open
	Focus                 []string // of FocusAreas
}

// ChangePartnership writes what a partnership is for and how long it lasts. An end takes nothing away that was done. Where it
// was changed elsewhere since the form was shown, nothing is written and the problem is a Conflict.
func (s *Store) ChangePartnership(ctx context.Context, a access.Actor, id string, d PartnershipChange) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		p, err := keepable(ctx, tx, a, id)
		if err != nil {
			return err
		}
		draft := PartnershipDraft{Kind: p.Kind, Name: Name{d.Name}, Purpose: Name{d.Purpose}, StartsOn: d.StartsOn, EndsOn: d.EndsOn, Focus: d.Focus}
		if err := draft.check(); err != nil {
			return err
		}
		if d.Version != p.Version {
			return problem.Moved()
		}
		_, err = tx.Exec(ctx, `update partnerships set starts_on = $1, ends_on = $2, focus = $3, version = version + 1 where id = $4`,
			d.StartsOn, orNull(d.EndsOn), strings.Join(d.Focus, ","), id)
		if err != nil {
			return err
		}
		for _, e := range []text.Edit{
			{TextID: p.Name.ID, Base: d.NameBase, Language: d.Name.Language, Body: d.Name.Line().Body, Line: true, PersonID: a.PersonID},
			{TextID: p.Purpose.ID, Base: d.PurposeBase, Language: d.Purpose.Language, Body: d.Purpose.Body, PersonID: a.PersonID},
		} {
			if _, err := text.Save(ctx, tx, e); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, a.PersonID, "change partnership", "partnership:"+id, audit.Details{"starts": d.StartsOn, "ends": d.EndsOn})
	})
}

// keepable finds a partnership for somebody who keeps its terms, and takes it until the transaction ends.
func keepable(ctx context.Context, tx *database.Tx, a access.Actor, id string) (p Partnership, err error) {
	if _, err := tx.Exec(ctx, `update partnerships set version = version where id = $1`, id); err != nil {
		return p, err
	}
	lines, err := access.PartnershipUnits(ctx, tx, id)
	if err != nil {
		return p, err
	}
	if err := access.Check(a, access.KeepPartnership, access.SeePartnership, access.Case{Units: lines}); err != nil {
		return p, err
	}
	found, err := partnerships(ctx, tx, "id = $1", database.Args{id}, 1)
	if err != nil || len(found) == 0 {
		return p, err
	}
	p = found[0]
	p.lines = lines
	return p, nil
}

// Joinable are the units that somebody may add to a partnership: of the societies that take part, those that they administer.
func (s *Store) Joinable(ctx context.Context, a access.Actor, p Partnership) (list []Unit, err error) {
	if p.Kind == Twinning || !p.May(a, access.KeepPartnership) {
		return nil, nil
	}
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		var societies, there []string
		for _, u := range p.Units {
			societies, there = append(societies, u.SocietyID), append(there, u.ID)
		}
		slices.Sort(societies)
		where := `u.archived_at is null and u.society_id in ` + args.In(slices.Compact(societies)) + ` and u.id not in ` + args.In(there) +
			` and ` + access.ManagesSQL(a, "u.id", &args)
		rows, err := database.All(ctx, tx, readUnit, `select `+unitColumns+` from `+unitTables+` where `+where+` order by u.id limit `+args.Add(UnitLimit), args...)
		if err != nil {
			return err
		}
		var ids []string
		for _, r := range rows {
			ids = append(ids, r.texts()...)
		}
		texts, err := text.Load(ctx, tx, ids...)
		for _, r := range rows {
			list = append(list, r.unit(texts))
		}
		return err
	})
	return list, err
}

// AddPartner brings a unit into a partnership that its society takes part in already: the others agreed to that society.
func (s *Store) AddPartner(ctx context.Context, a access.Actor, id, unitID string) error {
	return s.partner(ctx, a, id, unitID, func(tx *database.Tx, p Partnership, unit access.Unit) error {
		if len(p.Of(unit.SocietyID)) == 0 {
			return wrong("unit", "partnerships.problem.society")
		}
		if slices.ContainsFunc(p.Units, func(u Unit) bool { return u.ID == unitID }) {
			return wrong("unit", "partnerships.problem.there")
		}
		if err := AtWorkIn(ctx, tx, unitID); err != nil {
			return err
		}
		var last int
		if err := tx.Row(ctx, `select max(position) from partnership_units where partnership_id = $1`, id).Scan(&last); err != nil {
			return err
		}
		return addPartner(ctx, tx, a.PersonID, id, unitID, last+1)
	})
}

// RemovePartner takes a unit out, unless it is the last of its society there or has unfinished work there.
func (s *Store) RemovePartner(ctx context.Context, a access.Actor, id, unitID string) error {
	return s.partner(ctx, a, id, unitID, func(tx *database.Tx, p Partnership, unit access.Unit) error {
		if !slices.ContainsFunc(p.Units, func(u Unit) bool { return u.ID == unitID }) {
			return problem.Missing()
		}
		if len(p.Of(unit.SocietyID)) == 1 {
			return problem.Refuse("partnerships.problem.last")
		}
		busy, err := exists(ctx, tx, `select (select count(*) from action_parts where partnership_id = $1 and unit_id = $2 and ended_at is null)
			+ (select count(*) from conference_hosts h join conferences c on c.id = h.conference_id where c.partnership_id = $1 and h.unit_id = $2
				and c.state <> 'cancelled' and (c.over_at is null or c.over_at > $3))`, id, unitID, tx.Now)
		if err != nil {
			return err
		}
		if busy {
			return problem.Refuse("partnerships.problem.work")
		}
		if _, err := tx.Exec(ctx, `delete from partnership_units where partnership_id = $1 and unit_id = $2`, id, unitID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, a.PersonID, "remove partner", "partnership:"+id, audit.Details{"unit": unitID})
	})
}

// partner does something with one unit, for who administers it. A twinning stays of the two that it is of.
func (s *Store) partner(ctx context.Context, a access.Actor, id, unitID string, do func(*database.Tx, Partnership, access.Unit) error) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		p, err := keepable(ctx, tx, a, id)
		if err != nil {
			return err
		}
		units, err := access.UnitsByID(ctx, tx, unitID)
		if err != nil {
			return err
		}
		if len(units) == 0 {
			return problem.Missing()
		}
		if err := access.Check(a, access.ProposeUnit, access.SeeUnit, access.Case{Owner: &units[0]}); err != nil {
			return err
		}
		if p.Kind == Twinning {
			return problem.Refuse("partnerships.problem.twins")
		}
		if err := do(tx, p, units[0]); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update partnerships set version = version + 1 where id = $1`, id)
		return err
	})
}
