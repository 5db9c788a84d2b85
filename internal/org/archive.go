package org

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Hanging is how much still hangs on a unit.
type Hanging struct {
	Members, Below, Partnerships, Proposals, Parts, Conferences int
}

// Any tells whether anything does.
func (h Hanging) Any() bool { return h != Hanging{} }

func today(tx *database.Tx) string { return tx.Now.UTC().Format(time.DateOnly) }

// hanging counts what keeps a unit from being archived: people and units that would lose their place, and unfinished work.
func hanging(ctx context.Context, tx *database.Tx, id string) (h Hanging, err error) {
	err = tx.Row(ctx, `select
		(select count(*) from memberships where unit_id = $1 and ended_at is null),
		(select count(*) from units where parent_id = $1 and archived_at is null),
		(select count(*) from partnership_units pu join partnerships p on p.id = pu.partnership_id
			where pu.unit_id = $1 and (p.ends_on is null or p.ends_on >= $2)),
		(select count(*) from proposal_units pu join proposals p on p.id = pu.proposal_id where pu.unit_id = $1 and p.closed_at is null),
		(select count(*) from action_parts where unit_id = $1 and ended_at is null),
		(select count(*) from conference_hosts h join conferences c on c.id = h.conference_id
			where h.unit_id = $1 and c.state <> 'cancelled' and (c.over_at is null or c.over_at > $3))`, id, today(tx), tx.Now).
		Scan(&h.Members, &h.Below, &h.Partnerships, &h.Proposals, &h.Parts, &h.Conferences)
	return h, err
}

// ArchiveUnit takes a unit out of lists and choosers. What it did stays told, under its name. Refused while anything hangs on
// it: an archived unit has no members, and so nobody has rights by it.
func (s *Store) ArchiveUnit(ctx context.Context, a access.Actor, id string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		u, err := unitFor(ctx, tx, a, id, access.PlaceUnit)
		if err != nil || !u.ArchivedAt.IsZero() {
			return err
		}
		if u.Hangs.Any() {
			return problem.Refuse("organisations.problem.hangs")
		}
		return placed(ctx, tx, a.PersonID, "archive unit", id, tx.Now)
	})
}

// BringBackUnit puts an archived unit back to where it was; what is above it must be at work.
func (s *Store) BringBackUnit(ctx context.Context, a access.Actor, id string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		u, err := unitFor(ctx, tx, a, id, access.PlaceUnit)
		if err != nil || u.ArchivedAt.IsZero() {
			return err
		}
		gone, err := exists(ctx, tx, `select count(*) from units where id = $1 and archived_at is not null`, u.ParentID)
		if err != nil {
			return err
		}
		if gone {
			return problem.Refuse("organisations.problem.archived")
		}
		return placed(ctx, tx, a.PersonID, "bring back unit", id, nil)
	})
}

func placed(ctx context.Context, tx *database.Tx, by, deed, id string, archived any) error {
	_, err := tx.Exec(ctx, `update units set archived_at = $1, version = version + 1 where id = $2`, archived, id)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, by, deed, "unit:"+id, nil)
}

// AtWorkIn holds a unit for somebody who is about to hang something on it: it is not archived before the transaction ends.
// One that is archived, or not there, is missing.
func AtWorkIn(ctx context.Context, tx *database.Tx, id string) error {
	n, err := tx.Exec(ctx, `update units set version = version where id = $1 and archived_at is null`, id)
	if err == nil && n == 0 {
		return problem.Missing()
	}
	return err
}
