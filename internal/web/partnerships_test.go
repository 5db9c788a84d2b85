package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

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
		if sides := each(page, "h3"); !slices.Equal(sides, []string{"Датский Красный Крест", "Белорусский Красный Крест"}) {
			t.Errorf("sides are %q, want the counterparts first", sides)
		}
		for selector, least := range map[string]int{`a[href^="/conferences/"]`: 1, `a[href^="/decisions/"]`: 3, `a[href^="/actions/"]`: 3,
			`a[href^="mailto:"]`: 10, `a[href="/conferences/new?partnership=` + strings.TrimPrefix(at, "/partnerships/") + `"]`: 1} {
			if n := page.Document.Find("main " + selector).Length(); n < least {
				t.Errorf("%d of %s, want at least %d", n, selector, least)
			}
		}
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
