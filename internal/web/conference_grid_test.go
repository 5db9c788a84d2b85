package web_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/tandem/internal/demo/demotest"
)

// With Denmark on winter time the two clocks are two hours apart, and a Saturday is worked in Belarus.
func TestTheGridShowsBothClocksAndWhatIsKnownOfEachDay(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		week := func(monday string, more ...string) demotest.Page {
			form := fill(plan(b), append([]string{"send", "", "grid", monday, "grid-to", monday}, more...)...)
			return b.Post("/conferences/new", form)
		}
		christmas := week("2020-12-21")
		if got := christmas.Text("[id='at-2020-12-22T14:00']"); !strings.Contains(got, "14:00 Минск") || !strings.Contains(got, "12:00 Копенгаген") {
			t.Errorf("both clocks: %q", got)
		}
		if got := christmas.Text(".grid-day:has(#day-2020-12-25) .warnings"); !strings.Contains(got, "Рождество Христово") || !strings.Contains(got, "Дания") {
			t.Errorf("the holidays of both countries: %q", got)
		}
		if got := christmas.Text(".grid-week h4"); !strings.Contains(got, "неделя 52") {
			t.Errorf("the week: %q", got)
		}
		if n := christmas.Document.Find(".grid-day").Length(); n != 7 {
			t.Errorf("%d days", n)
		}
		if n := week("2020-12-21", "grid-weeks-to", "2").Document.Find(".grid-day").Length(); n != 14 {
			t.Errorf("%d days in two weeks", n)
		}
		if christmas.Has("[id='at-2020-12-22T07:00']") || !week("2020-12-21", "grid-hours-to", "all").Has("[id='at-2020-12-22T07:00']") {
			t.Error("hours at which no office is open are there when asked for, and only then")
		}
		for id, want := range map[string]string{"at-2020-12-22T14:00": "", "at-2020-12-22T08:00": "grid-out-one", "at-2020-12-22T18:00": "grid-out-one", "at-2020-12-22T19:00": "grid-out-both"} {
			if got, _ := christmas.Document.Find("[id='" + id + "']").Attr("aria-describedby"); got != want {
				t.Errorf("%s is said to be %q", id, got)
			}
		}
		august := week("2020-08-24")
		if got := august.Text(".grid-day:has(#day-2020-08-27) .grid-taken"); got == "" {
			t.Error("the conference that is planned for that day is not shown")
		}
		busy, _ := august.Document.Find("[id='at-2020-08-27T12:00']").Attr("aria-describedby")
		if !strings.Contains(busy, "grid-busy") {
			t.Errorf("the hour of another conference is said to be %q", busy)
		}
	})
}

func TestAClickInTheGridProposesAnHourOrTakesItBack(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(plan(b), "send", "", "grid", "2020-09-07", "pick", "2020-09-11T15:00", "title", "Осень")
		page := b.Post("/conferences/new", form)
		got := page.Form("main form")
		if page.Status != http.StatusOK || got.Get("slot-4") != "2020-09-11" || got.Get("slot-4-time") != "15:00" || got.Get("title") != "Осень" {
			t.Fatalf("%d %v", page.Status, got)
		}
		if pressed := page.Document.Find(".hour[aria-pressed=true]").Length(); pressed != 4 {
			t.Errorf("%d hours are marked", pressed)
		}
		got.Set("pick", "2020-09-08T11:00")
		got = b.Post("/conferences/new", got).Form("main form")
		if got.Get("slot-1") != "2020-09-09" || got.Get("slot-3") != "2020-09-11" {
			t.Errorf("an hour that was proposed is there still: %v", got)
		}
		moved := b.Get(august() + "/edit").Form("#plan")
		moved.Set("pick", "2020-08-28T15:00")
		got = b.Post(august()+"/edit", moved).Form("#plan")
		if got.Get("slot-1") != "2020-08-28" || got.Get("slot-1-time") != "15:00" || got.Get("slot-2") != "" {
			t.Errorf("of a conference that has a time the hour takes its place: %v", got)
		}
	})
}

// A grid is asked for by an address that anybody can change.
func TestAGridOfNoWeekIsThisWeek(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		for _, monday := range []string{"soon", "1999-01-04", "2999-01-04", "2020-13-40"} {
			page := b.Post("/conferences/new", fill(plan(b), "send", "", "grid-to", monday))
			if page.Status != http.StatusOK || !page.Has("#day-2020-07-27") {
				t.Errorf("%s: %d", monday, page.Status)
			}
		}
	})
}

func TestATimeInWordsIsUnderstoodBeforeItIsSent(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		form := fill(b.Get("/conferences/new").Form("main form"), "title", "Efterår", "language", "da", "send", "yes", "words", "torsdag d. 10. september kl. 14.30")
		page := b.Post("/conferences/new", form)
		got := page.Form("main form")
		if page.Status != http.StatusOK || got.Get("slot-1") != "2020-09-10" || got.Get("slot-1-time") != "14:30" || got.Get("words") != "" {
			t.Errorf("%d %v", page.Status, got)
		}
		if note := page.Text("#slot-notes"); !strings.Contains(note, "15.30") {
			t.Errorf("what was understood is not said: %q", note)
		}
		page = b.Post("/conferences/new", fill(got, "words", "engang i efteråret"))
		if back := page.Form("main form"); page.Status != http.StatusUnprocessableEntity || back.Get("words") != "engang i efteråret" || back.Get("slot-1") != "2020-09-10" || !page.Has("#field-words") {
			t.Errorf("%d %v", page.Status, back)
		}
	})
}
