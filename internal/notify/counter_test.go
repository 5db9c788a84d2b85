package notify_test

import (
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// Somebody proposes two other times, one of them in the week in which Denmark puts its clocks back, and reads why not.
func TestAnotherTimeThatIsProposedInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx := h.Context()
		id, err := h.conferences.Schedule(ctx, h.MinskCoordinator.Actor, h.plan("2020-10-22T11:00"))
		h.ok(err)
		h.post()
		h.ok(h.conferences.Counter(ctx, h.KogeStaff.Actor, id, conference.CounterDraft{About: "2020-10-22T11:00", Zone: "Europe/Copenhagen",
			Times: []string{"2020-10-23T09:00", "2020-10-29T09:00"}, Note: text.Draft{Language: locale.Danish, Body: "Torsdag har jeg vagt."}, Cannot: true}))
		if told := h.post(); len(told) != 2 {
			t.Errorf("%d people are told, want the coordinators of both hosts", len(told))
		}
		list, err := h.conferences.Counters(ctx, h.MinskCoordinator.Actor, h.find(id))
		h.ok(err)
		h.letters(conference.CounterMail, id, list[0].ID)
		h.golden("counter", id, list[0].ID, "COUNTER")

		h.ok(h.conferences.DeclineCounter(ctx, h.MinskCoordinator.Actor, id, list[0].ID, text.Draft{Language: locale.Russian, Body: "В эти дни никто из Бреста не может."}))
		if told := h.post(); len(told) != 1 {
			t.Errorf("%d people are told, want who proposed", len(told))
		}
		h.letters(conference.CounterDeclineMail, id, list[0].ID)
		h.golden("counter-declined", id, list[0].ID, "COUNTER")
	})
}

// letters has a mail written to people who read the four languages.
func (h house) letters(kind, id, about string) {
	h.Helper()
	h.ok(h.db.Write(h.Context(), func(tx *database.Tx) error {
		for _, p := range h.find(id).Participants {
			letter := conference.Letter{ConferenceID: id, PersonID: p.PersonID, About: about}
			if err := jobs.Enqueue(h.Context(), tx, jobs.Job{Kind: kind, Subject: letter.String()}); err != nil {
				return err
			}
		}
		return nil
	}))
}
