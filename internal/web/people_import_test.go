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
		for who, want := range map[string]int{"p-koge-chair": http.StatusNotFound, "p-drc-country": http.StatusForbidden} {
			if page := s.As(who).Get("/people/import?unit=" + unit); page.Status != want {
				t.Errorf("%s: %d, want %d", who, page.Status, want)
			}
		}
	})
}
