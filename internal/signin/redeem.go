package signin

import (
	"context"
	"crypto/subtle"
	"log/slog"
	"net/mail"
	"strings"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// leeway is how far the provider's clock and ours may be apart.
const leeway = time.Minute

// identity is who the provider says it is.
type identity struct {
	issuer  string
	subject string
	sid     string // the session at the provider, for back-channel logout; "" where it names none
	name    string // "" where it names none
	email   string // "" unless the provider has verified it
	idToken string
}

// claims are what of an ID token, or of the answer of the userinfo endpoint, goes beyond go-oidc's own fields.
type claims struct {
	Party     string  `json:"azp"`
	SID       string  `json:"sid"`
	NotBefore float64 `json:"nbf"`
	Name      string  `json:"name"`
	Preferred string  `json:"preferred_username"`
	Email     string  `json:"email"`
	Verified  yes     `json:"email_verified"`
}

// yes is a boolean that some providers write as a text.
type yes bool

func (y *yes) UnmarshalJSON(b []byte) error {
	*y = string(b) == `true` || string(b) == `"true"`
	return nil
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
	idToken, err := p.verify(ctx, d, raw)
	if err != nil {
		return identity{}, err
	}
	if subtle.ConstantTimeCompare([]byte(idToken.Nonce), []byte(under.nonce)) != 1 {
		return identity{}, refuse("nonce", "the ID token answers another sign-in")
	}
	said, err := p.read(idToken)
	if err != nil {
		return identity{}, err
	}
	who := identity{issuer: p.Issuer, subject: idToken.Subject, sid: said.SID, idToken: raw}
	who.learn(said)
	return who, p.more(ctx, d, &who, token)
}

// verify checks who signed a token, for whom, and when. Keys that are not known are asked for anew; where the whole
// provider has moved its keys meanwhile, so are its metadata.
func (p *provider) verify(ctx context.Context, d *discovery, raw string) (*oidc.IDToken, error) {
	token, err := d.verifier.Verify(ctx, raw)
	if err != nil && strings.Contains(err.Error(), "verify") || err != nil && strings.Contains(err.Error(), "fetching keys") {
		if again, failed := p.discover(ctx, lately); failed == nil && again != d {
			token, err = again.verifier.Verify(ctx, raw)
		}
	}
	if err != nil {
		return nil, &refusal{"token", err}
	}
	if token.Issuer != p.Issuer { // go-oidc lets one provider off
		return nil, refuse("token", "it is of the issuer %.200q", token.Issuer)
	}
	return token, p.inTime(token)
}

// inTime: go-oidc gives no leeway, and does not look at when a token was issued.
func (p *provider) inTime(token *oidc.IDToken) error {
	now := p.now()
	switch {
	case token.Expiry.IsZero() || !now.Before(token.Expiry.Add(leeway)):
		return refuse("expired", "it was good until %s", token.Expiry.UTC())
	case token.IssuedAt.IsZero() || token.IssuedAt.After(now.Add(leeway)):
		return refuse("future", "it was issued at %s", token.IssuedAt.UTC())
	}
	return nil
}

// read checks what go-oidc does not: that the token was issued to us, from when on, and about whom.
func (p *provider) read(token *oidc.IDToken) (claims, error) {
	var said claims
	if err := token.Claims(&said); err != nil {
		return said, &refusal{"token", err}
	}
	switch {
	case said.Party != p.ClientID && (said.Party != "" || len(token.Audience) > 1):
		return said, refuse("party", "the ID token was issued to %.200q", said.Party)
	case time.Unix(int64(said.NotBefore), 0).After(p.now().Add(leeway)):
		return said, refuse("future", "it holds from %s on", time.Unix(int64(said.NotBefore), 0).UTC())
	case token.Subject == "" || !isName(token.Subject): // go-oidc lets a token without subject through
		return said, refuse("subject", "the ID token names no subject")
	case !isName(said.SID):
		return said, refuse("sid", "the ID token names a session as nobody can")
	}
	return said, nil
}

// learn takes name and address from one answer: what is verified in one says nothing of the address in another.
func (i *identity) learn(said claims) {
	if i.name == "" {
		i.name = oneLine(said.Name)
	}
	if i.email == "" && bool(said.Verified) && isAddress(said.Email) {
		i.email = said.Email
	}
	if i.name == "" {
		i.name = oneLine(said.Preferred)
	}
}

// isAddress: what is kept as an address must be one, whatever a provider takes for it.
func isAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Address == text && len(text) <= 254
}

// isName: an identifier of the provider's that a database can hold (OpenID Connect Core §2: at most 255 characters of ASCII).
func isName(id string) bool {
	return len(id) <= 255 && !strings.ContainsFunc(id, unicode.IsControl)
}

// mostName is how much of a name is taken over, in characters.
const mostName = 100

func oneLine(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, name)
	runes := []rune(strings.Join(strings.Fields(name), " "))
	return string(runes[:min(len(runes), mostName)])
}

// more asks the userinfo endpoint for a name and an address, where there is one and they are wanted. Whoever it speaks of
// must be the one of the ID token (OpenID Connect Core §5.3.2): that endpoint is told who it is by a bearer token only. One
// that does not answer keeps nobody out who is known here.
func (p *provider) more(ctx context.Context, d *discovery, who *identity, token *oauth2.Token) error {
	if !d.userinfo || len(p.Scopes) < 2 {
		return nil
	}
	info, err := d.asked.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		slog.WarnContext(ctx, "userinfo not read", "provider", p.ID)
		return nil
	}
	if info.Subject != who.subject {
		return refuse("userinfo", "userinfo speaks of somebody else")
	}
	var said claims
	if err := info.Claims(&said); err != nil {
		return refuse("userinfo", "userinfo cannot be read")
	}
	who.learn(said)
	return nil
}
