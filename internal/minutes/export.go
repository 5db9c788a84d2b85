package minutes

import (
	"context"
	"time"

	"example.org/tandem/internal/database"
)

// OwnAgreement is an agreement to minutes that a person gave for their society, as their export tells it.
type OwnAgreement struct {
	ID           string     `json:"agreement"`
	ConferenceID string     `json:"conference"`
	SocietyID    string     `json:"society"`
	At           time.Time  `json:"at"`
	VoidedAt     *time.Time `json:"voidedAt"`
}

// Key says where the next page begins.
func (o OwnAgreement) Key() string { return o.ID }

// OwnIn gives the agreements that a person gave, a page at a time: after an ID, at most `limit`.
func (s *Store) OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnAgreement, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnAgreement, err error) {
		return o, row.Scan(&o.ID, &o.ConferenceID, &o.SocietyID, &o.At, &o.VoidedAt)
	}, `select id, conference_id, society_id, at, voided_at from minutes_agreements
		where person_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}
