package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/demotest"
)

// TestTheSignInPage looks at one site from all sides; the last look changes it.
func TestTheSignInPage(t *testing.T) {
	demotest.Each(t, func(t *testing.T, s *demotest.Site) {
		for name, look := range map[string]func(*testing.T, *demotest.Site){
			"offers every account by society":         theSignInPageOffersEveryAccountBySociety,
			"stays when the language is switched":     theSignInPageStaysWhenTheLanguageIsSwitched,
			"is not for whoever is signed in":         whoeverIsSignedInNeedsNoSignInPage,
			"lets no link sign anybody in as another": aLinkSignsNobodyInAsAnother,
			"says when an answer came too late":       anAnswerThatIsTooOldSaysSoAndOffersToBeginAgain,
		} {
			t.Run(name, func(t *testing.T) { look(t, s) })
		}
		t.Run("tells strangers how to get an account", func(t *testing.T) { whoeverHasNoAccountIsToldHowToGetOne(t, s) })
	})
}

func theSignInPageOffersEveryAccountBySociety(t *testing.T, s *demotest.Site) {
	p := s.Visitor().Get("/sign-in?next=/people")
	if p.Status != http.StatusOK || p.Document.Find("button[name=account]").Length() != 16 || p.Document.Find("main h3").Length() != 2 {
		t.Errorf("%d: %s", p.Status, p.Text("main"))
	}
	if next := p.Form("main form").Get("next"); next != "/people" {
		t.Errorf("leads on to %q", next)
	}
	if next := s.Visitor().Get("/sign-in?next=//evil.example").Form("main form").Get("next"); next != "/" {
		t.Errorf("leads on to %q", next)
	}
}

func theSignInPageStaysWhenTheLanguageIsSwitched(t *testing.T, s *demotest.Site) {
	b := s.Visitor()
	form := b.Get("/sign-in?next=/people").Form("form.languages")
	form.Set("language", "be")
	if p := b.Follow(b.Post("/language", form)); p.Text("h1") != "Вітаем у Tandem" || p.Form("main form").Get("next") != "/people" {
		t.Errorf("%s, leading on to %s", p.Text("h1"), p.Form("main form").Get("next"))
	}
}

func whoeverIsSignedInNeedsNoSignInPage(t *testing.T, s *demotest.Site) {
	if p := s.As("p-koge-chair").Get("/sign-in?next=/people"); p.Status != http.StatusSeeOther || p.Location != "/people" {
		t.Errorf("%d to %s", p.Status, p.Location)
	}
}

// aLinkSignsNobodyInAsAnother: only a form of ours chooses a demo account.
func aLinkSignsNobodyInAsAnother(t *testing.T, s *demotest.Site) {
	p := s.Visitor().Get("/sign-in/demo?account=p-koge-chair")
	to, err := url.Parse(p.Location)
	if err != nil || to.Query().Get("login_hint") != "" {
		t.Errorf("the provider is told to let in %s", to.Query().Get("login_hint"))
	}
}

func anAnswerThatIsTooOldSaysSoAndOffersToBeginAgain(t *testing.T, s *demotest.Site) {
	p := s.Visitor().Get("/oidc/callback/demo?state=x&code=y")
	if p.Status != http.StatusUnprocessableEntity || p.Text(".notice-problem p") != "This sign-in was begun in another browser or too long ago. Please begin again." ||
		!p.Has("button[name=account]") {
		t.Errorf("%d: %s", p.Status, p.Text("main"))
	}
	if p := s.As("p-koge-chair").Get("/oidc/callback/demo?state=x&code=y"); p.Location != "/" {
		t.Errorf("going back while signed in: %d %s", p.Status, p.Text("main"))
	}
}

func whoeverHasNoAccountIsToldHowToGetOne(t *testing.T, s *demotest.Site) {
	err := s.DB.Write(t.Context(), func(tx *database.Tx) error {
		_, err := tx.Exec(t.Context(), `delete from identities where subject = 'p-koge-chair'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b := s.Visitor()
	p := b.Post("/sign-in/demo", url.Values{"account": {"p-koge-chair"}})
	for p.Location != "" {
		p = b.Follow(p)
	}
	if p.Status != http.StatusUnprocessableEntity || p.Text("h1") != "You have no account in Tandem yet" || !p.Has("a[href='/sign-in/demo?choose=1']") {
		t.Fatalf("%d: %s", p.Status, p.Text("main"))
	}
	p = b.Get("/sign-in/demo?choose=1") // the provider remembers, but is asked to let them choose
	for p.Location != "" {
		p = b.Follow(p)
	}
	if p.Document.Find("button[name=account]").Length() != 18 {
		t.Errorf("no choice: %s", p.Text("main"))
	}
}
