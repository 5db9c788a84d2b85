package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/demo/demotest"
)

// asked plans a poll and gives its address.
func asked(t *testing.T, s *demotest.Site) string {
	t.Helper()
	b := s.As(minsk)
	page := b.Post("/conferences/new", plan(b))
	if page.Status != http.StatusSeeOther {
		t.Fatalf("%d %q", page.Status, page.Text(".summary"))
	}
	return page.Location
}

// choices are the names of the radio groups, in the order of the times.
func choices(page demotest.Page) []string {
	return page.Document.Find("#poll [role=radiogroup]").Map(func(_ int, group *goquery.Selection) string {
		return group.Find("input").First().AttrOr("name", "")
	})
}

func TestAPollIsATableThatCanBeAnswered(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		at := asked(t, s)
		b := s.As(volunteer)
		page := b.Get(at + "/poll")
		if rows := page.Document.Find("#poll table tbody tr").Length(); rows != 3 {
			t.Fatalf("%d rows: %q", rows, page.Text("main"))
		}
		if got := page.Text("#poll tbody tr:first-child th"); !strings.Contains(got, "Tirsdag den 8. september 2020") || !strings.Contains(got, "kl. 10.00–11.30 København") || !strings.Contains(got, "kl. 11.00–12.30 Minsk") {
			t.Errorf("%q", got)
		}
		group := page.Document.Find("#poll [role=radiogroup]").First()
		if named := page.Text("#" + group.AttrOr("aria-labelledby", "none")); !strings.Contains(named, "8. september") {
			t.Errorf("a group of choices is named %q", named)
		}
		names := choices(page)
		done := b.Follow(b.Post(at+"/poll", url.Values{names[0]: {"yes"}, names[1]: {"no"}}))
		form := done.Form("#poll")
		if form.Get(names[0]) != "yes" || form.Get(names[1]) != "no" || form.Get(names[2]) != "" || done.Text(".notice-info") == "" || !strings.Contains(done.Text(".notice-info"), "1 tidspunkt mangler") {
			t.Errorf("%v, and what is left is not said: %q", form, done.Text(".notice"))
		}
		if whole := b.Follow(b.Post(at+"/poll", url.Values{names[2]: {"ifNeedBe"}})); !strings.Contains(whole.Text(".notice-success"), "Tak") {
			t.Errorf("no thanks for the whole: %q", whole.Text(".notice"))
		}
		if done.Has(`form[action$="/choose"]`) {
			t.Error("who is no coordinator can choose")
		}
		if page := b.Post(at+"/poll", url.Values{}); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("no answer at all: %d", page.Status)
		}
	})
}

func TestTheBestTimeIsFirstAndCanBeChosen(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		at := asked(t, s)
		for _, who := range []string{minsk, volunteer} {
			b := s.As(who)
			names := choices(b.Get(at + "/poll"))
			b.Post(at+"/poll", url.Values{names[0]: {"no"}, names[2]: {"yes"}})
		}
		b := s.As(koge)
		page := b.Get(at + "/poll")
		first := page.Text("section tbody tr:first-child")
		if !strings.Contains(first, "10. september") || !strings.Contains(first, "Bedst for begge parter") || !strings.Contains(first, "ja: 1") {
			t.Errorf("%q", first)
		}
		form := page.Form(`section tbody tr:first-child form[action$="/choose"]`)
		done := b.Follow(b.Post(at+"/choose", form))
		if done.Text(".heading .badge") != "Planlagt" || !strings.Contains(done.Text(".card-next"), "10. september") {
			t.Errorf("%q", done.Text("main"))
		}
		if page := b.Post(at+"/choose", form); page.Status != http.StatusUnprocessableEntity || !page.Has(".summary") {
			t.Errorf("chosen twice: %d", page.Status)
		}
		s.DoJobs()
		if got := count(t, s, `select count(*) from demo_mails where subject like '%2020: Осенняя встреча'`); got != 15 {
			t.Errorf("%d invitations", got)
		}
		if got := s.As(minsk).Get(at).Form("#answer").Get("answer"); got != "" {
			t.Errorf("the poll answered the invitation: %q", got)
		}
	})
}

