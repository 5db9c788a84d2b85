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
