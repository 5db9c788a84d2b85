package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// JoinIn makes a person a member of a unit, in a role that holds in the units below it too. Nobody is in one unit twice.
func (s *Store) JoinIn(ctx context.Context, tx *database.Tx, by, personID, unitID string, role access.Role) (string, error) {
	if role != access.Staff && role != access.Coordinator && role != access.Administrator {
		var c problem.Check
		c.Add("role", "error.choice")
		return "", c.Err()
	}
	if err := AtWorkIn(ctx, tx, unitID); err != nil {
		return "", err
	}
	already, err := exists(ctx, tx, `select count(*) from memberships where person_id = $1 and unit_id = $2 and ended_at is null`,
		personID, unitID)
	if err != nil {
		return "", err
	}
	if already {
		return "", problem.Refuse("people.problem.already")
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, `insert into memberships (id, person_id, unit_id, role, since_at) values ($1, $2, $3, $4, $5)`,
		id, personID, unitID, string(role), tx.Now)
	if err == nil {
		err = moveRights(ctx, tx, personID)
	}
	if err != nil {
		return "", err
	}
	return id, audit.Record(ctx, tx, by, "join unit", "membership:"+id,
		audit.Details{"person": personID, "unit": unitID, "role": string(role)})
}

// EndMembershipIn ends a membership now, and with it every right that came from it. The row stays: what the person did in
// that role remains told.
func (s *Store) EndMembershipIn(ctx context.Context, tx *database.Tx, by, membershipID string) error {
	var person string
	err := tx.Row(ctx, `update memberships set ended_at = $1 where id = $2 and ended_at is null returning person_id`, tx.Now, membershipID).Scan(&person)
	if database.IsNone(err) {
		return problem.Missing()
	}
	if err == nil {
		err = moveRights(ctx, tx, person)
	}
	if err == nil {
		err = dropStandIns(ctx, tx, person)
	}
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, by, "end membership", "membership:"+membershipID, nil)
}

// changeRoleIn gives a member another role.
func (s *Store) changeRoleIn(ctx context.Context, tx *database.Tx, by, membershipID, personID string, role access.Role) error {
	_, err := tx.Exec(ctx, `update memberships set role = $1 where id = $2 and ended_at is null`, string(role), membershipID)
	if err == nil {
		err = moveRights(ctx, tx, personID)
	}
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, by, "change role", "membership:"+membershipID, audit.Details{"person": personID, "role": string(role)})
}

// moveRights notes that somebody's rights are others now: their sessions get new tokens.
func moveRights(ctx context.Context, tx *database.Tx, personID string) error {
	_, err := tx.Exec(ctx, `update people set rights = rights + 1 where id = $1`, personID)
	return err
}
