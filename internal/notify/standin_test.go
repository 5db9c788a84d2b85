package notify_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/org"
	"example.org/tandem/internal/org/orgtest"
)

func TestWhoStandsInGetsTheMailsAsWell(t *testing.T) {
	each(t, func(h house) {
		s := org.New(h.db)
		away := func(who, by orgtest.Person) {
			h.Helper()
			h.ok(s.NameStandIn(h.Context(), who.Actor, who.ID, org.StandIn{PersonID: by.ID, FromOn: "2020-07-27", UntilOn: "2020-07-31"}))
		}
		away(h.KogeCoordinator, h.HeadquartersStaff) // a member of the partnership
		away(h.BrestStaff, h.Outsider)               // of the same society, and not of the partnership
		away(h.KogeStaff, h.KogeCoordinator)         // who is invited too
		_, err := h.conferences.Schedule(h.Context(), h.MinskCoordinator.Actor, h.plan("2020-08-27T14:00"))
		h.ok(err)
		mails := h.post()
		if len(mails) != 5 {
			t.Errorf("%d mails for four participants and one who stands in", len(mails))
		}
		copies := 0
		for _, m := range mails {
			if strings.Contains(m.Text, "stedfortræder for:") {
				copies++
				if len(m.Calendar) > 0 || !strings.Contains(m.ID, "stand-in") {
					t.Errorf("who stands in gets an entry for the calendar of somebody else: %s", m.ID)
				}
			}
		}
		if copies != 1 {
			t.Errorf("%d mails say that they are for who stands in, want one", copies)
		}
		h.clock.Set(h.clock.Now().AddDate(0, 0, 5))
		_, err = h.conferences.Schedule(h.Context(), h.MinskCoordinator.Actor, h.plan("2020-08-28T14:00"))
		h.ok(err)
		if n := len(h.post()); n != 4 {
			t.Errorf("%d mails after the last day", n)
		}
	})
}
