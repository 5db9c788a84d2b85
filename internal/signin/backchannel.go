package signin

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
)

// logoutEvent is what a logout token says has happened (OpenID Connect Back-Channel Logout 1.0 §2.4).
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// mostLogout is how large a logout token may be, in bytes.
const mostLogout = 16 << 10

// logout is what a believed logout token wants: one session at the provider ended, or all of one account.
type logout struct {
	subject, sid string
	jti          string
	endsAt       time.Time
}

// BackChannelLogout takes the word of a provider that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0).
// It comes from the provider's server: no cookie plays a part, and what is in the token is all the right that it has. 200
// where it was believed, whether or not there was a session; 400 where it was not.
func (s *SignIn) BackChannelLogout(c echo.Context, providerID string) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	p, err := s.provider(providerID)
	if err != nil {
		return notBelieved(c)
	}
	ctx := c.Request().Context()
	said, err := p.readLogout(ctx, c.Request().PostFormValue("logout_token"))
	if err == nil {
		err = s.obey(ctx, p, said)
	}
	var refused *refusal
	if errors.As(err, &refused) {
		slog.WarnContext(ctx, "logout token refused", "provider", p.ID, "reason", refused.reason, "error", refused.cause)
		return notBelieved(c)
	}
	if err != nil {
		slog.ErrorContext(ctx, "back-channel logout failed", "provider", p.ID, "error", err)
		return notBelieved(c) // §2.8: 400 also where it could not be done
	}
	return c.NoContent(http.StatusOK)
}

func notBelieved(c echo.Context) error {
	return c.JSON(http.StatusBadRequest, map[string]string{"error": "invalid_request"})
}

// readLogout makes every check of §2.6.
func (p *provider) readLogout(ctx context.Context, raw string) (logout, error) {
	if raw == "" || len(raw) > mostLogout {
		return logout{}, refuse("form", "no logout token, or an endless one")
	}
	if issuer(raw) != p.Issuer { // not worth asking the provider for its keys
		return logout{}, refuse("token", "it is of another issuer")
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.http), 2*patience)
	defer cancel()
	d, err := p.remembered(ctx)
	if err != nil {
		return logout{}, err
	}
	token, err := p.verify(ctx, d, raw)
	if err != nil {
		return logout{}, err
	}
	var said struct {
		JTI    string                     `json:"jti"`
		SID    string                     `json:"sid"`
		Nonce  *json.RawMessage           `json:"nonce"`
		Events map[string]json.RawMessage `json:"events"`
	}
	if err := token.Claims(&said); err != nil {
		return logout{}, &refusal{"token", err}
	}
	var event map[string]any
	switch {
	case json.Unmarshal(said.Events[logoutEvent], &event) != nil || event == nil:
		return logout{}, refuse("event", "the token tells of no sign-out")
	case said.Nonce != nil: // else an ID token could pass for one
		return logout{}, refuse("nonce", "a logout token bears no nonce")
	case said.JTI == "" || len(said.JTI) > 255:
		return logout{}, refuse("jti", "the token has no name of its own")
	case token.Subject == "" && said.SID == "":
		return logout{}, refuse("subject", "the token names neither sub nor sid")
	}
	return logout{subject: token.Subject, sid: said.SID, jti: said.JTI, endsAt: token.Expiry.Add(leeway)}, nil
}

// obey ends the sessions, once for each token.
func (s *SignIn) obey(ctx context.Context, p *provider, l logout) error {
	now := s.now()
	return s.db.Write(ctx, func(tx *database.Tx) error {
		if _, err := tx.Exec(ctx, `delete from logout_tokens where ends_at <= $1`, now); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `insert into logout_tokens (token_hash, ends_at) values ($1, $2) on conflict (token_hash) do nothing`,
			digest(p.Issuer, l.jti), l.endsAt)
		if err != nil {
			return err
		}
		if n == 0 {
			return refuse("replay", "the token was used before")
		}
		// A sid is of one session there; where the token names both, it is that session of that account. A session that was
		// begun without a sid ends with all of its account.
		people, err := s.endIn(ctx, tx, `issuer = $1 and (subject = $2 or $2 = '') and (sid = $3 or $3 = '' or sid = '' and $2 <> '')`,
			p.Issuer, l.subject, l.sid)
		if err != nil {
			return err
		}
		for _, person := range slices.Compact(slices.Sorted(slices.Values(people))) {
			if err := audit.Record(ctx, tx, person, "sign out by provider", "person:"+person, audit.Details{"provider": p.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}
