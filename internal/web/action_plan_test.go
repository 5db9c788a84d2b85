package web_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
)

func TestAnActionItemBeginsWithOnesOwnUnitAndWhereItComesFrom(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		for page, link := range map[string]string{july(): "/actions/new?conference=" + demo.ID("conf-2020-07"),
			"/decisions/" + demo.ID("d1"): "/actions/new?decision=" + demo.ID("d1")} {
			if !b.Get(page).Has(`main a[href="`+link+`"]`) || s.As(volunteer).Get(page).Has(`main a[href="`+link+`"]`) {
				t.Errorf("%s does not lead there, or leads everybody", page)
			}
			form := b.Get(link).Form("#plan")
			if form.Get("person-"+demo.ID("drc-koge")) != "unit" || form.Get("person-"+demo.ID("drc-hq")) != "" {
				t.Errorf("%s: %v", link, form)
			}
		}
	})
}

func TestAnActionItemFromTheForm(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		empty := b.Get("/actions/new?conference=" + demo.ID("conf-2020-07"))
		form := empty.Form("#plan")
		if form.Get("title-language") != "da" || form.Get("priority") != "normal" || len(form["units"]) != 10 || form["units"][0] != demo.ID("drc-koge") {
			t.Fatalf("not preset: %v", form)
		}
		wrong := b.Post("/actions/new", fill(form, "due", "2020-09-01", "person-"+demo.ID("drc-koge"), ""))
		if wrong.Status != http.StatusUnprocessableEntity || !wrong.Has("#field-title[autofocus]") || wrong.Document.Find(".summary a").Length() != 2 {
			t.Errorf("without title and units: %d %q", wrong.Status, wrong.Text(".summary"))
		}
		for _, link := range wrong.Document.Find(".summary a").EachIter() {
			if !wrong.Has(link.AttrOr("href", "")) {
				t.Errorf("the summary leads nowhere: %s", link.AttrOr("href", ""))
			}
		}
		if got := wrong.Text("#field-due-hint"); got != "Tirsdag den 1. september 2020 · om 36 dage" {
			t.Errorf("the day in words: %q", got)
		}
		fill(form, "title", " Lav en  plakat\n", "due", "1.9.2020", "person-"+demo.ID("drc-koge"), demo.ID(koge), "person-"+demo.ID("brc-sec"), "unit")
		again := b.Post("/actions/new", fill(form, "switch-language", "en"))
		if kept := again.Form("#plan"); kept.Get("title") != form.Get("title") || kept.Get("person-"+demo.ID("brc-sec")) != "unit" || again.Document.Find("html").AttrOr("lang", "") != "en" {
			t.Errorf("the language switch: %v", kept)
		}
		page := b.Follow(b.Post("/actions/new", fill(form, "switch-language", "")))
		if page.Text("h1 [lang=da]") != "Lav en plakat" || !page.Has("h1 .origin") || !page.Has(".notice-success") {
			t.Errorf("%q", page.Text("main"))
		}
		if got := each(page, "tbody th"); len(got) != 2 || got[0] != "Køge branch of the Danish Red Cross" || !page.Has(`a[href="/conferences/`+demo.ID("conf-2020-07")+`"]`) {
			t.Errorf("parts %q", got)
		}
		if n := count(t, s, `select count(*) from people where writes = 'da' and id = '`+demo.ID(koge)+`'`); n != 1 {
			t.Error("the language written in is not kept")
		}
	})
}

func TestWhoDoesNotPlanRecordsNothing(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		form := fill(s.As(koge).Get("/actions/new").Form("#plan"), "title", "Plakat", "due", "2020-09-01", "person-"+demo.ID("drc-koge"), "unit")
		before := count(t, s, `select count(*) from actions`)
		for who, status := range map[string]int{volunteer: http.StatusForbidden, "p-admin": http.StatusNotFound} {
			if page := s.As(who).Post("/actions/new", form); page.Status != status {
				t.Errorf("%s: %d", who, page.Status)
			}
			if page := s.As(who).Get("/actions/new?partnership=" + demo.ID("partnership")); page.Status != status {
				t.Errorf("%s looks at the form: %d", who, page.Status)
			}
			if page := s.As(who).Post(actionAt("a4")+"/edit", form); page.Status != status {
				t.Errorf("%s changes an item: %d", who, page.Status)
			}
		}
		if after := count(t, s, `select count(*) from actions`); after != before {
			t.Errorf("%d items, before %d", after, before)
		}
	})
}

