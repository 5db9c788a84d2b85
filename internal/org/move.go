package org

import (
	"context"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// MoveUnit hangs a unit, with all below it, below another one of its society. Whoever had rights in it from above the old
// place loses them, whoever has rights above the new place gets them.
func (s *Store) MoveUnit(ctx context.Context, a access.Actor, id, parentID string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		u, err := unitFor(ctx, tx, a, id, access.PlaceUnit)
		if err != nil {
			return err
		}
		parents, err := access.UnitsByID(ctx, tx, parentID)
		if err != nil {
			return err
		}
		if len(parents) == 0 {
			return problem.Missing()
		}
		if err := access.Check(a, access.ManageUnit, access.SeeUnit, access.Case{Units: parents}); err != nil {
			return err
		}
		if err := fits(ctx, tx, u, parents[0]); err != nil || u.ParentID == parentID {
			return err
		}
		return move(ctx, tx, a.PersonID, u, parents[0])
	})
}

// fits: a tree stays one tree, and a society keeps to itself.
func fits(ctx context.Context, tx *database.Tx, u UnitFile, parent access.Unit) error {
	var c problem.Check
	c.That(parent.SocietyID == u.SocietyID, "parent", "organisations.problem.society")
	c.That(!slices.Contains(parent.Line, u.ID), "parent", "organisations.problem.below-itself")
	gone, err := exists(ctx, tx, `select count(*) from units where archived_at is not null and id in ($1, $2)`, u.ID, parent.ID)
	if err != nil {
		return err
	}
	c.That(!gone, "parent", "organisations.problem.archived")
	return c.Err()
}

func move(ctx context.Context, tx *database.Tx, by string, u UnitFile, parent access.Unit) error {
	_, err := tx.Exec(ctx, `update units set parent_id = $1, version = version + 1 where id = $2`, parent.ID, u.ID)
	if err != nil {
		return err
	}
	old := u.Case().Units[0].Line[1:]
	if err := rehang(ctx, tx, u.ID, parent.ID); err != nil {
		return err
	}
	if err := rightsMoved(ctx, tx, old, parent.Line); err != nil {
		return err
	}
	return audit.Record(ctx, tx, by, "move unit", "unit:"+u.ID, audit.Details{"from": u.ParentID, "to": parent.ID})
}

// rehang rewrites what is above a unit and above all that is below it.
func rehang(ctx context.Context, tx *database.Tx, id, parentID string) error {
	_, err := tx.Exec(ctx, `delete from unit_ancestors where unit_id in (select unit_id from unit_ancestors where ancestor_id = $1)
		and ancestor_id in (select ancestor_id from unit_ancestors where unit_id = $1 and depth > 0)`, id)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into unit_ancestors (unit_id, ancestor_id, depth)
		select s.unit_id, p.ancestor_id, s.depth + p.depth + 1 from unit_ancestors s cross join unit_ancestors p
		where s.ancestor_id = $1 and p.unit_id = $2`, id, parentID)
	return err
}

// rightsMoved notes whose rights changed: the members of units that were above and are not any more, or the other way round.
func rightsMoved(ctx context.Context, tx *database.Tx, before, after []string) error {
	var args database.Args
	was, is := args.In(before), args.In(after)
	_, err := tx.Exec(ctx, `update people set rights = rights + 1 where id in (select m.person_id from memberships m where m.ended_at is null
		and (m.unit_id in `+was+` and m.unit_id not in `+is+` or m.unit_id in `+is+` and m.unit_id not in `+was+`))`, args...)
	return err
}
