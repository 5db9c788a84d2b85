package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

func TestBuildingAnAgendaWithoutScript(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		at := asked(t, s)
		b := s.As(koge)
		empty := b.Get(at + "/agenda")
		if form := empty.Form("#item"); form.Get("language") != "da" || form.Get("minutes") == "" {
			t.Errorf("not preset: %v", form)
		}
		for _, topic := range []string{"Første", "Andet"} {
			if page := b.Post(at+"/agenda", fill(empty.Form("#item"), "topic", topic, "minutes", "20", "presenter", demo.ID(minsk))); page.Status != http.StatusSeeOther {
				t.Fatalf("%d %q", page.Status, page.Text(".summary"))
			}
		}
		page := b.Get(at + "/agenda")
		if got := each(page, ".timed h3"); !slices.Equal(got, []string{"Første", "Andet"}) {
			t.Fatalf("%v", got)
		}
		move := page.Document.Find(`.timed form[action*="/agenda/"]`).First().AttrOr("action", "")
		page = b.Follow(b.Post(move, url.Values{"deed": {"down"}}))
		if got := each(page, ".timed h3"); !slices.Equal(got, []string{"Andet", "Første"}) {
			t.Errorf("%v", got)
		}
		if got := page.Text(".notice-info"); !strings.Contains(got, "40 af 90 minutter") {
			t.Errorf("%q", got)
		}
		page = b.Follow(b.Post(move, url.Values{"deed": {"remove"}}))
		if got := each(page, ".timed h3"); !slices.Equal(got, []string{"Andet"}) {
			t.Errorf("%v", got)
		}
	})
}

func TestEditingAnItemKeepsWhatWasTyped(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As(koge)
		page := b.Get(august() + "/agenda")
		item := strings.TrimPrefix(page.Document.Find(".timed").First().AttrOr("id", ""), "item-")
		open := b.Get(august() + "/agenda?edit=" + item)
		form := open.Form("#item")
		if form.Get("topic") != "Opgaver fra sidste møde" || form.Get("topic-language") != "da" || !open.Has("#item-"+item+" #item") {
			t.Fatalf("%v", form)
		}
		wrong := b.Post(august()+"/agenda/"+item, fill(form, "topic", "Ny", "minutes", "0"))
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Form("#item").Get("topic") != "Ny" || wrong.Document.Find("[autofocus]").AttrOr("name", "") != "minutes" {
			t.Errorf("%d %v", wrong.Status, wrong.Form("#item"))
		}
		right := b.Follow(b.Post(august()+"/agenda/"+item, fill(wrong.Form("#item"), "minutes", "15")))
		if got := right.Text("#item-" + item + " h3"); got != "Ny" {
			t.Errorf("%q", got)
		}
		if got := right.Text(".notice-warning"); !strings.Contains(got, "5 minutter for meget") {
			t.Errorf("%q", got)
		}
		stale := b.Post(august()+"/agenda/"+item, fill(form, "topic", "Min", "minutes", "10"))
		if stale.Status != http.StatusConflict || stale.Form("#item").Get("topic") != "Min" {
			t.Errorf("%d %v", stale.Status, stale.Form("#item"))
		}
		if got := stale.Text("#item-" + item + " .card"); !strings.Contains(got, "Ny") || !strings.Contains(got, "15") {
			t.Errorf("what the other saved is not there to compare: %q", got)
		}
	})
}

func TestAnItemWithNotesStays(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		agree(t, s, false)
		b := s.As(minsk)
		at := "/conferences/" + demo.ID("conf-2020-07") + "/agenda"
		page := b.Get(at)
		item := page.Document.Find(".timed").Eq(3).Find("form").AttrOr("action", "")
		refused := b.Post(item, url.Values{"deed": {"remove"}})
		if refused.Status != http.StatusUnprocessableEntity || !strings.Contains(refused.Text(".summary"), "остаётся в повестке") {
			t.Errorf("%d %q", refused.Status, refused.Text("main"))
		}
	})
}
