package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/link"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/invitations"
)

// invitationRoute is the page behind the link of an invitation. Whoever holds the link is meant by it, signed in or not.
const invitationRoute = "/invitations/:token"

// showInvitation changes nothing: mail scanners open links.
func (w *Web) showInvitation(c echo.Context) error {
	guard(c)
	i, _, err := w.invited(c)
	if problem.Is(err, problem.NotFound) {
		return w.invitationGone(c)
	}
	if err != nil {
		return err
	}
	w.welcome(c, i)
	page := pages.Page{Page: w.base(c, "sign-in", w.reader(c).T("invitations.title")), Action: c.Request().URL.Path,
		Role: string(i.Role), EndsAt: i.EndsAt}
	page.Page.Form = "invitation"
	page.Unit = i.Unit.Name
	if i.Unit.ParentID != "" {
		page.Society = i.Unit.Society
	}
	choices := w.SignIn.Providers(page.Reader)
	slices.SortStableFunc(choices, func(a, b signin.Choice) int { return foreigner(a, i) - foreigner(b, i) })
	for _, choice := range choices {
		page.Providers = append(page.Providers, pages.Provider{ID: choice.ID, Name: choice.Name})
	}
	elsewhere(c)
	return w.show(c, http.StatusOK, pages.Show(page))
}

func foreigner(choice signin.Choice, i org.Invitation) int {
	if choice.Society == i.Unit.SocietyID {
		return 0
	}
	return 1
}

// invited is the invitation that the address opens, and the link that it is.
func (w *Web) invited(c echo.Context) (i org.Invitation, l link.Link, err error) {
	ctx := c.Request().Context()
	err = w.DB.Read(ctx, func(tx *database.Tx) error {
		if l, err = link.FindIn(ctx, tx, link.Invitation, c.Param("token")); err != nil {
			return err
		}
		i, err = w.Org.InvitationIn(ctx, tx, l.Subject)
		return err
	})
	return i, l, err
}

// welcome speaks the language of the invitation to whoever has not chosen one.
func (w *Web) welcome(c echo.Context, i org.Invitation) {
	if _, err := c.Cookie(languageCookie); err == nil || signin.ActorOf(c).SignedIn() {
		return
	}
	c.Set(readerKey, w.reader(c).In(i.Language))
}

// elsewhere lets a form of this page lead to any provider, and on to wherever that one signs people in: browsers apply
// form-action to every step.
func elsewhere(c echo.Context) {
	const policy = "Content-Security-Policy"
	h := c.Response().Header()
	h.Set(policy, strings.Replace(h.Get(policy), "form-action ", "form-action https: ", 1))
}

// acceptInvitation goes to the provider that was chosen, and accepts on the way back; without one, whoever is signed in
// accepts at once.
func (w *Web) acceptInvitation(c echo.Context) error {
	guard(c)
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.showInvitation(c)
	}
	i, l, err := w.invited(c)
	if problem.Is(err, problem.NotFound) {
		return w.invitationGone(c)
	}
	if err != nil {
		return err
	}
	w.welcome(c, i)
	if f.Get("provider") != "" {
		wish := signin.Wish{Next: "/", Invitation: i.ID, Link: l.ID, Choose: true, Language: w.reader(c).Language}
		return w.notSignedIn(c, w.SignIn.Begin(c, f.Get("provider"), wish), "/")
	}
	a := signin.ActorOf(c)
	if !a.SignedIn() {
		return w.showInvitation(c)
	}
	ctx := c.Request().Context()
	err = w.DB.Write(ctx, func(tx *database.Tx) error {
		_, err := w.Org.AcceptIn(ctx, tx, i.ID, a.PersonID, org.Identity{}, "")
		return err
	})
	if problem.Is(err, problem.NotFound) {
		return w.invitationGone(c)
	}
	if err != nil {
		return err
	}
	return w.seeOther(c, "/", "notice.invitation")
}

func (w *Web) invitationGone(c echo.Context) error {
	page := pages.Gone{Page: w.base(c, "", w.reader(c).T("invitations.gone.title"))}
	return w.show(c, http.StatusNotFound, pages.ShowGone(page))
}
