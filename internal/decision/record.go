package decision

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Draft is a decision before it has a number.
type Draft struct {
	PartnershipID string
	ConferenceID  string
	AgendaItemID  string
	Text          text.Draft // one sentence
	DecidedOn     string     // calendar day; its year is the year of the number
}

// RecordIn notes a decision down and gives its ID. It stays proposed until both societies have agreed to the minutes.
func (s *Store) RecordIn(ctx context.Context, tx *database.Tx, a access.Actor, d Draft) (string, error) {
	units, err := access.PartnershipUnits(ctx, tx, d.PartnershipID)
	if err != nil {
		return "", err
	}
	if err := access.Check(a, access.RecordOutcome, access.SeePartnership, access.Case{Units: units}); err != nil {
		return "", err
	}
	d.Text.Body = strings.Join(strings.Fields(d.Text.Body), " ")
	if err := d.check(); err != nil {
		return "", err
	}
	return record(ctx, tx, a, d)
}

// MaxLength of a decision in characters: a long sentence.
const MaxLength = 500

func (d Draft) check() error {
	var c problem.Check
	if c.That(len(text.Split(d.Text.Body)) > 0, "decision", "error.required") {
		c.That(utf8.RuneCountInString(d.Text.Body) <= MaxLength, "decision", "error.too-long", problem.Values{"Limit": MaxLength})
		d.Text.CheckBody(&c, "decision")
	}
	return c.Err()
}

func record(ctx context.Context, tx *database.Tx, a access.Actor, d Draft) (string, error) {
	day, err := time.Parse(time.DateOnly, d.DecidedOn)
	if err != nil {
		return "", err
	}
	number, err := next(ctx, tx, d.PartnershipID, day.Year())
	if err != nil {
		return "", err
	}
	textID, err := text.New(ctx, tx, d.Text, a.PersonID)
	if err != nil {
		return "", err
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, `insert into decisions (id, partnership_id, conference_id, agenda_item_id, year, number, text_id, state,
		decided_on, created_by_id, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		id, d.PartnershipID, orNull(d.ConferenceID), orNull(d.AgendaItemID), day.Year(), number, textID, string(Proposed),
		d.DecidedOn, a.PersonID, tx.Now)
	if err != nil {
		return "", err
	}
	return id, audit.Record(ctx, tx, a.PersonID, "record decision", "decision:"+id, audit.Details{"conference": d.ConferenceID})
}

// next is the number that follows the last one of the year. The partnership's row is taken first: whoever records at the
// same time waits, or runs again, and no number is given twice or left out.
func next(ctx context.Context, tx *database.Tx, partnershipID string, year int) (number int, err error) {
	if _, err := tx.Exec(ctx, `update partnerships set version = version where id = $1`, partnershipID); err != nil {
		return 0, err
	}
	err = tx.Row(ctx, `select coalesce(max(number), 0) + 1 from decisions where partnership_id = $1 and year = $2`,
		partnershipID, year).Scan(&number)
	return number, err
}

// EnforceIn puts the decisions of a conference in force: both societies have agreed to its minutes.
func (s *Store) EnforceIn(ctx context.Context, tx *database.Tx, conferenceID string) error {
	_, err := tx.Exec(ctx, `update decisions set state = $1, version = version + 1 where conference_id = $2 and state = $3`,
		string(InForce), conferenceID, string(Proposed))
	return err
}

func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}
