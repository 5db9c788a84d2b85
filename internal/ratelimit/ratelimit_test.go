package ratelimit_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/ratelimit"
)

var pace = ratelimit.Pace{Purpose: "try", Burst: 3, Every: time.Minute}

func take(t *testing.T, l *ratelimit.Limiter, p ratelimit.Pace, who string) bool {
	t.Helper()
	there, err := l.Take(t.Context(), p, who)
	if err != nil {
		t.Fatal(err)
	}
	return there
}

func TestTriesComeBackOneByOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		l := ratelimit.New(db, clock.Now)
		another := ratelimit.New(db, clock.Now) // of another program on the same database
		for i, want := range []bool{true, true, true, false, false} {
			if got := take(t, []*ratelimit.Limiter{l, another}[i%2], pace, "a"); got != want {
				t.Errorf("try %d: %v", i+1, got)
			}
		}
		if !take(t, l, pace, "b") || !take(t, l, ratelimit.Pace{Purpose: "other", Burst: 3, Every: time.Minute}, "a") {
			t.Error("others pay for it")
		}
		clock.Advance(time.Minute - time.Microsecond)
		if take(t, l, pace, "a") {
			t.Error("too early")
		}
		clock.Advance(time.Microsecond)
		if !take(t, l, pace, "a") || take(t, l, pace, "a") {
			t.Error("after a minute there is one more, and one only")
		}
		clock.Advance(time.Hour)
		for range 3 {
			if !take(t, l, pace, "a") {
				t.Error("after an hour all are there again")
			}
		}
		if take(t, l, pace, "a") {
			t.Error("rest gives more than all")
		}
	})
}

func TestOfManyAtOnceNoMoreThanThereAre(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		l := ratelimit.New(db, clock.Now)
		var group sync.WaitGroup
		var there atomic.Int64
		for range 12 {
			group.Go(func() {
				if ok, err := l.Take(t.Context(), pace, "a"); err != nil {
					t.Error(err)
				} else if ok {
					there.Add(1)
				}
			})
		}
		group.Wait()
		if there.Load() != 3 {
			t.Errorf("%d got one of 3", there.Load())
		}
	})
}

func TestWhatIsFullAgainIsNotKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		l := ratelimit.New(db, clock.Now)
		take(t, l, pace, "a")
		clock.Advance(time.Hour)
		take(t, l, pace, "b")
		var kept []string
		err := db.Read(t.Context(), func(tx *database.Tx) (err error) {
			kept, err = database.Strings(t.Context(), tx, `select key_hash from rate_limits`)
			return err
		})
		if err != nil || len(kept) != 1 {
			t.Errorf("%v kept, %v", kept, err)
		}
	})
}

func TestADatabaseThatIsDownOpensNoDoor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if there, err := ratelimit.New(db, clock.Now).Take(gone, pace, "a"); there || err == nil {
			t.Errorf("%v %v", there, err)
		}
	})
}
