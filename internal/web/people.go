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
	r, a, ctx := w.reader(c), signin.ActorOf(c), c.Request().Context()
	directory, err := w.Org.People(ctx, a, c.QueryParam("unit"))
	if err != nil {
		return err
	}
	var expected org.Expected
	if directory.Unit.ID != "" {
		if expected, err = w.Org.Expected(ctx, a, directory.Unit.ID); err != nil {
			return err
		}
	}
	title := r.T("layout.nav.people")
	if directory.Unit.ID != "" {
		title = said(r, directory.Unit.Name).Body
	}
	page := pages.Page{Page: w.base(c, "people", title), Unit: directory.Unit, Societies: bySociety(r, a, directory.People),
		Expected: expected, Now: w.DB.Now()}
	if directory.More {
		page.Notices = append(page.Notices, notice(parts.Info, r.N("people.more", len(directory.People))))
	}
	return w.show(c, http.StatusOK, pages.Show(page))
}

// bySociety puts people under their societies, one's own first; in each, the society itself comes first, then its office, then
// the units, and in all of them the people, in the order of the reader's alphabet.
func bySociety(r locale.Reader, a access.Actor, people []org.Colleague) []pages.Society {
	locale.Sort(r, people, func(c org.Colleague) string { return said(r, c.Name).Body })
	locale.Sort(r, people, func(c org.Colleague) string { return said(r, c.Unit.Name).Body })
	slices.SortStableFunc(people, func(x, y org.Colleague) int { return rank(x.Unit) - rank(y.Unit) })
	var list []pages.Society
	for _, c := range people {
		i := slices.IndexFunc(list, func(s pages.Society) bool { return s.ID == c.Unit.SocietyID })
		if i < 0 {
			i, list = len(list), append(list, pages.Society{ID: c.Unit.SocietyID, Name: c.Unit.Society})
		}
		list[i].People = append(list[i].People, c)
	}
	locale.Sort(r, list, func(s pages.Society) string { return said(r, s.Name).Body })
	slices.SortStableFunc(list, func(x, y pages.Society) int { return distance(a, x.ID) - distance(a, y.ID) })
	return list
}

// distance puts one's own society before the others.
func distance(a access.Actor, societyID string) int {
	if slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.SocietyID == societyID }) {
		return 0
	}
	return 1
}
