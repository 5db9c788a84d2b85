package org

import (
	"context"
	"errors"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/text"
)

// TidyJob is the kind of the job that forgets, every day, what is needed no more.
const TidyJob = "org.tidy"

// forgetAfter is how long an invitation keeps name and address once it was accepted, called back or is over, and a grant its address.
const forgetAfter = 30 * 24 * time.Hour

// Register names who does this package's job.
func (s *Store) Register(r *jobs.Runner) {
	r.Handle(TidyJob, func(ctx context.Context, _ string) error {
		return errors.Join(s.Tidy(ctx), jobs.Daily(ctx, s.db, TidyJob, 24*time.Hour))
	})
}

// Tidy forgets names and addresses of people who were invited and did not come, or came long ago. That they were invited stays:
// the audit log names the invitation by its ID.
func (s *Store) Tidy(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if err := s.forgetGuests(ctx, tx); err != nil {
			return err
		}
		before := tx.Now.Add(-forgetAfter)
		const over = ` where name_id is not null and (ends_at < $1 or accepted_at < $1 or revoked_at < $1)`
		names, err := database.Strings(ctx, tx, `select name_id from invitations`+over, before)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update invitations set name_id = null, email = '', revoked_at = case when accepted_at is null
			then coalesce(revoked_at, ends_at) else revoked_at end`+over, before); err != nil {
			return err
		}
		if err := text.ForgetIn(ctx, tx, names...); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from mail_waiting where told_at < $1`, before); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `delete from grants where ends_at < $1`, before)
		return err
	})
}
