package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/failures"
	"example.org/tandem/templates/parts"
	pages "example.org/tandem/templates/signin"
)

// showSignIn is the page to sign in on. Whoever is signed in already has no need of it.
func (w *Web) showSignIn(c echo.Context) error {
	next := signin.Onward(c.QueryParam("next"))
	if signin.ActorOf(c).SignedIn() {
		return c.Redirect(http.StatusSeeOther, next)
	}
	if at, elsewhere := w.SignIn.Elsewhere(c); elsewhere {
		return c.Redirect(http.StatusSeeOther, at)
	}
	page := w.signInPage(c, next)
	if c.QueryParam("half-out") != "" {
		page.Notices = append(page.Notices, notice(parts.Warning, page.Reader.T("sign-in.half-out")))
	}
	if only, is := page.Only(); is && len(page.Notices) == 0 && c.QueryParam("choose") == "" {
		return c.Redirect(http.StatusSeeOther, "/sign-in/"+only+"?"+url.Values{"next": {next}}.Encode())
	}
	return w.show(c, http.StatusOK, pages.Show(page))
}

// signInPage is the page with the places to sign in at, the one of last time first.
func (w *Web) signInPage(c echo.Context, next string) pages.Page {
	page := pages.Page{Page: w.base(c, "sign-in", w.reader(c).T("layout.sign-in")), Next: next}
	last := w.SignIn.Last(c)
	for _, choice := range w.SignIn.Providers(page.Reader) {
		provider := pages.Provider{ID: choice.ID, Name: choice.Name, Last: choice.ID == last}
		for _, a := range choice.Accounts {
			provider.Societies.Add(page.Reader, a.Society, pages.Account{ID: a.ID, Name: a.Name, Role: a.Role, Unit: a.Unit})
		}
		page.Providers = append(page.Providers, provider)
	}
	if i := slices.IndexFunc(page.Providers, func(p pages.Provider) bool { return p.Last }); i > 0 {
		page.Providers = slices.Insert(slices.Delete(slices.Clone(page.Providers), i, i+1), 0, page.Providers[i])
	}
	return page
}

// beginSignIn goes to the provider. It is a GET for the button of a provider: a POST that a provider sends on to a third
// site would be stopped by our own form-action. A demo account is chosen by POST, so that no link signs anybody in as another.
func (w *Web) beginSignIn(c echo.Context) error {
	wish := signin.Wish{Next: c.FormValue("next"), Choose: c.QueryParam("choose") != "", Language: w.reader(c).Language}
	if c.Request().Method == http.MethodPost {
		wish.Account = c.Request().PostFormValue("account")
	}
	return w.notSignedIn(c, w.SignIn.Begin(c, c.Param("provider"), wish), signin.Onward(wish.Next))
}

// finishSignIn takes the provider's answer.
func (w *Web) finishSignIn(c echo.Context) error {
	return w.notSignedIn(c, w.SignIn.Callback(c, c.Param("provider")), "/")
}

// backChannelRoute is where providers say that somebody has signed out with them.
const backChannelRoute = "/oidc/backchannel-logout/:provider"

// backChannelLogout answers a provider's server, not a browser: there is no cookie, and no page to come from.
func (w *Web) backChannelLogout(c echo.Context) error {
	return w.SignIn.BackChannelLogout(c, c.Param("provider"))
}

// fromServer tells that a provider's server speaks. It may come from anywhere: a signed token is all the right that it has,
// and whoever is signed in in a browser plays no part.
func fromServer(c echo.Context) bool {
	return c.Request().Method == http.MethodPost && c.Path() == backChannelRoute
}

// providerOf is the provider that a request is about: it is in the address, or in the form of an invitation.
func providerOf(c echo.Context) string {
	if id := c.Param("provider"); id != "" {
		return id
	}
	return c.FormValue("provider")
}

// strangers are the refusals of somebody who is who they say, but has no way in here.
var strangers = []string{"sign-in.problem.account", "sign-in.problem.left"}

// notSignedIn says why, on a page from which to try again, and gives a number by which the operator finds the reason.
func (w *Web) notSignedIn(c echo.Context, err error, next string) error {
	p, is := problem.As(err)
	if !is || p.Kind == problem.NotFound {
		return err
	}
	if p.Key == "sign-in.problem.stale" && signin.ActorOf(c).SignedIn() {
		return c.Redirect(http.StatusSeeOther, "/") // the way back in the browser's history leads here
	}
	reference := database.NewID()[24:]
	w.Log.Warn("not signed in", "reference", reference, "provider", providerOf(c), "problem", err)
	page := w.signInPage(c, next)
	page.Path, page.Reference = "/sign-in?choose=1", reference
	said := page.Reader.T(p.Key, p.Values, locale.V{"Provider": page.NameOf(providerOf(c))})
	if signin.ActorOf(c).SignedIn() { // who wanted another identity, or came by an invitation that is meant for others
		refused := failures.Page{Page: page.Page, Text: said, Back: "/me/devices", Reference: reference}
		refused.Title, refused.Path = page.Reader.T(titleFor(p.Key, status[p.Kind])), "/me/devices"
		return w.show(c, status[p.Kind], failures.Show(refused))
	}
	if slices.Contains(strangers, p.Key) {
		stranger := pages.Stranger{Page: page.Page, Provider: providerOf(c), Text: said, Reference: reference}
		stranger.Title = page.Reader.T("sign-in.unknown.title")
		return w.show(c, status[p.Kind], pages.ShowStranger(stranger))
	}
	page.Notices = append(page.Notices, notice(parts.Problem, said))
	return w.show(c, status[p.Kind], pages.Show(page))
}
