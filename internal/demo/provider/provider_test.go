package provider_test

import (
	"context"
	"crypto/rsa"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tandem/internal/demo/provider"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"example.org/tandem/locales"
	"github.com/PuerkitoBio/goquery"
	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

var accounts = []signin.Account{
	{ID: "p-1", Email: "one@tandem.example", Role: "coordinator", SocietyID: "brc", Name: everywhere("Volunteer coordinator"),
		Unit: everywhere("Secretariat"), Society: everywhere("Belarusian Red Cross")},
	{ID: "p-2", Email: "two@tandem.example", Role: "staff", SocietyID: "drc", Name: everywhere("Volunteer"),
		Unit: everywhere("Køge"), Society: everywhere("Danish Red Cross")},
}

func everywhere(name string) signin.Names {
	names := signin.Names{}
	for _, l := range locale.All {
		names[l] = name
	}
	return names
}

// stage is the provider with a browser in front of it, and what Tandem would know of it.
type stage struct {
	t        *testing.T
	provider *provider.Provider
	home     string
	browser  *http.Client
	oauth    oauth2.Config
	known    *oidc.Provider
}

func newStage(t *testing.T, key *rsa.PrivateKey) *stage {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, provider.Path+"/") {
			handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	s := &stage{t: t, home: server.URL, provider: newProvider(t, server.URL, key)}
	handler = s.provider
	jar, _ := cookiejar.New(nil)
	s.browser = &http.Client{Jar: jar, CheckRedirect: s.stopAtTandem}
	known, err := oidc.NewProvider(t.Context(), s.provider.Issuer())
	if err != nil {
		t.Fatal(err)
	}
	ours := s.provider.SignIn()
	s.known = known
	s.oauth = oauth2.Config{ClientID: ours.ClientID, ClientSecret: ours.ClientSecret.Reveal(), Endpoint: known.Endpoint(),
		RedirectURL: s.home + "/oidc/callback/demo", Scopes: []string{"openid", "email", "profile"}}
	s.oauth.Endpoint.AuthStyle = oauth2.AuthStyleInHeader
	return s
}

func newProvider(t *testing.T, address string, key *rsa.PrivateKey) *provider.Provider {
	t.Helper()
	catalog, err := locales.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p, err := provider.New(provider.Settings{URL: u, Accounts: accounts, Catalog: catalog, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// stopAtTandem follows redirects as long as they stay at the provider.
func (s *stage) stopAtTandem(r *http.Request, _ []*http.Request) error {
	if !strings.HasPrefix(r.URL.Path, provider.Path+"/") {
		return http.ErrUseLastResponse
	}
	return nil
}

// answer is what the browser got: a page of the provider, or the way back to Tandem.
type answer struct {
	status int
	back   url.Values // query of the way back; nil: a page
	page   *goquery.Document
	text   string
}

func (s *stage) read(response *http.Response, err error) answer {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	a := answer{status: response.StatusCode}
	if to, err := response.Location(); err == nil {
		a.back = to.Query()
		return a
	}
	content, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	a.text = string(content)
	a.page, err = goquery.NewDocumentFromReader(strings.NewReader(a.text))
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func (s *stage) get(address string) answer {
	s.t.Helper()
	return s.read(s.browser.Get(address))
}

// begin asks as Tandem does, with more or other parameters.
func (s *stage) begin(verifier string, more ...oauth2.AuthCodeOption) answer {
	s.t.Helper()
	return s.get(s.oauth.AuthCodeURL("state", append([]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oidc.Nonce("nonce")}, more...)...))
}

func hint(account string) oauth2.AuthCodeOption {
	return oauth2.SetAuthURLParam("login_hint", account)
}

// press chooses an account on the page.
func (s *stage) press(a answer, account string) answer {
	s.t.Helper()
	id, _ := a.page.Find("main form input[name=id]").Attr("value")
	to, _ := a.page.Find("main form").Attr("action")
	return s.read(s.browser.PostForm(s.home+to, url.Values{"id": {id}, "account": {account}}))
}

func (s *stage) redeem(code, verifier string) (*oauth2.Token, *oidc.IDToken) {
	s.t.Helper()
	token, err := s.oauth.Exchange(s.t.Context(), code, oauth2.VerifierOption(verifier))
	if err != nil {
		s.t.Fatal(err)
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := s.known.Verifier(&oidc.Config{ClientID: s.oauth.ClientID}).Verify(s.t.Context(), raw)
	if err != nil {
		s.t.Fatal(err)
	}
	return token, idToken
}

func TestOneButtonForEachAccount(t *testing.T) {
	s := newStage(t, nil)
	verifier := oauth2.GenerateVerifier()
	a := s.begin(verifier)
	if got := a.page.Find("button[name=account]").Length(); got != len(accounts) {
		t.Fatalf("%d buttons", got)
	}
	back := s.press(a, "p-2").back
	if back.Get("state") != "state" {
		t.Fatalf("came back with %v", back)
	}
	token, idToken := s.redeem(back.Get("code"), verifier)
	if idToken.Subject != "p-2" || idToken.Nonce != "nonce" {
		t.Errorf("the ID token says %s %s", idToken.Subject, idToken.Nonce)
	}
	info, err := s.known.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
	if err != nil || info.Subject != "p-2" || info.Email != "two@tandem.example" || !info.EmailVerified {
		t.Errorf("userinfo says %+v, %v", info, err)
	}
}

func TestThePageSpeaksFourLanguages(t *testing.T) {
	s := newStage(t, nil)
	for language, heading := range map[string]string{"ru": "Вход в демоверсию", "be": "Уваход у дэмаверсію", "da": "Demologin", "en": "Demo sign-in"} {
		a := s.begin(oauth2.GenerateVerifier(), oauth2.SetAuthURLParam("ui_locales", language))
		if got := a.page.Find("h1").Text(); got != heading {
			t.Errorf("%s: %q", language, got)
		}
	}
	a := s.begin(oauth2.GenerateVerifier())
	id, _ := a.page.Find("main form input[name=id]").Attr("value")
	a = s.read(s.browser.PostForm(s.home+provider.Path+"/login", url.Values{"id": {id}, "switch-language": {"da"}}))
	if got := a.page.Find("h1").Text(); got != "Demologin" || a.page.Find("button[name=account]").Length() != len(accounts) {
		t.Errorf("switched to %q", got)
	}
}

func TestAHintChoosesTheAccount(t *testing.T) {
	s := newStage(t, nil)
	verifier := oauth2.GenerateVerifier()
	back := s.begin(verifier, hint("p-1")).back
	if _, idToken := s.redeem(back.Get("code"), verifier); idToken.Subject != "p-1" {
		t.Errorf("signed in as %s", idToken.Subject)
	}
	if a := s.begin(verifier, hint("nobody")); a.page == nil || a.page.Find("button[name=account]").Length() != len(accounts) {
		t.Error("a hint at nobody did not lead to the list")
	}
}

func TestTheChoiceIsRememberedUntilSignOut(t *testing.T) {
	s := newStage(t, nil)
	verifier := oauth2.GenerateVerifier()
	token, _ := s.redeem(s.press(s.begin(verifier), "p-2").back.Get("code"), verifier)
	if s.begin(verifier).back.Get("code") == "" {
		t.Fatal("asked again")
	}
	if s.begin(verifier, oauth2.SetAuthURLParam("prompt", "select_account")).page == nil {
		t.Error("not asked, though Tandem wished it")
	}
	raw, _ := token.Extra("id_token").(string)
	out := s.get(s.provider.Issuer() + "/end_session?" + url.Values{"id_token_hint": {raw}, "post_logout_redirect_uri": {s.home + "/"}}.Encode())
	if out.back == nil {
		t.Fatalf("signing out: %d %s", out.status, out.text)
	}
	if s.begin(verifier).page == nil {
		t.Error("still remembered")
	}
	if _, err := s.known.UserInfo(t.Context(), oauth2.StaticTokenSource(token)); err == nil {
		t.Error("the access token still works")
	}
}

func TestSigningOutWithoutAHintEndsThisBrowsersSession(t *testing.T) {
	s := newStage(t, nil)
	verifier := oauth2.GenerateVerifier()
	s.press(s.begin(verifier), "p-2")
	s.get(s.provider.Issuer() + "/end_session?" + url.Values{"client_id": {"tandem"}, "post_logout_redirect_uri": {s.home + "/"}}.Encode())
	if s.begin(verifier).page == nil {
		t.Error("still remembered")
	}
}

func TestWhatTheProviderRefuses(t *testing.T) {
	s := newStage(t, nil)
	verifier := oauth2.GenerateVerifier()
	t.Run("no PKCE", func(t *testing.T) {
		if got := s.get(s.oauth.AuthCodeURL("state")).back.Get("error"); got != "invalid_request" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("asking nobody", func(t *testing.T) {
		if got := s.begin(verifier, oauth2.SetAuthURLParam("prompt", "none")).back.Get("error"); got != "login_required" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("another client", func(t *testing.T) {
		if a := s.begin(verifier, oauth2.SetAuthURLParam("client_id", "another")); a.status != http.StatusBadRequest {
			t.Errorf("got %d", a.status)
		}
	})
	t.Run("another way back", func(t *testing.T) {
		if a := s.begin(verifier, oauth2.SetAuthURLParam("redirect_uri", "http://127.0.0.1:1/oidc/callback/demo")); a.status != http.StatusBadRequest || a.back != nil {
			t.Errorf("got %d %v", a.status, a.back)
		}
	})
	t.Run("another way out", func(t *testing.T) {
		a := s.get(s.provider.Issuer() + "/end_session?client_id=tandem&post_logout_redirect_uri=https://evil.example/")
		if a.status != http.StatusBadRequest || a.back != nil {
			t.Errorf("got %d %v", a.status, a.back)
		}
	})
	t.Run("a sign-in that is not there", func(t *testing.T) {
		if a := s.get(s.home + provider.Path + "/login?id=x"); a.status != http.StatusUnprocessableEntity || a.page.Find("main a[href='/sign-in']").Length() != 1 {
			t.Errorf("got %d %s", a.status, a.text)
		}
	})
	t.Run("an account that is not there", func(t *testing.T) {
		if a := s.press(s.begin(verifier), "p-3"); a.status != http.StatusUnprocessableEntity {
			t.Errorf("got %d", a.status)
		}
	})
	t.Run("answering before anybody chose", func(t *testing.T) {
		id, _ := s.begin(verifier).page.Find("main form input[name=id]").Attr("value")
		if got := s.get(s.provider.Issuer() + "/authorize/callback?id=" + id).back.Get("error"); got != "interaction_required" {
			t.Errorf("got %q", got)
		}
	})
}

func TestACodeIsGoodOnceAndForItsVerifierAndSecret(t *testing.T) {
	s := newStage(t, nil)
	verifier := oauth2.GenerateVerifier()
	code := func() string { return s.begin(verifier, hint("p-1")).back.Get("code") }
	first := code()
	s.redeem(first, verifier)
	refused := func(name, code string, c oauth2.Config, verifier string) {
		t.Helper()
		if _, err := c.Exchange(context.Background(), code, oauth2.VerifierOption(verifier)); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	refused("a used code", first, s.oauth, verifier)
	refused("another verifier", code(), s.oauth, oauth2.GenerateVerifier())
	stranger := s.oauth
	stranger.ClientSecret = "guess"
	refused("another secret", code(), stranger, verifier)
}

func TestItIsForThisMachineOnly(t *testing.T) {
	s := newStage(t, nil)
	for _, c := range []struct{ host, from string }{
		{"tandem.example", "127.0.0.1:1"}, {"127.0.0.1", "192.0.2.1:1"}, {"localhost.evil.example:80", "[::1]:1"}, {"", "127.0.0.1:1"}, {"127.0.0.1", "?"},
	} {
		request := httptest.NewRequest(http.MethodGet, provider.Path+"/.well-known/openid-configuration", nil)
		request.Host, request.RemoteAddr = c.host, c.from
		answer := httptest.NewRecorder()
		s.provider.ServeHTTP(answer, request)
		if answer.Code != http.StatusForbidden {
			t.Errorf("%v: %d", c, answer.Code)
		}
	}
	if _, err := provider.New(provider.Settings{URL: &url.URL{Scheme: "http", Host: "192.0.2.1:8080"}}); err == nil {
		t.Error("an address that others can reach was accepted")
	}
}

func TestTheSigningKeyIsKeptOverARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	first, err := provider.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := provider.LoadKey(path)
	if err != nil || !first.Equal(again) {
		t.Fatalf("another key after a restart: %v", err)
	}
}
