package action

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// LeaveIn takes somebody who leaves Tandem off the parts that they have not finished: these are their unit's, without anybody
// by name. Finished ones still say by ID who did them.
func (s *Store) LeaveIn(ctx context.Context, tx *database.Tx, personID string) error {
	_, err := tx.Exec(ctx, `update action_parts set person_id = null, version = version + 1 where person_id = $1 and ended_at is null`, personID)
	return err
}

// AllDutiesIn are the action items with a part that a person is responsible for and has not finished, in whatever unit, the most
// urgent first.
func (s *Store) AllDutiesIn(ctx context.Context, tx *database.Tx, personID string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select a.id, a.title_id from actions a where a.id in (select action_id from action_parts where person_id = $1 and ended_at is null)
		order by a.due_on, a.id limit $2`, personID, limit)
}
