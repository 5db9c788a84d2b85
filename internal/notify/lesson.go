package notify

import (
	"context"
	"fmt"
	"strings"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	letters "example.org/tandem/templates/mail"
)

// shared tells somebody of a lesson, as it reads when the mail is written.
func (d *Desk) shared(ctx context.Context, subject string) error {
	id := lesson.ParseLetter(subject)
	var m mail.Message
	err := d.DB.Read(ctx, func(tx *database.Tx) error {
		l, err := d.Lessons.GetIn(ctx, tx, id.LessonID)
		if err != nil {
			return err
		}
		to, err := d.Org.Receiver(ctx, tx, id.PersonID)
		if err != nil {
			return err
		}
		names, err := d.Org.NamesIn(ctx, tx, nil, []string{l.SocietyID})
		if err != nil {
			return err
		}
		r := d.Catalog.Reader(to.Language, to.Zone, tx.Now, to.Reads...)
		m, err = about(l, to, letters.Shared(r, l, names, strings.TrimSuffix(d.URL.String(), "/")))
		m.Date = tx.Now
		return err
	})
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(fmt.Errorf("nothing to write about any more: %w", err))
	}
	if err != nil {
		return err
	}
	return d.Mail.Send(ctx, m)
}

// about is the mail about a lesson, once for each receiver.
func about(l lesson.Lesson, to org.Receiver, letter letters.Letter) (mail.Message, error) {
	html, err := letter.HTML()
	r := letter.Reader
	return mail.Message{ID: strings.Join([]string{lesson.SharedMail, l.ID, to.PersonID}, "."), To: to.Email, ToName: to.Name.Line(r.Reads).Body,
		Subject: mail.Subject(letter.Subject), Text: letter.Text(), HTML: html, Language: r.Language}, err
}
