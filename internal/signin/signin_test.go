package signin_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"github.com/google/go-cmp/cmp"
)

func TestSigningInLeadsToWhereOneWantedToGo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		if p := b.get("/sign-in/koge?next=" + url.QueryEscape("/actions?mine=1")); p.status != http.StatusOK || p.at != "/actions?mine=1" {
			t.Fatalf("ended at %s: %d %s", p.at, p.status, p.body)
		}
		want := access.Actor{PersonID: "p1", SiteAdmin: true, Language: locale.English, Writes: locale.Danish, Zone: "Europe/Copenhagen",
			Reads: []locale.Language{locale.English, locale.Danish}, Name: "Branch chair", NameLanguage: locale.English,
			Memberships: []access.Membership{{UnitID: "koge", SocietyID: "drc", Role: access.Coordinator}, {UnitID: "drc", SocietyID: "drc", Role: access.Staff}}}
		if diff := cmp.Diff(want, b.actor()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"sign in person:p1"}, h.strings(`select deed || ' ' || subject from audit`)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTheProviderIsAskedAsTheStandardSays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.browser().get("/sign-in/koge?account=chair")
		for name, want := range map[string]string{"response_type": "code", "scope": "openid email", "client_id": "tandem",
			"code_challenge_method": "S256", "login_hint": "chair", "redirect_uri": h.URL + "/oidc/callback/koge"} {
			if got := h.liar.asked.Get(name); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		for _, name := range []string{"state", "nonce", "code_challenge"} {
			if len(h.liar.asked.Get(name)) < 43 {
				t.Errorf("%s is guessable: %q", name, h.liar.asked.Get(name))
			}
		}
	})
}

// begin goes as far as the provider and brings back the address that the provider sends the browser to.
func begin(h *house, b *browser) string {
	h.t.Helper()
	toProvider := b.standing().get("/sign-in/koge").location
	back := b.standing().get(toProvider).location
	if !strings.HasPrefix(back, h.URL+"/oidc/callback/koge?") {
		h.t.Fatalf("the provider sends to %q", back)
	}
	return back
}

func TestAnAnswerIsGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		back := begin(h, b)
		if p := b.standing().get(back); p.status != http.StatusSeeOther {
			t.Fatalf("first answer: %d %s", p.status, p.body)
		}
		if p := b.standing().get(back); p.body != "sign-in.problem.stale" {
			t.Errorf("replayed answer: %d %s", p.status, p.body)
		}
	})
}

func TestAnAnswerIsGoodInTheBrowserThatBegan(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		mine, theirs := h.browser(), h.browser()
		back := begin(h, mine)
		begin(h, theirs) // so that the other one has a cookie too
		if p := theirs.standing().get(back); p.body != "sign-in.problem.stale" || theirs.actor().SignedIn() {
			t.Errorf("another browser's answer: %d %s", p.status, p.body)
		}
		if p := h.browser().standing().get(back); p.body != "sign-in.problem.stale" {
			t.Errorf("answer without a cookie: %d %s", p.status, p.body)
		}
		if p := mine.standing().get(back); p.status != http.StatusSeeOther {
			t.Errorf("one's own answer, afterwards: %d %s", p.status, p.body)
		}
	})
}

func TestAnAnswerIsGoodAtTheProviderThatWasAsked(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		back := strings.Replace(begin(h, b), "/callback/koge", "/callback/other", 1)
		if p := b.standing().get(back); p.body != "sign-in.problem.stale" || b.actor().SignedIn() {
			t.Errorf("another provider's answer: %d %s", p.status, p.body)
		}
	})
}

func TestAnAnswerCanComeTooLate(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		back := begin(h, b)
		h.clock.Advance(30 * time.Minute)
		if p := b.standing().get(back); p.body != "sign-in.problem.stale" {
			t.Errorf("half an hour later: %d %s", p.status, p.body)
		}
	})
}

func TestTwoTabsSignInAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		first, second := begin(h, b), begin(h, b)
		for _, back := range []string{first, second} {
			if p := b.standing().get(back); p.status != http.StatusSeeOther {
				t.Errorf("got %d %s", p.status, p.body)
			}
		}
		if n := len(h.strings(`select token_hash from sessions where id_token <> ''`)); n != 1 {
			t.Errorf("%d sessions of one browser", n)
		}
	})
}

func TestAProviderThatIsDownIsSaidPlainly(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		h.liar.down = true
		if p := b.get("/sign-in/koge"); p.status != http.StatusServiceUnavailable || p.body != "sign-in.problem.down" {
			t.Errorf("got %d %s", p.status, p.body)
		}
		h.liar.down = false
		back := begin(h, b)
		h.liar.down = true
		if p := b.get(back); p.status != http.StatusServiceUnavailable || p.body != "sign-in.problem.down" {
			t.Errorf("between click and answer: %d %s", p.status, p.body)
		}
		h.liar.down = false
		b.signIn() // a failure is not remembered
	})
}

func TestAProviderNobodyKnowsIsNotFound(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, path := range []string{"/sign-in/nobody", "/oidc/callback/nobody?state=x"} {
			if p := h.browser().get(path); p.status != http.StatusNotFound {
				t.Errorf("%s: %d %s", path, p.status, p.body)
			}
		}
	})
}

func TestOnlyOwnPathsAreFollowed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for next, want := range map[string]string{
			"/conferences/1?tab=a#b": "/conferences/1?tab=a#b", "": "/",
			"https://evil.example": "/", "//evil.example": "/", "/\\evil.example": "/", "\\\\evil.example": "/", "/\t/evil.example": "/",
			"/\n/evil.example": "/", "javascript:alert(1)": "/", "evil.example": "/", " //evil.example": "/", "/%zz": "/",
			"/sign-in?next=/": "/", "/sign-out": "/", "/oidc/callback/koge": "/", "/" + strings.Repeat("a", 2000): "/",
		} {
			b := h.browser()
			toProvider := b.standing().get("/sign-in/koge?next=" + url.QueryEscape(next)).location
			if got := b.standing().get(b.standing().get(toProvider).location).location; got != want {
				t.Errorf("%q leads to %q", next, got)
			}
		}
	})
}

func TestSignedOutEveryPathLeadsToTheSignInPage(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser().standing()
		if p := b.get("/actions?mine=1"); p.status != http.StatusSeeOther || p.location != "/sign-in?next=%2Factions%3Fmine%3D1" {
			t.Errorf("got %d %s", p.status, p.location)
		}
		if p := b.post("/actions"); p.location != "/sign-in?next=%2Factions%3Fmine%3D1" {
			t.Errorf("a form leads to %s", p.location)
		}
	})
}

func TestAMembershipThatHasEndedIsOutAtTheNextRequest(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		h.write(func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `update memberships set ended_at = $1 where id = 'm1'`, tx.Now)
			return err
		})
		want := []access.Membership{{UnitID: "drc", SocietyID: "drc", Role: access.Staff}}
		if diff := cmp.Diff(want, b.actor().Memberships); diff != "" {
			t.Error(diff)
		}
	})
}

func TestReadingASessionIsOneStatement(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		if n := h.statements(b); n != 1 {
			t.Errorf("%d statements", n)
		}
	})
}

func TestTheSameMachineUnderAnotherNameIsSentToTheRightOne(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		elsewhere := strings.Replace(h.URL, "127.0.0.1", "localhost", 1)
		if p := h.browser().standing().get(elsewhere + "/sign-in/koge?next=/actions"); p.location != h.URL+"/sign-in/koge?next=/actions" {
			t.Errorf("leads to %q", p.location)
		}
		if p := h.browser().get(elsewhere + "/sign-in/koge?next=/actions"); p.status != http.StatusOK || p.at != "/actions" {
			t.Errorf("ended at %s: %d %s", p.at, p.status, p.body)
		}
	})
}
