package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// People of the demo: two coordinators, two staff members; the site administrator sees no work.
const (
	minsk, vitebsk  = "p-brc-vol", "p-brc-vol-vitebsk"
	koge, volunteer = "p-koge-chair", "p-koge-vol-1"
)

func august() string { return "/conferences/" + demo.ID("conf-2020-08") }

// fill changes some fields of a form; a value of "" takes the field out.
func fill(form url.Values, fields ...string) url.Values {
	for i := 0; i < len(fields); i += 2 {
		form.Del(fields[i])
		if fields[i+1] != "" {
			form.Set(fields[i], fields[i+1])
		}
	}
	return form
}

// plan is the form of a new conference with three good times, ready to be sent.
func plan(b *demotest.Browser) url.Values {
	form := b.Get("/conferences/new").Form("main form")
	return fill(form, "title", "Осенняя встреча", "language", "ru", "languages", "ru", "slot-1", "2020-09-08", "slot-1-time", "11:00",
		"slot-2", "2020-09-09", "slot-2-time", "11:00", "slot-3", "2020-09-10", "slot-3-time", "15:00", "send", "yes")
}

func TestListOfConferences(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As(koge).Get("/conferences")
		if got := each(page, "h2"); !slices.Equal(got, []string{"Kommende", "Tidligere"}) {
			t.Errorf("%v", got)
		}
		if got := page.Text("section:first-of-type .item"); !strings.Contains(got, "Er vi klar til en anden bølge?") || !strings.Contains(got, "kl. 10.00–11.30 København") {
			t.Errorf("%q", got)
		}
		if got := page.Text("section:last-of-type .item:first-child"); !strings.Contains(got, "Aflyst") {
			t.Errorf("%q", got)
		}
		if !page.Has(`a[href="/conferences/new"]`) || s.As(volunteer).Get("/conferences").Has(`a[href="/conferences/new"]`) {
			t.Error("coordinators plan, others do not")
		}
	})
}

func TestThePageOfAConference(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As(vitebsk).Get(august() + "?answer=DECLINED")
		if page.Status != http.StatusOK || page.Text("h1") != "Ці гатовыя мы да другой хвалі?" {
			t.Fatalf("%d %q", page.Status, page.Text("h1"))
		}
		if got := page.Form("#answer").Get("answer"); got != "DECLINED" {
			t.Errorf("the link chose %q", got)
		}
		if again := s.As(vitebsk).Get(august()); again.Form("#answer").Get("answer") != "" {
			t.Error("opening a link answered the invitation")
		}
		if got := each(page, ".timed .clock-own .clock-time"); !slices.Equal(got, []string{"11:00", "11:10", "11:35", "11:55", "12:15"}) {
			t.Errorf("starts %v", got)
		}
		if got := page.Text(".card-next .button-primary"); got != "Адправіць адказ" {
			t.Errorf("the first thing to do is %q", got)
		}
	})
}

// Whoever answers from an old page has not said anything about the new time.
func TestAnAnswerToAnotherTimeIsNoAnswer(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(vitebsk)
		old := fill(b.Get(august()).Form("#answer"), "answer", "ACCEPTED")
		planner := s.As(minsk)
		moved := fill(planner.Get(august()+"/edit").Form("#plan"), "slot-1-time", "12:00", "send", "yes")
		if page := planner.Post(august()+"/edit", moved); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		page := b.Post(august()+"/answer", old)
		if page.Status != http.StatusConflict || page.Form("#answer").Get("answer") != "ACCEPTED" || !strings.Contains(page.Text(".summary"), "іншы час") {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		if page := b.Post(august()+"/answer", page.Form("#answer")); page.Status != http.StatusSeeOther {
			t.Errorf("having seen the new time: %d", page.Status)
		}
	})
}

func TestAnAnswerIsKept(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(vitebsk)
		page := b.Follow(b.Post(august()+"/answer", url.Values{"answer": {"TENTATIVE"}}))
		if !strings.Contains(page.Text(".card-next"), "Магчыма") || !page.Has(".notice-success") {
			t.Errorf("%q", page.Text("main"))
		}
		if page := b.Post(august()+"/answer", url.Values{"answer": {"perhaps"}}); page.Status != http.StatusUnprocessableEntity || !page.Has(".summary a") {
			t.Errorf("%d %q", page.Status, page.Text(".summary"))
		}
	})
}

