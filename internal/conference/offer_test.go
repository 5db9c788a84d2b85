package conference_test

import (
	"testing"
	"time"

	"example.org/tandem/internal/conference"
)

func TestATimeIsAddedToAPollAndEverybodyIsAsked(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		h.says(c, h.KogeStaff, conference.Yes)
		ctx := h.Context()
		h.refused(h.Offer(ctx, h.KogeStaff.Actor, c.ID, "2020-08-24T10:00", c.Version), "error.forbidden")
		h.ok(h.Offer(ctx, h.MinskCoordinator.Actor, c.ID, "2020-08-24T10:00", c.Version))
		got := h.find(c.ID)
		if len(got.Slots) != 4 || got.Slots[0].StartsLocal != "2020-08-24T10:00" || got.Slots[1].Answers[h.KogeStaff.ID] != conference.Yes {
			h.Errorf("got %+v", got.Slots)
		}
		if n := len(h.letters(conference.AskMail, c.ID)); n != 8 {
			h.Errorf("%d letters", n)
		}
		for local, key := range map[string]string{"2020-08-24T10:00": "conference.problem.twice", "2020-07-01T10:00": "conference.problem.past", "soon": "calendar.problem.time"} {
			h.refusedField(h.Offer(ctx, h.MinskCoordinator.Actor, c.ID, local, got.Version), "offer", key)
		}
		h.ok(h.Choose(ctx, h.MinskCoordinator.Actor, c.ID, got.Slots[0].ID, got.Version))
		h.refused(h.Offer(ctx, h.MinskCoordinator.Actor, c.ID, "2020-08-25T10:00", got.Version+1), "conference.problem.no-poll")
	})
}

func TestAMeetingHeldElsewhereIsHeldAndNobodyIsWrittenTo(t *testing.T) {
	each(t, func(h house) {
		p := h.one()
		h.refusedField(second(h.Record(h.Context(), h.MinskCoordinator.Actor, p)), "slot-1", "conference.problem.not-over")
		p.Times, p.Participants = []string{"2020-06-04T14:00"}, []string{h.BrestStaff.ID, h.KogeStaff.ID, h.KogeCoordinator.ID}
		id, err := h.Record(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		c := h.find(id)
		if !c.Is(conference.Held) || !c.StartsAt.Equal(time.Date(2020, 6, 4, 11, 0, 0, 0, time.UTC)) {
			h.Errorf("%s at %s", c.State, c.StartsAt)
		}
		if who, _ := c.Participant(h.KogeStaff.ID); !who.Attended || !who.InvitedAt.IsZero() {
			h.Errorf("got %+v", who)
		}
		for _, kind := range append([]string{conference.RemindJob}, conference.Mails...) {
			if n := len(h.letters(kind, id)); n > 0 {
				h.Errorf("%d of %s", n, kind)
			}
		}
	})
}

func second(_ string, err error) error { return err }
