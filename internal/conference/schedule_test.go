package conference_test

import (
	"slices"
	"testing"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

func TestChoosingInvitesEverybodyAnew(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		h.says(c, h.KogeStaff, conference.Yes, conference.Yes, conference.Yes)
		h.ok(h.Choose(h.Context(), h.KogeCoordinator.Actor, c.ID, c.Slots[1].ID, c.Version))
		got := h.find(c.ID)
		if got.State != conference.Scheduled || got.StartsLocal != "2020-08-27T11:00" || got.ChosenSlotID != c.Slots[1].ID {
			h.Errorf("got %+v", got)
		}
		if want := time.Date(2020, 8, 27, 8, 0, 0, 0, time.UTC); !got.StartsAt.Equal(want) || got.Version != c.Version+1 {
			h.Errorf("got %s, version %d", got.StartsAt, got.Version)
		}
		for _, p := range got.Participants {
			if p.RSVP != conference.NeedsAction {
				h.Errorf("the poll answered for somebody: %+v", p)
			}
		}
		if letters := h.letters(conference.InvitationMail, c.ID); len(letters) != 4 || letters[0].Sequence != 0 {
			h.Errorf("invited: %v", letters)
		}
	})
}

func TestWhatChoosingIsRefusedFor(t *testing.T) {
	each(t, func(h house) {
		c, other := h.poll(), h.poll()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		h.refused(h.Choose(ctx, h.KogeStaff.Actor, c.ID, c.Slots[0].ID, c.Version), "error.forbidden")
		h.missing(h.Choose(ctx, h.Outsider.Actor, c.ID, c.Slots[0].ID, c.Version))
		h.missing(h.Choose(ctx, minsk, c.ID, other.Slots[0].ID, c.Version))
		h.refused(h.Choose(ctx, minsk, c.ID, c.Slots[0].ID, c.Version+1), "error.conflict")
		h.clock.Set(c.Slots[0].StartsAt)
		h.refused(h.Choose(ctx, minsk, c.ID, c.Slots[0].ID, c.Version), "conference.problem.past")
		h.ok(h.Choose(ctx, minsk, c.ID, c.Slots[1].ID, c.Version))
		h.refused(h.Choose(ctx, minsk, c.ID, c.Slots[2].ID, c.Version+1), "conference.problem.no-poll")
		if got := h.letters(conference.InvitationMail, c.ID); len(got) != 4 {
			h.Errorf("a refused choice wrote to people: %v", got)
		}
	})
}

func TestSchedulingDirectlyInvitesAtOnce(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		if c.State != conference.Scheduled || len(c.Slots) != 0 || len(h.letters(conference.InvitationMail, c.ID)) != 4 {
			h.Errorf("got %+v", c)
		}
		_, err := h.Schedule(h.Context(), h.MinskCoordinator.Actor, h.planned())
		h.refused(err, "conference.problem.several-times")
		_, err = h.Propose(h.Context(), h.MinskCoordinator.Actor, h.one())
		h.refused(err, "conference.problem.one-time")
	})
}

func TestAnswersToAnInvitation(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx := h.Context()
		h.ok(h.Answer(ctx, h.KogeStaff.Actor, c.ID, conference.Tentative, time.Time{}))
		h.ok(h.Answer(ctx, h.KogeStaff.Actor, c.ID, conference.Accepted, time.Time{}))
		if got := h.rsvp(c.ID, h.KogeStaff); got != conference.Accepted {
			h.Errorf("got %s", got)
		}
		if got := h.find(c.ID).Version; got != c.Version {
			h.Error("an answer got in the way of whoever edits the conference")
		}
		h.refused(h.Answer(ctx, h.KogeStaff.Actor, c.ID, conference.NeedsAction, time.Time{}), "conference.problem.no-answer")
		h.refused(h.Answer(ctx, h.HeadquartersStaff.Actor, c.ID, conference.Accepted, time.Time{}), "error.forbidden")
		h.missing(h.Answer(ctx, h.Outsider.Actor, c.ID, conference.Accepted, time.Time{}))
		h.refused(h.Answer(ctx, h.KogeStaff.Actor, h.poll().ID, conference.Accepted, time.Time{}), "conference.problem.not-open")
		h.clock.Set(c.Ends().Add(conference.Overtime))
		h.refused(h.Answer(ctx, h.KogeStaff.Actor, c.ID, conference.Declined, time.Time{}), "conference.problem.not-open")
	})
}

