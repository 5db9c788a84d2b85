// Package inbox reads the role mailbox: answers to invitations, progress notes, and reports about mails that did not arrive. Everything that comes
// in is taken once. What the program does not understand stays unread, for people.
package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/google/uuid"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/work"
)

// Desk takes what comes in.
type Desk struct {
	DB   *database.DB
	Work *work.Desk
	URL  *url.URL // of this Tandem: answers to another's invitations are not ours
	Back mail.Return
}

// Message is one in the mailbox.
type Message struct {
	Mailbox       string // user@host/folder
	Validity, UID uint32 // its place there (RFC 3501 §2.3.1.1)
	Raw           []byte
}

// Take does what a message asks for, in one transaction with the note that it has been read: it is never done twice, also when two
// programs read the mailbox or the server numbers its messages anew. Done tells that nobody need read it.
func (d *Desk) Take(ctx context.Context, m Message) (done bool, err error) {
	read, broken := reading(m.Raw)
	err = d.DB.Write(ctx, func(tx *database.Tx) error {
		done = false
		next, err := m.advance(ctx, tx)
		if err != nil || !next || broken {
			return err
		}
		fresh, err := tx.Exec(ctx, `insert into mail_taken (key, at) values ($1, $2) on conflict (key) do nothing`, key(read, m.Raw), tx.Now)
		if err != nil {
			return err
		}
		if done = fresh == 0; done {
			return nil
		}
		done, err = d.act(ctx, tx, read)
		return err
	})
	return done, err
}

// Pass leaves a message for people: it cannot be taken.
func (d *Desk) Pass(ctx context.Context, m Message) error {
	return d.DB.Write(ctx, func(tx *database.Tx) error {
		_, err := m.advance(ctx, tx)
		return err
	})
}

// reading reads a message from anybody. What breaks the reader is a message that cannot be read, and nothing worse.
func reading(raw []byte) (m mail.Returned, broken bool) {
	defer func() {
		if fault := recover(); fault != nil {
			broken = true
			debug.PrintStack()
		}
	}()
	m, err := mail.ReadReturned(raw)
	return m, err != nil
}

// key is the same for a message however often and wherever it is stored.
func key(read mail.Returned, raw []byte) string {
	sum := sha256.Sum256([]byte(read.ID + "\n" + read.From))
	if read.ID == "" {
		sum = sha256.Sum256(raw)
	}
	return hex.EncodeToString(sum[:])
}

// advance notes that the mailbox has been read up to a message, unless it was already.
func (m Message) advance(ctx context.Context, tx *database.Tx) (next bool, err error) {
	n, err := tx.Exec(ctx, `update mailboxes set last_uid = $1 where name = $2 and uid_validity = $3 and last_uid < $1`, int64(m.UID), m.Mailbox, int64(m.Validity))
	return n > 0, err
}

// act takes the first of a message's calendar files that is an answer to us; a report takes nothing else.
func (d *Desk) act(ctx context.Context, tx *database.Tx, m mail.Returned) (done bool, err error) {
	if m.Bounce != nil {
		return org.BouncedIn(ctx, tx, named(m.Bounce.About), m.Bounce.Receiver, m.Bounce.Words)
	}
	for _, ics := range m.Calendars {
		answer, err := calendar.ReadReply(ics)
		id, ours := d.conference(answer.UID)
		if err != nil || !ours || m.From == "" {
			continue
		}
		err = d.Work.AnswerByMailIn(ctx, tx, id, work.MailedAnswer{Answered: answer, From: m.From, Unproven: m.Unproven})
		if problem.Is(err, problem.NotFound) {
			continue
		}
		return err == nil, err
	}
	return d.note(ctx, tx, m)
}

