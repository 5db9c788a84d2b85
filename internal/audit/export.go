package audit

import (
	"context"
	"encoding/json"
	"time"

	"example.org/tandem/internal/database"
)

// Own is an entry that somebody made, or that is about them, as their export tells it.
type Own struct {
	ID      string          `json:"entry"`
	At      time.Time       `json:"at"`
	ByYou   bool            `json:"byYou"`
	Deed    string          `json:"deed"`
	Subject string          `json:"subject"`
	Details json.RawMessage `json:"details"`
}

// Key says where the next page begins.
func (o Own) Key() string { return o.ID }

// OwnIn gives the entries by or about a person, a page at a time: after an ID, at most `limit`. Who else did something to them
// stays unsaid: that is somebody else's data.
func OwnIn(ctx context.Context, tx *database.Tx, personID, after string, limit int) ([]Own, error) {
	return database.All(ctx, tx, func(row database.Scanner) (o Own, err error) {
		var by *string
		var details string
		err = row.Scan(&o.ID, &o.At, &by, &o.Deed, &o.Subject, &details)
		o.ByYou, o.Details = by != nil && *by == personID, json.RawMessage(details)
		return o, err
	}, `select id, at, person_id, deed, subject, details from audit
		where (person_id = $1 or subject = $2) and id > $3 order by id limit $4`, personID, "person:"+personID, after, limit)
}
