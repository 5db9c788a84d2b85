package conference

import (
	"context"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
)

// HoldIn gives a conference to somebody who may do this deed, and takes its row: what others do to it at the same time
// comes before or after. For what belongs to a conference and is kept elsewhere: decisions, actions, agreements.
func (s *Store) HoldIn(ctx context.Context, tx *database.Tx, a access.Actor, d access.Deed, id string) (Conference, error) {
	if _, err := tx.Exec(ctx, `update conferences set version = version where id = $1`, id); err != nil {
		return Conference{}, err
	}
	return s.findFor(ctx, tx, a, d, id)
}
