// Package jobs does later what nobody should have to wait for: sending mail above all. A job is written in the same
// transaction as the change that causes it, so there is never one without the other, and however many programs share one
// database, each job is in the hands of one of them at a time.
//
// When a job is due follows the clock of content, which a demo can move on. How long it may take follows the machine's.
package jobs

import (
	"context"
	"errors"
	"time"

	"example.org/tandem/internal/database"
)

// Job is something to do later.
type Job struct {
	Kind      string    // which handler does it: "mail.invitation"
	Subject   string    // IDs only, never sentences: what is said is decided when it is said
	UniqueKey string    // of jobs with the same key only the first is kept, for ever; empty: each is kept
	RunAt     time.Time // not before this; zero: at once
}

// Enqueue writes jobs in a transaction. They begin once it is committed, in this program without waiting.
func Enqueue(ctx context.Context, tx *database.Tx, jobs ...Job) error {
	for _, job := range jobs {
		if err := enqueue(ctx, tx, job); err != nil {
			return err
		}
	}
	tx.OnCommit(bell.ring)
	return nil
}

// Daily has a job of a kind done once on the day that lies so far ahead, however many programs ask for it. A job that is to be done
// every day asks for the next when it is done.
func Daily(ctx context.Context, db *database.DB, kind string, after time.Duration) error {
	return db.Write(ctx, func(tx *database.Tx) error {
		at := tx.Now.Add(after)
		day := at.Format(time.DateOnly)
		return Enqueue(ctx, tx, Job{Kind: kind, Subject: day, UniqueKey: kind + ":" + day, RunAt: at})
	})
}

func enqueue(ctx context.Context, tx *database.Tx, job Job) error {
	runAt := tx.Now
	if !job.RunAt.IsZero() {
		runAt = job.RunAt.UTC().Truncate(time.Microsecond)
	}
	var key *string
	if job.UniqueKey != "" {
		key = &job.UniqueKey
	}
	n, err := tx.Exec(ctx, `insert into jobs (id, kind, subject, unique_key, run_at) values ($1, $2, $3, $4, $5)
		on conflict (unique_key) do nothing`, database.NewID(), job.Kind, job.Subject, key, runAt)
	if t, counts := ctx.Value(tallyKey{}).(*Tally); counts && n > 0 {
		tx.OnCommit(func() { t.add(job.Kind) })
	}
	return err
}

// Permanent marks a failure that no further try would mend: the job is given up at once. So does any error with a method
// Permanent() that answers true.
func Permanent(err error) error { return permanent{err} }

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }
func (permanent) Permanent() bool { return true }

func isPermanent(err error) bool {
	var p interface{ Permanent() bool }
	return errors.As(err, &p) && p.Permanent()
}
