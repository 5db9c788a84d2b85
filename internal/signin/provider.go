package signin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// provider is one provider with what it says about itself, once it has been asked.
type provider struct {
	Provider
	http     *http.Client
	now      database.Clock
	callback string // our redirect URI, one for each provider, so that one cannot answer for another (RFC 9700 §4.4)

	mu    sync.Mutex
	found *discovery
}

// discovery is what a provider's metadata say (OpenID Connect Discovery 1.0 §3).
type discovery struct {
	asked      *oidc.Provider
	at         time.Time
	oauth      oauth2.Config
	verifier   *oidc.IDTokenVerifier
	endSession string // RP-initiated logout; empty where the provider has none
	userinfo   bool   // there is an endpoint for it
	names      bool   // every answer names its issuer (RFC 9207)
	asks       bool   // it can be told to let people choose an account
}

const (
	// patience is how long people wait for a provider before they are told that it is down.
	patience = 5 * time.Second
	// lately is how old the metadata may be when somebody is sent to the provider: it is there, then.
	lately = time.Minute
	// today is how old they may be when an answer of the provider is read.
	today = time.Hour
)

// algorithms are those with which a provider signs and nobody else can, whatever its metadata offer: never `none`, nor a
// key that both sides know (RFC 8725 §3.1).
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA}

// down tells the person that their provider does not answer.
func (p *provider) down(cause error) error {
	return &problem.Problem{Kind: problem.Unavailable, Key: "sign-in.problem.down",
		Cause: fmt.Errorf("provider %s: %w", p.ID, cause)}
}

// discover gives the metadata, asking for them when they are older than that. A failure is not remembered.
func (p *provider) discover(ctx context.Context, oldest time.Duration) (*discovery, error) {
	p.mu.Lock()
	found := p.found
	p.mu.Unlock()
	if found != nil && p.now().Sub(found.at) < oldest {
		return found, nil
	}
	return p.ask(ctx)
}

// remembered gives what is known where the provider answered before: an answer of it can be read even while it will not
// say anew where everything is.
func (p *provider) remembered(ctx context.Context) (*discovery, error) {
	d, err := p.discover(ctx, today)
	if err == nil {
		return d, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		return nil, err
	}
	slog.WarnContext(ctx, "metadata not renewed", "provider", p.ID, "error", reason(err))
	return p.found, nil
}

// ask gets the metadata from the provider. The lock is not held meanwhile: a provider that hangs must not make everybody
// queue.
func (p *provider) ask(ctx context.Context) (*discovery, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.http), patience)
	defer cancel()
	asked, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, p.down(err)
	}
	found, err := p.understand(asked)
	if err != nil {
		return nil, p.down(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.found = found
	return found, nil
}

func (p *provider) understand(asked *oidc.Provider) (*discovery, error) {
	var more struct {
		EndSession  string   `json:"end_session_endpoint"`
		AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
		Keys        string   `json:"jwks_uri"`
		Names       bool     `json:"authorization_response_iss_parameter_supported"`
		Prompts     []string `json:"prompt_values_supported"`
	}
	if err := asked.Claims(&more); err != nil {
		return nil, err
	}
	endpoint := asked.Endpoint()
	for i, at := range []string{endpoint.AuthURL, endpoint.TokenURL, more.Keys, asked.UserInfoEndpoint(), more.EndSession} {
		if needed := i < 3; !p.trusts(at) && (needed || at != "") {
			return nil, fmt.Errorf("its metadata name %.200q where an https address is needed", at)
		}
	}
	// client_secret_basic is what holds where nothing is said (OpenID Connect Core §9).
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if len(more.AuthMethods) > 0 && !slices.Contains(more.AuthMethods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &discovery{
		asked: asked, at: p.now(),
		oauth: oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret.Reveal(), Endpoint: endpoint,
			RedirectURL: p.callback, Scopes: p.Scopes},
		verifier:   asked.Verifier(&oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: algorithms, SkipExpiryCheck: true}),
		endSession: more.EndSession, userinfo: asked.UserInfoEndpoint() != "", names: more.Names,
		asks: len(more.Prompts) == 0 || slices.Contains(more.Prompts, "select_account"),
	}, nil
}

// trusts: what is https for the issuer is https all through; only a provider on this very machine may do without.
func (p *provider) trusts(address string) bool {
	at, err := url.Parse(address)
	return err == nil && at.Host != "" && (at.Scheme == "https" || at.Scheme == "http" && loopback(at.Hostname()))
}

// refusal is an answer that is not to be trusted; the reason is for the audit log.
type refusal struct {
	reason string
	cause  error
}

func (r *refusal) Error() string { return r.reason + ": " + r.cause.Error() }
func (r *refusal) Unwrap() error { return r.cause }

func refuse(reason, format string, args ...any) error {
	return &refusal{reason, fmt.Errorf(format, args...)}
}

// exchangeFailed tells a provider that says no from one that is not there. What it wrote besides goes nowhere: a token
// could be in it.
func (p *provider) exchangeFailed(err error) error {
	var answer *oauth2.RetrieveError
	if errors.As(err, &answer) {
		if status := answer.Response.StatusCode; status >= http.StatusInternalServerError {
			return p.down(fmt.Errorf("it answers %d to a code", status))
		}
		return refuse("code", "the provider did not accept the code: %d %.100q", answer.Response.StatusCode, answer.ErrorCode)
	}
	var unreached *url.Error
	if errors.As(err, &unreached) {
		return p.down(unreached.Err)
	}
	return &refusal{"code", err}
}
