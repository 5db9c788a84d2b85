package web_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/tandem/internal/demo/demotest"
)

func TestTheAgendaOnOnePageSpeaksTheReadersLanguageOnBothClocks(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for account, words := range map[string][]string{
			minsk:              {"Четверг, 27 августа 2020", "неделя 35", "11:00", "Минск", "10:00", "Копенгаген", "meet.tandem.example/", "Участники"},
			"p-brc-vol-grodno": {"Чацвер, 27 жніўня 2020", "тыдзень 35", "Удзельнікі"},
			koge:               {"Torsdag den 27. august 2020", "uge 35", "kl. 10.00", "København", "Deltagere"},
			"p-koge-vol-2":     {"Thursday 27 August 2020", "week 35", "Participants"},
		} {
			b := s.As(account)
			if !b.Get(august()).Has(`main a[href$="/agenda/print"]`) {
				t.Errorf("%s: no way to it", account)
			}
			page := b.Get(august() + "/agenda/print")
			for _, word := range words {
				if !strings.Contains(page.Text("article.paper"), word) {
					t.Errorf("%s does not read %q in %q", account, word, page.Text("article.paper"))
				}
			}
			if n := page.Document.Find(".paper-items > li").Length(); n != 5 || page.Has("article.paper form") {
				t.Errorf("%s: %d items, or a form", account, n)
			}
		}
	})
}

func TestTheAgendaOnOnePageMarksWhatIsNotTranslated(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		form := fill(b.Get(august()+"/agenda").Form("form#item"), "topic", "Eventuelt", "topic-language", "da", "minutes", "5")
		if page := b.Post(august()+"/agenda", form); page.Status != http.StatusSeeOther {
			t.Fatalf("%d", page.Status)
		}
		if last := b.Get(august() + "/agenda/print").Document.Find(".paper-items > li").Last(); last.Find(".origin").Length() > 0 {
			t.Error("their own language is marked")
		}
		last := s.As(minsk).Get(august() + "/agenda/print").Document.Find(".paper-items > li").Last()
		if last.Find("h3 [lang=da]").Length() != 1 || last.Find(".origin").Length() != 1 {
			t.Errorf("%q", last.Text())
		}
	})
}

func TestAGuestPrintsTheAgendaButNotWhoElseIsAsked(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		askGuest(t, s, august())
		path, visitor := guestLink(t, s), s.Visitor()
		if !visitor.Get(path).Has(`main a[href^="` + path + `/agenda/print"]`) {
			t.Error("no way to it")
		}
		page := visitor.Get(path + "/agenda/print")
		if page.Status != http.StatusOK || page.Document.Find("html").AttrOr("lang", "") != "da" || page.Has(".paper-people") || page.Document.Find(".paper-items > li").Length() != 5 {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		if title := page.Text("title"); strings.Contains(title, page.Text("h1")) {
			t.Errorf("a preview of the link tells what it is about: %q", title)
		}
		if strings.Contains(page.Text("main"), "/guest/") {
			t.Error("a key stands on paper")
		}
	})
}
