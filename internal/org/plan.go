package org

import (
	"context"
	"slices"
	"strings"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Kind of a partnership.
type Kind string

const (
	Joint    Kind = "partnership"
	Twinning Kind = "twinning" // of two local units
)

// PartnershipDraft is a partnership before it is there.
type PartnershipDraft struct {
	Kind     Kind
	Name     Name
	Purpose  Name
	StartsOn string   // YYYY-MM-DD
	EndsOn   string   // YYYY-MM-DD, or empty: open
	Focus    []string // of FocusAreas
	UnitIDs  []string // in the order in which they are shown
}

func (d PartnershipDraft) check() error {
	var c problem.Check
	d.Name.check(&c, "name")
	d.Purpose.checkBody(&c, "purpose")
	c.That(d.Kind == Joint || d.Kind == Twinning, "kind", "error.choice")
	checkFocus(&c, d.Focus)
	if c.That(isDay(d.StartsOn), "starts-on", "error.day") && d.EndsOn != "" {
		if c.That(isDay(d.EndsOn), "ends-on", "error.day") {
			c.That(d.EndsOn >= d.StartsOn, "ends-on", "partnerships.problem.end")
		}
	}
	return c.Err()
}

// PlanPartnershipIn opens a partnership: the space that two or more units of two or more societies work in.
func (s *Store) PlanPartnershipIn(ctx context.Context, tx *database.Tx, by string, d PartnershipDraft) (string, error) {
	if err := d.check(); err != nil {
		return "", err
	}
	if err := d.checkUnits(ctx, tx); err != nil {
		return "", err
	}
	texts, err := keep(ctx, tx, by, d.Name, d.Purpose)
	if err != nil {
		return "", err
	}
	return open(ctx, tx, by, d, texts[0], texts[1])
}

// open writes a partnership whose name and purpose are there already.
func open(ctx context.Context, tx *database.Tx, by string, d PartnershipDraft, nameID, purposeID string) (string, error) {
	id := database.NewID()
	_, err := tx.Exec(ctx, `insert into partnerships (id, name_id, purpose_id, kind, focus, starts_on, ends_on) values ($1, $2, $3, $4, $5, $6, $7)`,
		id, nameID, purposeID, string(d.Kind), strings.Join(d.Focus, ","), d.StartsOn, orNull(d.EndsOn))
	if err != nil {
		return "", err
	}
	for i, unit := range d.UnitIDs {
		if err := addPartner(ctx, tx, by, id, unit, i); err != nil {
			return "", err
		}
	}
	return id, audit.Record(ctx, tx, by, "plan partnership", "partnership:"+id, audit.Details{"kind": string(d.Kind)})
}

func addPartner(ctx context.Context, tx *database.Tx, by, id, unitID string, position int) error {
	_, err := tx.Exec(ctx, `insert into partnership_units (partnership_id, unit_id, position) values ($1, $2, $3)`, id, unitID, position)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, by, "add partner", "partnership:"+id, audit.Details{"unit": unitID})
}

// checkUnits: work is joint only where two societies do it, and only local units are twins.
func (d PartnershipDraft) checkUnits(ctx context.Context, tx *database.Tx) error {
	units, err := access.UnitsByID(ctx, tx, d.UnitIDs...)
	if err != nil {
		return err
	}
	if len(units) != len(d.UnitIDs) {
		return problem.Missing() // one is not there, or is named twice
	}
	for _, id := range d.UnitIDs {
		if err := AtWorkIn(ctx, tx, id); err != nil {
			return err
		}
	}
	var c problem.Check
	several := slices.ContainsFunc(units, func(u access.Unit) bool { return u.SocietyID != units[0].SocietyID })
	c.That(several, "units", "partnerships.problem.sides")
	if d.Kind == Twinning {
		others, err := d.notLocal(ctx, tx)
		if err != nil {
			return err
		}
		c.That(len(units) == 2 && !others, "units", "partnerships.problem.twins")
	}
	return c.Err()
}

func (d PartnershipDraft) notLocal(ctx context.Context, tx *database.Tx) (bool, error) {
	var args database.Args
	var marks []string
	for _, l := range local {
		marks = append(marks, string(l))
	}
	query := `select count(*) from units where id in ` + args.In(d.UnitIDs) + ` and level not in ` + args.In(marks)
	return exists(ctx, tx, query, args...)
}
