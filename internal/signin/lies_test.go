package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/database/dbtest"
)

// lie has the provider not tell the truth, and says what is made of it.
type lie struct {
	name   string
	tell   func(*testing.T, *house)
	key    string
	reason string
}

const untrusted = "sign-in.problem.untrusted"

// lies are all that a provider, or whoever stands between it and us, was caught at.
func lies() []lie {
	claim := func(name string, value any) func(*testing.T, *house) {
		return func(_ *testing.T, h *house) {
			h.liar.claims = func(c map[string]any) {
				if c[name] = value; value == nil {
					delete(c, name)
				}
			}
		}
	}
	info := func(name string, value any) func(*testing.T, *house) {
		return func(_ *testing.T, h *house) { h.liar.info = func(c map[string]any) { c[name] = value } }
	}
	answer := func(name, value string) func(*testing.T, *house) {
		return func(_ *testing.T, h *house) { h.liar.answer = func(v url.Values) { v.Set(name, value) } }
	}
	at := func(d time.Duration) int64 { return dbtest.Start.Add(d).Unix() }
	return []lie{
		{"state of nobody", answer("state", strings.Repeat("x", 43)), "sign-in.problem.stale", "state"},
		{"no state", answer("state", ""), "sign-in.problem.stale", "state"},
		{"nonce of another sign-in", claim("nonce", "another"), untrusted, "nonce"},
		{"no nonce", claim("nonce", nil), untrusted, "nonce"},
		{"another audience", claim("aud", "another"), untrusted, "token"},
		{"no audience", claim("aud", nil), untrusted, "token"},
		{"another party", claim("azp", "another"), untrusted, "party"},
		{"several audiences, no party", claim("aud", []string{"tandem", "another"}), untrusted, "party"},
		{"another issuer in the token", claim("iss", "https://another.example"), untrusted, "token"},
		{"another issuer in the answer", answer("iss", "https://another.example"), untrusted, "issuer"},
		{"no issuer in the answer, where it is promised", func(_ *testing.T, h *house) {
			h.liar.meta = func(m map[string]any) { m["authorization_response_iss_parameter_supported"] = true }
		}, untrusted, "issuer"},
		{"expired", claim("exp", at(-time.Hour)), untrusted, "expired"},
		{"without an end", claim("exp", nil), untrusted, "expired"},
		{"issued in the future", claim("iat", at(time.Hour)), untrusted, "future"},
		{"issued at no time", claim("iat", nil), untrusted, "future"},
		{"not yet valid", claim("nbf", at(time.Hour)), untrusted, "future"},
		{"no subject", claim("sub", nil), untrusted, "subject"},
		{"empty subject", claim("sub", ""), untrusted, "subject"},
		{"endless subject", claim("sub", strings.Repeat("x", 256)), untrusted, "subject"},
		{"a subject that is no text", claim("sub", "a\x00b"), untrusted, "subject"},
		{"an endless session", claim("sid", strings.Repeat("x", 256)), untrusted, "sid"},
		{"another subject in userinfo", info("sub", "another"), untrusted, "userinfo"},
		{"no subject in userinfo", info("sub", ""), untrusted, "userinfo"},
		{"no signature", func(_ *testing.T, h *house) { h.liar.seal = unsigned }, untrusted, "token"},
		{"signed with the public key", func(_ *testing.T, h *house) { h.liar.seal = h.liar.bySecret }, untrusted, "token"},
		{"no token", func(_ *testing.T, h *house) { h.liar.seal = func([]byte) string { return "" } }, untrusted, "token"},
		{"another key under the same name", func(t *testing.T, h *house) { h.liar.forge = newKey(t) }, untrusted, "token"},
		{"code of nobody", answer("code", "another"), untrusted, "code"},
		{"the provider says no", answer("error", "access_denied"), "sign-in.problem.declined", "declined"},
		{"no account here", func(_ *testing.T, h *house) {
			h.liar.claims = func(c map[string]any) { c["sub"] = "stranger" }
			h.liar.info = func(c map[string]any) { c["sub"] = "stranger" }
		}, "sign-in.problem.account", "account"},
	}
}

// TestLiesAreRefused: nobody is signed in by an answer that fails a check, and the audit log says which.
func TestLiesAreRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for i, l := range lies() {
			t.Run(l.name, func(t *testing.T) {
				h.clock.Set(dbtest.Start.Add(time.Duration(i) * time.Minute)) // the metadata are asked for anew
				h.liar.meta, h.liar.claims, h.liar.info, h.liar.answer, h.liar.seal, h.liar.forge = nil, nil, nil, nil, nil, nil
				l.tell(t, h)
				b := h.browser()
				if p := b.get("/sign-in/koge"); p.status != http.StatusUnprocessableEntity || p.body != l.key {
					t.Errorf("got %d %s, want %s", p.status, p.body, l.key)
				}
				if b.actor().SignedIn() {
					t.Error("signed in")
				}
				audit := h.strings(`select deed || ' ' || subject || ' ' || details from audit order by id`)
				if got, want := audit[len(audit)-1], `refuse sign-in provider:koge {"reason":"`+l.reason+`"}`; got != want || len(audit) != i+1 {
					t.Errorf("audit: %d entries, the last %s, want %s", len(audit), got, want)
				}
			})
		}
	})
}

