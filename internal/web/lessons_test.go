package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
)

func lessonAt(name string) string { return "/lessons/" + demo.ID(name) }

func TestLessonsAreListedWithWhereEachLanguageStands(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As(minsk).Get("/lessons")
		if got := each(page, ".lesson-line h2"); len(got) != 3 || got[0] != "Онлайн-координация волонтёров" {
			t.Fatalf("%q", got)
		}
		if got := each(page, ".lesson-line:first-child .marks .unseen"); len(got) != 4 || !strings.Contains(strings.Join(got, " "), "белорусский: машинный перевод") {
			t.Errorf("%q", got)
		}
		if got := each(s.As(koge).Get("/lessons?state=published&topic=helpline"), ".lesson-line h2"); len(got) != 1 || !strings.HasPrefix(got[0], "Psykosocial støtte") {
			t.Errorf("narrowed: %q", got)
		}
		none := s.As(koge).Get("/lessons?state=draft")
		if none.Has(".lesson-line") || none.Has(".empty") || !none.Has(`main a[href="/lessons"]`) {
			t.Errorf("nothing found is not nothing yet: %q", none.Text("main"))
		}
	})
}

func TestALessonIsReadInTheReadersLanguageOrTheOneTheyAskFor(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-brc-vol-grodno")
		page := b.Get(lessonAt("ll-online"))
		if page.Text("h1 [lang=be]") == "" || !strings.Contains(page.Text(".lesson .origin"), "Машынны пераклад") {
			t.Errorf("%q", page.Text(".lesson"))
		}
		page = b.Get(lessonAt("ll-online") + "?language=da")
		if page.Text("h1 [lang=da]") != "Onlinekoordinering af frivillige" || page.Has(".lesson-summary .origin") {
			t.Errorf("%q", page.Text(".lesson"))
		}
		if got := s.As(minsk).Get(lessonAt("ll-delivery")).Text("#figures"); !strings.Contains(got, "4000") || !strings.Contains(got, "июль 2020") {
			t.Errorf("%q", got)
		}
		if got := s.As(koge).Get(lessonAt("ll-delivery")).Text(".lesson-number"); got != "4.000" {
			t.Errorf("%q", got)
		}
	})
}

func TestAPublishedLessonIsReadByAnybodyAndNothingElse(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		visitor := s.Visitor()
		page := visitor.Get(lessonAt("ll-helpline"))
		if page.Status != http.StatusOK || !page.Has("h1") || page.Has(`main a[href^="/conferences"], main a[href^="/partnerships"], main form, .menu`) {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
		for _, path := range []string{lessonAt("ll-online"), "/lessons/" + demo.ID("nothing"), "/lessons", lessonAt("ll-helpline") + "/edit",
			lessonAt("ll-helpline") + "/history", lessonAt("ll-helpline") + "?version=1"} {
			if page := visitor.Get(path); page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Location, "/sign-in?next=") {
				t.Errorf("%s: %d %s", path, page.Status, page.Location)
			}
		}
	})
}

// begun is a draft of Minsk's, made from the outcomes of the conference in July.
func begun(t *testing.T, s *demotest.Site) (b *demotest.Browser, path string) {
	t.Helper()
	b = s.As(minsk)
	form := b.Get("/lessons/new?conference=" + demo.ID("conf-2020-07")).Form("#lesson")
	page := b.Post("/lessons/new", fill(form, "title", "Что мы узнали весной"))
	if page.Status != http.StatusSeeOther {
		t.Fatalf("%d %q", page.Status, page.Text("main"))
	}
	return b, page.Location
}

func TestALessonIsBegunFromTheOutcomesOfAConference(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		before := count(t, s, `select count(*) from lessons`)
		b, path := begun(t, s)
		page := b.Get(path)
		if got := page.Text("#challenges"); !strings.Contains(got, "Многие постоянные волонтёры") {
			t.Errorf("problems: %q", got)
		}
		if got := page.Text("#went-well"); !strings.Contains(got, "«Добрый телефон»") {
			t.Errorf("successes: %q", got)
		}
		if !page.Has(`a[href="`+july()+`"]`) || page.Text(".heading .badge") != "Черновик" || !page.Has(".notice-success") {
			t.Errorf("%q", page.Text("main"))
		}
		if n := count(t, s, `select count(*) from lessons`); n != before+1 {
			t.Errorf("%d lessons more", n-before)
		}
		if !b.Get(july()).Has(`a[href="/lessons/new?conference=` + demo.ID("conf-2020-07") + `"]`) {
			t.Error("no way there from the conference")
		}
	})
}

