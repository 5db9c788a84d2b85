package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"example.org/tandem/internal/database"
)

// pauses are how long a job waits after its first, second, … failure: two days in all, so that nothing
// is lost while a mail server is away.
var pauses = []time.Duration{
	15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour,
	3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// tries is how often a job is begun before it is given up.
var tries = len(pauses) + 1

// claimed is a job that this runner has in hand. The attempt also shows whose claim it is.
type claimed struct {
	id, kind, subject string
	attempt           int
}

// claim takes the job that has been due longest. The claim outlives the longest time that a job may take; of a program
// that died the job comes back when it ends.
func (r *Runner) claim(ctx context.Context) (job claimed, found bool, err error) {
	r.claiming.Lock()
	defer r.claiming.Unlock()
	r.busy.Add(1)
	defer func() {
		if !found {
			r.busy.Add(-1)
		}
	}()
	err = r.db.Write(ctx, func(tx *database.Tx) error {
		job, err = r.take(ctx, tx)
		return err
	})
	if database.IsNone(err) {
		return job, false, nil
	}
	return job, err == nil, err
}

// take says its condition twice, for the row to look for and for the row to change: on PostgreSQL another program may
// have changed it in between, and SQLite knows no `skip locked`.
func (r *Runner) take(ctx context.Context, tx *database.Tx) (claimed, error) {
	now := r.machine().UTC()
	var args database.Args
	until, due, over := args.Add(now.Add(r.limit+r.grace+time.Minute)), args.Add(tx.Now), args.Add(now)
	free := fmt.Sprintf(`done_at is null and failed_at is null and run_at <= %s
		and (claimed_until is null or claimed_until <= %s) and kind in %s`, due, over, args.In(slices.Sorted(maps.Keys(r.handlers))))
	var job claimed
	err := tx.Row(ctx, `update jobs set claimed_until = `+until+`, attempts = attempts + 1
		where id = (select id from jobs where `+free+` order by run_at, id limit 1) and `+free+`
		returning id, kind, subject, attempts`, args...).Scan(&job.id, &job.kind, &job.subject, &job.attempt)
	return job, err
}

// record writes down how a job went. It still does when the program is being stopped.
func (r *Runner) record(ctx context.Context, job claimed, result error) error {
	stopped := ctx.Err() != nil && errors.Is(result, context.Canceled)
	ctx = context.WithoutCancel(ctx)
	kept := true
	err := r.db.Write(ctx, func(tx *database.Tx) error {
		var args database.Args
		set := outcome(&args, tx.Now, job, result, stopped)
		n, err := tx.Exec(ctx, `update jobs set claimed_until = null, `+set+` where id = `+args.Add(job.id)+
			` and attempts = `+args.Add(job.attempt)+` and done_at is null and failed_at is null`, args...)
		kept = n == 1
		return err
	})
	if err == nil {
		r.tell(ctx, job, result, kept)
	}
	return err
}

// outcome is what changes in the row: done, given back, given up, or to be tried again after a pause.
func outcome(args *database.Args, now time.Time, job claimed, result error, stopped bool) string {
	switch {
	case result == nil:
		return `last_error = '', done_at = ` + args.Add(now)
	case stopped:
		return `attempts = attempts - 1` // that was not the job's fault
	case job.isLast(result):
		return `last_error = ` + args.Add(short(result)) + `, failed_at = ` + args.Add(now)
	}
	return `last_error = ` + args.Add(short(result)) + `, run_at = ` + args.Add(now.Add(pauses[job.attempt-1]))
}

// isLast tells that a failure is not tried again.
func (job claimed) isLast(err error) bool { return isPermanent(err) || job.attempt >= tries }

func (r *Runner) tell(ctx context.Context, job claimed, result error, kept bool) {
	log := r.log.With("kind", job.kind, "job", job.id, "attempt", job.attempt)
	switch {
	case !kept:
		log.WarnContext(ctx, "a job took longer than its claim and may have run twice", "error", result)
	case result != nil:
		log.WarnContext(ctx, "a job failed", "error", result, "last", job.isLast(result))
	default:
		log.DebugContext(ctx, "a job is done")
	}
}

// short keeps the beginning of an error: it is for people to read. PostgreSQL takes no NUL and no broken UTF-8.
func short(err error) string {
	text := []rune(err.Error())
	return string(slices.DeleteFunc(text[:min(len(text), 500)], func(r rune) bool { return r == 0 }))
}
