package notify

import (
	"context"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/problem"
)

// remindOf finds out who is to be reminded; each mail is a job of its own.
func (d *Desk) remindOf(ctx context.Context, subject string) error {
	r, err := conference.ParseReminder(subject)
	if err != nil {
		return jobs.Permanent(err)
	}
	err = d.Conferences.Remind(ctx, r)
	if problem.Is(err, problem.NotFound) {
		return jobs.Permanent(err)
	}
	return err
}
