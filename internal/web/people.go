package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/parts"
	pages "example.org/tandem/templates/people"
)

// listPeople shows the people of all units, or with ?unit= those of one and of the units below it.
func (w *Web) listPeople(c echo.Context) error {
	r, a := w.reader(c), signin.ActorOf(c)
	directory, err := w.Org.People(c.Request().Context(), a, c.QueryParam("unit"))
	if err != nil {
		return err
	}
	title := r.T("layout.nav.people")
	if directory.Unit.ID != "" {
		title = said(r, directory.Unit.Name).Body
	}
	page := pages.Page{Page: w.base(c, "people", title), One: directory.Unit.ID != "", Units: byUnit(r, a, directory.People)}
	if directory.More {
		page.Notices = append(page.Notices, notice(parts.Info, r.N("people.more", len(directory.People))))
	}
	return w.show(c, http.StatusOK, pages.Show(page))
}

// byUnit puts people under their units: one's own society first, in it the society itself, then its units and their people
// in the order of the reader's alphabet.
func byUnit(r locale.Reader, a access.Actor, people []org.Colleague) []pages.Unit {
	var units []pages.Unit
	for _, p := range people {
		i := slices.IndexFunc(units, func(u pages.Unit) bool { return u.ID == p.Unit.ID })
		if i < 0 {
			i, units = len(units), append(units, pages.Unit{Unit: p.Unit})
		}
		units[i].People = append(units[i].People, p)
	}
	for _, u := range units {
		locale.Sort(r, u.People, func(c org.Colleague) string { return said(r, c.Name).Body })
	}
	locale.Sort(r, units, func(u pages.Unit) string { return said(r, u.Name).Body })
	locale.Sort(r, units, func(u pages.Unit) string { return said(r, u.Society).Body })
	slices.SortStableFunc(units, func(x, y pages.Unit) int { return place(a, x) - place(a, y) })
	return units
}

func place(a access.Actor, u pages.Unit) int {
	own := slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.SocietyID == u.SocietyID })
	if own {
		return 0
	}
	return 1
}
