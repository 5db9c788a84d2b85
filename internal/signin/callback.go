package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/ratelimit"
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
	in, err := s.admit(c, p)
	if err != nil {
		return s.turnAway(c.Request().Context(), p, err)
	}
	if in.token != "" {
		s.setCookie(c, sessionCookie, in.token, sessionLife)
		s.setCookie(c, lastCookie, p.ID, lastLife)
	}
	return c.Redirect(http.StatusSeeOther, in.next)
}

// admitted is how a sign-in ended well. There is no token where somebody who is signed in has added an identity.
type admitted struct{ next, token string }

func (s *SignIn) admit(c echo.Context, p *provider) (in admitted, err error) {
	ctx, answer := c.Request().Context(), c.Request().URL.Query()
	under, err := s.take(ctx, p.ID, answer.Get("state"), s.cookie(c, attemptCookie))
	if err != nil {
		return in, err
	}
	d, err := p.remembered(ctx)
	if err != nil {
		return in, err
	}
	issuer := answer.Get("iss") // RFC 9207 §2.4: also where the answer is an error
	if issuer != p.Issuer && (issuer != "" || d.names) {
		return in, refuse("issuer", "the answer comes from %.200q", issuer)
	}
	if says := answer.Get("error"); says != "" {
		return in, refuse("declined", "the provider says %.200q", says)
	}
	who, err := p.redeem(ctx, d, answer.Get("code"), under)
	if err != nil {
		return in, err
	}
	if err := s.often(ctx, who); err != nil {
		return in, err
	}
	if under.person != "" {
		return admitted{next: under.next}, s.add(ctx, ActorOf(c), under.person, who)
	}
	return s.enter(c, p, who, under)
}

// accountPace is how often one account may sign in, from wherever: so many times at once, then one every half minute.
var accountPace = ratelimit.Pace{Purpose: "account", Burst: 60, Every: 30 * time.Second}

// often counts the sign-ins of one account: a program that goes round in circles must not fill the audit log.
func (s *SignIn) often(ctx context.Context, who identity) error {
	may, err := s.limits.Take(ctx, accountPace, who.issuer+" "+who.subject)
	if err == nil && !may {
		err = refuse("often", "the account has signed in too often")
	}
	return err
}

// refusals say to the person what the reason means to them; all that is not here is an answer not to be trusted.
//
// words: sign-in.problem.stale sign-in.problem.declined sign-in.problem.account sign-in.problem.untrusted
// words: sign-in.problem.taken sign-in.problem.left sign-in.problem.invitation sign-in.problem.often
var refusals = map[string]string{
	"state":    "sign-in.problem.stale",
	"declined": "sign-in.problem.declined",
	"account":  "sign-in.problem.account",
	"taken":    "sign-in.problem.taken",
	"left":     "sign-in.problem.left",
	"often":    "sign-in.problem.often",

	"invitation": "sign-in.problem.invitation",
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
