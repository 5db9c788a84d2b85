package decision

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// OwnIn gives the decisions that a person recorded, a page at a time: after an ID, at most `limit`.
func (s *Store) OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select id, text_id from decisions where created_by_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}
