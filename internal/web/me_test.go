package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"example.org/tandem/internal/demo/demotest"
)

func TestProfileIsChanged(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-koge-chair")
		form := b.Get("/me").Form("#profile")
		form.Set("name-da", "Afdelingsforperson, Køge")
		form.Set("language", "en")
		form["reads"] = []string{"en", "ru"}
		form.Set("zone", "Europe/Zurich")
		sent := b.Post("/me", form)
		if sent.Status != http.StatusSeeOther || sent.Location != "/me" {
			t.Fatalf("%d %s", sent.Status, sent.Text("main"))
		}
		page := b.Follow(sent)
		if page.Text(".notice-success p") != "Your profile has been saved." || page.Document.Find("html").AttrOr("lang", "") != "en" {
			t.Errorf("%s", page.Text("main"))
		}
		now := page.Form("#profile")
		for field, want := range map[string]string{"name-da": "Afdelingsforperson, Køge", "name-ru": form.Get("name-ru"), "language": "en", "zone": "Europe/Zurich"} {
			if now.Get(field) != want {
				t.Errorf("%s is %q, want %q", field, now.Get(field), want)
			}
		}
		if again := b.Get("/me"); again.Has(".notice-success") {
			t.Error("said twice that it was saved")
		}
	})
}

func TestProfileComesBackWithWhatWasTyped(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-koge-chair")
		form := b.Get("/me").Form("#profile")
		form.Set("name-da", "")
		form.Set("name-ru", "Наполовину напи")
		form.Set("zone", "Europe/Nowhere")
		page := b.Post("/me", form)
		if page.Status != http.StatusUnprocessableEntity || page.Document.Find(".summary a").Length() != 2 {
			t.Fatalf("%d %s", page.Status, page.Text(".summary"))
		}
		if !page.Has("#field-name-da[autofocus][aria-invalid]") || page.Text("#field-zone-error") == "" {
			t.Error("the wrong fields are not marked, or the first has no focus")
		}
		if got := page.Form("#profile").Get("name-ru"); got != "Наполовину напи" {
			t.Errorf("what was typed is now %q", got)
		}
	})
}

func TestProfileSwitchesLanguageAndKeepsWhatWasTyped(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-koge-chair")
		form := b.Get("/me").Form("#profile")
		form.Set("name-da", "Ikke gemt")
		form.Set("switch-language", "be")
		page := b.Post("/me", form)
		typed := page.Form("#profile")
		if page.Status != http.StatusOK || page.Text("h1") != "Ваш профіль" || typed.Get("name-da") != "Ikke gemt" || typed.Get("language") != "be" {
			t.Errorf("%d %q %v", page.Status, page.Text("h1"), typed)
		}
		if saved := b.Get("/me").Form("#profile").Get("name-da"); saved == "Ikke gemt" {
			t.Error("switching the language saved the form")
		}
	})
}

func TestProfileSavedInAnotherWindow(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-koge-chair")
		first, second := b.Get("/me").Form("#profile"), b.Get("/me").Form("#profile")
		first.Set("name-da", "Den første")
		if sent := b.Post("/me", first); sent.Status != http.StatusSeeOther {
			t.Fatal(sent.Status)
		}
		second.Set("name-da", "Den anden")
		page := b.Post("/me", second)
		typed := page.Form("#profile")
		if page.Status != http.StatusConflict || typed.Get("name-da") != "Den anden" || page.Text("#field-name-da-hint") != "Gemt i mellemtiden: Den første" {
			t.Errorf("%d: typed %q, beside it %q", page.Status, typed.Get("name-da"), page.Text("#field-name-da-hint"))
		}
		if sent := b.Post("/me", typed); sent.Status != http.StatusSeeOther {
			t.Errorf("saving once more: %d", sent.Status)
		}
	})
}

func TestProfileIsOnesOwn(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		if page := s.Visitor().Post("/me", url.Values{"name-da": {"Nogen"}}); page.Status != http.StatusSeeOther {
			t.Errorf("somebody nobody knows: %d", page.Status)
		}
	})
}
