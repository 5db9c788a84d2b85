package web

import (
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/organisations"
	"example.org/tandem/templates/parts"
)

func (w *Web) showOrganisation(c echo.Context) error {
	return w.organisationPage(c, &form{Values: url.Values{}})
}

// organisationPage is one unit; where a deed was refused, with why.
func (w *Web) organisationPage(c echo.Context, f *form) error {
	r, a := w.reader(c), signin.ActorOf(c)
	u, err := w.Org.FindUnit(c.Request().Context(), a, c.Param("id"))
	if err != nil {
		return err
	}
	page := pages.Unit{Page: w.base(c, "organisations", said(r, u.Name).Body), Unit: u, Below: u.Below, MayTranslate: u.May(a, access.TranslateText),
		MayManage: u.May(a, access.ManageUnit), MayPlace: u.May(a, access.PlaceUnit), Form: f.view(r)}
	page.Own = slices.ContainsFunc(a.Memberships, func(m access.Membership) bool { return m.UnitID == u.ID })
	locale.Sort(r, page.Below, func(u org.Unit) string { return said(r, u.Name).Body })
	slices.SortStableFunc(page.Below, func(x, y org.Unit) int { return rank(x) - rank(y) })
	for _, parent := range u.Parents {
		name := said(r, parent.Name)
		page.Parents = append(page.Parents, parts.Option{Value: parent.ID, Label: name.Body, Lang: name.Language})
	}
	return w.show(c, f.status(), pages.ShowUnit(page))
}

// moveOrganisation, archiveOrganisation and bringBackOrganisation show the page again where that is refused.
func (w *Web) moveOrganisation(c echo.Context) error {
	return w.place(c, "moved", func(f *form, id string) error {
		return w.Org.MoveUnit(c.Request().Context(), signin.ActorOf(c), id, f.line("parent"))
	})
}

func (w *Web) archiveOrganisation(c echo.Context) error {
	return w.place(c, "archived", func(_ *form, id string) error {
		return w.Org.ArchiveUnit(c.Request().Context(), signin.ActorOf(c), id)
	})
}

func (w *Web) bringBackOrganisation(c echo.Context) error {
	return w.place(c, "back", func(_ *form, id string) error {
		return w.Org.BringBackUnit(c.Request().Context(), signin.ActorOf(c), id)
	})
}

// words: notice.organisation.moved notice.organisation.archived notice.organisation.back
func (w *Web) place(c echo.Context, notice string, deed func(f *form, id string) error) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if !f.again {
		err = deed(f, c.Param("id"))
	}
	if f.again || f.refused(err) {
		return w.organisationPage(c, f)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/organisations/"+c.Param("id"), "notice.organisation."+notice)
}
