package signin

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"example.org/tandem/internal/access"
	"github.com/labstack/echo/v4"
)

const (
	actorKey   = "signin.actor"
	sessionKey = "signin.session"
)

// ActorOf is who is asking; a zero Actor is somebody signed out. It needs Know in front of it.
func ActorOf(c echo.Context) access.Actor {
	actor, _ := c.Get(actorKey).(access.Actor)
	return actor
}

// SessionOf is the session of the request, and whether there is one.
func SessionOf(c echo.Context) (Session, bool) {
	session, there := c.Get(sessionKey).(Session)
	return session, there
}

// Know finds out who is asking, for everything that comes after it.
func (s *SignIn) Know(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		token := s.cookie(c, sessionCookie)
		if token == "" {
			return next(c)
		}
		ctx := c.Request().Context()
		actor, session, err := s.read(ctx, token)
		if err != nil {
			return err
		}
		if actor.SignedIn() {
			c.Set(actorKey, actor)
			c.Set(sessionKey, session)
			if err := s.keepUp(c, session); err != nil {
				return err
			}
			if err := s.see(ctx, session); err != nil { // the page matters more than the note that it was read
				slog.WarnContext(ctx, "session not marked as seen", "error", err)
			}
		}
		return next(c)
	}
}

// keepUp renews the session of somebody whose rights have changed. What a browser gets beside a page, and what asks for no
// page at all, leaves that to the next one.
func (s *SignIn) keepUp(c echo.Context, session Session) error {
	r := c.Request()
	if session.rights == session.rightsNow || r.Method == http.MethodHead || strings.HasPrefix(r.URL.Path, "/static/") {
		return nil
	}
	token, err := s.renew(r.Context(), session)
	if err != nil || token == "" {
		return err
	}
	s.setCookie(c, sessionCookie, token, session.EndsAt.Sub(s.now()))
	return nil
}

// Require sends whoever is signed out to the sign-in page, whether what they asked for exists or not.
func (s *SignIn) Require(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if ActorOf(c).SignedIn() {
			return next(c)
		}
		if s.keepForm(c) {
			return toSignIn(c, KeptPath)
		}
		return s.Ask(c)
	}
}

// Ask sends whoever is signed out to the sign-in page, and keeps nothing of what they sent.
func (s *SignIn) Ask(c echo.Context) error { return toSignIn(c, s.wanted(c.Request())) }

func toSignIn(c echo.Context, next string) error {
	return c.Redirect(http.StatusSeeOther, "/sign-in?next="+url.QueryEscape(next))
}

// wanted is the page to come back to. A form is not sent again by itself: its own page is where to go on.
func (s *SignIn) wanted(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return Onward(r.URL.RequestURI())
	}
	if page, err := url.Parse(r.Referer()); err == nil && page.Host == s.url.Host {
		return Onward(page.RequestURI())
	}
	return "/"
}