func TestADraftIsItsOwnSocietysAndIsSharedAndPublishedStepByStep(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, path := begun(t, s)
		reads := map[string]*demotest.Browser{koge: s.As(koge), volunteer: s.As(volunteer), vitebsk: s.As(vitebsk)}
		sees := func(when string, want map[string]int) {
			t.Helper()
			for who, status := range want {
				if page := reads[who].Get(path); page.Status != status {
					t.Errorf("%s: %s got %d", when, who, page.Status)
				}
			}
		}
		move := func(deed string) demotest.Page {
			t.Helper()
			return b.Post(path+"/"+deed, b.Get(path).Form(`form[action="`+path+"/"+deed+`"]`))
		}
		sees("draft", map[string]int{koge: 404, volunteer: 404, vitebsk: 200})
		if got := s.As(koge).Get("/lessons").Text("main"); strings.Contains(got, "узнали весной") {
			t.Error("the other side sees a draft in the list")
		}
		if page := reads[koge].Post(path+"/share", url.Values{"version": {"1"}}); page.Status != http.StatusNotFound {
			t.Errorf("the other side shares a draft: %d", page.Status)
		}
		if page := move("share"); page.Status != http.StatusSeeOther {
			t.Fatalf("share: %d %q", page.Status, page.Text("main"))
		}
		sees("shared", map[string]int{koge: 200, volunteer: 200, vitebsk: 200})
		for _, deed := range []string{"publish", "edit", "restore"} {
			if page := reads[koge].Post(path+"/"+deed, url.Values{"version": {"1"}, "number": {"1"}}); page.Status != http.StatusForbidden {
				t.Errorf("the other side may %s: %d", deed, page.Status)
			}
		}
		if page := s.Visitor().Get(path); page.Status != http.StatusSeeOther {
			t.Errorf("shared, and read by a stranger: %d", page.Status)
		}
		move("publish")
		if page := s.Visitor().Get(path); page.Status != http.StatusOK {
			t.Errorf("published, and a stranger got %d", page.Status)
		}
		move("withdraw")
		if page := s.Visitor().Get(path); page.Status != http.StatusSeeOther {
			t.Errorf("taken back, and a stranger got %d", page.Status)
		}
	})
}

func TestALessonsFormComesBackWithAllThatWasTyped(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		form := b.Get(lessonAt("ll-online") + "/edit").Form("#lesson")
		fill(form, "summary", "Kort\n\n– og godt", "figure-1-said", "Tolv møder.", "figure-1-value", "mange", "figure-1-as-of", "2020-07")
		form.Set("title", "")
		page := b.Post(lessonAt("ll-online")+"/edit", form)
		if page.Status != http.StatusUnprocessableEntity || !page.Has("#field-figure-1-value-error") || !page.Has("#field-title-error") || !page.Has("#field-title[autofocus]") {
			t.Fatalf("%d %q", page.Status, page.Text(".summary"))
		}
		got := page.Form("#lesson")
		for _, name := range []string{"summary", "figure-1-said", "figure-1-value", "figure-1-as-of", "title", "context", "version-context"} {
			if got.Get(name) != form.Get(name) {
				t.Errorf("%s: typed %q, came back %q", name, form.Get(name), got.Get(name))
			}
		}
		again := b.Post(lessonAt("ll-online")+"/edit", fill(got, "switch-language", "en"))
		if kept := again.Form("#lesson"); again.Status != http.StatusOK || kept.Get("summary") != form.Get("summary") || again.Text("h1") != "Edit" {
			t.Errorf("the language switch: %d %v", again.Status, kept)
		}
		more := b.Post(lessonAt("ll-online")+"/edit", fill(got, "switch-language", "", "add", "figure"))
		if kept := more.Form("#lesson"); !more.Has("#field-figure-3-said") || kept.Get("figure-1-said") != "Tolv møder." {
			t.Errorf("another figure: %v", kept)
		}
	})
}

