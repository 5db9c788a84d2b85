package org

import (
	"context"
	"strings"
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
	Guest    bool   // has no account
	Refused  string // what their mail server said when it last refused the address; "": nothing
}

// Receiver gives a person to the program itself: nobody is asking.
func (s *Store) Receiver(ctx context.Context, tx *database.Tx, personID string) (Receiver, error) {
	p := Receiver{PersonID: personID}
	var name, reads, zone string
	err := tx.Row(ctx, `select name_id, email, language, reads, zone, guest, mail_refused from people where id = $1`, personID).
		Scan(&name, &p.Email, &p.Language, &reads, &zone, &p.Guest, &p.Refused)
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

// Addressed is somebody with an address, as a mail from there needs to know them.
type Addressed struct {
	PersonID string
	Reads    []locale.Language // what they write in first, then what they read
}

// WithAddressIn are those with an account whose address it is. Two people may share one.
func WithAddressIn(ctx context.Context, tx *database.Tx, address string) ([]Addressed, error) {
	return database.All(ctx, tx, func(row database.Scanner) (a Addressed, err error) {
		var writes, reads string
		err = row.Scan(&a.PersonID, &writes, &reads)
		a.Reads = append([]locale.Language{locale.Language(writes)}, locale.ParseList(reads)...)
		return a, err
	}, `select id, writes, reads from people where lower(email) = $1 and not guest and left_at is null order by id limit 10`, strings.ToLower(address))
}

// longestRefusal is how much of a mail server's words is kept.
const longestRefusal = 300

// Refused notes that a mail server does not know the address of somebody, in its own words; "" that it took a mail again.
func (s *Store) Refused(ctx context.Context, personID, words string) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `update people set mail_refused = $1 where id = $2 and left_at is null`, shortened(words), personID)
		return err
	})
}

// BouncedIn notes that a mail came back: to one of these people, if the address is theirs. It tells whether it is anybody's.
func BouncedIn(ctx context.Context, tx *database.Tx, people []string, address, words string) (known bool, err error) {
	for _, id := range people {
		n, err := tx.Exec(ctx, `update people set mail_refused = $1 where id = $2 and lower(email) = $3 and left_at is null`, shortened(words), id, address)
		if err != nil {
			return false, err
		}
		known = known || n > 0
	}
	return known, nil
}

func shortened(words string) string {
	letters := []rune(strings.ToValidUTF8(words, ""))
	return string(letters[:min(len(letters), longestRefusal)])
}
