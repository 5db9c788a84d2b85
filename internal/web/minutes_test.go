package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

func july() string { return "/conferences/" + demo.ID("conf-2020-07") }

// later is the day after the August conference.
var later = time.Date(2020, 8, 28, 8, 0, 0, 0, time.UTC)

// voldev is a coordinator of the Danish headquarters.
const voldev = "p-drc-voldev"

func TestAgreedMinutesAreReadInTheReadersLanguage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for account, sentences := range map[string][]string{
			minsk:              {"Согласован обеими сторонами", "помощь получили 910 человек", "Решение 2020/001", "Белорусский Красный Крест"},
			"p-brc-vol-grodno": {"Узгоднены абодвума бакамі", "дапамогу атрымалі 910 чалавек", "Рашэнне 2020/001"},
			koge:               {"Godkendt af begge", "hjalp 910 mennesker", "Beslutning 2020/001", "Dansk Røde Kors"},
			"p-koge-vol-2":     {"Agreed by both societies", "helped 910 people", "Decision 2020/001"},
		} {
			page := s.As(account).Get(july() + "/minutes")
			for _, sentence := range sentences {
				if !strings.Contains(page.Text("main"), sentence) {
					t.Errorf("%s does not read %q in %q", account, sentence, page.Text("main"))
				}
			}
			if page.Has("main .origin") || page.Has("main form") {
				t.Errorf("%s: a label on a text of their own language, or a form: %q", account, page.Text("main .origin"))
			}
		}
		if page := s.As("p-admin").Get(july() + "/minutes"); page.Status != http.StatusNotFound {
			t.Errorf("the site administrator: %d", page.Status)
		}
	})
}

func TestMinutesWaitForTheEndOfTheConference(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As(minsk).Get(august() + "/minutes")
		if page.Status != http.StatusOK || page.Has("form#agree") {
			t.Errorf("%d, or there is a form", page.Status)
		}
		s.Clock.Set(later)
		if page := s.As(volunteer).Get(august() + "/minutes"); page.Has("form#agree") {
			t.Error("staff may agree")
		}
		if page := s.As(minsk).Get(august() + "/minutes"); !page.Has("form#agree") || !page.Has(`input[name=languages][value=ru][checked]`) {
			t.Error("a coordinator may not agree")
		}
	})
}

func TestBothSocietiesAgreeAndEverybodyGetsTheMinutes(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		typed(t, s.As(minsk), 0, "ru", "Все задачи пройдены.", 1)
		s.Clock.Set(later)
		agreeAs(t, s, minsk, "ru")
		if page := s.As(vitebsk).Get(august() + "/minutes"); page.Has("form#agree") {
			t.Error("a society may agree twice")
		}
		danish := s.As(voldev)
		form := fill(danish.Get(august()+"/minutes").Form("form#agree"), "reservation", "Datoen afhænger af tolken.", "reservation-language", "da")
		page := danish.Follow(danish.Post(august()+"/minutes", form))
		if !page.Has(".notice-success") || page.Has("form#agree") || !strings.Contains(page.Text(".minutes-agreement"), "Datoen afhænger af tolken.") {
			t.Errorf("%q", page.Text("main"))
		}
		s.DoJobs()
		if n := count(t, s, `select count(*) from jobs where kind = 'minutes' and done_at is null`); n > 0 {
			t.Errorf("%d mails are not sent", n)
		}
		if page := s.As(minsk).Get(notes()); page.Has("main textarea") {
			t.Error("notes of agreed minutes can be written")
		}
		if a := typed(t, s.As(minsk), 0, "ru", "Ещё.", 2); a.status != http.StatusUnprocessableEntity || a.Problem == "" {
			t.Errorf("%+v", a)
		}
	})
}

func agreeAs(t *testing.T, s *demotest.Site, account, language string) {
	t.Helper()
	b := s.As(account)
	form := b.Get(august() + "/minutes").Form("form#agree")
	form["languages"] = []string{language}
	if page := b.Post(august()+"/minutes", form); page.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %q", account, page.Status, page.Text("main"))
	}
}

