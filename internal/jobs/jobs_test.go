package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

// journal is a handler that notes what it was given.
type journal struct {
	mu   sync.Mutex
	done []string
	fail error
}

func (j *journal) handle(_ context.Context, subject string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done = append(j.done, subject)
	return j.fail
}

func (j *journal) want(t *testing.T, subjects ...string) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	if !slices.Equal(j.done, subjects) {
		t.Errorf("done %v, want %v", j.done, subjects)
	}
}

// runner gives one whose claims follow a clock of their own.
func runner(db *database.DB, handle Handler) (*Runner, *dbtest.Clock) {
	r, clock := New(db, slog.New(slog.DiscardHandler)), dbtest.NewClock()
	r.machine = clock.Now
	r.Handle("note", handle)
	return r, clock
}

func enqueueAll(t *testing.T, db *database.DB, jobs ...Job) {
	t.Helper()
	ctx := t.Context()
	if err := db.Write(ctx, func(tx *database.Tx) error { return Enqueue(ctx, tx, jobs...) }); err != nil {
		t.Fatal(err)
	}
}

func note(subject string) Job { return Job{Kind: "note", Subject: subject} }

func drain(t *testing.T, r *Runner) {
	t.Helper()
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// state is how a job stands, told from its row.
type state struct {
	Attempts     int
	Done, Failed bool
	Error        string
	RunAt        time.Time
}

func look(t *testing.T, db *database.DB, subject string) (s state) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *database.Tx) error {
		return tx.Row(t.Context(), `select attempts, done_at is not null, failed_at is not null, last_error, run_at from jobs where subject = $1`, subject).
			Scan(&s.Attempts, &s.Done, &s.Failed, &s.Error, &s.RunAt)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAJobExistsOnlyWithItsChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		r, _ := runner(db, j.handle)
		fault := errors.New("the change failed")
		err := db.Write(t.Context(), func(tx *database.Tx) error {
			if err := Enqueue(t.Context(), tx, note("never")); err != nil {
				return err
			}
			return fault
		})
		if !errors.Is(err, fault) {
			t.Fatal(err)
		}
		enqueueAll(t, db, note("kept"))
		drain(t, r)
		j.want(t, "kept")
	})
}

func TestAJobWaitsUntilItIsDue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		var j journal
		r, _ := runner(db, j.handle)
		later := note("in an hour")
		later.RunAt = clock.Now().Add(time.Hour)
		enqueueAll(t, db, later, note("now"))
		drain(t, r)
		j.want(t, "now")
		clock.Advance(time.Hour)
		drain(t, r)
		drain(t, r)
		j.want(t, "now", "in an hour")
	})
}

func TestWhatAJobCausesIsDrainedToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		r, _ := runner(db, j.handle)
		r.Handle("cause", func(ctx context.Context, subject string) error {
			return db.Write(ctx, func(tx *database.Tx) error { return Enqueue(ctx, tx, note(subject)) })
		})
		enqueueAll(t, db, Job{Kind: "cause", Subject: "effect"})
		drain(t, r)
		j.want(t, "effect")
	})
}

func TestAUniqueKeyIsTakenOnceForEver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		r, _ := runner(db, j.handle)
		first, second := note("first"), note("second")
		first.UniqueKey, second.UniqueKey = "invite:1", "invite:1"
		enqueueAll(t, db, first, second, note("a"), note("b")) // no key: each is kept
		drain(t, r)
		enqueueAll(t, db, second)
		drain(t, r)
		j.want(t, "first", "a", "b")
	})
}

func TestTwoAtOnceWithOneKeyMakeOneJob(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		r, _ := runner(db, j.handle)
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				job := note("one")
				job.UniqueKey = "one"
				if err := db.Write(t.Context(), func(tx *database.Tx) error { return Enqueue(t.Context(), tx, job) }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		drain(t, r)
		j.want(t, "one")
	})
}

func TestTwoRunnersNeverDoAJobTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		var want []string
		for i := range 40 {
			want = append(want, fmt.Sprintf("job %02d", i))
			enqueueAll(t, db, note(want[i]))
		}
		var wg sync.WaitGroup
		for range 2 {
			r, _ := runner(db, j.handle) // as in two programs: they share nothing but the database
			wg.Go(func() {
				if err := r.Drain(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		slices.Sort(j.done)
		j.want(t, want...)
	})
}

func TestAJobOfADeadProgramComesBackWhenItsClaimEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		var j journal
		dead, _ := runner(db, j.handle)
		enqueueAll(t, db, note("orphan"))
		if _, found, err := dead.claim(t.Context()); !found || err != nil {
			t.Fatal(found, err)
		}
		r, machine := runner(db, j.handle)
		clock.Advance(7 * 24 * time.Hour) // the demo's clock leaps; the claim holds all the same
		drain(t, r)
		j.want(t)
		machine.Advance(r.limit + r.grace + time.Minute)
		drain(t, r)
		j.want(t, "orphan")
	})
}

