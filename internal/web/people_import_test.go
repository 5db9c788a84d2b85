package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

func TestAListOfPeopleIsShownBeforeAnybodyIsInvited(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b, unit := s.As("p-brc-vol"), demo.ID("brc-sec")
		if !strings.Contains(b.Get("/people?unit="+unit).Body, "/people/import?unit="+unit) {
			t.Error("no way from the people of a unit to its list")
		}
		list := "Имя;E-mail;Роль\nВолонтёр склада;store@tandem.example;волонтёр\nКоординатор склада;keine;царь\n"
		tried := b.Post("/people/import", url.Values{"unit": {unit}, "list": {list}})
		if n := tried.Document.Find("tbody tr").Length(); tried.Status != http.StatusOK || n != 2 || tried.Document.Find("td .error").Length() != 2 {
			t.Fatalf("%d: %d lines, wrong are %q", tried.Status, n, tried.Text("td .error"))
		}
		send := url.Values{"unit": {unit}, "list": {strings.ReplaceAll(list, "\n", "\r\n")}, "tried": {tried.Document.Find("[name=tried]").AttrOr("value", "")}}
		if page := b.Post("/people/import/send", send); page.Status != http.StatusUnprocessableEntity || page.Document.Find("textarea").Text() == "" {
			t.Errorf("with a wrong line: %d", page.Status)
		}
		send.Set("skip", "yes")
		other := url.Values{"unit": {unit}, "list": {list + "Ещё один;third@tandem.example;\n"}, "tried": send["tried"], "skip": {"yes"}}
		if page := b.Post("/people/import/send", other); page.Status != http.StatusOK || page.Document.Find("tbody tr").Length() != 3 {
			t.Errorf("a list that was changed since: %d", page.Status)
		}
		if page := b.Post("/people/import/send", send); page.Status != http.StatusSeeOther {
			t.Errorf("without it: %d", page.Status)
		}
		expected := b.Get("/people?unit=" + unit).Body
		if !strings.Contains(expected, "store@tandem.example") || strings.Contains(expected, "third@tandem.example") {
			t.Error("those invited are others than those who were right")
		}
		if page := b.Post("/people/import", url.Values{"unit": {unit}, "list": {"x"}}); page.Status != http.StatusUnprocessableEntity || page.Document.Find("#field-list[aria-invalid]").Length() != 1 {
			t.Errorf("no list: %d", page.Status)
		}
		for _, who := range []string{"p-koge-chair", "p-drc-country"} {
			if page := s.As(who).Get("/people/import?unit=" + unit); page.Status != http.StatusForbidden {
				t.Errorf("%s: %d", who, page.Status)
			}
		}
	})
}

func TestAStandInIsNamedOnThePageOfAPerson(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		me := "/people/" + demo.ID("p-koge-vol-2")
		b := s.As("p-koge-vol-2")
		if b.Get(me).Document.Find(`a[href$="/stand-in"]`).Length() != 1 || b.Get(me+"/stand-in").Status != http.StatusOK {
			t.Error("no way to name one")
		}
		wrong := b.Post(me+"/stand-in", url.Values{"stand-in": {demo.ID("p-brc-vol")}, "from": {"27.07.2020"}, "until": {"2020-08-09"}})
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Document.Find("#field-from").AttrOr("value", "") != "27.07.2020" {
			t.Errorf("somebody of the other society: %d", wrong.Status)
		}
		named := url.Values{"stand-in": {demo.ID("p-koge-chair")}, "from": {"27.07.2020"}, "until": {"2020-08-09"}}
		if page := b.Post(me+"/stand-in", named); page.Status != http.StatusSeeOther {
			t.Fatalf("naming one: %d", page.Status)
		}
		other := s.As("p-brc-vol")
		if page := other.Get(me); page.Document.Find(`.facts a[href="/people/`+demo.ID("p-koge-chair")+`"]`).Length() != 1 {
			t.Errorf("others do not see it: %q", page.Text(".facts"))
		}
		if page := other.Post(me+"/stand-in", named); page.Status != http.StatusForbidden {
			t.Errorf("an administrator of the other society: %d", page.Status)
		}
		if page := b.Post(me+"/stand-in/end", nil); page.Status != http.StatusSeeOther || strings.Contains(other.Get(me).Text(".facts"), "2020") {
			t.Errorf("it does not end: %d", page.Status)
		}
	})
}
