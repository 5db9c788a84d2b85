// Package minutes keeps the minutes of conferences: which society has agreed to what, and, once both have, a frozen copy
// in all languages that nothing rewrites any more.
package minutes

import (
	"context"
	"encoding/json"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
)

// Store keeps agreements and frozen minutes.
type Store struct{ db *database.DB }

// New gives a store on a database that is migrated.
func New(db *database.DB) *Store { return &Store{db} }

// FreezeIn keeps minutes for good. A second time is an error: the first copy is the one that was agreed to.
func (s *Store) FreezeIn(ctx context.Context, tx *database.Tx, r Record) error {
	snapshot, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into minutes (conference_id, snapshot, frozen_at) values ($1, $2, $3)`,
		r.ConferenceID, string(snapshot), tx.Now)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, "", "freeze minutes", "conference:"+r.ConferenceID, nil)
}

// FrozenIn gives the frozen minutes of a conference, if there are any. Nobody is asked: whoever may see the conference may
// read them.
func (s *Store) FrozenIn(ctx context.Context, tx *database.Tx, conferenceID string) (r Record, frozen bool, err error) {
	var snapshot string
	err = tx.Row(ctx, `select snapshot from minutes where conference_id = $1`, conferenceID).Scan(&snapshot)
	if database.IsNone(err) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	return r, true, json.Unmarshal([]byte(snapshot), &r)
}

// Frozen is FrozenIn for a mail or a page by itself.
func (s *Store) Frozen(ctx context.Context, conferenceID string) (r Record, frozen bool, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		r, frozen, err = s.FrozenIn(ctx, tx, conferenceID)
		return err
	})
	return r, frozen, err
}
