package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

// coordinator is the coordinator of volunteers in Minsk, as at sign-in.
func coordinator(t *testing.T, s *demotest.Site) access.Actor {
	t.Helper()
	a := access.Actor{PersonID: demo.ID(minsk)}
	err := s.DB.Read(t.Context(), func(tx *database.Tx) (err error) {
		a.Memberships, err = database.All(t.Context(), tx, func(row database.Scanner) (m access.Membership, err error) {
			return m, row.Scan(&m.UnitID, &m.Role)
		}, `select unit_id, role from memberships where person_id = $1`, a.PersonID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestPlanningAPollFromTheForm(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := plan(b)
		if len(form["participants"]) != 15 || form.Get("host-1") == "" || form.Get("host-2") == "" || form.Get("zone") != "Europe/Minsk" {
			t.Errorf("not preset: %v", form)
		}
		page := b.Follow(b.Post("/conferences/new", form))
		if page.Text("h1") != "Осенняя встреча" || page.Text(".heading .badge") != "Выбор времени" || !strings.Contains(page.Text(".notice-success"), "Письмо получат 15 человек.") {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		s.DoJobs()
		if got := count(t, s, `select count(*) from demo_mails where subject like '%Осенняя встреча%'`); got != 15 {
			t.Errorf("%d mails", got)
		}
	})
}

func TestANewConferenceSpeaksTheLanguagesOfBothHosts(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for who, want := range map[string][]string{minsk: {"ru", "da"}, koge: {"ru", "da"}, "p-brc-vol-vitebsk": {"be", "da"}} {
			if got := s.As(who).Get("/conferences/new").Form("main form")["languages"]; !sameSet(got, want) {
				t.Errorf("%s: %v", who, got)
			}
		}
		b := s.As(minsk)
		form := plan(b)
		form["interpretation"] = []string{"ru-da"}
		sent := b.Post("/conferences/new", form)
		page := b.Follow(sent)
		if !strings.Contains(page.Text("main"), "есть устный перевод") {
			t.Errorf("%q", page.Text("main"))
		}
		if got := b.Get(sent.Location + "/edit").Form("main form")["interpretation"]; !slices.Equal(got, []string{"ru-da"}) {
			t.Errorf("came back as %v", got)
		}
	})
}

func TestOneTimeInvitesAtOnceAndADraftNobody(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		one := fill(plan(b), "slot-2", "", "slot-2-time", "", "slot-3", "", "slot-3-time", "")
		if page := b.Follow(b.Post("/conferences/new", one)); page.Text(".heading .badge") != "Запланирована" {
			t.Errorf("%q", page.Text("main"))
		}
		page := b.Follow(b.Post("/conferences/new", fill(plan(b), "send", "", "draft", "yes")))
		if page.Text(".heading .badge") != "Черновик" {
			t.Errorf("%q", page.Text("main"))
		}
		s.DoJobs()
		if got := count(t, s, `select count(*) from demo_mails where subject like '%Осенняя встреча%'`); got != 15 {
			t.Errorf("%d mails", got)
		}
		if got := s.As(volunteer).Get("/conferences").Text("main"); strings.Count(got, "Осенняя встреча") != 1 {
			t.Errorf("a draft is seen by the staff: %q", got)
		}
	})
}

func TestAFormComesBackWithAllThatWasTyped(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(plan(b), "title", "", "purpose", "Пункт первый\n\n– и второй", "minutes", "ninety", "slot-2", "2020-07-01", "host-2", "",
			"room", "link", "room-url", "http://example.org", "moderator", demo.ID(koge), "interpretation", "ru-da")
		form["participants"] = form["participants"][:3]
		page := b.Post("/conferences/new", form)
		if page.Status != http.StatusUnprocessableEntity {
			t.Fatalf("got %d", page.Status)
		}
		got := page.Form("main form")
		for _, name := range []string{"purpose", "minutes", "slot-1", "slot-1-time", "slot-2", "slot-3", "room", "room-url", "moderator", "interpretation", "language"} {
			if got.Get(name) != form.Get(name) {
				t.Errorf("%s: typed %q, came back %q", name, form.Get(name), got.Get(name))
			}
		}
		if !sameSet(got["participants"], form["participants"]) {
			t.Errorf("participants: %v, came back %v", form["participants"], got["participants"])
		}
		if focus := page.Document.Find("[autofocus]").AttrOr("name", ""); focus != "title" {
			t.Errorf("the focus is on %q", focus)
		}
		for _, field := range []string{"title", "minutes", "slot-2", "hosts", "room-url"} {
			if !page.Has(`#field-`+field+`-error`) || !page.Has(`.summary a[href="#field-`+field+`"]`) || !page.Has("#field-"+field) {
				t.Errorf("no error at %s", field)
			}
		}
		for _, label := range []string{"Название: ", "Продолжительность в минутах: ", "Вариант времени 2: ", "Ссылка на встречу: "} {
			if !strings.Contains(page.Text(".summary"), label) {
				t.Errorf("the summary does not say %q: %q", label, page.Text(".summary"))
			}
		}
	})
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func TestTheLanguageSwitchKeepsWhatWasTyped(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(plan(b), "send", "", "switch-language", "da")
		page := b.Post("/conferences/new", form)
		got := page.Form("main form")
		if page.Status != http.StatusOK || page.Text("h1") != "Ny konference" || got.Get("title") != "Осенняя встреча" || got.Get("language") != "ru" || got.Get("slot-3") != "2020-09-10" {
			t.Errorf("%d %q %v", page.Status, page.Text("h1"), got)
		}
	})
}

