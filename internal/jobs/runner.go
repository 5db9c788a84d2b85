package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"example.org/tandem/internal/database"
)

// Handler does a job. It may run again after a failure or a crash, so what it does must bear being done twice.
type Handler func(ctx context.Context, subject string) error

// Runner takes jobs that are due and does them, several at a time.
type Runner struct {
	db       *database.DB
	log      *slog.Logger
	handlers map[string]Handler
	machine  database.Clock // of claims
	poll     time.Duration  // how long until it looks for jobs that other programs wrote
	limit    time.Duration  // how long one job may take
	grace    time.Duration  // how long jobs may still take when the program is told to stop
	hands    int            // how many jobs at a time, so that a slow mail server holds up few

	claiming sync.Mutex // within a program they ask in turn, so that they do not collide in the database
	busy     atomic.Int64
}

// New makes a runner that can do nothing yet. Name its handlers before it runs: it leaves jobs of other kinds alone.
func New(db *database.DB, log *slog.Logger) *Runner {
	return &Runner{
		db: db, log: log, handlers: map[string]Handler{}, machine: database.MachineClock,
		poll: 2 * time.Second, limit: 2 * time.Minute, grace: 10 * time.Second, hands: 4,
	}
}

// Handle names who does jobs of a kind.
func (r *Runner) Handle(kind string, handler Handler) { r.handlers[kind] = handler }

// Wake has every runner of this program look for due jobs now: the clock was moved on.
func (r *Runner) Wake() { bell.ring() }

// Run does jobs until the context ends, then waits for those under way: ten seconds later they are stopped and go back.
func (r *Runner) Run(ctx context.Context) error {
	rung, deaf := bell.listen()
	defer deaf()
	tick := time.NewTicker(r.poll)
	defer tick.Stop()
	var crew sync.WaitGroup
	defer crew.Wait()
	free := make(chan struct{}, r.hands)
	for {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		job, found, err := r.claim(ctx)
		if found {
			crew.Go(func() {
				defer func() { <-free }()
				r.work(ctx, job)
			})
			continue
		}
		<-free
		if err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "jobs cannot be read", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-rung:
		case <-tick.C:
		}
	}
}

// Drain does all that is due now, also what these jobs cause in turn, and waits for what this runner is doing besides.
// The error joins what went wrong; a job that failed waits for its next try. No handler may call it.
func (r *Runner) Drain(ctx context.Context) error {
	var errs []error
	for {
		job, found, err := r.claim(ctx)
		switch {
		case err != nil:
			return errors.Join(append(errs, err)...)
		case found:
			errs = append(errs, r.work(ctx, job))
		case r.busy.Load() == 0:
			return errors.Join(errs...)
		default:
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// work does a claimed job and writes down how it went.
func (r *Runner) work(ctx context.Context, job claimed) error {
	defer r.busy.Add(-1)
	err := r.do(ctx, job)
	if recordErr := r.record(ctx, job, err); recordErr != nil {
		r.log.ErrorContext(ctx, "a job's end is not recorded; it will run again", "kind", job.kind, "job", job.id, "error", recordErr)
		err = errors.Join(err, recordErr)
	}
	return err
}

func (r *Runner) do(ctx context.Context, job claimed) (err error) {
	if job.attempt > tries {
		return Permanent(errors.New("begun too often and never ended"))
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
		}
	}()
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.limit)
	defer cancel()
	stay := context.AfterFunc(ctx, func() { time.AfterFunc(r.grace, cancel) })
	defer stay()
	return r.handlers[job.kind](own, job.subject)
}
