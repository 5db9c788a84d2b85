package web

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/me"
)

// showMails is how somebody is told of what.
func (w *Web) showMails(c echo.Context) error {
	choices, err := w.Org.MailChoices(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	f := &form{Values: url.Values{}}
	for _, k := range org.Chosen {
		group, lead, is := strings.Cut(string(k), ".")
		switch how := choices.Of(k); {
		case !is:
			f.Set(string(k), string(how))
		case how != org.Never:
			f.Add(group, lead)
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
	if err := w.Org.ChooseMails(c.Request().Context(), signin.ActorOf(c), mailChoices(f)); err != nil {
		if f.refused(err) {
			return w.mailsPage(c, f)
		}
		return err
	}
	return w.seeOther(c, "/me/mails", "notice.mails")
}

// mailChoices reads the form: a way for each kind, and a box for each reminder.
func mailChoices(f *form) org.Choices {
	choices := org.Choices{}
	for _, k := range org.Chosen {
		if choices[k] = org.How(f.Get(string(k))); strings.Contains(string(k), ".") {
			choices[k] = org.Never
		}
	}
	for _, lead := range f.Values[string(org.ReminderMails)] {
		choices[org.MailKind(string(org.ReminderMails)+"."+lead)] = org.AtOnce
	}
	return choices
}

func (w *Web) mailsPage(c echo.Context, f *form) error {
	r := w.reader(c)
	page := me.Mails{Page: w.base(c, "me", r.T("me.mails.title")), Form: f.view(r)}
	page.Page.Form = "mails"
	return w.show(c, f.status(), me.ShowMails(page))
}
