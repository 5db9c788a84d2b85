// Package audit keeps the append-only log of who did what. An entry is written in the same transaction as the change it
// tells of, so there is never one without the other. It holds IDs and states, never names or texts: deleting a person
// leaves "former participant".
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"example.org/tandem/internal/database"
)

// Details are IDs and states that say more about a deed.
type Details map[string]string

// Record writes one entry. The person is empty where the program itself acted. The subject is "kind:ID". The deed is one of Deeds,
// the kind one of Kinds: anything else is a mistake in the program, and nothing of the transaction stays.
func Record(ctx context.Context, tx *database.Tx, personID, deed, subject string, details Details) error {
	if kind, _, _ := strings.Cut(subject, ":"); !isDeed(deed) || !isKind(kind) {
		return fmt.Errorf("audit: the log does not know %q of %q", deed, subject)
	}
	if details == nil {
		details = Details{}
	}
	text, err := json.Marshal(details)
	if err != nil {
		return err
	}
	var person *string
	if personID != "" {
		person = &personID
	}
	_, err = tx.Exec(ctx, `insert into audit (id, at, person_id, deed, subject, details) values ($1, $2, $3, $4, $5, $6)`,
		database.NewID(), tx.Now, person, deed, subject, string(text))
	return err
}
