package jobs

import (
	"context"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Listed is a job that is not done, as whoever looks after the installation sees it. What it is about is an ID only.
type Listed struct {
	ID, Kind  string
	RunAt     time.Time
	Attempts  int
	FailedAt  *time.Time // given up; nil: it is still to be done
	LastError string     // in the words of the server that refused it; may be ""
}

// Listing is the jobs that are not done: those given up first, then those to come, each at most 100.
type Listing struct {
	Count
	Failed, Pending []Listed
}

// Count is how many jobs are not done.
type Count struct{ FailedCount, PendingCount int }

const listed = 100

// List is for site administrators; for anybody else it is NotFound.
func List(ctx context.Context, db *database.DB, a access.Actor) (l Listing, err error) {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return l, err
	}
	err = db.Read(ctx, func(tx *database.Tx) error {
		if l.Count, err = count(ctx, tx); err != nil {
			return err
		}
		if l.Failed, err = rows(ctx, tx, `failed_at is not null order by failed_at desc, id`); err != nil {
			return err
		}
		l.Pending, err = rows(ctx, tx, `failed_at is null order by run_at, id`)
		return err
	})
	return l, err
}

// CountOpen counts the jobs that are not done, for site administrators; for anybody else it is NotFound.
func CountOpen(ctx context.Context, db *database.DB, a access.Actor) (c Count, err error) {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return c, err
	}
	err = db.Read(ctx, func(tx *database.Tx) error {
		c, err = count(ctx, tx)
		return err
	})
	return c, err
}

func count(ctx context.Context, tx *database.Tx) (c Count, err error) {
	return c, tx.Row(ctx, `select count(failed_at), count(*) - count(failed_at) from jobs where done_at is null`).
		Scan(&c.FailedCount, &c.PendingCount)
}

func rows(ctx context.Context, tx *database.Tx, which string) ([]Listed, error) {
	return database.All(ctx, tx, func(row database.Scanner) (j Listed, err error) {
		return j, row.Scan(&j.ID, &j.Kind, &j.RunAt, &j.Attempts, &j.FailedAt, &j.LastError)
	}, `select id, kind, run_at, attempts, failed_at, last_error from jobs where done_at is null and `+which+` limit $1`, listed)
}

// Retry lets a job that was given up begin again at once, with all its tries; "" is every one of them. It tells how many.
// A job that is not given up is NotFound. For site administrators only.
func Retry(ctx context.Context, db *database.DB, a access.Actor, id string) (n int64, err error) {
	if err := access.Check(a, access.RunSite, access.RunSite, access.Case{}); err != nil {
		return 0, err
	}
	err = db.Write(ctx, func(tx *database.Tx) error {
		n, err = tx.Exec(ctx, `update jobs set failed_at = null, claimed_until = null, attempts = 0, run_at = $1
			where failed_at is not null and done_at is null and (id = $2 or $2 = '')`, tx.Now, id)
		if err != nil {
			return err
		}
		switch {
		case n == 0 && id != "":
			return problem.Missing()
		case n == 0:
			return nil
		}
		tx.OnCommit(bell.ring)
		return audit.Record(ctx, tx, a.PersonID, "retry", "job:"+id, nil)
	})
	return n, err
}
