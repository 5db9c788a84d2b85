package notify_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// until moves the clock on to a moment by the clocks of Minsk.
func (h house) until(wall string) {
	h.Helper()
	at, err := time.ParseInLocation("2006-01-02T15:04", wall, time.FixedZone("Minsk", 3*60*60))
	h.ok(err)
	h.clock.Set(at)
}

// reminded are the addresses that got a mail now.
func (h house) reminded() []string {
	h.Helper()
	return slices.Sorted(maps.Keys(h.post()))
}

func TestWhoHasNotAnsweredIsRemindedOnce(t *testing.T) {
	each(t, func(h house) {
		ctx := h.Context()
		p := h.plan("2020-08-27T14:00", "2020-08-28T10:00")
		p.Deadline = "2020-08-10"
		id, err := h.conferences.Propose(ctx, h.MinskCoordinator.Actor, p)
		h.ok(err)
		h.post()
		h.until("2020-08-09T08:59")
		if early := h.reminded(); len(early) > 0 {
			h.Errorf("before its hour: %v", early)
		}
		h.until("2020-08-09T09:00")
		h.golden("reminder-poll", id)
		p.Deadline = "2020-08-20"
		id, err = h.conferences.Propose(ctx, h.MinskCoordinator.Actor, p)
		h.ok(err)
		asked := h.reminded()
		h.ok(h.conferences.AnswerPoll(ctx, h.KogeCoordinator.Actor, id, conference.PollAnswer{Choices: map[string]conference.Choice{h.find(id).Slots[0].ID: conference.Yes}}))
		h.until("2020-08-19T09:00")
		if again := h.reminded(); len(again) != len(asked)-1 {
			h.Errorf("%v are asked, %v reminded, though one has answered", asked, again)
		}
		h.until("2020-08-20T09:00")
		if twice := h.reminded(); len(twice) > 0 {
			h.Errorf("a second time: %v", twice)
		}
	})
}

func TestRemindersOfAConferenceFollowItsTime(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T14:00"))
		h.ok(err)
		item := conference.ItemDraft{Topic: text.Draft{Language: locale.Russian, Body: "Планы реагирования"}, Kind: conference.Discussion, Minutes: 25}
		itemID, err := h.conferences.AddItem(ctx, minsk, id, item)
		h.ok(err)
		h.ok(h.conferences.SendAgendaAhead(ctx, minsk, id, 0))
		h.clock.Advance(2 * time.Minute)
		h.post()
		h.until("2020-08-20T14:00")
		h.golden("reminder-week", id)
		h.ok(h.conferences.RemoveItem(ctx, minsk, id, itemID))
		c := h.find(id)
		p := h.plan("2020-08-28T10:00")
		p.TitleBase, p.PurposeBase = c.Title.Version, c.Purpose.Version
		h.ok(h.conferences.Change(ctx, minsk, id, c.Version, p))
		h.clock.Advance(time.Minute)
		h.post()
		h.until("2020-08-21T10:00")
		if again := h.reminded(); len(again) != 4 {
			h.Errorf("a week before its new time: %v", again)
		}
		h.ok(h.conferences.Answer(ctx, h.BrestStaff.Actor, id, conference.Accepted, time.Time{}))
		h.until("2020-08-26T14:00")
		if old := h.reminded(); len(old) > 0 {
			h.Errorf("of a time that it has no more: %v", old)
		}
		h.until("2020-08-27T10:00")
		h.golden("reminder-day", id)
		h.ok(h.conferences.Answer(ctx, h.KogeStaff.Actor, id, conference.Declined, time.Time{}))
		h.ok(org.New(h.db).ChooseMails(ctx, h.KogeCoordinator.Actor, choices(map[org.MailKind]org.How{org.RemindHour: org.Never})))
		h.until("2020-08-28T09:00")
		if hour := h.reminded(); len(hour) != 2 {
			t.Errorf("an hour before, of four of whom one has declined and one wants no reminders: %v", hour)
		}
	})
}

func TestNobodyIsRemindedOfWhatWasCalledOff(t *testing.T) {
	each(t, func(h house) {
		id, err := h.conferences.Schedule(h.Context(), h.MinskCoordinator.Actor, h.plan("2020-08-27T14:00"))
		h.ok(err)
		h.ok(h.conferences.Cancel(h.Context(), h.MinskCoordinator.Actor, id, h.find(id).Version))
		h.post()
		h.until("2020-08-27T13:00")
		if got := h.reminded(); len(got) > 0 {
			h.Errorf("reminded: %v", got)
		}
	})
}

func TestAnAgendaGoesOutInTimeToBeTranslated(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		_, err = h.conferences.AddItem(ctx, minsk, id, conference.ItemDraft{Topic: text.Draft{Language: locale.Russian, Body: "Запасы масок на осень"}, Kind: conference.Discussion, Minutes: 20})
		h.ok(err)
		h.ok(h.conferences.SendAgendaAhead(ctx, minsk, id, 5))
		h.until("2020-08-17T11:00")
		if early := h.reminded(); len(early) > 0 {
			h.Errorf("10 days ahead though 5 were chosen since: %v", early)
		}
		h.until("2020-08-20T11:00")
		h.post() // the week
		h.until("2020-08-22T11:00")
		mails := h.post()
		want := slices.Sorted(slices.Values([]string{h.email(h.MinskCoordinator), h.email(h.KogeCoordinator)}))
		if got := slices.Sorted(maps.Keys(mails)); !slices.Equal(got, want) {
			h.Errorf("went to %v, want %v", got, want)
		}
		if said := mails[h.email(h.KogeCoordinator)].Text; !strings.Contains(said, "Запасы масок на осень") || !strings.Contains(said, "mangler på: dansk") {
			h.Errorf("says %q", said)
		}
	})
}

func TestAnAgendaThatEverybodyReadsIsNotSent(t *testing.T) {
	each(t, func(h house) {
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		id, err := h.conferences.Schedule(ctx, minsk, h.plan("2020-08-27T11:00"))
		h.ok(err)
		h.post()
		_, err = h.conferences.AddItem(ctx, minsk, id, conference.ItemDraft{Topic: text.Draft{Language: locale.Russian, Body: "Маски"}, Kind: conference.Discussion, Minutes: 20})
		h.ok(err)
		h.translate(h.find(id).Agenda[0].Topic, map[locale.Language]string{locale.Danish: "Mundbind", locale.English: "Masks", locale.Belarusian: "Маскі"})
		h.until("2020-08-17T11:00")
		if sent := h.reminded(); len(sent) > 0 {
			h.Errorf("sent to %v", sent)
		}
	})
}
