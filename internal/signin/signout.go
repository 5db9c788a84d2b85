package signin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"github.com/labstack/echo/v4"
)

// HalfOut is where signing out ends when the provider could not be told: the person should know that somebody else at
// this computer could come back in.
const HalfOut = "/sign-in?half-out=1"

// SignOut ends our session and then, at the provider, that one too (OpenID Connect RP-Initiated Logout 1.0).
func (s *SignIn) SignOut(c echo.Context) error {
	ctx := c.Request().Context()
	providerID, idToken, err := s.end(ctx, s.cookie(c, sessionCookie))
	if err != nil {
		return err
	}
	s.dropCookie(c, sessionCookie)
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return c.Redirect(http.StatusSeeOther, s.farewell(ctx, providerID, idToken))
}

// end removes the session. Signing out twice is no error.
func (s *SignIn) end(ctx context.Context, token string) (providerID, idToken string, err error) {
	if token == "" {
		return "", "", nil
	}
	var sealed string
	err = s.db.Write(ctx, func(tx *database.Tx) error {
		var person string
		var id string
		err := tx.Row(ctx, `select id, person_id, provider, id_token from sessions where token_hash = $1 and ends_at > $2`, digest(token), s.now()).
			Scan(&id, &person, &providerID, &sealed)
		if err != nil {
			return err
		}
		if _, err := s.endIn(ctx, tx, `id = $1`, id); err != nil { // with tokens that it had before
			return err
		}
		return audit.Record(ctx, tx, person, "sign out", "person:"+person, audit.Details{"provider": providerID})
	})
	if database.IsNone(err) {
		return "", "", nil
	}
	return providerID, s.sealer.open(sealed), err
}

// farewell is the provider's address for signing out, or our start page where there is none.
func (s *SignIn) farewell(ctx context.Context, providerID, idToken string) string {
	p, err := s.provider(providerID)
	if err != nil { // nobody was signed in, or the provider is no longer in the settings
		return "/"
	}
	d, err := p.discover(ctx, lately)
	if err != nil {
		slog.WarnContext(ctx, "provider not told of a sign-out", "provider", p.ID, "error", err)
		return HalfOut
	}
	at, err := url.Parse(d.endSession)
	if err != nil || d.endSession == "" {
		return "/"
	}
	query := at.Query()
	query.Set("client_id", p.ClientID)
	query.Set("post_logout_redirect_uri", s.url.String()+"/")
	if issuer(idToken) == p.Issuer { // a hint from before the provider moved would be an error there
		query.Set("id_token_hint", idToken)
	}
	at.RawQuery = query.Encode()
	return at.String()
}

// issuer reads the `iss` of a token, whoever wrote it.
func issuer(idToken string) string {
	parts := strings.Split(idToken, ".")
	if len(parts) != 3 {
		return ""
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return ""
	}
	var claims struct {
		Issuer string `json:"iss"`
	}
	if json.Unmarshal(payload, &claims) != nil {
		return ""
	}
	return claims.Issuer
}
