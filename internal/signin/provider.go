package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
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
	oauth      oauth2.Config
	verifier   *oidc.IDTokenVerifier
	endSession string // RP-initiated logout; empty where the provider has none
}

// patience is how long people wait for a provider before they are told that it is down.
const patience = 5 * time.Second

// down tells the person that their provider does not answer.
func (p *provider) down(cause error) error {
	return &problem.Problem{Kind: problem.Unavailable, Key: "sign-in.problem.down",
		Cause: fmt.Errorf("provider %s: %w", p.ID, cause)}
}

// discover asks the provider on first use and remembers the answer; a failure is not remembered. The lock is not held
// while asking: a provider that hangs must not make everybody queue.
func (p *provider) discover(ctx context.Context) (*discovery, error) {
	p.mu.Lock()
	found := p.found
	p.mu.Unlock()
	if found != nil {
		return found, nil
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.http), patience)
	defer cancel()
	asked, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, p.down(err)
	}
	if found, err = p.understand(asked); err != nil {
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
	}
	if err := asked.Claims(&more); err != nil {
		return nil, err
	}
	endpoint := asked.Endpoint()
	if endpoint.AuthURL == "" || endpoint.TokenURL == "" {
		return nil, errors.New("its metadata name no authorization or token endpoint")
	}
	// client_secret_basic is what holds where nothing is said (OpenID Connect Core §9).
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if len(more.AuthMethods) > 0 && !slices.Contains(more.AuthMethods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &discovery{
		oauth: oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret.Reveal(), Endpoint: endpoint,
			RedirectURL: p.callback, Scopes: p.Scopes},
		verifier:   asked.Verifier(&oidc.Config{ClientID: p.ClientID, Now: p.now}),
		endSession: more.EndSession,
	}, nil
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

// identity is who the provider says it is.
type identity struct {
	subject string
	idToken string
}

// redeem exchanges the code for an ID token and believes it only after every check of OpenID Connect Core §3.1.3.7.
func (p *provider) redeem(ctx context.Context, d *discovery, code string, under attempt) (identity, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.http), 2*patience)
	defer cancel()
	token, err := d.oauth.Exchange(ctx, code, oauth2.VerifierOption(under.verifier))
	if err != nil {
		return identity{}, p.exchangeFailed(err)
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := d.verifier.Verify(ctx, raw)
	if err != nil {
		return identity{}, &refusal{"token", err}
	}
	if subtle.ConstantTimeCompare([]byte(idToken.Nonce), []byte(under.nonce)) != 1 {
		return identity{}, refuse("nonce", "the ID token answers another sign-in")
	}
	if err := p.checkParty(idToken); err != nil {
		return identity{}, err
	}
	if idToken.Subject == "" || len(idToken.Subject) > 255 { // go-oidc lets a token without subject through
		return identity{}, refuse("subject", "the ID token names no subject")
	}
	return identity{idToken.Subject, raw}, nil
}

// checkParty: a token made out to several must say that it was issued to us.
func (p *provider) checkParty(idToken *oidc.IDToken) error {
	var claims struct {
		Party string `json:"azp"`
	}
	if err := idToken.Claims(&claims); err != nil {
		return &refusal{"token", err}
	}
	if claims.Party != p.ClientID && (claims.Party != "" || len(idToken.Audience) > 1) {
		return refuse("party", "the ID token was issued to %q", claims.Party)
	}
	return nil
}

// exchangeFailed tells a provider that says no from one that is not there.
func (p *provider) exchangeFailed(err error) error {
	var answer *oauth2.RetrieveError
	if errors.As(err, &answer) && answer.Response.StatusCode < http.StatusInternalServerError {
		return refuse("code", "the provider did not accept the code: %d %s", answer.Response.StatusCode, answer.ErrorCode)
	}
	var unreached *url.Error
	if answer != nil || errors.As(err, &unreached) {
		return p.down(err)
	}
	return &refusal{"code", err}
}
