package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/templates/unsubscribe"
)

// unsubscribeRoute is the page behind the link of a mail. Its token says whose mails of which kind are meant: who is signed
// in, and whether anybody is, plays no part.
const unsubscribeRoute = "/unsubscribe/:token"

// oneClick tells that a mail programme stops a kind of mail for its user, without a browser and without cookies (RFC 8058
// §3.2). It may come from anywhere: the token in its address is all the right that it has, and all that it does.
func oneClick(c echo.Context) bool {
	r := c.Request()
	return r.Method == http.MethodPost && c.Path() == unsubscribeRoute && r.PostFormValue("List-Unsubscribe") == "One-Click"
}

func (w *Web) showUnsubscribe(c echo.Context) error {
	guard(c)
	page, err := w.unsubscribePage(c)
	if problem.Is(err, problem.NotFound) {
		return w.unsubscribeGone(c)
	}
	if err != nil {
		return err
	}
	return w.show(c, http.StatusOK, unsubscribe.Show(page))
}

// unsubscribe stops the mails, or lets them go again.
func (w *Web) unsubscribe(c echo.Context) error {
	guard(c)
	if oneClick(c) {
		return w.stopMail(c, true, func() error { return c.NoContent(http.StatusOK) })
	}
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.showUnsubscribe(c)
	}
	return w.stopMail(c, f.Get("mails") == "stop", func() error { return c.Redirect(http.StatusSeeOther, c.Request().URL.Path) })
}

// stopMail does what the link is for, and then answers.
func (w *Web) stopMail(c echo.Context, stop bool, answer func() error) error {
	ctx := c.Request().Context()
	err := w.DB.Write(ctx, func(tx *database.Tx) error {
		l, err := link.FindIn(ctx, tx, link.Unsubscribe, c.Param("token"))
		if err != nil {
			return err
		}
		person, kind := org.ParseStop(l.Subject)
		return w.Org.StopMailIn(ctx, tx, person, kind, stop)
	})
	if problem.Is(err, problem.NotFound) {
		return w.unsubscribeGone(c)
	}
	if err != nil {
		return err
	}
	return answer()
}

// unsubscribePage speaks the language that the mail was written in, unless this browser has chosen one.
func (w *Web) unsubscribePage(c echo.Context) (p unsubscribe.Page, err error) {
	ctx := c.Request().Context()
	var to org.Receiver
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		l, err := link.FindIn(ctx, tx, link.Unsubscribe, c.Param("token"))
		if err != nil {
			return err
		}
		var person string
		person, p.Kind = org.ParseStop(l.Subject)
		if to, err = w.Org.Receiver(ctx, tx, person); err != nil {
			return err
		}
		choices, err := org.MailChoicesIn(ctx, tx, person)
		p.Stopped = choices.Of(p.Kind) == org.Never
		return err
	})
	if err != nil {
		return p, err
	}
	if _, err := c.Cookie(languageCookie); err != nil && c.Get(readerKey) == nil {
		c.Set(readerKey, w.reader(c).In(to.Language))
	}
	p.Page = w.base(c, "", w.reader(c).T("unsubscribe.title"))
	p.Page.Form, p.Path = "mails", c.Request().URL.Path
	return p, nil
}

func (w *Web) unsubscribeGone(c echo.Context) error {
	page := unsubscribe.Page{Page: w.base(c, "", w.reader(c).T("unsubscribe.title")), Gone: true}
	page.Page.Path = "/"
	return w.show(c, http.StatusNotFound, unsubscribe.Show(page))
}

// guard keeps a page whose address opens something out of other sites' logs and of search engines.
func guard(c echo.Context) {
	h := c.Response().Header()
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
}
