package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

func notes() string { return august() + "/notes" }

// item is the ID of the nth agenda item of the August conference, from 0.
func item(n int) string { return demo.ID("conf-2020-08/" + string(rune('a'+n))) }

// answer is what script is told.
type answer struct {
	Version          int
	Text, Read, HTML string
	Merged           bool
	Problem          string
	status           int
}

// typed sends what script sends two seconds after the last key.
func typed(t *testing.T, b *demotest.Browser, n int, language, body string, version int) (a answer) {
	t.Helper()
	message, _ := json.Marshal(map[string]any{"language": language, "body": body, "version": version, "began": nil})
	page := b.PostJSON(notes()+"/"+item(n), string(message))
	if err := json.Unmarshal([]byte(page.Body), &a); err != nil {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	a.status = page.Status
	return a
}

func TestNotesPageIsForWritersAndReaders(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		page := s.As(minsk).Get(notes())
		if n := page.Document.Find("textarea[name^='body-'][lang=ru]").Length(); n != 5 {
			t.Errorf("%d text areas in Russian", n)
		}
		if !page.Has(`nav a[href="https://meet.tandem.example/conf-2020-08"]`) || !page.Has(`nav a[href="#item-`+item(0)+`"]`) {
			t.Error("no way to the room or to an item")
		}
		if page := s.As(volunteer).Get(notes()); page.Status != http.StatusOK || page.Has("main textarea") || page.Has("main form") {
			t.Errorf("staff: %d, or can write", page.Status)
		}
		if page := s.As("p-admin").Get(notes()); page.Status != http.StatusNotFound {
			t.Errorf("the site administrator: %d", page.Status)
		}
		held := "/conferences/" + demo.ID("conf-2020-07")
		if page := s.As(minsk).Get(held + "/notes"); page.Has("main textarea") || !page.Has(".notice-info") || !strings.Contains(page.Text("main"), "910") {
			t.Errorf("agreed minutes: %q", page.Text("main"))
		}
	})
}

func TestWhatScriptSavesIsReadByTheOtherSideInItsLanguage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		a := typed(t, s.As(minsk), 0, "ru", "Начали вовремя.\n- всё готово", 1)
		if a.status != http.StatusOK || a.Version != 2 || a.Merged || a.Text != "Начали вовремя.\n\n– всё готово" {
			t.Fatalf("%+v", a)
		}
		page := s.As(koge).Get(notes())
		if got := page.Text("#item-" + item(0) + " [data-read] [lang=ru]"); got != "Начали вовремя.всё готово" && got != "Начали вовремя. всё готово" {
			t.Errorf("%q in %q", got, page.Text("#item-"+item(0)))
		}
		if got := page.Text("#item-" + item(0) + " .origin"); got != "Tekst på russisk" {
			t.Errorf("the label is %q", got)
		}
		back := typed(t, s.As(koge), 0, "da", "Vi begyndte til tiden.", 2)
		if !strings.Contains(back.Read, `<p lang="ru">Начали вовремя.</p>`) {
			t.Errorf("the other side is not read: %s", back.Read)
		}
	})
}

func TestScriptIsToldInASentenceWhatWasRefused(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for name, c := range map[string]struct {
			a      answer
			status int
			says   string
		}{
			"too long":        {typed(t, s.As(minsk), 0, "ru", strings.Repeat("р", 25_000), 1), http.StatusUnprocessableEntity, "20000"},
			"staff":           {typed(t, s.As(volunteer), 0, "da", "Hej.", 1), http.StatusForbidden, "."},
			"no such item":    {typed(t, s.As(minsk), 9, "ru", "Да.", 1), http.StatusNotFound, "."},
			"not seen at all": {typed(t, s.As("p-admin"), 0, "en", "Yes.", 1), http.StatusNotFound, "."},
		} {
			if c.a.status != c.status || !strings.Contains(strings.ReplaceAll(c.a.Problem, "\u00a0", ""), c.says) {
				t.Errorf("%s: %+v", name, c.a)
			}
		}
		if page := s.As(minsk).PostJSON(notes()+"/"+item(0), `{"language":"xx"}`); page.Status != http.StatusBadRequest {
			t.Errorf("no language of ours: %d", page.Status)
		}
		if page := s.Visitor().PostJSON(notes()+"/"+item(0), `{"language":"ru","body":"a","version":1}`); page.Status != http.StatusSeeOther {
			t.Errorf("signed out: %d", page.Status)
		}
	})
}

func TestAClashAnswersWithBothTexts(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		typed(t, s.As(vitebsk), 0, "ru", "Звонили <b>каждый</b> день.", 1)
		a := typed(t, s.As(minsk), 0, "ru", "Звонили раз в неделю.", 1)
		if a.status != http.StatusConflict || a.Version != 2 {
			t.Fatalf("%+v", a)
		}
		for _, part := range []string{"<ins lang=\"ru\">раз в неделю</ins>", "&lt;b&gt;", `value="both" checked`, "data-choose"} {
			if !strings.Contains(a.HTML, part) {
				t.Errorf("no %s in %s", part, a.HTML)
			}
		}
	})
}

