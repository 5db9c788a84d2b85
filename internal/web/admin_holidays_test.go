package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/demo/demotest"
)

func TestADayThatWasMovedIsToldWherePeopleChooseATime(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		site, poll, planner := s.As("p-admin"), asked(t, s), s.As(koge)
		saturday := fill(plan(planner), "slot-1", "2020-09-05", "check", "yes")
		expect := func(when string, form, answering []string) {
			t.Helper()
			if got := each(planner.Post("/conferences/new", saturday), "#slot-notes .warnings li"); !slices.Equal(got, form) {
				t.Errorf("%s the form says %q", when, got)
			}
			if got := each(planner.Get(poll+"/poll"), "#poll .warnings li"); !slices.Equal(got, answering) {
				t.Errorf("%s the poll says %q", when, got)
			}
		}
		expect("before,", []string{"Det er weekend."}, []string{})
		enterDay(t, site, "BY", "2020-09-05", "working", "name-ru", "За понедельник")
		enterDay(t, site, "BY", "2020-09-08", "holiday", "name-da", "Flyttet fridag")
		told := []string{"Det er fridag i Belarus. Flyttet fridag"}
		expect("then", []string{"Det er weekend i Danmark."}, told)

		page := site.Get("/admin/holidays?country=BY&year=2020")
		remove := page.Document.Find(`form[action$="/remove"]`)
		if remove.Length() != 2 {
			t.Fatalf("%d can be removed: %s", remove.Length(), page.Text("main table"))
		}
		if page := site.Post(remove.First().AttrOr("action", ""), nil); page.Status != http.StatusSeeOther {
			t.Errorf("%d", page.Status)
		}
		expect("with the rules again,", []string{"Det er weekend."}, told)
	})
}

func TestADayIsEnteredOnce(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		site := s.As("p-admin")
		enterDay(t, site, "BY", "2020-04-04", "working", "name-ru", "За понедельник")
		for _, day := range []string{"2020-04-04", "2031-04-04", "2019-12-31", "tomorrow"} {
			typed := url.Values{"country": {"BY"}, "day": {day}, "kind": {"holiday"}, "name-be": {"Яшчэ раз"}}
			page := site.Post("/admin/holidays", typed)
			if page.Status != http.StatusUnprocessableEntity || !page.Has("#field-day-error") {
				t.Errorf("%s: %d", day, page.Status)
			}
			kept := page.Form("form#holiday")
			for name := range typed {
				if kept.Get(name) != typed.Get(name) {
					t.Errorf("%s: %s was %q and is %q", day, name, typed.Get(name), kept.Get(name))
				}
			}
		}
		if page := site.Post("/admin/holidays", url.Values{"country": {"SE"}, "day": {"2020-04-05"}}); page.Status != http.StatusUnprocessableEntity ||
			page.Document.Find("#error-summary a, .summary a").Length() != 3 {
			t.Errorf("%d: a country that no society is in, no kind, no name: %s", page.Status, page.Text(".summary"))
		}
		if page := site.Post("/admin/holidays", url.Values{"country": {"DK"}, "year": {"2022"}}); !strings.Contains(page.Text("main caption"), "2022") {
			t.Errorf("the year that was looked at is lost: %s", page.Text("main caption"))
		}
		if page := s.As(koge).Post("/admin/holidays", url.Values{"country": {"BY"}, "day": {"2020-04-05"}}); page.Status != http.StatusNotFound {
			t.Errorf("%d", page.Status)
		}
		if page := site.Get("/admin/holidays?country=DK&year=2020"); page.Has(`form[action$="/remove"]`) || page.Status != http.StatusOK {
			t.Errorf("%d: what was entered for one country is in the other", page.Status)
		}
	})
}

// enterDay enters a day for a country.
func enterDay(t *testing.T, site *demotest.Browser, country, day, kind, name, called string) {
	t.Helper()
	page := site.Post("/admin/holidays", url.Values{"country": {country}, "day": {day}, "kind": {kind}, name: {called}})
	if page.Status != http.StatusSeeOther || page.Location != "/admin/holidays?country="+country+"&year="+day[:4] {
		t.Fatalf("%d to %s: %s", page.Status, page.Location, page.Text("main"))
	}
}
