package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/signin"
	"example.org/tandem/templates/admin"
	"example.org/tandem/templates/layout"
)

// admin is the base of a page of site administration. For everybody else it is as if there were no such page.
//
// words: admin.title admin.societies.title admin.providers.title admin.holidays.title admin.jobs.title admin.audit.title
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
	return w.show(c, http.StatusOK, admin.Show(admin.Page{Page: base}))
}