func TestAnActionItemIsChanged(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := b.Get(actionAt("a2") + "/edit").Form("#plan")
		page := b.Follow(b.Post(actionAt("a2")+"/edit", fill(form, "due", "2020-08-20", "person-"+demo.ID("drc-koge"), demo.ID(koge))))
		units := each(page, "tbody th")
		if want := []string{"Штаб-квартира Датского Красного Креста", "Секретариат Белорусского Красного Креста"}; len(units) != 3 || !slices.Equal(units[:2], want) {
			t.Errorf("the parts are not in the order that they had: %q", units)
		}
		if !strings.HasPrefix(page.Text(".facts .due"), "20 августа 2020") || !page.Has(".notice-success") {
			t.Errorf("%q", page.Text("main"))
		}
		begun := b.Post(actionAt("a2")+"/edit", fill(b.Get(actionAt("a2")+"/edit").Form("#plan"), "person-"+demo.ID("brc-sec"), ""))
		if begun.Status != http.StatusUnprocessableEntity || !begun.Has(".summary") {
			t.Errorf("a unit that has begun is taken out: %d", begun.Status)
		}
	})
}

func TestTwoPlansOfAnItemAtOnce(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, at := s.As(minsk), actionAt("a2")+"/edit"
		before := b.Get(at).Form("#plan")
		if first := s.As(koge).Post(at, fill(s.As(koge).Get(at).Form("#plan"), "due", "2020-08-20", "priority", "low")); first.Status != http.StatusSeeOther {
			t.Fatal(first.Status, first.Text("main"))
		}
		clash := b.Post(at, fill(before, "due", "2020-08-25", "title", "Подготовить две повестки"))
		form := clash.Form("#plan")
		if clash.Status != http.StatusConflict || form.Get("due") != "2020-08-25" || form.Get("title") != "Подготовить две повестки" {
			t.Errorf("%d %v", clash.Status, form)
		}
		saved := clash.Text(".notice-warning .facts")
		for want, told := range map[string]bool{"20 августа 2020": true, "Низкий": true, "Подготовить": false} {
			if strings.Contains(saved, want) != told {
				t.Errorf("%q tells %q: %t", saved, want, !told)
			}
		}
		if form.Get("priority") != "low" {
			t.Error("what was not touched does not follow what is saved")
		}
		if page := b.Follow(b.Post(at, form)); page.Text("h1") != "Подготовить две повестки" {
			t.Errorf("the next save counts: %q", page.Text("main"))
		}
	})
}

func TestWhoHasLeftStaysResponsibleUntilSomebodyElseIsChosen(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `update memberships set ended_at = $1 where person_id = $2`, tx.Now, demo.ID("p-drc-voldev"))
			return err
		})
		b, at := s.As(minsk), actionAt("a7")+"/edit"
		form := b.Get(at).Form("#plan")
		if form.Get("person-"+demo.ID("drc-hq")) != demo.ID("p-drc-voldev") {
			t.Fatalf("not chosen any more: %v", form)
		}
		if page := b.Follow(b.Post(at, fill(form, "due", "2020-08-28"))); len(each(page, "tbody th")) != 1 || page.Text("tbody td:nth-of-type(1)") == "Пока никто" {
			t.Errorf("%q", page.Text("tbody"))
		}
	})
}

func TestWhoPlansInSeveralPartnershipsChoosesOne(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			name := org.Name{{Language: locale.Danish, Body: "Førstehjælp"}}
			_, err := org.New(s.DB).PlanPartnershipIn(ctx, tx, "", org.PartnershipDraft{Kind: org.Joint, Name: name, StartsOn: "2020-07-01",
				UnitIDs: []string{demo.ID("brc-sec"), demo.ID("drc-hq")}})
			return err
		})
		b := s.As(minsk)
		choice := b.Get("/actions/new")
		at := choice.Document.Find(`a[href^="/actions/new?partnership="]`).First().AttrOr("href", "")
		if got := each(choice, "main .item-title"); len(got) != 2 || got[0] != "Førstehjælp" {
			t.Fatalf("%q", got)
		}
		if form := b.Get(at).Form("#plan"); len(form["units"]) != 2 {
			t.Errorf("%v", form)
		}
		if form := b.Get("/actions/new?decision=" + demo.ID("d1")).Form("#plan"); len(form["units"]) != 10 || form.Get("decision") != demo.ID("d1") {
			t.Errorf("for a decision: %v", form)
		}
		for _, origin := range []string{"conference=x", "decision=x", "partnership=x"} {
			if page := b.Get("/actions/new?" + origin); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", origin, page.Status)
			}
		}
	})
}