func TestAChangeAfterOneSideAgreedIsVisibleAndTold(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(later)
		danish := s.As(voldev)
		old := danish.Get(august() + "/minutes").Form("form#agree")
		agreeAs(t, s, minsk, "ru")
		typed(t, s.As(vitebsk), 0, "ru", "Забыли записать.", 1)
		page := s.As(minsk).Get(august() + "/minutes")
		if !page.Has(".minutes-agreement .notice-warning") || !page.Has("form#agree") {
			t.Errorf("%q", page.Text(".minutes-agreement"))
		}
		s.DoJobs()
		if n := count(t, s, `select count(*) from jobs where kind = 'voided' and done_at is not null`); n != 1 {
			t.Errorf("%d mails about it", n)
		}
		page = danish.Post(august()+"/minutes", old)
		if page.Status != http.StatusConflict || !page.Has(".summary") || page.Form("form#agree").Get("fingerprint") == old.Get("fingerprint") {
			t.Errorf("agreed to what has changed: %d %q", page.Status, page.Text("main"))
		}
	})
}

func TestOnlyVersionsThatAreThereAreOffered(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		typed(t, s.As(minsk), 0, "ru", "Все задачи пройдены.", 1)
		s.Clock.Set(later)
		b := s.As(minsk)
		page := b.Get(august() + "/minutes")
		form := page.Form("form#agree")
		if !page.Has("form#agree input[name=languages][value=ru]") || page.Has("form#agree input[name=languages][value=be]") {
			t.Errorf("offered: %q", page.Text("form#agree"))
		}
		for _, part := range []string{"Белорусский: актуальных абзацев", "согласуют одно и то же"} {
			if !strings.Contains(page.Text("form#agree"), part) {
				t.Errorf("not said: %q", part)
			}
		}
		form["languages"] = []string{"be"}
		page = b.Post(august()+"/minutes", form)
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text(".field-wrong"), "неполная") {
			t.Errorf("a version that is not there is taken: %d", page.Status)
		}
	})
}

func TestTheLastAgreementSaysThatNothingCanBeChangedAfterIt(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(later)
		if page := s.As(minsk).Get(august() + "/minutes"); page.Has("form#agree .notice-warning") {
			t.Error("the first is told what the last is to be told")
		}
		agreeAs(t, s, minsk, "ru")
		page := s.As(voldev).Get(august() + "/minutes")
		if !strings.Contains(page.Text("form#agree .notice-warning"), "kan ingen ændre") || !strings.Contains(page.Text("form#agree .button-primary"), "lås endeligt") {
			t.Errorf("%q", page.Text("form#agree"))
		}
	})
}

func TestWhoeverLeadsNotesWhoCame(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		if s.As(minsk).Get(august() + "/minutes").Has("form#came") {
			t.Error("before it is over")
		}
		s.Clock.Set(later)
		b := s.As(minsk)
		form := b.Get(august() + "/minutes").Form("form#came")
		if len(form["came"]) == 0 {
			t.Fatal("nobody is ticked who had said yes")
		}
		form["came"] = []string{demo.ID("p-brc-vol")}
		page := b.Follow(b.Post(august()+"/attendance", form))
		if got := page.Form("form#came")["came"]; len(got) != 1 || !page.Has(".notice-success") {
			t.Errorf("%v", got)
		}
		if page := s.As(volunteer).Get(august() + "/minutes"); page.Has("form#came") {
			t.Error("anybody may")
		}
		if page := s.As(volunteer).Post(august()+"/attendance", form); page.Status != http.StatusForbidden {
			t.Errorf("anybody does: %d", page.Status)
		}
	})
}

func TestTheWayIntoTheRoomComesFirstWhileItRuns(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		s.Clock.Set(time.Date(2020, 8, 27, 9, 0, 0, 0, time.UTC))
		card := b.Get(august()).Text(".card-next")
		join, answer := strings.Index(card, "Gå til mødet"), strings.Index(card, "Deltager du?")
		if join < 0 || answer >= 0 && join > answer {
			t.Errorf("%q", card)
		}
		s.Clock.Set(later)
		if page := b.Get(august()); page.Has("#answer") {
			t.Error("asked after it is over")
		}
	})
}

