package web

import (
	"github.com/labstack/echo/v4"

	"example.org/tandem/static"
)

// routes is the whole site on one screen. `in` is for people who are signed in; a path that nobody else may open answers
// everyone else with 303 to /sign-in, whether it exists or not.
func (w *Web) routes(e *echo.Echo) {
	e.GET("/static/*", echo.WrapHandler(static.Handler()))
	e.GET("/healthz", w.healthy)
	e.GET("/readyz", w.ready)
	e.GET("/", w.home)
	e.POST("/language", w.switchLanguage)

	e.GET("/sign-in", w.showSignIn)
	e.GET("/sign-in/:provider", w.beginSignIn)
	e.POST("/sign-in/:provider", w.beginSignIn)
	e.GET("/oidc/callback/:provider", w.finishSignIn)
	e.POST("/sign-out", w.SignIn.SignOut)

	if w.Demo != nil {
		w.Demo.Routes(e, Pages{w.base, w.reader, w.show})
	}

	in := e.Group("", w.SignIn.Require)

	in.GET("/partnerships", w.listPartnerships)
	in.GET("/partnerships/:id", w.showPartnership)
	in.GET("/organisations", w.listOrganisations)
	in.GET("/people", w.listPeople)
	in.GET("/me", w.showProfile)
	in.POST("/me", w.changeProfile)
}
