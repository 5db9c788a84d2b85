package conference_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/org/orgtest"
)

func (h house) says(c conference.Conference, who orgtest.Person, choices ...conference.Choice) {
	h.Helper()
	answers := map[string]conference.Choice{}
	for i, choice := range choices {
		if choice != "" {
			answers[c.Slots[i].ID] = choice
		}
	}
	h.ok(h.AnswerPoll(h.Context(), who.Actor, c.ID, conference.PollAnswer{Choices: answers}))
}

func TestPollAnswersAreKeptAndCanChange(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		h.says(c, h.KogeStaff, conference.Yes, conference.IfNeedBe, conference.No)
		h.says(c, h.KogeStaff, "", conference.Yes, "")
		got := h.find(c.ID)
		for i, want := range []conference.Choice{conference.Yes, conference.Yes, conference.No} {
			if said := got.Slots[i].Answers[h.KogeStaff.ID]; said != want {
				h.Errorf("slot %d: got %q, want %q", i, said, want)
			}
		}
		if !got.HasAnswered(h.KogeStaff.ID) || got.HasAnswered(h.BrestStaff.ID) {
			h.Error("who has answered is not told")
		}
		if h.rsvp(c.ID, h.KogeStaff) != conference.NeedsAction {
			h.Error("a poll answer became an answer to the invitation")
		}
	})
}

func TestALateAnswerStillCounts(t *testing.T) {
	each(t, func(h house) {
		p := h.planned()
		p.Deadline = "2020-08-10"
		id, err := h.Propose(h.Context(), h.MinskCoordinator.Actor, p)
		h.ok(err)
		c := h.find(id)
		if want := time.Date(2020, 8, 10, 20, 59, 0, 0, time.UTC); !c.Deadline.Equal(want) {
			h.Errorf("deadline %s, want %s", c.Deadline, want)
		}
		h.clock.Set(c.Deadline.Add(time.Hour))
		h.says(c, h.KogeStaff, conference.Yes)
	})
}

func TestWhatAPollAnswerIsRefusedFor(t *testing.T) {
	each(t, func(h house) {
		c, other := h.poll(), h.poll()
		yes := map[string]conference.Choice{c.Slots[0].ID: conference.Yes}
		ctx := h.Context()
		h.missing(h.AnswerPoll(ctx, h.Outsider.Actor, c.ID, conference.PollAnswer{Choices: yes}))
		h.refused(h.AnswerPoll(ctx, h.HeadquartersStaff.Actor, c.ID, conference.PollAnswer{Choices: yes}), "error.forbidden") // sees it, but is not asked
		h.missing(h.AnswerPoll(ctx, h.KogeStaff.Actor, c.ID, conference.PollAnswer{Choices: map[string]conference.Choice{other.Slots[0].ID: conference.Yes}}))
		h.missing(h.AnswerPoll(ctx, h.KogeStaff.Actor, c.ID, conference.PollAnswer{Choices: map[string]conference.Choice{c.Slots[0].ID: "perhaps"}}))
		h.refused(h.AnswerPoll(ctx, h.KogeStaff.Actor, c.ID, conference.PollAnswer{}), "conference.problem.no-answer")
		h.ok(h.Choose(ctx, h.MinskCoordinator.Actor, c.ID, c.Slots[1].ID, c.Version))
		h.refused(h.AnswerPoll(ctx, h.KogeStaff.Actor, c.ID, conference.PollAnswer{Choices: yes}), "conference.problem.no-poll")
	})
}

// The sides: Minsk coordinator, Brest staff · Køge coordinator, Køge staff.
func TestRankingIsBySmallerSideAndAskedOfEachHost(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		const y, i, n = conference.Yes, conference.IfNeedBe, conference.No
		h.says(c, h.MinskCoordinator, y, y, n)
		h.says(c, h.BrestStaff, y, y, i)
		h.says(c, h.KogeCoordinator, n, y, y)
		h.says(c, h.KogeStaff, n, i, y)
		ranking := h.find(c.ID).Ranking()
		// 27 August: 2 and 1 yes. 28 August: works, as Brest could if need be. 25 August: two yes, but nobody of Denmark can.
		for place, want := range []struct {
			slot  int
			works bool
		}{{1, true}, {2, true}, {0, false}} {
			if got := ranking[place]; got.ID != c.Slots[want.slot].ID || got.Works != want.works {
				h.Errorf("place %d: got %s, works %v", place+1, got.StartsLocal, got.Works)
			}
		}
		if got, want := ranking[0].Sides[h.Denmark], (conference.Count{Yes: 1, IfNeedBe: 1}); got != want {
			h.Errorf("got %+v, want %+v", got, want)
		}
	})
}

func TestWithoutAnswersNoTimeWorksAndTheEarliestIsFirst(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		ranking := c.Ranking()
		if ranking[0].ID != c.Slots[0].ID || ranking[0].Works || ranking[0].Sides[h.Belarus].Silent != 2 {
			h.Errorf("got %+v", ranking[0])
		}
	})
}

func TestWhoPlansMayAnswerForSomebodyAndItSaysSo(t *testing.T) {
	each(t, func(h house) {
		c, ctx := h.poll(), h.Context()
		answer := conference.PollAnswer{PersonID: h.KogeStaff.ID, Choices: map[string]conference.Choice{c.Slots[0].ID: conference.Yes}, Note: "kun til kl. 15"}
		h.refused(h.AnswerPoll(ctx, h.BrestStaff.Actor, c.ID, answer), "error.forbidden")
		h.ok(h.AnswerPoll(ctx, h.MinskCoordinator.Actor, c.ID, answer))
		got := h.find(c.ID)
		if slot := got.Slots[0]; slot.Answers[h.KogeStaff.ID] != conference.Yes || slot.By[h.KogeStaff.ID] != h.MinskCoordinator.ID {
			h.Errorf("got %+v", slot)
		}
		if who, _ := got.Participant(h.KogeStaff.ID); who.PollNote.Body != answer.Note {
			h.Errorf("the note is %q", who.PollNote.Body)
		}
		h.says(c, h.KogeStaff, conference.No)
		if slot := h.find(c.ID).Slots[0]; slot.Answers[h.KogeStaff.ID] != conference.No || slot.By[h.KogeStaff.ID] != "" {
			h.Errorf("the person's own answer: %+v", slot)
		}
		stranger := conference.PollAnswer{PersonID: h.HeadquartersStaff.ID, Choices: answer.Choices}
		h.missing(h.AnswerPoll(ctx, h.MinskCoordinator.Actor, c.ID, stranger)) // who is not asked has no answer
		h.refusedField(h.AnswerPoll(ctx, h.KogeStaff.Actor, c.ID, conference.PollAnswer{Note: strings.Repeat("я", conference.MaxNote+1)}), "note", "error.too-long")
	})
}
