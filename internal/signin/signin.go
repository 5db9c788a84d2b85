// Package signin lets people in: they prove who they are at their society's own provider (OpenID Connect, authorization
// code flow with PKCE), Tandem keeps a session, and every later request is told whose it is: its Actor.
//
// A person is known by issuer and subject, never by an e-mail address, which may be given to somebody else one day.
// Everything here runs on the machine's clock: moving the demo's clock on must not end a session.
package signin

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/ratelimit"
	"github.com/labstack/echo/v4"
)

// Settings are what signing in depends on besides the providers.
type Settings struct {
	URL    *url.URL       // where people reach Tandem; https decides on the cookies' names and their Secure
	Secret []byte         // at least 32 bytes, the same on every machine and after a restart
	Clock  database.Clock // the machine's; nil: database.MachineClock
	HTTP   *http.Client   // to reach providers with; nil: one that gives up after ten seconds
}

// Provider is one place to sign in at. Accounts are there in the demo only: each gets a button of its own, which goes
// through the very same flow.
type Provider struct {
	config.Provider
	Accounts []Account
}

// Names are one name in the four languages.
type Names map[locale.Language]string

// Account is somebody whom the demo lets anyone be.
type Account struct {
	ID        string // subject at the provider, and the login_hint that chooses it
	Email     string
	Name      Names
	Unit      Names
	Society   Names
	SocietyID string
	Role      string // staff, coordinator, administrator, siteAdministrator, newcomer
}

// SignIn is the door.
type SignIn struct {
	db        *database.DB
	url       *url.URL
	now       database.Clock
	providers []*provider
	sealer    sealer
	org       *org.Store
	limits    *ratelimit.Limiter
}

// New makes the door. It asks no provider anything yet: one that is down must not keep Tandem from starting.
func New(db *database.DB, providers []Provider, settings Settings) (*SignIn, error) {
	if len(settings.Secret) < 32 {
		return nil, errors.New("signin: the secret is shorter than 32 bytes")
	}
	sealer, err := newSealer(settings.Secret)
	if err != nil {
		return nil, err
	}
	s := &SignIn{db: db, url: settings.URL, now: settings.Clock, sealer: sealer, org: org.New(db)}
	if s.now == nil {
		s.now = database.MachineClock
	}
	s.limits = ratelimit.New(db, s.now)
	client := settings.HTTP
	if client == nil {
		client = &http.Client{Timeout: 10 * time.Second, Transport: wary{http.DefaultTransport}}
	}
	for _, p := range providers {
		s.providers = append(s.providers, &provider{Provider: p, http: client, now: s.now,
			callback: settings.URL.String() + "/oidc/callback/" + p.ID})
	}
	return s, nil
}

// Choice is one provider as the sign-in page offers it.
type Choice struct {
	ID       string
	Name     string
	Society  string    // ID of the one whose people sign in there; may be empty
	Accounts []Account // in the demo
}

// Providers are the places to sign in at, named in the reader's language, in the order of the settings.
func (s *SignIn) Providers(r locale.Reader) []Choice {
	var choices []Choice
	for _, p := range s.providers {
		choices = append(choices, Choice{ID: p.ID, Name: p.Name[r.Language], Society: p.Society, Accounts: p.Accounts})
	}
	return choices
}

// Last is the provider where this browser signed in last, or "".
func (s *SignIn) Last(c echo.Context) string {
	cookie, err := c.Cookie(s.name(lastCookie))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// Origins are the providers' own, for the form-action of the Content-Security-Policy: browsers apply it to where a POST
// is redirected too, and signing out is a POST that ends at the provider.
func (s *SignIn) Origins() []string {
	var origins []string
	for _, p := range s.providers {
		if u, err := url.Parse(p.Issuer); err == nil && u.Host != s.url.Host {
			origins = append(origins, u.Scheme+"://"+u.Host)
		}
	}
	return origins
}

func (s *SignIn) provider(id string) (*provider, error) {
	for _, p := range s.providers {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, problem.Missing()
}
