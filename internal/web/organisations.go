package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/organisations"
	"example.org/tandem/templates/parts"
)

func (w *Web) listOrganisations(c echo.Context) error {
	r, a := w.reader(c), signin.ActorOf(c)
	units, more, err := w.Org.Units(c.Request().Context(), a)
	if err != nil {
		return err
	}
	page := pages.Page{Page: w.base(c, "organisations", r.T("layout.nav.organisations")), Societies: trees(r, a, units)}
	slices.SortStableFunc(page.Societies, func(x, y pages.Branch) int { return distance(a, x.ID) - distance(a, y.ID) })
	if more {
		page.Notices = append(page.Notices, notice(parts.Info, r.T("organisations.more")))
	}
	return w.show(c, http.StatusOK, pages.Show(page))
}

// trees hangs every unit below the one above it: offices first, then in the order of the reader's alphabet.
func trees(r locale.Reader, a access.Actor, units []org.Unit) []pages.Branch {
	below := map[string][]org.Unit{}
	for _, u := range units {
		below[u.ParentID] = append(below[u.ParentID], u)
	}
	var hang func(parent string) []pages.Branch
	hang = func(parent string) []pages.Branch {
		list := below[parent]
		locale.Sort(r, list, func(u org.Unit) string { return said(r, u.Name).Body })
		slices.SortStableFunc(list, func(x, y org.Unit) int { return rank(x) - rank(y) })
		branches := make([]pages.Branch, len(list))
		for i, u := range list {
			own := slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.UnitID == u.ID })
			manages := slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.UnitID == u.ID && m.Role.Reaches(access.Administrator) })
			branches[i] = pages.Branch{Unit: u, Own: own, Manages: manages, Below: hang(u.ID)}
		}
		return branches
	}
	return hang("")
}

// rank of a unit among its neighbours: the society itself, its office, all others.
func rank(u org.Unit) int {
	switch u.Level {
	case org.National:
		return 0
	case org.Secretariat, org.Headquarters:
		return 1
	}
	return 2
}
