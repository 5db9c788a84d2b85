package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

const guest = "gaest@tandem.example"

// askGuest has the Danish coordinator ask somebody without an account to the conference at an address.
func askGuest(t *testing.T, s *demotest.Site, at string) *demotest.Browser {
	t.Helper()
	b := s.As(koge)
	form := b.Get(at + "/guests").Form("#guest")
	page := b.Post(at+"/guests", fill(form, "name", "Apoteker, Køge", "email", guest, "language", "da"))
	if page.Status != http.StatusSeeOther {
		t.Fatalf("%d %q", page.Status, page.Text(".summary"))
	}
	s.DoJobs()
	return b
}

// guestLink is where the newest mail to the guest leads.
func guestLink(t *testing.T, s *demotest.Site) string {
	t.Helper()
	b := s.Visitor()
	mail := b.Get("/mailbox?receiver="+guest).Document.Find(".letter-subject a").First().AttrOr("href", "none")
	link := b.Get(mail).Document.Find("a").FilterFunction(func(_ int, a *goquery.Selection) bool {
		return strings.Contains(a.AttrOr("href", ""), "/guest/")
	}).First().AttrOr("href", "none")
	at, err := url.Parse(link)
	if err != nil || at.Path == "none" {
		t.Fatalf("the mail leads to %q", link)
	}
	return at.Path
}

func TestAGuestReadsAnswersAndSeesNothingElse(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		planner := askGuest(t, s, august())
		path, visitor := guestLink(t, s), s.Visitor()
		page := visitor.Get(path + "?answer=ACCEPTED")
		if page.Status != http.StatusOK || page.Document.Find("html").AttrOr("lang", "") != "da" || page.Form("#guest").Get("answer") != "ACCEPTED" {
			t.Fatalf("%d %s %v", page.Status, page.Text("h1"), page.Form("#guest"))
		}
		if text := page.Text("main"); !strings.Contains(text, "København") || !strings.Contains(text, "Minsk") || !page.Has(".timeline") {
			t.Errorf("no clocks or no agenda: %q", text)
		}
		page.Document.Find("main a[href^='/']").Each(func(_ int, a *goquery.Selection) {
			if href := a.AttrOr("href", ""); !strings.HasPrefix(href, path) {
				t.Errorf("a way to another page: %s", href)
			}
		})
		if answers := planner.Get(august() + "/guests").Text("tbody"); !strings.Contains(answers, "intet svar") && strings.Contains(answers, "deltager") {
			t.Errorf("the page that was opened has answered: %q", answers)
		}
		done := visitor.Follow(visitor.Post(path, page.Form("#guest")))
		if done.Status != http.StatusOK || done.Form("#guest").Get("answer") != "ACCEPTED" {
			t.Errorf("%d %v", done.Status, done.Form("#guest"))
		}
		if entry := visitor.Get(path + "/invite.ics"); entry.Status != http.StatusOK {
			t.Errorf("the calendar entry: %d", entry.Status)
		}
		if page := visitor.Get(august()); page.Status != http.StatusSeeOther {
			t.Errorf("a guest is let in: %d", page.Status)
		}
		stale := visitor.Post(path, url.Values{"answer": {"DECLINED"}, "about": {"2020-08-01T10:00:00Z"}})
		if stale.Status != http.StatusConflict {
			t.Errorf("an answer about another time: %d", stale.Status)
		}
	})
}

