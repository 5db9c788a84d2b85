package web

import (
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/me"
)

// showMails is which mails somebody wants: what they have not stopped.
func (w *Web) showMails(c echo.Context) error {
	stops, err := w.Org.MailStops(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	f := &form{Values: url.Values{}}
	for _, k := range org.MailKinds {
		if !slices.Contains(stops, k) {
			f.Add("wanted", string(k))
		}
	}
	return w.mailsPage(c, f)
}

func (w *Web) changeMails(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.mailsPage(c, f)
	}
	var wanted []org.MailKind
	for _, k := range f.Values["wanted"] {
		wanted = append(wanted, org.MailKind(k))
	}
	if err := w.Org.WantMails(c.Request().Context(), signin.ActorOf(c), wanted); err != nil {
		if f.refused(err) {
			return w.mailsPage(c, f)
		}
		return err
	}
	return w.seeOther(c, "/me/mails", "notice.mails")
}

func (w *Web) mailsPage(c echo.Context, f *form) error {
	r := w.reader(c)
	page := me.Mails{Page: w.base(c, "me", r.T("me.mails.title")), Form: f.view(r)}
	page.Page.Form = "mails"
	return w.show(c, f.status(), me.ShowMails(page))
}
