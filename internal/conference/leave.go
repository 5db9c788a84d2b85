package conference

import (
	"context"

	"example.org/tandem/internal/database"
)

// LeaveIn takes somebody who leaves Tandem out of all that is still to come: lists of participants, answers to polls, who leads
// and who presents. What has been held stays as it was.
func (s *Store) LeaveIn(ctx context.Context, tx *database.Tx, personID string) error {
	const ahead = ` (select id from conferences where (over_at is null or over_at > $2) and state <> 'cancelled')`
	for _, statement := range []string{
		`update conferences set moderator_id = null, version = version + 1 where moderator_id = $1 and id in` + ahead,
		`update conferences set minute_taker_id = null, version = version + 1 where minute_taker_id = $1 and id in` + ahead,
		`update agenda_items set presenter_id = null, version = version + 1 where presenter_id = $1 and conference_id in` + ahead,
		`delete from slot_answers where person_id = $1 and slot_id in (select id from slots where conference_id in` + ahead + `)`,
		`delete from participants where person_id = $1 and conference_id in` + ahead,
	} {
		if _, err := tx.Exec(ctx, statement, personID, tx.Now); err != nil {
			return err
		}
	}
	return nil
}
