package notify_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/locale"
)

// The time of a conference is given up, then put to a poll; each step is one mail, and the entry comes back with a higher number.
func TestPostponedAndReopenedInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.translate(h.find(id).Title, map[locale.Language]string{locale.Belarusian: "Ці гатовыя мы да другой хвалі?",
			locale.Danish: "Er vi klar til en anden bølge?", locale.English: "Are we ready for a second wave?"})
		h.post()

		h.ok(h.conferences.Postpone(ctx, minsk, id, h.find(id).Version))
		h.golden("postponed", id)

		h.newTimes(id, "2020-10-29T11:00")
		for to, m := range h.post() {
			if m.CalendarMethod != "REQUEST" || !strings.Contains(string(m.Calendar), "SEQUENCE:2\r\n") {
				h.Errorf("%s: %s\n%s", to, m.CalendarMethod, m.Calendar)
			}
		}

		h.newTimes(id, "2020-10-29T11:00", "2020-11-03T11:00")
		h.golden("reopened", id)
	})
}

func TestANewTimeThatComesBeforeTheMailIsAllThatIsMailed(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		h.ok(h.conferences.Postpone(ctx, minsk, id, h.find(id).Version))
		h.newTimes(id, "2020-10-29T11:00")
		if mails := h.post(); len(mails) != 4 {
			h.Errorf("%d mails", len(mails))
		}
	})
}

func (h house) newTimes(id string, times ...string) {
	h.Helper()
	c, p := h.find(id), h.plan(times...)
	p.TitleBase, p.PurposeBase = c.Title.Version, c.Purpose.Version
	h.ok(h.conferences.Change(h.Context(), h.MinskCoordinator.Actor, id, c.Version, p))
}
