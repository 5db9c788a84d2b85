package signin_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/signin"
	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"
)

// statements counts those that it takes to know who a browser is.
func (h *house) statements(b *browser) int64 {
	h.t.Helper()
	var n atomic.Int64
	request := httptest.NewRequest(http.MethodGet, h.URL+"/", nil)
	address, _ := url.Parse(h.URL)
	for _, cookie := range b.Jar.Cookies(address) {
		request.AddCookie(cookie)
	}
	c := echo.New().NewContext(request.WithContext(database.WithCounter(h.t.Context(), &n)), httptest.NewRecorder())
	err := h.door.Know(func(c echo.Context) error {
		if _, there := signin.SessionOf(c); !there {
			h.t.Error("nobody there")
		}
		return nil
	})(c)
	if err != nil {
		h.t.Fatal(err)
	}
	return n.Load()
}

func TestASessionEndsAfterTwelveIdleHours(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		for range 3 { // use keeps it alive
			h.clock.Advance(11 * time.Hour)
			if !b.actor().SignedIn() {
				t.Fatal("ended while in use")
			}
		}
		h.clock.Advance(12 * time.Hour)
		if b.actor().SignedIn() {
			t.Error("still signed in")
		}
	})
}

func TestASessionEndsAfterSevenDaysHoweverBusy(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		for range 7*24/6 - 1 {
			h.clock.Advance(6 * time.Hour)
			if !b.actor().SignedIn() {
				t.Fatal("ended early")
			}
		}
		h.clock.Advance(6 * time.Hour)
		if b.actor().SignedIn() {
			t.Error("still signed in")
		}
	})
}

func TestUseIsWrittenDownEveryFiveMinutesAtMost(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		h.clock.Advance(4 * time.Minute)
		if n := h.statements(b); n != 1 {
			t.Errorf("after four minutes: %d statements", n)
		}
		h.clock.Advance(time.Minute)
		if n := h.statements(b); n != 2 {
			t.Errorf("after five minutes: %d statements", n)
		}
		if n := h.statements(b); n != 1 {
			t.Errorf("right after that: %d statements", n)
		}
	})
}

func TestTheDatabaseGivesNothingAway(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		address, _ := url.Parse(h.URL)
		kept := strings.Join(h.strings(`select token_hash || ' ' || id_token from sessions`), "\n")
		for _, cookie := range b.Jar.Cookies(address) {
			if strings.Contains(kept, cookie.Value) {
				t.Errorf("%s is in the database", cookie.Name)
			}
		}
		if strings.Contains(kept, "eyJ") {
			t.Error("an ID token can be read in the database")
		}
	})
}

func TestSigningOutEndsBothSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		if p := b.post("/sign-out"); p.status != http.StatusOK || p.at != "/" || b.actor().SignedIn() {
			t.Errorf("ended at %s: %d %s", p.at, p.status, p.body)
		}
		if n := len(h.strings(`select token_hash from sessions where id_token <> ''`)); n != 0 {
			t.Errorf("%d sessions left", n)
		}
		if h.liar.ended.Get("post_logout_redirect_uri") != h.URL+"/" || !strings.HasPrefix(h.liar.ended.Get("id_token_hint"), "eyJ") {
			t.Errorf("the provider was told %v", h.liar.ended)
		}
		if diff := cmp.Diff([]string{"sign in", "sign out"}, h.strings(`select deed from audit order by id`)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSigningOutTwiceIsNoError(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		b.post("/sign-out")
		if p := b.post("/sign-out"); p.status != http.StatusOK || p.at != "/" {
			t.Errorf("got %d at %s", p.status, p.at)
		}
	})
}

func TestSigningOutWithTheProviderDownSaysSo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		h.liar.down = true
		again := &house{t: t, db: h.db, clock: h.clock, liar: h.liar, other: h.other} // after a restart: nothing is known of the provider
		again.listen()
		again.open(again.liars()...)
		moved := &browser{b.Client, t, again.URL}
		if p := moved.post("/sign-out"); p.at != signin.HalfOut || moved.actor().SignedIn() {
			t.Errorf("ended at %s: %d %s", p.at, p.status, p.body)
		}
	})
}

func TestCookiesAreKeptToThisHost(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		for _, cookie := range b.standing().get(begin(h, b)).cookies {
			if cookie.Name != "tandem" && cookie.Name != "tandem-provider" || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" {
				t.Errorf("%s", cookie.Raw)
			}
		}
	})
}

func TestCookiesOfHTTPSBearTheHostPrefix(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		provider := signin.Provider{Provider: config.Provider{ID: "koge", Issuer: h.liar.URL, ClientID: "tandem"}}
		door, err := signin.New(h.db, []signin.Provider{provider},
			signin.Settings{URL: &url.URL{Scheme: "https", Host: "tandem.example"}, Secret: make([]byte, 32), Clock: h.clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		answer := httptest.NewRecorder()
		c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "https://tandem.example/sign-in/koge", nil), answer)
		if err := door.Begin(c, "koge", signin.Wish{}); err != nil {
			t.Fatal(err)
		}
		cookies := answer.Result().Cookies()
		if len(cookies) != 1 || cookies[0].Name != "__Host-tandem-sign-in" || !cookies[0].Secure || cookies[0].Domain != "" || cookies[0].Path != "/" {
			t.Errorf("got %v", cookies)
		}
	})
}

func TestAShortSecretIsRefused(t *testing.T) {
	if _, err := signin.New(nil, nil, signin.Settings{URL: &url.URL{}, Secret: make([]byte, 31)}); err == nil {
		t.Error("31 bytes were accepted")
	}
}
