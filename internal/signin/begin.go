package signin

import (
	"net"
	"net/http"
	"net/url"

	"example.org/tandem/internal/locale"
	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/labstack/echo/v4"
	"golang.org/x/oauth2"
)

// Wish is how somebody wants to sign in.
type Wish struct {
	Next     string          // where to go on to; only an own path is followed
	Account  string          // login_hint: whom the provider should let in without asking which
	Choose   bool            // let me choose another account than the one that the provider remembers
	Language locale.Language // for the provider's own pages

	Invitation string // ID of the invitation that the person came by
	Link       string // ID of the link that led to it
}

// Begin sends the browser to the provider. The problem is NotFound for a provider nobody knows and Unavailable for one
// that does not answer.
func (s *SignIn) Begin(c echo.Context, providerID string, wish Wish) error {
	return s.begin(c, providerID, wish, attempt{invitation: wish.Invitation, link: wish.Link})
}

func (s *SignIn) begin(c echo.Context, providerID string, wish Wish, a attempt) error {
	p, err := s.provider(providerID)
	if err != nil {
		return err
	}
	if at, elsewhere := s.Elsewhere(c); elsewhere {
		return c.Redirect(http.StatusSeeOther, at)
	}
	d, err := p.discover(c.Request().Context(), lately)
	if err != nil {
		return err
	}
	state, nonce, verifier := newToken(), newToken(), oauth2.GenerateVerifier()
	browser := s.browser(c)
	a.provider, a.nonce, a.verifier, a.next = p.ID, nonce, verifier, Onward(wish.Next)
	if err := s.keep(c.Request().Context(), a, state, browser); err != nil {
		return err
	}
	s.setCookie(c, attemptCookie, browser, attemptLife)
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	options := append(wish.options(d), oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier))
	return c.Redirect(http.StatusSeeOther, d.oauth.AuthCodeURL(state, options...))
}

// toNext is the query of an address that leads on to another.
func toNext(next string) string { return url.Values{"next": {next}}.Encode() }

// options say the wish in the words of OpenID Connect Core §3.1.2.1, as far as the provider knows them.
func (w Wish) options(d *discovery) []oauth2.AuthCodeOption {
	var options []oauth2.AuthCodeOption
	if w.Account != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", w.Account))
	}
	if w.Choose && d.asks { // what it does not know it may refuse
		options = append(options, oauth2.SetAuthURLParam("prompt", "select_account"))
	}
	if w.Language != "" {
		options = append(options, oauth2.SetAuthURLParam("ui_locales", string(w.Language)))
	}
	return options
}

// browser keeps the cookie that is there: two tabs may be signing in at once.
func (s *SignIn) browser(c echo.Context) string {
	if token := s.cookie(c, attemptCookie); token != "" {
		return token
	}
	return newToken()
}

// Elsewhere gives the address of this page under the name that the provider sends people back to, where that is another
// one for this same machine: cookies of 127.0.0.1 are not there on localhost.
func (s *SignIn) Elsewhere(c echo.Context) (string, bool) {
	host, port, err := net.SplitHostPort(c.Request().Host)
	if err != nil || !loopback(host) || !loopback(s.url.Hostname()) || host == s.url.Hostname() || port != s.url.Port() {
		return "", false
	}
	return s.url.String() + c.Request().URL.RequestURI(), true
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
