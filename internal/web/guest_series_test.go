package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/demo/demotest"
)

// guestAnswers are the guest's answers to the times of a series, in its order; "" where they are not asked.
func guestAnswers(t *testing.T, s *demotest.Site, f conference.Series) (list []conference.RSVP) {
	t.Helper()
	for _, o := range f.Occurrences {
		c, err := conference.New(s.DB).Get(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		answer := conference.RSVP("")
		for _, p := range c.Guests() {
			answer = p.RSVP
		}
		list = append(list, answer)
	}
	return list
}

// mailOut has the mails of a deed sent after those of the one before: the mailbox has the newest first.
func mailOut(s *demotest.Site) {
	s.Clock.Advance(time.Minute)
	s.DoJobs()
}

func guestMails(s *demotest.Site) int {
	return s.Visitor().Get("/mailbox?receiver=" + guest).Document.Find(".letter-subject").Length()
}

const (
	yes     = conference.Accepted
	no      = conference.Declined
	maybe   = conference.Tentative
	nothing = conference.NeedsAction
)

func TestAGuestOfTheFirstConferenceIsAskedToAllTimesOfItsSeries(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		planner := askGuest(t, s, august())
		_, f := repeated(t, s, 4)
		mailOut(s)
		path, visitor := guestLink(t, s), s.Visitor()
		if n := guestMails(s); n != 2 {
			t.Errorf("%d mails, not an invitation and one about the series", n)
		}
		page := visitor.Get(path)
		for _, o := range f.Occurrences {
			if !page.Has(`main a[href="` + path + `?time=` + o.ID + `"]`) {
				t.Errorf("no way to %s in %q", o.Local, page.Text("main"))
			}
		}
		third := path + "?time=" + f.Occurrences[2].ID
		page = visitor.Get(third)
		if page.Status != http.StatusOK || !strings.Contains(page.Text("main"), "10. september") || page.Document.Find("#guest").AttrOr("action", "") != third {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}
		visitor.Post(third, fill(page.Form("#guest"), "answer", "DECLINED"))
		if got := guestAnswers(t, s, f); !slices.Equal(got, []conference.RSVP{nothing, nothing, no, nothing}) {
			t.Errorf("an answer to the third time: %v", got)
		}
		second := path + "?time=" + f.Occurrences[1].ID
		visitor.Post(second, fill(visitor.Get(second).Form("#guest"), "answer", "ACCEPTED", "all", "yes"))
		if got := guestAnswers(t, s, f); !slices.Equal(got, []conference.RSVP{nothing, yes, yes, yes}) {
			t.Errorf("an answer to the second and all later times: %v", got)
		}
		if entry := visitor.Get(path + "/invite.ics?time=" + f.Occurrences[2].ID); !strings.Contains(entry.Body, "DTSTART;TZID=Europe/Copenhagen:20200910T100000") {
			t.Errorf("the entry of the third time is another's: %s", entry.Body)
		}
		for _, foreign := range []string{july(), "/conferences/none"} {
			if page := visitor.Get(path + "?time=" + strings.TrimPrefix(foreign, "/conferences/")); page.Status != http.StatusNotFound {
				t.Errorf("the link opens %s: %d", foreign, page.Status)
			}
		}
		guestID := id(planner.Get(august()+"/guests"), "/renew")
		planner.Post("/conferences/"+f.Occurrences[2].ID+"/guests/"+guestID+"/drop", url.Values{})
		mailOut(s)
		path = guestLink(t, s)
		if page := visitor.Get(path + "?time=" + f.Occurrences[2].ID); page.Status != http.StatusNotFound {
			t.Errorf("the time that they were taken off: %d", page.Status)
		}
		if page := visitor.Get(path); page.Status != http.StatusOK {
			t.Errorf("the others: %d", page.Status)
		}
	})
}

func TestAGuestsLinkToASeriesEndsThirtyDaysAfterTheLastTime(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		askGuest(t, s, august())
		_, f := repeated(t, s, 4)
		mailOut(s)
		path, visitor := guestLink(t, s), s.Visitor()
		ends := f.Occurrences[3].Ends()
		s.Clock.Set(ends.Add(29 * 24 * time.Hour))
		if page := visitor.Get(path); page.Status != http.StatusOK {
			t.Errorf("29 days after the last time: %d", page.Status)
		}
		s.Clock.Set(ends.Add(31 * 24 * time.Hour))
		if page := visitor.Get(path); page.Status != http.StatusNotFound {
			t.Errorf("31 days after the last time: %d", page.Status)
		}
	})
}

func TestAGuestHearsWhatIsCancelledOfASeries(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		planner := askGuest(t, s, august())
		series, f := repeated(t, s, 4)
		mailOut(s)
		before := guestMails(s)
		at := "/conferences/" + f.Occurrences[1].ID
		planner.Post(at+"/cancel", planner.Get(at).Form(`form[action$="/cancel"]`))
		mailOut(s)
		if got, page := guestMails(s), s.Visitor().Get(guestLink(t, s)+"?time="+f.Occurrences[1].ID); got != before+1 || page.Text(".heading .badge") != "Aflyst" {
			t.Errorf("one time is cancelled: %d mails more, %q", got-before, page.Text(".heading"))
		}
		planner.Post("/conferences/series/"+series+"/end", fill(planner.Get("/conferences/series/"+series).Form("#end"), "from", f.Occurrences[2].ID))
		mailOut(s)
		if got := guestMails(s); got != before+2 {
			t.Errorf("the rest is cancelled: %d mails more, not two", got-before)
		}
		if page := s.Visitor().Get(guestLink(t, s)); page.Status != http.StatusOK || strings.Count(page.Text("main"), "Aflyst") != 3 {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
	})
}

func TestAGuestIsAskedToALaterTimeAndAllAfterIt(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		_, f := repeated(t, s, 4)
		b := s.As(koge)
		at := "/conferences/" + f.Occurrences[1].ID + "/guests"
		form := b.Get(at).Form("#guest")
		if form.Get("later") != "yes" {
			t.Errorf("the later times are not offered: %v", form)
		}
		if page := b.Post(at, fill(form, "name", "Apoteker, Køge", "email", guest, "language", "da")); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", page.Status, page.Text(".summary"))
		}
		mailOut(s)
		if got := guestAnswers(t, s, f); !slices.Equal(got, []conference.RSVP{"", nothing, nothing, nothing}) {
			t.Errorf("asked to %v", got)
		}
		page := s.Visitor().Get(guestLink(t, s))
		if n := guestMails(s); n != 1 || page.Status != http.StatusOK || page.Document.Find(`main a[href*="?time="]`).Length() != 3+3 {
			t.Errorf("%d mails, %d %q", n, page.Status, page.Text("main"))
		}
	})
}