func TestWhoLostTheClaimCannotEndTheJob(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		slow, machine := runner(db, j.handle)
		enqueueAll(t, db, note("slow"))
		old, _, err := slow.claim(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		machine.Advance(time.Hour)
		second, found, err := slow.claim(t.Context())
		if !found || err != nil {
			t.Fatal(found, err)
		}
		if err := slow.record(t.Context(), old, nil); err != nil {
			t.Fatal(err)
		}
		if s := look(t, db, "slow"); s.Done {
			t.Fatal("ended by the claim that had run out")
		}
		if err := slow.record(t.Context(), second, nil); err != nil {
			t.Fatal(err)
		}
		if s := look(t, db, "slow"); !s.Done || s.Attempts != 2 {
			t.Fatalf("%+v", s)
		}
	})
}

func TestFailuresPauseLongerAndLongerAndEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		j := journal{fail: errors.New("451 try later \x00")}
		r, _ := runner(db, j.handle)
		enqueueAll(t, db, note("stubborn"))
		var last time.Duration
		for try := 1; try < tries; try++ {
			if err := r.Drain(t.Context()); !errors.Is(err, j.fail) {
				t.Fatal(err)
			}
			s := look(t, db, "stubborn")
			pause := s.RunAt.Sub(clock.Now())
			if s.Attempts != try || s.Failed || s.Error != "451 try later " || pause <= last {
				t.Fatalf("after try %d: %+v, a pause of %v after one of %v", try, s, pause, last)
			}
			last = pause
			clock.Advance(pause - time.Second)
			drain(t, r) // not yet
			clock.Advance(time.Second)
		}
		r.Drain(t.Context())
		if s := look(t, db, "stubborn"); !s.Failed || s.Done || s.Attempts != tries {
			t.Fatalf("not given up: %+v", s)
		}
		clock.Advance(365 * 24 * time.Hour)
		drain(t, r)
		if len(j.done) != tries {
			t.Errorf("%d tries", len(j.done))
		}
	})
}

func TestAJobThatSucceedsLaterForgetsItsFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		j := journal{fail: errors.New("away")}
		r, _ := runner(db, j.handle)
		enqueueAll(t, db, note("patient"))
		r.Drain(t.Context())
		j.fail = nil
		clock.Advance(time.Hour)
		drain(t, r)
		if s := look(t, db, "patient"); !s.Done || s.Failed || s.Error != "" || s.Attempts != 2 {
			t.Fatalf("%+v", s)
		}
	})
}

func TestAPermanentFailureIsGivenUpAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		r, _ := runner(db, func(context.Context, string) error {
			return fmt.Errorf("send: %w", Permanent(errors.New("550 no such mailbox")))
		})
		enqueueAll(t, db, note("refused"))
		r.Drain(t.Context())
		if s := look(t, db, "refused"); !s.Failed || s.Attempts != 1 || s.Error != "send: 550 no such mailbox" {
			t.Fatalf("%+v", s)
		}
	})
}

func TestAPanicIsAFailureLikeOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		r, _ := runner(db, j.handle)
		r.Handle("bad", func(context.Context, string) error { panic("nil map") })
		enqueueAll(t, db, Job{Kind: "bad", Subject: "bad"}, note("good"))
		if err := r.Drain(t.Context()); err == nil {
			t.Error("no error")
		}
		if s := look(t, db, "bad"); s.Failed || s.Done || !strings.HasPrefix(s.Error, "panic: nil map") {
			t.Errorf("%+v", s)
		}
		j.want(t, "good")
	})
}

func TestAJobThatEndsItsProgramAgainAndAgainIsGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		r, machine := runner(db, j.handle)
		enqueueAll(t, db, note("poison"))
		for range tries {
			if _, found, err := r.claim(t.Context()); !found || err != nil {
				t.Fatal(found, err)
			}
			r.busy.Add(-1) // as the death of the program does
			machine.Advance(time.Hour)
		}
		r.Drain(t.Context())
		if s := look(t, db, "poison"); !s.Failed {
			t.Fatalf("%+v", s)
		}
		j.want(t)
	})
}

func TestAJobThatTakesTooLongIsStopped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		r, _ := runner(db, func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		})
		r.limit = 10 * time.Millisecond
		enqueueAll(t, db, note("hung"))
		r.Drain(t.Context())
		if s := look(t, db, "hung"); s.Failed || s.Done || s.Attempts != 1 || s.Error != context.DeadlineExceeded.Error() {
			t.Fatalf("%+v", s)
		}
	})
}

func TestJobsOfAnUnknownKindWaitForAProgramThatKnowsThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		var j journal
		r, _ := runner(db, j.handle)
		enqueueAll(t, db, Job{Kind: "digest", Subject: "digest"}, note("known"))
		drain(t, r)
		j.want(t, "known")
		if s := look(t, db, "digest"); s.Attempts != 0 {
			t.Fatalf("%+v", s)
		}
	})
}