// What one may not see is not there; what one may see and not do is refused in words.
func TestWhoMayDoWhatToAConference(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for path, want := range map[string][2]int{ // site administrator, staff member
			"": {404, 200}, "/poll": {404, 200}, "/agenda": {404, 200}, "/join": {404, 200}, "/invite.ics": {404, 200}, "/edit": {404, 403},
		} {
			for i, who := range []string{"p-admin", volunteer} {
				if got := s.As(who).Get(august() + path).Status; got != want[i] {
					t.Errorf("%s %s: %d, want %d", who, path, got, want[i])
				}
			}
		}
		for path, want := range map[string][2]int{
			"/cancel": {404, 403}, "/start": {404, 403}, "/end": {404, 403}, "/choose": {404, 403}, "/agenda": {404, 403}, "/edit": {404, 403}, "/poll": {404, 422},
		} {
			for i, who := range []string{"p-admin", volunteer} {
				if got := s.As(who).Post(august()+path, url.Values{"version": {"1"}}).Status; got != want[i] {
					t.Errorf("POST %s %s: %d, want %d", who, path, got, want[i])
				}
			}
		}
		if got := s.As(koge).Get("/conferences/no-such-thing").Status; got != 404 {
			t.Errorf("got %d", got)
		}
	})
}

func TestAConferenceForTheCalendar(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As(koge).Get(august() + "/invite.ics")
		if page.Header.Get("Content-Type") != "text/calendar; charset=utf-8" || !strings.Contains(page.Header.Get("Content-Disposition"), "conference.ics") {
			t.Errorf("%v", page.Header)
		}
		for _, want := range []string{"METHOD:PUBLISH\r\n", "DTSTART;TZID=Europe/Copenhagen:20200827T100000\r\n", "SUMMARY;LANGUAGE=da:Er vi klar", "\r\nLOCATION"} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("no %q in\n%s", want, page.Body)
			}
		}
	})
}

func TestCancellingMailsEverybody(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := b.Get(august()).Form(`form[action$="/cancel"]`)
		page := b.Follow(b.Post(august()+"/cancel", form))
		if page.Text(".heading .badge") != "Отменена" {
			t.Errorf("%q", page.Text("main"))
		}
		if page := b.Post(august()+"/cancel", form); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("cancelled twice: %d", page.Status)
		}
		s.DoJobs()
		if got := count(t, s, `select count(*) from demo_mails where subject like 'Отмена%' or subject like 'Aflyst%' or subject like 'Скасаванне%' or subject like 'Cancelled%'`); got != 15 {
			t.Errorf("%d mails", got)
		}
	})
}

func TestPagesOfConferencesNeedAsManyStatementsForManyAsForOne(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		paths := []string{"/conferences", august(), august() + "/poll", august() + "/agenda", august() + "/join", august() + "/edit", "/conferences/new"}
		before := statements(s, b, paths)
		manyConferences(t, s)
		for i, after := range statements(s, b, paths) {
			if after != before[i] {
				t.Errorf("%s: %d statements, then %d", paths[i], before[i], after)
			}
		}
		if before[0] > 7 { // one of them is the demo's own
			t.Errorf("the list takes %d statements", before[0])
		}
	})
}

func manyConferences(t *testing.T, s *demotest.Site) {
	t.Helper()
	store := conference.New(s.DB)
	actor := coordinator(t, s)
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		for i := range 200 {
			p := conference.Plan{PartnershipID: demo.ID("partnership"), Title: text.Draft{Language: locale.Russian, Body: fmt.Sprint("Встреча ", i)},
				Zone: "Europe/Minsk", Times: []string{fmt.Sprintf("2020-%02d-%02dT11:00", 9+i%4, 1+i%28)}, Minutes: 60,
				Hosts: []string{demo.ID("brc-sec"), demo.ID("drc-hq")}, Participants: []string{demo.ID(minsk), demo.ID(koge)},
				Languages: []locale.Language{locale.Russian}, Room: conference.Room{Kind: "none"}, Draft: i%3 == 0}
			schedule := store.ScheduleIn
			if p.Draft {
				schedule = store.ProposeIn
			}
			if _, err := schedule(ctx, tx, actor, p); err != nil {
				return err
			}
			item := conference.ItemDraft{Topic: p.Title, Kind: conference.Discussion, Minutes: 1}
			if i < 40 {
				if _, err := store.AddItemIn(ctx, tx, actor, demo.ID("conf-2020-08"), item); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func count(t *testing.T, s *demotest.Site, query string) (n int) {
	t.Helper()
	err := s.DB.Read(t.Context(), func(tx *database.Tx) error { return tx.Row(t.Context(), query).Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}
