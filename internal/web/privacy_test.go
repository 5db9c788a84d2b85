package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo"
	"example.org/tandem/internal/demo/demotest"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
)

// forgetConsent makes somebody of the demo a person who has not agreed yet.
func forgetConsent(t *testing.T, s *demotest.Site, person string) {
	t.Helper()
	err := s.DB.Write(t.Context(), func(tx *database.Tx) error {
		_, err := tx.Exec(t.Context(), `delete from consents where person_id = $1`, person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func consents(t *testing.T, s *demotest.Site, person string) (list []org.Consent) {
	t.Helper()
	err := s.DB.Read(t.Context(), func(tx *database.Tx) (err error) {
		list, err = org.New(s.DB).ConsentsIn(t.Context(), tx, person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestConsentIsRecordedAsItWasGiven(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		chair := demo.ID("p-koge-chair")
		b := s.As("p-koge-chair")
		if page := b.Get("/privacy"); page.Has("#consent") || !page.Has(".policy .notice") {
			t.Error("somebody who has agreed is asked again, or not told when they did")
		}
		forgetConsent(t, s, chair)
		page := b.Get("/privacy?next=" + url.QueryEscape("/actions?show=all"))
		form := page.Form("#consent")
		if form.Has("agree") || !page.Has(`a[href="/me/leave"]`) || !page.Has(`.policy-question form[action="/sign-out"]`) {
			t.Error("agreed in advance, or no way to decline")
		}
		if again := b.Post("/privacy", form); again.Status != http.StatusUnprocessableEntity || again.Text("#field-agree-error") == "" || len(consents(t, s, chair)) > 0 {
			t.Errorf("without a tick: %d, %v", again.Status, consents(t, s, chair))
		}
		form.Set("agree", "yes")
		older := url.Values{"agree": {"yes"}, "version": {"0"}, "next": {"/"}}
		if again := b.Post("/privacy", older); again.Status != http.StatusConflict || len(consents(t, s, chair)) > 0 {
			t.Errorf("a text that is not the present one: %d", again.Status)
		}
		form.Set("switch-language", "be")
		form = b.Post("/privacy", form).Form("#consent")
		form.Set("agree", "yes")
		if sent := b.Post("/privacy", form); sent.Status != http.StatusSeeOther || sent.Location != "/actions?show=all" {
			t.Errorf("%d %s", sent.Status, sent.Location)
		}
		got := consents(t, s, chair)
		if len(got) != 1 || got[0].Version != org.PrivacyVersion || got[0].Language != locale.Belarusian || !got[0].At.Equal(s.Clock.Now()) {
			t.Errorf("recorded %+v", got)
		}
	})
}

func TestThePrivacyNoticeIsForEverybody(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		b := s.Visitor()
		page := b.Get("/privacy")
		if page.Status != http.StatusOK || page.Has("#consent") || page.Text(".policy-address") == "" {
			t.Errorf("%d %s", page.Status, page.Text("main"))
		}
		if !b.Get("/sign-in").Has(`a[href="/privacy"]`) {
			t.Error("the sign-in page does not lead to it")
		}
		if sent := b.Post("/privacy", url.Values{"agree": {"yes"}, "version": {org.PrivacyVersion}}); sent.Status != http.StatusSeeOther {
			t.Errorf("somebody nobody knows agrees: %d", sent.Status)
		}
	})
}
