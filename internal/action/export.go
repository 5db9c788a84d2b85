package action

import (
	"context"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// OwnPart is a part of an action item that a person is responsible for, as their export tells it.
type OwnPart struct {
	ID       string     `json:"part"`
	ActionID string     `json:"action"`
	TitleID  string     `json:"-"`
	Title    string     `json:"title"`
	UnitID   string     `json:"unit"`
	State    State      `json:"state"`
	DueOn    string     `json:"dueOn"`
	EndedAt  *time.Time `json:"endedAt"`
}

// Key says where the next page begins.
func (o OwnPart) Key() string { return o.ID }

// OwnPartsIn gives the parts that a person is responsible for, a page at a time, without titles.
func (s *Store) OwnPartsIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnPart, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnPart, err error) {
		return o, row.Scan(&o.ID, &o.ActionID, &o.TitleID, &o.UnitID, &o.State, &o.DueOn, &o.EndedAt)
	}, `select p.id, p.action_id, a.title_id, p.unit_id, p.state, p.due_on, p.ended_at from action_parts p join actions a on a.id = p.action_id
		where p.person_id = $1 and p.id > $2 order by p.id limit $3`, personID, after, limit)
}

// OwnNote is a progress note that a person wrote; its words are among their texts.
type OwnNote struct {
	ID       string    `json:"note"`
	ActionID string    `json:"action"`
	TextID   string    `json:"text"`
	At       time.Time `json:"at"`
}

// Key says where the next page begins.
func (o OwnNote) Key() string { return o.ID }

// OwnNotesIn gives the progress notes of a person, a page at a time.
func (s *Store) OwnNotesIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]OwnNote, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o OwnNote, err error) {
		return o, row.Scan(&o.ID, &o.ActionID, &o.TextID, &o.At)
	}, `select id, action_id, text_id, at from action_notes where person_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}

// OwnIn gives the action items that a person recorded, a page at a time.
func (s *Store) OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select id, title_id from actions where created_by_id = $1 and id > $2 order by id limit $3`, personID, after, limit)
}
