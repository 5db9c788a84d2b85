package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/demotest"
)

func TestWhatWasTypedOutlivesTheSession(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		koge := s.As("p-koge-chair")
		endSessions(t, s)
		sent := koge.Post("/me", url.Values{"name-da": {"Formand for afdelingen i Køge"}})
		if sent.Status != http.StatusSeeOther || sent.Location != "/sign-in?next=%2Fkept" {
			t.Fatalf("%d to %q", sent.Status, sent.Location)
		}
		koge.SignIn("p-koge-chair")
		kept := koge.Get("/kept")
		if got := kept.Text("blockquote"); got != "Formand for afdelingen i Køge" {
			t.Fatalf("given back: %q", got)
		}
		again := koge.Post(kept.Document.Find("main form").AttrOr("action", ""), kept.Form("main form"))
		if again.Status != http.StatusOK || !strings.Contains(again.Body, `value="Formand for afdelingen i Køge"`) {
			t.Fatalf("%d, not in the form again", again.Status)
		}
		if gone := koge.Get("/kept"); gone.Status != http.StatusNotFound {
			t.Fatalf("still kept: %d", gone.Status)
		}
	})
}

func TestWhatWasTypedIsGivenToNobodyElse(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		shared := s.As("p-koge-chair")
		endSessions(t, s)
		shared.Post("/me", url.Values{"name-da": {"Formand for afdelingen"}})
		shared.SignIn("p-koge-vol-1")
		if page := shared.Get("/kept"); page.Status != http.StatusNotFound {
			t.Fatalf("answered %d", page.Status)
		}
	})
}

// endSessions lets every session run out, as seven days do.
func endSessions(t *testing.T, s *demotest.Site) {
	t.Helper()
	err := s.DB.Write(t.Context(), func(tx *database.Tx) error {
		_, err := tx.Exec(t.Context(), `update sessions set ends_at = started_at`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
