package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

func TestAMonthShowsItsDaysAndOnesOwnConferences(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		chair := s.As("p-koge-chair")
		page := chair.Get("/conferences/calendar?month=2020-07")
		if page.Status != http.StatusOK || !page.Has(`.day a[href="`+july()+`"]`) {
			t.Errorf("%d: July is without its conference", page.Status)
		}
		if n := page.Document.Find(".month .day").Length(); n != 35 { // from 29 June to 2 August
			t.Errorf("%d days", n)
		}
		if off := page.Document.Find(".day:has(time[datetime='2020-07-03']) .warnings").Text(); !strings.Contains(off, "Hviderusland") && !strings.Contains(off, "Belarus") {
			t.Errorf("the third of July is no holiday: %q", off)
		}
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `delete from participants where person_id = $1`, demo.ID("p-koge-vol-2"))
			return err
		})
		if page := s.As("p-koge-vol-2").Get("/conferences/calendar?month=2020-07"); page.Has(`.day a[href="` + july() + `"]`) {
			t.Error("somebody who does not take part has it in theirs")
		}
		for _, month := range []string{"", "soon", "1900-01", "2020-13"} {
			if page := chair.Get("/conferences/calendar?month=" + month); page.Status != http.StatusOK || page.Document.Find(".day-today").Length() != 1 {
				t.Errorf("%q: %d, not the month that it is", month, page.Status)
			}
		}
	})
}
