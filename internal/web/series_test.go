package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"example.org/tandem/internal/calendar"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// repeated makes a series of the conference of August: weekly, by Denmark's clock.
func repeated(t *testing.T, s *demotest.Site, times int) (seriesID string, f conference.Series) {
	t.Helper()
	store := conference.New(s.DB)
	c, err := store.Get(t.Context(), demo.ID("conf-2020-08"))
	if err != nil {
		t.Fatal(err)
	}
	actor := coordinator(t, s)
	seriesID, err = store.Repeat(t.Context(), actor, c.ID, c.Version, conference.Repetition{Often: calendar.Weekly, Zone: "Europe/Copenhagen", Count: times})
	if err != nil {
		t.Fatal(err)
	}
	f, _, err = store.FindSeries(t.Context(), actor, seriesID)
	if err != nil {
		t.Fatal(err)
	}
	return seriesID, f
}

// dayOff enters a day off in Belarus.
func dayOff(t *testing.T, s *demotest.Site, on, name string) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		id, err := text.NewTranslated(ctx, tx, []text.Draft{{Language: locale.Russian, Body: name}}, demo.ID("p-admin"))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into special_days (id, country, day_on, kind, name_id, created_by_id, created_at) values ($1, 'BY', $2, 'holiday', $3, $4, $5)`,
			database.NewID(), on, id, demo.ID("p-admin"), tx.Now)
		return err
	})
}

// Only on 25 October does Denmark change its clocks, and only 10 September is a day off: of twelve Thursdays two are unusual.
func TestTheListMarksTheUnusualTimesOfASeries(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		id, f := repeated(t, s, 12)
		dayOff(t, s, "2020-09-10", "Перенос выходного")
		page := s.As(koge).Get("/conferences")
		for _, o := range f.Occurrences {
			item := page.Document.Find(`.item:has(a[href="/conferences/` + o.ID + `"])`)
			if item.Length() != 1 || item.Find(`a[href="/conferences/series/`+id+`"]`).Length() != 1 {
				t.Errorf("%s: in %d rows, without the way to its series", o.Local, item.Length())
			}
			got := strings.Join(strings.Fields(item.Find(".warnings").Text()), " ")
			want := map[string][]string{"2020-09-10": {"Belarus", "Перенос выходного"}, "2020-10-29": {"Minsk", "12.00", "i stedet for", "11.00"}}[o.Local[:10]]
			if len(want) == 0 && got != "" {
				t.Errorf("%s: nothing is unusual, not %q", o.Local, got)
			}
			for _, word := range want {
				if !strings.Contains(got, word) {
					t.Errorf("%s: %q says nothing of %q", o.Local, got, word)
				}
			}
		}
		if page.Has(`a[href="` + july() + `"] ~ .item-about a[href^="/conferences/series/"]`) {
			t.Error("what is in no series leads to one")
		}
		month := s.As(koge).Get("/conferences/calendar?month=2020-10")
		if day := month.Text(`.day:has(time[datetime="2020-10-29"]) .day-items .warnings`); !strings.Contains(day, "i stedet for") {
			t.Errorf("in the month the hour moves unseen: %q", day)
		}
		if day := month.Text(`.day:has(time[datetime="2020-10-22"]) .day-items .warnings`); day != "" {
			t.Errorf("in the month the usual hour is marked: %q", day)
		}
	})
}

func TestAListWithSeriesNeedsAsManyStatementsAsOneWithout(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, paths := s.As(minsk), []string{"/conferences", "/conferences/calendar?month=2020-09"}
		before := statements(s, b, paths)
		repeated(t, s, 30)
		for i, after := range statements(s, b, paths) {
			if after != before[i] || after > 7 {
				t.Errorf("%s: %d statements, with a series %d", paths[i], before[i], after)
			}
		}
	})
}

// A feed may name nobody; so each time of a series says what its owner answered to it, by its status and in words.
func TestAFeedSaysTheAnswerToEachTimeOfASeries(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		_, f := repeated(t, s, 4)
		b := s.As(koge)
		for i, answer := range []string{"ACCEPTED", "DECLINED", "TENTATIVE"} {
			if page := b.Post("/conferences/"+f.Occurrences[i].ID+"/answer", url.Values{"answer": {answer}}); page.Status != http.StatusSeeOther {
				t.Fatalf("answering: %d", page.Status)
			}
		}
		cal, err := ical.NewDecoder(strings.NewReader(s.Visitor().Get(subscribed(t, b)).Body)).Decode()
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, e := range cal.Events() {
			if p := e.Props.Get(ical.PropRecurrenceID); p != nil {
				words, _ := e.Props.Text(ical.PropDescription)
				_, answer, _ := strings.Cut(words, "Dit svar: ")
				answer, _, _ = strings.Cut(answer, "\n")
				got[p.Value[:8]] = e.Props.Get(ical.PropStatus).Value + " " + answer
			}
		}
		want := map[string]string{"20200827": "CONFIRMED Deltager", "20200910": "TENTATIVE Måske", "20200917": "TENTATIVE "}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-answered +fed; what was declined is left out)\n%s", diff)
		}
	})
}

// A guest who was asked to the draft is told with everybody else, when all of it is sent.
func TestADraftIsRepeatedAndSentAsOne(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		actor := coordinator(t, s)
		plan := conference.Plan{PartnershipID: demo.ID("partnership"), Title: text.Draft{Language: locale.Russian, Body: "Встреча осенью"},
			Zone: "Europe/Minsk", Times: []string{"2020-09-03T11:00"}, Minutes: 60, Hosts: []string{demo.ID("brc-sec"), demo.ID("drc-hq")},
			Participants: []string{demo.ID(minsk), demo.ID(koge)}, Languages: []locale.Language{locale.Russian}, Room: conference.Room{Kind: "none"}, Draft: true}
		id, err := conference.New(s.DB).Propose(t.Context(), actor, plan)
		if err != nil {
			t.Fatal(err)
		}
		b, at := s.As(minsk), "/conferences/"+id
		b.Post(at+"/guests", fill(b.Get(at+"/guests").Form("#guest"), "name", "Apoteker, Køge", "email", guest, "language", "da"))
		if !b.Get(at).Has(`a[href="` + at + `/repeat"]`) {
			t.Error("the draft cannot be repeated")
		}
		look := b.Get(at + "/repeat?often=week&zone=Europe/Minsk&count=3")
		if got := look.Text("#times"); !strings.Contains(got, "Писем пока никто не получит") || !strings.Contains(got, "Эта конференция") {
			t.Errorf("%d %q", look.Status, got)
		}
		made := b.Post(at+"/repeat", look.Form("#times"))
		path, series := made.Location, b.Follow(made)
		s.DoJobs()
		if series.Document.Find("tbody tr").Length() != 3 || !series.Has("form#send") || guestMails(s) != 0 {
			t.Fatalf("%d %q, %d mails", series.Status, series.Text("main"), guestMails(s))
		}
		if staff := s.As("p-koge-vol-2").Get(path); staff.Status != http.StatusNotFound {
			t.Errorf("staff see a series of drafts: %d", staff.Status)
		}
		if end := series.Text("form#end"); !strings.Contains(end, "Писем никто не получит") {
			t.Errorf("dropping drafts: %q", end)
		}
		sent := b.Follow(b.Post(path+"/send", series.Form("#send")))
		s.DoJobs()
		if sent.Has("form#send") || guestMails(s) != 1 || s.As("p-koge-vol-2").Get(path).Status != http.StatusOK {
			t.Errorf("%d %q, %d mails", sent.Status, sent.Text("main"), guestMails(s))
		}
		if page := s.Visitor().Get(guestLink(t, s)); page.Status != http.StatusOK || page.Document.Find(`li a[href*="?time="]`).Length() != 3 {
			t.Errorf("the guest sees %d %q", page.Status, page.Text("main"))
		}
		plan.Times = nil
		if id, err = conference.New(s.DB).Propose(t.Context(), actor, plan); err != nil {
			t.Fatal(err)
		}
		if page := b.Get("/conferences/" + id); page.Has(`a[href$="/repeat"]`) || !strings.Contains(page.Text("main"), "ровно одно время") {
			t.Errorf("a draft without a time does not say why it cannot be repeated: %q", page.Text("main"))
		}
	})
}
