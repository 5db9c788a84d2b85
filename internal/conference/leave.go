package conference

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// LeaveIn takes somebody who leaves Tandem out of all that is still to come: lists of participants, answers to polls, who leads
// and who presents. What has been held stays as it was.
func (s *Store) LeaveIn(ctx context.Context, tx *database.Tx, personID string) error {
	const ahead = ` (select id from conferences where (over_at is null or over_at > $2) and state <> 'cancelled')`
	for _, statement := range []string{
		`delete from counters where person_id = $1 and at <= $2`,
		`update conferences set moderator_id = null, version = version + 1 where moderator_id = $1 and id in` + ahead,
		`update conferences set minute_taker_id = null, version = version + 1 where minute_taker_id = $1 and id in` + ahead,
		`update agenda_items set presenter_id = null, version = version + 1 where presenter_id = $1 and conference_id in` + ahead,
		`delete from slot_answers where person_id = $1 and slot_id in (select id from slots where conference_id in` + ahead + `)`,
		`update participants set poll_note = '' where person_id = $1 and poll_note <> '' and conference_id not in` + ahead,
		`delete from held_mails where person_id = $1 and conference_id in` + ahead,
		`delete from participants where person_id = $1 and conference_id in` + ahead,
	} {
		if _, err := tx.Exec(ctx, statement, personID, tx.Now); err != nil {
			return err
		}
	}
	return nil
}

// AllDutiesIn are the conferences still to come that a person moderates, takes the minutes of or presents something at, the next
// first.
func (s *Store) AllDutiesIn(ctx context.Context, tx *database.Tx, personID string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select id, title_id from conferences where (over_at is null or over_at > $2) and state <> 'cancelled'
		and (moderator_id = $1 or minute_taker_id = $1 or id in (select conference_id from agenda_items where presenter_id = $1))
		order by starts_at, id limit $3`, personID, tx.Now, limit)
}
