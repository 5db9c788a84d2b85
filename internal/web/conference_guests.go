package web

import (
	"context"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// listGuests shows who is asked without an account, and asks one more.
func (w *Web) listGuests(c echo.Context) error {
	one, err := w.seesGuests(c)
	if err != nil {
		return err
	}
	preset := url.Values{"language": {string(one.Actor.Writes)}}
	if one.Conference.Series.SeriesID != "" {
		preset.Set("later", "yes")
	}
	for i, host := range one.Conference.Hosts { // that of the reader's own side
		own := func(m access.Membership) bool { return m.SocietyID == one.Conference.Sides[i] }
		if i == 0 || slices.ContainsFunc(one.Actor.Memberships, own) {
			preset.Set("host", host)
		}
	}
	return w.guestsPage(c, one, &form{Values: preset})
}

func (w *Web) guestsPage(c echo.Context, one pages.One, f *form) error {
	r := w.reader(c)
	var people []string
	for _, who := range one.Conference.Guests() {
		people = append(people, who.PersonID)
	}
	emails, err := w.Org.Emails(c.Request().Context(), people)
	if err != nil {
		return err
	}
	one.Title = r.T("guests.title")
	one.Page.Form = "guest"
	f.labels = map[string]string{"name": r.T("guests.name"), "email": r.T("guests.email")}
	return w.show(c, f.status(), pages.ShowGuests(pages.Guests{One: one, Form: f.view(r), Emails: emails}))
}

// askGuest asks somebody by mail, in their language and by the clock of the host whose guest they are.
func (w *Web) askGuest(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	one, err := w.seesGuests(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.guestsPage(c, one, f)
	}
	l, _ := locale.Parse(f.line("language"))
	guest := org.GuestDraft{Name: f.line("name"), Email: f.line("email"), Language: l, Zone: zoneOf(l)}
	counting, mailed := mailing(c)
	err = w.Work.AskGuest(counting, one.Actor, one.Conference.ID, f.line("host"), guest, f.Get("later") == "yes")
	if f.refused(err) {
		return w.guestsPage(c, one, f)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/conferences/"+one.Conference.ID+"/guests", "notice.conference.saved"+mailed())
}

// zoneOf is where most who read a language live.
func zoneOf(l locale.Language) string {
	if l == locale.Danish || l == locale.English {
		return locale.Copenhagen.String()
	}
	return locale.Minsk.String()
}

func (w *Web) dropGuest(c echo.Context) error { return w.toGuest(c, w.Work.DropGuest) }

func (w *Web) renewGuest(c echo.Context) error { return w.toGuest(c, w.Work.RenewGuest) }

func (w *Web) toGuest(c echo.Context, do func(ctx context.Context, a access.Actor, id, personID string) error) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if !f.again {
		counting, mailed := mailing(c)
		if err := do(counting, signin.ActorOf(c), c.Param("id"), c.Param("person")); err != nil {
			return err
		}
		return w.seeOther(c, "/conferences/"+c.Param("id")+"/guests", "notice.conference.saved"+mailed())
	}
	return w.listGuests(c)
}
