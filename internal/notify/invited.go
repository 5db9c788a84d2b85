package notify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	letters "example.org/tandem/templates/mail"
)

// invited writes to somebody who is invited and whom nobody knows yet, so there is nothing to stop. The link is made here, because
// only the mail may hold it: a second try makes another one, and the one before opens nothing more.
func (d *Desk) invited(ctx context.Context, subject string) error {
	var i org.Invitation
	var token string
	var at time.Time
	err := d.DB.Write(ctx, func(tx *database.Tx) (err error) {
		if i, err = d.Org.InvitationIn(ctx, tx, subject); err != nil {
			return err
		}
		at = tx.Now
		token, err = d.Org.LinkIn(ctx, tx, i)
		return err
	})
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(fmt.Errorf("nothing to write about any more: %w", err))
	}
	if err != nil || i.Email == "" {
		return err
	}
	r := d.Catalog.Reader(i.Language, locale.Zone(i.Zone), at)
	letter := letters.Invited(r, i, strings.TrimSuffix(d.URL.String(), "/")+"/invitations/"+token)
	html, err := letter.HTML()
	if err != nil {
		return jobs.Permanent(err)
	}
	return d.Mail.Send(ctx, mail.Message{ID: org.InvitedMail + "." + i.ID + "." + i.InvitedAt.UTC().Format("20060102T150405"), Date: at, To: i.Email,
		ToName: i.Name.Line(r.Reads).Body, Language: i.Language, Subject: mail.Subject(letter.Subject), Text: letter.Text(), HTML: html})
}
