// Package web is Tandem's addresses, forms and pages. A handler binds what was typed, asks one use case, and shows a page
// or sends the browser on; errors go back to one place that answers them all (errors.go).
package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/decision"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/glossary"
	"example.org/tandem/internal/inbox"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/mail"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/ratelimit"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/work"
	"example.org/tandem/templates/layout"
)

// Demo is what the demo adds to the site; nil in `serve`.
type Demo interface {
	// Bar is what every demo page shows on top: demo time, ways to move it on.
	Bar(ctx context.Context, r locale.Reader) *layout.Demo
	// Routes adds /mailbox, /demo/….
	Routes(e *echo.Echo, pages Pages)
}

// Parts are what the pages are made of. Every one is needed but Demo.
type Parts struct {
	URL     *url.URL // where people reach this site
	DB      *database.DB
	Catalog *locale.Catalog
	SignIn  *signin.SignIn
	Limits  *ratelimit.Limiter
	Org     *org.Store
	Log     *slog.Logger
	Demo    Demo

	Action     *action.Store
	Conference *conference.Store
	Decision   *decision.Store
	Files      *files.Store
	Lesson     *lesson.Store
	Minutes    *minutes.Store
	Work       *work.Desk
	Inbox      *inbox.Box  // nil: no mailbox is read
	Back       mail.Return // how something is sent in by mail

	// Controller is who is responsible for people's data, as the operator wrote it down; lines.
	Controller string
	// Observe is told of every request that was answered.
	Observe func(method, route string, status int, took time.Duration)
	// Proxies are whose X-Forwarded-For is believed; nobody's unless said.
	Proxies []netip.Prefix
}

// Web answers requests.
type Web struct {
	Parts
	secure   bool
	glossary *glossary.Glossary
}

// New gives the whole site as one handler.
func New(p Parts) (http.Handler, error) {
	words, err := glossary.New()
	if err != nil {
		return nil, err
	}
	w := &Web{Parts: p, secure: p.URL.Scheme == "https", glossary: words}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = w.answer
	e.IPExtractor = callers(p.Proxies)
	e.Use(w.logged, middleware.RecoverWithConfig(middleware.RecoverConfig{DisablePrintStack: true, LogErrorFunc: w.panicked}),
		w.guarded(), middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Skipper: takesFiles, Limit: "1M"}), w.sameOrigin(), p.SignIn.Know, readable)
	w.routes(e)
	compress, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(1), gzhttp.MinSize(600))
	if err != nil {
		return nil, err
	}
	return compress(e), nil
}

// callers finds out who is calling. A proxy that is not named could be anybody, and make itself anybody else.
func callers(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// guarded sets the headers that keep a page to itself: nothing from third parties, no inline script or style, no frames.
func (w *Web) guarded() echo.MiddlewareFunc {
	policy := strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "manifest-src 'self'",
		"form-action " + strings.Join(append([]string{"'self'"}, w.SignIn.Origins()...), " "), "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", policy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
			h.Set("Cache-Control", "no-store")
			if w.secure {
				h.Set("Strict-Transport-Security", "max-age=31536000")
			}
			return next(c)
		}
	}
}

// sameOrigin refuses what another site makes a browser send here (CSRF), by Sec-Fetch-Site and Origin.
func (w *Web) sameOrigin() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil && !oneClick(c) && !fromServer(c) {
				return echo.NewHTTPError(http.StatusForbidden, err.Error())
			}
			return next(c)
		}
	}
}
