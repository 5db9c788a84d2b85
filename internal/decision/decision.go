// Package decision keeps what two societies have decided together: one sentence each, numbered per partnership and year,
// in force once both have agreed to the minutes that it stands in.
package decision

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// State is where a decision stands.
type State string

const (
	Proposed  State = "proposed" // noted down; the minutes are not agreed yet
	InForce   State = "in force"
	Replaced  State = "replaced" // by another decision
	Withdrawn State = "withdrawn"
	Expired   State = "expired"
)

// Decision is one of them. DecidedOn is the day of the conference, in the zone of the conference.
type Decision struct {
	ID            string
	PartnershipID string
	ConferenceID  string
	AgendaItemID  string
	Year, Number  int
	Text          text.Text
	State         State
	DecidedOn     string
	CreatedByID   string
	CreatedAt     time.Time
	Version       int
}

// Label is how people refer to a decision: 2020/003.
func (d Decision) Label() string { return fmt.Sprintf("%d/%03d", d.Year, d.Number) }

// Store keeps decisions.
type Store struct{ db *database.DB }

// New gives a store on a database that is migrated.
func New(db *database.DB) *Store { return &Store{db} }

// Find gives one decision that the actor may see.
func (s *Store) Find(ctx context.Context, a access.Actor, id string) (d Decision, err error) {
	err = s.db.Read(ctx, func(tx *database.Tx) error {
		var args database.Args
		list, err := load(ctx, tx, `where id = `+args.Add(id)+` and `+access.SeesSQL(a, "partnership_id", &args), args)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return problem.Missing()
		}
		d = list[0]
		return nil
	})
	return d, err
}

const columns = `select id, partnership_id, conference_id, agenda_item_id, year, number, text_id, state, decided_on,
	created_by_id, created_at, version from decisions `

// load reads decisions with their texts: two statements, however many.
func load(ctx context.Context, tx *database.Tx, where string, args []any) ([]Decision, error) {
	var texts text.Batch
	list, err := loadWith(ctx, tx, &texts, where, args)
	if err != nil {
		return nil, err
	}
	return list, texts.Load(ctx, tx)
}

// loadWith leaves the texts to a batch.
func loadWith(ctx context.Context, tx *database.Tx, texts *text.Batch, where string, args []any) ([]Decision, error) {
	list, err := database.All(ctx, tx, read, columns+where, args...)
	for i := range list {
		texts.Want(list[i].Text.ID, &list[i].Text)
	}
	return list, err
}

func read(row database.Scanner) (d Decision, err error) {
	var conference, item sql.NullString
	err = row.Scan(&d.ID, &d.PartnershipID, &conference, &item, &d.Year, &d.Number, &d.Text.ID, &d.State, &d.DecidedOn,
		&d.CreatedByID, &d.CreatedAt, &d.Version)
	d.ConferenceID, d.AgendaItemID = conference.String, item.String
	return d, err
}
