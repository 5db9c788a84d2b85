package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// paragraphID is the first paragraph of a text.
func paragraphID(t *testing.T, s *demotest.Site, textID string) string {
	t.Helper()
	return now(t, s, textID).Paragraphs[0].ID
}

func now(t *testing.T, s *demotest.Site, textID string) (found text.Text) {
	t.Helper()
	err := s.DB.Read(t.Context(), func(tx *database.Tx) (err error) {
		found, err = text.One(t.Context(), tx, textID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// edit is a save in the editor of a language.
func edit(t *testing.T, s *demotest.Site, textID string, l locale.Language, body string) {
	t.Helper()
	err := s.DB.Write(t.Context(), func(tx *database.Tx) error {
		_, err := text.Save(t.Context(), tx, text.Edit{TextID: textID, Base: 1000, Language: l, Body: body, PersonID: demo.ID(minsk)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// actionTitle is the text of an action item of the demo, in all languages.
func actionTitle(t *testing.T, s *demotest.Site) string {
	t.Helper()
	return column(t, s, `select title_id from actions order by id limit 1`)
}

func column(t *testing.T, s *demotest.Site, query string, args ...any) (value string) {
	t.Helper()
	err := s.DB.Read(t.Context(), func(tx *database.Tx) error { return tx.Row(t.Context(), query, args...).Scan(&value) })
	if err != nil {
		t.Fatal(err)
	}
	return value
}

const form = "main form[data-translation]"

func TestATranslationIsMendedWhereTheSourceHasChanged(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		id := actionTitle(t, s)
		at, p := "/texts/"+id+"/translate/da", paragraphID(t, s, id)
		edit(t, s, id, locale.Russian, now(t, s, id).In(locale.Russian)+" Срочно.")
		b := s.As(koge)
		page := b.Get(at)
		if page.Status != http.StatusOK || page.Text(".pair ins") != "Срочно." && !strings.Contains(page.Text(".pair ins"), "Срочно") || !page.Has(".badge-waiting") {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		if got := page.Text("#progress strong"); got != "Oversat: 0 af 1 afsnit" {
			t.Errorf("%q", got)
		}
		page = b.Post(at, fill(page.Form(form), "text-"+p, "Noget, og det haster", "save", "all"))
		if page.Location != at {
			t.Fatalf("%d %q %s", page.Status, page.Location, page.Text("main"))
		}
		if page = b.Follow(page); !page.Has(".notice-success") || page.Has(".pair ins") || now(t, s, id).State(locale.Danish) != text.InWork {
			t.Errorf("%s: %s", now(t, s, id).State(locale.Danish), page.Text("main"))
		}
		b.Post(at, fill(page.Form(form), "check-"+p, "yes"))
		if got := now(t, s, id).State(locale.Danish); got != text.Good {
			t.Errorf("checked, and yet %s", got)
		}
		if got := column(t, s, `select cast(count(*) as text) from audit where subject = $1`, "text:"+id); got != "2" {
			t.Errorf("%s entries in the log", got)
		}
	})
}

func TestATranslationThatStillHoldsIsSaidToBeSo(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		id := actionTitle(t, s)
		at, p, before := "/texts/"+id+"/translate/da", paragraphID(t, s, id), now(t, s, id).In(locale.Danish)
		edit(t, s, id, locale.Russian, "Иначе сказано.")
		b := s.As(koge)
		b.Post(at, fill(b.Get(at).Form(form), "holds-"+p, "yes"))
		after := now(t, s, id)
		if after.In(locale.Danish) != before || after.State(locale.Danish) != text.InWork {
			t.Errorf("%q is %s", after.In(locale.Danish), after.State(locale.Danish))
		}
	})
}

func TestSomebodyElseSavedFirst(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		id := actionTitle(t, s)
		at, p := "/texts/"+id+"/translate/da", paragraphID(t, s, id)
		edit(t, s, id, locale.Russian, "Иначе сказано.")
		mine, theirs := s.As(koge), s.As("p-koge-vol-1")
		form1 := mine.Get(at).Form(form)
		theirs.Post(at, fill(theirs.Get(at).Form(form), "text-"+p, "Deres udgave."))
		page := mine.Post(at, fill(form1, "text-"+p, "Min udgave."))
		if page.Status != http.StatusConflict || page.Text(".pair textarea") != "Min udgave." || !strings.Contains(page.Text(".pair-target"), "Deres udgave.") {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		if got := now(t, s, id).In(locale.Danish); got != "Deres udgave." {
			t.Fatalf("%q was written over", got)
		}
		if page = mine.Post(at, page.Form(form)); page.Status != http.StatusSeeOther || now(t, s, id).In(locale.Danish) != "Min udgave." {
			t.Errorf("the decision is not taken: %d %q", page.Status, now(t, s, id).In(locale.Danish))
		}
	})
}

func TestNothingTypedIsLostOnTheTranslationPage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		id := actionTitle(t, s)
		at, p := "/texts/"+id+"/translate/da", paragraphID(t, s, id)
		edit(t, s, id, locale.Russian, "Иначе сказано.")
		b := s.As(koge)
		typed := fill(b.Get(at).Form(form), "text-"+p, "Halvt skrevet")
		for name, more := range map[string][]string{"another language": {"switch-language", "en"}, "another source": {"source", "en"}} {
			page := b.Post(at, fill(clone(typed), more...))
			if page.Status != http.StatusOK || page.Text(".pair textarea") != "Halvt skrevet" {
				t.Errorf("%s: %d %s", name, page.Status, page.Text("main"))
			}
		}
		emptied := clone(typed)
		emptied.Set("text-"+p, "")
		if page := b.Post(at, emptied); page.Status != http.StatusUnprocessableEntity || !page.Has(".field-wrong") {
			t.Errorf("emptied: %d", page.Status)
		}
		edit(t, s, id, locale.Russian, "")
		page := b.Post(at, typed)
		if page.Status != http.StatusConflict || page.Text("main blockquote") != "Halvt skrevet" {
			t.Errorf("taken out meanwhile: %d %s", page.Status, page.Text("main"))
		}
	})
}

func clone(f url.Values) url.Values {
	all := url.Values{}
	for name, values := range f {
		all[name] = append([]string(nil), values...)
	}
	return all
}

func TestALessonIsTranslatedOnOnePage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		at := "/lessons/" + demo.ID("ll-delivery") + "/translate/be"
		page := b.Get(at)
		if page.Status != http.StatusOK || page.Document.Find(".pair").Length() < 8 || page.Document.Find("main section h2").Length() < 5 {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		if !page.Has(".terms") || !page.Has(`.marks a[href$="/translate/da"], .marks a[href$="/translate/ru"]`) {
			t.Errorf("%s", page.Text("main"))
		}
		first := strings.TrimPrefix(page.Document.Find(".pair textarea").First().AttrOr("name", ""), "text-")
		page = b.Post(at, fill(page.Form(form), "text-"+first, "Новы загаловак", "next", first))
		if page.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", page.Status, page.Text("main"))
		}
		if page = b.Follow(page); !strings.Contains(page.Text(".pair textarea"), "Новы загаловак") {
			t.Errorf("%s", page.Text("main"))
		}
	})
}

