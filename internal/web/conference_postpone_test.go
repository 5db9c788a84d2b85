package web_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/tandem/internal/demo/demotest"
)

// A conference with one time is put to a poll again, postponed, and given a new time: each from its own page.
func TestATimeIsOpenedAgainGivenUpAndFound(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		at := b.Post("/conferences/new", fill(plan(b), "slot-2", "", "slot-2-time", "", "slot-3", "", "slot-3-time", "")).Location
		page := b.Get(at)
		link := page.Document.Find(`a[href="` + at + `/edit?again=yes"]`)
		if link.Length() != 1 {
			t.Fatalf("no way to several times: %q", page.Text("main"))
		}
		form := b.Get(at + "/edit?again=yes").Form("main form")
		if form.Get("again") != "yes" || form.Get("slot-1") == "" || !form.Has("slot-2") {
			t.Fatalf("got %v", form)
		}
		form = fill(form, "slot-2", form.Get("slot-1"), "slot-2-time", "16:00", "send", "yes")
		page = b.Follow(b.Post(at+"/edit", form))
		if page.Text(".heading .badge") != "Выбор времени" || !strings.Contains(page.Text("main"), "Участники получат письмо с вопросом") {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}

		if s.As(volunteer).Get(at).Has(`form[action="` + at + `/postpone"]`) {
			t.Error("staff can postpone")
		}
		page = b.Follow(b.Post(at+"/postpone", page.Form(`form[action="`+at+`/postpone"]`)))
		if page.Text(".heading .badge") != "Отложена" || page.Text(".actions .button-primary") != "Найти новое время" || page.Has(".offered") {
			t.Errorf("%q", page.Text("main"))
		}
		if list := s.As(volunteer).Get("/conferences").Text("main"); !strings.Contains(list, "Udsat") {
			t.Errorf("the list of the staff does not say it: %q", list)
		}

		form = b.Get(at + "/edit").Form("main form")
		if form.Get("slot-1") != "" || !form.Has("slot-3") {
			t.Errorf("a time is there already: %v", form)
		}
		form = fill(form, "slot-1", "2020-09-09", "slot-1-time", "14:00", "send", "yes")
		if page = b.Follow(b.Post(at+"/edit", form)); page.Text(".heading .badge") != "Запланирована" || !strings.Contains(page.Text("main"), "Приглашения отправляются") {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		s.DoJobs()
		if got := count(t, s, `select count(*) from demo_mails where subject like '%Осенняя встреча%'`); got != 15 {
			t.Errorf("%d mails: all happened before the first was written, so the last says all", got)
		}
		if again := b.Get(at + "/edit?again=yes"); again.Status != http.StatusOK {
			t.Errorf("got %d", again.Status)
		}
	})
}
