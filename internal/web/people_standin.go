package web

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/people"
)

// editStandIn asks who acts for somebody while they are away.
func (w *Web) editStandIn(c echo.Context) error {
	away, err := w.Org.Absence(c.Request().Context(), signin.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return w.standInPage(c, &form{Values: url.Values{"stand-in": {away.StandIn.PersonID}, "from": {away.StandIn.FromOn}, "until": {away.StandIn.UntilOn}}}, away)
}

func (w *Web) nameStandIn(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	ctx, a, id := c.Request().Context(), signin.ActorOf(c), c.Param("id")
	if !f.again {
		err := w.Org.NameStandIn(ctx, a, id, org.StandIn{PersonID: f.line("stand-in"), FromOn: day(f.line("from")), UntilOn: day(f.line("until"))})
		if err == nil {
			return w.seeOther(c, "/people/"+id, "notice.stand-in")
		}
		if !f.refused(err) {
			return err
		}
	}
	away, err := w.Org.Absence(ctx, a, id)
	if err != nil {
		return err
	}
	return w.standInPage(c, f, away)
}

func (w *Web) endStandIn(c echo.Context) error {
	if err := w.Org.EndStandIn(c.Request().Context(), signin.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	return w.seeOther(c, "/people/"+c.Param("id"), "notice.stand-in.ended")
}

func (w *Web) standInPage(c echo.Context, f *form, away org.Absence) error {
	r := w.reader(c)
	locale.Sort(r, away.Candidates, func(c org.Colleague) string { return said(r, c.Name).Body })
	f.labels = map[string]string{"stand-in": r.T("people.stand-in.who"), "from": r.T("people.stand-in.from"), "until": r.T("people.stand-in.until")}
	page := pages.StandIn{Page: w.base(c, "people", r.T("people.stand-in.title")), Absence: away, Me: signin.ActorOf(c).PersonID, Form: f.view(r)}
	page.Page.Form = "stand-in"
	return w.show(c, f.status(), pages.ShowStandIn(page))
}
