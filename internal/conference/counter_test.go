package conference_test

import (
	"testing"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org/orgtest"
	"example.org/tandem/internal/text"
)

// other is a proposal for the conference as it is now.
func other(c conference.Conference, times ...string) conference.CounterDraft {
	d := conference.CounterDraft{Times: times, Zone: "Europe/Copenhagen", Note: text.Draft{Language: locale.Danish, Body: "Jeg er på kursus."}}
	if c.Is(conference.Scheduled) {
		d.About = c.StartsLocal
	}
	return d
}

func (h house) counters(p orgtest.Person, id string) []conference.Counter {
	h.Helper()
	list, err := h.Counters(h.Context(), p.Actor, h.find(id))
	h.ok(err)
	return list
}

func TestOtherTimesAreProposedAndNothingChanges(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		d := other(c, "2020-09-01T10:00", "", "2020-09-02T10:00")
		d.Cannot = true
		h.ok(h.Counter(h.Context(), h.KogeStaff.Actor, c.ID, d))
		now := h.find(c.ID)
		if now.StartsLocal != c.StartsLocal || now.Sequence != c.Sequence || now.Version != c.Version {
			t.Errorf("%+v", now)
		}
		if who, _ := now.Participant(h.KogeStaff.ID); who.RSVP != conference.Declined {
			t.Errorf("who cannot come has not said no: %s", who.RSVP)
		}
		if got := h.letters(conference.CounterMail, c.ID); len(got) != 2 {
			t.Errorf("one mail to a coordinator of each host: %v", got)
		}
		for _, p := range []orgtest.Person{h.MinskCoordinator, h.KogeCoordinator, h.KogeStaff} {
			list := h.counters(p, c.ID)
			if len(list) != 1 || len(list[0].Times) != 2 || !list[0].Times[0].Equal(time.Date(2020, 9, 1, 8, 0, 0, 0, time.UTC)) || list[0].Note.Body != "Jeg er på kursus." {
				t.Errorf("%+v", list)
			}
		}
		if list := h.counters(h.BrestStaff, c.ID); len(list) != 0 {
			t.Errorf("others who are asked see it: %+v", list)
		}
		h.ok(h.Counter(h.Context(), h.KogeStaff.Actor, c.ID, other(c, "2020-09-03T10:00")))
		if list := h.counters(h.MinskCoordinator, c.ID); len(list) != 1 || len(list[0].Times) != 1 {
			t.Errorf("the newest takes the place of the one before: %+v", list)
		}
	})
}

func TestProposingAnotherTimeIsRefused(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx := h.Context()
		h.missing(h.Counter(ctx, h.Outsider.Actor, c.ID, other(c, "2020-09-01T10:00")))
		h.refusedField(h.Counter(ctx, h.KogeStaff.Actor, c.ID, other(c, "", "")), "time-1", "calendar.problem.time")
		h.refusedField(h.Counter(ctx, h.KogeStaff.Actor, c.ID, other(c, "2020-09-01T10:00", "2020-09-01T10:00")), "time-2", "conference.problem.twice")
		h.refusedField(h.Counter(ctx, h.KogeStaff.Actor, c.ID, other(c, "2020-07-01T10:00")), "time-1", "conference.problem.past")
		same := other(c, c.StartsLocal)
		same.Zone = c.Zone
		h.refusedField(h.Counter(ctx, h.KogeStaff.Actor, c.ID, same), "time-1", "conference.problem.twice")
		stale := other(c, "2020-09-01T10:00")
		stale.About = "2020-08-01T10:00"
		h.refused(h.Counter(ctx, h.KogeStaff.Actor, c.ID, stale), "conference.problem.other-time")
		for range 5 {
			h.ok(h.Counter(ctx, h.KogeStaff.Actor, c.ID, other(c, "2020-09-01T10:00")))
		}
		h.refused(h.Counter(ctx, h.KogeStaff.Actor, c.ID, other(c, "2020-09-01T10:00")), "conference.problem.counters")
	})
}

func TestAProposalIsDeclinedWithAWordAndItsAuthorIsTold(t *testing.T) {
	each(t, func(h house) {
		c, ctx, why := h.scheduled(), h.Context(), text.Draft{Language: locale.Russian, Body: "Все остальные могут."}
		h.ok(h.Counter(ctx, h.KogeStaff.Actor, c.ID, other(c, "2020-09-01T10:00")))
		id := h.counters(h.MinskCoordinator, c.ID)[0].ID
		h.refused(h.DeclineCounter(ctx, h.BrestStaff.Actor, c.ID, id, why), "error.forbidden")
		h.refusedField(h.DeclineCounter(ctx, h.MinskCoordinator.Actor, c.ID, id, text.Draft{Language: locale.Russian}), "why", "error.required")
		h.ok(h.DeclineCounter(ctx, h.MinskCoordinator.Actor, c.ID, id, why))
		h.refused(h.DeclineCounter(ctx, h.KogeCoordinator.Actor, c.ID, id, why), "conference.problem.counter-over")
		if got := h.letters(conference.CounterDeclineMail, c.ID); len(got) != 1 {
			t.Errorf("%v", got)
		}
		if list := h.counters(h.MinskCoordinator, c.ID); len(list) != 0 {
			t.Errorf("it still waits: %+v", list)
		}
		if list := h.counters(h.KogeStaff, c.ID); len(list) != 1 || list[0].Answer.Body != why.Body {
			t.Errorf("its author reads %+v", list)
		}
	})
}

func TestAProposalForAPollEndsWhereItIsOffered(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		d := other(c, "2020-08-24T09:00")
		h.ok(h.Counter(h.Context(), h.KogeStaff.Actor, c.ID, d))
		if list := h.counters(h.MinskCoordinator, c.ID); len(list) != 1 {
			t.Fatalf("%+v", list)
		}
		h.ok(h.Offer(h.Context(), h.MinskCoordinator.Actor, c.ID, "2020-08-24T10:00", c.Version))
		if list := h.counters(h.MinskCoordinator, c.ID); len(list) != 0 {
			t.Errorf("a time that is offered is still proposed: %+v", list)
		}
	})
}

func TestWhatSomebodyProposedIsTheirsToTakeAlongAndGoesWithThem(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.Counter(h.Context(), h.KogeStaff.Actor, c.ID, other(c, "2020-09-01T10:00")))
		h.ok(h.db.Write(t.Context(), func(tx *database.Tx) error {
			own, err := h.OwnCountersIn(t.Context(), tx, h.KogeStaff.ID, "", 10)
			if err != nil || len(own) != 1 || !own[0].Myself || own[0].Note != "Jeg er på kursus." {
				t.Errorf("%+v %v", own, err)
			}
			if err := h.LeaveIn(t.Context(), tx, h.KogeStaff.ID); err != nil {
				return err
			}
			own, err = h.OwnCountersIn(t.Context(), tx, h.KogeStaff.ID, "", 10)
			if len(own) > 0 {
				t.Errorf("%+v", own)
			}
			return err
		}))
	})
}
