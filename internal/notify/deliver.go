package notify

import (
	"context"
	"errors"
	"strings"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/org"
	letters "example.org/tandem/templates/mail"
)

// stopLife is how long the link works that stops a kind of mail; after that people sign in to do it.
const stopLife = 365 * 24 * time.Hour

// deliver puts a letter into a mail and sends it, unless its receiver wants to hear of this kind later, or not at all, or has left.
// It is the one place that asks. The mail's ID begins with the kind of the job and what it is about. Every such mail says how to stop its kind, with a link that works signed out (RFC 2369, RFC 8058).
func (d *Desk) deliver(ctx context.Context, kind org.MailKind, to org.Receiver, l letters.Letter, m mail.Message) error {
	token, wanted, err := d.stopToken(ctx, kind, to, m.ID)
	if err != nil || !wanted {
		return err
	}
	m.ListUnsubscribe = strings.TrimSuffix(d.URL.String(), "/") + "/unsubscribe/" + token
	l.Stop = letters.Link{URL: m.ListUnsubscribe, Label: letters.StopLabel(l.Reader, kind)}
	if m.HTML, err = l.HTML(); err != nil {
		return jobs.Permanent(err)
	}
	m.To, m.ToName, m.Language = to.Email, to.Name.Line(l.Reader.Reads).Body, l.Reader.Language
	m.Subject, m.Text = mail.Subject(l.Subject), l.Text()
	return d.delivered(ctx, to, d.Mail.Send(ctx, m))
}

// delivered remembers an address that its server refuses, so that those who wait for an answer learn why there is none; and
// forgets that once a mail goes through.
func (d *Desk) delivered(ctx context.Context, to org.Receiver, err error) error {
	var refused *mail.Refused
	switch {
	case errors.As(err, &refused) && refused.Address && refused.Permanent():
		return errors.Join(err, d.Org.Refused(ctx, to.PersonID, refused.Words))
	case err == nil && to.Refused != "":
		return d.Org.Refused(ctx, to.PersonID, "")
	}
	return err
}

// later is what is told with the next mail of the day or of the week.
func later(kind org.MailKind, event string) org.Waits {
	parts := strings.SplitN(event, ".", 3)
	return org.Waits{Event: event, Kind: kind, Letter: parts[0], SubjectID: parts[1]}
}

// stopToken makes the token of the link, once the receiver turns out to want the mail now.
func (d *Desk) stopToken(ctx context.Context, kind org.MailKind, to org.Receiver, event string) (token string, wanted bool, err error) {
	if to.Email == "" {
		return "", false, nil
	}
	err = d.DB.Write(ctx, func(tx *database.Tx) error {
		choices, err := org.MailChoicesIn(ctx, tx, to.PersonID)
		if err != nil {
			return err
		}
		if how := choices.Of(kind); kind.Late() && (how == org.Daily || how == org.Weekly) {
			return org.WaitIn(ctx, tx, to.PersonID, later(kind, event))
		} else if wanted = how != org.Never; !wanted {
			return nil
		}
		subject := org.StopSubject(to.PersonID, kind)
		if err := link.SweepIn(ctx, tx, link.Unsubscribe, subject); err != nil {
			return err
		}
		token, err = link.MakeIn(ctx, tx, link.Link{Purpose: link.Unsubscribe, Subject: subject, PersonID: to.PersonID, EndsAt: tx.Now.Add(stopLife)})
		return err
	})
	return token, wanted, err
}
