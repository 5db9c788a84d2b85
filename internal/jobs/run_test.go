package jobs

import (
	"context"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

const patience = 10 * time.Second

func start(t *testing.T, r *Runner) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := r.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	stop = func() {
		cancel()
		select {
		case <-ended:
		case <-time.After(patience):
			t.Error("did not stop")
		}
	}
	t.Cleanup(stop)
	return stop
}

func receive(t *testing.T, from <-chan string, want string) {
	t.Helper()
	select {
	case got := <-from:
		if got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	case <-time.After(patience):
		t.Fatalf("waited in vain for %s", want)
	}
}

func TestAJobOfThisProgramDoesNotWaitForThePoll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		done := make(chan string, 10)
		r, _ := runner(db, func(_ context.Context, subject string) error { done <- subject; return nil })
		r.poll = time.Hour
		enqueueAll(t, db, note("before it ran"))
		start(t, r)
		receive(t, done, "before it ran")
		later := note("when the clock is moved on")
		later.RunAt = clock.Now().Add(time.Hour)
		enqueueAll(t, db, later, note("at once"))
		receive(t, done, "at once")
		clock.Advance(time.Hour)
		r.Wake()
		receive(t, done, "when the clock is moved on")
	})
}

func TestAJobOfAnotherProgramIsFoundByPolling(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		done := make(chan string, 1)
		r, _ := runner(db, func(_ context.Context, subject string) error { done <- subject; return nil })
		r.poll = 10 * time.Millisecond
		start(t, r)
		err := db.Write(t.Context(), func(tx *database.Tx) error { return enqueue(t.Context(), tx, note("from elsewhere")) })
		if err != nil {
			t.Fatal(err)
		}
		receive(t, done, "from elsewhere")
	})
}

func TestAHungJobHoldsUpNoOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		done, free := make(chan string, 1), make(chan struct{})
		r, _ := runner(db, func(_ context.Context, subject string) error { done <- subject; return nil })
		r.Handle("hung", func(context.Context, string) error { <-free; return nil })
		enqueueAll(t, db, Job{Kind: "hung", Subject: "hung"}, note("quick"))
		start(t, r)
		receive(t, done, "quick")
		close(free)
	})
}

func TestDrainWaitsForWhatIsUnderWay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		begun := make(chan string, 1)
		r, _ := runner(db, func(_ context.Context, subject string) error {
			begun <- subject
			time.Sleep(50 * time.Millisecond)
			return nil
		})
		start(t, r)
		enqueueAll(t, db, note("under way"))
		receive(t, begun, "under way")
		drain(t, r)
		if s := look(t, db, "under way"); !s.Done {
			t.Fatalf("%+v", s)
		}
	})
}

func TestAStoppedProgramEndsItsJobs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		begun := make(chan string, 1)
		r, _ := runner(db, func(_ context.Context, subject string) error {
			begun <- subject
			time.Sleep(50 * time.Millisecond)
			return nil
		})
		stop := start(t, r)
		enqueueAll(t, db, note("short"))
		receive(t, begun, "short")
		stop()
		if s := look(t, db, "short"); !s.Done {
			t.Fatalf("%+v", s)
		}
	})
}

func TestAStoppedProgramGivesLongJobsBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		begun := make(chan string, 1)
		r, _ := runner(db, func(ctx context.Context, subject string) error {
			begun <- subject
			<-ctx.Done()
			return ctx.Err()
		})
		r.grace = 10 * time.Millisecond
		stop := start(t, r)
		enqueueAll(t, db, note("long"))
		receive(t, begun, "long")
		stop()
		if s := look(t, db, "long"); s.Done || s.Failed || s.Attempts != 0 || s.Error != "" {
			t.Fatalf("%+v", s)
		}
		var j journal
		next, _ := runner(db, j.handle)
		drain(t, next) // the very next program takes it
		j.want(t, "long")
	})
}
