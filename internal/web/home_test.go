package web_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/demotest"
)

func TestWelcome(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.Visitor().Get("/")
		if page.Status != http.StatusOK || page.Text("h1") == "" || !page.Has(`main a[href="/sign-in"]`) || page.Has("nav a") {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
	})
}

func TestHomeShowsWhatWaits(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		agree(t, s, false)
		for _, line := range []struct {
			who, selector string
			want          bool
		}{
			{"p-brc-vol-vitebsk", "section:has(#awaiting) .card", true}, // has not answered the invitation
			{"p-brc-vol", "section:has(#awaiting)", false},              // has
			{"p-brc-vol", `a[href$="/minutes"]`, true},
			{"p-koge-chair", `a[href$="/minutes"]`, true},
			{"p-koge-vol-1", `a[href$="/minutes"]`, false}, // staff agree to nothing
			{"p-koge-chair", "section:has(#tasks) .badge-stopped", true},
			{"p-koge-chair", "section:has(#coming) .item", true},
			{"p-koge-chair", `a[href="/conferences/new"]`, true},
			{"p-koge-vol-1", `a[href="/conferences/new"]`, false},
			{"p-admin", ".empty", true},
			{"p-admin", "section", false},
		} {
			if page := s.As(line.who).Get("/"); page.Has("main "+line.selector) != line.want {
				t.Errorf("%s: %s is there: %t; %s", line.who, line.selector, !line.want, page.Text("main"))
			}
		}
		agree(t, s, true)
		if page := s.As("p-brc-vol").Get("/"); page.Has(`a[href$="/minutes"]`) {
			t.Error("minutes that are agreed still wait")
		}
	})
}

func TestHomeShowsTheConferenceThatIsOn(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(time.Date(2020, 8, 27, 8, 30, 0, 0, time.UTC))
		page := s.As("p-koge-vol-2").Get("/")
		if page.Text(".card-next:has(h2) .badge") != "Happening now" {
			t.Errorf("%q", page.Text("main"))
		}
	})
}

func TestStatementsOfHome(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		agree(t, s, false)
		b := s.As("p-brc-vol")
		if n := statements(s, b, []string{"/"})[0]; n > 9 { // one of them is the demo's own: where its clock can be moved to
			t.Errorf("%d statements, want at most 8 besides the demo's", n)
		}
	})
}

// agree makes the minutes of the conference that is over agreed to by both sides, or by none.
func agree(t *testing.T, s *demotest.Site, agreed bool) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		var at *time.Time
		if agreed {
			at = &tx.Now
		} else if _, err := tx.Exec(ctx, `delete from minutes_agreements`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update conferences set agreed_at = $1 where over_at < $2`, at, tx.Now)
		return err
	})
}
