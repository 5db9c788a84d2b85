package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/admin"
	"example.org/tandem/templates/layout"
)

// admin is the base of a page of site administration. For everybody else it is as if there were no such page.
//
// words: admin.title admin.societies.title admin.societies.new.title admin.providers.title admin.holidays.title admin.jobs.title
// words: admin.audit.title
func (w *Web) admin(c echo.Context, titleKey string) (layout.Page, error) {
	if err := access.Check(signin.ActorOf(c), access.RunSite, access.RunSite, access.Case{}); err != nil {
		return layout.Page{}, err
	}
	return w.base(c, "admin", w.reader(c).T(titleKey)), nil
}

// showAdmin is where site administration begins: the first steps of an empty installation, and what wants looking after.
func (w *Web) showAdmin(c echo.Context) error {
	base, err := w.admin(c, "admin.title")
	if err != nil {
		return err
	}
	page, ctx, a := admin.Page{Page: base}, c.Request().Context(), signin.ActorOf(c)
	page.Providers = len(w.SignIn.Providers(base.Reader))
	if page.Overview, err = w.Org.Overview(ctx, a); err != nil {
		return err
	}
	if page.Jobs, err = jobs.CountOpen(ctx, w.DB, a); err != nil {
		return err
	}
	return w.show(c, http.StatusOK, admin.Show(page))
}
