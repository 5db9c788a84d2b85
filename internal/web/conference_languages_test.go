package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

func TestInterpretersAreNamedAndGetThePapersOfTheirConference(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, at := s.As(koge), august()
		askGuest(t, s, at)
		guest := guestLink(t, s)
		if page := s.Visitor().Get(guest + "/papers"); page.Status == http.StatusOK || strings.Contains(page.Text("main"), "тур") {
			t.Errorf("a guest who does not interpret reads the papers: %d", page.Status)
		}
		form := b.Get(at + "/languages").Form("main form")
		if _, there := form["interpreter-ru-da"]; !there {
			t.Fatalf("got %v", form)
		}
		guestID := ""
		b.Get(at + "/guests").Document.Find("span[id^=guest-]").Each(func(_ int, x *goquery.Selection) { guestID = strings.TrimPrefix(x.AttrOr("id", ""), "guest-") })
		wrong := b.Post(at+"/languages", fill(form, "interpreter-ru-da", guestID, "listening-da", "http://lyt.example.org/da"))
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Form("main form").Get("interpreter-ru-da") != guestID || !wrong.Has("#field-listening-da-error") {
			t.Errorf("%d %q", wrong.Status, wrong.Text(".summary"))
		}
		page := b.Follow(b.Post(at+"/languages", fill(form, "interpreter-ru-da", demo.ID("p-interp"), "interpreter-ru-da-2", guestID, "listening-da", "lyt.example.org/da")))
		if !page.Has(`a[href="https://lyt.example.org/da"]`) || !strings.Contains(page.Text("main"), "Tolke") {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		if !s.As(volunteer).Get(at + "/join").Has(`a[href="https://lyt.example.org/da"]`) {
			t.Error("the way into the room does not lead to the channel")
		}

		papers := s.As("p-interp").Get(at + "/papers")
		for _, want := range []string{"Готовы ли мы ко второй волне?", "Er vi klar til en anden bølge?", "Телефонная линия осенью", "Støttetelefonen til efteråret"} {
			if !strings.Contains(papers.Text("main"), want) {
				t.Errorf("the papers lack %q", want)
			}
		}
		if papers.Document.Find("table tbody tr").Length() == 0 || !papers.Has(`[lang=da]`) || !papers.Has(`[lang=ru]`) {
			t.Errorf("no terms: %q", papers.Text("table"))
		}
		page = s.Visitor().Get(guest)
		if !page.Has(`a[href="` + guest + `/papers"]`) {
			t.Errorf("a guest who interprets is not led to the papers: %q", page.Text("main"))
		}
		if page = s.Visitor().Get(guest + "/papers"); page.Status != http.StatusOK || !strings.Contains(page.Text("main"), "Телефонная линия осенью") || page.Has(`main a[href^="/conferences"]`) {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		if got := s.As("p-interp").Get(at + "/languages").Status; got != http.StatusForbidden {
			t.Errorf("an interpreter plans: %d", got)
		}
	})
}

func TestWhoCanFollowInNoLanguageIsNamedToWhoPlans(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, at := s.As(koge), august()
		form := b.Get(at + "/edit").Form("main form")
		form["languages"], form["interpretation"] = []string{"be"}, nil
		page := b.Follow(b.Post(at+"/edit", fill(form, "send", "yes")))
		if !page.Has(`section details a[href="` + at + `/edit"]`) {
			t.Errorf("%q", page.Text("main"))
		}
		if s.As(volunteer).Get(at).Has(`section details a[href="` + at + `/edit"]`) {
			t.Error("everybody is told who cannot follow")
		}
	})
}
