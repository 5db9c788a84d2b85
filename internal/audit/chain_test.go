package audit_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
)

var secret = []byte(strings.Repeat("s", 32))

type log struct {
	*testing.T
	db     *database.DB
	clock  *dbtest.Clock
	keeper *audit.Keeper
}

func each(t *testing.T, test func(log)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		k, err := audit.NewKeeper(db, secret)
		if err != nil {
			t.Fatal(err)
		}
		test(log{t, db, clock, k})
	})
}

// record writes some entries, a minute apart, and chains them.
func (l log) record(n int) {
	l.Helper()
	for range n {
		l.clock.Advance(time.Minute)
		l.exec(func(ctx context.Context, tx *database.Tx) error {
			return audit.Record(ctx, tx, "", "retry", "job:1", audit.Details{"state": "good"})
		})
	}
	if _, err := l.keeper.Seal(l.Context()); err != nil {
		l.Fatal(err)
	}
}

func (l log) exec(f func(context.Context, *database.Tx) error) {
	l.Helper()
	if err := l.db.Write(l.Context(), func(tx *database.Tx) error { return f(l.Context(), tx) }); err != nil {
		l.Fatal(err)
	}
}

func (l log) tamper(statement string, args ...any) {
	l.Helper()
	l.exec(func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	})
}

// broken is what is found, and where.
func (l log) broken() audit.Broken {
	l.Helper()
	_, err := l.keeper.Verify(l.Context())
	var b *audit.Broken
	if err != nil && !errors.As(err, &b) {
		l.Fatal(err)
	}
	if b == nil {
		return audit.Broken{}
	}
	return *b
}

func TestAWholeLogIsWhole(t *testing.T) {
	each(t, func(l log) {
		if b := l.broken(); b != (audit.Broken{}) {
			t.Errorf("an empty log: %v", b)
		}
		l.record(5)
		l.exec(func(ctx context.Context, tx *database.Tx) error {
			return audit.Record(ctx, tx, "", "retry", "job:2", nil)
		})
		r, err := l.keeper.Verify(t.Context())
		if err != nil || r.Entries != 5 || r.Loose != 1 || r.Position != 5 || r.Hash == "" {
			t.Errorf("%+v %v", r, err)
		}
	})
}

func TestWhatWasDoneToTheLogIsFound(t *testing.T) {
	for name, line := range map[string]struct {
		do   string
		want audit.Broken
	}{
		"an entry that says something else": {`update audit set details = '{"state":"bad"}' where position = 3`, audit.Broken{Position: 3, Fault: audit.Changed}},
		"another person's deed":             {`update audit set person_id = 'x' where position = 3`, audit.Broken{Position: 3, Fault: audit.Changed}},
		"another time":                      {`update audit set at = '2020-01-01 00:00:00+00:00' where position = 3`, audit.Broken{Position: 3, Fault: audit.Changed}},
		"one taken out":                     {`delete from audit where position = 3`, audit.Broken{Position: 3, Fault: audit.Gone}},
		"the first taken out":               {`delete from audit where position = 1`, audit.Broken{Position: 1, Fault: audit.Gone}},
		"the last taken out":                {`delete from audit where position = 5`, audit.Broken{Position: 5, Fault: audit.CutOff}},
		"all taken out":                     {`delete from audit`, audit.Broken{Position: 1, Fault: audit.CutOff}},
		"two that changed places": {`update audit set hash = (select hash from audit o where o.position = 9 - audit.position) where position in (4, 5)`,
			audit.Broken{Position: 4, Fault: audit.Changed}},
		"one put in": {`insert into audit (id, at, deed, subject, details, position, hash) values ('x', '2020-07-27 00:00:00+00:00', 'a', 'b', '{}', 6, 'c')`,
			audit.Broken{Position: 6, Fault: audit.Changed}},
		"an end set back": {`update audit_head set position = 4`, audit.Broken{Position: 4, Fault: audit.HeadForged}},
		"no end":          {`delete from audit_head`, audit.Broken{Position: 0, Fault: audit.HeadForged}},
		"a forged checkpoint": {`insert into audit_checkpoints (position, hash, entries, until_at, created_at, signature)
			select position, hash, 2, at, at, 'x' from audit where position = 2`, audit.Broken{Position: 2, Fault: audit.CheckpointForged}},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(l log) {
				l.record(5)
				l.tamper(line.do)
				if got := l.broken(); got != line.want {
					l.Errorf("found %v, want %v", got, line.want)
				}
			})
		})
	}
}

func TestAChainMadeAnewWithAnotherSecretIsFound(t *testing.T) {
	each(t, func(l log) {
		l.record(3)
		l.tamper(`update audit set position = null, hash = null, details = '{}'`)
		l.tamper(`delete from audit_head`)
		forger, err := audit.NewKeeper(l.db, []byte(strings.Repeat("f", 32)))
		if err == nil {
			_, err = forger.Seal(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := l.broken(); got != (audit.Broken{Position: 1, Fault: audit.Changed}) {
			t.Errorf("found %v", got)
		}
	})
}

func TestACheckpointStandsForTheOldest(t *testing.T) {
	each(t, func(l log) {
		l.record(5)
		before := l.clock.Now().Add(-90 * time.Second)
		for range 2 {
			if _, err := l.keeper.Forget(t.Context(), before); err != nil {
				t.Fatal(err)
			}
		}
		l.record(2)
		r, err := l.keeper.Verify(t.Context())
		if err != nil || r.Entries != 4 || r.Replaced != 3 || r.Position != 7 {
			t.Errorf("%+v %v", r, err)
		}
		if n, err := l.keeper.Forget(t.Context(), l.clock.Now().Add(time.Hour)); err != nil || n != 4 {
			t.Errorf("all are old: %d %v", n, err)
		}
		l.record(1)
		if r, err := l.keeper.Verify(t.Context()); err != nil || r.Entries != 1 || r.Replaced != 7 {
			t.Errorf("%+v %v", r, err)
		}
		l.tamper(`update audit_checkpoints set entries = 6`)
		if got := l.broken(); got != (audit.Broken{Position: 7, Fault: audit.CheckpointForged}) {
			t.Errorf("found %v", got)
		}
	})
}

func TestTwoThatChainAtOnceMakeOneChain(t *testing.T) {
	each(t, func(l log) {
		for range 20 {
			l.exec(func(ctx context.Context, tx *database.Tx) error {
				return audit.Record(ctx, tx, "", "retry", "job:1", nil)
			})
		}
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if _, err := l.keeper.Seal(t.Context()); err != nil {
					t.Errorf("%v", err)
				}
			})
		}
		group.Wait()
		if r, err := l.keeper.Verify(t.Context()); err != nil || r.Entries != 20 {
			t.Errorf("%+v %v", r, err)
		}
	})
}
