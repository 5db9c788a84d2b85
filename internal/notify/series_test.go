package notify_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
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

// Who answered one time of a series otherwise finds both answers in the calendar after the next mail, and of the times that they are
// not asked to none.
func TestASeriesBearsTheAnswersOfItsReceiver(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk, koge := h.Context(), h.MinskCoordinator.Actor, h.KogeStaff.Actor
		f := h.longer()
		h.ok(h.conferences.AnswerSeries(ctx, koge, f.ID, conference.Accepted, time.Time{}, true))
		h.ok(h.conferences.Answer(ctx, koge, f.Occurrences[1].ID, conference.Declined, time.Time{}))
		fourth := h.find(f.Occurrences[3].ID)
		p := h.plan("2020-11-12T12:00")
		p.TitleBase, p.PurposeBase = fourth.Title.Version, fourth.Purpose.Version
		p.Participants = []string{h.MinskCoordinator.ID, h.KogeCoordinator.ID, h.BrestStaff.ID}
		h.ok(h.conferences.Change(ctx, minsk, fourth.ID, fourth.Version, p))
		h.clock.Advance(time.Minute)
		h.post()
		h.ok(h.conferences.EndSeries(ctx, minsk, f.ID, f.Occurrences[4].ID, f.Version))
		mails := h.post()

		got := h.answersIn(mails[h.email(h.KogeStaff)])
		want := map[string]string{"": "ACCEPTED", "20201029T100000": "DECLINED"}
		if diff := cmp.Diff(want, got); diff != "" {
			h.Errorf("(-answered +sent)\n%s", diff)
		}
		mail := mails[h.email(h.KogeStaff)]
		if !strings.Contains(string(mail.Calendar), "\r\nEXDATE;TZID=Europe/Copenhagen:20201112T100000\r\n") || strings.Contains(mail.Text, "12. november") {
			h.Errorf("the time that they are not asked to: %s\n%s", mail.Text, mail.Calendar)
		}
		if got := h.answersIn(mails[h.email(h.KogeCoordinator)]); len(got) != 1 || got[""] != "NEEDS-ACTION" {
			h.Errorf("who has answered nothing is sent %v", got)
		}
	})
}

// longer is a series like that of weekly with two times more, on 12 and 19 November; its mails are out.
func (h house) longer() conference.Series {
	h.Helper()
	ctx, minsk := h.Context(), h.MinskCoordinator.Actor
	id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-10-15T11:00"))
	h.ok(err)
	seriesID, err := h.conferences.Repeat(ctx, minsk, id, h.find(id).Version,
		conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Copenhagen", Count: 6, Without: []string{"2020-10-22T10:00"}})
	h.ok(err)
	h.ok(h.runner.Drain(ctx))
	f, _, err := h.conferences.FindSeries(ctx, minsk, seriesID)
	h.ok(err)
	return f
}

// answersIn are the PARTSTATs of a mail's entries, by RECURRENCE-ID.
func (h house) answersIn(m mail.Message) map[string]string {
	h.Helper()
	cal, err := ical.NewDecoder(bytes.NewReader(m.Calendar)).Decode()
	h.ok(err)
	answers := map[string]string{}
	for _, e := range cal.Events() {
		recurs := ""
		if p := e.Props.Get(ical.PropRecurrenceID); p != nil {
			recurs = p.Value
		}
		answers[recurs] = e.Props.Get(ical.PropAttendee).Params.Get(ical.ParamParticipationStatus)
	}
	return answers
}