func TestTheFormSavesAllItemsAndShowsAClashInPlace(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := b.Get(notes()).Form("form#notes")
		typed(t, s.As(vitebsk), 0, "ru", "Написано в Витебске.", 1)
		fill(form, "body-"+item(0), "Написано в Минске.", "body-"+item(1), "Второй пункт.")
		page := b.Post(notes()+"/"+item(1), form)
		if page.Status != http.StatusConflict || !page.Has("#item-"+item(0)+" .notes-clash") || !page.Has(".summary") {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}
		if got := page.Form("form#notes").Get("body-" + item(1)); got != "Второй пункт." {
			t.Errorf("the other item is %q", got)
		}
		chosen := fill(page.Form("form#notes"), fmt.Sprintf("choice-%s-0", item(0)), "mine")
		if page := b.Post(notes()+"/"+item(0), chosen); page.Status != http.StatusSeeOther || page.Location != notes()+"#item-"+item(0) {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}
		form = b.Get(notes()).Form("form#notes")
		if form.Get("body-"+item(0)) != "Написано в Минске." || form.Get("body-"+item(1)) != "Второй пункт." {
			t.Errorf("%v", form)
		}
	})
}

func TestATextThatIsTooLongComesBackWhole(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		long := strings.TrimSpace(strings.Repeat("Очень длинно. ", 2000))
		form := fill(b.Get(notes()).Form("form#notes"), "body-"+item(2), long)
		page := b.Post(notes(), form)
		if page.Status != http.StatusUnprocessableEntity || page.Form("form#notes").Get("body-"+item(2)) != long {
			t.Errorf("%d", page.Status)
		}
		area := page.Document.Find("textarea[name='body-" + item(2) + "']")
		if area.AttrOr("aria-invalid", "") != "true" || !page.Has(".field-wrong .error") || !page.Has("textarea[data-unsaved]") {
			t.Error("the field is not marked")
		}
	})
}

func TestSwitchingTheLanguageKeepsWhatWasTyped(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(b.Get(notes()).Form("form#notes"), "body-"+item(0), "Набрано.", "decision-"+item(1), "Так и решим.", "switch-language", "da")
		page := b.Post(notes(), form)
		again := page.Form("form#notes")
		if page.Status != http.StatusOK || page.Document.Find("html").AttrOr("lang", "") != "da" || again.Get("body-"+item(0)) != "Набрано." ||
			again.Get("decision-"+item(1)) != "Так и решим." {
			t.Errorf("%d %v", page.Status, again)
		}
		if got := s.As(minsk).Get(notes()).Form("form#notes").Get("body-" + item(0)); got != "" {
			t.Errorf("saved %q by switching the language", got)
		}
	})
}

func TestTheLanguageThatOneWritesInIsRemembered(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		form := fill(b.Get(notes()).Form("form#notes"), "body-"+item(0), "По-русски.", "write-in", "be")
		if page := b.Post(notes(), form); page.Status != http.StatusSeeOther {
			t.Fatalf("%d", page.Status)
		}
		page := s.As(minsk).Get(notes())
		if !page.Has("textarea[lang=be]") || page.Has("textarea[lang=ru]") || !strings.Contains(page.Text("#item-"+item(0)+" [data-read]"), "По-русски.") {
			t.Errorf("%q", page.Text("#item-"+item(0)))
		}
	})
}

func TestADecisionAndAnActionItemAreRecorded(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		form := fill(b.Get(notes()).Form("form#notes"), "decision-"+item(3), "Vi mødes igen.", "body-"+item(0), "Noteret.")
		page := b.Post(notes()+"/"+item(3)+"/decision", form)
		if page.Status != http.StatusSeeOther || page.Location != notes()+"#item-"+item(3) {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}
		page = b.Follow(b.Post(notes(), fill(b.Get(notes()).Form("form#notes"), "recording", item(3))))
		form = page.Form("form#notes")
		if !page.Has("#item-"+item(3)+" #action") || form.Get("body-"+item(0)) != "Noteret." {
			t.Fatalf("%q", page.Text("main"))
		}
		if page := b.Post(notes()+"/"+item(3)+"/action", form); page.Status != http.StatusUnprocessableEntity || page.Document.Find(".field-wrong").Length() < 3 {
			t.Errorf("an empty action item: %d", page.Status)
		}
		fill(form, "title", "Find en dag", "due", "2020-09-15", "person-"+demo.ID("drc-koge"), demo.ID(volunteer), "person-"+demo.ID("brc-sec"), "unit")
		if page := b.Post(notes()+"/"+item(3)+"/action", form); page.Status != http.StatusSeeOther {
			t.Fatalf("%d %q", page.Status, page.Text(".summary"))
		}
		got := s.As(koge).Get(notes()).Text("#item-" + item(3) + " .notes-outcomes")
		for _, part := range []string{"2020/004 Vi mødes igen.", "Find en dag", "15. september 2020"} {
			if !strings.Contains(got, part) {
				t.Errorf("no %q in %q", part, got)
			}
		}
	})
}

func TestWhatWasTypedIntoAnotherFieldComesBackWithThePage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		form := fill(b.Get(notes()).Form("form#notes"), "decision-"+item(1), "Halvfærdig", "body-"+item(0), "Noteret.")
		page := b.Post(notes()+"/"+item(0), form)
		if again := page.Form("form#notes"); page.Status != http.StatusOK || again.Get("decision-"+item(1)) != "Halvfærdig" || again.Get("body-"+item(0)) != "Noteret." {
			t.Errorf("%d %v", page.Status, again)
		}
	})
}

func TestNotesNeedAsManyStatementsForManyAsForOne(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		s.Clock.Set(time.Date(2020, 8, 27, 8, 30, 0, 0, time.UTC))
		b := s.As(minsk)
		paths := []string{notes(), notes() + "?action=" + item(0), august() + "/minutes", "/decisions"}
		before := statements(s, b, paths)
		manyConferences(t, s)
		for i, after := range statements(s, b, paths) {
			if after != before[i] {
				t.Errorf("%s: %d statements, then %d", paths[i], before[i], after)
			}
		}
	})
}