func TestANewLinkTakesThePlaceOfTheOldOne(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		planner := askGuest(t, s, august())
		old := guestLink(t, s)
		renew := august() + "/guests/" + id(planner.Get(august()+"/guests"), "/renew")
		planner.Post(renew+"/renew", url.Values{})
		planner.Post(renew+"/renew", url.Values{}) // in the same hour: no second mail
		s.DoJobs()
		newest := guestLink(t, s)
		visitor := s.Visitor()
		if mails := visitor.Get("/mailbox?receiver=" + guest).Document.Find(".letter-subject").Length(); mails != 2 || newest == old {
			t.Errorf("%d mails; %s, then %s", mails, old, newest)
		}
		page := visitor.Get(old)
		if page.Status != http.StatusNotFound || !page.Has(`form[action="`+old+`/again"]`) {
			t.Errorf("the old link: %d %q", page.Status, page.Text("main"))
		}
		if unknown := visitor.Get("/guest/" + strings.Repeat("x", 43)); unknown.Status != http.StatusNotFound || unknown.Has("form[action$='/again']") {
			t.Errorf("a link that never was: %d %q", unknown.Status, unknown.Text("main"))
		}
		planner.Post(renew+"/drop", url.Values{})
		s.DoJobs()
		for _, link := range []string{old, newest} {
			if page := visitor.Get(link); page.Status != http.StatusNotFound || page.Has("form[action$='/again']") {
				t.Errorf("who is off the list still has %s: %d", link, page.Status)
			}
			if page := visitor.Post(link, url.Values{"answer": {"ACCEPTED"}}); page.Status != http.StatusNotFound {
				t.Errorf("who is off the list still answers: %d", page.Status)
			}
		}
	})
}

// id is the person in the address of a form of the guests' list.
func id(page demotest.Page, deed string) string {
	action := page.Document.Find("form[action$='"+deed+"']").First().AttrOr("action", "")
	parts := strings.Split(strings.TrimSuffix(action, deed), "/")
	return parts[len(parts)-1]
}

func TestAGuestAnswersAPoll(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		at := asked(t, s)
		planner := askGuest(t, s, at)
		path, visitor := guestLink(t, s), s.Visitor()
		page := visitor.Get(path)
		form := page.Form("#guest")
		for _, group := range page.Document.Find("[role=radiogroup] input").EachIter() {
			form.Set(group.AttrOr("name", ""), "yes")
		}
		form.Set("note", "Kun om formiddagen")
		if done := visitor.Post(path, form); done.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", done.Status, done.Text("main"))
		}
		if text := planner.Get(at + "/poll").Text("main"); !strings.Contains(text, "Kun om formiddagen") {
			t.Errorf("the guest's note is not shown: %q", text)
		}
	})
}

func TestWhoCannotBeAskedAsAGuest(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := askGuest(t, s, august())
		form := fill(b.Get(august()+"/guests").Form("#guest"), "name", "Gæst", "email", "en@tandem.example", "language", "da")
		for what, wrong := range map[string][]string{
			"without a name": {"name", ""}, "without an address": {"email", ""}, "a header": {"email", "a@tandem.example\r\nBcc: b@tandem.example"},
			"somebody of the partnership": {"email", "KOGE-CHAIR@tandem.example"}, "for no host": {"host", demo.ID("drc")},
			"in no language": {"language", "sv"}, "twice": {"email", strings.ToUpper(guest)},
		} {
			page := b.Post(august()+"/guests", fill(maps.Clone(form), wrong...))
			if page.Status != http.StatusUnprocessableEntity || !page.Has(".field-wrong") {
				t.Errorf("%s: %d %q", what, page.Status, page.Text(".summary"))
			}
			if back := page.Form("#guest"); wrong[0] != "name" && back.Get("name") != "Gæst" {
				t.Errorf("%s: what was typed is lost: %v", what, back)
			}
		}
	})
}

// A guest has no page: who they are is known to those who plan the conference.
func TestAGuestIsNobodyAmongThePeople(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		planner := askGuest(t, s, august())
		person := id(planner.Get(august()+"/guests"), "/drop")
		for _, account := range []string{koge, minsk, "p-drc-country"} {
			if page := s.As(account).Get("/people/" + person); page.Status != http.StatusNotFound {
				t.Errorf("%s reads who a guest is: %d", account, page.Status)
			}
		}
	})
}
