// Package link makes the addresses that open something by themselves: an invitation, a guest's conference, a part of an
// action item, a calendar feed, the end of a kind of mail. All are one kind of token: 256 random bits, of which the database
// keeps a digest, with a purpose, an end, and a way to call it back.
//
// A page under such an address changes nothing when it is opened (mail scanners open links); its POST uses the token. It
// sends no Referer, and no log ever holds the address.
package link

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Purpose is what a link is for; a token of one purpose opens nothing of another.
type Purpose string

const (
	Invitation  Purpose = "invitation"  // to become a member of a unit; good once
	Guest       Purpose = "guest"       // to answer an invitation to a conference and read its agenda
	Action      Purpose = "action"      // to report on a part of an action item
	Feed        Purpose = "feed"        // a personal calendar to subscribe to
	Unsubscribe Purpose = "unsubscribe" // to stop a kind of mail
)

// Purposes are all of them.
var Purposes = []Purpose{Invitation, Guest, Action, Feed, Unsubscribe}

// tokenLength is that of every token; anything else in an address is not ours and not worth a query.
const tokenLength = 43

// Link is what a token opens.
type Link struct {
	ID       string
	Purpose  Purpose
	Subject  string    // an ID, or an ID and a word
	PersonID string    // whose it is; "" of somebody whom nobody knows yet
	EndsAt   time.Time // zero: when it is revoked
}

// MakeIn makes a link and gives its token, which is in no other place from then on.
func MakeIn(ctx context.Context, tx *database.Tx, l Link) (token string, err error) {
	bytes := make([]byte, 32)
	rand.Read(bytes) // never fails: the program would rather end
	token = base64.RawURLEncoding.EncodeToString(bytes)
	_, err = tx.Exec(ctx, `insert into links (id, token_hash, purpose, subject, person_id, created_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		database.NewID(), digest(token), string(l.Purpose), l.Subject, orNull(l.PersonID), tx.Now, end(l.EndsAt))
	return token, err
}

// FindIn is what a token opens now. One that is unknown, of another purpose, used up, revoked or at its end is not found:
// whoever tries tokens learns nothing.
func FindIn(ctx context.Context, tx *database.Tx, purpose Purpose, token string) (Link, error) {
	l := Link{Purpose: purpose}
	if len(token) != tokenLength {
		return l, problem.Missing()
	}
	var person *string
	var ends *time.Time
	err := tx.Row(ctx, `select id, subject, person_id, ends_at from links where token_hash = $1 and purpose = $2
		and used_at is null and revoked_at is null and (ends_at is null or ends_at > $3)`, digest(token), string(purpose), tx.Now).
		Scan(&l.ID, &l.Subject, &person, &ends)
	if database.IsNone(err) {
		return l, problem.Missing()
	}
	if person != nil {
		l.PersonID = *person
	}
	if ends != nil {
		l.EndsAt = *ends
	}
	return l, err
}

// ReplacedIn is what a token opened that was called back before its end; whoever tries tokens learns nothing here either.
func ReplacedIn(ctx context.Context, tx *database.Tx, purpose Purpose, token string) (Link, error) {
	l := Link{Purpose: purpose}
	if len(token) != tokenLength {
		return l, problem.Missing()
	}
	err := tx.Row(ctx, `select id, subject from links where token_hash = $1 and purpose = $2 and revoked_at is not null
		and (ends_at is null or ends_at > $3)`, digest(token), string(purpose), tx.Now).Scan(&l.ID, &l.Subject)
	if database.IsNone(err) {
		return l, problem.Missing()
	}
	return l, err
}

// UseIn takes a link that is good once: of two who come at the same time, one gets it.
func UseIn(ctx context.Context, tx *database.Tx, purpose Purpose, token string) (Link, error) {
	l, err := FindIn(ctx, tx, purpose, token)
	if err != nil {
		return l, err
	}
	n, err := tx.Exec(ctx, `update links set used_at = $1 where id = $2 and used_at is null and revoked_at is null`, tx.Now, l.ID)
	if err == nil && n == 0 {
		err = problem.Missing()
	}
	return l, err
}

// RevokeIn calls back all links of a purpose to one subject.
func RevokeIn(ctx context.Context, tx *database.Tx, purpose Purpose, subject string) error {
	_, err := tx.Exec(ctx, `update links set revoked_at = $1 where purpose = $2 and subject = $3 and used_at is null and revoked_at is null`,
		tx.Now, string(purpose), subject)
	return err
}

// SinceIn is when the newest link of a purpose to one subject was made that is still good; zero: there is none.
func SinceIn(ctx context.Context, tx *database.Tx, purpose Purpose, subject string) (at time.Time, err error) {
	err = tx.Row(ctx, `select created_at from links where purpose = $1 and subject = $2 and used_at is null and revoked_at is null
		and (ends_at is null or ends_at > $3) order by created_at desc limit 1`, string(purpose), subject, tx.Now).Scan(&at)
	if database.IsNone(err) {
		return time.Time{}, nil
	}
	return at, err
}

// StillIn tells whether a link that was opened before, by its ID, is still good; else it is not found.
func StillIn(ctx context.Context, tx *database.Tx, id string) error {
	var n int
	err := tx.Row(ctx, `select count(*) from links where id = $1 and used_at is null and revoked_at is null and (ends_at is null or ends_at > $2)`,
		id, tx.Now).Scan(&n)
	if err == nil && n == 0 {
		err = problem.Missing()
	}
	return err
}

// ReplaceIn calls back all links of a purpose to one subject but the one with this token, once that has reached its receiver.
func ReplaceIn(ctx context.Context, tx *database.Tx, purpose Purpose, subject, token string) error {
	_, err := tx.Exec(ctx, `update links set revoked_at = $1 where purpose = $2 and subject = $3 and token_hash <> $4
		and used_at is null and revoked_at is null`, tx.Now, string(purpose), subject, digest(token))
	return err
}

// RevokeOfIn calls back all links of one person, who leaves.
func RevokeOfIn(ctx context.Context, tx *database.Tx, personID string) error {
	_, err := tx.Exec(ctx, `update links set revoked_at = $1 where person_id = $2 and used_at is null and revoked_at is null`, tx.Now, personID)
	return err
}

// SweepIn takes away the links of a purpose to one subject that are at their end.
func SweepIn(ctx context.Context, tx *database.Tx, purpose Purpose, subject string) error {
	_, err := tx.Exec(ctx, `delete from links where purpose = $1 and subject = $2 and ends_at <= $3`, string(purpose), subject, tx.Now)
	return err
}

// digest is what the database keeps of a token: whoever reads a row cannot use it.
func digest(token string) string {
	hash := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func end(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
