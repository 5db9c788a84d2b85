package org

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// ActorIn is a person who is not signed in and is meant all the same: by a link of their own. It can do what their memberships
// allow now; whoever has left can do nothing and is not found.
func ActorIn(ctx context.Context, tx *database.Tx, personID string) (a access.Actor, err error) {
	a.PersonID = personID
	there, err := exists(ctx, tx, `select count(*) from people where id = $1 and left_at is null`, personID)
	if err != nil {
		return a, err
	}
	if !there {
		return a, problem.Missing()
	}
	a.Memberships, err = database.All(ctx, tx, func(row database.Scanner) (m access.Membership, err error) {
		return m, row.Scan(&m.UnitID, &m.SocietyID, &m.Role)
	}, `select m.unit_id, u.society_id, m.role from memberships m join units u on u.id = m.unit_id
		where m.person_id = $1 and m.ended_at is null order by m.id limit 100`, personID)
	return a, err
}
