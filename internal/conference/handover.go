package conference

import (
	"context"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/text"
)

// ahead are the conferences still to come in partnerships that a unit, or one below it, takes part in.
const ahead = `(over_at is null or over_at > $3) and state <> 'cancelled' and partnership_id in (select partnership_id from partnership_units
	where unit_id in (select unit_id from unit_ancestors where ancestor_id = $2))`

// DutiesIn are those of them that somebody moderates, takes the minutes of or presents something at, the next first.
func (s *Store) DutiesIn(ctx context.Context, tx *database.Tx, personID, unitID string, limit int) ([]text.Named, error) {
	return text.NamedIn(ctx, tx, `select id, title_id from conferences where `+ahead+` and (moderator_id = $1 or minute_taker_id = $1
		or id in (select conference_id from agenda_items where presenter_id = $1)) order by starts_at, id limit $4`, personID, unitID, tx.Now, limit)
}

// HandOverIn puts somebody else in their place there; nobody where `to` is empty.
func (s *Store) HandOverIn(ctx context.Context, tx *database.Tx, personID, unitID, to string) error {
	var heir *string
	if to != "" {
		heir = &to
	}
	for _, statement := range []string{
		`update conferences set moderator_id = $4, version = version + 1 where moderator_id = $1 and ` + ahead,
		`update conferences set minute_taker_id = $4, version = version + 1 where minute_taker_id = $1 and ` + ahead,
		`update agenda_items set presenter_id = $4, version = version + 1 where presenter_id = $1 and conference_id in (select id from conferences where ` + ahead + `)`,
	} {
		if _, err := tx.Exec(ctx, statement, personID, unitID, tx.Now, heir); err != nil {
			return err
		}
	}
	return nil
}
