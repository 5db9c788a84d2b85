package action

import (
	"context"

	"example.org/tandem/internal/database"
)

// LeaveIn takes somebody who leaves Tandem off the parts that they have not finished: these are their unit's, without anybody
// by name. Finished ones still say by ID who did them.
func (s *Store) LeaveIn(ctx context.Context, tx *database.Tx, personID string) error {
	_, err := tx.Exec(ctx, `update action_parts set person_id = null, version = version + 1 where person_id = $1 and ended_at is null`, personID)
	return err
}
