package lesson

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// OwnIn gives the lessons that a person began, a page at a time: after an ID, at most `limit`.
func (s *Store) OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select id, title_id from lessons where created_by_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}
