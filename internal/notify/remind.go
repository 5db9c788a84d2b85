package notify

import (
	"context"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
)

// remindOf finds out who is to be reminded; each mail is a job of its own.
func (d *Desk) remindOf(ctx context.Context, subject string) error {
	r, err := conference.ParseReminder(subject)
	if err != nil {
		return jobs.Permanent(err)
	}
	if r.Occasion == conference.Ahead {
		return d.lookAhead(ctx, r)
	}
	remind := d.Conferences.Remind
	if r.IsAgenda() {
		remind = d.Conferences.SendAgenda
	}
	err = remind(ctx, r)
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(err)
	}
	return err
}

// wantsReminder asks whether somebody has chosen to be reminded so long ahead.
func (d *Desk) wantsReminder(ctx context.Context, personID string, o conference.Occasion) (wanted bool, err error) {
	err = d.DB.Read(ctx, func(tx *database.Tx) error {
		choices, err := org.MailChoicesIn(ctx, tx, personID)
		wanted = choices.Of(org.MailKind(string(org.ReminderMails)+"."+string(o))) != org.Never
		return err
	})
	return wanted, err
}
