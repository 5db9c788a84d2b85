package provider

import (
	"context"
	"crypto/rand"
	"maps"
	"net/http"

	"github.com/zitadel/oidc/v3/pkg/op"
)

// The provider keeps a session of its own, as real ones do: who has chosen an account is not asked again until they sign
// out. Signing out of Tandem has to end both.

const cookieName = "tandem-demo-provider"

type sessionKey struct{}

// remember reads the browser's cookie for everything that comes after it.
func (p *Provider) remember(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cookie, err := r.Cookie(cookieName); err == nil {
			r = r.WithContext(context.WithValue(r.Context(), sessionKey{}, cookie.Value))
		}
		next.ServeHTTP(w, r)
	})
}

// begin opens a session for a browser.
func (p *Provider) begin(w http.ResponseWriter, accountID string) {
	value := rand.Text()
	p.memory.mu.Lock()
	p.memory.sessions[value] = accountID
	p.memory.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: Path, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// known is the account of this browser's session, if there is one.
func (m *memory) known(ctx context.Context) string {
	value, _ := ctx.Value(sessionKey{}).(string)
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[value]
}

// TerminateSessionFromRequest ends this browser's session, and the access tokens of whoever it was.
func (m *memory) TerminateSessionFromRequest(ctx context.Context, r *op.EndSessionRequest) (string, error) {
	value, _ := ctx.Value(sessionKey{}).(string)
	m.mu.Lock()
	defer m.mu.Unlock()
	subject := r.UserID
	if subject == "" { // no hint: whoever this browser is
		subject = m.sessions[value]
	}
	if m.sessions[value] == subject {
		delete(m.sessions, value)
	}
	maps.DeleteFunc(m.tokens, func(_ string, t token) bool { return t.subject == subject })
	return r.RedirectURI, nil
}