func TestAPrivatePollShowsAnswersToWhoPlansItOnly(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		planner, asked := s.As(minsk), s.As(volunteer)
		at := planner.Post("/conferences/new", fill(plan(planner), "private", "yes")).Location
		names := choices(asked.Get(at + "/poll"))
		asked.Post(at+"/poll", url.Values{names[0]: {"yes"}, "note": {"kun til kl. 15"}})
		if page := asked.Get(at + "/poll"); page.Has(`.names`) || strings.Contains(page.Text("main"), "er der ikke") || page.Document.Find("table").Length() != 1 {
			t.Errorf("others' answers are shown: %q", page.Text("main"))
		}
		if page := planner.Get(at + "/poll"); !strings.Contains(page.Text("main"), "kun til kl. 15") || page.Document.Find("table").Length() != 2 {
			t.Errorf("who plans does not see them: %q", page.Text("main"))
		}
		if form := planner.Get(at + "/edit").Form("#plan"); form.Get("private") != "yes" {
			t.Error("the choice is forgotten")
		}
	})
}

func TestWhoPlansEntersAnswersThatCameByTelephone(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		at, planner := asked(t, s), s.As(minsk)
		other := planner.Get(at+"/poll").Document.Find(`a[href*="?for="]`).First().AttrOr("href", "")
		page := planner.Get(other)
		form := page.Form("#poll")
		if page.Status != http.StatusOK || form.Get("for") == "" {
			t.Fatalf("%s: %d %v", other, page.Status, form)
		}
		for _, name := range choices(page) {
			form.Set(name, "ifNeedBe")
		}
		done := planner.Follow(planner.Post(at+"/poll", form))
		if !strings.Contains(done.Text("main"), "ответ внёс участник:") || done.Has(`a[href$="`+form.Get("for")+`"]`) {
			t.Errorf("it is not said who answered: %q", done.Text("main"))
		}
		for who, want := range map[string]int{volunteer: http.StatusNotFound, "p-admin": http.StatusNotFound} {
			if page := s.As(who).Get(other); page.Status != want {
				t.Errorf("%s reads another's answers: %d", who, page.Status)
			}
			if page := s.As(who).Post(at+"/poll", form); page.Status != want {
				t.Errorf("%s answers for another: %d", who, page.Status)
			}
		}
	})
}

func TestATimeIsAddedToAPollThatIsOpen(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		at, planner := asked(t, s), s.As(minsk)
		form := planner.Get(at + "/poll").Form(`form[action$="/offer"]`)
		wrong := planner.Post(at+"/offer", fill(form, "offer", "2020-07-01", "offer-time", "10:00"))
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Form(`form[action$="/offer"]`).Get("offer") != "2020-07-01" {
			t.Errorf("a time that is over: %d", wrong.Status)
		}
		page := planner.Follow(planner.Post(at+"/offer", fill(form, "offer", "2020-09-14", "offer-time", "10:00")))
		if len(choices(page)) != 4 {
			t.Errorf("%d times", len(choices(page)))
		}
	})
}

func TestAMeetingThatWasHeldIsRecorded(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		page := b.Get("/conferences/new?held=yes")
		form := fill(page.Form("main form"), "title", "Встреча в Кёге", "language", "ru", "send", "yes", "slot-1", "2020-06-04", "slot-1-time", "14:00")
		if page.Has(".grid-of-times") || page.Has("button[name=draft]") || form.Get("past") != "yes" {
			t.Errorf("the form of a meeting that is still to come: %v", form)
		}
		ahead := b.Post("/conferences/new", fill(form, "slot-1", "2020-09-04"))
		if ahead.Status != http.StatusUnprocessableEntity || !strings.Contains(ahead.Text(".field-wrong"), "ещё не прошло") {
			t.Errorf("%d %q", ahead.Status, ahead.Text(".summary"))
		}
		done := b.Follow(b.Post("/conferences/new", fill(form, "slot-1", "2020-06-04")))
		if !strings.Contains(done.Text(".notice"), "Встреча внесена") || !done.Has(`a[href$="/minutes"]`) {
			t.Errorf("%d %q", done.Status, done.Text("main"))
		}
	})
}
