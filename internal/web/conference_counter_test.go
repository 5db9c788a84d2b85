package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/demo/demotest"
)

func TestAProposedTimeIsReadOnBothClocksAndTakenIntoTheForm(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(volunteer)
		if !b.Get(august()).Has(`main a[href$="/propose-time"]`) {
			t.Fatal("no way to it from the answer")
		}
		page := b.Get(august() + "/propose-time")
		if empty := b.Post(august()+"/propose-time", page.Form("#counter")); empty.Status != http.StatusUnprocessableEntity || !empty.Has("#field-time-1[aria-invalid]") {
			t.Errorf("no time was typed: %d", empty.Status)
		}
		form := fill(page.Form("#counter"), "time-1", "2020-09-07", "time-1-hour", "10:00", "zone", "Europe/Copenhagen", "note", "I am on a course.", "note-language", "en")
		if page = b.Follow(b.Post(august()+"/propose-time", form)); !page.Has(".notice-success") || page.Has("#counters") {
			t.Errorf("%d, or others than coordinators see it", page.Status)
		}
		planner := s.As(minsk)
		page = planner.Get(august())
		text := page.Text("#counters")
		for _, word := range []string{"11:00–12:30 Минск", "10:00–11:30 Копенгаген", "I am on a course."} {
			if !strings.Contains(text, word) {
				t.Errorf("%q is not in %q", word, text)
			}
		}
		edit := planner.Get(page.Document.Find("#counters a").AttrOr("href", "none")).Form("#plan")
		if edit.Get("slot-1") != "2020-09-07" || edit.Get("slot-1-time") != "10:00" || edit.Get("zone") != "Europe/Copenhagen" {
			t.Errorf("%v %v", edit.Get("slot-1"), edit.Get("slot-1-time"))
		}
		if page := planner.Get(august()); !strings.Contains(page.Text(".card-next"), "27 августа") {
			t.Error("a look has moved it")
		}
		if page := planner.Follow(planner.Post(august()+"/edit", fill(edit, "send", "yes"))); page.Has("#counters") || !strings.Contains(page.Text(".card-next"), "7 сентября") {
			t.Errorf("%d %q", page.Status, page.Text(".summary"))
		}
	})
}

func TestAProposedHolidayIsNamedAndDeclinedWithAWord(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		askGuest(t, s, august())
		path, visitor := guestLink(t, s), s.Visitor()
		form := fill(visitor.Get(path+"/propose-time").Form("#counter"), "time-1", "2020-12-25", "time-1-hour", "10:00", "zone", "Europe/Copenhagen")
		if page := visitor.Post(path+"/propose-time", form); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", page.Status, page.Text(".summary"))
		}
		s.DoJobs()
		b := s.As(koge)
		page := b.Get(august())
		if text := page.Text("#counters"); !strings.Contains(text, "Apoteker, Køge") || !strings.Contains(text, "Juledag") {
			t.Errorf("%q", text)
		}
		at := page.Document.Find("#counters form").AttrOr("action", "none")
		form = page.Form("#counters form")
		if page := b.Post(at, form); page.Status != http.StatusUnprocessableEntity || !page.Has("#counters details[open] [aria-invalid]") {
			t.Errorf("without a word: %d", page.Status)
		}
		s.Clock.Advance(time.Minute) // the newest mail has the link
		if page := b.Follow(b.Post(at, fill(form, "why", "Det er jul.", "why-language", "da"))); !page.Has(".notice-success") || page.Has("#counters") {
			t.Errorf("%d", page.Status)
		}
		s.DoJobs()
		mail := s.Visitor().Get("/mailbox?receiver=" + guest)
		if !strings.Contains(mail.Text("main"), "Tidspunktet bliver") {
			t.Errorf("nobody has told the guest: %q", mail.Text("main"))
		}
		if page := visitor.Get(guestLink(t, s)); !strings.Contains(page.Text("main"), "Det er jul.") {
			t.Errorf("%d", page.Status)
		}
	})
}
