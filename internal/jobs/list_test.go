package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/problem"
)

func TestAJobThatWasGivenUpIsListedAndTriedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		w, ctx := orgtest.New(t, db), t.Context()
		site, other := w.SiteAdmin.Actor, w.MinskAdmin.Actor
		answer, done := jobs.Permanent(errors.New("550 no such mailbox")), 0
		runner := jobs.New(db, slog.New(slog.DiscardHandler))
		runner.Handle("note", func(context.Context, string) error { done++; return answer })
		err := db.Write(ctx, func(tx *database.Tx) error { return jobs.Enqueue(ctx, tx, jobs.Job{Kind: "note", Subject: "a"}) })
		if err != nil {
			t.Fatal(err)
		}
		if l, err := jobs.List(ctx, db, site); err != nil || l.PendingCount != 1 || len(l.Pending) != 1 || l.Pending[0].Kind != "note" {
			t.Errorf("before it is tried: %+v %v", l, err)
		}
		if err := runner.Drain(ctx); err == nil {
			t.Fatal("it was not given up")
		}
		l, err := jobs.List(ctx, db, site)
		if err != nil || l.FailedCount != 1 || l.PendingCount != 0 || len(l.Failed) != 1 || l.Failed[0].LastError != "550 no such mailbox" {
			t.Fatalf("%+v %v", l, err)
		}
		if _, err := jobs.List(ctx, db, other); !problem.Is(err, problem.NotFound) {
			t.Errorf("seen by somebody else: %v", err)
		}
		if _, err := jobs.Retry(ctx, db, other, l.Failed[0].ID); !problem.Is(err, problem.NotFound) {
			t.Errorf("by somebody else: %v", err)
		}
		answer = nil
		if n, err := jobs.Retry(ctx, db, site, l.Failed[0].ID); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if err := runner.Drain(ctx); err != nil || done != 2 {
			t.Errorf("done %d times: %v", done, err)
		}
		if _, err := jobs.Retry(ctx, db, site, l.Failed[0].ID); !problem.Is(err, problem.NotFound) {
			t.Errorf("one that is done: %v", err)
		}
		if n, err := jobs.Retry(ctx, db, site, ""); n != 0 || err != nil {
			t.Error(n, err)
		}
	})
}
