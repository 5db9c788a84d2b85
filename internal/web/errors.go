package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/failures"
)

// status that a problem is answered with.
var status = map[problem.Kind]int{
	problem.Invalid: http.StatusUnprocessableEntity, problem.NotFound: http.StatusNotFound, problem.Forbidden: http.StatusForbidden, problem.Conflict: http.StatusConflict,
	problem.TooMany: http.StatusTooManyRequests, problem.TooLarge: http.StatusRequestEntityTooLarge, problem.Unavailable: http.StatusServiceUnavailable,
}

// answer is the one place where errors become pages. People read what they can do; the operator reads the rest in the log,
// found by the reference that the page shows.
func (w *Web) answer(err error, c echo.Context) {
	if c.Response().Committed || c.Request().Context().Err() != nil {
		return // the browser has left: nobody reads an answer, and nothing is wrong with us
	}
	code, page := w.failure(err, c)
	if code == http.StatusNotFound && !signin.ActorOf(c).SignedIn() {
		w.SignIn.Ask(c) // so that nobody outside learns which addresses exist
		return
	}
	if c.Request().Method == http.MethodHead {
		c.NoContent(code)
		return
	}
	if err := w.show(c, code, failures.Show(page)); err != nil {
		w.Log.Error("an error page could not be shown", "error", err)
		c.String(code, "Tandem: "+http.StatusText(code))
	}
}

func (w *Web) failure(err error, c echo.Context) (int, failures.Page) {
	r := w.reader(c)
	code, key, values := http.StatusInternalServerError, "error.fault", problem.Values(nil)
	var he *echo.HTTPError
	if p, is := problem.As(err); is {
		code, key, values = status[p.Kind], p.Key, p.Values
		if p.Cause != nil {
			w.Log.Warn("refused", "route", c.Path(), "problem", err)
		}
	} else if errors.As(err, &he) {
		code, key = he.Code, wordFor(he.Code)
	}
	page := failures.Page{Page: w.base(c, "", r.T(titleFor(key, code))), Text: r.T(key, values)}
	if code == http.StatusForbidden || code == http.StatusUnprocessableEntity {
		page.Back = back(c.Request())
	}
	if !reads(c.Request()) {
		page.Path = back(c.Request()) // the language switch comes there with a GET
	}
	if code >= http.StatusInternalServerError {
		page.Reference = database.NewID()[24:]
		w.Log.Error("fault", "reference", page.Reference, "method", c.Request().Method, "route", c.Path(), "error", err)
	}
	return code, page
}

// words: error.notFound error.method error.tooLarge error.tooMany error.crossSite error.fault
func wordFor(code int) string {
	switch code {
	case http.StatusNotFound:
		return "error.notFound"
	case http.StatusMethodNotAllowed:
		return "error.method"
	case http.StatusRequestEntityTooLarge:
		return "error.tooLarge"
	case http.StatusTooManyRequests:
		return "error.tooMany"
	case http.StatusForbidden:
		return "error.crossSite"
	}
	return "error.fault"
}

// back is the page that a form or a button belongs to: of /conferences/ID/edit the conference, of /conferences/new the list.
func back(r *http.Request) string {
	section, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	id, _, below := strings.Cut(rest, "/")
	page := "/" + section
	if id != "" && id != "new" && (below || !reads(r)) {
		page += "/" + id
	}
	return signin.OwnPath(page)
}

func reads(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

// words: error.title.notFound error.title.fault error.title.refused error.title.later error.title.forbidden
func titleFor(key string, code int) string {
	switch {
	case key == "error.forbidden":
		return "error.title.forbidden"
	case code == http.StatusNotFound:
		return "error.title.notFound"
	case code == http.StatusServiceUnavailable, code == http.StatusTooManyRequests:
		return "error.title.later"
	case code < http.StatusInternalServerError:
		return "error.title.refused"
	}
	return "error.title.fault"
}

// healthy: the program runs.
func (w *Web) healthy(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready: the database answers and has the schema that this program expects.
func (w *Web) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer cancel()
	if err := w.DB.Ping(ctx); err != nil {
		return c.String(http.StatusServiceUnavailable, "database does not answer\n")
	}
	return c.String(http.StatusOK, "ok\n")
}

// logged writes one line per request: the route, never the path, which may hold a token.
func (w *Web) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		w.Observe(c.Request().Method, c.Path(), c.Response().Status, time.Since(start))
		w.Log.Debug("request", "method", c.Request().Method, "route", c.Path(), "status", c.Response().Status, "took", time.Since(start))
		return nil
	}
}

func (w *Web) panicked(c echo.Context, err error, stack []byte) error {
	w.Log.Error("panic", "route", c.Path(), "error", err, "stack", string(stack))
	return err
}
