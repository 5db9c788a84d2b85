package link_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/database/dbtest"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/problem"
)

func in(t *testing.T, db *database.DB, f func(context.Context, *database.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *database.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func makeLink(t *testing.T, db *database.DB, l link.Link) (token string) {
	t.Helper()
	in(t, db, func(ctx context.Context, tx *database.Tx) (err error) {
		token, err = link.MakeIn(ctx, tx, l)
		return err
	})
	return token
}

func find(t *testing.T, db *database.DB, p link.Purpose, token string) (l link.Link, err error) {
	t.Helper()
	err = db.Read(t.Context(), func(tx *database.Tx) error {
		l, err = link.FindIn(t.Context(), tx, p, token)
		return err
	})
	return l, err
}

func TestATokenOpensItsOwnPurposeOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		for _, made := range link.Purposes {
			token := makeLink(t, db, link.Link{Purpose: made, Subject: "x"})
			for _, asked := range link.Purposes {
				l, err := find(t, db, asked, token)
				if asked == made && (err != nil || l.Subject != "x") || asked != made && !problem.Is(err, problem.NotFound) {
					t.Errorf("made for %s, asked for %s: %v %v", made, asked, l, err)
				}
			}
		}
	})
}

func TestATokenIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, clock *dbtest.Clock) {
		ends := clock.Now().Add(time.Hour)
		used := makeLink(t, db, link.Link{Purpose: link.Invitation, Subject: "used"})
		in(t, db, func(ctx context.Context, tx *database.Tx) error {
			_, err := link.UseIn(ctx, tx, link.Invitation, used)
			return err
		})
		revoked := makeLink(t, db, link.Link{Purpose: link.Invitation, Subject: "revoked"})
		in(t, db, func(ctx context.Context, tx *database.Tx) error {
			return link.RevokeIn(ctx, tx, link.Invitation, "revoked")
		})
		over := makeLink(t, db, link.Link{Purpose: link.Invitation, Subject: "over", EndsAt: ends})
		if l, err := find(t, db, link.Invitation, over); err != nil || !l.EndsAt.Equal(ends) {
			t.Errorf("before its end: %v %v", l, err)
		}
		clock.Set(ends)
		for name, token := range map[string]string{"used up": used, "revoked": revoked, "at its end": over, "unknown": strings.Repeat("a", 43),
			"of another length": "a", "empty": ""} {
			if _, err := find(t, db, link.Invitation, token); !problem.Is(err, problem.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestTheDatabaseHoldsNoToken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		token := makeLink(t, db, link.Link{Purpose: link.Feed, Subject: "x"})
		err := db.Read(t.Context(), func(tx *database.Tx) error {
			kept, err := database.Strings(t.Context(), tx, `select token_hash || id || subject from links`)
			if len(kept) != 1 || strings.Contains(kept[0], token) {
				t.Errorf("it holds %v", kept)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestOfTwoAtOnceOneUsesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB, _ *dbtest.Clock) {
		token := makeLink(t, db, link.Link{Purpose: link.Invitation, Subject: "x"})
		var group sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			group.Go(func() {
				results[i] = db.Write(t.Context(), func(tx *database.Tx) error {
					_, err := link.UseIn(t.Context(), tx, link.Invitation, token)
					return err
				})
			})
		}
		group.Wait()
		took := 0
		for _, err := range results {
			if err == nil {
				took++
			} else if !problem.Is(err, problem.NotFound) {
				t.Error(err)
			}
		}
		if took != 1 {
			t.Errorf("%d used a link that is good once", took)
		}
	})
}
