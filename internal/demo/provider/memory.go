package provider

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/subtle"
	"errors"
	"sync"
	"time"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	requestLife = 30 * time.Minute
	tokenLife   = time.Hour
)

// memory is all that the provider remembers; a restart forgets it. It is what package op keeps its state in.
type memory struct {
	key      *rsa.PrivateKey
	accounts map[string]signin.Account
	client   *client
	now      func() time.Time

	mu       sync.Mutex
	requests map[string]*request
	codes    map[string]string // code → request
	tokens   map[string]token
	sessions map[string]string // the browser's cookie → account: who need not be asked again
}

// token is an access token, good for the userinfo endpoint.
type token struct {
	subject string
	scopes  []string
	endsAt  time.Time
}

var _ op.Storage = (*memory)(nil)
var _ op.CanTerminateSessionFromRequest = (*memory)(nil)
var _ op.CanSetUserinfoFromRequest = (*memory)(nil)

var errUnknown = errors.New("unknown or used up")

func newMemory(key *rsa.PrivateKey, accounts []signin.Account, c *client) *memory {
	m := &memory{key: key, client: c, now: time.Now, accounts: map[string]signin.Account{}, requests: map[string]*request{},
		codes: map[string]string{}, tokens: map[string]token{}, sessions: map[string]string{}}
	for _, a := range accounts {
		m.accounts[a.ID] = a
	}
	return m
}

// CreateAuthRequest begins a sign-in. PKCE is asked of everybody (RFC 9700 §2.1.1).
func (m *memory) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	if len(asked.Prompt) == 1 && asked.Prompt[0] == oidc.PromptNone {
		return nil, oidc.ErrLoginRequired()
	}
	if asked.CodeChallenge == "" {
		return nil, oidc.ErrInvalidRequest().WithDescription("PKCE is required")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	r := &request{id: rand.Text(), asked: *asked, begun: m.now()}
	m.requests[r.id] = r
	return r, nil
}

// forget drops what nobody will come back for.
func (m *memory) forget() {
	for id, r := range m.requests {
		if m.now().Sub(r.begun) > requestLife {
			delete(m.requests, id)
		}
	}
	for code, id := range m.codes {
		if m.requests[id] == nil {
			delete(m.codes, code)
		}
	}
	for id, t := range m.tokens {
		if m.now().After(t.endsAt) {
			delete(m.tokens, id)
		}
	}
}

// choose says who it is.
func (m *memory) choose(requestID, accountID string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, account := m.requests[requestID], m.accounts[accountID]
	if r == nil || account.ID == "" {
		return errUnknown
	}
	r.subject, r.at = account.ID, m.now()
	return nil
}

func (m *memory) request(id string) (*request, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.requests[id]; r != nil && m.now().Sub(r.begun) <= requestLife {
		return r, nil
	}
	return nil, errUnknown
}

func (m *memory) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	return m.request(id)
}

func (m *memory) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	m.mu.Lock()
	id := m.codes[code]
	m.mu.Unlock()
	return m.request(id)
}

func (m *memory) SaveAuthCode(_ context.Context, id, code string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.codes[code] = id
	return nil
}

// DeleteAuthRequest ends a request, and with it its code: a code is good for one exchange.
func (m *memory) DeleteAuthRequest(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.requests, id)
	m.forget()
	return nil
}

func (m *memory) CreateAccessToken(_ context.Context, r op.TokenRequest) (string, time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id, endsAt := rand.Text(), m.now().Add(tokenLife)
	m.tokens[id] = token{subject: r.GetSubject(), scopes: r.GetScopes(), endsAt: endsAt}
	return id, endsAt, nil
}

func (m *memory) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != m.client.id {
		return nil, errUnknown
	}
	return m.client, nil
}

func (m *memory) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	if id != m.client.id || subtle.ConstantTimeCompare([]byte(secret), []byte(m.client.secret)) != 1 {
		return errUnknown
	}
	return nil
}

func (m *memory) SetUserinfoFromRequest(_ context.Context, info *oidc.UserInfo, r op.IDTokenRequest, scopes []string) error {
	return m.describe(info, r.GetSubject(), scopes)
}

func (m *memory) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, tokenID, subject, _ string) error {
	m.mu.Lock()
	t, there := m.tokens[tokenID]
	m.mu.Unlock()
	if !there || t.subject != subject || m.now().After(t.endsAt) {
		return errUnknown
	}
	return m.describe(info, subject, t.scopes)
}

func (m *memory) describe(info *oidc.UserInfo, subject string, scopes []string) error {
	account, there := m.accounts[subject]
	if !there {
		return errUnknown
	}
	for _, scope := range scopes {
		switch scope {
		case oidc.ScopeOpenID:
			info.Subject = account.ID
		case oidc.ScopeProfile:
			info.Name = account.Name[locale.English]
		case oidc.ScopeEmail:
			info.Email, info.EmailVerified = account.Email, true
		}
	}
	return nil
}

func (m *memory) Health(context.Context) error { return nil }
