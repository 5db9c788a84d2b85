package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/admin"
	"example.org/tandem/templates/organisations"
)

// listSocieties shows the national societies, and who is still to come to keep each in order.
func (w *Web) listSocieties(c echo.Context) error {
	base, err := w.admin(c, "admin.societies.title")
	if err != nil {
		return err
	}
	o, err := w.Org.Overview(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	return w.show(c, http.StatusOK, admin.ShowSocieties(admin.Societies{Page: base, Societies: o.Societies}))
}

func (w *Web) newSociety(c echo.Context) error {
	return w.societyForm(c, &form{Values: url.Values{"country": {org.Countries[0]}, "zone": {zones[0]}}})
}

// addSociety leads on to inviting its first administrator: until one has come, nobody can do anything in it.
func (w *Web) addSociety(c echo.Context) error {
	if _, err := w.admin(c, "admin.societies.new.title"); err != nil {
		return err
	}
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if !f.again {
		d := unitChange(f, nil)
		d.Writes = w.reader(c).Language
		id, err := w.Org.AddSociety(c.Request().Context(), signin.ActorOf(c), f.Get("country"), d)
		if err == nil {
			return w.seeOther(c, inviteTo(id), "notice.society.added")
		}
		if !f.refused(err) {
			return err
		}
	}
	return w.societyForm(c, f)
}

func (w *Web) societyForm(c echo.Context, f *form) error {
	base, err := w.admin(c, "admin.societies.new.title")
	if err != nil {
		return err
	}
	r := w.reader(c)
	page := organisations.Form{Page: base, Action: "/admin/societies/new", New: true, Countries: org.Countries, Zones: zoneOptions(r, f.Get("zone"))}
	page.Page.Form = "organisation"
	f.labels = unitLabels(r)
	f.labels["country"] = r.T("admin.societies.country")
	page.Form = f.view(r)
	return w.show(c, f.status(), organisations.ShowForm(page))
}

func inviteTo(unitID string) string { return "/people/invite?" + url.Values{"unit": {unitID}}.Encode() }
