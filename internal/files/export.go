package files

import (
	"context"
	"time"

	"example.org/tandem/internal/database"
)

// Own is a file that a person added, as their export tells it.
type Own struct {
	ID   string    `json:"file"`
	Name string    `json:"name"`
	Type string    `json:"type"`
	Size int64     `json:"bytes"`
	At   time.Time `json:"at"`
}

// Key says where the next page begins.
func (o Own) Key() string { return o.ID }

// OwnIn gives the files that a person added, a page at a time: after an ID, at most `limit`.
func (s *Store) OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]Own, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o Own, err error) {
		return o, row.Scan(&o.ID, &o.Name, &o.Type, &o.Size, &o.At)
	}, `select id, name, media_type, size, created_at from files where created_by_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}
