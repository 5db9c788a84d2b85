package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"example.org/tandem/internal/demo/demotest"
)

func TestPartnership(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.As("p-brc-vol")
		list := b.Get("/partnerships")
		at, there := list.Document.Find(".card h2 a").First().Attr("href")
		if !there {
			t.Fatalf("no partnership: %s", list.Text("main"))
		}
		page := b.Get(at)
		if page.Status != http.StatusOK || page.Text("h1") != list.Text(".card h2") {
			t.Errorf("%d %q", page.Status, page.Text("h1"))
		}
		if sides := each(page, "section[aria-labelledby=sides] section > h3"); !slices.Equal(sides, []string{"Датский Красный Крест", "Белорусский Красный Крест"}) {
			t.Errorf("sides are %q, want the counterparts first", sides)
		}
		if mails := each(page, ".counterpart a"); !slices.Equal(mails, []string{"drc-voldev@tandem.example", "drc-country@tandem.example"}) {
			t.Errorf("counterparts of the Secretariat's coordinator: %q", mails)
		}
		if got := page.Text(".counterpart:first-child .facts"); !strings.Contains(got, "11:00 Копенгаген") || !strings.Contains(got, "датский и английский") {
			t.Errorf("what is to be known before writing to somebody: %q", got)
		}
		if moves := each(page, "section[aria-labelledby=actions] h3"); !slices.Equal(moves, []string{"Следующий шаг: Датский Красный Крест", "Следующий шаг: Белорусский Красный Крест"}) {
			t.Errorf("whose move it is: %q", moves)
		}
		for selector, least := range map[string]int{`a[href^="/conferences/"]`: 2, `a[href^="/decisions/"]`: 3, `a[href^="/actions/"]`: 9,
			`a[href^="mailto:"]`: 10, `a[href="/conferences/new?partnership=` + strings.TrimPrefix(at, "/partnerships/") + `"]`: 1} {
			if n := page.Document.Find("main " + selector).Length(); n < least {
				t.Errorf("%d of %s, want at least %d", n, selector, least)
			}
		}
		inTime(t, page)
		unseen(t, s, at)
	})
}

// unseen: what one may not see looks as if it were not there; and staff are not offered what coordinators do.
func unseen(t *testing.T, s *demotest.Site, path string) {
	t.Helper()
	admin := s.As("p-admin")
	for _, p := range []string{path, "/partnerships/" + strings.Repeat("0", 36), "/partnerships/x"} {
		if page := admin.Get(p); page.Status != http.StatusNotFound {
			t.Errorf("%s for a site administrator: %d", p, page.Status)
		}
	}
	if list := admin.Get("/partnerships"); list.Has(".card") || !list.Has(".empty") {
		t.Error("a site administrator sees a list of partnerships, or no word about its being empty")
	}
	if page := s.As("p-koge-vol-2").Get(path); page.Status != http.StatusOK || page.Has(`a[href^="/conferences/new"]`) {
		t.Errorf("staff: %d, or offered to plan", page.Status)
	}
}

// inTime: the list is in the order of time, with today between what was and what comes; the picture shows the same.
func inTime(t *testing.T, page demotest.Page) {
	t.Helper()
	days := page.Document.Find(".story time[datetime]").Map(func(_ int, d *goquery.Selection) string { return d.AttrOr("datetime", "")[:10] })
	today := page.Document.Find(".story-today time").AttrOr("datetime", "")
	if !slices.IsSorted(days) || today != "2020-07-27" || days[0] >= today || days[len(days)-1] <= today {
		t.Errorf("days %v, today %s", days, today)
	}
	for _, sign := range []string{".sign-conference", ".sign-conference.sign-ahead", ".sign-decision", ".sign-action", ".sign-action.sign-ahead", ".sign-action.sign-late"} {
		if !page.Has(`.picture[role="img"][aria-label] ` + sign) {
			t.Errorf("no %s in the picture", sign)
		}
	}
}
