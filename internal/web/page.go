package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	"example.org/tandem/static"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/parts"
)

// Pages is how somebody else's pages, the demo's, come out like our own.
type Pages struct {
	Base   func(c echo.Context, section, title string) layout.Page
	Reader func(c echo.Context) locale.Reader
	Show   func(c echo.Context, status int, page templ.Component) error
}

// show renders into memory first: a page that fails half-way must not go out half.
func (w *Web) show(c echo.Context, status int, page templ.Component) error {
	buffer := paper.Get().(*bytes.Buffer)
	defer paper.Put(buffer)
	buffer.Reset()
	if err := page.Render(c.Request().Context(), buffer); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(buffer.Len()))
	return c.HTMLBlob(status, buffer.Bytes())
}

// paper is what pages are written on; it grows to the size of the largest and is used again.
var paper = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// base is what all pages have in common. The title is already in the reader's words.
func (w *Web) base(c echo.Context, section, title string) layout.Page {
	r := w.reader(c)
	p := layout.Page{Reader: r, Title: title, Path: path(c), Section: section, Assets: static.Path, Notices: w.told(c, r)}
	if w.Demo != nil {
		p.Demo = w.Demo.Bar(c.Request().Context(), r)
	}
	if a := signin.ActorOf(c); a.SignedIn() {
		p.Person = &layout.Person{Name: a.Name, Lang: a.NameLanguage, Site: a.SiteAdmin}
	}
	return p
}

// reader is the person that a page speaks to: what they chose, else their cookie, else what the browser asks for.
func (w *Web) reader(c echo.Context) locale.Reader {
	if r, is := c.Get(readerKey).(locale.Reader); is {
		return r
	}
	a := signin.ActorOf(c)
	l := w.language(c, a)
	r := w.Catalog.Reader(l, nil, w.DB.Now())
	if a.SignedIn() {
		r = w.Catalog.Reader(l, locale.Zone(a.Zone), w.DB.Now(), a.Reads...)
	}
	c.Set(readerKey, r)
	return r
}

const readerKey = "web.reader"

// path is the address of this page, to come back to; that of a form is the page it stands on.
func path(c echo.Context) string { return c.Request().URL.RequestURI() }

// site is where people reach Tandem, without a slash at its end.
func (w *Web) site() string { return strings.TrimSuffix(w.URL.String(), "/") }

// seeOther sends the browser on after something was done, with a word about it: the key of a notice, or "".
func (w *Web) seeOther(c echo.Context, to, notice string) error {
	if notice != "" {
		w.tell(c, notice)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// mailing gives a context for a deed that people are written to about, and what to add to the notice of it.
func mailing(c echo.Context) (context.Context, func() string) {
	ctx, tally := jobs.Tallied(c.Request().Context())
	return ctx, func() string {
		if n := tally.Of(append([]string{minutes.VoidedMail}, conference.Mails...)...); n > 0 {
			return ":" + strconv.Itoa(n)
		}
		return ""
	}
}

// said gives a short text to a reader: its best version.
func said(r locale.Reader, t text.Text) text.Said { return t.Line(r.Reads) }

// notice puts a said sentence into a page.
func notice(kind parts.NoticeKind, sentence string) parts.Notice {
	return parts.Notice{Kind: kind, Text: sentence}
}
