package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/emersion/go-ical"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
)

// subscribed makes somebody's feed and gives the path of its link.
func subscribed(t *testing.T, b *demotest.Browser) string {
	t.Helper()
	page := b.Post("/me/calendar", url.Values{"do": {"make"}})
	address, err := url.Parse(page.Document.Find("input#link").AttrOr("value", ""))
	if page.Status != http.StatusOK || err != nil || address.Path == "" {
		t.Fatalf("%d: no link: %v", page.Status, err)
	}
	return address.Path
}

func TestACalendarFeed(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		chair, stranger := s.As("p-koge-chair"), s.Visitor()
		if page := chair.Get("/me/calendar"); page.Has("input#link") {
			t.Error("there is a link before one is made")
		}
		path := subscribed(t, chair)
		feed := stranger.Get(path)
		cal, err := ical.NewDecoder(strings.NewReader(feed.Body)).Decode()
		if feed.Status != http.StatusOK || err != nil {
			t.Fatalf("%d %v", feed.Status, err)
		}
		events := cal.Events()
		if len(events) == 0 {
			t.Fatal("it holds no conference")
		}
		for _, e := range events {
			if e.Props.Get(ical.PropAttendee) != nil || e.Props.Get(ical.PropOrganizer) != nil {
				t.Error("it names people")
			}
			if at, err := e.DateTimeStart(nil); err != nil || at.IsZero() {
				t.Errorf("no start: %v", err)
			}
		}
		if page := chair.Get("/me/calendar"); page.Has("input#link") || strings.Contains(page.Body, strings.Split(path, "/")[2]) {
			t.Error("the link is shown again")
		}
		next := subscribed(t, chair)
		if old := stranger.Get(path); old.Status != http.StatusNotFound {
			t.Errorf("the older link gets %d", old.Status)
		}
		write(t, s, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `update memberships set ended_at = $1 where person_id = $2`, tx.Now, demo.ID("p-koge-chair"))
			return err
		})
		if left := stranger.Get(next); left.Status != http.StatusOK || strings.Contains(left.Body, "VEVENT") || !strings.Contains(left.Body, "VTIMEZONE") {
			t.Errorf("without the membership: %d, with conferences: %v", left.Status, strings.Contains(left.Body, "VEVENT"))
		}
		if page := chair.Post("/me/calendar", url.Values{"do": {"revoke"}}); page.Status != http.StatusSeeOther {
			t.Errorf("revoking: %d", page.Status)
		}
		if over := stranger.Get(next); over.Status != http.StatusNotFound {
			t.Errorf("the revoked link gets %d", over.Status)
		}
	})
}
