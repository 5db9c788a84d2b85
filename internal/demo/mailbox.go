package demo

import (
	"context"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/problem"
)

// Mailbox takes every mail of the demo as a mail server would and keeps it whole, as it would have gone over the wire.
type Mailbox struct {
	db   *database.DB
	from string
}

// Letter is one mail that was sent.
type Letter struct {
	ID, Receiver, Subject string
	Language              locale.Language // of the receiver
	SentAt                time.Time       // demo time
	Message               mail.Message
}

// Send keeps a mail. The same message sent twice is one mail.
func (m *Mailbox) Send(ctx context.Context, message mail.Message) error {
	raw, err := mail.Compose(message, m.from)
	if err != nil {
		return err
	}
	return m.db.Write(ctx, func(tx *database.Tx) error {
		_, err := tx.Exec(ctx, `insert into demo_mails (id, receiver, subject, language, message, sent_at) values ($1, $2, $3, $4, $5, $6)
			on conflict (id) do nothing`, message.ID, message.To, message.Subject, string(message.Language), string(raw), tx.Now)
		return err
	})
}

// mostLetters is how many the mailbox shows; older ones are kept.
const mostLetters = 200

// List gives the newest mails, of one receiver or of all.
func (m *Mailbox) List(ctx context.Context, receiver string) (letters []Letter, err error) {
	err = m.db.Read(ctx, func(tx *database.Tx) error {
		letters, err = database.All(ctx, tx, func(row database.Scanner) (l Letter, err error) {
			return l, row.Scan(&l.ID, &l.Receiver, &l.Subject, &l.Language, &l.SentAt)
		}, `select id, receiver, subject, language, sent_at from demo_mails where $1 = '' or receiver = $1
			order by sent_at desc, id desc limit $2`, receiver, mostLetters)
		return err
	})
	return letters, err
}

// Receivers are all who have got a mail.
func (m *Mailbox) Receivers(ctx context.Context) (receivers []string, err error) {
	err = m.db.Read(ctx, func(tx *database.Tx) error {
		receivers, err = database.Strings(ctx, tx, `select distinct receiver from demo_mails order by receiver limit $1`, mostLetters)
		return err
	})
	return receivers, err
}

// Open reads one mail.
func (m *Mailbox) Open(ctx context.Context, id string) (l Letter, err error) {
	var raw string
	err = m.db.Read(ctx, func(tx *database.Tx) error {
		err := tx.Row(ctx, `select id, receiver, subject, sent_at, message from demo_mails where id = $1`, id).
			Scan(&l.ID, &l.Receiver, &l.Subject, &l.SentAt, &raw)
		if database.IsNone(err) {
			return problem.Missing()
		}
		return err
	})
	if err != nil {
		return l, err
	}
	l.Message, err = mail.Parse([]byte(raw))
	return l, err
}
