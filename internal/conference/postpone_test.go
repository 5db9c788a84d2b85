package conference_test

import (
	"slices"
	"testing"
	"time"

	"example.org/tandem/internal/conference"
)

func TestAPostponedConferenceKeepsAllButItsTime(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx := h.Context()
		h.ok(h.Answer(ctx, h.KogeStaff.Actor, c.ID, conference.Accepted, time.Time{}))
		h.refused(h.Postpone(ctx, h.KogeStaff.Actor, c.ID, c.Version), "error.forbidden")
		h.missing(h.Postpone(ctx, h.Outsider.Actor, c.ID, c.Version))
		h.ok(h.Postpone(ctx, h.MinskCoordinator.Actor, c.ID, c.Version))
		got := h.find(c.ID)
		if !got.Is(conference.Postponed) || got.HasTime() || len(got.Participants) != 4 {
			h.Errorf("got %s at %s with %d people", got.State, got.StartsAt, len(got.Participants))
		}
		if h.rsvp(c.ID, h.KogeStaff) != conference.NeedsAction {
			h.Error("an answer about the time that was given up was kept")
		}
		letters := h.letters(conference.PostponementMail, c.ID)
		if len(letters) != 4 {
			h.Fatalf("told: %v", letters)
		}
		was, is := letters[0].Was(got)
		if !is || !was.StartsAt.Equal(c.StartsAt) || was.Sequence != c.Sequence+1 || got.Sequence <= was.Sequence {
			h.Errorf("taken out of calendars: %s with number %d, then %d", was.StartsAt, was.Sequence, got.Sequence)
		}
		h.clock.Advance(365 * 24 * time.Hour)
		if !h.find(c.ID).Is(conference.Postponed) {
			h.Error("it was over by itself")
		}
		h.refused(h.Postpone(ctx, h.MinskCoordinator.Actor, c.ID, got.Version), "conference.problem.closed")
	})
}

func TestANewTimeInvitesEverybodyWithAHigherNumber(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.Postpone(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version))
		postponed := h.find(c.ID)
		got := h.change(postponed, func(p *conference.Plan) { p.Times = []string{"2020-10-27T11:00"} })
		if !got.Is(conference.Scheduled) || got.StartsLocal != "2020-10-27T11:00" {
			h.Errorf("%s at %s", got.State, got.StartsLocal)
		}
		letters := h.letters(conference.InvitationMail, c.ID)
		if last := letters[len(letters)-1]; len(letters) != 8 || last.Sequence <= h.letters(conference.PostponementMail, c.ID)[0].Sequence {
			h.Errorf("invited: %v", letters)
		}
	})
}

func TestSeveralNewTimesMakeAPollOfIt(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		h.says(c, h.KogeStaff, conference.Yes, conference.No, conference.Yes)
		h.ok(h.Postpone(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version))
		if letters := h.letters(conference.PostponementMail, c.ID); len(letters) != 4 || letters[0].About != "" {
			h.Errorf("told: %v", letters)
		}
		got := h.change(h.find(c.ID), func(p *conference.Plan) { p.Times = []string{"2020-09-03T10:00", "2020-08-27T11:00"} })
		if !got.Is(conference.Poll) || len(got.Slots) != 2 || len(h.letters(conference.AskMail, c.ID)) != 8 {
			h.Fatalf("%s with %d times, asked: %v", got.State, len(got.Slots), h.letters(conference.AskMail, c.ID))
		}
		if got.Slots[0].StartsLocal != "2020-08-27T11:00" || got.Slots[0].Answers[h.KogeStaff.ID] != conference.No || len(got.Slots[1].Answers) != 0 {
			h.Errorf("got %+v", got.Slots)
		}
		h.ok(h.Choose(h.Context(), h.MinskCoordinator.Actor, c.ID, got.Slots[1].ID, got.Version))
	})
}

func TestAPollThatIsReopenedKeepsAnswersToTimesThatStay(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		c := h.poll()
		h.says(c, h.KogeStaff, conference.Yes, conference.IfNeedBe, conference.No)
		h.ok(h.Choose(ctx, minsk, c.ID, c.Slots[1].ID, c.Version))
		c = h.find(c.ID)
		if again := c.AgainTimes(h.clock.Now()); !slices.Equal(again, h.planned().Times) {
			h.Errorf("to be asked about again: %v", again)
		}
		p := edit(c, h.planned())
		p.Times = []string{"2020-08-27T11:00", "2020-08-28T14:00", "2020-09-03T10:00"}
		p.Participants = []string{h.MinskCoordinator.ID, h.BrestStaff.ID, h.KogeCoordinator.ID, h.HeadquartersStaff.ID}
		h.ok(h.Change(ctx, minsk, c.ID, c.Version, p))
		got := h.find(c.ID)
		if !got.Is(conference.Poll) || got.HasTime() || len(got.Slots) != 3 || got.Slots[0].Answers[h.KogeStaff.ID] != conference.IfNeedBe || got.Slots[1].Answers[h.KogeStaff.ID] != conference.No {
			h.Errorf("%s, %+v", got.State, got.Slots)
		}
		told := map[string]int{}
		for _, kind := range []string{conference.ReopeningMail, conference.RemovalMail, conference.AskMail} {
			for _, l := range h.letters(kind, c.ID) {
				if kind != conference.AskMail || l.PersonID == h.HeadquartersStaff.ID {
					told[kind+" "+l.PersonID]++
				}
				if was, is := l.Was(got); kind != conference.AskMail && (!is || !was.StartsAt.Equal(c.StartsAt)) {
					h.Errorf("%s takes %s out of calendars", kind, was.StartsAt)
				}
			}
		}
		want := []string{"poll " + h.HeadquartersStaff.ID, "remove " + h.KogeStaff.ID, "reopen " + h.MinskCoordinator.ID, "reopen " + h.BrestStaff.ID, "reopen " + h.KogeCoordinator.ID}
		for _, one := range want {
			if told[one] != 1 {
				h.Errorf("%s: %d", one, told[one])
			}
		}
		if len(told) != len(want) {
			h.Errorf("told: %v", told)
		}
	})
}

func TestOneOfASeriesIsNotPostponed(t *testing.T) {
	each(t, func(h house) {
		c, _ := h.weekly()
		c = h.find(c.ID)
		h.refused(h.Postpone(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version), "conference.problem.in-series")
		p := edit(c, h.planned())
		h.refused(h.Change(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version, p), "conference.problem.in-series")
	})
}

func TestCancellingAfterPostponingTellsEverybodyOnceMore(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.Postpone(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version))
		h.ok(h.Cancel(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version+1))
		if got := h.find(c.ID); !got.Is(conference.Cancelled) || len(h.letters(conference.CancellationMail, c.ID)) != 4 {
			h.Errorf("%s, told %v", got.State, h.letters(conference.CancellationMail, c.ID))
		}
	})
}

func TestWhatWasKeptBackFallsAwayWhenItIsPostponed(t *testing.T) {
	each(t, func(h house) {
		c := h.change(h.scheduled(), h.without(h.KogeStaff))
		h.ok(h.Postpone(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version))
		removed := h.letters(conference.RemovalMail, c.ID)
		if got := h.find(c.ID); got.Held != 0 || len(removed) != 1 || len(h.letters(conference.PostponementMail, c.ID)) != 3 {
			h.Errorf("%d kept back, told %v", got.Held, removed)
		}
	})
}
