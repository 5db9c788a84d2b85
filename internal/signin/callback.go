package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"github.com/labstack/echo/v4"
)

// Callback takes the provider's answer: it opens a session and sends the browser on to where it wanted to go, or gives
// a problem. "sign-in.problem.account" is somebody who is who they say, and whom Tandem does not know yet.
func (s *SignIn) Callback(c echo.Context, providerID string) error {
	p, err := s.provider(providerID)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	next, token, err := s.admit(c, p)
	if err != nil {
		return s.turnAway(c.Request().Context(), p, err)
	}
	s.setCookie(c, sessionCookie, token, sessionLife)
	return c.Redirect(http.StatusSeeOther, next)
}

func (s *SignIn) admit(c echo.Context, p *provider) (next, token string, err error) {
	ctx, answer := c.Request().Context(), c.Request().URL.Query()
	under, err := s.take(ctx, p.ID, answer.Get("state"), s.cookie(c, attemptCookie))
	if err != nil {
		return "", "", err
	}
	if says := answer.Get("error"); says != "" {
		return "", "", refuse("declined", "the provider says %.200q", says)
	}
	if issuer := answer.Get("iss"); issuer != "" && issuer != p.Issuer { // RFC 9207 §2.4
		return "", "", refuse("issuer", "the answer comes from %.200q", issuer)
	}
	d, err := p.discover(ctx)
	if err != nil {
		return "", "", err
	}
	who, err := p.redeem(ctx, d, answer.Get("code"), under)
	if err != nil {
		return "", "", err
	}
	token, err = s.open(ctx, p, who, c.Request().UserAgent(), s.cookie(c, sessionCookie))
	return under.next, token, err
}

// refusals say to the person what the reason means to them; all that is not here is an answer not to be trusted.
//
// words: sign-in.problem.stale sign-in.problem.declined sign-in.problem.account sign-in.problem.untrusted
var refusals = map[string]string{
	"state":    "sign-in.problem.stale",
	"declined": "sign-in.problem.declined",
	"account":  "sign-in.problem.account",
}

// turnAway writes a refusal into the audit log and makes a problem of it. Other errors pass.
func (s *SignIn) turnAway(ctx context.Context, p *provider, err error) error {
	var refused *refusal
	if !errors.As(err, &refused) {
		return err
	}
	key, named := refusals[refused.reason]
	if !named {
		key = "sign-in.problem.untrusted"
	}
	written := s.db.Write(ctx, func(tx *database.Tx) error {
		return audit.Record(ctx, tx, "", "refuse sign-in", "provider:"+p.ID, audit.Details{"reason": refused.reason})
	})
	if written != nil {
		return errors.Join(written, err)
	}
	return &problem.Problem{Kind: problem.Invalid, Key: key, Cause: fmt.Errorf("sign-in at %s refused: %w", p.ID, refused)}
}
