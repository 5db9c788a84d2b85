package action

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// theirs are the unfinished parts that a person is responsible for, of a unit and those below it.
const theirs = `person_id = $1 and ended_at is null and unit_id in (select unit_id from unit_ancestors where ancestor_id = $2)`

// DutiesIn are the action items with such a part, the most urgent first.
func (s *Store) DutiesIn(ctx context.Context, tx *database.Tx, personID, unitID string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select a.id, a.title_id from actions a where a.id in (select action_id from action_parts where `+theirs+`)
		order by a.due_on, a.id limit $3`, personID, unitID, limit)
}

// HandOverIn makes somebody else responsible for those parts; nobody by name where `to` is empty.
func (s *Store) HandOverIn(ctx context.Context, tx *database.Tx, personID, unitID, to string) error {
	var heir *string
	if to != "" {
		heir = &to
	}
	_, err := tx.Exec(ctx, `update action_parts set person_id = $3, version = version + 1 where `+theirs, personID, unitID, heir)
	return err
}