func TestCancellingTellsEverybodyOnceAndStays(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		h.refused(h.Cancel(ctx, h.BrestStaff.Actor, c.ID, c.Version), "error.forbidden")
		h.refused(h.Cancel(ctx, minsk, c.ID, c.Version+1), "error.conflict")
		h.ok(h.Cancel(ctx, minsk, c.ID, c.Version))
		got := h.find(c.ID)
		if got.State != conference.Cancelled || got.Sequence != c.Sequence+1 {
			h.Errorf("got %s, sequence %d", got.State, got.Sequence)
		}
		if letters := h.letters(conference.CancellationMail, c.ID); len(letters) != 4 || letters[0].Sequence != got.Sequence {
			h.Errorf("told: %v", letters)
		}
		h.refused(h.Cancel(ctx, minsk, c.ID, got.Version), "conference.problem.begun")
		h.refused(h.Answer(ctx, h.KogeStaff.Actor, c.ID, conference.Accepted, time.Time{}), "conference.problem.not-open")
	})
}

func TestACancelledDraftTellsNobody(t *testing.T) {
	each(t, func(h house) {
		p := h.planned()
		p.Draft = true
		id, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		h.ok(h.Cancel(h.Context(), h.MinskCoordinator.Actor, id, 1))
		if got := h.letters(conference.CancellationMail, id); len(got) > 0 {
			h.Errorf("told: %v", got)
		}
	})
}

func TestStartAndEndByHostsModeratorAndMinuteTaker(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx := h.Context()
		moderator, taker := h.KogeCoordinator.Actor, h.BrestStaff.Actor
		h.refused(h.Start(ctx, moderator, c.ID), "conference.problem.too-early")
		h.clock.Set(c.StartsAt.Add(-conference.Early))
		h.refused(h.Start(ctx, h.KogeStaff.Actor, c.ID), "error.forbidden")
		h.refused(h.Start(ctx, h.BrestCoordinator.Actor, c.ID), "error.forbidden") // of a unit that does not host
		h.missing(h.Start(ctx, h.Outsider.Actor, c.ID))
		h.refused(h.End(ctx, taker, c.ID), "conference.problem.not-running")
		h.ok(h.Start(ctx, taker, c.ID))
		h.ok(h.Start(ctx, moderator, c.ID))
		if got := h.find(c.ID); got.State != conference.InProgress || !got.OpenedAt.Equal(h.clock.Now()) {
			h.Errorf("got %s", got.State)
		}
		h.refused(h.Cancel(ctx, h.MinskCoordinator.Actor, c.ID, c.Version), "conference.problem.begun")
		h.ok(h.End(ctx, h.MinskCoordinator.Actor, c.ID))
		if got := h.find(c.ID).State; got != conference.Held {
			h.Errorf("got %s", got)
		}
		h.refused(h.Start(ctx, taker, c.ID), "conference.problem.not-scheduled")
	})
}

func TestNobodyIsToldWhenTheTransactionFails(t *testing.T) {
	each(t, func(h house) {
		broken := problem.Refuse("broken")
		var id string
		err := h.db.Write(h.Context(), func(tx *database.Tx) (err error) {
			if id, err = h.ScheduleIn(h.Context(), tx, h.MinskCoordinator.Actor, h.one()); err != nil {
				return err
			}
			return broken
		})
		h.refused(err, "broken")
		if got := h.letters(conference.InvitationMail, id); len(got) > 0 {
			h.Errorf("told of a conference that is not there: %v", got)
		}
	})
}

func TestALetterIsReadBack(t *testing.T) {
	for _, l := range []conference.Letter{{"0197c0de-a", "p-1", 0, ""}, {"c", "p", 17, "agreement"}} {
		got, err := conference.ParseLetter(l.String())
		if err != nil || got != l {
			t.Errorf("got %+v, %v", got, err)
		}
	}
	for _, broken := range []string{"", "only-one", "a b many"} {
		if _, err := conference.ParseLetter(broken); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
	kinds := []string{conference.AskMail, conference.InvitationMail, conference.ChangeMail, conference.RemovalMail, conference.CancellationMail, conference.MinutesMail}
	slices.Sort(kinds)
	if len(slices.Compact(kinds)) != 6 {
		t.Error("two kinds of mail share a name")
	}
}
