package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
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
	return w.show(c, http.StatusOK, pages.Show(page))
}

func (w *Web) signInPage(c echo.Context, next string) pages.Page {
	page := pages.Page{Page: w.base(c, "sign-in", w.reader(c).T("layout.sign-in")), Next: next}
	for _, choice := range w.SignIn.Providers(page.Reader) {
		provider := pages.Provider{ID: choice.ID, Name: choice.Name}
		for _, a := range choice.Accounts {
			provider.Societies.Add(page.Reader, a.Society, pages.Account{ID: a.ID, Name: a.Name, Role: a.Role, Unit: a.Unit})
		}
		page.Providers = append(page.Providers, provider)
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

// notSignedIn says why, on a page from which to try again.
func (w *Web) notSignedIn(c echo.Context, err error, next string) error {
	p, is := problem.As(err)
	if !is || p.Kind == problem.NotFound {
		return err
	}
	if p.Key == "sign-in.problem.stale" && signin.ActorOf(c).SignedIn() {
		return c.Redirect(http.StatusSeeOther, "/") // the way back in the browser's history leads here
	}
	w.Log.Warn("not signed in", "provider", c.Param("provider"), "problem", err)
	if p.Key == "sign-in.problem.account" {
		page := pages.Stranger{Page: w.base(c, "sign-in", w.reader(c).T("sign-in.unknown.title")), Provider: c.Param("provider")}
		page.Path = "/sign-in"
		return w.show(c, status[p.Kind], pages.ShowStranger(page))
	}
	page := w.signInPage(c, next)
	page.Path = "/sign-in"
	page.Notices = append(page.Notices, notice(parts.Problem, page.Reader.T(p.Key, p.Values)))
	return w.show(c, status[p.Kind], pages.Show(page))
}