// note takes a progress note that somebody sent in. One that is refused is left for people: its author has nobody else to hear it.
func (d *Desk) note(ctx context.Context, tx *database.Tx, m mail.Returned) (done bool, err error) {
	mark, is := mail.ReadMark(m.Subject)
	if !is || m.From == "" || m.Unproven || m.Automatic {
		return false, nil
	}
	err = d.Work.NoteByMailIn(ctx, tx, work.MailedNote{ActionID: mark.ID, From: m.From, Body: mail.Said(m.Text),
		Made: func(personID string) bool { return d.Back.Made(mark, personID) }})
	if _, refused := problem.As(err); refused {
		return false, nil
	}
	return err == nil, err
}

// conference is whose entry a UID names, if it is one of ours.
func (d *Desk) conference(uid string) (id string, ours bool) {
	id, host, _ := strings.Cut(uid, "@")
	_, err := uuid.Parse(id)
	return id, err == nil && strings.EqualFold(host, d.URL.Hostname())
}

// named are the IDs in that of a mail: one of them is the receiver's.
func named(mailID string) (ids []string) {
	for _, part := range strings.Split(mailID, ".") {
		if _, err := uuid.Parse(part); err == nil && len(ids) < 4 {
			ids = append(ids, part)
		}
	}
	return ids
}

// keep is how long it is remembered that a message was taken, and how far back a mailbox is read that is new to us.
const keep = 30 * 24 * time.Hour

// place is how far a mailbox has been read. One that is new, or whose server numbers its messages anew, is read from the start.
func (d *Desk) place(ctx context.Context, name string, validity uint32) (last uint32, err error) {
	err = d.DB.Write(ctx, func(tx *database.Tx) error {
		if _, err := tx.Exec(ctx, `delete from mail_taken where at < $1`, tx.Now.Add(-2*keep)); err != nil {
			return err
		}
		if err := d.Work.Conferences.ForgetRepliesIn(ctx, tx, ""); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into mailboxes (name, uid_validity, last_uid) values ($1, $2, 0)
			on conflict (name) do update set uid_validity = $2, last_uid = 0 where mailboxes.uid_validity <> $2`, name, int64(validity))
		if err != nil {
			return err
		}
		var uid int64
		err = tx.Row(ctx, `select last_uid from mailboxes where name = $1`, name).Scan(&uid)
		last = uint32(uid)
		return err
	})
	return last, err
}

// went keeps how the last reading went; nil: to its end.
func (d *Desk) went(ctx context.Context, name string, failure error) error {
	return d.DB.Write(ctx, func(tx *database.Tx) error {
		if failure == nil {
			_, err := tx.Exec(ctx, `update mailboxes set read_at = $1, failure = '', failed_at = null where name = $2`, tx.Now, name)
			return err
		}
		words := strings.ToValidUTF8(fmt.Sprint(failure), "")
		_, err := tx.Exec(ctx, `insert into mailboxes (name, uid_validity, last_uid, failure, failed_at) values ($1, 0, 0, $2, $3)
			on conflict (name) do update set failure = $2, failed_at = $3`, name, words[:min(len(words), 300)], tx.Now)
		return err
	})
}

// Status is how a mailbox was read last. The zero value: there is none to read.
type Status struct {
	Name     string
	ReadAt   time.Time // to its end; zero: never
	Failure  string    // why it could not be read since, in the server's words; "": it could
	FailedAt time.Time
}

// Status is for site administrators.
func (b *Box) Status(ctx context.Context) (s Status, err error) {
	if b == nil {
		return s, nil
	}
	s.Name = b.Name
	err = b.desk.DB.Read(ctx, func(tx *database.Tx) error {
		var read, failed *time.Time
		err := tx.Row(ctx, `select read_at, failure, failed_at from mailboxes where name = $1`, b.Name).Scan(&read, &s.Failure, &failed)
		if database.IsNone(err) {
			return nil
		}
		if read != nil {
			s.ReadAt = *read
		}
		if failed != nil {
			s.FailedAt = *failed
		}
		return err
	})
	return s, err
}
