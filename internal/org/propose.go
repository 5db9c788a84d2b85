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

// MaxPartners is how many units one proposal can join.
const MaxPartners = 50

// Propose asks other societies for a partnership. Whoever proposes administers every unit of their own society in it; the
// others are asked by mail, and it begins when an administrator of each has said yes.
func (s *Store) Propose(ctx context.Context, a access.Actor, d PartnershipDraft) (id string, err error) {
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		society, err := proposing(ctx, tx, a, d)
		if err != nil {
			return err
		}
		if err := d.check(); err != nil {
			return err
		}
		if err := d.checkUnits(ctx, tx); err != nil {
			return err
		}
		id, err = propose(ctx, tx, a.PersonID, society, d)
		if err != nil {
			return err
		}
		return tellOthers(ctx, tx, id, society)
	})
	return id, err
}

// proposing is the society that somebody proposes for: of the first unit that they administer. A unit beside theirs is not
// theirs to bring in.
func proposing(ctx context.Context, tx *database.Tx, a access.Actor, d PartnershipDraft) (string, error) {
	if err := access.Check(a, access.SeeUnit, access.SeeUnit, access.Case{}); err != nil {
		return "", err
	}
	if len(d.UnitIDs) > MaxPartners {
		return "", wrong("units", "partnerships.problem.many", problem.Values{"Limit": MaxPartners})
	}
	if !a.Administers() {
		return "", problem.Forbid()
	}
	units, err := access.UnitsByID(ctx, tx, d.UnitIDs...)
	if err != nil {
		return "", err
	}
	own := slices.IndexFunc(units, func(u access.Unit) bool { return access.Can(a, access.ProposeUnit, access.Case{Owner: &u}) })
	if own < 0 {
		return "", wrong("units", "partnerships.problem.own")
	}
	society := units[own].SocietyID
	if !speaks(a, units, society, access.ProposeUnit) {
		return "", wrong("units", "partnerships.problem.beside")
	}
	return society, nil
}

func wrong(field, key string, values ...problem.Values) error {
	var c problem.Check
	c.Add(field, key, values...)
	return c.Err()
}

func propose(ctx context.Context, tx *database.Tx, by, society string, d PartnershipDraft) (string, error) {
	texts, err := keep(ctx, tx, by, d.Name, d.Purpose)
	if err != nil {
		return "", err
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, `insert into proposals (id, kind, name_id, purpose_id, focus, starts_on, ends_on, proposed_by_id, proposed_at, society_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, id, string(d.Kind), texts[0], texts[1], strings.Join(d.Focus, ","), d.StartsOn, orNull(d.EndsOn),
		by, tx.Now, society)
	if err != nil {
		return "", err
	}
	for i, unit := range d.UnitIDs {
		_, err := tx.Exec(ctx, `insert into proposal_units (proposal_id, unit_id, position) values ($1, $2, $3)`, id, unit, i)
		if err != nil {
			return "", err
		}
	}
	return id, audit.Record(ctx, tx, by, "propose partnership", "proposal:"+id,
		audit.Details{"kind": string(d.Kind), "society": society, "units": strings.Join(d.UnitIDs, ",")})
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
