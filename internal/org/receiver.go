package org

import (
	"context"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Receiver is a person as a mail needs to know them.
type Receiver struct {
	PersonID string
	Name     text.Text
	Email    string
	Language locale.Language   // that mails are written in
	Reads    []locale.Language // best first
	Zone     *time.Location
}

// Receiver gives a person to the program itself: nobody is asking.
func (s *Store) Receiver(ctx context.Context, tx *database.Tx, personID string) (Receiver, error) {
	p := Receiver{PersonID: personID}
	var name, reads, zone string
	err := tx.Row(ctx, `select name_id, email, language, reads, zone from people where id = $1`, personID).
		Scan(&name, &p.Email, &p.Language, &reads, &zone)
	if database.IsNone(err) {
		return p, problem.Missing()
	}
	if err != nil {
		return p, err
	}
	p.Reads, p.Zone = locale.ParseList(reads), locale.Zone(zone)
	p.Name, err = text.One(ctx, tx, name)
	return p, err
}
