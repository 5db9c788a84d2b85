package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"example.org/tandem/internal/ratelimit"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
)

// How often one address may do what writes something down for somebody whom nobody knows, or tries a link. A whole office may
// have one address. All programs on one database count together, by the machine's clock.
var (
	signInPace = ratelimit.Pace{Purpose: "sign in", Burst: 120, Every: time.Second}
	linkPace   = ratelimit.Pace{Purpose: "link", Burst: 60, Every: 5 * time.Second}
	keptPace   = ratelimit.Pace{Purpose: "kept form", Burst: 20, Every: 30 * time.Second}
	invitePace = ratelimit.Pace{Purpose: "invite", Burst: 40, Every: 30 * time.Second}        // of one administrator: nobody's mailbox is to be filled
	logoutPace = ratelimit.Pace{Purpose: "logout", Burst: 600, Every: 100 * time.Millisecond} // of a provider that signs many out
)

// slowly answers 429 to an address that comes too often, unless who asks is of no concern. Nobody comes in while the database
// cannot say how often they came.
func (w *Web) slowly(pace ratelimit.Pace, harmless middleware.Skipper) echo.MiddlewareFunc {
	return w.paced(pace, harmless, func(c echo.Context) string { return neighbourhood(c.RealIP()) })
}

// unhurried answers 429 to a person who does something too often.
func (w *Web) unhurried(pace ratelimit.Pace) echo.MiddlewareFunc {
	return w.paced(pace, nil, func(c echo.Context) string { return signin.ActorOf(c).PersonID })
}

func (w *Web) paced(pace ratelimit.Pace, harmless middleware.Skipper, who func(echo.Context) string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if harmless != nil && harmless(c) {
				return next(c)
			}
			may, err := w.Limits.Take(c.Request().Context(), pace, who(c))
			if err != nil {
				return err
			}
			if !may {
				c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(int(max(pace.Every.Seconds(), 1))))
				return echo.NewHTTPError(http.StatusTooManyRequests)
			}
			return next(c)
		}
	}
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
