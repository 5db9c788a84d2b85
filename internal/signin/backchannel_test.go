package signin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// tell sends a logout token as the provider's server does: without cookies.
func (h *house) tell(token string) (status int, cacheControl string) {
	h.t.Helper()
	response, err := http.PostForm(h.URL+"/oidc/backchannel-logout/koge", url.Values{"logout_token": {token}})
	if err != nil {
		h.t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode, response.Header.Get("Cache-Control")
}

func (h *house) logoutClaims(jti string) map[string]any {
	now := h.clock.Now()
	return map[string]any{"iss": h.liar.URL, "aud": "tandem", "iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": jti,
		"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}}}
}

func marshalled(claims map[string]any) []byte {
	payload, _ := json.Marshal(claims)
	return payload
}

func TestAProviderEndsOneSessionOrAllOfAnAccount(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in := func(sid string) *browser {
			h.liar.claims = func(c map[string]any) { c["sid"] = sid }
			b := h.browser()
			b.signIn()
			return b
		}
		first, second, third := in("s1"), in("s2"), in("s3")
		bySID := h.logoutClaims("1")
		bySID["sid"] = "s1"
		if status, cache := h.tell(h.liar.sign(marshalled(bySID))); status != http.StatusOK || cache != "no-store" {
			t.Fatalf("by sid: %d, %s", status, cache)
		}
		if first.actor().SignedIn() || !second.actor().SignedIn() {
			t.Error("by sid exactly that session ends")
		}
		bySub := h.logoutClaims("2")
		bySub["sub"] = "somebody else"
		h.tell(h.liar.sign(marshalled(bySub)))
		if !second.actor().SignedIn() {
			t.Error("somebody else's sign-out ended it")
		}
		bySub["sub"], bySub["jti"] = "chair", "3"
		h.tell(h.liar.sign(marshalled(bySub)))
		if second.actor().SignedIn() || third.actor().SignedIn() {
			t.Error("by sub all sessions of the account end")
		}
		if n := len(h.strings(`select id from audit where deed = 'sign out by provider'`)); n != 2 {
			t.Errorf("%d entries in the audit log", n)
		}
	})
}

func TestALogoutTokenIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		put := func(name string, value any) func(map[string]any) {
			return func(c map[string]any) {
				if c[name] = value; value == nil {
					delete(c, name)
				}
			}
		}
		for name, lie := range map[string]func(map[string]any){
			"of another issuer":    put("iss", "https://another.example"),
			"for another audience": put("aud", "another"),
			"expired":              put("exp", h.clock.Now().Add(-time.Minute).Unix()),
			"without an end":       put("exp", nil),
			"of the future":        put("iat", h.clock.Now().Add(time.Hour).Unix()),
			"of no time":           put("iat", nil),
			"without a name":       put("jti", nil),
			"that is no event":     put("events", nil),
			"of another event":     put("events", map[string]any{"http://schemas.openid.net/event/other": map[string]any{}}),
			"of an event that is not told as one": put("events",
				map[string]any{"http://schemas.openid.net/event/backchannel-logout": nil}),
			"with a nonce": put("nonce", "n"),
			"of nobody":    put("sub", nil),
		} {
			claims := h.logoutClaims(name)
			claims["sub"] = "chair"
			lie(claims)
			if status, cache := h.tell(h.liar.sign(marshalled(claims))); status != http.StatusBadRequest || cache != "no-store" {
				t.Errorf("%s: %d %s", name, status, cache)
			}
		}
		good := h.logoutClaims("good")
		good["sub"] = "chair"
		for name, token := range map[string]string{"unsigned": unsigned(marshalled(good)), "signed with the public key": h.liar.bySecret(marshalled(good)),
			"signed by another provider": h.other.sign(marshalled(good)), "none": "", "endless": strings.Repeat("x", 20<<10)} {
			if status, _ := h.tell(token); status != http.StatusBadRequest {
				t.Errorf("%s: %d", name, status)
			}
		}
		if !b.actor().SignedIn() {
			t.Error("one of them was believed")
		}
	})
}

func TestALogoutTokenIsGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		claims := h.logoutClaims("once")
		claims["sub"] = "chair"
		token := h.liar.sign(marshalled(claims))
		if status, _ := h.tell(token); status != http.StatusOK {
			t.Fatalf("%d, with nobody signed in", status)
		}
		b := h.browser()
		b.signIn()
		if status, _ := h.tell(token); status != http.StatusBadRequest || !b.actor().SignedIn() {
			t.Errorf("replayed: %d", status)
		}
	})
}

func TestAnIDTokenIsNoLogoutToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		if status, _ := h.tell(h.liar.idToken("n")); status != http.StatusBadRequest || !b.actor().SignedIn() {
			t.Errorf("%d", status)
		}
	})
}