func TestTimesAreSaidOnBothClocksWithHolidaysByName(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(plan(b), "send", "", "check", "yes", "slot-1", "2020-11-07", "slot-1-time", "19:00", "slot-2", "2020-12-25", "slot-2-time", "10:00",
			"slot-3", "", "slot-3-time", "")
		notes := each(b.Post("/conferences/new", form), "#slot-notes ul > li")
		text := strings.Join(notes, "\n")
		for _, want := range []string{
			"Суббота, 7 ноября 2020", "19:00–20:30 Минск / 17:00–18:30 Копенгаген", "неделя 45", "Выходной день (Дания).", "Праздничный день (Беларусь): День Октябрьской революции",
			"Минск: 19:00–20:30 — нерабочее время.", "Праздничный день (Беларусь): Рождество Христово (католическое)", "Праздничный день (Дания): Рождество",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("nobody is told %q in\n%s", want, text)
			}
		}
	})
}

func TestAnOddTimeIsShownBeforeItIsSent(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(plan(b), "slot-2", "2020-11-07")
		page := b.Post("/conferences/new", form)
		if page.Status != http.StatusOK || !page.Has("#slot-notes .notice-warning") {
			t.Fatalf("%d %q", page.Status, page.Text("#slot-notes"))
		}
		form = page.Form("main form")
		form.Set("send", "yes")
		if page := b.Post("/conferences/new", form); page.Status != http.StatusSeeOther {
			t.Errorf("the second time it is not sent: %d %q", page.Status, page.Text("main"))
		}
	})
}

func TestAnotherTimeCanBeAddedWithoutScript(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(plan(b), "send", "", "add", "yes", "slot-2", "", "slot-2-time", "")
		page := b.Post("/conferences/new", form)
		if !page.Has("#field-slot-4") || page.Has("#field-slot-5") || page.Form("main form").Get("slot-2") != "2020-09-10" {
			t.Errorf("%v", page.Form("main form"))
		}
		for range 9 {
			form = page.Form("main form")
			form.Set("add", "yes")
			page = b.Post("/conferences/new", form)
		}
		if !page.Has("#field-slot-10") || page.Has("#field-slot-11") || page.Has("button[name=add]") {
			t.Error("ten times at most")
		}
	})
}

// A browser without a calendar sends what people type.
func TestDaysAndHoursAsPeopleTypeThem(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		form := fill(plan(b), "slot-1", "8.9.2020", "slot-1-time", "11.00", "slot-2", "09/09/2020", "slot-2-time", "9", "slot-3", "", "slot-3-time", "", "send", "", "check", "yes")
		got := b.Post("/conferences/new", form).Form("main form")
		if got.Get("slot-1") != "2020-09-08" || got.Get("slot-1-time") != "11:00" || got.Get("slot-2") != "2020-09-09" || got.Get("slot-2-time") != "09:00" {
			t.Errorf("%v", got)
		}
	})
}

func TestEnterSendsNothing(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		if page := b.Post("/conferences/new", fill(plan(b), "send", "")); page.Status != http.StatusOK {
			t.Errorf("got %d", page.Status)
		}
	})
}

func TestEditingTellsEverybodyAfterAMinute(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		form := fill(b.Get(august()+"/edit").Form("main form"), "room-url", "https://meet.tandem.example/other", "send", "yes")
		if form.Get("host-1") != demo.ID("brc-sec") || form.Get("host-2") != demo.ID("drc-hq") || form.Get("slot-1-time") != "10:00" {
			t.Errorf("not preset: %v", form)
		}
		s.DoJobs()
		there := count(t, s, `select count(*) from demo_mails`)
		if page := b.Post(august()+"/edit", form); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", page.Status, page.Text(".summary"))
		}
		s.DoJobs()
		before := count(t, s, `select count(*) from demo_mails`) - there
		s.Clock.Advance(time.Minute)
		s.DoJobs()
		if after := count(t, s, `select count(*) from demo_mails`) - there; before != 0 || after != 15 {
			t.Errorf("%d mails at once, %d after a minute", before, after)
		}
	})
}

func TestWhoSavesSecondSeesBoth(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		first, second := s.As(koge), s.As("p-drc-country")
		open := func(b *demotest.Browser) url.Values { return b.Get(august() + "/edit").Form("main form") }
		mine, theirs := open(first), open(second)
		if page := second.Post(august()+"/edit", fill(theirs, "minutes", "60", "send", "yes")); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", page.Status, page.Text(".summary"))
		}
		page := first.Post(august()+"/edit", fill(mine, "minutes", "75", "title", "Min titel", "send", "yes"))
		if page.Status != http.StatusConflict || page.Form("main form").Get("title") != "Min titel" || !strings.Contains(page.Text("form .card .facts"), "60") {
			t.Fatalf("%d %q", page.Status, page.Text("main form"))
		}
		again := page.Form("main form")
		again.Set("send", "yes")
		if page := first.Post(august()+"/edit", again); page.Status != http.StatusSeeOther {
			t.Errorf("%d %q", page.Status, page.Text(".summary"))
		}
		if got := first.Get(august()).Text("h1"); got != "Min titel" {
			t.Errorf("%q", got)
		}
	})
}