func TestWhoSavesALessonSecondSeesBothAndChooses(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, path := begun(t, s)
		first, second := b.Get(path+"/edit").Form("#lesson"), b.Get(path+"/edit").Form("#lesson")
		b.Post(path+"/edit", fill(first, "context", "Весна. Первая рука.", "summary", "Коротко."))
		clash := b.Post(path+"/edit", fill(second, "context", "Весна. Вторая рука.", "applicability", "Везде."))
		if clash.Status != http.StatusConflict || !strings.Contains(clash.Text(".lesson-clash"), "Первая") || !strings.Contains(clash.Text(".lesson-clash"), "Вторая") {
			t.Fatalf("%d %q", clash.Status, clash.Text("main"))
		}
		form := clash.Form("#lesson")
		if form.Get("summary") != "Коротко." || form.Get("applicability") != "Везде." {
			t.Errorf("what does not clash is put together: %q %q", form.Get("summary"), form.Get("applicability"))
		}
		for name := range form {
			if strings.HasPrefix(name, "choice-context-") {
				form.Set(name, "mine")
			}
		}
		if page := b.Post(path+"/edit", form); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}
		if got := b.Get(path).Text("#context"); !strings.Contains(got, "Вторая рука") || strings.Contains(got, "Первая рука") {
			t.Errorf("%q", got)
		}
	})
}

func TestAVersionIsComparedAndRestored(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, path := begun(t, s)
		b.Post(path+"/edit", fill(b.Get(path+"/edit").Form("#lesson"), "title", "Что мы узнали летом"))
		page := b.Get(path + "/history?compare=2")
		if page.Text(".lesson-changed del") != "весной" || page.Text(".lesson-changed ins") != "летом" {
			t.Errorf("%q", page.Text(".lesson-changed"))
		}
		if got := b.Get(path + "?version=1").Text("h1"); got != "Что мы узнали весной" {
			t.Errorf("the first version is called %q", got)
		}
		b.Post(path+"/restore", url.Values{"number": {"1"}})
		if got := b.Get(path).Text("h1"); got != "Что мы узнали весной" {
			t.Errorf("restored: %q", got)
		}
		if got := len(each(b.Get(path+"/history"), ".lesson-history > li")); got != 3 {
			t.Errorf("%d versions", got)
		}
	})
}

func TestOnlyVersionsThatOneMayReadAreOfferedToCompare(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, path := begun(t, s)
		for _, title := range []string{"Что мы узнали летом", "Что мы узнали осенью"} {
			b.Post(path+"/edit", fill(b.Get(path+"/edit").Form("#lesson"), "title", title))
		}
		b.Post(path+"/share", b.Get(path).Form(`form[action$="/share"]`))
		b.Post(path+"/edit", fill(b.Get(path+"/edit").Form("#lesson"), "title", "Что мы узнали зимой"))
		for account, want := range map[string]int{minsk: 3, koge: 1} { // what was a draft is for its society alone
			b := s.As(account)
			links := b.Get(path + "/history").Document.Find(`.lesson-history a[href*="compare"]`).
				Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") })
			if len(links) != want {
				t.Errorf("%s is offered %q", account, links)
			}
			for _, link := range links {
				if got := b.Get(link); got.Status != http.StatusOK || !got.Has("#compared") {
					t.Errorf("%s: %s: %d", account, link, got.Status)
				}
			}
		}
	})
}

func TestPagesOfLessonsNeedAsManyStatementsForManyAsForOne(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, path := begun(t, s)
		paths := []string{"/lessons", path, path + "/edit", path + "/history"}
		before := statements(s, b, paths)
		a := coordinator(t, s)
		a.Memberships[0].SocietyID = demo.ID("brc")
		for i := range 60 {
			_, err := lesson.New(s.DB).Begin(t.Context(), a, lesson.Begun{PartnershipID: demo.ID("partnership"), UnitID: demo.ID("brc-sec"),
				Language: locale.Russian, Sections: map[lesson.Section]string{lesson.Title: "Опыт " + strconv.Itoa(i)}})
			if err != nil {
				t.Fatal(err)
			}
		}
		after := statements(s, b, paths)
		for i, path := range paths {
			if after[i] != before[i] || before[i] > 7 && path == "/lessons" {
				t.Errorf("%s: %d statements, and %d where there are many", path, before[i], after[i])
			}
		}
		if page := b.Get("/lessons"); len(each(page, ".lesson-line")) != lesson.PageSize || !page.Has(`.pager a[rel="next"]`) {
			t.Error("no next page")
		}
	})
}
