package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/signin"
	"example.org/tandem/internal/text"
	pages "example.org/tandem/templates/people"
)

// newInvitation asks whom to invite to a unit.
func (w *Web) newInvitation(c echo.Context) error {
	language := string(w.reader(c).Language)
	f := &form{Values: url.Values{"unit": {c.QueryParam("unit")}, "role": {string(access.Staff)}, "language": {language}}}
	return w.invitePage(c, f)
}

// invite sends an invitation, or keeps it to be handed over where there is no address.
func (w *Web) invite(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.invitePage(c, f)
	}
	l := locale.Language(f.Get("language"))
	id, err := w.Org.Invite(c.Request().Context(), signin.ActorOf(c), org.InvitationDraft{UnitID: f.line("unit"), Role: access.Role(f.Get("role")),
		Name: text.Draft{Language: w.reader(c).Language, Body: bounded(f.Get("name"))}.Line(), Email: bounded(f.line("email")), Language: l})
	if err != nil {
		if !f.refused(err) {
			return err
		}
		return w.invitePage(c, f)
	}
	if f.line("email") == "" {
		return w.handOver(c, id)
	}
	return w.seeOther(c, peopleOf(f.line("unit")), "notice.invited")
}

func peopleOf(unitID string) string { return "/people?" + url.Values{"unit": {unitID}}.Encode() }

func (w *Web) invitePage(c echo.Context, f *form) error {
	ctx, r, a := c.Request().Context(), w.reader(c), signin.ActorOf(c)
	expected, err := w.Org.Expected(ctx, a, f.line("unit"))
	if err != nil {
		return err
	}
	if len(expected.Roles) == 0 {
		return access.Check(a, access.ManageUnit, access.SeeUnit, access.Case{})
	}
	if !slices.Contains(expected.Roles, access.Role(f.Get("role"))) {
		f.Set("role", string(expected.Roles[0]))
	}
	unit, err := w.Org.FindUnit(ctx, a, f.line("unit"))
	if err != nil {
		return err
	}
	page := pages.InvitePage{Page: w.base(c, "people", r.T("people.invite.title")), Unit: unit.Unit, Roles: expected.Roles, Form: f.view(r)}
	page.Page.Form = "invite"
	return w.show(c, f.status(), pages.ShowInvite(page))
}

// inviteAgain gives an invitation its whole time once more; without one in the address, all whose time is over.
func (w *Web) inviteAgain(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	ctx, a := c.Request().Context(), signin.ActorOf(c)
	if id := c.Param("id"); id != "" {
		err = w.Org.InviteAgain(ctx, a, id)
	} else {
		_, err = w.Org.InviteAllAgain(ctx, a, f.line("unit"))
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, peopleOf(f.line("unit")), "notice.invited.again")
}

func (w *Web) revokeInvitation(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if err := w.Org.RevokeInvitation(c.Request().Context(), signin.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	return w.seeOther(c, peopleOf(f.line("unit")), "notice.invited.revoked")
}

// linkOfInvitation shows a new link once, to be handed over by hand. It is on this one answer and nowhere else.
func (w *Web) linkOfInvitation(c echo.Context) error { return w.handOver(c, c.Param("id")) }

func (w *Web) handOver(c echo.Context, id string) error {
	i, token, err := w.Org.HandOver(c.Request().Context(), signin.ActorOf(c), id)
	if err != nil {
		return err
	}
	r := w.reader(c)
	page := pages.LinkPage{Page: w.base(c, "people", r.T("people.invite.link.title")), Invitation: i, Link: w.site() + "/invitations/" + token}
	page.Path = peopleOf(i.Unit.ID) // the language switch comes there with a GET
	return w.show(c, http.StatusOK, pages.ShowLink(page))
}
