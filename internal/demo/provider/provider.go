// Package provider is the demo's own sign-in provider: a real OpenID Connect provider that asks for no password. Whoever
// runs the demo picks one of its accounts, and Tandem signs them in through the same code flow with PKCE that a society's
// provider would go through. It answers nobody but this machine.
package provider

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	// Path is where the provider lives, on Tandem's own listener.
	Path = "/demo/oidc"
	// ID is the provider's name in Tandem's addresses.
	ID = "demo"
)

// Settings are what the provider is made from.
type Settings struct {
	URL      *url.URL // of Tandem, with the port that is really bound
	Accounts []signin.Account
	// Newcomers have an account here and none in Tandem: who is invited comes in as one of them.
	Newcomers []signin.Account
	Catalog   *locale.Catalog
	Key       *rsa.PrivateKey // signs ID tokens; nil: a new one, which ends what was signed before
}

// Provider answers everything under Path.
type Provider struct {
	issuer   string
	secret   string
	accounts []signin.Account
	everyone []signin.Account // newcomers too
	catalog  *locale.Catalog
	memory   *memory
	callback func(ctx context.Context, request string) string
	handler  http.Handler
}

// New makes the provider. An address that other machines can reach is an error: anybody could sign in as anyone.
func New(s Settings) (*Provider, error) {
	if !loopback(s.URL.Hostname()) {
		return nil, fmt.Errorf("the demo lets anyone be anyone and is for this machine only; %s is not", s.URL.Host)
	}
	key := s.Key
	if key == nil {
		var err error
		if key, err = rsa.GenerateKey(rand.Reader, keyBits); err != nil {
			return nil, err
		}
	}
	p := &Provider{issuer: s.URL.String() + Path, secret: rand.Text(), accounts: s.Accounts, catalog: s.Catalog}
	p.everyone = slices.Concat(s.Accounts, s.Newcomers)
	p.memory = newMemory(key, p.everyone, &client{
		id: "tandem", secret: p.secret,
		redirect:   s.URL.String() + "/oidc/callback/" + ID,
		afterwards: s.URL.String() + "/",
	})
	return p, p.build()
}

func (p *Provider) build() error {
	settings := &op.Config{CodeMethodS256: true, SupportedScopes: []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail}}
	if _, err := rand.Read(settings.CryptoKey[:]); err != nil {
		return err
	}
	standard, err := op.NewProvider(settings, p.memory, op.StaticIssuer(p.issuer), op.WithAllowInsecure(), op.WithCORSOptions(nil))
	if err != nil {
		return err
	}
	p.callback = op.AuthCallbackURL(standard)
	own := op.NewIssuerInterceptor(standard.IssuerFromRequest)
	mux := http.NewServeMux()
	mux.Handle("GET "+loginPath, own.HandlerFunc(p.showAccounts))
	mux.Handle("POST "+loginPath, own.HandlerFunc(p.chooseAccount))
	mux.Handle(Path+"/", http.StripPrefix(Path, standard))
	p.handler = onlyHere(p.remember(mux))
	return nil
}

func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.handler.ServeHTTP(w, r) }

// Issuer is the provider's name in its ID tokens. It holds the port, so people's identities move when the port does.
func (p *Provider) Issuer() string { return p.issuer }

// SignIn is this provider as Tandem's own settings would have it.
func (p *Provider) SignIn() signin.Provider {
	names := map[locale.Language]string{}
	for _, l := range locale.All {
		names[l] = p.catalog.Reader(l, nil, p.memory.now()).T("demo.provider.name")
	}
	return signin.Provider{
		Provider: config.Provider{ID: ID, Issuer: p.issuer, ClientID: "tandem", ClientSecret: config.Secret(p.secret),
			Name: names, Scopes: []string{oidc.ScopeOpenID}},
		Accounts: p.accounts,
	}
}

var errElsewhere = errors.New("the demo answers this machine only")

// onlyHere refuses callers from other machines, and pages of other sites that point a name of their own at this one.
func onlyHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, _, err := net.SplitHostPort(r.RemoteAddr)
		to := (&url.URL{Host: r.Host}).Hostname()
		if err != nil || !loopback(from) || !loopback(to) {
			http.Error(w, errElsewhere.Error(), http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
