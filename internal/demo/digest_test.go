package demo_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/demotest"
)

func TestAWeekThatIsLeaptOverBringsItsDigestOnce(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		if err := s.App.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		b := s.As("p-koge-chair")
		move := func() {
			t.Helper()
			if page := b.Post("/demo/clock", url.Values{"to": {"week"}, "next": {"/"}}); page.Status != http.StatusSeeOther {
				t.Fatal(page.Status, page.Text("main"))
			}
			s.DoJobs()
		}
		for week := range 2 {
			move()
			mondays := map[time.Weekday]int{}
			err := s.DB.Read(t.Context(), func(tx *database.Tx) error {
				list, err := database.All(t.Context(), tx, func(row database.Scanner) (at time.Time, err error) { return at, row.Scan(&at) },
					`select sent_at from demo_mails where receiver like 'koge-chair@%' and subject like 'Din uge%' order by sent_at`)
				for _, at := range list {
					mondays[at.In(time.FixedZone("", 2*60*60)).Weekday()]++
					if hour := at.In(time.FixedZone("", 2*60*60)).Hour(); hour != 8 {
						t.Errorf("at %v", at)
					}
				}
				return err
			})
			if err != nil || mondays[time.Monday] != week+1 || len(mondays) != 1 {
				t.Errorf("after %d weeks: %v %v", week+1, mondays, err)
			}
		}
	})
}
