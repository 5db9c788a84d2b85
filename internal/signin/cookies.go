package signin

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// name is a cookie's full name. `__Host-` makes the browser promise that it came by https, from this host and for all of
// it (RFC 6265bis §4.1.3.2); over plain http, which happens on one's own machine only, it would not be kept.
func (s *SignIn) name(cookie string) string {
	if s.url.Scheme == "https" {
		return "__Host-" + cookie
	}
	return cookie
}

const (
	sessionCookie = "tandem"
	attemptCookie = "tandem-sign-in"  // binds a sign-in under way to the browser that began it
	lastCookie    = "tandem-provider" // where this browser signed in last: its button comes first
	lastLife      = 365 * 24 * time.Hour
)

// cookie reads one of our tokens; anything that cannot be one counts as none.
func (s *SignIn) cookie(c echo.Context, name string) string {
	cookie, err := c.Cookie(s.name(name))
	if err != nil || len(cookie.Value) != tokenLength {
		return ""
	}
	return cookie.Value
}

// setCookie: Lax, because the way back from the provider comes from another site.
func (s *SignIn) setCookie(c echo.Context, name, token string, life time.Duration) {
	c.SetCookie(&http.Cookie{
		Name: s.name(name), Value: token, Path: "/", MaxAge: int(life.Seconds()),
		Secure: s.url.Scheme == "https", HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (s *SignIn) dropCookie(c echo.Context, name string) { s.setCookie(c, name, "", -time.Second) }