// TestTheTruthIsBelieved: without it the table above would be kept by a door that lets nobody in.
func TestTheTruthIsBelieved(t *testing.T) {
	truths := map[string]func(h *house){
		"plain": func(*house) {},
		"issued to us and others": func(h *house) {
			h.liar.claims = func(c map[string]any) { c["aud"], c["azp"] = []string{"tandem", "another"}, "tandem" }
		},
		"the issuer in the answer": func(h *house) { h.liar.answer = func(v url.Values) { v.Set("iss", h.liar.URL) } },
		"expired within a minute": func(h *house) {
			h.liar.claims = func(c map[string]any) { c["exp"] = h.clock.Now().Add(-59 * time.Second).Unix() }
		},
		"issued within the next minute": func(h *house) {
			h.liar.claims = func(c map[string]any) { c["iat"] = h.clock.Now().Add(60 * time.Second).Unix() }
		},
		"holding within the next minute": func(h *house) {
			h.liar.claims = func(c map[string]any) { c["nbf"] = h.clock.Now().Add(60 * time.Second).Unix() }
		},
	}
	each(t, func(t *testing.T, h *house) {
		for name, tell := range truths {
			t.Run(name, func(t *testing.T) {
				h.liar.claims, h.liar.answer = nil, nil
				tell(h)
				h.browser().signIn()
			})
		}
	})
}

func TestLeewayIsAMinuteAndNoMore(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for name, at := range map[string]time.Duration{"exp": -60 * time.Second, "iat": 61 * time.Second, "nbf": 61 * time.Second} {
			h.liar.claims = func(c map[string]any) { c[name] = h.clock.Now().Add(at).Unix() }
			if p := h.browser().get("/sign-in/koge"); p.body != untrusted {
				t.Errorf("%s %s away: %d %s", name, at, p.status, p.body)
			}
		}
	})
}

func TestACodeIsGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		mine, theirs := h.browser(), h.browser()
		back := begin(h, mine)
		if p := mine.standing().get(back); p.status != http.StatusSeeOther {
			t.Fatalf("%d %s", p.status, p.body)
		}
		used, _ := url.Parse(back)
		own, _ := url.Parse(begin(h, theirs))
		query := own.Query()
		query.Set("code", used.Query().Get("code"))
		own.RawQuery = query.Encode()
		if p := theirs.standing().get(own.String()); p.body != untrusted || theirs.actor().SignedIn() {
			t.Errorf("a replayed code: %d %s", p.status, p.body)
		}
	})
}

// TestACodeOfOneProviderIsNothingToAnother is the mix-up of RFC 9207 §1: whoever began at the one comes back from the other.
func TestACodeOfOneProviderIsNothingToAnother(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for name, iss := range map[string]string{"with iss": h.other.URL, "without iss": ""} {
			t.Run(name, func(t *testing.T) {
				b := h.browser()
				toOther := b.standing().get("/sign-in/other").location
				stolen, _ := url.Parse(b.standing().get(toOther).location)
				own, _ := url.Parse(begin(h, b))
				query := url.Values{"state": {own.Query().Get("state")}, "code": {stolen.Query().Get("code")}}
				if iss != "" {
					query.Set("iss", iss)
				}
				own.RawQuery = query.Encode()
				if p := b.standing().get(own.String()); p.body != untrusted || b.actor().SignedIn() {
					t.Errorf("got %d %s", p.status, p.body)
				}
			})
		}
	})
}

func TestKeysRotateWithoutARestart(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.browser().signIn()
		h.liar.key, h.liar.kid = newKey(t), "2"
		h.browser().signIn()
		h.liar.key, h.liar.kid = newKey(t), "2" // the same name for another key: careless, and it happens
		h.browser().signIn()
	})
}

func TestAProviderMayMove(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browser()
		b.signIn()
		h.clock.Advance(time.Minute)
		back := begin(h, b)
		h.liar.key, h.liar.kid = newKey(t), "2"
		h.liar.meta = func(m map[string]any) { m["jwks_uri"] = h.liar.URL + "/moved/keys" }
		h.liar.gone = "/keys"
		h.clock.Advance(time.Minute)
		if p := b.standing().get(back); p.status != http.StatusSeeOther {
			t.Errorf("keys that have moved on the way: %d %s", p.status, p.body)
		}
	})
}

func TestMetadataOfAnotherIssuerAreNoneOfOurs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for name, lie := range map[string]func(map[string]any){
			"issuer":             func(m map[string]any) { m["issuer"] = h.other.URL },
			"plain http":         func(m map[string]any) { m["token_endpoint"] = "http://login.example/token" },
			"a sign-out by http": func(m map[string]any) { m["end_session_endpoint"] = "http://login.example/end" },
			"no place at all":    func(m map[string]any) { m["authorization_endpoint"] = "" },
		} {
			h.liar.meta = lie
			if p := h.browser().standing().get("/sign-in/koge"); p.status != http.StatusServiceUnavailable {
				t.Errorf("%s: %d %s", name, p.status, p.location)
			}
		}
	})
}

func TestMetadataAreAskedForOncePerMinute(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.browser().signIn()
		h.browser().signIn()
		if h.liar.bare != 1 {
			t.Errorf("asked %d times", h.liar.bare)
		}
		h.clock.Advance(time.Minute)
		h.browser().signIn()
		if h.liar.bare != 2 {
			t.Errorf("a minute later: %d times", h.liar.bare)
		}
	})
}

func TestAnEndlessAnswerIsNotReadToItsEnd(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.liar.meta = func(m map[string]any) { m["more"] = strings.Repeat("x", 2<<20) }
		if p := h.browser().standing().get("/sign-in/koge"); p.status != http.StatusServiceUnavailable {
			t.Errorf("%d %s", p.status, p.location)
		}
	})
}
