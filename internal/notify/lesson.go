package notify

import (
	"context"
	"fmt"
	"strings"
	"time"

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
	var to org.Receiver
	var letter letters.Letter
	var at time.Time
	err := d.DB.Read(ctx, func(tx *database.Tx) error {
		l, err := d.Lessons.GetIn(ctx, tx, id.LessonID)
		if err != nil {
			return err
		}
		if to, err = d.Org.Receiver(ctx, tx, id.PersonID); err != nil {
			return err
		}
		names, err := d.Org.NamesIn(ctx, tx, nil, []string{l.SocietyID})
		if err != nil {
			return err
		}
		r := d.Catalog.Reader(to.Language, to.Zone, tx.Now, to.Reads...)
		letter, at = letters.Shared(r, l, names, strings.TrimSuffix(d.URL.String(), "/")), tx.Now
		return err
	})
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(fmt.Errorf("nothing to write about any more: %w", err))
	}
	if err != nil {
		return err
	}
	return d.deliver(ctx, groupOf(lesson.SharedMail), to, letter, mail.Message{ID: strings.Join([]string{lesson.SharedMail, id.LessonID, to.PersonID}, "."), Date: at})
}