func TestWhoMayNotSeeATextFindsNoTranslationPage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		title := actionTitle(t, s)
		draft := begin(t, s)
		section := column(t, s, `select summary_id from lessons where id = $1`, draft)
		for _, c := range []struct {
			who, at string
			status  int
		}{
			{minsk, "/texts/" + title + "/translate/da", 200},
			{"p-koge-vol-2", "/texts/" + title + "/translate/da", 200},
			{"p-admin", "/texts/" + title + "/translate/da", 404},
			{minsk, "/texts/" + title + "/translate/de", 404},
			{minsk, "/texts/" + database.NewID() + "/translate/da", 404},
			{minsk, "/texts/" + section + "/translate/da", 200},
			{koge, "/texts/" + section + "/translate/da", 404},
			{koge, "/lessons/" + draft + "/translate/da", 404},
			{koge, "/texts/" + column(t, s, `select name_id from people where id = $1`, demo.ID(minsk)) + "/translate/da", 403},
			{minsk, "/texts/" + column(t, s, `select name_id from people where id = $1`, demo.ID(minsk)) + "/translate/da", 200},
			{koge, "/texts/" + column(t, s, `select notes_id from agenda_items order by id limit 1`) + "/translate/da", 200},
			{koge, "/texts/" + column(t, s, `select purpose_id from conferences where state <> 'draft' order by id limit 1`) + "/translate/da", 200},
			{koge, "/texts/" + column(t, s, `select text_id from decisions order by id limit 1`) + "/translate/be", 200},
			{koge, "/texts/" + column(t, s, `select purpose_id from partnerships limit 1`) + "/translate/be", 200},
		} {
			if page := s.As(c.who).Get(c.at); page.Status != c.status {
				t.Errorf("%s %s: %d, want %d", c.who, c.at, page.Status, c.status)
			}
		}
		b := s.As("p-koge-vol-2")
		at := "/texts/" + title + "/translate/da"
		p := paragraphID(t, s, title)
		edit(t, s, title, locale.Russian, "Иначе.")
		page := b.Get(at + "?from=ru") // the English that they read is out of date, and so would be what is made from it
		if page.Has(`input[name="check-`+p+`"]`) || page.Has(`button[name=check-all]`) {
			t.Error("staff are offered to check")
		}
		b.Post(at, fill(page.Form(form), "text-"+p, "Anderledes.", "check-"+p, "yes"))
		if got := now(t, s, title).State(locale.Danish); got != text.InWork {
			t.Errorf("checked by staff: %s", got)
		}
		outsider := s.As("p-admin").Post(at, url.Values{"text-" + p: {"Hej"}, "base-" + p: {"1"}, "from-" + p: {"ru:1"}})
		if outsider.Status != http.StatusNotFound {
			t.Errorf("an outsider's form: %d", outsider.Status)
		}
	})
}

func TestTheTranslationPageAsksLittleOfTheDatabase(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(minsk)
		title := actionTitle(t, s)
		for at, most := range map[string]int64{"/texts/" + title + "/translate/da": 9, "/lessons/" + demo.ID("ll-delivery") + "/translate/en": 10} {
			s.Statements.Store(0)
			b.Get(at)
			if got := s.Statements.Load(); got > most {
				t.Errorf("%s: %d statements, at most %d", at, got, most)
			}
		}
	})
}