func TestAgreeingToNoLanguageIsRefused(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(later)
		b := s.As(minsk)
		form := fill(b.Get(august()+"/minutes").Form("form#agree"), "languages", "", "reservation", "Оговорка.")
		page := b.Post(august()+"/minutes", form)
		if page.Status != http.StatusUnprocessableEntity || !page.Has(".field-wrong") || page.Form("form#agree").Get("reservation") != "Оговорка." {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
	})
}

func TestDecisionsAreListedAndShown(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		list := b.Get("/decisions?" + url.Values{"partnership": {demo.ID("partnership")}}.Encode())
		if got := each(list, "tbody th"); strings.Join(got, " ") != "2020/003 2020/002 2020/001" {
			t.Errorf("%v", got)
		}
		page := b.Get("/decisions/" + demo.ID("d1"))
		for _, part := range []string{"2020/001", "Gældende", "Dansk Røde Kors", "Belarusisk Røde Kors", "2. juli 2020"} {
			if !strings.Contains(page.Text("main"), part) {
				t.Errorf("no %q in %q", part, page.Text("main"))
			}
		}
		outside := s.As("p-admin")
		if page := outside.Get("/decisions/" + demo.ID("d1")); page.Status != http.StatusNotFound {
			t.Errorf("the site administrator: %d", page.Status)
		}
		if page := outside.Get("/decisions"); page.Has("table") || !page.Has(".empty") {
			t.Error("the site administrator sees decisions")
		}
	})
}

func TestTheFollowUpCarriesOverWhatIsOpen(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		page := b.Get(july() + "/follow-up")
		form := page.Form("main form")
		if !strings.HasPrefix(form.Get("title"), "Opfølgning: ") || len(form["participants"]) != 15 || form.Get("slot-1") != "" || !page.Has(".notice-info") {
			t.Fatalf("%v %q", form, page.Text("main"))
		}
		page = b.Post(july()+"/follow-up", fill(form, "draft", "yes"))
		if page.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}
		page = b.Follow(page)
		open := count(t, s, `select count(*) from actions where closed_at is null`)
		carried := count(t, s, `select count(*) from agenda_items i join conferences c on c.id = i.conference_id where i.action_id is not null and c.follows_id = '`+demo.ID("conf-2020-07")+`'`)
		if open == 0 || carried != open {
			t.Errorf("%d of %d open action items are on the agenda", carried, open)
		}
		if !strings.Contains(page.Text("main"), "Opgaver fra sidste konference") {
			t.Errorf("%q", page.Text("main"))
		}
		if page := s.As(volunteer).Get(july() + "/follow-up"); page.Status != http.StatusForbidden {
			t.Errorf("staff: %d", page.Status)
		}
		if page := b.Get(august() + "/follow-up"); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("of what has not begun: %d", page.Status)
		}
	})
}

func TestWhoCameUninvitedIsAddedOnTheMinutes(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(later)
		b := s.As(koge)
		page := b.Get(august() + "/minutes")
		form := fill(page.Form("form#add-line"), "line", "", "side", "nobody")
		if page := b.Post(august()+"/uninvited", form); page.Status != http.StatusUnprocessableEntity || !page.Has("details#uninvited[open] #field-line[aria-invalid]") {
			t.Errorf("nothing was typed: %d", page.Status)
		}
		form = fill(page.Form("form#add-line"), "line", "Frivillig, Roskilde afdeling", "line-language", "da", "side", demo.ID("drc"))
		if page = b.Follow(b.Post(august()+"/uninvited", form)); !page.Has(".notice-success") || !strings.Contains(page.Text(".minutes-sides"), "Frivillig, Roskilde afdeling") {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		if page := s.As(volunteer).Get(august() + "/minutes"); page.Has("#uninvited") || !strings.Contains(page.Text(`.minutes-sides li span[lang=da]`), "Frivillig, Roskilde afdeling") {
			t.Errorf("anybody may, or does not read it: %q", page.Text(".minutes-sides"))
		}
		drop, _ := page.Document.Find("#uninvited ul form").Attr("action")
		if page = b.Follow(b.Post(drop, url.Values{})); strings.Contains(page.Text(".minutes-sides"), "Frivillig, Roskilde") || page.Has("#uninvited ul") {
			t.Errorf("%q", page.Text("#uninvited"))
		}
	})
}
