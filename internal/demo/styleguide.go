package demo

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/web"
	"example.org/tandem/templates/layout"
	"example.org/tandem/templates/styleguide"
)

// showStyleGuide shows every component in four languages, in the scheme that the address names: light unless it says dark.
func (s *site) showStyleGuide(c echo.Context, pages web.Pages) error {
	r := pages.Reader(c)
	page := styleguide.Page{Page: pages.Base(c, "", r.T("styleguide.title")), At: time.Date(2020, 7, 2, 11, 0, 0, 0, time.UTC)}
	page.Styles, page.Scheme = []string{"styleguide.css"}, layout.Light
	if c.QueryParam("scheme") == string(layout.Dark) {
		page.Scheme = layout.Dark
	}
	for _, l := range locale.All {
		page.Readers = append(page.Readers, s.catalog.Reader(l, nil, s.Clock.Now()))
	}
	return pages.Show(c, http.StatusOK, styleguide.Show(page))
}
