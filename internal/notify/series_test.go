package notify_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
)

// weekly makes a series across the end of Danish summer time: from 15 October 2020, 10:00 in Køge, four times without the second.
func (h house) weekly() (first conference.Conference, found conference.Series) {
	h.Helper()
	ctx, minsk := h.Context(), h.MinskCoordinator.Actor
	id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-10-15T11:00"))
	h.ok(err)
	c := h.find(id)
	h.translate(c.Title, map[locale.Language]string{locale.Belarusian: "Ці гатовыя мы да другой хвалі?",
		locale.Danish: "Er vi klar til en anden bølge?", locale.English: "Are we ready for a second wave?"})
	h.post()
	seriesID, err := h.conferences.Repeat(ctx, minsk, id, h.find(id).Version,
		conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Copenhagen", Count: 4, Without: []string{"2020-10-22T10:00"}})
	h.ok(err)
	found, _, err = h.conferences.FindSeries(ctx, minsk, seriesID)
	h.ok(err)
	return h.find(id), found
}

func TestASeriesInFourLanguages(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		first, f := h.weekly()
		h.golden("series", f.ID, first.ID, "FIRST")

		third := h.find(f.Occurrences[2].ID)
		p := h.plan("2020-11-05T11:00")
		p.TitleBase, p.PurposeBase = third.Title.Version, third.Purpose.Version
		h.ok(h.conferences.Change(ctx, minsk, third.ID, third.Version, p))
		h.clock.Advance(time.Minute)
		h.golden("series-moved", third.ID, first.ID, "FIRST", f.ID, "SERIES")

		h.ok(h.conferences.Cancel(ctx, minsk, f.Occurrences[1].ID, h.find(f.Occurrences[1].ID).Version))
		h.golden("series-cancelled", f.Occurrences[1].ID, first.ID, "FIRST")
	})
}

func TestTheEndOfASeriesTakesWhatWasMovedAlong(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		_, f := h.weekly()
		h.post()
		second := h.find(f.Occurrences[1].ID)
		p := h.plan("2020-10-28T11:00")
		p.TitleBase, p.PurposeBase = second.Title.Version, second.Purpose.Version
		h.ok(h.conferences.Change(ctx, minsk, second.ID, second.Version, p))
		h.clock.Advance(time.Minute)
		h.post()
		h.ok(h.conferences.EndSeries(ctx, minsk, f.ID, f.Occurrences[2].ID, f.Version))
		mails := h.post()
		entry := string(mails[h.email(h.KogeStaff)].Calendar)
		for _, line := range []string{"METHOD:REQUEST", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Copenhagen:20201022T100000",
			"RECURRENCE-ID;TZID=Europe/Copenhagen:20201029T100000", "DTSTART;TZID=Europe/Minsk:20201028T110000", "SEQUENCE:3"} {
			if len(mails) != 4 || !strings.Contains(entry, "\r\n"+line+"\r\n") {
				h.Errorf("%d mails, no %s in\n%s", len(mails), line, entry)
			}
		}
		f, _, err := h.conferences.FindSeries(ctx, minsk, f.ID)
		h.ok(err)
		h.ok(h.conferences.EndSeries(ctx, minsk, f.ID, f.Occurrences[0].ID, f.Version))
		entry = string(h.post()[h.email(h.KogeStaff)].Calendar)
		if !strings.Contains(entry, "METHOD:CANCEL") || strings.Contains(entry, "RECURRENCE-ID") || strings.Contains(entry, "RRULE") {
			h.Errorf("what is over is not taken out: %s", entry)
		}
	})
}

// On Thursday 29 October 2020 Denmark has winter time: ten in Køge is twelve in Minsk, not eleven.
func TestBothSidesHearTwoWeeksAheadThatAnHourMoves(t *testing.T) {
	each(t, func(h house) {
		_, f := h.weekly()
		h.post()
		h.clock.Set(f.Occurrences[0].StartsAt.Add(-14*24*time.Hour + time.Minute))
		for to, m := range h.post() {
			if strings.Contains(m.Subject, "Usædvanligt") || strings.Contains(m.Subject, "Необычное") {
				h.Errorf("%s is told of a time like any other: %s", to, m.Text)
			}
		}
		h.clock.Set(f.Occurrences[1].StartsAt.Add(-14*24*time.Hour + time.Minute))
		mails := h.post()
		minsk, koge := mails[h.email(h.MinskCoordinator)], mails[h.email(h.KogeCoordinator)]
		for _, words := range []string{"12:00", "11:00", "/conferences/" + f.Occurrences[1].ID + "/edit"} {
			if !strings.Contains(minsk.Text, words) {
				h.Errorf("no %s in %s", words, minsk.Text)
			}
		}
		if koge.Subject == "" || strings.Count(koge.Text, "\n– ") < 4 {
			h.Errorf("Køge hears %q %s", koge.Subject, koge.Text)
		}
		if again := h.post(); len(again) > 0 {
			h.Errorf("told twice: %v", again)
		}
	})
}
