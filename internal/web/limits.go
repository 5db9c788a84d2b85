package web

import (
	"net/http"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
)

// How often one address may do what writes something down for somebody whom nobody knows: so many times at once, and then
// so many a second. A whole office may have one address. Each program counts for itself, by the machine's clock.
var (
	signInPace = middleware.RateLimiterMemoryStoreConfig{Burst: 120, Rate: 1, ExpiresIn: time.Hour}
	keptPace   = middleware.RateLimiterMemoryStoreConfig{Burst: 20, Rate: 1.0 / 30, ExpiresIn: time.Hour}
)

// slowly answers 429 to an address that comes too often, unless who asks is of no concern.
func slowly(pace middleware.RateLimiterMemoryStoreConfig, harmless middleware.Skipper) echo.MiddlewareFunc {
	return middleware.RateLimiterWithConfig(middleware.RateLimiterConfig{
		Skipper:             harmless,
		Store:               middleware.NewRateLimiterMemoryStoreWithConfig(pace),
		IdentifierExtractor: func(c echo.Context) (string, error) { return neighbourhood(c.RealIP()), nil },
	})
}

// neighbourhood is the address itself, or of IPv6 the network: a single customer has all addresses of one.
func neighbourhood(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	network, _ := ip.WithZone("").Prefix(64)
	return network.String()
}

// keepsNothing tells that a request leaves nothing behind: only what a signed-out browser sends is kept for it.
func keepsNothing(c echo.Context) bool {
	return c.Request().Method != http.MethodPost || signin.ActorOf(c).SignedIn()
}

// readable answers "not found" to an address that is no text: there can be nothing under it, and PostgreSQL takes neither
// NUL nor broken UTF-8, not even to look for it.
func readable(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		address := c.Request().URL
		if !isText(address.Path) {
			return echo.ErrNotFound
		}
		for _, values := range address.Query() {
			if !isText(strings.Join(values, "")) {
				return echo.ErrNotFound
			}
		}
		return next(c)
	}
}

// bounded is a text as far as it could be kept, and one character more: it is refused as too long all the same, and nobody
// takes a megabyte apart to find that out. The form goes back to its author whole.
func bounded(body string) string {
	n := 0
	for i := range body {
		if n > text.MaxLength {
			return body[:i]
		}
		n++
	}
	return body
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// onlyText is what is left of a value of a form without what is no text.
func onlyText(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "") }
