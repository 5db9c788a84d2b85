package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/partnerships"
	"example.org/tandem/templates/parts"
)

func (w *Web) listPartnerships(c echo.Context) error {
	r := w.reader(c)
	list, more, err := w.Org.Partnerships(c.Request().Context(), signin.ActorOf(c))
	if err != nil {
		return err
	}
	page := pages.List{Page: w.base(c, "partnerships", r.T("layout.nav.partnerships"))}
	for _, p := range list {
		page.Partnerships = append(page.Partnerships, pages.Card{Partnership: p, Sides: sides(r, p, nil)})
	}
	if more {
		page.Notices = append(page.Notices, notice(parts.Info, r.T("partnerships.more")))
	}
	if err := w.proposed(c, &page); err != nil {
		return err
	}
	return w.show(c, http.StatusOK, pages.ShowList(page))
}

func (w *Web) showPartnership(c echo.Context) error {
	r, a, ctx := w.reader(c), signin.ActorOf(c), c.Request().Context()
	p, members, err := w.Org.FindPartnership(ctx, a, c.Param("id"))
	if err != nil {
		return err
	}
	page := pages.Page{Page: w.base(c, "partnerships", said(r, p.Name).Body), Counterparts: org.Counterparts(a.PersonID, members),
		Card: pages.Card{Partnership: p, Sides: counterpartsFirst(a, sides(r, p, members))}, MayPlan: p.May(a, access.PlanConference), MayKeep: p.May(a, access.KeepPartnership)}
	err = w.DB.Read(ctx, func(tx *database.Tx) error { return w.between(ctx, tx, a, &page) })
	if err != nil {
		return err
	}
	return w.show(c, http.StatusOK, pages.Show(page))
}

// sides puts units and people under their societies: those who plan come first, all in the order of the reader's alphabet.
func sides(r locale.Reader, p org.Partnership, members []org.Member) []pages.Side {
	var list []pages.Side
	for _, society := range p.Societies() {
		side := pages.Side{SocietyID: society.ID, Society: society.Name, Units: p.Of(society.ID)}
		side.People = slices.DeleteFunc(slices.Clone(members), func(m org.Member) bool { return m.SocietyID != society.ID })
		locale.Sort(r, side.People, func(m org.Member) string { return said(r, m.Name).Body })
		slices.SortStableFunc(side.People, func(x, y org.Member) int { return afterPlanners(x) - afterPlanners(y) })
		list = append(list, side)
	}
	return list
}

func afterPlanners(m org.Member) int {
	if m.Role.Reaches(access.Coordinator) {
		return 0
	}
	return 1
}

// counterpartsFirst puts the other side before one's own: those are the people one looks for here.
func counterpartsFirst(a access.Actor, sides []pages.Side) []pages.Side {
	slices.SortStableFunc(sides, func(x, y pages.Side) int { return distance(a, y.SocietyID) - distance(a, x.SocietyID) })
	return sides
}
